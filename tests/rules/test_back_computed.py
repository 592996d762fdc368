"""FO104: details computed backwards from their sum."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "FO104"


def flat(second: str, total: str = "900000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp)  | Realisasi (Rp) |
        | 1  | Program Penunjang | 500000000  | 400000000      |
        | 2  | Program Sosial    | {second}   | 400000000      |
        |    | Jumlah            | {total}    | 800000000      |
    """


@pytest.mark.parametrize("second", ["400000000", "=300000000+100000000 -> 400000000", "=D3+D2-C4/3-1 -> 400000000"])
def test_other_formulas(second: str) -> None:
    if "C4" in second:
        must_find(CODE, flat(second + " *"))
    else:
        must_stay_quiet(CODE, flat(second))


@pytest.mark.parametrize("second", ["=500000000-100000000 -> 1", "=D4-D2 -> 1", "=DPA!C4-C2 -> 1", "=C2-1 -> 1"])
def test_subtractions_from_elsewhere(second: str) -> None:
    must_stay_quiet(CODE, flat(second))


def test_a_total_that_holds_a_formula() -> None:
    must_stay_quiet(CODE, flat("=C4-C2 -> 400000000", "=DPA!C9 -> 900000000"))


def test_a_range_that_only_passes_over_the_total() -> None:
    must_stay_quiet(CODE, flat("=900000000-SUM(C2:C4) -> 400000000"))


def test_a_total_that_is_no_number() -> None:
    must_stay_quiet(CODE, flat("=C4-C2 -> 400000000", "lihat DPA"))


@pytest.mark.parametrize("formula", ["C4-C2", "$C$4-SUM(C2:C2)", "C4 - 500000000"])
def test_a_detail_taken_from_the_total(formula: str) -> None:
    (flag,) = must_find(CODE, flat(f"={formula} -> 400000000 *"))
    assert flag.severity is None
    assert flag.message.id == (
        f"400.000.000 dihitung mundur dari C4 (Jumlah) yang diketik; rumusnya ={formula}. "
        "Dengan begitu jumlahnya tidak lagi menguji rinciannya."
    )
    assert [cell.a1 for _, cell in flag.because] == ["C4"]


def test_a_detail_taken_from_its_parent() -> None:
    drawn = """
        | Kode         | Uraian       | Pagu (Rp)              |
        | 1.06.01      | PROGRAM SATU | 300000000              |
        | 1.06.01.2.01 | Kegiatan A   | 100000000              |
        | 1.06.01.2.02 | Kegiatan B   | =C2-C3 -> 200000000 *  |
        | 1.06.02      | PROGRAM DUA  | =C2-1 -> 299999999     |
        | 1.06.02.2.01 | Kegiatan C   | 299999999              |
    """
    (flag,) = must_find(CODE, drawn)
    assert "C2 (PROGRAM SATU)" in flag.message.id


def test_a_line_below_the_total_may_take_from_it() -> None:
    drawn = flat("400000000") + "        |    | Selisih dari DPA  | =C4-900000000 -> 0 | 0 |\n"
    must_stay_quiet(CODE, drawn)
