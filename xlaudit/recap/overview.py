"""The first sheet: what came in, what was found, who is best and worst, in figures and a chart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import xlsxwriter

from xlaudit.recap import words
from xlaudit.recap.grids import Grids
from xlaudit.recap.highlights import Number, Ranking, numbers, rankings
from xlaudit.recap.links import in_workbook
from xlaudit.recap.looks import BAR, BAR_2, CENTS, HEAD, INK, LINE, LINK, WHOLE, Looks
from xlaudit.recap.numbers import foremost, in_cell
from xlaudit.recap.sheet import Sheet, put, set_up
from xlaudit.texts import Text
from xlaudit.waivers import written

_LABELS, _VALUES, _GAP, _PLACES, _NAMES, _FIRST = range(6)
_WIDTHS = (40, 22, 3, 5, 46, 13, 13)


class Overview:
    """The sheet. It stands first, but is written last, for it quotes the others."""

    def __init__(self, workbook: xlsxwriter.Workbook, looks: Looks, grids: Grids, home: Path) -> None:
        self.workbook, self.looks, self.grids, self.home = workbook, looks, grids, home
        self.sheet = workbook.add_worksheet(grids.say(words.OVERVIEW))

    def write(self, agencies: Sheet, budget: Sheet, performance: Sheet) -> None:
        """Everything on it."""
        grids, recap = self.grids, self.grids.recap
        set_up(self.sheet, grids.language)
        self.sheet.fit_to_pages(1, 1)
        for at, width in enumerate(_WIDTHS):
            self.sheet.set_column(at, at, width)
        self.sheet.set_row(0, 24)
        self.sheet.write_string(0, 0, grids.say(words.TITLE), self.looks.title())
        self.sheet.write_string(1, 0, " · ".join(self.subtitle()), self.looks.about())
        row = self._numbers(3, list(numbers(recap, agencies, budget, performance)))
        self._rankings(3)
        self._chart(row + 1)

    def subtitle(self) -> list[str]:
        """For which periods, and when it was reviewed."""
        grids, recap = self.grids, self.grids.recap
        said = [", ".join(grids.period(time) for time in recap.times)] if recap.times else []
        said.append(grids.say(words.REVIEWED_ON.fill(day=written(recap.day))))
        time = foremost(recap)
        if grids.several and time is not None:
            said.append(grids.say(words.FOR.fill(period=grids.period(time))))
        return said

    def _heading(self, row: int, first: int, last: int, texts: list[Text]) -> None:
        look = self.looks.of(bold=True, font_color=INK, bg_color=HEAD, border=1, border_color=LINE, valign="vcenter")
        right = self.looks.of(
            bold=True, font_color=INK, bg_color=HEAD, border=1, border_color=LINE, align="right", valign="vcenter",
            text_wrap=True,
        )  # fmt: skip
        for at in range(first, last + 1):
            self.sheet.write_blank(row, at, None, look)
        self.sheet.write_string(row, first, self.grids.say(texts[0]), look)
        for at, text in enumerate(texts[1:], start=last - len(texts) + 2):
            self.sheet.write_string(row, at, self.grids.say(text), right)

    def _numbers(self, row: int, found: list[Number]) -> int:
        self._heading(row, _LABELS, _VALUES, [words.KEY_NUMBERS])
        for at, one in enumerate(found, start=row + 1):
            label = self.looks.of(border=1, border_color=LINE, indent=2 * one.step, align="left", bold=not one.step)
            value = self.looks.of(
                border=1, border_color=LINE, align="right", num_format=_format(one.value), bold=not one.step
            )
            self.sheet.write_string(at, _LABELS, self.grids.say(one.label), label)
            if one.value is None:
                self.sheet.write_blank(at, _VALUES, None, value)
            elif one.formula:
                self.sheet.write_formula(at, _VALUES, f"={one.formula}", value, _stored(one.value))
            else:
                put(self.sheet, at, _VALUES, one.value, value)
        return row + len(found) + 1

    def _rankings(self, row: int) -> None:
        self.ranked: dict[str, tuple[int, int]] = {}
        for ranking in rankings(self.grids.recap):
            last = _FIRST + 1
            self._heading(row, _PLACES, last, [ranking.title, *ranking.headings])
            self.ranked[ranking.title.message] = (row + 1, row + len(ranking.rows))
            row = self._ranked(row + 1, ranking, last) + 1

    def _ranked(self, row: int, ranking: Ranking, last: int) -> int:
        cell = {"border": 1, "border_color": LINE}
        for place, (book, values) in enumerate(ranking.rows, start=1):
            put(self.sheet, row, _PLACES, place, self.looks.of(**cell, align="center"))
            where = in_workbook(book.opens, self.home)
            name = self.grids.named(book)
            if where is None:
                self.sheet.write_string(row, _NAMES, name, self.looks.of(**cell))
            else:
                self.sheet.write_url(row, _NAMES, where, self.looks.of(**cell, font_color=LINK, underline=1), name)
            for at in range(_FIRST, last + 1):
                self.sheet.write_blank(row, at, None, self.looks.of(**cell))
            for at, value in enumerate(values, start=last - len(values) + 1):
                put(self.sheet, row, at, value, self.looks.of(**cell, align="right", num_format=_format(value)))
            row += 1
        return row

    def _chart(self, row: int) -> None:
        """A bar for each of the agencies with the most errors."""
        found = self.ranked.get(words.MOST_ERRORS.message)
        if found is None:
            return
        first, last = found
        sheet = self.sheet.get_name()
        chart: Any = self.workbook.add_chart({"type": "bar"})
        for at, text, colour in ((_FIRST, words.ERRORS, BAR), (_FIRST + 1, words.ROOTS, BAR_2)):
            chart.add_series({
                "name": self.grids.say(text),
                "categories": [sheet, first, _NAMES, last, _NAMES],
                "values": [sheet, first, at, last, at],
                "fill": {"color": colour},
                "data_labels": {"value": True},
                "gap": 60,
            })  # fmt: skip
        title = self.grids.say(words.ERRORS_CHART)
        dress(chart, title)
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 450, "height": 90 + 44 * (last - first + 1)})
        self.sheet.insert_chart(row, 0, chart, {"description": title, "object_position": 2})


def dress(chart: Any, title: str) -> None:
    """How all charts look."""
    chart.set_title({"name": title, "name_font": {"size": 11, "color": INK}, "overlay": False})
    chart.set_chartarea({"border": {"color": LINE}})


def _format(value: int | Decimal | Fraction | None) -> str:
    if isinstance(value, Fraction):
        return CENTS
    return CENTS if isinstance(value, Decimal) and value != value.to_integral_value() else WHOLE


def _stored(value: int | Decimal | Fraction) -> float:
    return value if isinstance(value, int) else in_cell(value)
