"""Baris yang terisi mempunyai rumus templat.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah sel yang dihitung sendiri kosong di baris yang angkanya
terisi, misalnya karena barisnya disisipkan tanpa menyalin rumus.
Mengapa penting: persentase, sisa, dan kategori baris itu tidak terhitung, dan lembar lain tidak dapat membacanya.
Toleransi: baris tanpa angka (judul bagian, keterangan) dan sel gabungan dibiarkan.
Sumber: templat xlaudit.

Salah:
    # Templat: perjanjian-kinerja
    # Lembar: Anggaran PK
    ANGGARAN PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 | |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 | |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 200000000 | * | |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 | |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1600000000 | =$D11-$C11 -> 0 | |
Benar:
    # Templat: perjanjian-kinerja
    # Lembar: Anggaran PK
    ANGGARAN PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 | |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 | |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 200000000 | =$D8-$C8 -> 0 | |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 | |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1600000000 | =$D11-$C11 -> 0 | |

English
Rows that are filled in have the formulas of the template.

What is checked: in a workbook made from the template, whether a cell that computes itself is blank in a row whose
figures are filled in, as when a row was inserted without copying the formulas.
Why it matters: percentages, remainders and categories of that row are not computed, nor can other sheets read them.
Tolerance: rows without figures (headings, remarks) and merged cells are left alone.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import formula_flags
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text, plural

_ONE = Text("The column {column} is computed by a formula, but {cell} is blank.")
_SEVERAL = plural("{n} cell lacks its formula: {where}.", "{n} cells lack their formulas: {where}.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of blank cells where the template has formulas."""
    yield from formula_flags(book, What.BLANK, _ONE, _SEVERAL)


RULE = Rule(
    "ST108",
    "formula-missing",
    Text("A row that is filled in lacks a formula of the template"),
    Severity.NOTE,
    check,
)
