"""RA110: amounts spent that look like copies."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA110"


def rows(*lines: tuple[str, str]) -> str:
    body = "".join(f"\n| Program {n} | {a} | {b} |" for n, (a, b) in enumerate(lines))
    return "| Program | Pagu (Rp) | Realisasi (Rp) |" + body


def test_some_are_spent_in_full() -> None:
    must_stay_quiet(CODE, rows(("5.000.000", "5.000.000"), ("6.000.000", "6.000.000"), ("7.000.000", "6.999.999")))


def test_two_rows_show_nothing() -> None:
    must_stay_quiet(CODE, rows(("5.000.000", "5.000.000"), ("6.000.000", "6.000.000")))


def test_rows_without_a_budget_do_not_count() -> None:
    lines = (("5.000.000", "5.000.000"), ("6.000.000", "6.000.000"), ("0", "0"), ("0", "0"))
    must_stay_quiet(CODE, rows(*lines))


def test_parents_are_no_details() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian     | Pagu (Rp) | Realisasi (Rp) |
        | 1.06.01      | Program A  | 9.000.000 | 9.000.000      |
        | 1.06.01.2.01 | Kegiatan a | 4.000.000 | 4.000.000      |
        | 1.06.01.2.02 | Kegiatan b | 5.000.000 | 5.000.000      |
        """,
    )


def test_the_same_budget_may_be_spent_alike() -> None:
    must_stay_quiet(CODE, rows(*(("5.000.000", "4.912.345"),) * 4))


def test_round_millions_may_recur() -> None:
    must_stay_quiet(CODE, rows(("5.500.000", "5.000.000"), ("6.500.000", "5.000.000"), ("7.500.000", "5.000.000")))


def test_two_alike_show_nothing() -> None:
    must_stay_quiet(CODE, rows(("5.500.000", "4.912.345"), ("6.500.000", "4.912.345"), ("7.500.000", "7.100.000")))


def test_alike_but_not_one_after_the_other() -> None:
    must_stay_quiet(
        CODE,
        rows(("5.500.000", "4.912.345"), ("6.500.000", "4.912.345"), ("7.500.000", "7.1"), ("8.500.000", "4.912.345")),
    )


def test_nothing_spent_may_recur() -> None:
    must_stay_quiet(CODE, rows(("5.500.000", "0"), ("6.500.000", "0"), ("7.500.000", "0")))


def test_quarters_are_passed_over() -> None:
    header = "| Program | Pagu (Rp) | Realisasi TW I | Realisasi TW II | Realisasi TW III | Realisasi TW IV |"
    must_pass_over(CODE, header + "\n| Program | 5.000.000 | 5.000.000 | 5.000.000 | 5.000.000 | 5.000.000 |" * 3)


def test_the_pagu_copied() -> None:
    lines = (("5.000.000", "5.000.000 *"), ("6.000.000", "6.000.000"), ("7.000.000", "7.000.000"))
    (flag,) = must_find(CODE, rows(*lines))
    assert flag.message.id == (
        "Realisasi sama persis dengan pagu di semua 3 baris rincian; mungkin kolom pagu tersalin ke realisasi."
    )
    assert len(flag.because) == 2


def test_a_figure_dragged_down() -> None:
    lines = (("5.500.000", "4.912.345 *"), ("6.500.000", "4.912.345"), ("7.500.000", "4.912.345"), ("8.500.000", "1"))
    (flag,) = must_find(CODE, rows(*lines))
    assert flag.message.id.startswith("Realisasi 4.912.345 sama persis di 3 baris berurutan")


def test_all_of_them_dragged_down() -> None:
    must_find(CODE, rows(("5.500.000", "4.912.345 *"), ("6.500.000", "4.912.345"), ("7.500.000", "4.912.345")))


def test_how_many_can_be_settled() -> None:
    lines = (("5.500.000", "4.912.345"), ("6.500.000", "4.912.345"), ("7.500.000", "4.912.345"), ("8.500.000", "1"))
    must_stay_quiet(CODE, "# Pengaturan: plausibility.equal_siblings = 4\n" + rows(*lines))


def test_whoever_wants_it_hears_of_every_odd_amount() -> None:
    lines = (("5.500.000", "4.912.345 *"), ("6.500.000", "5.000.000"), ("7.500.000", "6.012.345 *"))
    must_find(CODE, "# Pengaturan: plausibility.equal_siblings = 1\n" + rows(*lines))


def test_below_different_parents_they_are_no_run() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian     | Pagu (Rp)  | Realisasi (Rp) |
        | 1.06.01      | Program A  | 10.100.000 | 9.824.690      |
        | 1.06.01.2.01 | Kegiatan a | 5.000.000  | 4.912.345      |
        | 1.06.01.2.02 | Kegiatan b | 5.100.000  | 4.912.345      |
        | 1.06.02      | Program B  | 5.200.000  | 4.912.345      |
        | 1.06.02.2.01 | Kegiatan c | 5.200.000  | 4.912.345      |
        """,
    )
