"""Lembar templat masih ada dengan namanya.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah semua lembar formulir masih ada, dan apakah namanya
masih sama.
Mengapa penting: lembar dikenali dari namanya bila berkas digabungkan dengan berkas lain.
Toleransi: huruf besar dan spasi boleh berbeda; lembar yang tidak diisi tidak dilaporkan. Lembar tambahan boleh.
Sumber: templat xlaudit.

Salah:
    # Templat: perjanjian-kinerja
    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1) | (2) | (3) | (4) | (5) | (6) |
    | Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 85 | |

    # Lembar: Lampiran 2
    ANGGARAN PERJANJIAN KINERJA *
    DINAS SOSIAL TAHUN 2025

    | Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |
    | (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
    | 1.06.02 | Program Pemberdayaan Sosial | 500000000 | 450000000 | =$D6-$C6 -> -50000000 | |
    | 1.06.03 | Program Rehabilitasi Sosial | 800000000 | 760000000 | =$D7-$C7 -> -40000000 | |
    | 1.06.04 | Program Perlindungan Sosial | 200000000 | 160000000 | =$D8-$C8 -> -40000000 | |
    | 1.06.05 | Program Penanganan Bencana | 100000000 | 190000000 | =$D9-$C9 -> 90000000 | |

    | | Jumlah | =SUM(C5:C10) -> 1600000000 | =SUM(D5:D10) -> 1560000000 | =$D11-$C11 -> -40000000 | |
Benar:
    # Templat: perjanjian-kinerja
    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1) | (2) | (3) | (4) | (5) | (6) |
    | Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 85 | |

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
The sheets of the template are there under their names.

What is checked: in a workbook made from the template, whether all sheets with forms are there, and under the same
names.
Why it matters: sheets are known by their names when workbooks are put together.
Tolerance: case and spaces may differ; sheets that were not filled in are not reported. More sheets may be added.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.filled import What
from xlaudit.findings import Severity
from xlaudit.rules._template import changes, sound
from xlaudit.rules.base import Book, Flag, Rule, Verdict
from xlaudit.texts import Text, same

_RENAMED = Text("The template's sheet “{expected}” was renamed to “{stated}”.")
_RENAMED_ADVICE = Text("Name the sheet “{expected}” again.")
_DELETED = Text("These sheets of the template are gone: {sheets}.")
_DELETED_ADVICE = Text(
    "If those sheets were not asked for, leave it; if they were, fill them in from an empty template."
)


def check(book: Book) -> Iterator[Verdict]:
    """Tells of renamed sheets one by one, and of deleted ones together, at the first table."""
    yield from sound(book, What.SHEET_RENAMED)
    for table, change in changes(book, What.SHEET_RENAMED):
        facts = {"expected": change.expected, "stated": change.stated}
        message, advice = _RENAMED.fill(**facts), _RENAMED_ADVICE.fill(**facts)
        yield Flag(table, change.cell, same(change.form), message, stated=change.stated, advice=advice)
    gone = list(changes(book, What.SHEET_DELETED))
    if gone:
        names = ", ".join(change.form for _, change in gone)
        table = gone[0][0]
        yield Flag(table, table.area.first, same(names), _DELETED.fill(sheets=names), advice=_DELETED_ADVICE)


RULE = Rule(
    "ST112",
    "template-sheets",
    Text("A sheet of the template was renamed or deleted"),
    Severity.NOTE,
    check,
)
