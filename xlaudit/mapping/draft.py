"""Writes a mapping that says what was recognised, for a person to correct. Its comments are Indonesian.

The file is written by hand, not by a TOML library: half of it are comments, which those do not write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from xlaudit.cells import Area, letters
from xlaudit.mapping.model import AUTO, FORMAT, IGNORE, SPECIAL, UNITS, WAYS
from xlaudit.schemas.columns import MEASURES, TEXT_ROLES, meaning
from xlaudit.schemas.kinds import KINDS
from xlaudit.tables import Column, Measure, Table

_BEFORE = """\
# Pemetaan xlaudit untuk {file}.
#
# Draf ini mengatakan persis apa yang sudah dikenali. Betulkan yang salah, simpan untuk perangkat daerah ini, lalu:
#     xlaudit tables BERKAS --map pemetaan.toml     (lihat hasil bacanya)
#     xlaudit audit  BERKAS --map pemetaan.toml
# Tabel yang sudah dikenali dengan benar boleh dihapus dari sini: tanpa disebut pun tetap dicari dan dibaca.
#
# Kunci tiap [[table]]:
#   sheet    nama lembar; "*" berarti huruf apa saja ("Realisasi*"), atau nomor urut lembar (2)
#   kind     jenis tabel: {kinds}
#   header   baris judul kolom, 5 atau "5:6"; dihapus bila tabelnya tanpa judul kolom
#   first    baris data pertama (biasanya tepat di bawah header)
#   last     baris data terakhir: nomor baris, "blank" (sampai baris kosong pertama),
#            atau "auto" (xlaudit yang menentukan; tanda tangan dan catatan di bawah tabel tidak ikut)
#   levels   cara mengetahui tingkatan baris: {ways}
#   skip     baris atau sel yang dilewati, misalnya ["12", "20:22", "H5:J9"]
#   [table.columns]  huruf kolom = peran, atau {{ role = "...", ... }} dengan
#       heading  judul kolom saat pemetaan dibuat; bila kelak berbeda, xlaudit menolak daripada salah baca
#                (tahun boleh berganti); hapus bila tidak perlu diperiksa
#       period   tahun, tw1 sampai tw4, smt1, smt2, sebelum, setelah, renstra; tanpa ini dibaca dari judul kolom
#       unit     satuan rupiah: {units}; tanpa ini dibaca dari judul kolom
#       measure  amount (rupiah), percent (persen), quantity (besaran); biasanya tidak perlu
#   [table.rows]     nomor baris = tingkat (1 teratas) atau {special}
#
# Peran kolom teks : {texts}
# Peran kolom angka: {figures}
# Kolom yang tidak dipakai: {ignore}

format = "{format}"

# Lembar yang tidak perlu dibaca, misalnya ["Sampul", "Lampiran*"].
ignore_sheets = []

# Bagian lembar yang dilewati, misalnya ["Rekap!A30:F40"].
skip = []
"""
_NO_TABLES = """
# Tidak ada tabel yang dikenali di berkas ini. Isi contoh di bawah dan hapus tanda # di depannya.
#
# [[table]]
# sheet = "Nama Lembar"
# kind = "realisasi_anggaran"
# first = 6
# last = "auto"
#
# [table.columns]
# A = "no"
# B = "uraian"
# C = "pagu"
# D = "realisasi"
# E = "persen"
# F = "sisa"
"""


def draft(file: str, tables: Sequence[Table]) -> str:
    """The mapping, ending in a line break. Tables that were only guessed stand commented out."""
    before = _BEFORE.format(
        file=_comment(file),
        kinds=_wrapped(KINDS),
        ways=_wrapped((AUTO, *WAYS)),
        units=", ".join(UNITS),
        special=", ".join(f'"{word}"' for word in SPECIAL),
        texts=_wrapped(TEXT_ROLES),
        figures=_wrapped(MEASURES),
        ignore=IGNORE,
        format=FORMAT,
    )
    if not tables:
        return before + _NO_TABLES
    return before + "".join(f"\n{_table(table)}" for table in tables)


def _table(table: Table) -> str:
    lines = list(_lines(table))
    if table.guessed:
        why = "# Tabel tanpa judul kolom; kolomnya diterka dari isinya. Hapus tanda # bila terkaan ini benar."
        lines = [why, *(f"# {line}".rstrip() for line in lines)]
    return "\n".join(lines) + "\n"


def _lines(table: Table) -> Iterator[str]:
    fit, misfit = table.levels_fit
    yield f"# {table.area.a1}: {_comment(table.title) or 'tanpa judul'}"
    yield "[[table]]"
    yield f"sheet = {quoted(table.sheet)}"
    yield f"kind = {quoted(table.kind)}"
    if table.header_rows:
        first, last = table.header_rows[0], table.header_rows[-1]
        yield f"header = {first}" if first == last else f'header = "{first}:{last}"'
    else:
        yield f"first = {table.area.top}"
    yield f'last = "auto"  # kini baris {table.area.bottom}'
    told = f"{table.levels_from}; {fit} jumlah cocok, {misfit} tidak" if fit or misfit else table.levels_from
    yield f'levels = "auto"  # kini: {told}'
    yield ""
    yield "[table.columns]"
    columns = {column.column: column for column in table.columns.values()}
    for number in _listed(table, columns):
        column = columns.get(number)
        yield f'{letters(number)} = "{IGNORE}"' if column is None else f"{letters(number)} = {_column(column)}"


def _listed(table: Table, columns: dict[int, Column]) -> list[int]:
    """The columns to name: those that were recognised, those that were left aside, and the edges of the table."""
    aside = {one.area.left for one in table.aside if _is_column(one.area, table)}
    return sorted({*columns, *aside, table.area.left, table.area.right})


def _is_column(area: Area, table: Table) -> bool:
    return area.left == area.right and area.top == table.area.top and area.bottom == table.area.bottom


def _column(column: Column) -> str:
    """The role, and what the heading alone would not say."""
    what = meaning(tuple(column.header.split(" · "))) if column.header else None
    pairs = [f"role = {quoted(column.role)}"]
    if column.header:
        pairs.append(f"heading = {quoted(column.header)}")
    if column.measure is not Measure.TEXT:
        if column.period != ("" if what is None else what.period):
            pairs.append(f"period = {quoted(column.period)}")
        if column.unit != (1 if what is None else what.unit):
            pairs.append(f"unit = {quoted(next(word for word, unit in UNITS.items() if unit == column.unit))}")
        if column.measure is not MEASURES.get(column.role):
            pairs.append(f"measure = {quoted(column.measure.value)}")
    return f"{{ {', '.join(pairs)} }}"


def quoted(text: str) -> str:
    """A TOML basic string."""
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + "".join(escapes.get(mark) or _plain(mark) for mark in text) + '"'


def _plain(mark: str) -> str:
    code = ord(mark)
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else mark


def _comment(text: str) -> str:
    """A text in one line, without what TOML forbids in comments."""
    visible = "".join(mark if mark.isprintable() or mark.isspace() else "\ufffd" for mark in text)
    line = " ".join(visible.split())
    return line if len(line) <= 100 else line[:99] + "…"


def _wrapped(words: Iterable[str]) -> str:
    return "\n#       ".join(wrap(", ".join(words), 100))
