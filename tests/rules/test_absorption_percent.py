"""RA103: a percentage is realisasi divided by pagu."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

CODE = "RA103"


def one(persen: str, pagu: str = "300.000.000", realisasi: str = "200.000.000", unit: str = "Rp") -> str:
    """A row whose percentage is 66,666…, and another that is sure to be rounded."""
    return f"""
        | No | Program           | Pagu ({unit}) | Realisasi ({unit}) | %        |
        | 1  | Program Penunjang | {pagu}        | {realisasi}        | {persen} |
        | 2  | Program Sosial    | 700.000.000   | 600.000.000        | 85,71    |
        | 3  | Program Bencana   | 900.000.000   | 100.000.000        | 11,11    |
    """


@pytest.mark.parametrize("persen", ["66,67", "66,7", "67", "66,67 %", "66,667%", "66.67", "66.6666666666667"])
def test_rounded_to_any_number_of_digits(persen: str) -> None:
    must_stay_quiet(CODE, one(persen))


@pytest.mark.parametrize("persen", ["0.666666666666667 as 0.00%", "0.6667 as 0.00%", "66.6666666666667 as 0.00"])
def test_a_number_format_decides_how_much_is_shown(persen: str) -> None:
    must_stay_quiet(CODE, one(persen))


@pytest.mark.parametrize("persen", ["66,68 *", "66,65 *", "66,77 *", "6,67 *", "0.6767 as 0.00% *", "68 *"])
def test_off_by_more_than_rounding(persen: str) -> None:
    must_find(CODE, one(persen))


def test_a_half_may_be_rounded_either_way() -> None:
    must_stay_quiet(CODE, one("12,35", pagu="1.000.000.000", realisasi="123.450.000"))
    must_stay_quiet(CODE, one("12,3", pagu="1.000.000.000", realisasi="123.500.000"))
    must_stay_quiet(CODE, one("12,4", pagu="1.000.000.000", realisasi="123.500.000"))


def test_a_table_that_truncates_throughout_is_right_by_its_own_way() -> None:
    drawing = """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | %     |
        | 1  | Program Penunjang | 300.000.000   | 200.000.000    | 66,66 |
        | 2  | Program Sosial    | 700.000.000   | 599.990.000    | 85,71 |
        | 3  | Program Bencana   | 900.000.000   | 500.000.000    | {}    |
    """
    must_stay_quiet(CODE, drawing.format("55,55"))
    must_find(CODE, drawing.format("55,57 *"))


def test_in_a_table_that_rounds_a_truncated_figure_is_let_pass() -> None:
    """One figure that only cutting off explains makes the table mixed (RO101 notes it): no error."""
    must_stay_quiet(CODE, one("66,66"))


def test_the_percentage_of_a_total_is_its_own() -> None:
    drawing = """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | %     |
        | 1  | Program Penunjang | 1.000.000.000 | 900.000.000    | 90,00 |
        | 2  | Program Sosial    | 100.000.000   | 50.000.000     | 50,00 |
        |    | Jumlah            | 1.100.000.000 | 950.000.000    | {}    |
    """
    must_stay_quiet(CODE, drawing.format("86,36"))
    must_find(CODE, drawing.format("70,00 *"))


def test_a_mean_row_is_no_ratio() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) | %     |
        | 1  | Program Penunjang | 1.000.000.000 | 900.000.000    | 90,00 |
        | 2  | Program Sosial    | 100.000.000   | 50.000.000     | 50,00 |
        |    | Rata-rata         | 550.000.000   | 475.000.000    | 70,00 |
        """,
    )


def test_nothing_spent_is_nought() -> None:
    must_stay_quiet(CODE, one("0,00", realisasi="0"))
    must_stay_quiet(CODE, one("0,00", realisasi="-"))
    must_stay_quiet(CODE, one("-", realisasi="-"))
    must_stay_quiet(CODE, one("-", realisasi="0"))


def test_all_spent_is_a_hundred() -> None:
    must_stay_quiet(CODE, one("100", realisasi="300.000.000"))
    must_stay_quiet(CODE, one("100,00 %", realisasi="300.000.000"))
    must_find(CODE, one("100,01 *", realisasi="300.000.000"))


def test_blanks_and_words_are_not_compared() -> None:
    for persen in ("", "NA", "belum ada hasil"):
        drawing = f"""
            | No | Program           | Pagu (Rp)   | Realisasi (Rp) | %        |
            | 1  | Program Penunjang | 300.000.000 | 200.000.000    | {persen} |
            | 2  | Program Sosial    | 700.000.000 |                | 12,00    |
        """
        must_pass_over(CODE, drawing)


def test_a_pagu_of_zero_cannot_divide() -> None:
    must_not_judge(CODE, one("0,00 *", pagu="0", realisasi="0"))


def test_a_dash_beside_a_pagu_of_zero_is_how_it_should_be_printed() -> None:
    must_not_judge(CODE, one("- *", pagu="0", realisasi="0"))


def test_a_formula_error_is_not_judged() -> None:
    must_not_judge(CODE, one("#DIV/0! *", pagu="0", realisasi="0"))


def test_amounts_in_millions_leave_room() -> None:
    """15 ÷ 22 in whole millions stands for 64,4 to 72,1 %."""
    small = "| No | Program | Pagu (Rp juta) | Realisasi (Rp juta) | % |\n| 1 | Program A | 22 | 15 | {} |"
    must_stay_quiet(CODE, small.format("70,00"))
    must_stay_quiet(CODE, small.format("68,18"))
    must_find(CODE, small.format("74,00 *"))


def test_the_check_divides_by_the_whole_pagu() -> None:
    """In millions both amounts carry their unit, and the divisor keeps its own in brackets."""
    (flag,) = must_find(
        CODE, "| Program | Pagu (Rp juta) | Realisasi (Rp juta) | % |\n| Program A | 2200 | 1500 | 74.5 * |"
    )
    assert flag.live is not None and flag.live.startswith("ABS(ROUND(D2-((100*(C2*1000000))/(B2*1000000))+0.02")


def test_a_percentage_that_is_a_text_waits_for_the_next_audit() -> None:
    """Mended as a text again it would never go out."""
    (flag,) = must_find(CODE, one("'74,5 *", pagu="300000000", realisasi="200000000"))
    assert flag.live is None


def test_each_period_has_its_own_percentage() -> None:
    drawing = """
        | Program           | Tahun 2023  | <              | <     | Tahun 2024  | <              | <     |
        | ^                 | Pagu (Rp)   | Realisasi (Rp) | %     | Pagu (Rp)   | Realisasi (Rp) | %     |
        | Program Penunjang | 300.000.000 | 240.000.000    | 80,00 | 500.000.000 | 450.000.000    | {}    |
        | Program Sosial    | 400.000.000 | 300.000.000    | 75,00 | 600.000.000 | 360.000.000    | 60,00 |
    """
    must_stay_quiet(CODE, drawing.format("90,00"))
    must_find(CODE, drawing.format("80,00 *"))


def test_a_line_with_the_percentage_below_the_total() -> None:
    drawing = """
        | No | Program                       | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang             | 300.000.000 | 240.000.000    |
        | 2  | Program Sosial                | 400.000.000 | 300.000.000    |
        |    | Jumlah                        | 700.000.000 | 540.000.000    |
        |    | Persentase Realisasi Anggaran |             | {}             |
    """
    must_stay_quiet(CODE, drawing.format("77,14 %"))
    must_find(CODE, drawing.format("71,14 % *"))


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("76,67 *"))
    assert (flag.stated, flag.computed) == ("76.67", "66.67")
    assert flag.message.id == "Tertulis 76,67 %, padahal realisasi dibagi pagu = 66,67 %."
    assert [cell.a1 for _, cell in flag.because] == ["D2", "C2"]


def test_little_spent_in_the_first_quarter() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)  | Realisasi (Rp) | %    |
        | 1  | Program Penunjang | 1000000000 | 5200000        | 0.52 |
        | 2  | Program Sosial    | 500000000  | 5200000        | 1.04 |
        | 3  | Program Bencana   | 500000000  | 60000000       | 12   |
        """,
    )


def test_capaian_beside_serapan_is_performance() -> None:
    must_stay_quiet(
        CODE,
        """
        Efisiensi Penggunaan Sumber Daya
        | Sasaran | Pagu (Rp)     | Realisasi (Rp) | Capaian (%) | Serapan (%) | Efisiensi (%) |
        | S1      | 1.000.000.000 | 880.100.000    | 92,50       | 88,01       | 4,49          |
        | S2      | 2.000.000.000 | 1.900.000.000  | 100,00      | 95,00       | 5,00          |
        """,
    )


def test_a_parent_with_the_mean_or_the_sum_of_those_below_it_is_named() -> None:
    drawing = """
        | Program     | Pagu (Rp)   | Realisasi (Rp) | %      |
        | Program A   | 900.000.000 | 450.000.000    | 50,00  |
        | Program B   | 100.000.000 | 99.000.000     | 99,00  |
        | Jumlah      | 1.000.000.000 | 549.000.000  | {} *   |
    """
    (flag,) = must_find(CODE, drawing.format("74,50"))
    assert flag.message.id.endswith(
        "Angka ini rata-rata persentase 2 rinciannya; yang benar jumlah realisasi dibagi jumlah pagu."
    )
    (flag,) = must_find(CODE, drawing.format("149,00"))
    assert flag.message.id.endswith("Angka ini jumlah persentase 2 rinciannya; persentase tidak dijumlahkan.")
    (flag,) = must_find(CODE, drawing.format("74,51"))
    assert flag.message.id.endswith("= 54,90 %.")


def test_a_parent_in_the_hierarchy_too() -> None:
    (flag,) = must_find(
        CODE,
        """
        | Kode         | Uraian       | Pagu (Rp)     | Realisasi (Rp) | %       |
        | 1.06.01      | Program A    | 1.000.000.000 | 549.000.000    | 74,50 * |
        | 1.06.01.2.01 | Kegiatan a   | 900.000.000   | 450.000.000    | 50,00   |
        | 1.06.01.2.02 | Kegiatan b   | 100.000.000   | 99.000.000     | 99,00   |
        """,
    )
    assert "rata-rata persentase 2 rinciannya" in flag.message.id
