"""RA105: realisasi of expenditure does not exceed its pagu."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA105"


def one(realisasi: str, pagu: str = "300.000.000", unit: str = "Rp", title: str = "Realisasi Anggaran 2024") -> str:
    return f"""
        {title}
        | No | Uraian            | Anggaran ({unit}) | Realisasi ({unit}) |
        | 1  | Program Penunjang | {pagu}            | {realisasi}        |
        | 2  | Program Sosial    | 700.000.000       | 650.000.000        |
    """


@pytest.mark.parametrize("realisasi", ["299.999.999", "300.000.000", "0", "-", "NA", "(5.000.000)", "300.000.000,00"])
def test_within_the_budget(realisasi: str) -> None:
    must_stay_quiet(CODE, one(realisasi))


@pytest.mark.parametrize("realisasi", ["300.000.001 *", "300.000.000,50 *", "3.000.000.000 *"])
def test_beyond_the_budget(realisasi: str) -> None:
    must_find(CODE, one(realisasi))


def test_spending_without_any_budget() -> None:
    must_find(CODE, one("5.000.000 *", pagu="0"))


def test_a_row_below_a_total_that_hides_it() -> None:
    must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     | Realisasi (Rp) |
        | 1  | Program Penunjang | 300.000.000   | 310.000.000 *  |
        | 2  | Program Sosial    | 700.000.000   | 600.000.000    |
        |    | Jumlah            | 1.000.000.000 | 910.000.000    |
        """,
    )


def test_millions_may_be_off_by_their_roundings() -> None:
    drawing = "| No | Program | Pagu (Rp juta) | Realisasi (Rp juta) |\n| 1 | Program A | 300 | {} |"
    must_stay_quiet(CODE, drawing.format("301"))
    must_find(CODE, drawing.format("302 *"))


@pytest.mark.parametrize(
    "title",
    ["Realisasi Pendapatan Tahun 2024", "Target dan Realisasi PAD Tahun 2024", "Penerimaan Retribusi Tahun 2024"],
)
def test_a_table_of_revenue_may_exceed_its_plan(title: str) -> None:
    must_pass_over(
        CODE,
        f"""
        {title}
        | No | Uraian | Target (Rp) | Realisasi (Rp) |
        | 1  | Parkir | 300.000.000 | 310.000.000    |
        | 2  | Pasar  | 700.000.000 | 750.000.000    |
        """,
    )


def test_an_office_of_revenue_has_expenditure_of_its_own() -> None:
    title = "Realisasi Anggaran Badan Pendapatan Daerah 2024"
    must_find(CODE, one("310.000.000 *", title=title))
    must_find(CODE, f"{title}\n| Uraian | Pagu (Rp) | Realisasi (Rp) |\n| Gaji | 300.000.000 | 310.000.000 * |")


def test_expenditure_paid_from_revenue_is_expenditure() -> None:
    must_find(CODE, one("310.000.000 *", title="Pendapatan dan Belanja Tahun 2024"))


def test_a_heading_that_names_revenue() -> None:
    must_pass_over(
        CODE,
        """
        | No | Uraian Pendapatan | Target (Rp) | Realisasi (Rp) |
        | 1  | Parkir            | 300.000.000 | 310.000.000    |
        | 2  | Pasar             | 700.000.000 | 750.000.000    |
        """,
    )


def test_revenue_rows_with_all_below_them_beside_expenditure() -> None:
    drawing = """
        | No  | Uraian                 | Anggaran (Rp) | Realisasi (Rp) |
        | 1   | Pendapatan             | 1.500.000.000 | 1.600.000.000  |
        | 1.1 | Pendapatan Asli Daerah | 1.000.000.000 | 1.100.000.000  |
        | 1.2 | Hibah                  | 500.000.000   | 500.000.001    |
        | 2   | Belanja                | 1.700.000.000 | 1.600.000.000  |
        | 2.1 | Belanja Operasi        | 1.000.000.000 | {}             |
        | 2.2 | Belanja Modal          | 700.000.000   | 600.000.000    |
    """
    must_stay_quiet(CODE, drawing.format("1.000.000.000"))
    must_find(CODE, drawing.format("1.000.000.001 *"))


def test_revenue_by_its_account_code() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode  | Uraian          | Anggaran (Rp) | Realisasi (Rp) |
        | 4.1   | Jasa umum       | 1.000.000.000 | 1.100.000.000  |
        | 5.1   | Belanja Operasi | 1.000.000.000 | 900.000.000    |
        """,
    )


def test_a_deficit_is_no_expenditure() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Uraian            | Anggaran (Rp) | Realisasi (Rp) |
        | 1  | Belanja Operasi   | 1.000.000.000 | 900.000.000    |
        | 2  | Belanja Modal     | 700.000.000   | 600.000.000    |
        | 3  | Surplus/(Defisit) | (200.000.000) | 0              |
        | 4  | SiLPA             | 0             | 30.000.000     |
        """,
    )


def test_a_mean_and_a_ratio_are_no_expenditure() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program                       | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang             | 300.000.000 | 240.000.000    |
        | 2  | Program Sosial                | 400.000.000 | 300.000.000    |
        |    | Jumlah                        | 700.000.000 | 540.000.000    |
        |    | Persentase Realisasi Anggaran | 0           | 77,14          |
        """,
    )


def test_another_years_budget_is_no_ceiling() -> None:
    must_pass_over(
        CODE,
        """
        | Program           | Pagu 2024 (Rp) | Realisasi 2023 (Rp) |
        | Program Penunjang | 300.000.000    | 340.000.000         |
        | Program Sosial    | 400.000.000    | 410.000.000         |
        """,
    )


def test_what_a_finding_says() -> None:
    (flag,) = must_find(
        CODE, "| No | Program | Pagu (Rp) | Realisasi (Rp) |\n| 1 | Program A | 300000000 | 310000000 * |"
    )
    assert (flag.stated, flag.computed, flag.difference) == ("310000000", "300000000", 10_000_000)
    assert flag.message.id == (
        "Realisasi 310.000.000 melebihi pagu 300.000.000 sebesar 10.000.000. "
        "Anggaran adalah batas tertinggi pengeluaran."
    )
    assert flag.live == "D2*1>C2*1"


def test_a_pagu_is_no_ceiling_by_the_quarter() -> None:
    must_pass_over(
        CODE,
        """
        | Program           | Pagu (Rp)   | Realisasi Triwulan I (Rp) |
        | Program Penunjang | 300.000.000 | 340.000.000               |
        """,
    )


def test_a_pagu_without_a_year_is_that_of_the_table() -> None:
    drawing = """
        Realisasi Anggaran Tahun 2024
        | Program           | Pagu (Rp)   | Realisasi Tahun 2023 (Rp) | Realisasi Tahun 2024 (Rp) |
        | Program Penunjang | 300.000.000 | 340.000.000               | {}                        |
    """
    must_stay_quiet(CODE, drawing.format("300.000.000"))
    must_find(CODE, drawing.format("310.000.000 *"))


def test_spending_so_far_against_the_plan_of_five_years() -> None:
    """Form E.81 prints what was spent up to this year beside the plan of all years; more is no breach of a budget."""
    must_pass_over(
        CODE,
        """
        | Kode | Uraian | Target RPJMD Tahun 2026 | < | Realisasi RPJMD s/d Tahun 2024 | < |
        | ^ | ^ | K | Rp | K | Rp |
        | 1.06.02.2.01 | Pembinaan | 200 | 405.000.000 | 450 | 852.442.522 |
        """,
    )


@pytest.mark.parametrize(
    ("rows", "total", "of_revenue"), [("Retribusi", "Jumlah", True), ("Gaji", "Jumlah Pendapatan", False)]
)
def test_most_of_the_rows_tell_what_the_table_is_about_not_its_totals(rows: str, total: str, of_revenue: bool) -> None:
    drawing = f"""
        | No | Uraian        | Anggaran (Rp) | Realisasi (Rp) |
        | 1  | {rows} satu   | 300.000.000   | 250.000.000    |
        | 2  | {rows} dua    | 300.000.000   | 250.000.000    |
        | 3  | Sewa kios     | 300.000.000   | 350.000.000 {{}} |
        |    | {total}       | 900.000.000   | 850.000.000    |
    """
    if of_revenue:
        must_pass_over(CODE, drawing.format(""))
    else:
        must_find(CODE, drawing.format("*"))
