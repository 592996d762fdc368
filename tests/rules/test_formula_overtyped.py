"""ST107: cells that the template computes still hold their formula."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "ST107"
HEADS = (
    "| Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |"
)
TOP = f"""# Templat: perjanjian-kinerja
# Lembar: Anggaran PK
ANGGARAN PERJANJIAN KINERJA
DINAS SOSIAL TAHUN 2025


{HEADS}
| (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
"""


def rows(*fifth: str, ready: bool = True) -> str:
    """Programs with these contents in the computed column; then empty prepared rows and the closing line."""
    drawn = "".join(
        f"| 1.0{n} | Program {n} | 100000 | 90000 | {content} | |\n" for n, content in enumerate(fifth, 2)
    )
    empty = range(7 + len(fifth), 12) if ready else ()
    prepared = "".join(f"| | | | | =$D{row}-$C{row} -> | |\n" for row in empty)
    return TOP + drawn + prepared + "\n| | Jumlah | 300000 | 270000 | -30000 | |\n"


def formula(row: int) -> str:
    return f"=$D{row}-$C{row} -> -10000"


def test_formulas_in_every_row() -> None:
    must_stay_quiet(CODE, rows(formula(7), formula(8), formula(9)))


@pytest.mark.parametrize("typed", ["-10000", "-", "(10.000)", "nihil", "'-10000"])
def test_one_typed_cell(typed: str) -> None:
    (flag,) = must_find(CODE, rows(formula(7), typed + " *", formula(9)))
    assert flag.advice is not None
    assert "salin sel E7 yang rumusnya masih ada, lalu tempel di E8" in flag.advice.id


def test_the_sentence_says_what_is_typed() -> None:
    (flag,) = must_find(CODE, rows(formula(7), "-12500 *", formula(9)))
    assert flag.message.id == (
        "Kolom Bertambah/(Berkurang) di baris ini dihitung dengan rumus, tetapi E8 berisi “-12.500” yang diketik."
    )
    assert flag.stated == "-12500"


def test_two_rows_are_two_findings_and_three_are_one() -> None:
    must_find(CODE, rows("-10000 *", "-10000 *", formula(9), formula(10)))
    (flag,) = must_find(CODE, rows(formula(7), "-10000 *", "-10000", "-10000"))
    assert flag.message.id == (
        "Rumus di 3 sel tertimpa nilai yang ditempel atau diketik: baris 8–10, kolom E (Bertambah/(Berkurang))."
    )


def test_a_table_without_any_formula_left() -> None:
    (flag,) = must_find(CODE, rows("-10000 *", "-10000", "-10000", ready=False))
    assert flag.advice is not None and "templat kosong" in flag.advice.id


def test_a_parent_whose_amount_is_typed() -> None:
    drawing = TOP + (
        "| 1.02 | Program A | 100000 * | =SUM(D8:D9) -> 90000 | =$D7-$C7 -> -10000 | |\n"
        "| 1.02.1 | Kegiatan A | 40000 | 50000 | =$D8-$C8 -> 10000 | |\n"
        "| 1.02.2 | Kegiatan B | 60000 | 40000 | =$D9-$C9 -> -20000 | |\n"
    )
    must_find(CODE, drawing)


def test_a_parent_above_rows_without_amounts_may_be_typed() -> None:
    must_stay_quiet(
        CODE,
        TOP + "| 1.02 | Program A | 100000 | 90000 | =$D7-$C7 -> -10000 | |\n"
        "| 1.02.1 | Kegiatan A | | | =$D8-$C8 -> | |\n| 1.020 | Program B | 1 | 2 | =$D9-$C9 -> 1 | |\n",
    )


def test_a_workbook_that_is_no_template_is_left_alone() -> None:
    from draw import must_pass_over

    must_pass_over(CODE, rows("-10000", formula(8)).partition("\n")[2])


@pytest.mark.parametrize(("length", "cut"), [(60, False), (61, True)])
def test_a_long_text_is_cut_in_the_sentence(length: int, cut: bool) -> None:
    typed = "x" * length
    (flag,) = must_find(CODE, rows(formula(7), typed + " *", formula(9)))
    assert ("“" + "x" * 60 + ("…" if cut else "") + "”") in flag.message.id
