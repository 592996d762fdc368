"""ST102: a table has the columns it needs."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "ST102"


@pytest.mark.parametrize(
    "drawing",
    [
        "| Sasaran | Indikator | Target | Realisasi | Capaian |\n| Layanan | Persentase | 80 | 84 | 105 |",
        "| Indikator Kinerja | Target | Realisasi | Persentase Capaian |\n| Persentase | 80 | 84 | 105 |",
        "| Indikator Kinerja | Target | Realisasi | % Capaian |\n| Persentase | 80 | 84 | 105 |",
        "| Indikator Kinerja | Target | Realisasi | Tingkat Capaian (%) |\n| Persentase | 80 | 84 | 105 |",
        "| Program | Pagu | Realisasi |\n| Program A | 300.000.000 | 200.000.000 |",
        "| Uraian | Anggaran (Rp) | Realisasi (Rp) |\n| Gaji | 300.000.000 | 200.000.000 |",
        "| Program/Kegiatan | Alokasi Dana | Penyerapan (Rp) |\n| Program A | 300.000.000 | 200.000.000 |",
        "| Sasaran | Capaian Kinerja | Penyerapan Anggaran | Tingkat Efisiensi |\n| Layanan | 107,66 | 98,28 | 9,38 |",
        "Perjanjian Kinerja\n| Sasaran | Indikator | Target |\n| Layanan | Persentase | 80 |",
        "| Indikator | Realisasi 2023 | Realisasi 2024 |\n| Persentase | 80 | 84 |",
    ],
)
def test_complete_tables_under_many_headings(drawing: str) -> None:
    must_stay_quiet(CODE, drawing)


def test_realisasi_without_pagu() -> None:
    (flag,) = must_find(
        CODE, "| Uraian * | Realisasi Anggaran (Rp) |\n| Gaji | 200.000.000 |\n| Listrik | 300.000.000 |"
    )
    assert flag.message.id == (
        "Tabel Realisasi Anggaran ini tidak mempunyai kolom pagu, sehingga sebagian pemeriksaan tidak dapat dilakukan."
    )


def test_a_measurement_without_capaian() -> None:
    (flag,) = must_find(CODE, "| Indikator * | Target | Realisasi |\n| Persentase | 80 | 84 |")
    assert "capaian" in flag.message.id


def test_several_lacking_columns_are_one_note() -> None:
    (flag,) = must_find(CODE, "| Indikator * | Capaian Kinerja (%) |\n| Persentase | 105 |")
    assert "target, realisasi kinerja" in flag.message.id
