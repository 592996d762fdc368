"""Kode ditulis dengan titik di tempat yang semestinya.

Yang diperiksa: kode program, kegiatan, dan sub kegiatan yang urusan dan bidangnya tertulis menyatu, misalnya 106.01
untuk 1.06.01. Satu catatan untuk setiap tabel.
Mengapa penting: kode seperti itu tidak dikenali sebagai kode yang sama di tabel, lembar, dan aplikasi lain.
Toleransi: kode rekening belanja (5.1.02) dan nomor urut (1.1) tidak dinilai.
Sumber: susunan kode program, kegiatan, dan sub kegiatan (praktik pelaporan).

Salah:
    Realisasi Anggaran Tahun 2024
    | Kode               | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 106.02 *           | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 106.02.2.03        | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | Kode               | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02            | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03       | Pengembangan Potensi      | 600.000.000 | 570.000.000    |

English
Codes have their points where they belong.

What is checked: codes of programs, kegiatan and sub kegiatan in which urusan and bidang are written as one, such as
106.01 for 1.06.01. One note for each table.
Why it matters: such a code is not known as the same one in other tables, sheets and applications.
Tolerance: account codes (5.1.02) and numbering (1.1) are not judged.
Source: the codes of programs, kegiatan and sub kegiatan (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.rules._codes import code_column, coded, coded_shapes, place
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.texts import Text, plural, same, sentences

_JOINED = pattern(r"([1-8])([0-9]{2})(?=\.[0-9]{2}(\.|$))")
_SHAPE = pattern(r"[09]{3}\.[09]{2}")
_MESSAGE = Text("The code {code} probably means {meant}.")
_AND_MORE = plural("So does {n} other code of this table.", "So do {n} other codes of this table.")
_ADVICE = Text("Write urusan and bidang with a point between them, as the DPA does.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of codes whose first two parts are written as one."""
    for table in book.tables:
        column = code_column(table)
        shapes = coded_shapes(table)
        if column is None or not shapes:
            continue
        doubtful = coded(book, table) if any(map(_SHAPE.match, shapes)) else []
        wrong = [(row, match) for row in doubtful if (match := _JOINED.match(row.code)) is not None]
        count = sum(shapes.values())
        if count > len(wrong):
            yield Made(count - len(wrong))
        if wrong:
            row, match = wrong[0]
            meant = f"{match[1]}.{match[2]}{row.code[match.end() :]}"
            message = _MESSAGE.fill(code=same(row.code), meant=same(meant))
            yield Flag(
                table,
                place(column, row),
                same(f"{row.label} · {column.header}"),
                sentences(message, _AND_MORE.fill(n=len(wrong) - 1) if len(wrong) > 1 else None),
                stated=row.code,
                computed=meant,
                because=tuple((table, place(column, other)) for other, _ in wrong[1:]),
                advice=_ADVICE,
            )


RULE = Rule(
    "KO102",
    "code-shape",
    Text("The points of a code are not where they belong"),
    Severity.NOTE,
    check,
)
