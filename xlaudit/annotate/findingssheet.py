"""The findings sheet: every finding with its link, figures, live status and room for the agency's answer.

Texts are inline strings, so that the workbook's shared strings stay untouched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlaudit.annotate.formulas import Check, quoted
from xlaudit.annotate.marks import SEVERITIES, Heading, Mark, count
from xlaudit.annotate.notetext import AUTHOR
from xlaudit.annotate.parts import DECLARATION
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import (
    ACCEPTED,
    AGREES,
    BASIS,
    CHECKS,
    COLUMNS,
    COUNTS,
    DATE,
    DECISION,
    DECISION_HINT,
    FILE,
    LATER,
    NOTHING,
    OPEN,
    PAGE,
    PERIOD,
    SEVERITY_WORDS,
    SHEET_NAME,
    UNJUDGED,
    WAIVED,
    fits_number,
    shown,
)
from xlaudit.annotate.xmlscan import MAIN, MAIN_STRICT, escaped, escaped_string
from xlaudit.cells import letters
from xlaudit.texts import Language

ID_HEADER = "xlaudit:id"
"""The head of the hidden column of finding ids, by which the sheet and its answers are found again."""

HEADER_ROW = 6
STATUS_COLUMN, ANSWER_COLUMN, DECISION_COLUMN, ID_COLUMN = 11, 12, 13, 14
_WIDTHS = (4.5, 13, 34, 23, 34, 16, 16, 15, 24, 24, 13, 24, 20, 14)
_LONGEST = 32_000
"""Characters in a cell; the format's limit is 32,767."""


def sheet_name(language: Language, taken: Sequence[str]) -> str:
    """``Hasil Audit``, with a number where that name is taken."""
    used = {name.casefold() for name in taken}
    name = plain = SHEET_NAME.get(language)
    number = 2
    while name.casefold() in used:
        name = f"{plain} {number}"
        number += 1
    return name


def last_row(marks: Sequence[Mark]) -> int:
    """The last row of the list."""
    return HEADER_ROW + max(1, len(marks))


def findings_sheet(
    marks: Sequence[Mark],
    checks: Sequence[Check | None],
    heading: Heading,
    language: Language,
    styles: Styles,
    answers: Mapping[str, str],
    decisions: Mapping[str, str],
    strict: bool,
) -> bytes:
    """The sheet's XML. ``checks`` are the live formulas of ``marks``, one each."""
    namespace = MAIN_STRICT if strict else MAIN
    last = last_row(marks)
    widths = _widths(marks)
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width + 0.7109375:.7f}" customWidth="1"'
        f"{' hidden=' + chr(34) + '1' + chr(34) if number == ID_COLUMN else ''}/>"
        for number, width in enumerate(widths, 1)
    )
    rows = [*_heading_rows(marks, heading, language, styles), _header_row(language, styles)]
    rows += [
        _row(number, mark, check, language, styles, answers, decisions)
        for number, (mark, check) in enumerate(zip(marks, checks, strict=True), 1)
    ]
    if not marks:
        cells = [
            _text(HEADER_ROW + 1, n, NOTHING.get(language) if n == 5 else "", styles.xf["text"])
            for n in _shown()
        ]
        rows.append(f'<row r="{HEADER_ROW + 1}">{"".join(cells)}</row>')
    table, first = f"A{HEADER_ROW}:{letters(DECISION_COLUMN)}{last}", f"A{HEADER_ROW + 1}"
    status = f"{letters(STATUS_COLUMN)}{HEADER_ROW + 1}"
    return (
        f'{DECLARATION}<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FF1F3864"/>'
        f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{letters(ID_COLUMN)}{last}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{HEADER_ROW}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="{table}"/>'
        f'<conditionalFormatting sqref="{status}:{letters(STATUS_COLUMN)}{last}">'
        f'<cfRule type="expression" dxfId="{styles.dxf["agrees"]}" priority="1">'
        f'<formula>${status}="{AGREES.get(language)}"</formula></cfRule></conditionalFormatting>'
        f"{_hint(language, last)}{_links(marks)}"
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>&amp;L&amp;8xlaudit&amp;R&amp;8{escaped(PAGE.get(language))}</oddFooter>"
        "</headerFooter></worksheet>"
    ).encode()


def _widths(marks: Sequence[Mark]) -> tuple[float, ...]:
    """The widths, with room for the longest address: LibreOffice does not wrap a link."""
    longest = max((len(f"{mark.sheet}!{mark.cell}") for mark in marks), default=0)
    return (*_WIDTHS[:2], min(max(longest * 1.1 + 2, 12), 38), *_WIDTHS[3:])


def print_area_names(name: str, marks: Sequence[Mark]) -> dict[str, str]:
    """The built-in names of the sheet: what the filter covers, and the rows repeated on each page."""
    sheet = quoted(name)
    table = f"{sheet}!$A${HEADER_ROW}:${letters(DECISION_COLUMN)}${last_row(marks)}"
    return {"_xlnm._FilterDatabase": table, "_xlnm.Print_Titles": f"{sheet}!${HEADER_ROW}:${HEADER_ROW}"}


def _shown() -> range:
    return range(1, DECISION_COLUMN + 1)


def _heading_rows(marks: Sequence[Mark], heading: Heading, language: Language, styles: Styles) -> list[str]:
    """Five lines: title, who and when, which file, how many, by what."""
    tallies = [" · ".join(COUNTS[severity].fill(n=count(marks, severity)).get(language) for severity in SEVERITIES)]
    if any(mark.waived for mark in marks):
        tallies.append(WAIVED.fill(waived=sum(1 for mark in marks if mark.waived)).get(language))
    if heading.checks is not None:
        checks = shown(str(heading.checks), language)
        tallies.append(CHECKS.fill(n=heading.checks, checks=checks).get(language))
    if heading.unjudged is not None:
        tallies.append(UNJUDGED.fill(unjudged=shown(str(heading.unjudged), language)).get(language))
    period = heading.period and PERIOD.fill(period=heading.period).get(language)
    file = heading.file and FILE.fill(file=heading.file).get(language)
    date = heading.date and DATE.fill(date=heading.date).get(language)
    lines = (
        (SHEET_NAME.get(language),),
        (heading.agency, period),
        (file, date, f"{AUTHOR} {heading.version}".strip()),
        tallies,
        (heading.basis and BASIS.fill(basis=heading.basis).get(language),),
    )
    rows = []
    for number, line in enumerate(lines, 1):
        look, height = ("title", 27) if number == 1 else ("info", 15)
        text = "  ·  ".join(part for part in line if part)
        cell = _text(number, 1, text, styles.xf[look])
        rows.append(f'<row r="{number}" ht="{height}" customHeight="1">{cell}</row>')
    return rows


def _header_row(language: Language, styles: Styles) -> str:
    cells = [
        _text(HEADER_ROW, number, head.get(language), styles.xf["head"])
        for number, head in enumerate(COLUMNS, 1)
    ]
    cells.append(_text(HEADER_ROW, ID_COLUMN, ID_HEADER, styles.xf["head"]))
    return f'<row r="{HEADER_ROW}" ht="24" customHeight="1">{"".join(cells)}</row>'


def _row(
    number: int,
    mark: Mark,
    check: Check | None,
    language: Language,
    styles: Styles,
    answers: Mapping[str, str],
    decisions: Mapping[str, str],
) -> str:
    row, xf = HEADER_ROW + number, styles.xf
    decision = mark.decision or (decisions.get(mark.id, "") if mark.id else "")
    if check is None or mark.waived:
        status = _text(row, STATUS_COLUMN, (ACCEPTED if mark.waived else LATER).get(language), xf["status"])
    else:
        stands, gone = OPEN.get(language), AGREES.get(language)
        formula = f'IF(IFERROR({check.absolute(mark.sheet)},TRUE),"{stands}","{gone}")'
        at = f"{letters(STATUS_COLUMN)}{row}"
        status = (
            f'<c r="{at}" s="{xf["status"]}" t="str"><f>{escaped(formula)}</f><v>{escaped(stands)}</v></c>'
        )
    cells = [
        f'<c r="A{row}" s="{xf["number"]}"><v>{number}</v></c>',
        _text(row, 2, SEVERITY_WORDS[mark.severity].get(language), xf[mark.severity]),
        _text(row, 3, f"{mark.sheet}!{mark.cell}", xf["link"]),
        _text(row, 4, mark.label, xf["text"]),
        _text(row, 5, mark.message, xf["text"]),
        _figure(row, 6, mark.stated, language, styles),
        _figure(row, 7, mark.computed, language, styles),
        _figure(row, 8, mark.difference, language, styles),
        _text(row, 9, mark.cause, xf["text"]),
        _text(row, 10, mark.waived or mark.suggestion, xf["text"]),
        status,
        _text(row, ANSWER_COLUMN, answers.get(mark.id, "") if mark.id else "", xf["answer"]),
        _text(row, DECISION_COLUMN, decision, xf["answer"]),
        _text(row, ID_COLUMN, mark.id, xf["text"]),
    ]
    texts = (f"{mark.sheet}!{mark.cell}", mark.label, mark.message, mark.cause, mark.waived or mark.suggestion)
    places = (3, 4, 5, 9, 10)
    lines = max(_lines(text, _WIDTHS[column - 1]) for text, column in zip(texts, places, strict=True))
    if check is None:
        lines = max(lines, _lines(LATER.get(language), _WIDTHS[STATUS_COLUMN - 1]))
    if mark.id in answers:
        lines = max(lines, _lines(answers[mark.id], _WIDTHS[ANSWER_COLUMN - 1]))
    lines = max(lines, _lines(decision, _WIDTHS[DECISION_COLUMN - 1]))
    # Not marked as custom: Excel fits the row anew as soon as an answer is typed.
    return f'<row r="{row}" ht="{min(409, lines * 13.5 + 4.5):g}">{"".join(cells)}</row>'


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, words kept whole, a little on the safe side."""
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            length = len(word) * 1.08
            if used and used + 1 + length > width:
                lines += 1
                used = 0.0
            lines += int(length // width)
            used = (used + 1 if used else 0) + length % width
    return lines


def _text(row: int, column: int, text: str, style: int) -> str:
    at = f"{letters(column)}{row}"
    if not text:
        return f'<c r="{at}" s="{style}"/>'
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    content = f'<t xml:space="preserve">{escaped_string(text)}</t>'
    return f'<c r="{at}" s="{style}" t="inlineStr"><is>{content}</is></c>'


def _figure(row: int, column: int, figure: str | None, language: Language, styles: Styles) -> str:
    """A plain decimal as a number, as long as a spreadsheet holds it without loss; else as text."""
    if figure is None or not fits_number(figure):
        return _text(row, column, shown(figure or "", language), styles.xf["word"])
    look = "decimals" if "." in figure else "whole"
    return f'<c r="{letters(column)}{row}" s="{styles.xf[look]}"><v>{figure}</v></c>'


def _hint(language: Language, last: int) -> str:
    """What a decision looks like, shown beside its cell while it is typed; anything may be typed."""
    column = letters(DECISION_COLUMN)
    title, text = escaped(DECISION.get(language)), escaped(DECISION_HINT.get(language))
    return (
        '<dataValidations count="1"><dataValidation allowBlank="1" showInputMessage="1" '
        f'promptTitle="{title}" prompt="{text}" sqref="{column}{HEADER_ROW + 1}:{column}{last}"/></dataValidations>'
    )


def _links(marks: Sequence[Mark]) -> str:
    """Links to the cells, as many as Excel allows on one sheet (65,530)."""
    links = "".join(
        f'<hyperlink ref="C{row}" location="{escaped(f"{quoted(mark.sheet)}!{mark.cell}")}"'
        f' display="{escaped(f"{mark.sheet}!{mark.cell}")}"/>'
        for row, mark in enumerate(marks[:65_530], HEADER_ROW + 1)
    )
    return f"<hyperlinks>{links}</hyperlinks>" if links else ""
