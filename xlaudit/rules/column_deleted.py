"""Kolom templat tidak dihapus.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah semua kolom formulir masih ada.
Mengapa penting: rumus lain dan rekap dinas membaca kolom itu; tanpa kolomnya angka tidak dapat dibandingkan.
Toleransi: kolom yang disembunyikan atau dipindahkan dianggap ada.
Sumber: templat xlaudit.

Salah:
    # Templat: perjanjian-kinerja
    # Lembar: Anggaran PK
    ANGGARAN PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) * |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | =$D8-$C8 -> -40000000 |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1560000000 | =$D11-$C11 -> -40000000 |
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
No column of the template was deleted.

What is checked: in a workbook made from the template, whether all columns of a form are still there.
Why it matters: other formulas and the recap read that column; without it figures cannot be compared.
Tolerance: a column that was hidden or moved counts as being there.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import changes, sound
from xlaudit.rules.base import Book, Flag, Rule, Verdict
from xlaudit.texts import Text, same

_MESSAGE = Text("The column {column} of the template's sheet {form} is gone; it used to stand beside this cell.")
_ADVICE = Text("Copy the entries into an empty template; hide a column that is not used, do not delete it.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of columns that are gone, each at its neighbour's heading."""
    yield from sound(book, What.COLUMN_DELETED)
    for table, change in changes(book, What.COLUMN_DELETED):
        column = change.columns[0]
        message = _MESSAGE.fill(column=column, form=change.form)
        yield Flag(table, change.cell, same(column), message, advice=_ADVICE)


RULE = Rule(
    "ST110",
    "column-deleted",
    Text("A column of the template was deleted"),
    Severity.WARNING,
    check,
)
