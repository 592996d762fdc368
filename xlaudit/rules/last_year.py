"""Angka tahun lalu sama dengan yang tercetak di buku kerja tahun itu.

Yang diperiksa: bila beberapa buku kerja satu perangkat daerah diaudit bersama, target, realisasi, dan capaian indikator
serta pagu dan realisasi program dan kegiatan untuk tahun-tahun sebelumnya dibandingkan dengan buku kerja tahun itu.
Temuan ditulis pada buku kerja yang lebih baru dan menyebut berkas yang lama. Nama dicocokkan tanpa membedakan huruf
besar, nomor, dan ejaan yang meleset satu huruf; kemiripannya disebutkan.
Mengapa penting: angka tahun lalu yang berubah tanpa penjelasan membuat perbandingan antartahun tidak dapat dipercaya.
Toleransi: angka yang dicetak dengan desimal atau satuan berbeda dianggap sama bila dapat berasal dari satu nilai; cukup
satu tabel di buku kerja lama yang sama. Buku kerja triwulan dan semester I tidak mewakili tahunnya. Selalu peringatan,
karena angka lama mungkin sudah diperbaiki setelah diperiksa.
Sumber: praktik pelaporan.

Salah:
    # Buku: dinsos-2023.xlsx
    DINAS SOSIAL KABUPATEN CONTOH
    Pengukuran Kinerja Tahun 2023
    | Indikator                 | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani | 80     | 84        | 105,00      |
    # Buku: dinsos-2024.xlsx
    DINAS SOSIAL KABUPATEN CONTOH
    Perbandingan Kinerja Tahun 2024
    | Indikator                 | Realisasi 2023 | Realisasi 2024 |
    | Persentase PPKS terlayani | 86 *           | 87             |
Benar:
    # Buku: dinsos-2023.xlsx
    DINAS SOSIAL KABUPATEN CONTOH
    Pengukuran Kinerja Tahun 2023
    | Indikator                 | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani | 80     | 84        | 105,00      |
    # Buku: dinsos-2024.xlsx
    DINAS SOSIAL KABUPATEN CONTOH
    Perbandingan Kinerja Tahun 2024
    | Indikator                 | Realisasi 2023 | Realisasi 2024 |
    | Persentase PPKS terlayani | 84             | 87             |

English
Last year's figures are those printed in the workbook of that year.

What is checked: where several workbooks of one office are audited together, target, realisasi and capaian of
indicators, pagu and realisasi of programs and kegiatan for earlier years are compared with the workbook of that year.
The finding stands in the later workbook and names the file of the earlier one. Names are matched regardless of
capitals, numbering and one mistyped letter; their similarity is stated.
Why it matters: figures of last year that change without a word make every comparison over the years doubtful.
Tolerance: figures printed with other decimals or units are the same where one value can give both; one table of the
earlier workbook that agrees is enough. Workbooks for a quarter or the first semester do not stand for their year.
Always a warning, for the earlier figure may have been mended since.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from xlaudit.across import Disagreement, compare
from xlaudit.findings import Elsewhere, Severity, plain
from xlaudit.rules._names import similar
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.texts import Text, same, sentences

_MESSAGE = Text(
    "The {role} of {year} is stated as {stated}, but as {computed} in the workbook of that year ({file}, {where})."
)
_ROLES = {
    "target": same("Target"),
    "realisasi_kinerja": same("Realisasi"),
    "capaian": same("Capaian"),
    "pagu": same("Pagu"),
    "realisasi": same("Realisasi"),
}
_ADVICE = Text("Print what the report of that year says, or explain why the figure was mended.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the figures of earlier years with the workbooks of these years."""
    if not book.others:
        return
    found = compare(book.digest(), book.others)
    yield Made(found.held)
    yield from (_flag(book, one) for one in found.disagreements)


def _flag(book: Book, one: Disagreement) -> Flag:
    own, other = one.own, one.other
    table = next(table for table in book.tables if table.id == own.table)
    row = next(row for row in table.rows if any(figure.cell == own.cell for figure in row.figures.values()))
    figure = next(figure for figure in row.figures.values() if figure.cell == own.cell)
    facts = {
        "role": _ROLES[own.role],
        "year": own.year,
        "stated": own.said,
        "computed": other.said,
        "file": PurePath(one.workbook.path).name,
        "where": f"{other.sheet}!{other.cell.a1}",
    }
    return Flag(
        table,
        own.cell,
        label_of(table, row, figure),
        sentences(_MESSAGE.fill(**facts), similar(own.name, (other.name,))),
        stated=plain(own.value),
        computed=plain(other.value),
        difference=own.value - other.value,
        advice=_ADVICE,
        elsewhere=(Elsewhere(one.workbook.path, other.sheet, other.cell.a1),),
    )


RULE = Rule(
    "XT110",
    "last-year",
    Text("Last year's figure differs from the workbook of that year"),
    Severity.WARNING,
    check,
)
