"""EF103: performance and budget of one row do not contradict each other."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "EF103"


def one(capaian: str, pagu: str, realisasi: str, persen: str = "") -> str:
    return f"""
        | Indikator      | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) |
        | PPKS terlayani | 20     | 20        | {capaian}   | {pagu}      | {realisasi}    | {persen}    |
        | Desa tangguh   | 40     | 38        | 95,00       | 102.400.000 | 101.900.000    | 99,51       |
    """


def test_the_usual_rows() -> None:
    must_stay_quiet(CODE, one("100,00", "534.200.000", "524.271.000", "98,14"))
    must_stay_quiet(CODE, one("99,99", "534.200.000", "0", "0,00"))
    must_stay_quiet(CODE, one("0", "534.200.000", "480.779.999", "90,00"))


def test_without_a_budget_nothing_can_be_spent() -> None:
    must_stay_quiet(CODE, one("100,00", "0", "0", ""))
    must_stay_quiet(CODE, one("100,00", "-", "-", "-"))


def test_not_filled_in_yet_is_told_by_another_rule() -> None:
    must_stay_quiet(CODE, one("100,00", "534.200.000", "", ""))


def test_a_dash_for_what_is_not_financed() -> None:
    must_stay_quiet(CODE, one("100,00", "534.200.000", "-", "-"))


def test_a_budget_shared_by_two_indicators() -> None:
    must_stay_quiet(
        CODE,
        """
        | Sasaran   | Indikator      | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) | Serapan (%) |
        | Sasaran a | PPKS terlayani | 20     | 20        | 100         | 534.200.000 | 524.271.000    | 98,14       |
        | ^         | Desa tangguh   | 40     | 0         | 0           | ^           | ^              | ^           |
        """,
    )


def test_no_performance_beside() -> None:
    must_pass_over(CODE, "| Program | Pagu (Rp) | Realisasi (Rp) | % |\n| Program A | 5.000.000 | 0 | 0,00 |")


@pytest.mark.parametrize("capaian", ["100", "100,00", "120"])
def test_achieved_with_nothing_spent(capaian: str) -> None:
    (flag,) = must_find(CODE, one(f"{capaian} *", "534.200.000", "0", "0,00"))
    assert flag.message.id == f"Capaian kinerjanya {capaian} %, padahal realisasi anggarannya nol."


def test_without_a_column_of_budgets_the_percentage_tells() -> None:
    header = "| Indikator | Target | Realisasi | Capaian (%) | Realisasi (Rp) | Serapan (%) |"
    other = "\n| Desa tangguh | 40 | 38 | 95,00 | 101.900.000 | 99,51 |"
    must_find(CODE, f"{header}\n| PPKS terlayani | 20 | 20 | 100,00 * | 0 | 0,00 |{other}")
    must_stay_quiet(CODE, f"{header}\n| PPKS terlayani | 20 | 20 | 100,00 | 0 | - |{other}")


@pytest.mark.parametrize("realisasi", ["480.780.000", "534.200.000"])
def test_spent_without_a_result(realisasi: str) -> None:
    (flag,) = must_find(CODE, one("0,00 *", "534.200.000", realisasi))
    share = "90,00" if realisasi == "480.780.000" else "100,00"
    assert flag.message.id == f"Capaian kinerjanya 0,00 %, padahal anggarannya terserap {share} %."


def test_a_capaian_that_says_nothing_is_passed_over() -> None:
    header = "| Indikator | Target | Realisasi | Capaian (%) | Pagu (Rp) | Realisasi (Rp) |"
    must_pass_over(CODE, f"{header}\n| Desa | 40 | - | - | 5.000.000 | 4.900.000 |\n| Kota | 4 | - | - | 500 | 400 |")


def titled(title: str, sheet: str = "Kinerja") -> str:
    return f"""
        # Lembar: {sheet}
        {title}
        | Indikator      | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) |
        | PPKS terlayani | 20     | 0         | 0 {{}}      | 534.200.000 | 524.271.000    |
        | Desa tangguh   | 40     | 40        | 100 {{}}    | 102.400.000 | 0              |
    """


@pytest.mark.parametrize("title", ["Capaian Kinerja dan Anggaran Triwulan II Tahun 2024", "Capaian Semester I 2024"])
def test_while_the_year_lasts_money_may_run_ahead_or_behind(title: str) -> None:
    must_pass_over(CODE, titled(title).replace("{}", ""))


@pytest.mark.parametrize("title", ["Capaian Kinerja dan Anggaran Tahun 2024", "Capaian Triwulan IV Tahun 2024"])
def test_at_its_end_they_contradict(title: str) -> None:
    must_find(CODE, titled(title).replace("{}", "*"))


@pytest.mark.parametrize(("period", "quiet"), [("Triwulan III", True), ("Triwulan IV", False), ("Tahunan", False)])
def test_the_period_that_identitas_names(period: str, quiet: bool) -> None:
    drawing = f"# Templat: realisasi-anggaran\n# Lembar: Identitas\n| Periode laporan | {period} |\n" + titled("A")
    if quiet:
        must_pass_over(CODE, drawing.replace("\n        ", "\n").replace("{}", ""))
    else:
        must_find(CODE, drawing.replace("\n        ", "\n").replace("{}", "*"))


def quarters(fourth: str, last: str = "IV") -> str:
    return f"""
        Evaluasi Hasil Rencana Kerja Tahun 2024
        | Uraian | Indikator | Target 2024 | < | Realisasi Triwulan I | < | Realisasi Triwulan {last} | < | Realisasi Tahun 2024 | < | Tingkat Capaian Tahun 2024 (%) | < |
        | ^ | ^ | K | Rp | K | Rp | K | Rp | K | Rp | K | Rp |
        | Program A | Laporan | 4 | 90000000 | 4 | 0 | {fourth} | | 4 | 0 | 100 {{}} | 0 |
        | Program B | Aduan | 5 | 90000000 | 1 | 50000000 | {fourth} | | 2 | 50000000 | 40 | 55,56 |
    """  # noqa: E501


def test_a_table_with_quarters_is_judged_once_the_last_is_filled_in() -> None:
    must_pass_over(CODE, quarters("").replace("{}", ""))
    must_pass_over(CODE, quarters("0").replace("{}", ""))
    must_pass_over(CODE, quarters("1", "III").replace("{}", ""))
    must_find(CODE, quarters("1").replace("{}", "*"))


def test_the_check_is_a_formula_while_both_are_numbers() -> None:
    (flag,) = must_find(CODE, one("100 *", "534.200.000", "0", "0,00"))
    assert flag.live is not None and flag.live.startswith("AND(N(") and flag.live.endswith(")=0)")
    (flag,) = must_find(CODE, one("0 *", "534.200.000", "500000000", "93,60"))
    assert flag.live is not None and "=0,N(" in flag.live and flag.live.endswith(")>0)")
