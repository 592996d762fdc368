"""The findings sheet: every finding with its link, figures, live state and room for the agency's answer.

Only the columns to be typed into are unlocked; the protection has no password. ECMA-376 Part 1, 18.3.1.99.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from xlaudit.annotate import columns as at
from xlaudit.annotate.marks import Heading, Mark
from xlaudit.annotate.notetext import AUTHOR
from xlaudit.annotate.parts import DECLARATION
from xlaudit.annotate.sheetcells import figure_cell, formula_cell, height, link_cell, text_cell
from xlaudit.annotate.sheetframe import PROTECTION, Frame
from xlaudit.annotate.styles import ROOT as ROOT_LOOK
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import (
    ACCEPTED,
    AGREES,
    ANSWER_STATUS,
    COLUMNS,
    DECISION,
    DECISION_HINT,
    GONE_BY_NOW,
    LATER,
    NOTHING,
    OPEN,
    PAGE,
    SEVERITY_WORDS,
    STATUS_HINT,
    STATUS_ONLY,
    fits_number,
    shown,
)
from xlaudit.annotate.xmlscan import MAIN, MAIN_STRICT, escaped
from xlaudit.answers import STATUSES, Answer
from xlaudit.cells import letters
from xlaudit.texts import Language, Text
from xlaudit.waivers import ROOT


def sheet_name(wanted: Text, language: Language, taken: Sequence[str]) -> str:
    """``Hasil Audit``, or what is wanted, with a number where that name is taken."""
    used = {name.casefold() for name in taken}
    name = plain = wanted.get(language)
    number = 2
    while name.casefold() in used:
        name = f"{plain} {number}"
        number += 1
    return name


def findings_sheet(
    name: str,
    marks: Sequence[Mark],
    checks: Sequence[str | None],
    heading: Heading,
    language: Language,
    styles: Styles,
    answers: Mapping[str, Answer],
    decisions: Mapping[str, str],
    strict: bool,
) -> tuple[bytes, dict[str, str]]:
    """The sheet's XML and its built-in names. ``checks`` are the live formulas of ``marks``, absolute, one each."""
    listed = lines_of(marks, checks)
    sheet = _Sheet(language, styles, _widths(marks, language), answers, decisions)
    last, widths = last_row(marks), sheet.widths
    frame = Frame(heading, last, language, styles, widths)
    body = [sheet.row(line) for line in listed] or [sheet.nothing()]
    rows = [*frame.head(marks, listed, sheet.statuses), _heads(language, styles.xf["head"]), *body, *frame.foot()]
    first, filtered = f"A{at.FIRST_ROW}", f"A{at.HEADER_ROW}:{letters(at.DECIDED)}{last}"
    outline = ' outlineLevelRow="1"' if any(mark.head for mark in marks) else ""
    content = (
        f'{DECLARATION}<worksheet xmlns="{MAIN_STRICT if strict else MAIN}"><sheetPr><tabColor rgb="FF1F3864"/>'
        '<outlinePr summaryBelow="0"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{letters(at.IDS)}{frame.end}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{at.HEADER_ROW}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"{outline}/>'
        f"<cols>{_columns(widths)}</cols><sheetData>{''.join(rows)}</sheetData>{PROTECTION}"
        f'<autoFilter ref="{filtered}"/>{frame.merges()}{_agreeing(last, language, styles)}'
        f"{_validations(last, language)}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escaped(_footer(heading, language))}</oddFooter></headerFooter>"
        f'<ignoredErrors><ignoredError sqref="A{at.FIRST_ROW}:{letters(at.DIFFERENCE)}{last}" '
        'numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )
    return content.encode(), frame.names(name, sheet.decided)


_NO_ANSWER = Answer()
_INSET = 2.0
"""What the indent takes off the width of a column."""


class Line(NamedTuple):
    """A row of the list. ``follow`` are the last row folded under it, and whether any of them has a live check."""

    row: int
    number: str
    mark: Mark
    check: str | None
    follow: tuple[int, bool] | None


def last_row(marks: Sequence[Mark]) -> int:
    """The last row of the list."""
    return at.HEADER_ROW + max(1, len(marks))


def lines_of(marks: Sequence[Mark], checks: Sequence[str | None]) -> list[Line]:
    """The rows of the list, numbered 1, 2, 2.1, 2.2, 3: those that follow from a cause below it."""
    numbers: list[str] = []
    follow: dict[int, tuple[int, bool]] = {}
    outer = inner = top = 0
    for place, (mark, check) in enumerate(zip(marks, checks, strict=True)):
        if mark.head and numbers and marks[top].id == mark.head:
            inner += 1
            live = check is not None or follow.get(top, (0, False))[1]
            follow[top] = at.FIRST_ROW + place, live
            numbers.append(f"{outer}.{inner}")
            continue
        outer, inner, top = outer + 1, 0, place
        numbers.append(str(outer))
    rows = range(at.FIRST_ROW, at.FIRST_ROW + len(marks))
    return list(map(Line, rows, numbers, marks, checks, map(follow.get, range(len(marks)))))


class _Sheet:
    """Writes the rows of the list."""

    def __init__(
        self,
        language: Language,
        styles: Styles,
        widths: Mapping[int, float],
        answers: Mapping[str, Answer],
        decisions: Mapping[str, str],
    ) -> None:
        self.language, self.widths = language, widths
        self._styles, self._answers, self._decisions = styles, answers, decisions
        self._open, self._agrees, self._later = (self._say(text) for text in (OPEN, AGREES, LATER))
        self._severities = {name: self._say(text) for name, text in SEVERITY_WORDS.items()}
        self.statuses, self.decided = 0, False

    def nothing(self) -> str:
        """The one row of a list without findings."""
        look = self._styles.xf["text"]
        texts = {at.FINDING: self._say(NOTHING)}
        cells = [text_cell(at.FIRST_ROW, n, texts.get(n, ""), look) for n in range(1, at.IDS)]
        return f'<row r="{at.FIRST_ROW}">{"".join(cells)}</row>'

    def row(self, line: Line) -> str:
        row, mark, xf = line.row, line.mark, self._styles.xf
        follows = "." in line.number
        kind = ROOT_LOOK if line.follow else ""
        text = xf["follower" if follows or mark.past else f"{kind}text"]
        answer, decision = self._answer(mark), mark.decision or self._decision(mark)
        self.statuses += bool(answer.status)
        self.decided |= bool(decision)
        number = f'<c r="A{row}" s="{xf[f"{kind}number"]}"><v>{line.number}</v></c>'
        severity = xf["follows" if follows or mark.past else mark.severity]
        suggestion, place = mark.waived or mark.suggestion, f"{mark.sheet}!{mark.cell}" if mark.cell else ""
        cells = [
            text_cell(row, at.NUMBER, line.number, xf["number"]) if follows else number,
            text_cell(row, at.SEVERITY, self._severities[mark.severity], severity),
            text_cell(row, at.CELL, place, text)
            if mark.past
            else link_cell(row, at.CELL, mark.sheet, mark.cell, self.language, xf[f"{kind}link"]),
            text_cell(row, at.FINDING, mark.message, text, mark.label),
            self._figure(row, at.STATED, mark.stated, mark.words, kind),
            self._figure(row, at.COMPUTED, mark.computed, mark.words, kind),
            self._figure(row, at.DIFFERENCE, mark.difference, False, kind),
            text_cell(row, at.CAUSE, mark.cause, text),
            text_cell(row, at.SUGGESTION, suggestion, text),
            self._state(line),
            text_cell(row, at.REPLY, answer.text, xf["answer"]),
            text_cell(row, at.STATUS, answer.word(self.language), xf["choice"]),
            text_cell(row, at.DECIDED, decision, xf["answer"]),
            text_cell(row, at.IDS, mark.id, xf["text"]),
        ]
        widths = self.widths
        tall = height(  # first what is the longest in most rows
            (f"{mark.label}\n{mark.message}" if mark.label else mark.message, widths[at.FINDING] - _INSET),
            (suggestion, widths[at.SUGGESTION] - _INSET),
            (mark.cause, widths[at.CAUSE] - _INSET),
            (place, widths[at.CELL] - _INSET),
            (self._later if line.check is None and line.follow is None else "", widths[at.LIVE] - _INSET),
            (answer.text, widths[at.REPLY] - _INSET),
            (decision, widths[at.DECIDED] - _INSET),
        )
        level = ' outlineLevel="1"' if follows else ""
        # Not marked as custom: Excel fits the row anew as soon as an answer is typed.
        return f'<row r="{row}" ht="{tall:g}"{level}>{"".join(cells)}</row>'

    def _figure(self, row: int, column: int, figure: str | None, word: bool, kind: str) -> str:
        if word:
            return text_cell(row, column, figure or "", self._styles.xf[f"{kind}word"])
        return figure_cell(row, column, figure, self.language, self._styles, kind)

    def _state(self, line: Line) -> str:
        """The cell that says whether the figures agree by now; that of a cause, whether all that follow from it do."""
        row, mark, look = line.row, line.mark, self._styles.xf[f"{ROOT_LOOK if line.follow else ''}status"]
        stands, agrees = self._open, self._agrees
        if mark.waived or mark.past:
            return text_cell(row, at.LIVE, self._say(ACCEPTED if mark.waived else GONE_BY_NOW), look)
        if line.follow is not None and line.follow[1]:
            column = letters(at.LIVE)
            open_ones = f'COUNTIF({column}{row + 1}:{column}{line.follow[0]},"{stands}")'
            return formula_cell(row, at.LIVE, f'IF({open_ones}>0,"{stands}","{agrees}")', stands, look)
        if line.check is None or line.follow is not None:
            return text_cell(row, at.LIVE, self._later, look)
        return formula_cell(row, at.LIVE, f'IF(IFERROR({line.check},TRUE),"{stands}","{agrees}")', stands, look)

    def _answer(self, mark: Mark) -> Answer:
        """The answer to a finding or cause; one to a cause stays with it, whichever finding it is called by now."""
        if not self._answers:
            return _NO_ANSWER
        names = [mark.id] if mark.id else []
        if not mark.head:
            names += [ROOT + name for name in mark.explains or names]
        return next((self._answers[name] for name in names if name in self._answers), _NO_ANSWER)

    def _decision(self, mark: Mark) -> str:
        return self._decisions.get(mark.id, "") if mark.id else ""

    def _say(self, text: Text) -> str:
        return text.get(self.language)


def _widths(marks: Sequence[Mark], language: Language) -> dict[int, float]:
    """The widths, with room for the longest address and figure."""
    widths = dict(at.WIDTHS)
    address = max([len(mark.sheet) + 1 + len(mark.cell) for mark in marks], default=0)
    widths[at.CELL] = min(max(address * 0.62 + 2, widths[at.CELL]), 24)
    for column, figures in (
        (at.STATED, [mark.stated for mark in marks]),
        (at.COMPUTED, [mark.computed for mark in marks]),
        (at.DIFFERENCE, [mark.difference for mark in marks]),
    ):
        longest = max([len(shown(figure, language)) for figure in figures if figure and fits_number(figure)], default=0)
        widths[column] = min(max(longest * 0.95 + 2, widths[column]), 22)
    return widths


@lru_cache(maxsize=8)
def _heads(language: Language, look: int) -> str:
    """The heads of the columns."""
    cells = [text_cell(at.HEADER_ROW, n, head.get(language), look) for n, head in enumerate(COLUMNS, 1)]
    cells.append(text_cell(at.HEADER_ROW, at.IDS, at.ID_HEADER, look))
    return f'<row r="{at.HEADER_ROW}" ht="24" customHeight="1">{"".join(cells)}</row>'


def _columns(widths: Mapping[int, float]) -> str:
    return "".join([_column(number, width) for number, width in widths.items()])


@lru_cache(maxsize=128)  # most have the same width in every workbook
def _column(number: int, width: float) -> str:
    hidden = ' hidden="1"' if number == at.IDS else ""
    return f'<col min="{number}" max="{number}" width="{width + 0.7109375:.7f}" customWidth="1"{hidden}/>'


def _agreeing(last: int, language: Language, styles: Styles) -> str:
    """The state of what agrees is coloured."""
    column = letters(at.LIVE)
    return (
        f'<conditionalFormatting sqref="{column}{at.FIRST_ROW}:{column}{last}">'
        f'<cfRule type="expression" dxfId="{styles.dxf["agrees"]}" priority="1">'
        f'<formula>${column}{at.FIRST_ROW}="{AGREES.get(language)}"</formula></cfRule></conditionalFormatting>'
    )


def _validations(last: int, language: Language) -> str:
    """The list of statuses, and what a decision looks like, shown beside its cell; there anything may be typed."""
    statuses, words, decisions = _validation_parts(language)
    status, decided = (f"{column}{at.FIRST_ROW}:{column}{last}" for column in map(letters, (at.STATUS, at.DECIDED)))
    return f'{statuses} sqref="{status}">{words}{decisions} sqref="{decided}"/></dataValidations>'


@lru_cache(maxsize=2)
def _validation_parts(language: Language) -> tuple[str, str, str]:
    """The validations without the cells that they are for."""
    words = ",".join(text.get(language) for text in STATUSES.values())
    head = escaped(ANSWER_STATUS.get(language))
    return (
        '<dataValidations count="2"><dataValidation type="list" allowBlank="1" showInputMessage="1" '
        f'showErrorMessage="1" errorTitle="{head}" error="{escaped(STATUS_ONLY.get(language))}" promptTitle="{head}" '
        f'prompt="{escaped(STATUS_HINT.get(language))}"',
        f'<formula1>"{escaped(words)}"</formula1></dataValidation>',
        '<dataValidation allowBlank="1" showInputMessage="1" '
        f'promptTitle="{escaped(DECISION.get(language))}" prompt="{escaped(DECISION_HINT.get(language))}"',
    )


_FOOTER = 90
"""Characters of names in the footer, which holds 255 in all, an ``&`` counted twice."""


def _footer(heading: Heading, language: Language) -> str:
    """``&`` begins a code in footers, so it is doubled in names; a size is parted from what it is the size of."""
    who = " · ".join(part for part in (heading.agency, heading.file) if part)[:_FOOTER].replace("&", "&&")
    return f"&L&8 {AUTHOR} {heading.version}&C&8 {who}&R&8 {PAGE.get(language)}"
