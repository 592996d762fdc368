"""The rows below a form's closing line: totals, the mean capaian, its predikat."""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.schemas.forms import Entry, FormColumn
from xlaudit.templates.formulas import category, computed, hundredths, mean, total
from xlaudit.templates.layout import LEVEL, Layout


def closing_cells(layout: Layout) -> Iterator[tuple[str, int, str, str]]:
    """Column, row, formula without ``=`` and text of every cell of the closing rows; the formula may be empty."""
    for label in layout.form.closing:
        row = layout.closing(label)
        for column in layout.form.columns:
            formula, text = "", ""
            if column.key == layout.form.label:
                formula, text = _label(layout, label)
            elif label == "Jumlah":
                formula = _total(layout, column, row)
            elif label.startswith("Rata-rata"):
                formula = _mean(layout, column, row)
            elif column.key in ("capaian_k", "capaian_rp"):
                formula = category(layout.cell(column.key, row - 1))
            yield column.key, row, formula, text


def _label(layout: Layout, label: str) -> tuple[str, str]:
    """The label of a mean says of how many (RULES K7)."""
    if label != "Rata-rata capaian":
        return "", label
    return f'"{label} ("&COUNT({layout.span("capaian")})&" indikator)"', ""


def _total(layout: Layout, column: FormColumn, row: int) -> str:
    """Amounts are added up; what is computed from amounts is computed from the totals (RULES A5)."""
    if column.entry is Entry.AMOUNT:
        return total(layout, column.key)
    if column.entry is not Entry.COMPUTED:
        return ""
    if column.key in ("pagu", "realisasi_anggaran"):
        return total(layout, column.key)
    if column.key in ("perubahan", "persen", "sisa") or column.key.endswith("_rp"):
        return computed(layout, column.key, row)
    return ""


def _mean(layout: Layout, column: FormColumn, row: int) -> str:
    if column.key == "capaian":
        return mean(layout.span("capaian"))
    if column.key == "kategori":
        return category(layout.cell("capaian", row))
    if column.key in ("capaian_k", "capaian_rp"):
        topmost = f"AVERAGEIFS({layout.span(column.key)},{layout.span(LEVEL)},MIN({layout.span(LEVEL)}))*100"
        return f'IFERROR({hundredths(topmost)},"")'
    return ""
