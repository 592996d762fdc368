"""The sheet *Cek*: how many disagreements remain on each sheet, and where the first ones are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from xlaudit.schemas.forms import (
    AGREED_BUDGET,
    AGREEMENT,
    IDENTITY_SHEET,
    MEASUREMENT,
    OWN_SCALE,
    PROGRAM_RESULTS,
    REALISATION,
    Entry,
)
from xlaudit.templates import looks
from xlaudit.templates.identity import CLASSES, SCALE_ROW, row_of
from xlaudit.templates.layout import CHECK, COUNT, Layout
from xlaudit.templates.looks import Looks

_LINKS = 3
"""So many rows with a problem are linked."""
_REQUIRED = ("Pemda", "Perangkat_Daerah", "Tahun")
_FINE, _EMPTY = "Sesuai", "Belum diisi"
_HEADS = ("Bagian", "Keadaan", "Jumlah", "Pertama", "Kedua", "Ketiga")
_FIRST_ROW = 5


class Line(NamedTuple):
    """One line of the check: formulas without ``=``. ``blank`` is TRUE while there is nothing to check."""

    name: str
    number: str
    blank: str
    links: tuple[str, ...]


def write_check(sheet: Any, look: Looks, layouts: Sequence[Layout]) -> None:
    """Fills the sheet for these forms."""
    sheet.hide_gridlines(2)
    for place, width in enumerate((62, 22, 10, 48, 48, 48)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, "CEK SEBELUM DIKIRIM", look.title())
    sheet.write_string(
        1,
        0,
        "Dihitung terus selama Anda mengisi. Klik tautan untuk menuju baris yang perlu diperiksa.",
        look.subtitle(),
    )
    for place, text in enumerate(_HEADS):
        sheet.write_string(_FIRST_ROW - 2, place, text, look.header())
    lines = [_identity(), *map(_table, layouts), *_between({layout.form.key: layout for layout in layouts})]
    for row, line in enumerate(lines, _FIRST_ROW):
        _write_line(sheet, look, row, line)
    last = _FIRST_ROW + len(lines) - 1
    _colour(sheet, look, last)
    sheet.freeze_panes(_FIRST_ROW - 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, last - 1, len(_HEADS) - 1)
    sheet.repeat_rows(_FIRST_ROW - 2)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _write_line(sheet: Any, look: Looks, row: int, line: Line) -> None:
    cell = look.of(border=1, border_color=looks.LINE, text_wrap=True)
    link = look.of(border=1, border_color=looks.LINE, text_wrap=True, font_color="#0563C1", underline=1)
    count = look.of(border=1, border_color=looks.LINE, align="center")
    sheet.write_string(row - 1, 0, line.name, cell)
    state = f'IF({line.blank},"{_EMPTY}",IF($C{row}=0,"{_FINE}","Perlu diperiksa"))'
    sheet.write_formula(row - 1, 1, f"={state}", look.of(border=1, border_color=looks.LINE, bold=True), "")
    sheet.write_formula(row - 1, 2, f"={line.number}", count, "")
    for place in range(_LINKS):
        if place < len(line.links):
            sheet.write_formula(row - 1, 3 + place, f"={line.links[place]}", link, "")
        else:
            sheet.write_blank(row - 1, 3 + place, None, cell)


def _colour(sheet: Any, look: Looks, last: int) -> None:
    area = (_FIRST_ROW - 1, 1, last - 1, 1)
    for text, fmt in (
        (_FINE, look.change(bg_color=looks.RIGHT, font_color=looks.RIGHT_INK)),
        (_EMPTY, look.change(bg_color=looks.MISSING)),
        ("Perlu diperiksa", look.change(bg_color=looks.WRONG, font_color=looks.WRONG_INK)),
    ):
        condition = f'=$B{_FIRST_ROW}="{text}"'
        sheet.conditional_format(*area, {"type": "formula", "criteria": condition, "format": fmt})


def _link(sheet: str, row: str, column: str, text: str) -> str:
    """A link to a cell of a sheet; ``row`` is a formula."""
    return f"HYPERLINK(\"#'{sheet}'!{column}\"&{row},{text})"


def _identity() -> Line:
    cells = [f"{IDENTITY_SHEET}!$C${row_of(name)}" for name in _REQUIRED]
    number = "+".join(f'IF({cell}="",1,0)' for cell in cells)
    links: list[str] = []
    for name, cell in zip(_REQUIRED, cells, strict=True):
        text = _quoted(f"{name.replace('_', ' ')} belum diisi")
        links.append(f'IF({cell}="",{_link(IDENTITY_SHEET, str(row_of(name)), "C", text)},"")')
    number += f"+IF({_scale_upside_down()},1,0)"
    scale = _quoted("Skala sendiri: isi batas bawah dan predikat dari yang terendah")
    links[-1] = f"IF({_scale_upside_down()},{_link(IDENTITY_SHEET, str(SCALE_ROW), 'E', scale)},{links[-1]})"
    blank = ",".join(f'{cell}=""' for cell in cells)
    return Line(IDENTITY_SHEET, number, f"AND({blank})", tuple(links))


def _scale_upside_down() -> str:
    """Whether the office's own scale is blank, or not given from its lowest class up."""
    first, last = SCALE_ROW, SCALE_ROW + CLASSES - 1
    rows = f"{IDENTITY_SHEET}!$C${first + 1}:$C${last}<{IDENTITY_SHEET}!$C${first}:$C${last - 1}"
    empty = f'{IDENTITY_SHEET}!$F${first}=""'
    return f'AND(Skala_Predikat="{OWN_SCALE}",OR({empty},SUMPRODUCT(--({rows}))>0))'


def _quoted(text: str) -> str:
    return f'"{text}"'


def _table(layout: Layout) -> Line:
    """The rows of a form that its column *Periksa* says something about, then those that have no formulas."""
    form = layout.form
    checked, numbered = layout.elsewhere(layout.span(CHECK)), layout.elsewhere(layout.span(COUNT))
    label = layout.elsewhere(f"{layout.fixed(form.label, layout.first)}:{layout.fixed(form.label, layout.end)}")
    top = f"ROW({layout.elsewhere(layout.fixed(CHECK, layout.number_row))})"
    bare = _bare(layout, top)
    found, missing = f"MAX(0,{numbered})", f"SUMPRODUCT({bare})" if bare else ""
    links = []
    for place in range(1, _LINKS + 1):
        at = f"MATCH({place},{numbered},0)"
        row = f"({at}+{top}-1)"
        link = f'IFERROR({_link(form.sheet, row, layout.letter(form.label), _told(row, f"INDEX({checked},{at})"))},"")'
        if bare:
            first = f"SUMPRODUCT(LARGE({bare}*ROW({checked}),{missing}))"
            copied = _told(first, _quoted("rumus belum disalin ke baris ini"))
            lacking = _link(form.sheet, first, layout.letter(form.label), copied)
            link = f"IF(AND({place}={found}+1,{missing}>0),{lacking},{link})"
        links.append(link)
    number = f"{found}+{missing}" if bare else found
    return Line(form.sheet, number, f'AND(COUNTIF({label},"?*")=0,{number}=0)', tuple(links))


def _told(row: str, sentence: str) -> str:
    return f'"Baris "&{row}&": "&{sentence}'


def _bare(layout: Layout, top: str) -> str:
    """1 for each row that is filled and lacks the formula of *Periksa*, so surely the others too; an array.

    Empty for a form without formulas in its columns, where staff have nothing to copy.
    """
    form = layout.form
    if all(column.entry not in (Entry.AMOUNT, Entry.COMPUTED) for column in form.columns):
        return ""
    checked, label = layout.elsewhere(layout.span(CHECK)), layout.elsewhere(layout.span(form.label))
    return f'ISBLANK({checked})*({label}<>"")*(ROW({checked})>{top})'


def _between(layouts: dict[str, Layout]) -> Iterator[Line]:
    """What must agree between sheets (RULES X1-X3); only for the sheets that are there."""
    agreed, spent = layouts.get(AGREED_BUDGET.key), layouts.get(REALISATION.key)
    if agreed and spent:
        for key, stage in (("pagu_sebelum", "sebelum"), ("pagu_setelah", "setelah")):
            yield _same_total(f"Pagu {stage} perubahan: Anggaran PK dan Realisasi Anggaran", agreed, spent, key)
    targets, measured = layouts.get(AGREEMENT.key), layouts.get(MEASUREMENT.key)
    if targets and measured:
        yield _all_measured(targets, measured)
    programs = layouts.get(PROGRAM_RESULTS.key)
    if programs and spent:
        yield _all_programs(programs, spent)


def _same_total(name: str, one: Layout, other: Layout, key: str) -> Line:
    first = one.elsewhere(one.fixed(key, one.closing("Jumlah")))
    second = other.elsewhere(other.fixed(key, other.closing("Jumlah")))
    differs = f"AND(N({first})<>0,N({second})<>0,{first}<>{second})"
    text = f'"Selisih "&FIXED({first}-{second},0)'
    row = f"ROW({first})"
    link = f'IF({differs},{_link(one.form.sheet, row, one.letter(key), text)},"")'
    return Line(name, f"IF({differs},1,0)", f"OR(N({first})=0,N({second})=0)", (link,))


def _all_measured(targets: Layout, measured: Layout) -> Line:
    """Every indicator of the agreement is measured."""
    span = targets.elsewhere(f"{targets.fixed('indikator', targets.first)}:{targets.fixed('indikator', targets.end)}")
    where = measured.elsewhere(measured.span("indikator"))
    missing = f'SUMPRODUCT(({span}<>"")*ISNA(MATCH({span}&"",{where},0)))'
    blank = f'OR(COUNTIF({span},"?*")=0,COUNTIF({where},"?*")<2)'
    text = '"Ada indikator yang belum ada di Pengukuran Kinerja"'
    link = f'IF($C{{row}}>0,{_link(targets.form.sheet, str(targets.first), targets.letter("indikator"), text)},"")'
    number = f"IF({blank},0,{missing})"
    return Line(
        "Indikator Perjanjian Kinerja ada di Pengukuran Kinerja", number, blank,
        (link.replace("$C{row}", f"({number})"),),
    )  # fmt: skip


def _all_programs(programs: Layout, spent: Layout) -> Line:
    """Once every program is listed, their pagu add up to the total."""
    first = programs.elsewhere(programs.fixed("pagu", programs.closing("Jumlah")))
    second = spent.elsewhere(spent.fixed("pagu_setelah", spent.closing("Jumlah")))
    differs = f"AND(N({first})<>0,N({second})<>0,{first}<>{second})"
    text = f'"Selisih "&FIXED({first}-{second},0)&": ada program yang belum ditulis atau ditulis dua kali"'
    link = f'IF({differs},{_link(programs.form.sheet, f"ROW({first})", programs.letter("pagu"), text)},"")'
    return Line(
        "Pagu program: Kinerja Program dan Realisasi Anggaran", f"IF({differs},1,0)",
        f"OR(N({first})=0,N({second})=0)", (link,),
    )  # fmt: skip
