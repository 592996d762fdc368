"""Identitas di templat terisi.

Yang diperiksa: dalam berkas yang dibuat dari templat, apakah pemerintah daerah, perangkat daerah, tahun anggaran, dan
periode di lembar Identitas sudah diisi.
Mengapa penting: judul setiap lembar diambil dari sana, dan tanpa identitas berkas tidak dapat dicatat atas nama siapa.
Toleransi: isian contoh dari lembar Petunjuk dinilai oleh ST105. Berkas yang bukan dari templat tidak dinilai.
Sumber: templat xlaudit.

Salah:
    # Templat: perjanjian-kinerja
    # Lembar: Identitas
    Identitas
    | Pemerintah daerah | Kabupaten Muara Indah |
    | Perangkat daerah | * |
    | Tahun anggaran | 2025 |
    | Periode laporan | Tahunan |

    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1) | (2) | (3) | (4) | (5) | (6) |
    | Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 85 | |
Benar:
    # Templat: perjanjian-kinerja
    # Lembar: Identitas
    Identitas
    | Pemerintah daerah | Kabupaten Muara Indah |
    | Perangkat daerah | Dinas Sosial |
    | Tahun anggaran | 2025 |
    | Periode laporan | Tahunan |

    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1) | (2) | (3) | (4) | (5) | (6) |
    | Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 85 | |

English
The template's Identitas is filled in.

What is checked: in a workbook made from the template, whether the government, the agency, the year and the period on
the sheet Identitas were filled in.
Why it matters: the titles of all sheets are taken from there, and without it nobody can tell whose workbook it is.
Tolerance: example entries of the sheet Petunjuk are judged by ST105. Workbooks not made from the template are not
judged.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.forms import SETTINGS
from xlaudit.texts import Text, same

_NAMES = ("Pemda", "Perangkat_Daerah", "Tahun", "Periode")
_LABELS = {setting.name: setting.label for setting in SETTINGS if setting.name in _NAMES}
_MESSAGE = Text("The identity is not complete: {name} is blank.")
_ADVICE = Text("Fill in this cell on the sheet Identitas.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of blank cells of the template's identity."""
    if book.template is None or not book.tables:
        return
    for name, label in _LABELS.items():
        field = book.template.identity.get(name)
        if field is None:
            continue
        if field.text.strip():
            yield MADE
            continue
        yield Flag(
            book.tables[0],
            field.cell,
            same(label),
            _MESSAGE.fill(name=same(label)),
            advice=_ADVICE,
            live=f'TRIM({field.cell.a1})=""',
            sheet=field.sheet,
        )


RULE = Rule(
    "ST114",
    "identity-filled",
    Text("The template's identity is not filled in"),
    Severity.WARNING,
    check,
)
