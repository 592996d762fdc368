"""KI109: percentages, indices and scores of quarters are not added up."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI109"
HEADER = (
    "| Indikator | Satuan "
    "| Realisasi TW I | Realisasi TW II | Realisasi TW III | Realisasi TW IV | Realisasi 2024 |"
)


def one(line: str, name: str = "Indeks kepuasan") -> str:
    return f"{HEADER}\n| {name} | {line} |\n| Berkas tersusun | dokumen | 2 | 3 | 4 | 5 | 14 |"


def test_the_state_at_the_end_of_the_year() -> None:
    must_stay_quiet(CODE, one("indeks | 80 | 80 | 81 | 82 | 82"))


def test_the_mean() -> None:
    must_stay_quiet(CODE, one("indeks | 80 | 80 | 82 | 82 | 81"))


@pytest.mark.parametrize("unit", ["dokumen", "orang", "kegiatan", "laporan", "unit"])
def test_what_can_be_counted_adds_up(unit: str) -> None:
    must_pass_over(CODE, one(f"{unit} | 80 | 80 | 81 | 82 | 323", "Dokumen tersusun"))


def test_a_number_of_things_with_an_odd_unit() -> None:
    must_pass_over(CODE, one("angka | 2 | 2 | 2 | 2 | 8", "Jumlah inovasi"))


def test_only_one_quarter_is_no_sum() -> None:
    must_stay_quiet(CODE, one("nilai | - | - | - | 82 | 82"))
    must_stay_quiet(CODE, one("nilai | 0 | 0 | 0 | 82 | 82"))


def test_parts_of_the_work_may_add_up_to_the_whole() -> None:
    must_stay_quiet(CODE, one("% | 25 | 25 | 25 | 25 | 100"))


def test_nothing_stated_for_the_year() -> None:
    must_pass_over(CODE, one("indeks | 80 | 80 | 81 | 82 | "))


@pytest.mark.parametrize("unit", ["indeks", "Nilai", "skor", "Angka", "poin"])
def test_rates_that_were_added_up(unit: str) -> None:
    must_find(CODE, one(f"{unit} | 2 | 2 | 3 | 4 | 11 *"))


@pytest.mark.parametrize("unit", ["%", "persen", "Persentase"])
def test_percentages_beyond_a_hundred(unit: str) -> None:
    must_find(CODE, one(f"{unit} | 25 | 25 | 25 | 26 | 101 *"))


def test_without_a_column_of_units_the_name_tells() -> None:
    header = HEADER.replace("| Satuan ", "")
    must_find(CODE, f"{header}\n| Nilai SAKIP | 20 | 20 | 20 | 20 | 80 * |")
    must_pass_over(CODE, f"{header}\n| Laporan tersusun | 20 | 20 | 20 | 20 | 80 |")


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("indeks | 80 | - | 81 | 82 | 243 *"))
    assert flag.message.id == (
        "Realisasi setahun 243 adalah jumlah 3 periodenya, padahal indikator ini tidak dapat dijumlahkan."
    )
    assert len(flag.because) == 3 and flag.stated == "243"
