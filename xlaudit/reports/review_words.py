"""The words of the review page."""

from __future__ import annotations

from xlaudit.texts import Text, plural

TITLE = Text("Review Sheet")
SUBTITLE = Text("Review of the arithmetic of performance and budget tables")
AGENCY = Text("Agency")
GOVERNMENT = Text("Government")
PERIOD = Text("Period")
WORKBOOK = Text("Workbook")
DAY = Text("Date of review")
TOOL = Text("Tool")
TEMPLATE = Text("Template")
TEMPLATE_IS = Text("{name} version {version}")
NOT_SAID = Text("not said in the file")
PERIODS = {
    "tahunan": Text("Annual"),
    "tw1": Text("First quarter"),
    "tw2": Text("Second quarter"),
    "tw3": Text("Third quarter"),
    "tw4": Text("Fourth quarter"),
    "smt1": Text("First half-year"),
    "smt2": Text("Second half-year"),
}
ERRORS = Text("Errors")
WARNINGS = Text("Warnings")
NOTES = Text("Notes")
ERRORS_ARE = Text("two figures contradict")
WARNINGS_ARE = Text("needs an explanation")
NOTES_ARE = Text("convention or format")
CAUSES = Text("Root causes")
CAUSES_ARE = Text("each explains several findings")
REJECTED = Text("Could not be reviewed")
CLEAN = Text("No figures contradict each other in {checks} checks.")
FOUND = plural(
    "{n} finding in {checks} checks. Mend root causes first; the findings that follow from them go away.",
    "{n} findings in {checks} checks. Mend root causes first; the findings that follow from them go away.",
)
FOUND_PLAIN = plural("{n} finding in {checks} checks.", "{n} findings in {checks} checks.")
SCOPE = Text("Only the figures within this file are compared; the evidence behind them is not examined.")
BY_SHEET = Text("Summary by table")
SHEET = Text("Sheet")
TABLE = Text("Table")
NO_TABLE = Text("outside the tables")
QUIET_SHEET = Text("no findings")
ELSEWHERE = Text("Other findings")
CUT_OFF = Text("percentages cut off, not rounded")
STATED = Text("stated")
COMPUTED = Text("computed")
DIFFERENCE = Text("difference")
TO_DO = Text("To do")
BASIS = Text("Rests on")
BASIS_MORE = plural("and {n} more cell", "and {n} more cells")
CAUSE = Text("Root cause")
SUGGESTION = Text("Suggested figure")
EXPLAINS = plural("Explains {n} finding", "Explains {n} findings")
ANSWER = Text("Answer")
ACCEPTED = Text("Accepted findings ({n}), not counted")
UNJUDGED = Text("Could not be judged ({n})")
UNJUDGED_IS = Text("Checks that could not be made, and why; these cells are not said to be right.")
AND_MORE = plural("and {n} more cell", "and {n} more cells")
RULES = Text("Rules of these findings")
UNREAD = Text("The sheet “{sheet}” was not checked: it holds figures, but no table was recognised in it.")
SHOW = Text("Show")
SEARCH = Text("Search the findings")
SHOWN = Text("{n} of {all} findings shown")
LEGEND = Text("E error · W warning · N note · R cell believed to be a root cause")
REVIEWER = Text("Reviewer")
REVIEWED = Text("Agency under review")
PLACE_AND_DAY = Text("Place, date")
NAME = Text("Name")
NUMBER = Text("NIP")
INDEX = Text("Review sheets")
STATUS = Text("Result")
REVIEWED_STATUS = Text("reviewed")
