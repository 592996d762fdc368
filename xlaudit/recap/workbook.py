"""The recap as a workbook."""

from __future__ import annotations

import io
from datetime import datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from xlaudit import __version__
from xlaudit.findings import Severity
from xlaudit.outputs import RECAP_PROPERTY
from xlaudit.recap import words
from xlaudit.recap.gather import Recap
from xlaudit.recap.grids import Grids
from xlaudit.recap.looks import BAR, BAR_2, CENTS, ERROR, ERROR_INK, QUIET, WARNING, WARNING_INK, Looks
from xlaudit.recap.numbers import absorbed, by_share, foremost, in_cell, of_time
from xlaudit.recap.overview import Overview, dress
from xlaudit.recap.sheet import Sheet
from xlaudit.reports.words import SEVERITIES
from xlaudit.texts import Language

MOST_BARS = 20


def write_workbook(recap: Recap, path: Path, language: Language, home: Path | None = None) -> None:
    """Writes the recap. Links lead from ``home``, the folder of the recap when it is done, by default that of ``path``.

    Totals are formulas that bear their values. ``OSError`` where the file cannot be written.
    """
    home = path.parent if home is None else home
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file, {"in_memory": False, "strings_to_formulas": False})
    grids, looks = Grids(recap, language), Looks(workbook)
    title = grids.say(words.TITLE)
    created = datetime.combine(recap.day, time())
    workbook.set_properties({"title": title, "author": f"xlaudit {__version__}", "created": created})
    workbook.set_custom_property(RECAP_PROPERTY, __version__, "text")
    workbook.set_calc_mode("auto")
    overview = Overview(workbook, looks, grids, home)
    sheets = [Sheet(workbook, looks, grid, home, language) for grid in grids.every()]
    for sheet in sheets:
        sheet.write()
    agencies, findings, budget, performance, *_ = sheets
    _mark_agencies(agencies)
    _mark_findings(findings)
    _chart_shares(workbook, grids, looks, budget)
    _chart_capaian(workbook, grids, performance)
    overview.write(agencies, budget, performance)
    overview.sheet.activate()
    workbook.close()
    path.write_bytes(file.getvalue())  # not by xlsxwriter: its zip would try again when it is let go


def _mark_agencies(sheet: Sheet) -> None:
    """Rows that do not count are told by their status and stand back or out."""
    if not sheet.grid.rows:
        return
    status = f"${sheet.letter('status')}{sheet.first + 1}"
    sheet.mark(f'={status}="{sheet.say(words.REPLACED)}"', font_color=QUIET, italic=True)
    sheet.mark(f'={status}="{sheet.say(words.REFUSED)}"', bg_color=ERROR)
    sheet.mark(f'={status}="{sheet.say(words.MISSING)}"', bg_color=WARNING)


def _mark_findings(sheet: Sheet) -> None:
    if not sheet.grid.rows:
        return
    at = [column.key for column in sheet.grid.columns].index("severity")
    for severity, colour, ink in (
        (Severity.ERROR, ERROR, ERROR_INK), (Severity.WARNING, WARNING, WARNING_INK),
    ):  # fmt: skip
        look = sheet.looks.change(bg_color=colour, font_color=ink)
        criteria = f'"{sheet.say(SEVERITIES[severity])}"'
        rule = {"type": "cell", "criteria": "==", "value": criteria, "format": look}
        sheet.sheet.conditional_format(sheet.first, at, sheet.last, at, rule)


def _chart_shares(workbook: xlsxwriter.Workbook, grids: Grids, looks: Looks, sheet: Sheet) -> None:
    """Bars of serapan, the lowest first, with the values they are drawn from beside them."""
    period = foremost(grids.recap)
    books = [] if period is None else by_share(of_time(grids.recap, period))
    if not books:
        return
    shown = books[:MOST_BARS]
    title = grids.say(words.SHARE_CHART if shown == books else words.SHARE_CHART_OF.fill(n=len(shown)))
    if grids.several and period is not None:
        title = f"{title}, {grids.period(period)}"
    row = sheet.below + 2
    sheet.sheet.write_string(row, 0, title, looks.of(bold=True))
    values = [
        (grids.agency(book) if book.agency else book.name, share)
        for book in shown
        if (share := absorbed(book)) is not None
    ]
    for at, (name, share) in enumerate(values, start=row + 1):
        sheet.sheet.write_string(at, 1, name, looks.of())
        sheet.sheet.write_number(at, 2, in_cell(share), looks.of(num_format=CENTS, align="right"))
    first, last = row + 1, row + len(values)
    here = sheet.sheet.get_name()
    chart: Any = workbook.add_chart({"type": "bar"})
    chart.add_series({
        "name": grids.say(words.SHARE),
        "categories": [here, first, 1, last, 1],
        "values": [here, first, 2, last, 2],
        "fill": {"color": BAR},
        "data_labels": {"value": True, "num_format": CENTS},
        "gap": 40,
    })  # fmt: skip
    dress(chart, title)
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#E0E0E0"}}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 820, "height": 110 + 24 * len(values)})
    sheet.sheet.insert_chart(row + 1, 3, chart, {"description": title, "object_position": 2})


def _chart_capaian(workbook: xlsxwriter.Workbook, grids: Grids, sheet: Sheet) -> None:
    """Two charts over the last total: by classes of capaian, by predikat."""
    if not sheet.grid.totals or not sheet.grid.totals[-1].values.get("indicators"):
        return
    keys = [column.key for column in sheet.grid.columns]
    row, total = sheet.below + 2, sheet.below - 1
    period = sheet.grid.totals[-1].period
    left = 0
    for start, text, colour in (("class", words.CLASSES_CHART, BAR), ("label", words.LABELS_CHART, BAR_2)):
        own = [key for key in keys if key.startswith(start)]
        title = grids.say(text) + (f", {period}" if period else "")
        chart: Any = workbook.add_chart({"type": "column"})
        chart.add_series({
            "name": grids.say(words.INDICATORS),
            "categories": sheet.places(own[0], own[-1], sheet.head),
            "values": sheet.places(own[0], own[-1], total),
            "fill": {"color": colour},
            "data_labels": {"value": True},
            "gap": 50,
        })  # fmt: skip
        dress(chart, title)
        chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        chart.set_legend({"none": True})
        chart.set_size({"width": 560, "height": 300})
        sheet.sheet.insert_chart(row, 0, chart, {"x_offset": left, "description": title, "object_position": 3})
        left += 590

