"""KI104: a limit on capaian is that of all rows."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI104"


def rows(*lines: str) -> str:
    body = "".join(f"\n| Layanan {n} | {line} |" for n, line in enumerate(lines))
    return "| Indikator | Target | Realisasi | Capaian (%) |" + body


def test_no_limit_at_all() -> None:
    must_stay_quiet(CODE, rows("80 | 84 | 105,00", "40 | 50 | 125,00"))


@pytest.mark.parametrize("cap", ["100", "110", "120", "150"])
def test_one_limit_for_all(cap: str) -> None:
    must_stay_quiet(CODE, rows(f"40 | 70 | {cap}", f"40 | 80 | {cap}", "40 | 38 | 95"))


def test_exactly_at_the_limit_by_right() -> None:
    must_stay_quiet(CODE, rows("80 | 84 | 105,00", "40 | 40 | 100,00"))
    must_stay_quiet(CODE, rows("40 | 48 | 120", "40 | 50 | 125"))


def test_lower_is_better_gives_the_figure_too() -> None:
    must_stay_quiet(CODE, rows("80 | 84 | 105,00", "5 | 4 | 120", "40 | 50 | 125"))


def test_a_wrong_capaian_is_another_rules_matter() -> None:
    must_stay_quiet(CODE, rows("80 | 84 | 105,00", "40 | 50 | 99,00"))


def test_a_settled_limit_is_another_rules_matter() -> None:
    settled = "# Pengaturan: conventions.cap = 100\n"
    must_pass_over(CODE, settled + rows("80 | 84 | 105,00", "40 | 50 | 100,00"))


def test_some_are_cut_and_others_are_not() -> None:
    (flag,) = must_find(CODE, rows("80 | 84 | 105,00", "40 | 50 | 100,00 *", "40 | 38 | 95,00"))
    assert (flag.stated, flag.computed) == ("100", "125")
    assert flag.message.id == (
        "Capaian dibatasi pada 100,00 % (hasil hitungnya 125,00 %), padahal capaian di D2 tertulis 105,00 %."
    )


def test_two_limits_in_one_table() -> None:
    must_find(CODE, rows("40 | 70 | 120", "40 | 80 | 100 *"))


def test_where_lower_is_better_by_its_column() -> None:
    drawing = """
        | Indikator | Arah         | Target | Realisasi | Capaian (%) |
        | Layanan a | makin rendah | 10     | 4         | 120 *       |
        | Layanan b | makin rendah | 10     | 3         | 170         |
    """
    must_find(CODE, drawing)


def test_what_lower_is_better_explains_is_not_cut() -> None:
    """5 of 3.5 is 142.86 and would be cut at 130 by nobody; 130 is what lower-is-better gives."""
    must_stay_quiet(CODE, rows("5 | 4 | 120", "5 | 7 | 140"))
    must_stay_quiet(CODE, rows("4 | 4 | 100", "5 | 4,5 | 110", "40 | 70 | 175"))


def test_a_half_that_was_rounded_down_is_not_cut() -> None:
    """100.5 printed 100 beside capaian that were surely rounded: a matter of roundings, no limit was kept."""
    must_stay_quiet(CODE, rows("30 | 50 | 166,67", "70 | 50 | 71,43", "90 | 50 | 55,56", "200 | 201 | 100"))
