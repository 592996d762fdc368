"""Rumus dalam satu kolom templat sama di semua baris.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah rumus sebuah sel sama dengan rumus sel-sel lain di
kolomnya, dihitung dari letak selnya; untuk rupiah hanya di baris yang mempunyai rincian.
Mengapa penting: rumus yang lain biasanya merujuk baris yang salah atau melewatkan sebagian rincian.
Toleransi: dinilai hanya bila lebih dari separuh rumus kolomnya sama.
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
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | =$D8-200000000 -> -40000000 * | |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 | |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1560000000 | =$D11-$C11 -> -40000000 | |
Benar:
    # Templat: perjanjian-kinerja
    # Lembar: Anggaran PK
    ANGGARAN PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 | |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 | |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | =$D8-$C8 -> -40000000 | |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 | |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1560000000 | =$D11-$C11 -> -40000000 | |

English
The formulas in one column of the template are the same in all rows.

What is checked: in a workbook made from the template, whether a cell's formula is that of the other cells of its
column, seen from where the cell stands; of amounts only in rows that have rows below them.
Why it matters: another formula mostly refers to the wrong row or leaves out some of the rows below.
Tolerance: judged only where more than half of the column's formulas are the same.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import formula_flags
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_ONE = Text("The formula in {cell} differs from the others of the column {column}: {text}.")
_SEVERAL = Text("The formulas in {n} cells differ from the others of their columns: {where}.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of formulas that differ from those of most rows."""
    yield from formula_flags(book, What.OTHER_FORMULA, _ONE, _SEVERAL)


RULE = Rule(
    "ST109",
    "formula-differs",
    Text("A formula differs from the others of its column"),
    Severity.WARNING,
    check,
)
