"""Categories as tables print them beside a capaian or below a mean, and the scale that they follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.relations import partner, shown
from xlaudit.rules.base import Book
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.words import fold
from xlaudit.tables import Figure, Level, Row, State, Table
from xlaudit.texts import Text, same


class Labelled(NamedTuple):
    """A capaian and the category that stands for it in ``cell``."""

    table: Table
    row: Row
    heading: str
    figure: Figure
    label: str
    cell: Cell

    @property
    def name(self) -> Text:
        """What the category is of, as findings are labelled."""
        return same(f"{self.row.texts.get('indikator', '') or self.row.label} · {self.heading}")


class Categories(NamedTuple):
    """The categories of a table with their capaian, and the scale that they follow; None where there is none."""

    found: list[Labelled]
    scale: Scale | None


def categories(book: Book, table: Table) -> Categories:
    """What the rules on categories ask of a table, worked out for the first of them."""

    def look() -> Categories:
        found = _labelled(table, book.scales)
        return Categories(found, _scale_in_use(book, found))

    return book.once("categories", table, look)


def _labelled(table: Table, scales: Sequence[Scale]) -> list[Labelled]:
    """Every category with its capaian. A scale printed right below is no part of its table."""
    areas = [scale.area for scale in scales if scale.area is not None and scale.sheet == table.sheet]
    found = [*_beside(table), *_below_means(table)]
    if not areas:
        return found
    return [one for one in found if not any(area.top <= one.row.number <= area.bottom for area in areas)]


def _beside(table: Table) -> Iterator[Labelled]:
    for column in (c for c in table.columns.values() if c.role == "kategori"):
        achieved = partner(table, column, "capaian")
        if achieved is None:
            continue
        for row in table.rows:
            label, figure = row.texts.get(column.name, ""), row.figures[achieved.name]
            if label and figure.filled:
                cell = figure.cell._replace(column=column.column)
                yield Labelled(table, row, column.header, figure, label, cell)


def _below_means(table: Table) -> Iterator[Labelled]:
    """A row *Predikat kinerja*, or one without a name, right below a mean, with words where the mean has figures."""
    for mean in table.rows_of(Level.MEAN):
        row = next(iter(table.rows[mean.index + 1 : mean.index + 2]), None)
        if row is None or ("predikat" not in fold(row.label) and row.label):
            continue
        for column in (c for role in ("capaian", "persen") for c in table.by_role(role)):
            figure, word = mean.figures[column.name], row.figures[column.name]
            if figure.filled and word.state is State.TEXT:
                named = row if row.label else mean
                yield Labelled(table, named, column.header.split(" · ")[-1], figure, word.text, word.cell)


def accepts(scale: Scale, one: Labelled) -> bool:
    """Whether a label is right for a capaian as it is stored, or else as it is shown."""
    figure = one.figure
    assert figure.value is not None
    return scale.accepts(figure.value, one.label) or (figure.finer and scale.accepts(shown(figure), one.label))


def candidates(scales: Sequence[Scale], found: Sequence[Labelled]) -> list[Scale]:
    """The scales that know most of the labels in use, those that fit most rows first."""
    used = {fold(one.label) for one in found}

    def misfits(scale: Scale) -> int:
        return sum(1 for one in found if not accepts(scale, one))

    knowing = [scale for scale in scales if used and len(used & scale.labels()) * 2 > len(used)]
    return sorted(knowing, key=misfits) if len(knowing) > 1 else knowing


def _scale_in_use(book: Book, found: Sequence[Labelled]) -> Scale | None:
    """The scale that the workbook prints, else the one in the settings, else the usual one that fits best."""
    settled = book.settings.conventions.scale
    known = KNOWN if settled is None else (settled,)
    scales = candidates(book.scales, found) or candidates(known, found)
    return scales[0] if scales else None
