"""FO103: sums side by side that count other rows."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "FO103"


def drawn(second: str, third: str = "", *, first: str = "=SUM(B3:B4) -> 900000000", last: str = "350000000") -> str:
    """Levels that only the sums tell, so that FO102 does not judge."""
    more = bool(third)
    head = "| Uraian | Pagu (Rp) | Realisasi (Rp) |" + (" Sisa (Rp) |" if more else "")
    rows = [
        head,
        f"| Bidang I | {first} | {second} |" + (f" {third} |" if more else ""),
        "| Rehabilitasi | 500000000 | 400000000 |" + (" 100000000 |" if more else ""),
        f"| Penanganan | 400000000 | {last} |" + (" 50000000 |" if more else ""),
        "| Bidang II | =SUM(B6:B7) -> 700000000 | =SUM(C6:C7) -> 600000000 |"
        + (" =SUM(D6:D7) -> 100000000 |" if more else ""),
        "| Perlindungan | 300000000 | 250000000 |" + (" 50000000 |" if more else ""),
        "| Pemberdayaan | 400000000 | 350000000 |" + (" 50000000 |" if more else ""),
    ]
    return "\n".join(rows)


@pytest.mark.parametrize("formula", ["SUM(C3:C4)", "C3+C4", "SUM(C4,C3)"])
def test_the_same_rows(formula: str) -> None:
    must_stay_quiet(CODE, drawn(f"={formula} -> 750000000"))


@pytest.mark.parametrize("last", ["0", "-", ""])
def test_a_row_of_nothing_left_out(last: str) -> None:
    must_stay_quiet(CODE, drawn("=SUM(C3:C3) -> 400000000", last=last))


def test_one_typed_beside_a_sum() -> None:
    lines = drawn("750000000").replace("=SUM(C6:C7) -> ", "")
    must_pass_over(CODE, lines)


def test_fewer_rows_than_beside() -> None:
    (flag,) = must_find(CODE, drawn("=SUM(C3:C3) -> 400000000 *"))
    assert flag.severity is None
    assert flag.message.id == (
        "Rumus =SUM(C3:C3) menjumlahkan 1 baris, sedangkan rumus di B2, =SUM(B3:B4), menjumlahkan 2 baris. "
        "Dengan baris yang sama hasilnya 750.000.000, bukan 400.000.000."
    )
    assert (flag.stated, flag.computed, flag.difference) == ("400000000", "750000000", -350_000_000)


def test_the_shorter_one_may_stand_on_the_left() -> None:
    must_find(CODE, drawn("=SUM(C3:C4) -> 750000000", first="=SUM(B3:B3) -> 500000000 *"))


def test_the_odd_one_of_three() -> None:
    must_stay_quiet(CODE, drawn("=SUM(C3:C4) -> 750000000", "=SUM(D3:D4) -> 150000000"))
    must_find(
        CODE, drawn("=SUM(C3:C3) -> 400000000", "=SUM(D3:D3) -> 100000000", first="=SUM(B3:B4) -> 900000000 *")
    )


def test_a_value_that_agrees_with_the_other_rows() -> None:
    must_stay_quiet(CODE, drawn("=SUM(C3:C3) -> 750000000"))
    must_stay_quiet(CODE, drawn("=SUM(C3:C3) -> 400000000", first="=SUM(B3:B4) -> 500000000"))


def test_sums_that_are_certain_are_judged_elsewhere() -> None:
    must_pass_over(
        CODE,
        """
        | Kode         | Uraian       | Pagu (Rp)                | Realisasi (Rp)           |
        | 1.06.01      | PROGRAM SATU | =SUM(C3:C4) -> 300000000 | =SUM(D3:D3) -> 90000000  |
        | 1.06.01.2.01 | Kegiatan A   | 100000000                | 90000000                 |
        | 1.06.01.2.02 | Kegiatan B   | 200000000                | 150000000                |
        """,
    )
