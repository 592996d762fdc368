"""RA108: a share of the total is the pagu divided by the total."""

from __future__ import annotations

from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "RA108"


def shares(*rows: tuple[str, str], total: str = "") -> str:
    lines = "".join(f"\n| Sasaran {n} | {a} | {b} |" for n, (a, b) in enumerate(rows))
    return "| Sasaran | Anggaran (Rp) | % Anggaran dari Total |" + lines + (f"\n| Jumlah | {total} |" if total else "")


WHOLE = (("534.200.000", "72,99"), ("102.400.000", "13,99"), ("95.300.000", "13,02"))
PART = (("2.300.170.000", "17,46"), ("1.370.650.000", "10,40"), ("1.325.000.000", "10,06"))


def test_of_the_total_row() -> None:
    must_stay_quiet(CODE, shares(*WHOLE, total="731.900.000 | 100,00"))
    must_stay_quiet(CODE, shares(*WHOLE, total="731.900.000 | "))


def test_of_the_sum_of_all_rows() -> None:
    must_stay_quiet(CODE, shares(*WHOLE))


def test_cut_off_instead_of_rounded() -> None:
    must_stay_quiet(CODE, shares(("534.200.000", "72,98"), *WHOLE[1:], total="731.900.000 | 100,00"))


def test_of_a_total_outside_of_the_table() -> None:
    must_stay_quiet(CODE, shares(*PART, ("125.000.000", "0,95")))


def test_a_list_that_is_not_complete_need_not_reach_a_hundred() -> None:
    must_stay_quiet(CODE, shares(("200.000.000", "20"), ("100.000.000", "10"), ("50.000.000", "5")))


def test_a_percentage_of_absorption_is_no_share() -> None:
    must_pass_over(CODE, "| Sasaran | Anggaran (Rp) | Realisasi (Rp) | % |\n| Sasaran a | 5.000.000 | 4.000.000 | 80 |")


def test_no_total_can_be_told() -> None:
    must_not_judge(CODE, shares(("200.000.000", "20 *"), ("100.000.000", "70"), ("50.000.000", "31")))
    must_not_judge(CODE, shares(("200.000.000", "20 *"), ("100.000.000", "10")))


def test_a_share_off_against_the_total_row() -> None:
    (flag,) = must_find(CODE, shares(("534.200.000", "73,91 *"), *WHOLE[1:], total="731.900.000 | 100,00"))
    assert (flag.stated, flag.computed, flag.severity) == ("73.91", "72.99", None)
    assert flag.message.id == "Bagian dari total tertulis 73,91 %, padahal pagu ÷ total × 100 = 72,99 %."
    assert flag.relation is not None


def test_a_total_that_is_not_a_hundred() -> None:
    must_find(CODE, shares(*WHOLE, total="731.900.000 | 99,00 *"))


def test_a_share_off_against_the_sum() -> None:
    (flag,) = must_find(CODE, shares(("534.200.000", "73,91 *"), *WHOLE[1:]))
    assert flag.severity is Severity.ERROR and flag.computed == "72.99"
    assert "jumlah seluruh baris (731.900.000)" in flag.message.id


def test_a_share_off_against_a_total_outside() -> None:
    (flag,) = must_find(CODE, shares(*PART, ("125.000.000", "1,95 *")))
    assert flag.severity is Severity.WARNING and flag.computed == "0.95"
    assert "menurut 3 baris lain" in flag.message.id


def test_a_total_row_that_is_only_a_part_is_not_what_the_shares_are_of() -> None:
    must_stay_quiet(CODE, shares(*PART, ("125.000.000", "0,95"), total="5.120.820.000 | "))


FOUR = (("400.000.000", "40,00"), ("300.000.000", "30,00"), ("200.000.000", "20,00"))


def test_one_wrong_amount_in_a_list_without_total() -> None:
    must_stay_quiet(CODE, shares(*FOUR, ("100.000.000", "10,00")))
    must_find(CODE, shares(*FOUR, ("10.000.000", "10,00 *")))


def test_negative_amounts_are_no_portion_of_a_common_total() -> None:
    must_not_judge(CODE, shares(("-400.000.000", "40,00 *"), ("300.000.000", "11,00"), ("200.000.000", "77,00")))
