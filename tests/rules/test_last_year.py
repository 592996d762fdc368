"""XT110: last year's figures are those of last year's workbook."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "XT110"
OFFICE = "DINAS SOSIAL KABUPATEN CONTOH"


def years(
    past: str,
    office: str = OFFICE,
    title: str = "Pengukuran Kinerja Tahun 2023",
    name: str = "Persentase PPKS terlayani",
    measured: str = "84",
    heading: str = "Realisasi 2023",
    more: str = "",
) -> str:
    return f"""
# Buku: lama.xlsx
{office}
{title}
| Indikator                 | Target | Realisasi  | Capaian (%) |
| Persentase PPKS terlayani | 80     | {measured} | 105,00      |
| Indeks kepuasan           | 81     | 81         | 100,00      |
{more}
# Buku: baru.xlsx
{OFFICE}
Perbandingan Kinerja Tahun 2024
| Indikator                 | {heading} | Realisasi 2024 |
| {name}                    | {past}    | 87             |
| Indeks kepuasan           | 81        | 88             |
"""


@pytest.mark.parametrize("past", ["84", "84,0", "84 %", "84,4"])
def test_the_same_figure(past: str) -> None:
    """84 may have been 84,4 before it was rounded."""
    must_stay_quiet(CODE, years(past))


@pytest.mark.parametrize("past", ["86 *", "48 *", "85 *"])
def test_another_figure(past: str) -> None:
    must_find(CODE, years(past, measured="84,0"))


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, years("86 *", name="Persentase PPKS terlayni"))
    assert flag.message.id == (
        "Realisasi 2023 tertulis 86, tetapi 84 di buku kerja tahun itu (lama.xlsx, Lembar!C4). "
        "Namanya tidak persis sama (kemiripan 97 %)."
    )
    assert (flag.stated, flag.computed, flag.difference, flag.live) == ("86", "84", 2, None)
    assert [(one.path, one.sheet, one.cell) for one in flag.elsewhere] == [("lama.xlsx", "Lembar", "C4")]


@pytest.mark.parametrize(
    "office", ["DINAS PENDIDIKAN KABUPATEN CONTOH", "DINAS SOSIAL KABUPATEN BARU", "KABUPATEN CONTOH"]
)
def test_another_office(office: str) -> None:
    must_pass_over(CODE, years("70", office))


def test_the_same_office_in_other_letters() -> None:
    must_find(CODE, years("86 *", "Dinas Sosial Kabupaten Contoh"))


@pytest.mark.parametrize(
    "title",
    ["Pengukuran Kinerja Tahun 2022", "Pengukuran Kinerja Tahun 2024", "Pengukuran Kinerja Tahun 2025",
     "Pengukuran Kinerja", "Pengukuran Kinerja Triwulan III Tahun 2023"],
)  # fmt: skip
def test_workbooks_of_other_periods_say_nothing_of_that_year(title: str) -> None:
    must_pass_over(CODE, years("70", title=title))


@pytest.mark.parametrize("title", ["Pengukuran Kinerja Triwulan IV Tahun 2023", "Pengukuran Kinerja Tahun 2023"])
def test_the_last_quarter_is_the_year(title: str) -> None:
    must_find(CODE, years("70 *", title=title))


@pytest.mark.parametrize("name", ["Persentase PMKS terlayani", "-"])
def test_other_indicators(name: str) -> None:
    must_stay_quiet(CODE, years("70", name=name))


def test_another_role() -> None:
    """The target of last year is not its result."""
    must_stay_quiet(CODE, years("80", heading="Target 2023"))
    must_find(CODE, years("84 *", heading="Target 2023"))


def test_one_table_of_last_years_workbook_is_enough() -> None:
    more = """
| Catatan |
# Lembar: Simpulan
Simpulan Kinerja Tahun 2023
| Indikator                 | Target | Realisasi | Capaian (%) |
| Persentase PPKS terlayani | 80     | 86        | 107,50      |
"""
    must_stay_quiet(CODE, years("86", more=more))
    must_find(CODE, years("88 *", more=more))


def test_amounts_in_other_units() -> None:
    drawing = f"""
# Buku: lama.xlsx
{OFFICE}
Realisasi Anggaran Tahun 2023
| No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
| 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.123  |
| 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    |
# Buku: baru.xlsx
{OFFICE}
Perbandingan Anggaran Tahun 2024
| No | Program                     | Realisasi 2023 (Rp juta) | Realisasi 2024 (Rp juta) |
| 1  | Program Rehabilitasi Sosial | {{}}                     | 2.111,25                 |
| 2  | Program Penanganan Bencana  | 830,35                   | 611,30                   |
"""
    must_stay_quiet(CODE, drawing.format("2.053,25"))
    must_find(CODE, drawing.format("2.035,25 *"))


def test_a_workbook_alone_is_held_against_none() -> None:
    must_pass_over(CODE, years("86").split("# Buku: baru.xlsx\n")[1])


def test_the_plan_is_no_report_of_last_year() -> None:
    """Targets of a plan over years do not count: the plan may have been revised."""
    drawing = f"""
# Buku: lama.xlsx
{OFFICE}
Pengukuran Kinerja Tahun 2023
| Indikator                 | Target | Realisasi  | Capaian (%) |
| Persentase PPKS terlayani | 80     | 84         | 105,00      |
# Buku: baru.xlsx
{OFFICE}
Target Renstra Tahun 2024
| Indikator                 | Target 2022 | Target 2023 | Target 2024 |
| Persentase PPKS terlayani | 70          | 75          | 80          |
"""
    must_pass_over(CODE, drawing)


def test_a_finding_names_its_own_row_and_column() -> None:
    drawing = years("84").replace("| Indeks kepuasan           | 81        | 88 ", "| Indeks kepuasan | 83 * | 88 ")
    (flag,) = must_find(CODE, drawing)
    assert flag.label.id == "Indeks kepuasan · Realisasi 2023"
