"""KI112: figures of performance beyond all expectation."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI112"


def one(satuan: str, target: str, realisasi: str, capaian: str, name: str = "Layanan sesuai standar") -> str:
    return f"""
        | No | Indikator Kinerja | Satuan   | Target   | Realisasi   | Capaian (%) |
        | 1  | {name}            | {satuan} | {target} | {realisasi} | {capaian}   |
        | 2  | Berkas tersusun   | berkas   | 87       | 83          | 95,40       |
    """


@pytest.mark.parametrize("capaian", ["100", "0", "200", "200,00", "199,99"])
def test_what_may_be(capaian: str) -> None:
    must_stay_quiet(CODE, one("orang", "50", "100", capaian))


def test_a_dash_or_a_blank() -> None:
    must_stay_quiet(CODE, one("orang", "50", "-", "-"))
    must_stay_quiet(CODE, one("orang", "50", "", ""))


def test_a_percentage_of_all() -> None:
    must_stay_quiet(CODE, one("%", "100", "100", "100"))
    must_stay_quiet(CODE, one("%", "1.00 as 0%", "1.00 as 0%", "1.00 as 0%"))


@pytest.mark.parametrize(
    "name",
    ["Persentase pertumbuhan usaha", "Persentase peningkatan pelaku", "Persentase capaian pendapatan", "Rasio serapan"],
)
def test_percentages_that_may_exceed_a_hundred(name: str) -> None:
    must_stay_quiet(CODE, one("%", "120", "130", "108,33", name))


def test_scores_and_counts_may_exceed_a_hundred() -> None:
    must_stay_quiet(CODE, one("orang", "120", "130", "108,33"))
    must_stay_quiet(CODE, one("nilai", "120", "130", "108,33", "Persentase layanan"))


@pytest.mark.parametrize(
    ("target", "realisasi"), [("80 %", "84 %"), ("80 persen", "84%"), ("54 Dokumen", "54 dokumen")]
)
def test_one_unit(target: str, realisasi: str) -> None:
    must_stay_quiet(CODE, one("", target, realisasi, "105"))


def test_a_letter_behind_a_score_is_no_unit() -> None:
    must_stay_quiet(CODE, one("nilai", "84,00 (A)", "92,45 (AA)", "110,06"))


def test_quantities_under_a_heading_that_says_capaian() -> None:
    must_pass_over(CODE, "| Indikator | Satuan | Capaian 2022 | Capaian 2023 |\n| Berkas | berkas | 850 | 900 |")


@pytest.mark.parametrize("capaian", ["200,01", "450", "1.250,00"])
def test_a_capaian_beyond_twice_the_target(capaian: str) -> None:
    (flag,) = must_find(CODE, one("orang", "20", "90", f"{capaian} *"))
    assert flag.severity is None and "melampaui 200" in flag.message.id


def test_a_capaian_below_zero() -> None:
    (flag,) = must_find(CODE, one("orang", "20", "50", "-50,00 *"))
    assert flag.message.id == "Capaian -50,00 % di bawah nol; capaian kinerja hampir tidak pernah negatif."


def test_a_percentage_beyond_all() -> None:
    (flag,) = must_find(CODE, one("%", "80", "100,01 *", "125,01"))
    assert flag.message.id == "Indikator ini persentase, tetapi angkanya 100,01, lebih dari 100."
    must_find(CODE, one("persen", "104 *", "80", "76,92"))


def test_without_a_unit_the_name_tells() -> None:
    must_find(CODE, one("", "80", "104 *", "130", "Persentase layanan sesuai standar"))
    must_stay_quiet(CODE, one("", "80", "104", "130", "Layanan sesuai standar"))


def test_two_units() -> None:
    (flag,) = must_find(CODE, one("", "80 orang", "84 % *", "105"))
    assert flag.message.id == "Realisasi ditulis dalam “%”, sedangkan targetnya dalam “orang”."
    must_find(CODE, one("", "80 orang", "84 keluarga *", "105"))


def test_all_of_them_are_warnings() -> None:
    from xlaudit.rules.plausible_performance import RULE

    assert RULE.severity is Severity.WARNING


def test_other_bounds() -> None:
    settled = "# Pengaturan: plausibility.capaian_above = 150\n# Pengaturan: plausibility.percent_above = 90\n"
    must_stay_quiet(CODE, settled + one("%", "90", "90", "150").replace("\n        ", "\n").strip())
    must_find(CODE, settled + one("%", "90", "90,01 *", "150,01 *").replace("\n        ", "\n").strip())


def test_the_check_is_a_formula_in_the_unit_of_the_column() -> None:
    assert must_find(CODE, one("orang", "20", "90", "450 as 0.00 *"))[0].live == "N(F2)>200"
    assert must_find(CODE, one("orang", "20", "50", "-50 as 0.00 *"))[0].live == "N(F2)<0"
    assert must_find(CODE, one("orang", "20", "90", "4.50 as 0% *"))[0].live == "N(F2)*100>200"
