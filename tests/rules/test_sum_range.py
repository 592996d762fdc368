"""FO102: the range of a sum."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "FO102"


def flat(total: str, third: str = "300000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp)  |
        | 1  | Program Penunjang | 500000000  |
        | 2  | Program Sosial    | 400000000  |
        | 3  | Program Bencana   | {third}    |
        |    | Jumlah            | {total}    |
    """


@pytest.mark.parametrize(
    "formula", ["SUM(C2:C4)", "SUM(C2,C3,C4)", "C2+C3+C4", "SUM($C$1:C4)", "SUBTOTAL(9,C2:C4)", "SUM(C3:C4,C2)"]
)
def test_every_row_once(formula: str) -> None:
    must_stay_quiet(CODE, flat(f"={formula} -> 1200000000"))


@pytest.mark.parametrize(
    "total",
    ["1200000000", "=SUM(C2:C4)/1 -> 1", "=SUM(D2:D3) -> 1", "=SUM(C2:D3) -> 1", "=SUM(C2:C5) -> 1", "=C4 -> 1"],
)
def test_what_is_no_sum_of_the_rows_above(total: str) -> None:
    must_pass_over(CODE, flat(total))


@pytest.mark.parametrize("third", ["", "NA"])
def test_a_blank_row_need_not_be_counted(third: str) -> None:
    must_stay_quiet(CODE, flat("=SUM(C2:C3) -> 900000000", third))


def test_a_row_that_is_not_counted() -> None:
    (flag,) = must_find(CODE, flat("=SUM(C2:C3) -> 900000000 *"))
    assert flag.severity is Severity.ERROR
    assert flag.message.id == (
        "Rumus =SUM(C2:C3) tidak mencakup C4 (Program Bencana: 300.000.000). Hasilnya 900.000.000, sedangkan "
        "rinciannya berjumlah 1.200.000.000."
    )
    assert (flag.stated, flag.computed, flag.difference) == ("900000000", "1200000000", -300_000_000)
    assert [cell.a1 for _, cell in flag.because] == ["C4"]


@pytest.mark.parametrize("third", ["0", "-"])
def test_a_row_of_nothing_that_is_not_counted(third: str) -> None:
    (flag,) = must_find(CODE, flat("=SUM(C2:C3) -> 900000000 *", third))
    assert flag.severity is None and flag.computed is None
    assert "bila nanti diisi" in flag.message.id
    must_stay_quiet(CODE, flat("=SUM(C2:C4) -> 900000000", third))


def test_two_rows_that_are_not_counted() -> None:
    (flag,) = must_find(CODE, flat("=C2+C2 -> 1000000000 *").replace("=C2+C2", "=SUM(C2)"))
    assert "C3 (Program Sosial: 400.000.000) dan 1 baris lain" in flag.message.id


def test_a_row_counted_twice() -> None:
    (flag,) = must_find(CODE, flat("=SUM(C2:C4,C3) -> 1600000000 *"))
    assert flag.message.id.startswith("Rumus =SUM(C2:C4,C3) menghitung dua kali C3 (Program Sosial: 400.000.000).")
    assert flag.severity is Severity.ERROR


def test_a_value_that_agrees_although_the_formula_should_not() -> None:
    must_stay_quiet(CODE, flat("=SUM(C2:C3) -> 1200000000"))


def test_a_long_formula_is_cut() -> None:
    (flag,) = must_find(CODE, flat(f"={'+'.join(['C2', 'C3', 'C4'] * 9)} -> 9 *"))
    assert "…" in flag.message.id


def tree(total: str, first: str = "=SUM(C3:C4) -> 300000000", second: str = "=SUM(C6) -> 100000000") -> str:
    return f"""
        | Kode         | Uraian       | Pagu (Rp) |
        | 1.06.01      | PROGRAM SATU | {first}   |
        | 1.06.01.2.01 | Kegiatan A   | 100000000 |
        | 1.06.01.2.02 | Kegiatan B   | 200000000 |
        | 1.06.02      | PROGRAM DUA  | {second}  |
        | 1.06.02.2.01 | Kegiatan C   | 100000000 |
        |              | Jumlah       | {total}   |
    """


@pytest.mark.parametrize("formula", ["C2+C5", "SUM(C3:C4,C6)", "C2+C6", "C3+C4+C5", "SUM(C2,C5)"])
def test_a_total_of_any_level(formula: str) -> None:
    must_stay_quiet(CODE, tree(f"={formula} -> 400000000"))


def test_parents_and_children_alike() -> None:
    (flag,) = must_find(CODE, tree("=SUM(C2:C6) -> 800000000 *"))
    assert "menghitung dua kali C3 (Kegiatan A: 100.000.000) dan 2 baris lain" in flag.message.id


def test_a_detail_left_out_of_the_total() -> None:
    (flag,) = must_find(CODE, tree("=C3+C5 -> 200000000 *"))
    assert "tidak mencakup C4 (Kegiatan B: 200.000.000)" in flag.message.id
    (flag,) = must_find(CODE, tree("=C3+C4 -> 300000000 *"))
    assert "tidak mencakup C5 (PROGRAM DUA: 100.000.000)" in flag.message.id


def test_a_row_of_another_parent() -> None:
    (flag,) = must_find(CODE, tree("=C2+C5 -> 500000000", "=SUM(C3:C4,C6) -> 400000000 *"))
    assert flag.message.id.startswith(
        "Rumus =SUM(C3:C4,C6) ikut menjumlahkan C6 (Kegiatan C: 100.000.000), yang bukan rinciannya."
    )


def test_the_range_of_a_parent_one_row_short() -> None:
    must_find(CODE, tree("=C2+C5 -> 200000000", "=SUM(C3:C3) -> 100000000 *"))


def test_tables_with_several_totals_are_not_judged() -> None:
    must_pass_over(
        CODE,
        """
        | No | Program   | Pagu (Rp)                |
        | 1  | Program A | 500000000                |
        |    | Jumlah    | =SUM(C2) -> 500000000    |
        | 2  | Program B | 400000000                |
        |    | Jumlah    | =SUM(C4:C4) -> 400000000 |
        """,
    )


def test_levels_that_only_the_sums_tell_are_not_judged() -> None:
    drawn = """
        | Uraian       | Pagu (Rp)                 | Realisasi (Rp) |
        | Pelayanan    | =SUM(B3:B4) -> 300000000  | 250000000      |
        | Bimbingan    | 100000000                 | 90000000       |
        | Pendampingan | 200000000                 | 160000000      |
        | Perlindungan | =SUM(B6:B7) -> 700000000  | 600000000      |
        | Bantuan      | 300000000                 | 200000000      |
        | Pendataan    | 400000000                 | 400000000      |
    """
    must_pass_over(CODE, drawn)


def test_levels_told_by_looks_need_sums_that_hold() -> None:
    lines = ["| Uraian | Pagu (Rp) |"]
    for n, at in enumerate((2, 5, 8)):
        total = "=SUM(B3:B3) -> 100000000 *" if not n else f"=SUM(B{at + 1}:B{at + 2}) -> 300000000"
        lines += [f"| Bidang {n} as bold | {total} |", "| Kerja A | 100000000 |", "| Kerja B | 200000000 |"]
    must_find(CODE, "\n".join(lines))
    unsure = "\n".join(lines).replace(" *", "").replace("=SUM(B6:B7) -> 300000000", "7")
    must_pass_over(CODE, unsure.replace("=SUM(B9:B10) -> 300000000", "8"))


def test_levels_that_mostly_do_not_fit_are_not_judged() -> None:
    drawn = tree("=C2+C5 -> 900000001", "=SUM(C3:C3) -> 900000001", "=SUM(C6) -> 100000000")
    must_pass_over(CODE, drawn.replace("| Kegiatan C   | 100000000", "| Kegiatan C   | 150000000"))
