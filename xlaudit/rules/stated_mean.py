"""Rata-rata yang tercetak di tabel ringkasan sama dengan rata-rata di tabel asalnya.

Yang diperiksa: rata-rata capaian per sasaran, tujuan, atau program, juga per tahun, dalam tabel yang tidak memuat
indikatornya dihitung ulang dari tabel pengukuran dan perbandingan. Rata-rata serapan program dalam kutipan (formulir
yang tidak memuat semua program) dihitung dari tabel realisasi yang memuat semuanya. Nama dicocokkan tanpa membedakan
huruf besar dan ejaan yang meleset satu huruf; nama di tabel ringkasan boleh lebih panjang. Bila nama itu menyebut
banyaknya indikator, banyaknya harus sama.
Mengapa penting: rata-rata dikutip dalam simpulan; yang keliru tidak terlihat bila indikatornya ada di tabel lain.
Toleransi: pembulatan dan pemotongan setiap angka. Capaian di atas 100 boleh dihitung 100. Tanpa dua rata-rata lain yang
cocok dalam tabel yang sama, perbedaan menjadi peringatan.
Sumber: praktik pelaporan.

Salah:
    # Lembar: Perbandingan
    Perbandingan Kinerja
    | Sasaran                       | Indikator       | Capaian 2023 (%) | Capaian 2024 (%) |
    | Meningkatnya tata kelola      | Nilai SAKIP     | 100,60           | 100,12           |
    | Meningkatnya tata kelola      | Indeks ASN      | 106,14           | 98,68            |
    | Meningkatnya kualitas layanan | Indeks kepuasan | 98,00            | 101,00           |
    # Lembar: Ringkasan
    Rata-rata Capaian Kinerja
    | Sasaran                       | Tahun | Rata-rata Capaian (%) |
    | Meningkatnya tata kelola      | 2023  | 103,37                |
    | Meningkatnya tata kelola      | 2024  | 94,90 *               |
    | Meningkatnya kualitas layanan | 2023  | 98,00                 |
Benar:
    # Lembar: Perbandingan
    Perbandingan Kinerja
    | Sasaran                       | Indikator       | Capaian 2023 (%) | Capaian 2024 (%) |
    | Meningkatnya tata kelola      | Nilai SAKIP     | 100,60           | 100,12           |
    | Meningkatnya tata kelola      | Indeks ASN      | 106,14           | 98,68            |
    | Meningkatnya kualitas layanan | Indeks kepuasan | 98,00            | 101,00           |
    # Lembar: Ringkasan
    Rata-rata Capaian Kinerja
    | Sasaran                       | Tahun | Rata-rata Capaian (%) |
    | Meningkatnya tata kelola      | 2023  | 103,37                |
    | Meningkatnya tata kelola      | 2024  | 99,40                 |
    | Meningkatnya kualitas layanan | 2023  | 98,00                 |

English
A mean printed in a summary equals the mean in the table it comes from.

What is checked: the mean capaian of a sasaran, tujuan or program, also by year, in a table that does not show its
indicators is computed again from the tables of measurement and comparison. The mean serapan of the programs in an
excerpt (a form that does not show all of them) is computed from the table of realisasi that does. Names are matched
regardless of capitals and one mistyped letter; the summary's may be longer. Where it says how many indicators there
are, so many there must be.
Why it matters: conclusions quote means; a wrong one does not show where its indicators stand in another table.
Tolerance: rounding and cutting off of every figure. A capaian above 100 may count as 100. Without two other means of
the same table that agree, a difference is a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.findings import Severity
from xlaudit.relations import Mode
from xlaudit.rules._flags import judge
from xlaudit.rules._names import similar
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.summaries import SUMMARY
from xlaudit.texts import Text, sentences

_MESSAGE = Text("The mean is stated as {stated}, but the mean of the {n} figures in its source is {computed}.")
_WHERE = Text("The first of them stands in {where}.")
_ADVICE = Text("Compute the mean again from its source and print the same everywhere.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every mean that is printed apart from its rows with the mean of these."""
    for one in book.several.summaries:
        if one.holds:
            yield MADE
            continue
        verdict = judge(one.relations[0], Mode.MIXED, _MESSAGE, _ADVICE)
        if isinstance(verdict, Flag):
            first = one.relations[0].terms[0]
            where = _WHERE.fill(where=f"{first.table.sheet}!{first.figure.cell.a1}")
            said = sentences(verdict.message, where, similar(one.name, (one.named,)))
            verdict = replace(verdict, message=said, severity=None if one.sure else Severity.WARNING)
        if verdict is not None:
            yield verdict


RULE = Rule(
    SUMMARY,
    "stated-mean",
    Text("The mean in a summary does not agree"),
    Severity.ERROR,
    check,
)
