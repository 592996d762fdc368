"""Kode setingkat mempunyai jumlah digit yang sama.

Yang diperiksa: bagian kode yang sama letaknya pada baris setingkat, misalnya sub kegiatan 1.06.02.2.03.0001 di antara
kode berdigit dua seperti 1.06.02.2.03.02. Satu catatan untuk setiap tingkat.
Mengapa penting: kode dengan panjang yang berbeda menandakan campuran kode lama dan baru, atau angka nol yang hilang,
dan tidak ditemukan bila dicocokkan dengan DPA.
Toleransi: bagian kode pertama, serta tabel yang kodenya bercampur di lebih dari satu di antara empat baris setingkat,
tidak dinilai.
Sumber: susunan kode program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                        | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja Sosial    | 150.000.000 | 140.000.000    |
    | 1.06.02.2.03.0002 | Peningkatan Karang Taruna     | 350.000.000 | 330.000.000    |
    | 1.06.02.2.03.03 * | Peningkatan Lembaga           | 120.000.000 | 110.000.000    |
    | 1.06.02.2.03.0004 | Peningkatan Keluarga          | 130.000.000 | 120.000.000    |
    | 1.06.02.2.03.0005 | Pembinaan Relawan             | 140.000.000 | 130.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                        | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja Sosial    | 150.000.000 | 140.000.000    |
    | 1.06.02.2.03.0002 | Peningkatan Karang Taruna     | 350.000.000 | 330.000.000    |
    | 1.06.02.2.03.0003 | Peningkatan Lembaga           | 120.000.000 | 110.000.000    |
    | 1.06.02.2.03.0004 | Peningkatan Keluarga          | 130.000.000 | 120.000.000    |
    | 1.06.02.2.03.0005 | Pembinaan Relawan             | 140.000.000 | 130.000.000    |

English
Codes of one level have the same number of digits.

What is checked: parts of codes that stand at the same place in rows of one level, such as the sub kegiatan
1.06.02.2.03.02 among codes of four last digits like 1.06.02.2.03.0001. One note for each level.
Why it matters: codes of another length are a sign of old and new codes mixed, or of a zero that was lost, and are not
found when they are held against the DPA.
Tolerance: the first part of codes, and tables in which more than one row in four of a level differs, are not judged.
Source: the codes of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules._codes import code_column, coded, parts, place
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.tables import Column, Row, Table
from xlaudit.texts import Text, plural, same, sentences

_Lengths = tuple[int, ...]
_SHORTEST = 2
"""Parts behind the first."""
_ONE_IN = 4
_MESSAGE = Text("The code {code} is not as long as the others of its level, such as {usual}.")
_AND_MORE = plural("So is {n} other code of this table.", "So are {n} other codes of this table.")
_ADVICE = Text("Write the code as the DPA does.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the digits of the codes of each level."""
    for table in book.tables:
        column = code_column(table)
        if column is None:
            continue
        lengths = {shape: tuple(map(len, parts(shape)[1:])) for shape in set(table.code_shapes)}
        levels: dict[int, list[tuple[Row, _Lengths]]] = {}
        for row in coded(table):
            own = lengths[table.code_shapes[row.index]]
            levels.setdefault(len(own), []).append((row, own))
        for places, rows in levels.items():
            if places < _SHORTEST:
                continue
            ((usual, _),) = Counter([own for _, own in rows]).most_common(1)
            alike = [row for row, own in rows if own == usual]
            others = [row for row, own in rows if own != usual]
            filled = _filled(alike, places) if others else []
            odd = [row for row in others if _is_odd(parts(row.code)[1:], usual, filled)]
            if len(odd) * _ONE_IN > len(rows):
                continue
            yield _flag(table, column, odd, alike[0]) if odd else MADE


def _filled(rows: list[Row], places: int) -> list[bool]:
    """For each part of the codes behind the first whether some of them fill it up with zeros."""
    behind = [parts(row.code)[1:] for row in rows]
    return [any(own[at].startswith("0") for own in behind) for at in range(places)]


def _is_odd(behind: tuple[str, ...], usual: _Lengths, filled: list[bool]) -> bool:
    """Whether zeros that others have are missing, or some stand there that others lack; 10 after 9 is no fault."""
    return any(
        (zeros and len(part) < length) or (part.startswith("0") and len(part) > length)
        for part, length, zeros in zip(behind, usual, filled, strict=True)
    )


def _flag(table: Table, column: Column, odd: list[Row], like: Row) -> Flag:
    row, more = odd[0], odd[1:]
    message = _MESSAGE.fill(code=same(row.code), usual=same(like.code))
    return Flag(
        table,
        place(column, row),
        same(f"{row.label} · {column.header}"),
        sentences(message, _AND_MORE.fill(n=len(more)) if more else None),
        stated=row.code,
        because=tuple((table, place(column, other)) for other in more),
        advice=_ADVICE,
    )


RULE = Rule(
    "KO104",
    "code-lengths",
    Text("Codes of one level differ in length"),
    Severity.NOTE,
    check,
)
