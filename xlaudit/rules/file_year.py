"""Tahun pada nama berkas sama dengan tahun tabelnya.

Yang diperiksa: tahun satu-satunya pada nama berkas dibandingkan dengan tahun yang disebut judul dan kolom tabel.
Mengapa penting: tahun yang berbeda menandakan berkas tahun lalu yang dikirim ulang, atau nama yang belum diganti.
Toleransi: nama berkas tanpa tahun atau dengan beberapa tahun tidak dinilai. Laporan biasanya disusun pada tahun
berikutnya, sehingga nama berkas yang lebih satu tahun hanya dicatat.
Sumber: praktik pelaporan.

Salah:
    # Berkas: LKjIP Dinas Sosial 2022.xlsx
    Realisasi Anggaran Tahun 2024
    | No * | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.003.417.500  |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 790.112.000    |
Benar:
    # Berkas: LKjIP Dinas Sosial 2024.xlsx
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.003.417.500  |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 790.112.000    |

English
The year in the file's name is that of its tables.

What is checked: the only year in the file's name is compared with the years that titles and columns of tables name.
Why it matters: different years are a sign of last year's file handed in again, or of a name that was not changed.
Tolerance: names without a year, or with several, are not judged. Reports are mostly written in the year after, so a
name that is one year ahead is noted only.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.words import YEAR
from xlaudit.texts import Text, same

_IN_NAME = pattern(r"(?<!\d)20\d\d(?!\d)")
_MESSAGE = Text("The file's name says {file}, but its tables name {years}.")
_ADVICE = Text("Check that this is the right file, and rename it.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the year of the file's name with those of all tables."""
    named = {int(year) for year in _IN_NAME.findall(PurePath(book.path.replace("\\", "/")).stem)}
    years = {year for table in book.tables for year in _years(table.title, table.year)}
    years |= {int(c.period) for table in book.tables for c in table.columns.values() if c.period.isdigit()}
    if len(named) != 1 or not years:
        return
    year = named.pop()
    if year in years:
        yield MADE
        return
    table = book.tables[0]
    yield Flag(
        table,
        table.area.first,
        same(PurePath(book.path.replace("\\", "/")).name),
        _MESSAGE.fill(file=year, years=", ".join(map(str, sorted(years)))),
        severity=Severity.NOTE if year - 1 in years else None,
        advice=_ADVICE,
    )


def _years(title: str, year: int | None) -> set[int]:
    found = {int(text) for text in YEAR.findall(title)}
    return found if year is None else found | {year}


RULE = Rule(
    "ST116",
    "file-year",
    Text("The year in the file's name differs"),
    Severity.WARNING,
    check,
)
