"""HI101: figures that do not show."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

from xlaudit.findings import Severity

CODE = "HI101"


def budget(hidden: str = "", second: str = "400000000", total: str = "=SUM(C2:C4) -> 1200000000") -> str:
    return f"""
        {f"# Tersembunyi: {hidden}" if hidden else ""}
        | No | Program           | Pagu (Rp) | Sumber Data |
        | 1  | Program Penunjang | 500000000 | DPA         |
        | 2  | Program Sosial    | {second}  | DPA         |
        | 3  | Program Bencana   | 300000000 | DPA         |
        |    | Jumlah            | {total}   |             |
    """.replace("\n        \n", "\n")


@pytest.mark.parametrize("hidden", ["", "8", "D", "F", "1", "5"])
def test_nothing_that_counts_is_hidden(hidden: str) -> None:
    must_stay_quiet(CODE, budget(hidden))


@pytest.mark.parametrize("second", ["0", "-", ""])
def test_a_hidden_row_without_figures(second: str) -> None:
    must_stay_quiet(CODE, budget("3", second, "800000000"))


def test_all_rows_folded_below_their_total() -> None:
    must_stay_quiet(CODE, budget("2, 3, 4"))


def test_a_hidden_row_that_counts_is_an_error() -> None:
    (flag,) = must_find(CODE, budget("3", "400000000 *"))
    assert flag.severity is Severity.ERROR
    assert flag.message.id == (
        "400.000.000 di sel ini ikut dijumlahkan dalam C5 (Jumlah), tetapi barisnya, 3, disembunyikan; yang terlihat "
        "hanya berjumlah 800.000.000."
    )
    assert [cell.a1 for _, cell in flag.because] == ["C5"]


def test_a_hidden_row_that_does_not_count() -> None:
    (flag,) = must_find(CODE, budget("3", "400000000 *", "800000000"))
    assert flag.severity is None
    assert flag.message.id == "Baris 3 disembunyikan padahal memuat angka: 400.000.000."


def test_a_total_that_is_no_number() -> None:
    (flag,) = must_find(CODE, budget("3", "400000000 *", "lihat lampiran"))
    assert flag.severity is None


def test_a_sum_that_cannot_be_told() -> None:
    drawn = budget("3", "400000000 *").replace("300000000", "3.00.000000")
    (flag,) = must_find(CODE, drawn)
    assert flag.severity is None


def test_several_hidden_rows_of_one_sum_are_one_finding() -> None:
    (flag,) = must_find(CODE, budget("2, 3", "400000000").replace("| 500000000 |", "| 500000000 * |"))
    assert flag.message.id.endswith("hanya berjumlah 300.000.000. Begitu pula 1 baris tersembunyi lain.")
    assert [cell.a1 for _, cell in flag.because] == ["C5", "C3"]
    (flag,) = must_find(CODE, budget("2, 3", "400000000", "1").replace("| 500000000 |", "| 500000000 * |"))
    assert flag.message.id.endswith("Begitu pula 1 baris tersembunyi lain.")
    assert [cell.a1 for _, cell in flag.because] == ["C3"]


def test_a_hidden_line_outside_of_the_levels() -> None:
    drawn = budget("5").replace("# Tersembunyi: 5", "# Tersembunyi: 6")
    must_stay_quiet(CODE, drawn.rstrip() + "\n        |    | termasuk DAK | 5000000 | |\n")
    must_stay_quiet(CODE, drawn.rstrip() + "\n        |    | Surplus | 5000000 | |\n")


def tree(hidden: str, mark: str = "") -> str:
    return f"""
        # Tersembunyi: {hidden}
        | Kode         | Uraian       | Pagu (Rp)        |
        | 1.06.01      | PROGRAM SATU | 300000000        |
        | 1.06.01.2.01 | Kegiatan A   | 100000000 {mark} |
        | 1.06.01.2.02 | Kegiatan B   | 200000000        |
        | 1.06.02      | PROGRAM DUA  | 100000000        |
        | 1.06.02.2.01 | Kegiatan C   | 100000000        |
    """


@pytest.mark.parametrize("hidden", ["3, 4", "6", "3, 4, 6", "2, 3, 4"])
def test_details_folded_below_their_parent(hidden: str) -> None:
    if hidden == "2, 3, 4":
        must_find(CODE, tree(hidden).replace("| PROGRAM SATU | 300000000        |", "| PROGRAM SATU | 300000000 * |"))
    else:
        must_stay_quiet(CODE, tree(hidden))


def test_one_detail_hidden_beside_another() -> None:
    (flag,) = must_find(CODE, tree("3", "*"))
    assert flag.severity is Severity.ERROR and "C2 (PROGRAM SATU)" in flag.message.id


def test_a_hidden_program_with_its_details_is_told_once() -> None:
    drawn = tree("2, 3").replace("| PROGRAM SATU | 300000000        |", "| PROGRAM SATU | 300000000 * |")
    (flag,) = must_find(CODE, drawn)
    assert flag.severity is None  # there is no total that it could count in


def merged(covered: str, total: str = "=SUM(C2:C4) -> 1200000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp) |
        | 1  | Program Penunjang | 500000000 |
        | 2  | Program Sosial    | ^         |
        | 3  | Program Bencana   | 300000000 |
        |    | Jumlah            | {total}   |
        # Di bawah gabungan: {covered}
    """


def test_merges_that_cover_nothing_or_zero() -> None:
    must_stay_quiet(CODE, merged("C3 = 0"))
    must_stay_quiet(CODE, merged("C3 = DPA"))
    must_stay_quiet(CODE, merged("C3 = 0").replace("# Di bawah gabungan: C3 = 0", ""))


def test_a_covered_figure_that_a_sum_adds_up() -> None:
    flags = flags_of(merged("C3 = 400000000"))
    assert [(f.cell.a1, f.severity) for f in flags] == [("C3", Severity.ERROR)]
    assert flags[0].message.id == (
        "Di balik sel gabungan C2:C3 masih ada angka 400.000.000 yang ikut dijumlahkan oleh rumus di C5."
    )
    assert flags[0].stated == "400000000"


@pytest.mark.parametrize("total", ["800000000", "=SUM(C4:C4)+C2 -> 800000000"])
def test_a_covered_figure_that_no_sum_adds_up(total: str) -> None:
    flags = flags_of(merged("C3 = 400000000", total))
    assert [(f.cell.a1, f.severity) for f in flags] == [("C3", None)]


def flags_of(drawn: str) -> list:  # type: ignore[type-arg]
    """The flags of a drawing whose marks would be covered by a merge."""
    from draw import run

    return run(CODE, drawn).flags


def test_a_hidden_column_of_figures() -> None:
    drawn = """
        # Tersembunyi: C, D
        | No | Program           | Pagu (Rp) *  | Sumber Data | Realisasi (Rp) |
        | 1  | Program Penunjang | 500000000    | DPA         | 300000000      |
        | 2  | Program Sosial    | 500000000    | DPA         | 300000000      |
    """
    (flag,) = must_find(CODE, drawn)
    assert flag.severity is None and flag.message.id == "Kolom C (Pagu (Rp)) berisi angka tetapi disembunyikan."
    must_stay_quiet(CODE, drawn.replace("C, D", "B, D").replace("*", ""))
    must_stay_quiet(CODE, drawn.replace("500000000", "0").replace("*", ""))


def test_a_row_left_blank_is_no_obstacle_to_the_sum() -> None:
    (flag,) = must_find(CODE, budget("3", "400000000 *", "900000000").replace("| 300000000 |", "|  |"))
    assert flag.severity is Severity.ERROR
    (flag,) = must_find(CODE, budget("3", "400000000 *", "900000000").replace("| 300000000 |", "| belum ada |"))
    assert flag.severity is None


def test_the_sum_that_counts_a_covered_figure_is_pointed_at() -> None:
    (flag,) = flags_of(merged("C3 = 400000000"))
    assert [cell.a1 for _, cell in flag.because] == ["C5"]
    (flag,) = flags_of(merged("C3 = 400000000", "800000000"))
    assert flag.because == ()
