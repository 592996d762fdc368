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
from xlaudit.rules._codes import code_column, coded, coded_shapes, parts, place
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
        for counted in _levels(table).values():
            ((usual, _),) = counted.most_common(1)
            odd, alike = _odd(book, table, usual) if len(counted) > 1 else ([], [])
            if len(odd) * _ONE_IN > sum(counted.values()):
                continue
            yield _flag(table, column, odd, alike[0]) if odd else MADE


def _levels(table: Table) -> dict[int, Counter[_Lengths]]:
    """By the number of their parts how many codes there are of which lengths."""
    found: dict[int, Counter[_Lengths]] = {}
    for shape, times in coded_shapes(table).items():
        own = _lengths(shape)
        if len(own) >= _SHORTEST:
            found.setdefault(len(own), Counter())[own] += times
    return found


def _lengths(code: str) -> _Lengths:
    return tuple(map(len, parts(code)[1:]))


def _odd(book: Book, table: Table, usual: _Lengths) -> tuple[list[Row], list[Row]]:
    """Of the rows whose codes have as many parts those that are odd, and those that are as usual."""
    rows = [(row, _lengths(row.code)) for row in coded(book, table)]
    rows = [(row, own) for row, own in rows if len(own) == len(usual)]
    alike = [row for row, own in rows if own == usual]
    behind = [parts(row.code)[1:] for row in alike]
    filled = [any(own[at].startswith("0") for own in behind) for at in range(len(usual))]
    return [row for row, own in rows if own != usual and _is_odd(parts(row.code)[1:], usual, filled)], alike


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
