"""XT101: an indicator's figures are the same wherever they are printed."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "XT101"
MEASURED = """
    # Sheet: Pengukuran
    Pengukuran Kinerja Tahun 2024
    | Indikator                 | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani | 80     | 84        | 105,00      |
    | Indeks kepuasan           | 85     | 83,3      | 98,00       |
"""


def efficiency(indikator: str = "Persentase PPKS terlayani", capaian: str = "105,00", year: str = "2024") -> str:
    return (
        MEASURED
        + f"""
    # Sheet: Efisiensi
    Efisiensi Tahun {year}
    | Indikator       | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | {indikator}     | {capaian}           | 95,00                   | 10,00         |
    """
    )


@pytest.mark.parametrize(
    "capaian", ["105,00", "105", "105,0 %", "105", "1.05 as 0.00%", "104.999 as 0.00", "-", "NA", ""]
)
def test_the_same_figure_in_any_spelling(capaian: str) -> None:
    drawing = efficiency(capaian=capaian)
    if capaian in ("-", "NA", ""):
        must_pass_over(CODE, drawing)
    else:
        must_stay_quiet(CODE, drawing)


@pytest.mark.parametrize("capaian", ["105,50 *", "150,00 *", "103 *", "1.07 as 0.00% *"])
def test_another_figure(capaian: str) -> None:
    must_find(CODE, efficiency(capaian=capaian))


@pytest.mark.parametrize(
    "indikator",
    [
        "PERSENTASE PPKS TERLAYANI",
        "Prosentase PPKS terlayani",
        "1. Persentase PPKS terlayani",
        "Persentase PPKS yang terlayani",
        "Persentase  PPKS terlayni",
    ],
)
def test_the_same_name_in_another_spelling(indikator: str) -> None:
    must_stay_quiet(CODE, efficiency(indikator))
    must_find(CODE, efficiency(indikator, "106,00 *"))


@pytest.mark.parametrize("indikator", ["Persentase PMKS terlayani", "Indeks PPKS terlayani", "Persentase PPKS", "-"])
def test_other_names_are_other_indicators(indikator: str) -> None:
    must_pass_over(CODE, efficiency(indikator, "70,00"))


def test_another_year_is_another_figure() -> None:
    must_pass_over(CODE, efficiency(capaian="70,00", year="2023"))


def test_the_years_of_a_comparison_are_told_apart() -> None:
    drawing = (
        MEASURED
        + """
    # Sheet: Perbandingan
    Perbandingan Realisasi Kinerja
    | Indikator                 | Realisasi 2022 | Realisasi 2023 | Realisasi 2024 |
    | Persentase PPKS terlayani | 70             | 75             | {}             |
    """
    )
    must_stay_quiet(CODE, drawing.format("84"))
    must_find(CODE, drawing.format("75,5 *"))


def test_an_indicator_named_twice_in_a_table_is_not_told_apart() -> None:
    must_pass_over(
        CODE,
        """
        # Sheet: Pengukuran
        Pengukuran Kinerja Tahun 2024
        | Indikator       | Target | Realisasi | Capaian (%) |
        | Nilai SAKIP     | 80     | 84        | 105,00      |
        | Nilai SAKIP     | 70     | 63        | 90,00       |
        # Sheet: Efisiensi
        Efisiensi Tahun 2024
        | Indikator       | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
        | Nilai SAKIP     | 97,50               | 95,00                   | 2,50          |
        """,
    )


def agreement(target: str, title: str = "Perjanjian Kinerja Tahun 2024") -> str:
    return (
        MEASURED
        + f"""
    # Sheet: PK
    {title}
    | Sasaran | Indikator                 | Target   |
    | Layanan | Persentase PPKS terlayani | {target} |
    """
    )


def test_the_target_of_the_agreement() -> None:
    must_stay_quiet(CODE, agreement("80"))
    must_stay_quiet(CODE, agreement("80 %"))


def test_a_target_may_have_been_revised_so_it_is_a_warning() -> None:
    (flag,) = must_find(CODE, agreement("78 *"))
    assert flag.severity is Severity.WARNING


def test_the_agreement_before_revision_takes_no_part() -> None:
    must_stay_quiet(CODE, agreement("78", "Perjanjian Kinerja Sebelum Perubahan Tahun 2024"))


def test_an_agreement_that_another_one_revised_takes_no_part() -> None:
    must_stay_quiet(
        CODE,
        agreement("78")
        + """
    # Sheet: PK Perubahan
    Perjanjian Kinerja Perubahan Tahun 2024
    | Sasaran | Indikator                 | Target |
    | Layanan | Persentase PPKS terlayani | 80     |
    """,
    )


def test_bounds_are_no_figures_to_compare() -> None:
    must_pass_over(CODE, agreement("≥ 78"))


def test_a_cell_for_several_indicators_is_nobodys() -> None:
    must_pass_over(
        CODE,
        MEASURED
        + """
    # Sheet: Efisiensi
    Efisiensi Tahun 2024
    | Indikator                 | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Persentase PPKS terlayani | 101,50              | 95,00                   | 6,50          |
    | Indeks kepuasan           | ^                   | ^                       | ^             |
    """,
    )


def test_two_tables_outvote_the_third_wherever_it_stands() -> None:
    (flag,) = must_find(
        CODE,
        """
        # Sheet: Pengukuran
        Pengukuran Kinerja Tahun 2024
        | Indikator       | Target | Realisasi | Capaian (%) |
        | Persentase PPKS | 80 *   | 84        | 105,00      |
        # Sheet: Sasaran
        Capaian Sasaran Tahun 2024
        | Indikator       | Target | Realisasi |
        | Persentase PPKS | 82     | 84        |
        # Sheet: PK
        Perjanjian Kinerja Tahun 2024
        | Indikator       | Target |
        | Persentase PPKS | 82     |
        """,
    )
    assert flag.severity is None
    assert [table.sheet for table, _ in flag.because] == ["Sasaran", "PK"]


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, efficiency("Persentase PPKS terlayni", "105,50 *"))
    assert (flag.stated, flag.computed, str(flag.difference)) == ("105.5", "105", "0.50")
    assert flag.message.id == (
        "Capaian 2024 indikator ini tertulis 105,50 %, tetapi 105,00 % di Pengukuran!D3. "
        "Namanya tidak persis sama (kemiripan 97 %)."
    )
    assert flag.severity is None


def test_a_result_to_date_is_not_the_result_of_the_year() -> None:
    """A table for the first semester prints what was reached by then."""
    must_pass_over(
        CODE,
        MEASURED
        + """
    # Sheet: Semester I
    Realisasi Kinerja Semester I Tahun 2024
    | Indikator                 | Target | Realisasi Semester I | Capaian (%) |
    | Persentase PPKS terlayani | 80     | 40                   | 50,00       |
    """,
    )


def test_names_that_are_the_same_are_not_called_similar() -> None:
    (flag,) = must_find(CODE, efficiency("PERSENTASE PPKS TERLAYANI", "105,50 *"))
    assert flag.message.id == "Capaian 2024 indikator ini tertulis 105,50 %, tetapi 105,00 % di Pengukuran!D3."


def test_a_plan_over_several_years_may_be_out_of_date() -> None:
    """The plan's own target does not vote; where the year's differs from it, that needs an explanation."""
    drawing = """
    # Sheet: Renstra
    Target Renstra
    | Indikator                 | Target 2022 | Target 2023 | Target 2024 | Target 2025 |
    | Persentase PPKS terlayani | 70          | 75          | {}          | 85          |
    """
    must_stay_quiet(CODE, drawing.format("80") + MEASURED)
    (flag,) = must_find(CODE, drawing.format("78") + MEASURED.replace("| 80     |", "| 80 *   |"))
    assert flag.severity is Severity.WARNING


def test_a_rounder_print_between_two_others_agrees_with_both() -> None:
    must_stay_quiet(
        CODE,
        efficiency(capaian="105")
        + """
    # Sheet: Ringkasan
    Ringkasan Kinerja Tahun 2024
    | Indikator                 | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani | 80     | 84        | 105,0       |
    """,
    )


def test_a_figure_fetched_from_another_sheet_is_no_second_witness() -> None:
    """Two tables say 85, but one only looks it up in the other: the agreement after its revision is right."""
    [flag] = must_find(
        CODE,
        """
        # Lembar: PK
        Perjanjian Kinerja Tahun 2024
        | Sasaran              | Indikator                   | Target Sebelum Perubahan | Target Setelah Perubahan |
        | Meningkatnya layanan | Indeks kepuasan masyarakat  | 84                       | 87                       |
        | Meningkatnya layanan | Persentase layanan daring   | 60                       | 65                       |
        # Lembar: Pengukuran
        Pengukuran Kinerja Tahun 2024
        | Sasaran              | Indikator                  | Target | Realisasi | Capaian |
        | Meningkatnya layanan | Indeks kepuasan masyarakat | 85 *   | 85        | 100     |
        | Meningkatnya layanan | Persentase layanan daring  | 65     | 65        | 100     |
        # Lembar: Perbandingan
        Perbandingan Kinerja Tahun 2024
        | Indikator                  | Realisasi 2023 | Target 2024                   | Realisasi 2024 |
        | Indeks kepuasan masyarakat | 83             | =INDEX(Pengukuran!C3:C4,1) -> 85 | 85          |
        | Persentase layanan daring  | 61             | =INDEX(Pengukuran!C3:C4,2) -> 65 | 65          |
        """,
    )
    assert flag.severity is not Severity.WARNING


def test_last_year_without_its_number_is_not_this_year() -> None:
    must_stay_quiet(
        CODE,
        """
        # Lembar: Pengukuran
        Pengukuran Kinerja
        | Indikator                  | Target | Realisasi | Capaian |
        | Indeks kepuasan masyarakat | 85     | 85        | 100     |
        | Persentase layanan daring  | 65     | 65        | 100     |
        # Lembar: Perbandingan
        Perbandingan Kinerja
        | Indikator                  | Realisasi Kinerja Tahun Lalu | Target Tahun Ini | Realisasi Kinerja Tahun Ini |
        | Indeks kepuasan masyarakat | 83                           | 85               | 85                          |
        | Persentase layanan daring  | 61                           | 65               | 65                          |
        """,
    )


def plan_and_copy(copied: str, others: tuple[str, str] = ("0,29", "87,5"), before: str = "99,85") -> str:
    """A plan over three years and a table of next year's targets that takes two others from it."""
    return f"""
    # Lembar: Renstra
    Target Renstra
    | Indikator                 | Target 2024 | Target 2025 | Target 2026 |
    | Persentase PPKS terlayani | {before}    | 99,89       | 99,93       |
    | Persentase PSKS aktif     | 0,28        | 0,29        | 0,30        |
    | Indeks kepuasan           | 87,35       | 87,5        | 88          |
    # Lembar: Rencana 2025
    Target Tahun 2025
    | Indikator                 | Satuan | Target     |
    | Persentase PPKS terlayani | persen | {copied}   |
    | Persentase PSKS aktif     | persen | {others[0]} |
    | Indeks kepuasan           | angka  | {others[1]} |
    """


def test_targets_copied_from_the_plan() -> None:
    must_stay_quiet(CODE, plan_and_copy("99,89"))


@pytest.mark.parametrize("copied", ["99,97", "98,50", "99,79"])
def test_a_target_that_may_have_been_revised_is_a_warning(copied: str) -> None:
    """Two digits differ, or one and the plan was never there: an office may have thought better of it."""
    before = "99,50" if copied == "99,79" else "99,85"
    (flag,) = must_find(CODE, plan_and_copy(f"{copied} *", before=before))
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        ("98,89", " Hanya satu digit yang berbeda, dan target tahun 2024 di tabel tersebut sudah melampauinya."),
        ("99,93", " Angka itu adalah target tahun 2026 di tabel tersebut."),
        ("99,85", " Angka itu adalah target tahun 2024 di tabel tersebut."),
    ],
)
def test_a_target_copied_wrongly_is_an_error_that_says_why(copied: str, said: str) -> None:
    (flag,) = must_find(CODE, plan_and_copy(f"{copied} *"))
    assert flag.severity is None
    assert flag.message.id.endswith(said)


def test_a_target_of_few_digits_is_revised_by_one_of_them() -> None:
    drawing = """
    # Lembar: Renstra
    Target Renstra
    | Indikator                 | Target 2024 | Target 2025 | Target 2026 |
    | Persentase PPKS terlayani | 80          | 85          | 90          |
    | Persentase PSKS aktif     | 28          | 29          | 30          |
    | Indeks kepuasan           | 87          | 88          | 89          |
    # Lembar: Rencana 2025
    Target Tahun 2025
    | Indikator                 | Satuan | Target |
    | Persentase PPKS terlayani | persen | 75 *   |
    | Persentase PSKS aktif     | persen | 29     |
    | Indeks kepuasan           | angka  | 88     |
    """
    (flag,) = must_find(CODE, drawing)
    assert flag.severity is Severity.WARNING


def test_a_table_with_targets_of_its_own_is_no_copy_of_the_plan() -> None:
    flags = must_find(CODE, plan_and_copy("98,89 *", ("0,45 *", "91,2 *")))
    assert {flag.severity for flag in flags} == {Severity.WARNING}


@pytest.mark.parametrize(("copied", "before", "sure"), [("98,89", "99,85", True), ("98,89", "98,80", False)])
def test_one_digit_is_proof_only_behind_the_year_before(copied: str, before: str, sure: bool) -> None:
    (flag,) = must_find(CODE, plan_and_copy(f"{copied} *", before=before))
    assert (flag.severity is None) is sure


def test_a_plan_that_falls_is_left_behind_from_above() -> None:
    drawing = """
    # Lembar: Renstra
    Target Renstra
    | Indikator                 | Target 2024 | Target 2025 | Target 2026 |
    | Persentase kemiskinan     | 10,37       | 10,17       | 9,87        |
    | Persentase PSKS aktif     | 0,28        | 0,29        | 0,30        |
    | Indeks kepuasan           | 87,35       | 87,5        | 88          |
    # Lembar: Rencana 2025
    Target Tahun 2025
    | Indikator                 | Satuan | Target |
    | Persentase kemiskinan     | persen | {}     |
    | Persentase PSKS aktif     | persen | 0,29   |
    | Indeks kepuasan           | angka  | 87,5   |
    """
    must_stay_quiet(CODE, drawing.format("10,17"))
    assert must_find(CODE, drawing.format("11,17 *"))[0].severity is None
    assert must_find(CODE, drawing.format("10,07 *"))[0].severity is Severity.WARNING


def _thrice(heading: str, first: str, others: str) -> str:
    return "".join(
        f"""
    # Sheet: {sheet}
    {sheet} Kinerja Tahun 2024
    | Indikator       | {heading} | Satuan |
    | Indeks kepuasan | {figure}  | indeks |"""
        for sheet, figure in (("Ringkasan", first), ("Pengukuran", others), ("Capaian", others))
    )


@pytest.mark.parametrize(("first", "others", "cut"), [("83 *", "83,7", True), ("83 *", "82,4", False)])
def test_a_realisasi_that_only_lost_its_decimals_is_a_warning(first: str, others: str, cut: bool) -> None:
    (flag,) = must_find(CODE, _thrice("Realisasi", first, others))
    assert (flag.severity is Severity.WARNING) is cut


def test_a_target_that_lost_its_decimals_is_another_target() -> None:
    (flag,) = must_find(CODE, _thrice("Target", "83 *", "83,7"))
    assert flag.severity is None
