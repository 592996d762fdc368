"""Sel yang dihitung templat tetap berisi rumus.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah kolom yang dihitung sendiri (persentase, sisa,
kategori, dan sebagainya) masih berisi rumus di setiap baris yang terisi; juga jumlah rupiah pada baris program dan
kegiatan yang mempunyai rincian. Bila beberapa kolom atau tiga baris berturut-turut ditempel sebagai nilai, temuannya
satu.
Mengapa penting: angka yang diketik tidak ikut berubah bila angka lain dibetulkan, dan salah ketiknya tidak terlihat.
Toleransi: kolom yang memang diisi sendiri, termasuk rupiah di baris tanpa rincian, tidak diperiksa; baris kosong juga
tidak.
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
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | -40000000 * | |
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
Cells that the template computes still hold their formula.

What is checked: in a workbook made from the template, whether the columns that compute themselves (percentages,
remainders, categories and so on) still hold a formula in every row that is filled in; also the amounts of programs
and kegiatan that have rows below them. Where several columns or three rows running were pasted as values, that is
one finding.
Why it matters: a typed figure does not follow when others are corrected, and its slips cannot be seen.
Tolerance: columns that staff fill, and the amounts of rows without rows below them, are not checked, nor are empty
rows.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import formula_flags
from xlaudit.rules.base import Book, Rule, Verdict
from xlaudit.texts import Text

_ONE = Text("The column {column} is computed by a formula in this row, but {cell} holds “{text}”, typed.")
_SEVERAL = Text("{n} cells with formulas were pasted or typed over with values: {where}.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of typed values where the template has formulas."""
    yield from formula_flags(book, What.TYPED, _ONE, _SEVERAL)


RULE = Rule(
    "ST107",
    "formula-overtyped",
    Text("A formula of the template was typed over"),
    Severity.WARNING,
    check,
)
