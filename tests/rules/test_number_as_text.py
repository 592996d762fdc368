"""NU103: numbers stored as text."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

from xlaudit.findings import Severity

CODE = "NU103"


def one(second: str, total: str = "1200000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp)  |
        | 1  | Program Penunjang | 500000000  |
        | 2  | Program Sosial    | {second}   |
        | 3  | Program Bencana   | 300000000  |
        |    | Jumlah            | {total}    |
    """


@pytest.mark.parametrize("second", ["400000000", "-", "", "NA", "belum ada"])
def test_numbers_and_what_is_no_figure(second: str) -> None:
    must_stay_quiet(CODE, one(second))
    must_stay_quiet(CODE, one(second, "=SUM(C2:C4) -> 1200000000"))


def test_a_column_of_texts_throughout() -> None:
    must_stay_quiet(
        CODE,
        "| No | Program | Pagu (Rp) |\n| 1 | Program A | 500.000.000 |\n| 2 | Program B | 400.000.000 |",
    )


def test_targets_in_words_beside_numbers() -> None:
    must_stay_quiet(
        CODE,
        """
        | Indikator       | Target    | Realisasi | Capaian |
        | Persentase PPKS | 80        | 84        | 105     |
        | Dokumen         | '3        | '3        | 100     |
        | Dokumen lain    | 3 dokumen | 3 dokumen | 100     |
        """,
    )


def test_a_percent_sign_says_more_than_a_bare_number() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program   | Pagu (Rp) | Realisasi (Rp) | %       |
        | 1  | Program A | 100000000 | 93180000       | 93.18   |
        | 2  | Program B | 100000000 | 93250000       | 93,25 % |
        """,
    )


@pytest.mark.parametrize("second", ["'400000000 *", "400.000.000 *", "Rp 400.000.000 *"])
def test_a_text_among_numbers_is_noted(second: str) -> None:
    (flag,) = must_find(CODE, one(second))
    assert flag.severity is None


@pytest.mark.parametrize("formula", [
    "SUM(C2:C4)", "SUM($C$2:$C$4)", "SUM(C2,C3,C4)", "sum(c2:c4)", "SUM(C2;C3;C4)", "SUBTOTAL(9,C2:C4)",
    "SUBTOTAL( 109 ;C2:C4)",
])  # fmt: skip
def test_a_text_that_a_sum_passes_over_is_an_error(formula: str) -> None:
    (flag,) = must_find(CODE, one("'400000000 *", f"={formula} -> 800000000"))
    assert flag.severity is Severity.ERROR
    assert flag.message.id == "“400000000” disimpan sebagai teks, sehingga rumus SUM di C5 melewatkannya."
    assert flag.live == "NOT(ISNUMBER(C3))"


def test_a_sum_elsewhere_is_no_error() -> None:
    (flag,) = must_find(CODE, one("'400000000 *", "=SUM(D2:D4) -> 800000000"))
    assert flag.severity is None


def test_several_texts_make_one_note() -> None:
    (flag,) = must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     |
        | 1  | Program Penunjang | 500000000     |
        | 2  | Program Sosial    | 400.000.000 * |
        | 3  | Program Bencana   | 300.000.000   |
        """,
    )
    assert flag.message.id.startswith("2 angka di kolom ini disimpan sebagai teks (misalnya “400.000.000” di C3)")
    assert [cell.a1 for _, cell in flag.because] == ["C4"]
