"""The words of a recap."""

from __future__ import annotations

from xlaudit.texts import Text, plural, sense

TITLE = Text("Recap of the Review of Performance and Budget Reports")
REVIEWED_ON = Text("Reviewed on {day}")
PAGE_OF = Text("Page {page} of {pages}")

OVERVIEW = sense("sheet name", "Summary")
AGENCIES = sense("sheet name", "By Agency")
FINDINGS = sense("sheet name", "Findings")
BUDGET = sense("sheet name", "Budget")
PERFORMANCE = sense("sheet name", "Performance")
ABSENT = sense("sheet name", "Not Submitted")
REJECTED = sense("sheet name", "Rejected")

ABOUT_AGENCIES = Text("One row for every workbook, and one for every agency of which none came in.")
ABOUT_FINDINGS = Text(
    "All findings of the workbooks that count. File and cell open the annotated copy; keep the recap and the copies "
    "in the same place to each other."
)
MORE_FINDINGS = plural(
    "{n} more finding does not fit on a sheet; write .csv or .parquet to have them all.",
    "{n} more findings do not fit on a sheet; write .csv or .parquet to have them all.",
)
ABOUT_BUDGET = Text(
    "Rupiah, as each workbook prints its total; where none is printed, the sum of its topmost rows. Nothing stands "
    "where the total is not beyond doubt."
)
ABOUT_PERFORMANCE = Text(
    "Capaian in percent of the indicators of the main table of each workbook, each indicator once. The mean is the "
    "plain mean of the values in their cells, over all indicators that have one."
)
ABOUT_ABSENT = Text("Agencies of the list of which no workbook could be audited.")
ABOUT_REJECTED = Text("These files could not be audited. Each says why, and what to do.")

NUMBER = sense("column", "No")
AGENCY = Text("Agency")
PERIOD = Text("Period")
FILE = sense("column", "File")
STATUS = sense("column", "Status")
TABLES = sense("column", "Tables")
ERRORS = Text("Errors")
WARNINGS = Text("Warnings")
NOTES = Text("Notes")
ROOTS = Text("Root causes")
SHARE = Text("Serapan (%)")
MEAN = Text("Mean capaian (%)")
CAPAIAN = Text("Capaian (%)")
REMARKS = sense("column", "Remarks")
SHEET = Text("Sheet")
CELL = sense("column", "Cell")
SEVERITY = sense("column", "Severity")
RULE = sense("column", "Rule")
SUBJECT = sense("column", "Concerns")
FINDING = sense("column", "Finding")
STATED = sense("column", "Stated")
COMPUTED = sense("column", "Computed")
ROOT = Text("Root cause")
ADVICE = sense("column", "What to do")
PAGU = Text("Pagu (Rp)")
SPENT = Text("Realisasi (Rp)")
REST = Text("Remaining (Rp)")
SOURCE = sense("column", "Source")
INDICATORS = Text("Indicators")
SUM = Text("Sum of capaian")
LOWEST = Text("Lowest")
HIGHEST = Text("Highest")
NO_LABEL = Text("Without predikat")
OTHER_LABELS = Text("Other predikat")
GOVERNMENT = Text("Government")
REASON = Text("Reason and what to do")
CODE = sense("column", "Code")
TOTAL = Text("Total")
TOTAL_OF = Text("Total {period}")

COUNTED = sense("status", "Reviewed")
REPLACED = sense("status", "Replaced")
REFUSED = sense("status", "Rejected")
MISSING = sense("status", "Not submitted")

NO_AGENCY = Text("(agency not named)")
NO_YEAR = Text("year not named")
YEAR = Text("Year {year}")
SUMMED = plural(
    "No total is printed; pagu and realisasi are those of the topmost row.",
    "No total is printed; pagu and realisasi are the sums of the {n} topmost rows.",
)
DIGITS = Text("Exactly {value}; a cell holds 15 digits, so it is rounded here and in the total.")
BY_FILE = Text("The agency is taken from the name of the file.")
REFUSED_FILES = Text("Rejected, though seemingly of this agency: {files}.")
NOT_LISTED = Text("Not in the list of agencies.")
CRASHED = Text("A rule broke down, so findings may be missing.")
UNREAD = plural(
    "{n} sheet with figures was not recognised as a table.",
    "{n} sheets with figures were not recognised as tables.",
)
ACCEPTED = plural("{n} accepted finding is not counted.", "{n} accepted findings are not counted.")

NOTHING = Text("There is nothing to list.")
NO_LIST = Text("No list of agencies was given; with --agencies FILE this sheet says who has not submitted.")
ALL_IN = Text("All agencies of the list have submitted.")
NO_FINDINGS = Text("No findings.")
NONE_REJECTED = Text("No file was rejected.")
SEVERAL_TIMES = Text("The workbooks are for several periods, so each has its own total.")

FILES = Text("Files received")
FILES_REVIEWED = Text("reviewed and counted")
FILES_REPLACED = Text("replaced by a later one")
FILES_REJECTED = Text("rejected")
AGENCIES_MISSING = Text("Agencies that have not submitted")
AGENCIES_CLEAN = Text("Workbooks without errors")
ALL_ROOTS = Text("Root causes found")
BUDGETS_KNOWN = Text("Agencies whose budget is known")
ALL_SHARE = Text("Serapan of these agencies (%)")
INDICATORS_KNOWN = Text("Indicators with a capaian")
KEY_NUMBERS = Text("In figures")
MOST_ERRORS = Text("Most errors")
FEWEST_ERRORS = Text("Fewest findings")
LOWEST_SHARE = Text("Lowest serapan")
HIGHEST_SHARE = Text("Highest serapan")
LOWEST_MEAN = Text("Lowest mean capaian")
HIGHEST_MEAN = Text("Highest mean capaian")
ERRORS_CHART = Text("Agencies with the most errors")
SHARE_CHART = Text("Serapan of agencies in percent, the lowest first")
SHARE_CHART_OF = Text("Serapan in percent, the {n} lowest")
CLASSES_CHART = Text("Indicators by capaian")
LABELS_CHART = Text("Indicators by predikat")
BELOW = Text("below {bound}")
BETWEEN = Text("{one} to below {other}")
FROM_TO = Text("{one} to {other}")
ABOVE = Text("above {bound}")
SEARCH = Text("Search the findings")
CONTENTS = Text("Contents")
FOR = Text("Figures below are for {period}.")
