"""Judul kolom templat tidak diganti.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah judul kolom masih berbunyi seperti di templat.
Mengapa penting: judul menentukan isi kolom; bila judulnya lain, angkanya terbaca sebagai hal lain.
Toleransi: tahun, satuan rupiah, huruf besar, dan tanda baca boleh berbeda. Judul lain dengan arti yang sama hanya
menjadi catatan.
Sumber: templat xlaudit.

Salah:
    # Templat: perjanjian-kinerja
    # Lembar: Anggaran PK
    ANGGARAN PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Sumber Dana * |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 | |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 | |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | =$D8-$C8 -> -40000000 | |
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
No heading of the template was replaced.

What is checked: in a workbook made from the template, whether the heading of a column still says what the template
says.
Why it matters: the heading says what a column holds; under another one its figures are read as something else.
Tolerance: year, unit of rupiah, case and punctuation may differ. Other words of the same meaning are only a note.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import changes, sound
from xlaudit.rules.base import Book, Flag, Rule, Verdict
from xlaudit.texts import Text, same

_MESSAGE = Text("The heading of this column is “{expected}” in the template, now it is “{stated}”.")
_ADVICE = Text("Put the heading back; write anything else into the remarks or outside of the table.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of headings in other words; a note where they mean the same."""
    yield from sound(book, What.HEADING)
    for table, change in changes(book, What.HEADING):
        yield Flag(
            table,
            change.cell,
            same(change.columns[0]),
            _MESSAGE.fill(expected=change.expected, stated=change.stated),
            severity=Severity.NOTE if change.role_kept else None,
            stated=change.stated,
            advice=_ADVICE,
        )


RULE = Rule(
    "ST111",
    "heading-changed",
    Text("A heading of the template was replaced"),
    Severity.WARNING,
    check,
)
