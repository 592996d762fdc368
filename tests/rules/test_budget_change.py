"""RA107: the change of a budget is the budget after revision minus the one before."""

from __future__ import annotations

from draw import must_find, must_stay_quiet

CODE = "RA107"
DRAWING = """
    Perubahan Anggaran Tahun 2024
    | Program   | Anggaran Sebelum Perubahan (Rp) | Anggaran Setelah Perubahan (Rp) | Bertambah/(Berkurang) (Rp) |
    | Program A | 850.000.000                     | 800.000.000                     | {}                         |
    | Program B | 300.000.000                     | 320.000.000                     | 20.000.000                 |
"""


def test_more_and_less() -> None:
    must_stay_quiet(CODE, DRAWING.format("(50.000.000)"))
    must_stay_quiet(CODE, DRAWING.format("-50.000.000"))


def test_nothing_changed() -> None:
    must_stay_quiet(
        CODE, DRAWING.format("(50.000.000)").replace("320.000.000", "300.000.000").replace("20.000.000 ", "-")
    )


def test_one_rupiah_off() -> None:
    (flag,) = must_find(CODE, DRAWING.format("(50.000.001) *"))
    assert (flag.computed, flag.difference) == ("-50000000", -1)
    assert flag.message.id == (
        "Perubahan tertulis -50.000.001, padahal setelah − sebelum perubahan = -50.000.000; selisih 1."
    )
