"""HI102: hidden sheets with figures."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

from xlaudit.findings import Severity

CODE = "HI102"


def book(line: str = "# Lembar tersembunyi: Rincian", cell: str = "500000000 *", first: str = "500000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp) |
        | 1  | Program Penunjang | {first}   |
        | 2  | Program Sosial    | 400000000 |
        |    | Jumlah            | 900000000 |
        {line}
        | {cell} |
        | {cell.replace(" *", "")} |
    """


def test_sheets_that_show() -> None:
    must_stay_quiet(CODE, book("# Lembar: Rincian", "500000000"))
    must_stay_quiet(CODE, book("# Lembar: Rincian", "500000000", "=Rincian!A1 -> 500000000"))


@pytest.mark.parametrize("line", ["# Lembar tersembunyi: Daftar", "# Lembar sangat tersembunyi: Daftar"])
def test_hidden_sheets_without_figures(line: str) -> None:
    must_stay_quiet(CODE, book(line, "Ya"))


def test_a_hidden_sheet() -> None:
    (flag,) = must_find(CODE, book())
    assert flag.severity is None
    assert flag.message.id == "Lembar “Rincian” disembunyikan padahal memuat 2 angka."
    assert flag.sheet == "Rincian" and flag.advice is not None and "Unhide" in flag.advice.id


def test_a_very_hidden_sheet() -> None:
    (flag,) = must_find(CODE, book("# Lembar sangat tersembunyi: Rincian"))
    assert flag.severity is Severity.WARNING
    assert "very hidden" in flag.message.id and flag.advice is not None and "VBA" in flag.advice.id


@pytest.mark.parametrize("formula", ["Rincian!A1", "'Rincian'!$A$1", "SUM(rincian!A1:A2)-A9"])
def test_a_hidden_sheet_whose_figures_are_used(formula: str) -> None:
    (flag,) = must_find(CODE, book(first=f"={formula} -> 500000000"))
    assert flag.severity is Severity.WARNING
    assert flag.message.id.endswith("memuat 2 angka. Angkanya dipakai rumus di Lembar!C2.")


def test_a_formula_that_names_another_sheet() -> None:
    (flag,) = must_find(CODE, book(first="=Lembar!C4 -> 500000000"))
    assert flag.severity is None


def test_only_the_first_users_are_named() -> None:
    drawn = book(first="=Rincian!A1+Rincian!A2 -> 500000000").replace("| 400000000 |", "| =Rincian!A2 -> 400000000 |")
    (flag,) = must_find(CODE, drawn)
    assert flag.message.id.endswith("di Lembar!C2, Lembar!C3.")


def test_a_hidden_table() -> None:
    drawn = """
        | No | Program           | Pagu (Rp) |
        | 1  | Program Penunjang | 500000000 |
        | 2  | Program Sosial    | 400000000 |
        # Lembar tersembunyi: Lama
        Anggaran lama *
        | No | Program           | Pagu (Rp) |
        | 1  | Program Penunjang | 500000000 |
        | 2  | Program Sosial    | 400000000 |
    """
    (flag,) = must_find(CODE, drawn)
    assert flag.table.sheet == "Lama"
