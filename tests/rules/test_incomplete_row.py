"""ST113: the rows of a filled template are complete."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST113"
HEADS = (
    "| Sasaran | Indikator Kinerja | Satuan | Arah | Sifat "
    "| Target | Realisasi | Capaian (%) | Kategori | Sumber Data |"
)
MEASURED = f"""# Templat: pengukuran-kinerja
# Lembar: Pengukuran Kinerja
PENGUKURAN KINERJA
DINAS SOSIAL TAHUN 2025

{HEADS}
| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) |
| Layanan | Tepat waktu | % | Makin tinggi | | 80 | 84 | =$G7/$F7*100 -> 105 | | |
| Layanan | Nilai SAKIP | nilai | Makin tinggi | | 82 | {{}} | =IF($G8=82,100,"") -> | | |
"""


@pytest.mark.parametrize("result", ["82", "79.5", "-", "NA"])
def test_a_result_or_a_sign_that_there_is_none(result: str) -> None:
    must_stay_quiet(CODE, MEASURED.format(result))


@pytest.mark.parametrize("result", ["*", "delapan puluh *", "79,5 *", "81 % *"])
def test_a_blank_and_a_word(result: str) -> None:
    must_find(CODE, MEASURED.format(result))


def test_other_workbooks_than_templates_are_not_judged() -> None:
    drawing = MEASURED.format("").replace("# Templat: pengukuran-kinerja\n", "")
    must_pass_over(CODE, drawing)


def test_a_parent_left_blank_above_filled_rows() -> None:
    rows = """# Templat: realisasi-anggaran
# Lembar: Realisasi Anggaran
REALISASI ANGGARAN
DINAS SOSIAL TAHUN 2025

| Kode | Program/Kegiatan/Sub Kegiatan | Pagu Sebelum Perubahan | Pagu Setelah Perubahan | Realisasi | Serapan (%) | Sisa Anggaran | Keterangan |
| (1) | (2) | (3) | (4) | (5) | (6)=(5)/(4)x100 | (7)=(4)-(5) | (8) |
| 1.02.01 | Program A | 90000000 | {} | 80000000 | | | |
| 1.02.01.2.01 | Kegiatan A | 90000000 | 90000000 | 80000000 | | | |
| 1.02.01.2.01.0001 | Sub A | 90000000 | 90000000 | 80000000 | | | |
"""  # noqa: E501
    must_stay_quiet(CODE, rows.format("90000000"))
    must_find(CODE, rows.format("*"))
    orphan = "| 1.02.01.2.2.0002 * | Sub B | 5000000 | 5000000 | 4000000 | | | |\n"
    must_find(CODE, rows.format("90000000") + orphan)
    unplanned = "| 1.02.01.2.01.0002 | Sub B | 5000000 | * | 4000000 | | | |\n"
    must_find(CODE, rows.format("90000000") + unplanned)
    bare = "| 1.02.01.2.02 | Kegiatan B | | * | | | | |\n| 1.02.01.2.01 |"
    must_find(CODE, rows.format("90000000").replace("| 1.02.01.2.01 |", bare))


def test_before_any_result_is_filled_in_it_is_not_yet_time() -> None:
    must_stay_quiet(CODE, MEASURED.format("").replace("| 80 | 84 |", "| 80 | |"))


SPENT = """# Templat: realisasi-anggaran
# Lembar: Realisasi Anggaran
REALISASI ANGGARAN
DINAS SOSIAL TAHUN 2025

| Kode | Program/Kegiatan/Sub Kegiatan | Pagu Sebelum Perubahan | Pagu Setelah Perubahan | Realisasi | Serapan (%) | Sisa Anggaran | Keterangan |
| (1) | (2) | (3) | (4) | (5) | (6)=(5)/(4)x100 | (7)=(4)-(5) | (8) |
{}
"""  # noqa: E501


def spent(*codes: str) -> str:
    rows = (f"| {code} | Baris {n} | 90000000 | 90000000 | 80000000 | | | |" for n, code in enumerate(codes))
    return SPENT.format("\n".join(rows))


@pytest.mark.parametrize("codes", [
    ("1.02.01", "1.02.01.2.01", "1.02.01.2.01.0001"),
    ("1.02.01.2.01", "1.02.01.2.01.0001"),
    ("7", "1.02.01", "1.02.01.2.01"),
    ("1.02", "1.02.01"),
])
def test_every_row_below_its_parent(codes: tuple[str, ...]) -> None:
    must_stay_quiet(CODE, spent(*codes))


@pytest.mark.parametrize("codes", [
    ("1.02.01", "1.02.01.2.01", "1.02.01.2.02.0001 *"),
    ("1.02.01", "1.02.02.2.01 *"),
    ("1.02", "1.03.01 *"),
])
def test_a_row_without_its_parent(codes: tuple[str, ...]) -> None:
    must_find(CODE, spent(*codes))
