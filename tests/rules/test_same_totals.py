"""XT103: the total of a budget is the same wherever it is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from draw import book, must_find, must_pass_over, must_stay_quiet, place, run

from xlaudit.audit import run_rule
from xlaudit.findings import Severity
from xlaudit.rules.base import Flag, all_rules
from xlaudit.wholes import compared, equal_wholes

CODE = "XT103"
SPENT = """
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | 2.053.250.000  | 95,50 |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    | 98,00 |
    |    | Jumlah                      | 2.997.300.000 | 2.883.604.000  | 96,21 |
"""


def by_goal(
    total: str = "| | Jumlah | 2.997.300.000 | 2.883.604.000 |",
    spent: str = "1.483.604.000",
    planned: str = "1.497.300.000",
    title: str = "Anggaran per Sasaran Tahun 2024",
    heading: str = "Pagu (Rp) | Realisasi (Rp)",
    first: str = "1.500.000.000 | 1.400.000.000",
) -> str:
    return (
        SPENT
        + f"""
    # Lembar: Sasaran
    {title}
    | No | Sasaran               | {heading} |
    | 1  | Meningkatnya layanan  | {first} |
    | 2  | Meningkatnya kesiapan | {planned} | {spent} |
    {total}
    """
    )


def test_the_same_totals() -> None:
    must_stay_quiet(CODE, by_goal())


def test_the_same_sums_where_no_total_is_printed() -> None:
    must_stay_quiet(CODE, by_goal(total=""))


def test_another_total_beside_the_same_pagu() -> None:
    (flag,) = must_find(CODE, by_goal("| | Jumlah | 2.997.300.000 | 2.893.604.000 * |"))
    assert flag.severity is None
    assert flag.message.id == (
        "Jumlah realisasi tertulis 2.893.604.000, tetapi 2.883.604.000 di Realisasi!D5; selisih 10.000.000."
    )
    assert (flag.stated, flag.computed, flag.difference) == ("2893604000", "2883604000", 10_000_000)
    assert [(table.sheet, cell.a1) for table, cell in flag.because] == [("Realisasi", "D5")]


def test_another_pagu_beside_the_same_realisasi() -> None:
    must_find(CODE, by_goal("| | Jumlah | 3.100.000.000 * | 2.883.604.000 |"))


def test_another_sum_where_no_total_is_printed() -> None:
    (flag,) = must_find(CODE, by_goal("", spent="1.482.604.000 *"))
    assert flag.message.id == (
        "Jumlah 2 baris realisasi tabel ini 2.882.604.000, tetapi jumlahnya 2.883.604.000 di Realisasi!D5; "
        "selisih 1.000.000."
    )
    assert flag.severity is None
    assert [(table.sheet, cell.a1) for table, cell in flag.because] == [("Realisasi", "D5"), ("Sasaran", "D3")]


def test_a_sum_is_live_too() -> None:
    drawing = by_goal("", spent="1482604000 as 0 *", first="1500000000 as 0 | 1400000000 as 0").replace(
        "2.883.604.000", "2883604000 as 0"
    )
    (flag,) = must_find(CODE, drawing)
    assert flag.live is not None and "'Realisasi'!D5" in flag.live and "D3" in flag.live


def test_two_budgets_that_share_no_amount_are_two() -> None:
    must_pass_over(CODE, by_goal("| | Jumlah | 1.100.000.000 | 900.000.000 |", "500.000.000", "600.000.000"))
    must_pass_over(CODE, by_goal("", "500.000.000", "600.000.000"))


def test_small_wholes_may_be_equal_by_chance() -> None:
    """The total of one indicator's volumes and that of another's: no budget of an agency is below a million."""
    drawing = """
    # Lembar: Satu
    Realisasi Anggaran Tahun 2024
    | No | Program | Pagu (Rp) | Realisasi (Rp) |
    | 1  | Satu    | 400.000   | 300.000        |
    | 2  | Dua     | 500.000   | 400.000        |
    |    | Jumlah  | 900.000   | 700.000        |
    # Lembar: Dua
    Realisasi Anggaran Tahun 2024
    | No | Program | Pagu (Rp) | Realisasi (Rp) |
    | 1  | Tiga    | 600.000   | 500.000        |
    | 2  | Empat   | 300.000   | 150.000        |
    |    | Jumlah  | 900.000   | 650.000        |
    """
    must_pass_over(CODE, drawing)
    found = drawing.replace("0.000 ", "0.000.000 ").replace("650.000.000 ", "650.000.000 * ")
    must_find(CODE, found)


def test_an_amount_in_thousands_proves_nothing_but_must_agree() -> None:
    """2.997.300 thousand agrees with many totals: it links no tables, but a linked one is held against it."""
    drawing = by_goal(heading="Pagu (Rp ribu) | Realisasi (Rp ribu)", first="1.500.000,0 | 1.400.000,0",
                      planned="1.497.300,0", spent="1.483.604,0", total="| | Jumlah | 2.997.300,0 | {} |")  # fmt: skip
    must_pass_over(CODE, drawing.format("2.100.604,0"))


@pytest.mark.parametrize(
    "title", ["Anggaran per Sasaran Sebelum Perubahan Tahun 2024", "Anggaran per Sasaran Triwulan III Tahun 2024",
              "Anggaran per Sasaran s.d. Bulan November Tahun 2024", "Anggaran per Sasaran Tahun 2023"],
)  # fmt: skip
def test_other_stages_other_years_and_parts_of_a_year(title: str) -> None:
    must_pass_over(CODE, by_goal("| | Jumlah | 2.997.300.000 | 2.100.000.000 |", title=title))


def test_the_pagu_before_its_revision_is_another() -> None:
    drawing = by_goal(
        "| | Jumlah | 2.900.000.000 | 2.883.604.000 |", heading="Pagu Sebelum Perubahan (Rp) | Realisasi (Rp)"
    )
    must_stay_quiet(CODE, drawing)
    must_find(CODE, drawing.replace("Pagu Sebelum Perubahan", "Pagu").replace("2.900.000.000", "2.900.000.000 *"))


def test_a_single_digit_far_behind_is_a_warning() -> None:
    planned = "| | Jumlah | {} | 2.100.604.000 |"
    (flag,) = must_find(CODE, by_goal(planned.format("2.997.200.000 *"), "700.604.000", "1.497.200.000"))
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize("total", ["2.897.300.000", "2.997.199.000", "2.957.300.000"])
def test_budgets_that_moved_are_not_slips(total: str) -> None:
    """Two digits, or one that stands for a larger part of the whole: an office may have shifted its budget."""
    must_pass_over(CODE, by_goal(f"| | Jumlah | {total} | 2.100.604.000 |", "700.604.000", "1.397.300.000"))


def test_a_table_with_two_totals_is_no_single_whole() -> None:
    must_pass_over(
        CODE,
        by_goal("| | Jumlah | 2.997.300.000 | 2.883.604.000 |\n    | | Total | 2.997.300.000 | 2.100.000.000 |"),
    )


def test_rows_left_out_make_no_whole() -> None:
    must_pass_over(CODE, by_goal("").replace("| 2  | Meningkatnya kesiapan", "| 5  | Meningkatnya kesiapan"))


def test_a_difference_of_rows_of_the_same_name_is_told_by_them() -> None:
    """XT102 reports the program; its total follows, and saying so again would help nobody."""
    drawing = SPENT + """
    # Lembar: Rincian
    Anggaran per Program Tahun 2024
    | No | Program                     | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | 2.150.000.000 | {}             |
    | 2  | Program Penanganan Bencana  | 847.300.000   | 830.354.000    |
    |    | Jumlah                      | 2.997.300.000 | {}             |
    """
    must_stay_quiet(CODE, drawing.format("2.053.250.000", "2.883.604.000"))
    assert not run(CODE, drawing.format("2.043.250.000", "2.873.604.000")).flags
    must_find(CODE, drawing.format("2.053.250.000", "2.873.604.000 *"))
    must_find(CODE, drawing.format("2.043.250.000", "2.863.604.000 *"))


def test_two_tables_outvote_the_third() -> None:
    third = """
    # Lembar: Ringkasan
    Ringkasan Anggaran Tahun 2024
    | No | Urusan                      | Pagu (Rp)     | Realisasi (Rp) |
    | 1  | Sosial                      | 2.000.000.000 | 1.893.604.000  |
    | 2  | Bencana                     | 997.300.000   | 1.000.000.000  |
    |    | Jumlah                      | 2.997.300.000 | 2.893.604.000  |
    """
    drawing = by_goal("| | Jumlah | 2.997.300.000 | 2.893.604.000 |") + third
    must_find(CODE, drawing.replace("2.883.604.000  | 96,21", "2.883.604.000 * | 96,21"))


def test_the_diagnosis_sees_what_holds_and_what_does_not() -> None:
    for drawing, count in ((by_goal(), 2), (by_goal(""), 2), (by_goal("", spent="1.482.604.000"), 2)):
        relations = list(equal_wholes(compared(book(drawing).tables)))
        assert [relation.rule for relation in relations] == [CODE] * count


def test_a_wrong_row_of_a_table_without_a_total_is_named_by_the_diagnosis() -> None:
    """Its own percentage and the total elsewhere tell which of the rows it is."""
    from xlaudit.audit import audit_book
    from xlaudit.identity import UNKNOWN
    from xlaudit.reading.book import ReadBook

    drawing = SPENT + """
    # Lembar: Sasaran
    Anggaran per Sasaran Tahun 2024
    | No | Sasaran               | Pagu (Rp)     | Realisasi (Rp) | %     |
    | 1  | Meningkatnya layanan  | 1.500.000.000 | 1.040.000.000  | 93,33 |
    | 2  | Meningkatnya kesiapan | 1.497.300.000 | 1.483.604.000  | 99,09 |
    """
    known = book(drawing)
    outcome = audit_book("x", ReadBook(known.tables, known.scales, (), None, (), True, UNKNOWN))
    [diagnosis] = outcome.diagnoses
    assert [(r.place.sheet, r.place.cell, r.suggested) for r in diagnosis.repairs] == [("Sasaran", "D3", "1400000000")]


def _flags(drawing: str) -> list[tuple[str, str]]:
    [rule] = [rule for rule in all_rules() if rule.code == CODE]
    _, flags, _, _ = run_rule(rule, book(drawing))
    return [place(flag) for flag in flags if isinstance(flag, Flag)]


def test_lists_without_headings_take_no_part() -> None:
    known = book(by_goal("| | Jumlah | 2.997.300.000 | 2.100.000.000 |"))
    guessed = replace(known, tables=tuple(replace(t, guessed=t.sheet == "Sasaran") for t in known.tables))
    [rule] = [rule for rule in all_rules() if rule.code == CODE]
    assert not run_rule(rule, guessed)[1]
    assert _flags(by_goal("| | Jumlah | 2.997.300.000 | 2.100.000.000 |"))
