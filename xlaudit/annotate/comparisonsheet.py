"""The sheet that says what a resubmission changed: one line for every finding, figure and row, to be filtered.

Every cell is locked, without a password: answers and decisions are typed into the findings sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from xlaudit.annotate.formulas import quoted
from xlaudit.annotate.marks import MarkSeverity
from xlaudit.annotate.ownsheets import COMPARISON_HEADER
from xlaudit.annotate.parts import DECLARATION
from xlaudit.annotate.sheetcells import figure_cell, height, link_cell, text_cell
from xlaudit.annotate.sheetframe import PROTECTION
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import (
    ANSWER,
    ANSWER_STATUS,
    COMPARISON_SHEET,
    COMPUTED,
    PAGE,
    SEVERITY_WORDS,
    fits_number,
    shown,
)
from xlaudit.annotate.xmlscan import MAIN, MAIN_STRICT, escaped
from xlaudit.cells import letters
from xlaudit.texts import Language, Text

_HEADS = (
    Text("No"),
    Text("Result"),
    Text("Severity"),
    Text("Cell"),
    Text("Formerly at"),
    Text("Item"),
    Text("Figure before"),
    Text("Figure now"),
    COMPUTED,
    Text("Remark"),
    ANSWER,
    ANSWER_STATUS,
)
NUMBER, RESULT, SEVERITY, CELL, FORMERLY, ITEM, WAS, NOW, COMPUTE, REMARK, REPLY, STATUS = range(1, len(_HEADS) + 1)
_IDS = len(_HEADS) + 1
_WIDTHS = {
    NUMBER: 5.5, RESULT: 19, SEVERITY: 13.5, CELL: 15, FORMERLY: 13, ITEM: 46, WAS: 14, NOW: 14, COMPUTE: 14,
    REMARK: 30, REPLY: 28, STATUS: 12.5, _IDS: 14,
}  # fmt: skip
_NOTHING = Text("Nothing changed.")


class Compared(NamedTuple):
    """One line. ``here``: the cell is in this workbook and can be gone to; ``settled``: nothing is left to do.

    Figures are plain decimals, or words.
    """

    result: str
    sheet: str
    cell: str
    label: str
    here: bool = True
    urgent: bool = False
    settled: bool = False
    formerly: str = ""
    text: str = ""
    severity: MarkSeverity | None = None
    before: str | None = None
    after: str | None = None
    computed: str | None = None
    remark: str = ""
    answer: str = ""
    status: str = ""
    id: str = ""


class ComparedSheet(NamedTuple):
    """What the sheet holds: lines under its title (files, counts), and the list."""

    heading: tuple[str, ...]
    lines: tuple[Compared, ...]


def comparison_sheet(
    name: str, compared: ComparedSheet, sheets: Collection[str], language: Language, styles: Styles, strict: bool
) -> tuple[bytes, dict[str, str]]:
    """The sheet's XML and its built-in names. ``sheets`` are those of the workbook, to which a link can go."""
    xf = styles.xf
    rows = []
    for number, line in enumerate((COMPARISON_SHEET.get(language), *compared.heading), 1):
        look, tall = ("title", 24) if number == 1 else ("info", 14)
        rows.append(f'<row r="{number}" ht="{tall}" customHeight="1">{text_cell(number, 1, line, xf[look])}</row>')
    head = len(compared.heading) + 3
    heads = [text_cell(head, column, text.get(language), xf["head"]) for column, text in enumerate(_HEADS, 1)]
    heads.append(text_cell(head, _IDS, COMPARISON_HEADER, xf["head"]))
    rows.append(f'<row r="{head}" ht="24" customHeight="1">{"".join(heads)}</row>')
    widths = _widths(compared.lines, language)
    writer = _Rows(sheets, language, styles, widths)
    rows += (writer.row(row, line) for row, line in enumerate(compared.lines, head + 1))
    last = head + max(1, len(compared.lines))
    if not compared.lines:
        texts = {ITEM: _NOTHING.get(language)}
        cells = (text_cell(last, column, texts.get(column, ""), xf["text"]) for column in range(1, _IDS))
        rows.append(f'<row r="{last}">{"".join(cells)}</row>')
    first, area = f"A{head + 1}", f"A{head}:{letters(STATUS)}{last}"
    hidden = {_IDS} if any(line.formerly for line in compared.lines) else {_IDS, FORMERLY}
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width + 0.7109375:.7f}" customWidth="1"'
        f"{' hidden=' + chr(34) + '1' + chr(34) if n in hidden else ''}/>"
        for n, width in widths.items()
    )
    content = (
        f'{DECLARATION}<worksheet xmlns="{MAIN_STRICT if strict else MAIN}"><sheetPr><tabColor rgb="FF1F3864"/>'
        f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{letters(_IDS)}{last}"/>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{head}" topLeftCell="{first}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{first}" sqref="{first}"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'{PROTECTION}<autoFilter ref="{area}"/><printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escaped(f'&L&8xlaudit&R&8{PAGE.get(language)}')}</oddFooter></headerFooter>"
        "</worksheet>"
    )
    place = quoted(name)
    names = {
        "_xlnm._FilterDatabase": f"{place}!$A${head}:${letters(STATUS)}${last}",
        "_xlnm.Print_Titles": f"{place}!${head}:${head}",
    }
    return content.encode(), names


class _Rows:
    def __init__(
        self, sheets: Collection[str], language: Language, styles: Styles, widths: dict[int, float]
    ) -> None:
        self._sheets = sheets
        self._language, self._styles, self._widths = language, styles, widths
        self._number = 0

    def row(self, row: int, line: Compared) -> str:
        self._number += 1
        xf, place = self._styles.xf, f"{line.sheet}!{line.cell}"
        severity = "" if line.severity is None else SEVERITY_WORDS[line.severity].get(self._language)
        item = f"{line.label}\n{line.text}" if line.text else line.label
        cells = [
            f'<c r="A{row}" s="{xf["number"]}"><v>{self._number}</v></c>',
            text_cell(row, RESULT, "" if line.urgent else line.result, xf["text"], line.result if line.urgent else ""),
            text_cell(row, SEVERITY, severity, xf["status" if line.settled else line.severity or "status"]),
            self._link(row, line, place),
            text_cell(row, FORMERLY, line.formerly, xf["text"]),
            text_cell(row, ITEM, line.text, xf["text"], line.label),
            self._figure(row, WAS, line.before),
            self._figure(row, NOW, line.after),
            self._figure(row, COMPUTE, line.computed),
            text_cell(row, REMARK, line.remark, xf["text"]),
            text_cell(row, REPLY, line.answer, xf["text"]),
            text_cell(row, STATUS, line.status, xf["status"]),
            text_cell(row, _IDS, line.id, xf["text"]),
        ]
        texts = {
            RESULT: line.result, CELL: place, FORMERLY: line.formerly, ITEM: item, REMARK: line.remark,
            REPLY: line.answer,
        }  # fmt: skip
        tall = height(*((text, self._widths[column] - 2) for column, text in texts.items()))
        return f'<row r="{row}" ht="{tall:g}">{"".join(cells)}</row>'

    def _link(self, row: int, line: Compared, place: str) -> str:
        if not line.here or line.sheet not in self._sheets or ":" in line.cell:
            return text_cell(row, CELL, place, self._styles.xf["text"])
        return link_cell(row, CELL, line.sheet, line.cell, self._language, self._styles.xf["link"])

    def _figure(self, row: int, column: int, figure: str | None) -> str:
        return figure_cell(row, column, figure, self._language, self._styles)


def _widths(lines: Sequence[Compared], language: Language) -> dict[int, float]:
    """The widths, with room for the longest address and figure."""
    widths = dict(_WIDTHS)
    for column, places in (
        (CELL, [f"{line.sheet}!{line.cell}" for line in lines]), (FORMERLY, [line.formerly for line in lines]),
    ):  # fmt: skip
        widths[column] = min(max(max(map(len, places), default=0) * 0.62 + 2, widths[column]), 24)
    for column, figures in (
        (WAS, [line.before for line in lines]),
        (NOW, [line.after for line in lines]),
        (COMPUTE, [line.computed for line in lines]),
    ):
        longest = max((len(shown(figure, language)) for figure in figures if figure and fits_number(figure)), default=0)
        widths[column] = min(max(longest * 0.95 + 2, widths[column]), 22)
    return widths
