"""KI107: a mean is over the indicators that have a result."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI107"


def one(mean: str, last: str = "80,00", label: str = "Rata-rata capaian") -> str:
    return f"""
        | No | Indikator           | Target | Realisasi | Capaian (%) |
        | 1  | Persentase PPKS     | 80     | 84        | 105,00      |
        | 2  | Persentase PSKS     | 40     | 38        | 95,00       |
        | 3  | Indeks kepuasan     | 50     |           | {last}      |
        |    | {label}             |        |           | {mean}      |
    """


@pytest.mark.parametrize(
    "label", ["Rata-rata capaian", "Rata - rata", "RERATA", "Capaian Rata-rata", "Nilai rata-rata"]
)
def test_over_all_rows(label: str) -> None:
    must_stay_quiet(CODE, one("93,33", label=label))
    must_find(CODE, one("93,43 *", label=label))


@pytest.mark.parametrize("last", ["-", "NA", "", "belum ada hasil"])
def test_over_those_that_have_a_result(last: str) -> None:
    must_stay_quiet(CODE, one("100,00", last))
    must_stay_quiet(CODE, one("100", last))


@pytest.mark.parametrize("last", ["-", "NA", "belum ada hasil"])
def test_a_missing_result_that_counts_as_zero_is_named(last: str) -> None:
    (flag,) = must_find(CODE, one("66,67 *", last))
    assert (flag.stated, flag.computed) == ("66.67", "100")
    assert flag.message.id == (
        "Rata-rata tertulis 66,67 %, padahal rata-rata 2 indikator yang mempunyai hasil = 100,00 %. "
        "Angka ini cocok bila 1 indikator tanpa hasil ikut dihitung sebagai nol."
    )


def test_a_wrong_mean_without_that_cause_does_not_name_it() -> None:
    (flag,) = must_find(CODE, one("70,00 *", "-"))
    assert "nol" not in flag.message.id


def test_a_stated_zero_is_a_result() -> None:
    must_stay_quiet(CODE, one("66,67", "0,00"))
    must_find(CODE, one("100,00 *", "0,00"))


def test_results_that_were_rounded_leave_room() -> None:
    """105, 95 and 80,00 may stand for anything within half a unit, a third of which the mean inherits."""
    drawing = """
        | No | Indikator           | Target | Realisasi | Capaian (%) |
        | 1  | Persentase PPKS     | 80     | 84        | 105         |
        | 2  | Persentase PSKS     | 40     | 38        | 95          |
        | 3  | Indeks kepuasan     | 50     | 40        | 80          |
        |    | Rata-rata capaian   |        |           | {}          |
    """
    must_stay_quiet(CODE, drawing.format("93,8"))
    must_find(CODE, drawing.format("94,9 *"))


def test_means_per_sasaran_are_a_way_too() -> None:
    """(105 + 95) ÷ 2 = 100 for the first sasaran, 80 for the second: 90 over both."""
    drawing = """
        | Sasaran   | Indikator           | Target | Realisasi | Capaian (%) |
        | Layanan   | Persentase PPKS     | 80     | 84        | 105,00      |
        | ^         | Persentase PSKS     | 40     | 38        | 95,00       |
        | Tata      | Indeks kepuasan     | 50     | 40        | 80,00       |
        | Rata-rata | <                   |        |           | {}          |
    """
    must_stay_quiet(CODE, drawing.format("90,00"))
    must_stay_quiet(CODE, drawing.format("93,33"))
    must_find(CODE, drawing.format("91,00 *"))


def test_each_block_has_its_own_mean() -> None:
    drawing = """
        | Indikator       | Target | Realisasi | Capaian (%) |
        | Persentase PPKS | 80     | 84        | 105,00      |
        | Persentase PSKS | 40     | 38        | 95,00       |
        | Rata-rata       |        |           | 100,00      |
        | Indeks kepuasan | 50     | 40        | 80,00       |
        | Indeks layanan  | 50     | 30        | 60,00       |
        | Rata-rata       |        |           | {}          |
    """
    must_stay_quiet(CODE, drawing.format("70,00"))
    must_find(CODE, drawing.format("80,00 *"))


def test_an_excerpt_cannot_be_averaged() -> None:
    must_pass_over(
        CODE,
        """
        | No | Indikator       | Target | Realisasi | Capaian (%) |
        | 1  | Persentase PPKS | 80     | 84        | 105,00      |
        | 7  | Persentase PSKS | 40     | 38        | 95,00       |
        |    | Rata-rata       |        |           | 97,11       |
        """,
    )


def test_a_table_without_a_mean() -> None:
    must_pass_over(CODE, "| Indikator | Target | Realisasi | Capaian |\n| Persentase PPKS | 80 | 84 | 105 |")


def test_the_mean_is_a_formula_over_its_rows() -> None:
    (flag,) = must_find(
        CODE,
        """
        | Indikator       | Target | Realisasi | Capaian (%) |
        | Persentase PPKS | 80     | 84        | 105         |
        | Persentase PSKS | 40     | 38        | 95          |
        | Rata-rata       |        |           | 90 *        |
        """,
    )
    assert flag.live is not None and "(SUM(D2:D3))/2" in flag.live


BLOCKS = """
    | Indikator            | Target | Realisasi | Capaian (%) |
    | Persentase PPKS      | 80     | 84        | 105,00      |
    | Persentase PSKS      | 40     | 38        | 95,00       |
    | Rata-rata            |        |           | 100,00      |
    | Indeks kepuasan      | 50     | 40        | 80,00       |
    | Rata-rata            |        |           | 80,00       |
    | {}                   |        |           | {}          |
"""


def test_a_mean_over_all_blocks_at_the_foot() -> None:
    must_stay_quiet(CODE, BLOCKS.format("Rata-rata seluruhnya", "93,33"))
    must_find(CODE, BLOCKS.format("Rata-rata seluruhnya", "90,10 *"))


def test_a_mean_of_the_means() -> None:
    must_stay_quiet(CODE, BLOCKS.format("Rata-rata seluruhnya", "90,00"))


@pytest.mark.parametrize("numbers", ["1234", "1212"])
def test_blocks_with_numbers(numbers: str) -> None:
    one, two, three, four = numbers
    must_find(
        CODE,
        f"""
        | No      | Indikator       | Target | Realisasi | Capaian (%) |
        | {one}   | Persentase PPKS | 80     | 84        | 105,00      |
        | {two}   | Persentase PSKS | 40     | 38        | 95,00       |
        |         | Rata-rata       |        |           | 90,00 *     |
        | {three} | Indeks kepuasan | 50     | 40        | 80,00       |
        | {four}  | Indeks layanan  | 50     | 30        | 60,00       |
        |         | Rata-rata       |        |           | 80,00 *     |
        """,
    )
