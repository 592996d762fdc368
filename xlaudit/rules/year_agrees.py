"""Tahun pada judul dan pada judul kolom sama.

Yang diperiksa: tahun satu-satunya pada judul tabel dibandingkan dengan tahun pada judul kolom angkanya.
Tabel perbandingan antar tahun, evaluasi triwulan, dan Perjanjian Kinerja tidak dinilai.
Mengapa penting: tahun yang berbeda menandakan judul atau tabel yang masih dari laporan tahun lalu.
Toleransi: tidak ada; judul tanpa tahun atau dengan beberapa tahun tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Tabel 3.1 Pengukuran Kinerja Tahun 2024
    | Sasaran              | Indikator                 | Target 2023 * | Realisasi 2023 | Capaian (%) |
    | Meningkatnya layanan | Persentase PPKS terlayani | 80            | 84             | 105         |
Benar:
    Tabel 3.1 Pengukuran Kinerja Tahun 2024
    | Sasaran              | Indikator                 | Target 2024   | Realisasi 2024 | Capaian (%) |
    | Meningkatnya layanan | Persentase PPKS terlayani | 80            | 84             | 105         |

English
The title and the column headings name the same year.

What is checked: the only year in a table's title is compared with the years in the headings of its
figures. Tables that compare years, quarterly evaluations and the Perjanjian Kinerja are not judged.
Why it matters: different years are a sign of a title or a table left over from last year's report.
Tolerance: none; a title without a year, or with several, is not judged.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.words import YEAR
from xlaudit.tables import Measure
from xlaudit.texts import Text, same

_MESSAGE = Text("The table's title names the year {title}, but its columns name {columns}.")
_ADVICE = Text("Bring the years of title and columns in line.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the one year of a title with the years of the columns."""
    for table in book.tables:
        titled = set(YEAR.findall(table.title))
        columns = {c.period for c in table.columns.values() if c.measure is not Measure.TEXT and c.period.isdigit()}
        if len(titled) != 1 or not columns:
            continue
        if titled & columns or _planned(table.kind):
            yield MADE
            continue
        first = min((c for c in table.columns.values() if c.period in columns), key=lambda c: c.column)
        yield Flag(
            table,
            Cell(table.header_rows[0], first.column),
            same(first.header),
            _MESSAGE.fill(title=next(iter(titled)), columns=", ".join(sorted(columns))),
            advice=_ADVICE,
        )


def _planned(kind: str) -> bool:
    """A comparison over years or with the end of the plan names other years on purpose."""
    return kind in ("perbandingan", "evaluasi_triwulan", "perjanjian_kinerja")


RULE = Rule(
    "ST101",
    "year-agrees",
    Text("Title and columns name different years"),
    Severity.WARNING,
    check,
)
