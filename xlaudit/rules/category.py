"""Kategori sesuai dengan skala capaian."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.amounts import show_percent
from xlaudit.findings import Severity, plain
from xlaudit.relations import partner, places_of
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text

_MESSAGE = Text(
    "Tertulis “{stated}”, padahal capaian {capaian} menurut {scale} adalah “{computed}”.",
    "Stated “{stated}”, but by {scale} a capaian of {capaian} is “{computed}”.",
)
_ADVICE = Text(
    "Sesuaikan kategori dengan skala yang dipakai, atau periksa capaiannya.",
    "Bring the category in line with the scale in use, or check the capaian.",
)


def check(book: Book) -> Iterator[Verdict]:
    """Compares every category with the scale that the workbook declares, or with the known one that fits best."""
    for table in book.tables:
        labelled = list(_labelled(table))
        scale = _scale(book, labelled)
        if scale is None:
            continue
        others = [] if scale.sheet else [s for s in _candidates(KNOWN, labelled) if s is not scale]
        for row, column, figure, label in labelled:
            assert figure.value is not None
            if fold(label) not in scale.labels():
                continue
            if scale.accepts(figure.value, label):
                yield MADE
                continue
            doubt = any(other.accepts(figure.value, label) for other in others)
            yield _flag(table, row, column, figure, label, scale, doubt)


def _labelled(table: Table) -> Iterator[tuple[Row, Column, Figure, str]]:
    """Every row that has both a capaian and a category."""
    for column in (c for c in table.columns.values() if c.role == "kategori"):
        achieved = partner(table, column, "capaian")
        if achieved is None:
            continue
        for row in table.rows:
            label, figure = row.texts.get(column.name, ""), row.figures[achieved.name]
            if label and figure.filled:
                yield row, column, figure, label


def _candidates(
    scales: tuple[Scale, ...], labelled: list[tuple[Row, Column, Figure, str]]
) -> list[Scale]:
    """The scales that know most of the labels in use, those that fit most rows first."""
    used = {fold(label) for *_, label in labelled}

    def misfits(scale: Scale) -> int:
        return sum(1 for *_, f, label in labelled if f.value is not None and not scale.accepts(f.value, label))

    knowing = [scale for scale in scales if used and len(used & scale.labels()) * 2 > len(used)]
    return sorted(knowing, key=misfits)


def _scale(book: Book, labelled: list[tuple[Row, Column, Figure, str]]) -> Scale | None:
    found = _candidates(book.scales, labelled) or _candidates(KNOWN, labelled)
    return found[0] if found else None


def _flag(
    table: Table, row: Row, column: Column, figure: Figure, label: str, scale: Scale, doubt: bool
) -> Flag:
    assert figure.value is not None
    right = scale.label(figure.value)
    name = row.texts.get("indikator", "") or row.label
    because = ((table, figure.cell),)
    return Flag(
        table,
        figure.cell._replace(column=column.column),
        Text(f"{name} · {column.header}", f"{name} · {column.header}"),
        Text(
            _MESSAGE.id.format(
                stated=label, capaian=show_percent(figure.value, max(places_of(figure), 0)), scale=scale.name.id, computed=right
            ),
            _MESSAGE.en.format(
                stated=label, capaian=show_percent(figure.value, max(places_of(figure), 0)), scale=scale.name.en, computed=right
            ),
        ),
        severity=Severity.WARNING if doubt else None,
        stated=label,
        computed=right,
        because=because,
        advice=_ADVICE,
        live=None if figure.as_text else _live(figure, column, scale, right),
    )


def _live(figure: Figure, column: Column, scale: Scale, right: str) -> str:
    """TRUE until the category is the one that the capaian deserves at the moment."""
    value = figure.cell.a1 if figure.scale == 1 else f"{figure.cell.a1}*{plain(figure.scale)}"
    nested = f'"{scale.steps[-1].label}"'
    for step in reversed(scale.steps[:-1]):
        nested = f'IF({value}>={plain(step.lower)},"{step.label}",{nested})'
    return f"TRIM({figure.cell._replace(column=column.column).a1})<>{nested}"


RULE = Rule(
    "KI105",
    "category",
    Text("Kategori tidak sesuai skala", "The category does not follow the scale"),
    Severity.ERROR,
    check,
)
