"""EF101: efisiensi follows the formula of its table."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "EF101"
HEADER = "| Sasaran | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Tingkat Efisiensi (%) |"


def rows(*figures: tuple[str, str, str]) -> str:
    lines = "".join(f"\n| Sasaran {n} | {a} | {b} | {c} |" for n, (a, b, c) in enumerate(figures))
    return HEADER + lines


def test_the_plain_difference() -> None:
    must_stay_quiet(CODE, rows(("107,66", "98,28", "9,38"), ("100", "96,25", "3,75"), ("95,1", "97,1", "-2")))


def test_the_relative_form() -> None:
    must_stay_quiet(CODE, rows(("92,5", "88,01", "4,85"), ("100", "96,25", "3,75"), ("107,66", "98,28", "8,71")))


def test_one_last_digit_for_figures_that_were_rounded_before() -> None:
    must_stay_quiet(CODE, rows(("99,54", "97,60", "1,93"), ("107,66", "98,28", "9,39"), ("107,66", "98,28", "9,38")))
    must_find(CODE, rows(("99,54", "97,60", "1,90 *"), ("107,66", "98,28", "9,38"), ("101,66", "98,28", "3,38")))


def test_negative_efficiency_in_any_spelling() -> None:
    must_stay_quiet(CODE, rows(("90,00", "98,00", "-8,00"), ("90,00", "95,00", "(5,00)"), ("100,00", "99,00", "1,00")))


def test_a_dash_where_no_efficiency_is_stated() -> None:
    must_stay_quiet(CODE, rows(("107,66", "98,28", "9,38"), ("90,00", "98,00", "-"), ("90,00", "95,00", "")))


def test_indicators_that_share_a_merged_budget() -> None:
    table = """
        | Sasaran | Indikator | Capaian Kinerja (%) | Serapan Anggaran (%) | Efisiensi (%) |
        | Satu    | A         | 108,33              | 73,49                | 34,84         |
        | ^       | B         | 89,19               | ^                    | 15,70         |
        | ^       | C         | 107,00              | ^                    | {c}           |
        | Dua     | D         | 90,99               | 70,29                | 20,70         |
        | ^       | E         | 87,97               | ^                    | {e}           |
    """
    must_stay_quiet(CODE, table.format(c="33,51", e="17,68"))
    flags = must_find(CODE, table.format(c="73,49 *", e="20,70 *"))
    assert [flag.computed for flag in flags] == ["33.51", "17.68"]


def test_fractions_in_a_percent_format() -> None:
    must_stay_quiet(
        CODE,
        rows(
            ("1.0766 as 0.00%", "0.9828 as 0.00%", "0.0938 as 0.00%"),
            ("1.00 as 0.00%", "0.9625 as 0.00%", "0.0375 as 0.00%"),
        ),
    )


def test_serapan_that_equals_the_difference_is_no_copy() -> None:
    """Capaian 100 and serapan 50: the difference is 50 by right."""
    must_stay_quiet(CODE, rows(("100,00", "50,00", "50,00")))


def test_a_table_that_follows_another_formula_is_not_judged_by_ours() -> None:
    must_pass_over(CODE, rows(("107,66", "98,28", "1,10"), ("100", "96,25", "1,04"), ("95,1", "97,1", "0,98")))


def test_words_for_efficiency_are_no_figures() -> None:
    must_pass_over(
        CODE, rows(("107,66", "98,28", "Efisien"), ("90", "96,25", "Tidak efisien")) + "\n| Sasaran | 1 | 2 | - |"
    )


def test_a_row_off_in_a_table_of_differences() -> None:
    (flag,) = must_find(
        CODE, rows(("107,66", "98,28", "9,38"), ("100,50", "96,25", "4,52 *"), ("101,2", "95,1", "6,1"))
    )
    assert (flag.stated, flag.computed) == ("4.52", "4.25")
    assert flag.message.id == "Efisiensi tertulis 4,52 %, padahal capaian − serapan = 4,25 %."


def test_a_row_off_in_a_table_of_the_relative_form() -> None:
    (flag,) = must_find(
        CODE, rows(("92,5", "88,01", "4,85"), ("107,66", "98,28", "9,38 *"), ("110,00", "99,00", "10,00"))
    )
    assert flag.computed == "8.71"
    assert flag.message.id == "Efisiensi tertulis 9,38 %, padahal (1 − serapan ÷ capaian) × 100 = 8,71 %."


def test_a_lost_sign() -> None:
    must_find(CODE, rows(("107,66", "98,28", "9,38"), ("90,00", "98,00", "8,00 *"), ("100", "96,25", "3,75")))


def test_small_efficiencies_are_percentage_points() -> None:
    must_stay_quiet(CODE, rows(("100", "99.2", "0.8"), ("100", "98.9", "1.1"), ("107.66", "98.28", "9.38")))
    must_find(CODE, rows(("100", "99.2", "0.8"), ("100", "98.9", "1.1"), ("107.66", "98.28", "8.39 *")))


def test_a_copy_of_serapan_is_told_in_every_row() -> None:
    flags = must_find(CODE, rows(("107,66", "98,28", "98,28 *"), ("100,00", "96,25", "96,25 *")))
    assert flags[0].message.id == "Kolom efisiensi hanya menyalin serapan (98,28 %); efisiensi bukan serapan."


PLAIN = (("107,66", "98,28", "9,38"), ("100", "96,25", "3,75"), ("95,1", "97,1", "-2"))
RELATIVE = (("92,5", "88,01", "4,85"), ("107,66", "98,28", "8,71"), ("103,66", "98,28", "5,19"))


def settled(form: str, *figures: tuple[str, str, str]) -> str:
    return f'# Pengaturan: conventions.efficiency = "{form}"\n' + rows(*figures)


def test_the_form_that_was_settled() -> None:
    must_stay_quiet(CODE, settled("difference", *PLAIN))
    must_stay_quiet(CODE, settled("relative", *RELATIVE))
    must_stay_quiet(CODE, settled("difference-from-100", *PLAIN[:2], ("95,1", "97,1", "-")))


def test_a_lone_row_is_an_error_where_the_form_was_settled() -> None:
    (flag,) = must_find(CODE, settled("difference", ("107,66", "98,28", "9,83 *")))
    assert flag.severity is None
    (flag,) = must_find(CODE, rows(("107,66", "98,28", "9,83 *")))
    assert flag.severity is Severity.WARNING


def test_a_table_in_the_other_form_is_told_once() -> None:
    (flag,) = must_find(CODE, settled("difference", (*RELATIVE[0][:2], "4,85 *"), *RELATIVE[1:]))
    assert flag.severity is Severity.WARNING
    assert "dengan (1 − serapan ÷ capaian) × 100, padahal menurut xlaudit.toml rumusnya capaian − serapan" in (
        flag.message.id
    )
    (flag,) = must_find(CODE, settled("relative", (*PLAIN[0][:2], "9,38 *"), *PLAIN[1:]))
    assert "dengan capaian − serapan, padahal" in flag.message.id


def test_rows_are_still_held_against_the_form_that_the_table_uses() -> None:
    must_find(CODE, settled("difference", (*RELATIVE[0][:2], "4,85 *"), *RELATIVE[1:], ("100", "96", "5,00 *")))


def test_no_efficiency_below_100_where_it_was_so_settled() -> None:
    (flag,) = must_find(CODE, settled("difference-from-100", *PLAIN[:2], ("95,1", "97,1", "-2 *")))
    assert flag.severity is Severity.WARNING and flag.computed == "-"


def test_a_copy_of_serapan_in_one_row_is_named() -> None:
    right = (("100,00", "96,25", "3,75"), ("101,2", "95,1", "6,1"))
    (flag,) = must_find(CODE, rows(("107,66", "98,28", "98,28 *"), *right))
    assert flag.message.id == "Kolom efisiensi hanya menyalin serapan (98,28 %); efisiensi bukan serapan."
    assert flag.computed == "9.38"


def test_a_small_figure_of_the_relative_form_is_no_fraction() -> None:
    """−1.5 alone could be a fraction; by (1 − 88.6 ÷ 87.3) · 100 it is percentage points."""
    must_find(CODE, rows(("87.3", "88.6", "-1.7 *")))
    must_stay_quiet(CODE, rows(("87.3", "88.6", "-1.3")))
    must_stay_quiet(CODE, rows(("87.3", "88.6", "-1.5")))
