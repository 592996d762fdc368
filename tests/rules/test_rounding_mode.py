"""RO101: percentages of one table are rounded in one way."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "RO101"
ROUNDED = ("66,67", "83,33", "11,11", "55,56")
CUT = ("66,66", "83,33", "11,11", "55,55")


def one(*persen: str) -> str:
    """2/3, 5/6, 1/9 and 5/9: the first and the last tell rounding from cutting off."""
    rows = ((300, 200), (600, 500), (900, 100), (900, 500))
    lines = "".join(
        f"\n| {n} | Program {n} | {a}.000.000 | {b}.000.000 | {p} |"
        for n, ((a, b), p) in enumerate(zip(rows, persen, strict=True), start=1)
    )
    return "| No | Program | Pagu (Rp) | Realisasi (Rp) | % |" + lines


def test_rounded_throughout() -> None:
    must_stay_quiet(CODE, one(*ROUNDED))


def test_figures_that_fit_both_ways_tell_nothing() -> None:
    must_pass_over(CODE, one("-", "83,33", "11,11", ""))


def test_a_wrong_figure_is_no_way_of_rounding() -> None:
    must_stay_quiet(CODE, one("66,67", "38,33", "11,11", "55,56"))


def test_cut_off_throughout_is_one_note() -> None:
    (flag,) = must_find(CODE, one("66,66 *", *CUT[1:]))
    assert flag.message.id == (
        "Persentase tabel ini dipotong, bukan dibulatkan: 2 dari 4 hanya cocok bila angka di belakangnya dibuang."
    )
    assert [cell.a1 for _, cell in flag.because] == ["E5"]


def test_both_ways_in_one_table_are_one_note() -> None:
    (flag,) = must_find(CODE, one("66,67", "83,33", "11,11", "55,55 *"))
    assert flag.message.id.startswith("Tabel ini mencampur pembulatan dan pemotongan: 1 dari 4 ")


def test_capaian_counts_as_well() -> None:
    must_find(
        CODE,
        """
        | Indikator       | Target | Realisasi | Capaian |
        | Persentase PPKS | 30     | 20        | 66,66 * |
        | Persentase LKS  | 90     | 50        | 55,55   |
        """,
    )


def test_numbers_that_store_more_than_they_show_are_rounded_by_the_format() -> None:
    must_stay_quiet(CODE, one("66.6666666666667 as 0.00", "83.3333333333333 as 0.00", "11,11", "55,56"))


def settled(way: str, *persen: str) -> str:
    return f'# Pengaturan: conventions.rounding = "{way}"\n' + one(*persen)


def test_the_way_that_was_settled_needs_no_note() -> None:
    must_stay_quiet(CODE, settled("truncated", *CUT))
    must_stay_quiet(CODE, settled("rounded", *ROUNDED))
    must_stay_quiet(CODE, settled("mixed", "66,67", "83,33", "11,11", "55,55"))
    must_stay_quiet(CODE, settled("truncated", "66,66", "83,33", "11,11", "-"))


def test_the_other_way_is_one_warning() -> None:
    (flag,) = must_find(CODE, settled("rounded", "66,66 *", *CUT[1:]))
    assert flag.severity is Severity.WARNING
    assert flag.message.id == (
        "Menurut xlaudit.toml persentase dibulatkan, padahal 2 dari 4 di tabel ini hanya cocok bila dipotong."
    )
    (flag,) = must_find(CODE, settled("truncated", "66,67 *", *ROUNDED[1:]))
    assert flag.message.id.endswith("padahal 2 dari 4 di tabel ini hanya cocok bila dibulatkan.")


def test_figures_are_not_told_one_by_one_for_it() -> None:
    for way, persen in (("rounded", CUT), ("truncated", ROUNDED)):
        must_stay_quiet("RA103", settled(way, *persen))
