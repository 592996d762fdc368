"""ST111: no heading of the template was replaced."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

from xlaudit.findings import Severity

CODE = "ST111"
HEADS = (
    "| Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |"
)
TOP = f"""# Templat: perjanjian-kinerja
# Lembar: Anggaran PK
ANGGARAN PERJANJIAN KINERJA
DINAS SOSIAL TAHUN 2025


{HEADS}
| (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
"""
ROW = "| 1.02 | Program A | 100000 | 90000 | =$D7-$C7 -> -10000 | |\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Keterangan", "KETERANGAN"),
        ("Anggaran Setelah Perubahan", "Anggaran Setelah Perubahan (Rp)"),
        ("Anggaran Setelah Perubahan", "Anggaran setelah perubahan (Rp juta)"),
        ("Anggaran Setelah Perubahan", "Anggaran  Setelah Perubahan (dalam ribuan rupiah)"),
        ("Bertambah/(Berkurang)", "Bertambah / Berkurang"),
        ("| Kode", '| ="Kode" -> Nomor'),
    ],
)
def test_the_same_words(old: str, new: str) -> None:
    must_stay_quiet(CODE, (TOP + ROW).replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "severity"),
    [
        ("Keterangan", "Sumber Dana", None),
        ("Anggaran Setelah Perubahan", "Realisasi Anggaran", None),
        ("Keterangan", "Catatan", Severity.NOTE),
        ("| Kode", "| Kode Rekening", Severity.NOTE),
    ],
)
def test_other_words(old: str, new: str, severity: Severity | None) -> None:
    (flag,) = must_find(CODE, (TOP + ROW).replace(old, new + " *"))
    assert flag.severity is severity
    assert flag.stated == new.strip("| ")
