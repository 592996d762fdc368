"""XT105: a mean in a summary is that of the figures it is over, which stand in another table."""

from __future__ import annotations

import pytest
from draw import book, must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity
from xlaudit.summaries import summaries

CODE = "XT105"
GOALS = """
    # Lembar: Perbandingan
    Perbandingan Kinerja
    | Sasaran                       | Indikator       | Capaian 2023 (%) | Capaian 2024 (%) |
    | Meningkatnya tata kelola      | Nilai SAKIP     | 100,60           | 100,12           |
    | Meningkatnya tata kelola      | Indeks ASN      | 106,14           | 98,68            |
    | Meningkatnya tata kelola      | Indeks inovasi  | 130              | {}               |
    | Meningkatnya kualitas layanan | Indeks kepuasan | 98,00            | 101,00           |
"""


def summary(
    mean: str,
    name: str = "Meningkatnya tata kelola",
    title: str = "Rata-rata Capaian Kinerja",
    last: str = "-",
    others: tuple[str, str] = ("112,25", "98,00"),
    year: str = "2024",
    heading: str = "Rata-rata Capaian (%)",
) -> str:
    return (
        GOALS.format(last)
        + f"""
    # Lembar: Ringkasan
    {title}
    | Sasaran                       | Tahun  | {heading}   |
    | Meningkatnya tata kelola      | 2023   | {others[0]} |
    | {name}                        | {year} | {mean}      |
    | Meningkatnya kualitas layanan | 2023   | {others[1]} |
    """
    )


@pytest.mark.parametrize("mean", ["99,40", "99,4", "99", "99,40 %", "0.994 as 0.00%"])
def test_the_mean_of_those_with_a_result(mean: str) -> None:
    must_stay_quiet(CODE, summary(mean))


@pytest.mark.parametrize("mean", ["99,04 *", "66,27 *", "100,12 *", "99,42 *"])
def test_another_mean(mean: str) -> None:
    """The second counts the indicator without a result as nought."""
    (flag,) = must_find(CODE, summary(mean))
    assert flag.severity is None


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, summary("94,90 *", "Meningkatnya tata kelola, dengan 2 (dua) indikator"))
    assert flag.message.id == (
        "Rata-rata tertulis 94,90 %, padahal rata-rata 2 angka di tabel asalnya 99,40 %. "
        "Angka pertamanya di Perbandingan!D3. Namanya tidak persis sama (kemiripan 69 %)."
    )
    assert (flag.stated, flag.computed) == ("94.9", "99.4")
    assert [(table.sheet, cell.a1) for table, cell in flag.because] == [("Perbandingan", "D3"), ("Perbandingan", "D4")]


def test_without_two_means_that_agree_it_may_be_another_mean() -> None:
    (flag, _) = must_find(CODE, summary("94,90 *", others=("112,25", "90,00 *")))
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize("mean", ["99,34"])
def test_a_capaian_above_100_may_count_as_100(mean: str) -> None:
    must_stay_quiet(CODE, summary(mean))
    must_find(CODE, summary("99,30 *"))


def test_an_indicator_of_which_the_figure_is_printed_shorter_is_as_fine_as_the_others() -> None:
    """100 among 100,12 and 98,68 is 100,00: the mean of the three is 99,60 and nothing else."""
    must_stay_quiet(CODE, summary("99,60", last="100"))
    must_find(CODE, summary("99,80 *", last="100"))


@pytest.mark.parametrize(
    ("counted", "told"), [("dengan 2 indikator", True), ("dengan 3 (tiga) indikator", False)]
)
def test_a_name_that_counts_its_indicators_must_count_right(counted: str, told: bool) -> None:
    """Where it says three and the table has results of two, the mean is of something else."""
    name = f"Meningkatnya tata kelola {counted}"
    if told:
        must_find(CODE, summary("94,90 *", name))
    else:
        must_stay_quiet(CODE, summary("94,90", name))


@pytest.mark.parametrize("name", ["Meningkatnya tata", "Terwujudnya hal lain", "-"])
def test_other_names(name: str) -> None:
    must_stay_quiet(CODE, summary("94,90", name))


@pytest.mark.parametrize(("name", "told"), [("Sosial", False), ("Kesejahteraan sosial", True)])
def test_a_short_name_that_many_begin_with_says_nothing(name: str, told: bool) -> None:
    drawing = f"""
    # Lembar: Pengukuran
    Pengukuran Kinerja Tahun 2024
    | Sasaran | Indikator   | Target | Realisasi | Capaian (%) |
    | {name}  | Nilai SAKIP | 100    | 90        | 90,00       |
    # Lembar: Ringkasan
    Ringkasan Tahun 2024
    | Sasaran                  | Rata-rata Capaian (%) |
    | {name} dan budaya daerah | 85,00 {"*" if told else ""} |
    """
    if told:
        must_find(CODE, drawing)
    else:
        must_pass_over(CODE, drawing)


def test_another_year() -> None:
    must_stay_quiet(CODE, summary("94,90", year="2022"))


def test_a_table_that_does_not_speak_of_means() -> None:
    must_pass_over(CODE, summary("94,90", title="Capaian Terbaik", heading="Capaian (%)"))


def test_a_table_with_the_indicators_is_its_own_source() -> None:
    must_pass_over(
        CODE,
        GOALS.format("-")
        + """
    # Lembar: Ringkasan
    Rata-rata Capaian Kinerja
    | Sasaran                  | Indikator   | Tahun | Rata-rata Capaian (%) |
    | Meningkatnya tata kelola | Nilai SAKIP | 2024  | 94,90                 |
    """,
    )


def test_two_names_that_fit_are_not_told_apart() -> None:
    drawing = summary("94,90", "Meningkatnya tata kelola pemerintahan", others=("1,00", "98,00"))
    drawing = drawing.replace("| Indeks inovasi ", "| Indeks inovasi ").replace(
        "| Meningkatnya tata kelola      | Indeks ASN", "| Meningkatnya tata kelola pemerintah | Indeks ASN"
    )
    assert "pemerintah |" in drawing
    found = summaries(book(drawing).tables)
    assert [one.name for one in found] == ["Meningkatnya tata kelola", "Meningkatnya kualitas layanan"]


def test_means_of_the_year_without_a_column_of_years() -> None:
    drawing = """
    # Lembar: Pengukuran
    Pengukuran Kinerja Tahun 2024
    | Sasaran                  | Indikator   | Target | Realisasi | Capaian (%) |
    | Meningkatnya tata kelola | Nilai SAKIP | 100    | 90        | 90,00       |
    | Meningkatnya tata kelola | Indeks ASN  | 100    | 80        | 80,00       |
    | Meningkatnya layanan     | Kepuasan    | 100    | 70        | 70,00       |
    # Lembar: Ringkasan
    Ringkasan Tahun 2024
    | Sasaran                  | Rata-rata Capaian (%) |
    | Meningkatnya tata kelola | {}                    |
    | Meningkatnya layanan     | 70,00                 |
    """
    must_stay_quiet(CODE, drawing.format("85,00"))
    must_find(CODE, drawing.format("58,00 *"))
    must_pass_over(CODE, drawing.format("58,00").replace("Ringkasan Tahun 2024", "Ringkasan Tahun 2023"))


FORM = """
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program/Kegiatan      | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Penunjang     | 1.000.000.000 | 900.000.000    | {}    |
    | 2  | Program Pemberdayaan  | 2.000.000.000 | 1.900.000.000  | 95,00 |
    | 3  | Program Rehabilitasi  | 4.000.000.000 | 3.400.000.000  | 85,00 |
    |    | Jumlah                | {}            | 6.200.000.000  | 88,57 |
    # Lembar: Evaluasi
    Evaluasi Renja Tahun 2024
    | No | Kode        | Program/Kegiatan                | Pagu (Rp)     | Realisasi (Rp) | %      |
    | 2  | 1.06.02     | Program Pemberdayaan            | 2.000.000.000 | 1.900.000.000  | 95,00  |
    |    | 1.06.02.2.01| Kegiatan Pengembangan           | 2.000.000.000 | 1.900.000.000  | 95,00  |
    | 5  | 1.06.03     | Program Rehabilitasi            | 4.000.000.000 | 3.400.000.000  | 85,00  |
    |    | 1.06.03.2.01| Kegiatan Rehabilitasi           | 4.000.000.000 | 3.400.000.000  | 85,00  |
    |    |             | Rata-rata capaian per program   |               |                | {}     |
"""


def test_the_mean_of_all_programs_below_an_excerpt() -> None:
    must_stay_quiet(CODE, FORM.format("90,00", "7.000.000.000", "90,00"))
    (flag,) = must_find(CODE, FORM.format("90,00", "7.000.000.000", "91,00 *"))
    assert flag.severity is None


def test_a_source_that_may_leave_programs_out_tells_nothing() -> None:
    must_pass_over(CODE, FORM.format("90,00", "9.000.000.000", "91,00"))


def test_a_source_with_other_figures_is_about_something_else() -> None:
    drawing = FORM.format("90,00", "7.000.000.000", "91,00")
    must_pass_over(CODE, drawing.replace("3.400.000.000  | 85,00 |", "3.400.000.000  | 75,00 |", 1))


def test_a_form_with_all_programs_is_judged_by_itself() -> None:
    must_pass_over(CODE, FORM.format("90,00", "7.000.000.000", "91,00").replace("| 5  | 1.06.03 ", "| 3  | 1.06.03 "))


def test_another_years_source() -> None:
    drawing = FORM.format("90,00", "7.000.000.000", "91,00")
    must_pass_over(CODE, drawing.replace("Realisasi Anggaran Tahun 2024", "Realisasi Anggaran Tahun 2023"))


def test_a_source_with_two_totals_does_not_say_what_is_all() -> None:
    drawing = FORM.format("90,00", "7.000.000.000", "91,00")
    second = "|    | Total                 | 7.000.000.000 | 6.200.000.000  | 88,57 |\n    # Lembar: Evaluasi"
    must_pass_over(CODE, drawing.replace("# Lembar: Evaluasi", second))
