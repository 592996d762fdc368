"""KI113: progress towards the end of the plan, and changes between years."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI113"


def progress(*rows: tuple[str, str, str]) -> str:
    lines = "".join(f"\n| Indikator {n} | {a} | {b} | {c} |" for n, (a, b, c) in enumerate(rows))
    return "| Indikator | Target Akhir Renstra | Realisasi 2024 | Tingkat Kemajuan (%) |" + lines


def years(heading: str, *rows: tuple[str, str, str]) -> str:
    lines = "".join(f"\n| Indikator {n} | {a} | {b} | {c} |" for n, (a, b, c) in enumerate(rows))
    return f"| Indikator | Realisasi 2023 | Realisasi 2024 | {heading} |" + lines


def test_the_ratio() -> None:
    must_stay_quiet(CODE, progress(("88", "89,29", "101,47"), ("0,30", "0,259", "86,33"), ("60", "38", "63,33")))


def test_the_difference() -> None:
    must_stay_quiet(CODE, progress(("90", "97,97", "7,97"), ("80,95", "81,10", "0,15"), ("98", "94,83", "-3,17")))


def test_cut_off_instead_of_rounded() -> None:
    must_stay_quiet(CODE, progress(("99", "98,72", "99,71"), ("88", "89,29", "101,46"), ("60", "38", "63,33")))


def test_lower_is_better_and_usual_limits() -> None:
    must_stay_quiet(CODE, progress(("10", "9", "110"), ("60", "38", "63,33"), ("50", "70", "120"), ("40", "30", "75")))


def test_nothing_to_compare_with() -> None:
    must_pass_over(CODE, progress(("88", "", ""), ("60", "38", "")))


def test_a_form_of_ones_own_is_not_judged() -> None:
    must_pass_over(CODE, progress(("88", "89,29", "4"), ("60", "38", "3"), ("50", "40", "2")))


def test_a_row_off_among_ratios() -> None:
    (flag,) = must_find(CODE, progress(("88", "89,29", "101,47"), ("60", "38", "36,33 *"), ("50", "40", "80")))
    assert (flag.stated, flag.computed, flag.severity) == ("36.33", "63.33", None)
    assert flag.message.id == "Tingkat kemajuan tertulis 36,33 %, padahal realisasi ÷ target akhir × 100 = 63,33 %."
    assert flag.relation is not None


def test_a_row_off_where_lower_is_better_in_most() -> None:
    """Rows of both directions together show that it is the ratio: of six only two follow it as it stands."""
    rows = [("73", "74", "101,37"), ("43", "40,01", "106,95"), ("43", "44", "97,67"), ("24", "22,41", "106,63")]
    must_stay_quiet(CODE, progress(*rows, ("60", "59", "98,33"), ("83", "68,61", "82,66")))
    (flag,) = must_find(CODE, progress(*rows, ("6", "59", "98,33 *"), ("83", "68,61", "82,66")))
    assert flag.computed == "983.33"


def test_a_row_off_among_differences() -> None:
    (flag,) = must_find(CODE, progress(("90", "97,97", "7,97"), ("80", "81,10", "2,10 *"), ("98", "94,83", "-3,17")))
    assert flag.computed == "1.1"
    assert flag.message.id == "Tingkat kemajuan tertulis 2,10 %, padahal realisasi − target akhir = 1,10 %."


def test_where_two_rows_are_all_there_is_it_is_a_warning() -> None:
    (flag,) = must_find(CODE, progress(("88", "89,29", "104,17 *")))
    assert flag.severity is Severity.WARNING and flag.computed == "101.47"
    (flag,) = must_find(CODE, progress(("90", "97,97", "7,79 *")))
    assert flag.computed == "7.97"


def test_of_three_rows_one_that_fits_shows_nothing() -> None:
    must_pass_over(CODE, progress(("88", "89,29", "101,47"), ("60", "38", "3"), ("50", "40", "2")))


@pytest.mark.parametrize("heading", ["Kenaikan/Penurunan", "Selisih"])
def test_differences_of_years(heading: str) -> None:
    quiet = (("82,40", "92,33", "9,93"), ("80", "78,50", "-1,50"), ("70", "70", "0"))
    must_stay_quiet(CODE, years(heading, *quiet))
    (flag,) = must_find(CODE, years(heading, *quiet[:2], ("70", "75", "4 *")))
    assert flag.severity is None and flag.computed == "5"
    assert flag.message.id.startswith("Tertulis 4") and flag.message.id.endswith("dikurangi tahun sebelumnya = 5.")


def test_growth_in_percent() -> None:
    must_stay_quiet(CODE, years("Perubahan (%)", ("80", "84", "5,00"), ("50", "60", "20,00"), ("70", "63", "-10,00")))
    (flag,) = must_find(
        CODE, years("Perubahan (%)", ("80", "84", "5,00"), ("50", "60", "20,00"), ("70", "63", "-11,00 *"))
    )
    assert flag.computed == "-10" and "terhadap tahun sebelumnya = -10,00 %" in flag.message.id


def test_a_percentage_that_is_a_difference() -> None:
    must_stay_quiet(CODE, years("Perubahan (%)", ("80", "84", "4,00"), ("50", "60", "10,00"), ("70", "63", "-7,00")))


def test_one_row_shows_no_formula_of_years() -> None:
    must_pass_over(CODE, years("Selisih", ("82,40", "92,33", "1,00"), ("80", "78,50", "-2,50")))
    must_pass_over(CODE, years("Selisih", ("82,40", "92,33", "9,93"), ("80", "78,50", "-2,50"), ("80", "70", "2,50")))


def test_before_and_after_revision_is_the_matter_of_another_rule() -> None:
    must_pass_over(
        CODE,
        """
        | Program   | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) |
        | Program A | 5.000.000                  | 6.000.000                  | 2.000.000             |
        | Program B | 5.000.000                  | 6.000.000                  | 1.000.000             |
        """,
    )


def test_three_years_the_latest_two_are_compared() -> None:
    drawing = """
        | Indikator   | Realisasi 2022 | Realisasi 2023 | Realisasi 2024 | Selisih |
        | Indikator a | 70             | 75             | 79             | 4       |
        | Indikator b | 60             | 66             | 67             | {}      |
        | Indikator c | 50             | 51             | 57             | 6       |
    """
    must_stay_quiet(CODE, drawing.format("1"))
    must_find(CODE, drawing.format("7 *"))


def test_an_unreadable_figure_is_not_judged() -> None:
    must_not_judge(CODE, progress(("88", "89,29", "101,47"), ("60", "8.7106.000", "63,33 *"), ("50", "40", "80")))


def test_a_form_that_was_settled() -> None:
    settled = "# Pengaturan: conventions.progress = \"difference\"\n"
    must_stay_quiet(CODE, settled + progress(("90", "97,97", "7,97"), ("80,95", "81,10", "0,15")))
    ratios = progress(("88", "89,29", "101,47 *"), ("60", "38", "63,33 *"), ("50", "40", "80 *"))
    flags = must_find(CODE, settled + ratios)
    assert {flag.severity for flag in flags} == {None}


@pytest.mark.parametrize(
    ("settled", "printed", "due"), [("rounded", "66,66", "66,67"), ("truncated", "66,67", "66,66")]
)
def test_the_way_of_rounding_that_was_settled(settled: str, printed: str, due: str) -> None:
    others = (("80", "40", "50,00"), ("80", "60", "75,00"), ("80", "80", "100,00"))
    own = f'# Pengaturan: conventions.rounding = "{settled}"\n'
    must_stay_quiet(CODE, progress(("3", "2", printed), *others))
    must_stay_quiet(CODE, own + progress(("3", "2", due), *others))
    (flag,) = must_find(CODE, own + progress(("3", "2", f"{printed} *"), *others))
    assert (flag.stated, flag.computed) == (printed.replace(",", "."), due.replace(",", "."))
