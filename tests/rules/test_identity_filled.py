"""ST114: the identity of a template."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST114"
LABELS = ("Pemerintah daerah", "Perangkat daerah", "Tahun anggaran", "Periode laporan")


def book(*blank: str, mark: str = "*", first: str = "# Templat: perjanjian-kinerja") -> str:
    filled = ("Kabupaten Muara Indah", "Dinas Sosial", "2025", "Tahunan")
    lines = [f"| {label} | {mark if label in blank else text} |" for label, text in zip(LABELS, filled, strict=True)]
    table = """
        # Lembar: Perjanjian Kinerja
        PERJANJIAN KINERJA
        DINAS SOSIAL TAHUN 2025

        | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
        | (1) | (2) | (3) | (4) | (5) | (6) |
        | Meningkatnya layanan | Persentase PPKS terlayani | % | 80 | 85 | |
    """.replace("        ", "")
    return "\n".join([first, "# Lembar: Identitas", "Identitas", *lines, "| Satuan rupiah | |", table])


def test_all_filled() -> None:
    must_stay_quiet(CODE, book())


def test_a_workbook_of_no_template() -> None:
    must_pass_over(CODE, book(*LABELS, mark="", first=""))


@pytest.mark.parametrize("label", LABELS)
def test_one_left_blank(label: str) -> None:
    (flag,) = must_find(CODE, book(label))
    assert flag.severity is None and flag.sheet == "Identitas"
    assert flag.message.id == f"Identitas belum lengkap: {label} belum diisi."
    assert flag.live == f'TRIM({flag.cell.a1})=""'


def test_several_left_blank() -> None:
    assert len(must_find(CODE, book(*LABELS))) == 4
