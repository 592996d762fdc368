"""Kolom yang diperlukan ada dalam tabel.

Yang diperiksa: apakah tabel memuat kolom yang diperlukan jenisnya, misalnya target, realisasi, dan
capaian pada Pengukuran Kinerja. Judul kolom boleh berbeda kata (pagu, anggaran, alokasi; % atau
persentase).
Mengapa penting: tanpa kolom itu sebagian pemeriksaan tidak dapat dilakukan, dan tabelnya tidak lengkap.
Toleransi: bila salah satu dari beberapa kolom cukup, satu saja sudah memenuhi.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Sasaran *            | Indikator                 | Target | Realisasi |
    | Meningkatnya layanan | Persentase PPKS terlayani | 80     | 84        |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Sasaran              | Indikator                 | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan | Persentase PPKS terlayani | 80     | 84        | 105         |

English
A table has the columns it needs.

What is checked: whether a table has the columns that its kind needs, such as target, realisasi and
capaian in a Pengukuran Kinerja. Headings may differ in wording (pagu, anggaran, alokasi; % or
persentase).
Why it matters: without the column some checks cannot be made, and the table is incomplete.
Tolerance: where one of several columns will do, one is enough.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.kinds import KINDS
from xlaudit.texts import Text, joined, same

_MESSAGE = Text("This {kind} table has no column {missing}, so some checks cannot be made.")
_OR = Text(" or ")
_ADVICE = Text("Add the column, or make its heading clearer.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells which columns a table of its kind lacks."""
    for table in book.tables:
        if table.guessed:
            continue
        kind = KINDS[table.kind]
        roles = {column.role for column in table.columns.values()}
        if "jumlah" in roles:
            roles.add("pagu")  # amounts under a heading that says no more than Jumlah may be either
        missing = [group for group in kind.required if not roles & set(group)]
        if not missing:
            yield MADE
            continue
        words = joined(same(", "), (joined(_OR, (same(r.replace("_", " ")) for r in group)) for group in missing))
        yield Flag(
            table,
            Cell(table.area.top, table.area.left),
            kind.title,
            _MESSAGE.fill(kind=kind.title, missing=words),
            advice=_ADVICE,
        )


RULE = Rule(
    "ST102",
    "required-columns",
    Text("A required column was not found"),
    Severity.NOTE,
    check,
)
