"""Shared formulas moved to their cells; openpyxl's translator is the independent witness."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from xlaudit.cells import Cell
from xlaudit.reading.formulas import moved, split


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        ("A1", "B3"),
        ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
        ("SUM(A1:B2)", "SUM(B3:C4)"),
        ("SUM(A:A)+SUM($A:B)", "SUM(B:B)+SUM($A:C)"),
        ("SUM(1:1)+SUM($1:2)", "SUM(3:3)+SUM($1:4)"),
        ('"A1"&A1&"a ""B2"" c"', '"A1"&B3&"a ""B2"" c"'),
        ("'Lembar A1'!A1", "'Lembar A1'!B3"),
        ("'it''s A1'!A1+Data!B2", "'it''s A1'!B3+Data!C4"),
        ("LOG10(A1)+ATAN2(A1,B1)", "LOG10(B3)+ATAN2(B3,C3)"),
        ("Tabel1[[#This Row],[A1]]*A1", "Tabel1[[#This Row],[A1]]*B3"),
        ("Tabel1['[A1']]+A1", "Tabel1['[A1']]+B3"),
        ("[1]Sheet1!A1", "[1]Sheet1!B3"),
        ("pagu_A1+A1_x+x.A1+1E5+1.5E+5", "pagu_A1+A1_x+x.A1+1E5+1.5E+5"),
        ("Jan:Mar!A1", "Jan:Mar!B3"),
        ("TRUE+A1%", "TRUE+B3%"),
        ("XFD1+A1048576", "#REF!+#REF!"),
        ("[[[A1", "[[[A1"),
        ("", ""),
    ],
)
def test_only_relative_references_move(formula: str, wanted: str) -> None:
    assert moved(split(formula), 2, 1) == wanted


REFERENCES = st.builds(
    lambda row, column, one, two: f"{one}{Cell(1, column).a1[:-1]}{two}{row}",
    st.integers(60, 2000),
    st.integers(60, 900),
    st.sampled_from(["", "$"]),
    st.sampled_from(["", "$"]),
)
PIECES = st.one_of(REFERENCES, st.sampled_from(["12", '"A9"', "LOG10(CZ70)", "SUM(BZ90:CA$99)", "Data!BZ70"]))


@given(st.lists(PIECES, min_size=1, max_size=6), st.integers(-50, 50), st.integers(-50, 50))
def test_it_agrees_with_openpyxl(pieces: list[str], rows: int, columns: int) -> None:
    formula = "+".join(pieces)
    theirs = Translator("=" + formula, origin="CV100").translate_formula(Cell(100 + rows, 100 + columns).a1)
    assert "=" + moved(split(formula), rows, columns) == theirs


@given(st.text(alphabet="A1$:'\"[]!.,(B9 ", max_size=30))
def test_moving_by_nothing_changes_nothing(formula: str) -> None:
    assert moved(split(formula), 0, 0) in (formula, formula.upper()) or "#REF!" in moved(split(formula), 0, 0)


@given(st.text(alphabet="A1$:'\"[]!.,(B9 ", max_size=30), st.integers(-9, 9))
def test_no_formula_is_too_odd(formula: str, by: int) -> None:
    assert isinstance(moved(split(formula), by, by), str)
