"""KI114: the targets of quarters and that of their year."""

from __future__ import annotations

from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI114"
HEADER = "| Indikator | Satuan | Target TW I | Target TW II | Target TW III | Target TW IV | Target 2024 |"


def rows(*lines: str) -> str:
    return HEADER + "".join(f"\n| Indikator {n} | {line} |" for n, line in enumerate(lines))


SUMS = ("orang | 20 | 20 | 20 | 40 | 100", "dokumen | 1 | - | 2 | 3 | 6")
RUNS = ("orang | 20 | 40 | 60 | 100 | 100", "dokumen | 1 | 1 | 2 | 6 | 6")


def test_they_add_up() -> None:
    must_stay_quiet(CODE, rows(*SUMS))


def test_they_run_to_the_year() -> None:
    must_stay_quiet(CODE, rows(*RUNS))


def test_both_ways_in_one_table() -> None:
    must_stay_quiet(CODE, rows(*SUMS, *RUNS))


def test_only_the_last_quarter() -> None:
    must_stay_quiet(CODE, rows("nilai | - | - | - | 92,34 | 92,34", "nilai | | | | 80 | 80"))


def test_the_same_all_year() -> None:
    must_stay_quiet(CODE, rows("% | 80 | 80 | 80 | 80 | 80"))


def test_lower_is_better_falls_to_the_year() -> None:
    must_stay_quiet(CODE, rows("% | 12 | 11 | 10,5 | 10 | 10"))


def test_the_mean_of_what_does_not_add_up() -> None:
    must_stay_quiet(CODE, rows("indeks | 80 | 82 | 84 | 86 | 83"))
    must_find(CODE, rows("dokumen | 80 | 82 | 84 | 86 | 83 *"))


def test_percentages_that_were_rounded() -> None:
    must_stay_quiet(CODE, rows("% | 33 | 33 | 33 | - | 100", "% | 8,33 | 8,33 | 8,33 | 75 | 100"))
    must_find(CODE, rows("orang | 33 | 33 | 33 | - | 100 *"))


def test_rupiah() -> None:
    header = "| Program | Pagu TW I (Rp) | Pagu TW II (Rp) | Pagu TW III (Rp) | Pagu TW IV (Rp) | Pagu 2024 (Rp) |"
    line = "\n| Program {} | 1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | {} |"
    must_stay_quiet(CODE, header + line.format("a", "10.000.000") + line.format("b", "10.000.000"))
    right = header + line.format("a", "10.000.000") + line.format("b", "10.000.000")
    flags = must_find(CODE, right + line.format("c", "10.000.001 *"))
    assert flags[0].difference == 1


def test_nothing_planned_or_no_year() -> None:
    must_pass_over(CODE, rows("orang | | | | | 100", "orang | 20 | 20 | 20 | 40 | "))
    must_pass_over(
        CODE,
        """
        | Indikator | Target TW I | Target TW II | Target TW III | Target TW IV |
        | Jumlah a  | 1           | 2            | 3             | 9            |
        """,
    )


def test_bounds_are_no_figures() -> None:
    must_pass_over(CODE, rows("orang | ≥ 20 | ≥ 20 | ≥ 20 | ≥ 20 | ≥ 80", "nilai | 1 | 2 | 3 | 4 | > 80"))


def test_a_sum_off_by_one() -> None:
    (flag,) = must_find(CODE, rows(*SUMS, "orang | 5 | 5 | 5 | 5 | 21 *"))
    assert (flag.stated, flag.computed, flag.severity) == ("21", "20", None)
    assert flag.message.id == (
        "Target setahun tertulis 21, padahal jumlah target 4 periodenya = 20; selisih 1."
    )
    assert flag.relation is not None


def test_a_cumulative_target_that_ends_elsewhere() -> None:
    (flag,) = must_find(CODE, rows(*RUNS, "orang | 5 | 10 | 15 | 20 | 25 *"))
    assert (flag.computed, flag.severity) == ("20", None)
    assert flag.message.id.startswith("Target setahun tertulis 25, padahal target kumulatif pada akhir tahun 20")


def test_the_way_of_most_rows_is_meant() -> None:
    (flag,) = must_find(CODE, rows(*SUMS, RUNS[0], "orang | 5 | 10 | 15 | 20 | 25 *"))
    assert flag.computed == "50"


def test_alone_it_is_a_warning() -> None:
    (flag,) = must_find(CODE, rows("orang | 5 | 5 | 5 | 5 | 21 *"))
    assert flag.severity is Severity.WARNING
    (flag,) = must_find(CODE, rows(SUMS[0], "orang | 5 | 5 | 5 | 5 | 21 *"))
    assert flag.severity is Severity.WARNING


def test_where_most_rows_agree_in_neither_way_it_is_a_warning() -> None:
    flags = must_find(CODE, rows(*SUMS, *(f"orang | 5 | 5 | 5 | 5 | {n} *" for n in (21, 22, 23))))
    assert {flag.severity for flag in flags} == {Severity.WARNING}


def test_a_cumulative_target_that_falls() -> None:
    (flag,) = must_find(CODE, rows(*RUNS, "orang | 20 | 40 | 30 * | 60 | 60"))
    assert flag.severity is Severity.WARNING
    assert flag.message.id == "Target kumulatif turun dari 40 menjadi 30, lalu naik lagi sampai target setahun."


def test_semesters() -> None:
    header = "| Indikator | Satuan | Target Semester I | Target Semester II | Target 2024 |"
    must_stay_quiet(CODE, header + "\n| Laporan | dokumen | 5 | 6 | 11 |")
    must_find(CODE, header + "\n| Laporan | dokumen | 5 | 6 | 12 * |")


def test_months_of_a_budget() -> None:
    drawing = """
        | Program   | Pagu (Rp)  | Target    | <         | <         |
        | ^         | ^          | Januari   | Februari  | Maret     |
        | Program A | 6.000.000  | 1.000.000 | 2.000.000 | 3.000.000 |
        | Program B | {}         | 1.000.000 | 2.000.000 | 4.000.000 |
    """
    must_stay_quiet(CODE, drawing.format("7.000.000"))
    must_find(CODE, drawing.format("8.000.000 *"))


def test_an_unreadable_quarter_is_not_judged() -> None:
    must_not_judge(CODE, rows(*SUMS, "orang | 8.7106.000 | 5 | 5 | 5 | 21 *"))


def test_where_half_of_the_rows_agree_it_is_an_error() -> None:
    flags = must_find(CODE, rows(*SUMS, *(f"orang | 5 | 5 | 5 | 5 | {n} *" for n in (21, 22))))
    assert {flag.severity for flag in flags} == {None}
