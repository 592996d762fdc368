"""What a sheet of the template says of a row while staff fill it: conditions and sentences.

The first condition that is true speaks, so the likelier cause comes first. Everything is a formula of Excel 2010.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from xlaudit.schemas.forms import CUMULATIVE, SINGLE, Entry, FormColumn
from xlaudit.templates.formulas import computed, sum_of_parts
from xlaudit.templates.layout import BELOW, FOUND, LEVEL, Layout

_WHOLES = ("pagu_setelah", "target_rp")
"""The columns whose size tells whether all amounts of a row are in the unit of *Identitas*."""


class Check(NamedTuple):
    """``condition`` is a formula without ``=``. ``key`` is the column that is coloured when it is true."""

    key: str
    condition: str
    message: str


def row_checks(layout: Layout, row: int) -> Iterator[Check]:
    """All checks of a row, in the order in which they speak."""
    columns = layout.form.columns
    yield from _name(layout, row)
    for column in columns:
        if column.entry in (Entry.AMOUNT, Entry.FIGURE):
            yield from _figure(layout, column, row)
    yield from _own(layout, row)
    for column in columns:
        if column.entry is Entry.AMOUNT:
            yield _parts(layout, column, row)
    for column in columns:
        if column.entry is Entry.COMPUTED:
            yield _overtyped(layout, column, row)


def message(layout: Layout, row: int) -> str:
    """The formula, without ``=``, of the helper column: what the first true check says, blank where all is well."""
    text = '""'
    for check in reversed(list(row_checks(layout, row))):
        text = f'IF({check.condition},"{check.message}",{text})'
    return text


def name(column: FormColumn) -> str:
    """A column as sentences name it: without unit and year."""
    group = f" {column.header[-1]}" if len(column.header) > 1 else ""
    plain = column.header[0].replace(" {ini}", " ini").replace(" {lalu}", " lalu").replace(" (%)", "")
    return plain + group.replace(" (%)", "")


def _name(layout: Layout, row: int) -> Iterator[Check]:
    """The row has a label as soon as anything is typed in it, and its code is a code."""
    form = layout.form
    label = layout.cell(form.label, row)
    typed = [c for c in form.columns if c.entry in (Entry.AMOUNT, Entry.FIGURE)]
    others = ",".join(f"ISNUMBER({layout.cell(c.key, row)})" for c in typed)
    has_code = form.columns[0].entry is Entry.CODE
    code = layout.cell("kode", row) if has_code else ""
    if has_code:
        others += f',{code}<>""'
    if others:
        yield Check(form.label, f'AND({label}="",OR({others}))', f"{name(form.column(form.label))} belum diisi")
    if has_code:
        twice = _twice(layout, code)
        yield Check("kode", f'AND({label}<>"",{code}="")', "Kode belum diisi")
        yield Check("kode", f'AND({code}<>"",NOT(ISTEXT({code})))', "Kode harus teks: ketik ulang dengan titik")
        yield Check("kode", f"AND(ISTEXT({code}),LEN({code})<>LEN(TRIM({code})))", "Kode memuat spasi")
        odd = f'OR(RIGHT({code})=".",ISNUMBER(SEARCH(",",{code})),ISNUMBER(SEARCH("–",{code})))'
        yield Check("kode", odd, "Kode hanya berisi angka atau huruf dengan titik di antaranya")
        yield Check("kode", f'AND({code}<>"",{twice})', "Kode ini dipakai di baris lain")
        yield Check("kode", _without_parent(layout, row), "Kode induknya tidak ada di tabel ini")


def _twice(layout: Layout, code: str) -> str:
    return f"SUMPRODUCT(--({layout.span('kode')}={code}))>1"


def _without_parent(layout: Layout, row: int) -> str:
    """Whether the row that a code goes on from is missing, although other rows stand at its level (RULES A6).

    A sub kegiatan adds one part to the code of its kegiatan, a kegiatan two parts to that of its program.
    """
    code, dots, levels = layout.cell("kode", row), layout.cell(LEVEL, row), layout.span(LEVEL)

    def missing(parts: int) -> str:
        cut = f'FIND("~",SUBSTITUTE({code},".","~",{dots}-{parts - 1}))-1'
        return f"SUMPRODUCT(--({layout.span('kode')}=LEFT({code},{cut})))=0"

    two_up = f"IF(AND({dots}>2,COUNTIF({levels},{dots}-2)>0),{missing(2)},FALSE)"
    above = f"IF(COUNTIF({levels},{dots}-1)>0,{missing(1)},{two_up})"
    return f"IFERROR(IF(ISTEXT({code}),{above},FALSE),FALSE)"


def _figure(layout: Layout, column: FormColumn, row: int) -> Iterator[Check]:
    cell = layout.cell(column.key, row)
    if column.entry is Entry.AMOUNT:
        yield Check(column.key, f"AND(ISTEXT({cell}),LEN({cell})>0)", f"{name(column)} harus berupa angka")
        yield Check(column.key, f"AND(ISNUMBER({cell}),N({cell})<0)", f"{name(column)} tidak boleh negatif")
        if column.key in _WHOLES:
            full = f'OR(AND(Satuan_Rupiah="Rp ribu",N({cell})>=10^10),AND(Satuan_Rupiah="Rp juta",N({cell})>=10^7))'
            yield Check(column.key, full, f"{name(column)} tampak masih dalam rupiah penuh")


def _own(layout: Layout, row: int) -> Iterator[Check]:
    """The checks of one form."""
    key = layout.form.key
    if key == "realisasi_anggaran":
        yield from _spending(layout, row, "pagu_setelah", "realisasi")
    elif key == "pengukuran_kinerja":
        yield from _measured(layout, row)
    elif key == "kinerja_program":
        yield from _measured(layout, row)
        yield _known(layout, row, "kode", "Kode tidak ada di lembar Realisasi Anggaran")
        yield _once(layout, row, "Kode sudah ditulis: kosongkan di baris indikator berikutnya")
    elif key == "efisiensi":
        yield _known(layout, row, "kode", "Kode tidak ada di lembar Realisasi Anggaran")
        yield _once(layout, row, "Kode ini dipakai di baris lain")
    elif key == "perbandingan":
        yield _known(layout, row, "indikator", "Indikator tidak ada di lembar Pengukuran Kinerja")
    elif key == "evaluasi_triwulan":
        yield from _quarters(layout, row)
    elif key == "perjanjian_kinerja":
        yield _filled(layout, row, "target_sebelum", "indikator")
    elif key == "anggaran_perjanjian":
        yield from _leaf_filled(layout, row, "pagu_sebelum", "pagu_setelah")


def _filled(layout: Layout, row: int, key: str, beside: str) -> Check:
    cell, label = layout.cell(key, row), layout.cell(beside, row)
    return Check(key, f'AND({label}<>"",{cell}="")', f"{name(layout.form.column(key))} belum diisi")


def _leaf_filled(layout: Layout, row: int, *keys: str) -> Iterator[Check]:
    """Amounts are typed where a row has no rows below it."""
    label, below = layout.cell(layout.form.label, row), layout.cell(BELOW, row)
    for key in keys:
        cell = layout.cell(key, row)
        yield Check(key, f'AND({label}<>"",N({below})=0,{cell}="")', f"{name(layout.form.column(key))} belum diisi")


def _spending(layout: Layout, row: int, whole: str, part: str) -> Iterator[Check]:
    budget, spent = layout.cell(whole, row), layout.cell(part, row)
    yield Check(part, f"AND(COUNT({budget},{spent})=2,{spent}>{budget})", "Realisasi melebihi pagu")
    yield from _leaf_filled(layout, row, whole, part)


def _measured(layout: Layout, row: int) -> Iterator[Check]:
    target, result = layout.cell("target", row), layout.cell("realisasi", row)
    yield _filled(layout, row, "target", "indikator")
    direction, label = layout.cell("arah", row), layout.cell("indikator", row)
    yield Check("arah", f'AND({label}<>"",ISNUMBER({target}),{direction}="")', "Arah belum dipilih")
    yield _filled(layout, row, "realisasi", "indikator")
    yield Check(
        "realisasi",
        f"AND(ISNUMBER({target}),ISTEXT({result}),LEN(TRIM({result}))>1)",
        "Realisasi harus angka seperti targetnya",
    )
    yield Check(
        "target",
        f"AND(ISTEXT({target}),LEN({target})>0,TRIM({target})<>TRIM({result}))",
        "Target bukan angka, capaian tidak dapat dihitung",
    )
    unit = layout.cell("satuan", row)
    percent = f'OR({unit}="%",LEFT({unit},6)="persen",LEFT({unit},6)="Persen")'
    yield Check(
        "realisasi",
        f"AND(COUNT({target},{result})=2,{percent},N({target})>=20,N({result})>0,N({result})<=1)",
        "Realisasi tampak ditulis sebagai pecahan, misalnya 0,92 untuk 92",
    )
    if layout.agreed:
        yield _as_agreed(layout, row)


def _as_agreed(layout: Layout, row: int) -> Check:
    """The target is that of the agreement after its revision, or before where nothing was revised."""
    place = layout.cell(FOUND, row)
    after, before = f"INDEX(PK_target_setelah,{place})", f"INDEX(PK_target_sebelum,{place})"
    agreed = f'IF({after}="",{before},{after})'
    differs = f'IF({place}="",FALSE,AND({agreed}<>"",{agreed}<>{layout.cell("target", row)}))'
    return Check("target", differs, "Target berbeda dari Perjanjian Kinerja")


def _once(layout: Layout, row: int, text: str) -> Check:
    code = layout.cell("kode", row)
    return Check("kode", f'AND({code}<>"",{_twice(layout, code)})', text)


def _known(layout: Layout, row: int, key: str, text: str) -> Check:
    return Check(key, f'AND({layout.cell(key, row)}<>"",{layout.cell(FOUND, row)}="")', text)


def _quarters(layout: Layout, row: int) -> Iterator[Check]:
    nature = layout.cell("sifat", row)
    quarters = [layout.cell(f"tw{n}_k", row) for n in range(1, 5)]
    chosen = f'OR({nature}="{CUMULATIVE}",{nature}="{SINGLE}")'
    yield Check(
        "sifat",
        f"AND(COUNT({','.join(quarters)})>0,NOT({chosen}))",
        "Pilih sifat indikator: kumulatif atau non-kumulatif",
    )
    falls = ",".join(f"AND(COUNT({before},{after})=2,{after}<{before})" for before, after in pairwise(quarters))
    yield Check(
        "tw4_k", f'AND({nature}="{CUMULATIVE}",OR({falls}))', "Realisasi kumulatif turun dari triwulan sebelumnya"
    )
    yield from _over(layout, row, "target_rp", "realisasi_rp")
    yield from _leaf_filled(layout, row, "target_rp")


def _over(layout: Layout, row: int, whole: str, part: str) -> Iterator[Check]:
    budget, spent = layout.cell(whole, row), layout.cell(part, row)
    yield Check(part, f"AND(COUNT({budget},{spent})=2,{spent}>{budget})", "Realisasi melebihi pagu tahun ini")


def _parts(layout: Layout, column: FormColumn, row: int) -> Check:
    cell, below = layout.cell(column.key, row), layout.cell(BELOW, row)
    differs = f"AND(N({below})>0,{cell}<>{sum_of_parts(layout, column.key, row)})"
    return Check(column.key, differs, f"{name(column)} tidak sama dengan jumlah rinciannya")


def _overtyped(layout: Layout, column: FormColumn, row: int) -> Check:
    """A computed cell that does not show what its formula would: overtyped, or left without it."""
    label, cell = layout.cell(layout.form.label, row), layout.cell(column.key, row)
    formula = computed(layout, column.key, row)
    return Check(column.key, f'AND({label}<>"",{cell}<>{formula})', f"Rumus kolom {name(column)} hilang atau diubah")
