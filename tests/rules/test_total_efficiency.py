"""EF102: total efficiency counts every budget once."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

CODE = "EF102"


def plain(total: str, *more: str) -> str:
    lines = "".join(f"\n{line}" for line in more)
    return f"""| Sasaran | Capaian Kinerja (%) | Serapan Anggaran (%) | Efisiensi (%) |
| Sasaran a | 107,66 | 98,28 | 9,38 |
| Sasaran b | 100,00 | 96,25 | 3,75 |
| Sasaran c | 101,20 | 95,10 | 6,10 |{lines}
| {total} |"""


def shared(total: str) -> str:
    return f"""
        | Sasaran   | Indikator | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) | Efisiensi (%) |
        | Sasaran a | Satu      | 100,00      | 100.000.000 | 95.000.000     | 95,00       | 5,00          |
        | Sasaran b | Dua       | 110,00      | 200.000.000 | 160.000.000    | 80,00       | 27,27         |
        | ^         | Tiga      | 100,00      | ^           | ^              | ^           | 20,00         |
        | Jumlah    |           |             | 300.000.000 | 255.000.000    |             | {total}       |
    """


def test_the_mean() -> None:
    must_stay_quiet(CODE, plain("Rata-rata | | | 6,41"))
    must_stay_quiet(CODE, plain("Jumlah | | | 6,41"))


def test_its_own_difference_or_ratio() -> None:
    must_stay_quiet(CODE, plain("Jumlah | 102,95 | 97,00 | 5,95"))
    must_stay_quiet(CODE, plain("Jumlah | 102,95 | 97,00 | 5,78"))


@pytest.mark.parametrize("total", ["17,74", "18,33", "17,42"])
def test_weighted_with_every_budget_once_or_the_mean_or_out_of_sums(total: str) -> None:
    must_stay_quiet(CODE, shared(total))


def test_one_last_digit_is_left_to_rounding() -> None:
    must_stay_quiet(CODE, plain("Rata-rata | | | 6,42"))
    must_find(CODE, plain("Rata-rata | | | 6,43 *"))
    must_find(CODE, plain("Rata-rata | | | 6,39 *"))


def test_a_dash_says_nothing() -> None:
    must_pass_over(CODE, plain("Jumlah | | | -"))


def test_one_row_has_no_total() -> None:
    must_pass_over(
        CODE,
        """
        | Sasaran   | Capaian Kinerja (%) | Serapan Anggaran (%) | Efisiensi (%) |
        | Sasaran a | 107,66              | 98,28                | 9,38          |
        | Jumlah    |                     |                      | 8,00          |
        """,
    )


def test_a_budget_counted_twice() -> None:
    (flag,) = must_find(CODE, shared("20,19 *"))
    assert (flag.stated, flag.computed) == ("20.19", "17.74")
    assert "lebih dari satu kali" in flag.message.id and "hasilnya 17,74 %" in flag.message.id


def test_a_total_of_no_form() -> None:
    (flag,) = must_find(CODE, shared("12,00 *"))
    assert flag.message.id == (
        "Efisiensi total tertulis 12,00 %, padahal rata-rata barisnya 17,42 % dan menurut jumlah anggarannya 17,74 %."
    )
    (flag,) = must_find(CODE, plain("Jumlah | | | 19,23 *"))
    assert flag.message.id == "Efisiensi total tertulis 19,23 %, padahal rata-rata barisnya 6,41 %."


def test_an_unreadable_row_leaves_the_total_unjudged() -> None:
    must_not_judge(CODE, plain("Jumlah | | | 19,23 *", "| Sasaran d | 100,00 | 96,25 | 3,7,5 |"))


def test_a_row_without_capaian_leaves_only_the_mean() -> None:
    (flag,) = must_find(CODE, shared("12,00 *").replace("| Tiga      | 100,00 ", "| Tiga      |        "))
    assert "jumlah anggaran" not in flag.message.id
