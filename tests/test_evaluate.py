"""Formulas whose values the file does not store: computed as a spreadsheet does, or left alone."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import minibook
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.audit import audit_workbook
from xlaudit.cells import parse_cell
from xlaudit.errors import UnreadableWorkbook
from xlaudit.findings import Severity
from xlaudit.model import Sheet, Stored, StoredCell, Workbook
from xlaudit.outcome import Outcome
from xlaudit.reading.evaluate import evaluated
from xlaudit.reading.formula_text import parse
from xlaudit.reading.grid import read_workbook

Content = int | str | bool | Decimal


def stored(row: int, column: int, content: Content) -> StoredCell:
    if isinstance(content, bool):
        return StoredCell(row, column, Stored.BOOLEAN, None, str(content).upper(), None, 0)
    if isinstance(content, str):
        if content.startswith("="):
            return StoredCell(row, column, Stored.EMPTY, None, "", content[1:], 0)
        kind = Stored.ERROR if content.startswith("#") else Stored.TEXT
        return StoredCell(row, column, kind, None, content, None, 0)
    return StoredCell(row, column, Stored.NUMBER, Decimal(content), str(content), None, 0)


def book(*sheets: Mapping[str, Content], hidden: frozenset[int] = frozenset()) -> Workbook:
    """A workbook of the sheets Satu, Lembar Dua, ... with these cells; texts that begin with = are formulas."""
    made = []
    for at, content in enumerate(sheets):
        rows: dict[int, dict[int, StoredCell]] = {}
        for address, value in content.items():
            row, column = parse_cell(address)
            rows.setdefault(row, {})[column] = stored(row, column, value)
        made.append(
            Sheet(["Satu", "Lembar Dua"][at], at, f"{at}.xml", dict(sorted(rows.items())), hidden_rows=hidden)
        )
    return Workbook("buku.xlsx", tuple(made), ())


def at(workbook: Workbook, address: str) -> StoredCell:
    cell = workbook.sheets[0].at(*parse_cell(address))
    assert cell is not None
    return cell


CELLS: dict[str, Content] = {
    "A1": 10, "A2": 3, "A3": "Gizi", "A4": "7", "A6": True, "A7": Decimal("-2.5"), "A8": "gizi buruk", "A9": 3,
    "B1": 100, "B2": 200, "B3": 300, "B4": 400, "B6": 600, "B7": 700, "B8": 800, "B9": 900,
    "C1": "#N/A", "C2": "-", "C3": 1,
}  # fmt: skip
OTHER: dict[str, Content] = {"A1": 1, "A2": "=5/3", "B2": 4, "C9": Decimal("0.1")}

KNOWN = {
    # operators and their ranks
    "1+2*3": "7", "(1+2)*3": "9", "-2^2": "4", "0-2^2": "-4", "2^3^2": "64", "2^-1": "0.5", "10-3-2": "5", "8/4/2": "1",
    "50%": "0.5", "200*10%": "20", "2^50%*2^50%": "2", "--A4": "7", "-A1%": "-0.1", "+A3": "Gizi", "1+1&2+2": "24",
    '"a"&"b"="AB"': "TRUE", "1=1=TRUE": "TRUE", "1E3+.5": "1000.5", '"di ""sini"""': 'di "sini"', " A1\n+ A2 ": "13",
    "A1/A2": "3.33333333333333", "A1/A2*A2": "10", "0.1+0.2=0.3": "TRUE", "1-0.9-0.1": "0", "2/3": "0.666666666666667",
    "123456789012345678": "123456789012346000", "1/3*1E-9": "3.33333333333333E-10", "2^0.5": "1.4142135623731",
    "10^308*10": "#NUM!", "0^0": "#NUM!", "0^-1": "#DIV/0!", "1.01^1000": "20959.1556378137",
    # kinds of value
    "A5": "0", "A5+1": "1", 'A5=""': "TRUE", "A5=0": "TRUE", 'A5&"x"': "x", "A6+1": "2", "A4*2": "14",
    "A3+1": "#VALUE!",
    "A3": "Gizi", "A6": "TRUE", "C1": "#N/A", "C1+1": "#N/A", "C2*1": "#VALUE!", "1/0": "#DIV/0!", "#REF!+1": "#REF!",
    'A3="GIZI"': "TRUE", '9<"1"': "TRUE", '"z"<TRUE': "TRUE", 'A3<>""': "TRUE", '"5%"*2': "0.1", "NOT(A5)": "TRUE",
    # references
    "$A$1+A$2": "13", "'Lembar Dua'!A1": "1", "'lembar dua'!$A$2*3": "5", "Satu!A1": "10", "'Lembar Dua'!Z1": "0",
    "SUM('Lembar Dua'!A:B)": "6.66666666666667", "SUM(B2:A1)": "313", "SUM('Lembar Dua'!2:2)": "5.66666666666667",
    "SUM((A1:A2,B1:B2),1)": "314",
    # over many cells
    "SUM(A1:A9)": "13.5", "SUM(A4,1)": "1", "SUM(A4+0,1)": "8", 'SUM("4",TRUE)': "5", "SUM(A5:A5)": "0",
    "SUM(C1:C3)": "#N/A",
    "AVERAGE(A1:A4)": "6.5", "AVERAGE(A3)": "#DIV/0!", "MIN(A1:A9)": "-2.5", "MAX(A1:B9)": "900", "MAX(A3)": "0",
    "COUNT(A1:C9)": "13", "COUNTA(A1:C9)": "19", 'COUNT(1,"2","x",1/0)': "2", "PRODUCT(A1:A3)": "30",
    "PRODUCT(A3)": "0",
    "SUBTOTAL(9,A1:A3)": "13", "SUBTOTAL(109,A1:A3,B1)": "113", "SUBTOTAL(1,A1:A3)": "6.5",
    "SUBTOTAL(101,A1:A2)": "6.5",
    "SUMPRODUCT(A1:A2,B1:B2)": "1600", "SUMPRODUCT((A1:A9=3)*B1:B9)": "1100", "SUMPRODUCT(--(B1:B4>100))": "3",
    "SUMPRODUCT(A1:A2,B1:B3)": "#VALUE!", "SUMPRODUCT(A1:A3,B1:B3)": "1600", "SUMPRODUCT(C1:C3)": "#N/A",
    # by criteria and by position
    "SUMIF(A1:A9,3,B1:B9)": "1100", 'SUMIF(A1:A9,">2",B1)': "1200", 'SUMIF(A1:A9,"gizi",B1:B9)': "300",
    'SUMIF(A1:A9,"gizi*",B1:B9)': "1100", 'SUMIF(A1:A9,"<>3",B1:B9)': "2900", 'SUMIF(B1:B9,">=700")': "2400",
    'COUNTIF(A1:A9,"gizi?buruk")': "1", "COUNTIF(A1:A9,A2)": "2", 'COUNTIF(A1:A9,"<>3")': "7", 'COUNTIF(A:A,"<>")': "8",
    "COUNTIF(A1:A9,7)": "1", 'COUNTIFS(A1:A9,">2",B1:B9,">100")': "2", "SUMIFS(B1:B9,A1:A9,3,B1:B9,900)": "900",
    "COUNTIFS(A:A,\"<>3\",B:B,\"<>900\")": "1048574", 'SUMIFS(B1:B9,A1:A9,"<>3",C1:C9,"<>1")': "2600",
    'COUNTIFS(A1:A9,3,B1:B9,"<>200")': "1", 'SUMIFS(B1:B9,A1:A9,3,B1:B9,"<>200")': "900",
    "SUMIF(A:A,3,B:B)": "1100", "AVERAGEIF(A1:A9,3,B1:B9)": "550", "AVERAGEIF(A1:A9,99,B1:B9)": "#DIV/0!",
    'VLOOKUP("GIZI",A1:B9,2,FALSE)': "300", "VLOOKUP(3,A1:B9,2,0)": "200", "VLOOKUP(99,A1:B9,2,0)": "#N/A",
    "VLOOKUP(3,A1:B9,3,0)": "#REF!", "INDEX(B1:B9,3)": "300", "INDEX(A1:B9,2,2)": "200", "INDEX(B1:B3,9)": "#REF!",
    'INDEX(B1:B9,MATCH("gizi",A1:A9,0))': "300", "MATCH(7,A1:A9,0)": "#N/A", "SUM(INDEX(A1:B9,0,2))": "4000",
    "OFFSET(A1,1,0)": "3", "SUM(A1:INDEX(A1:A9,3))": "13",
    # rounding
    "ROUND(2.5,0)": "3", "ROUND(-2.5,0)": "-3", "ROUND(2.675,2)": "2.68", "ROUND(1234.5,-2)": "1200",
    "ROUND(0.5-1,0)": "-1",
    "ROUNDUP(2.01,1)": "2.1", "ROUNDUP(-2.01,1)": "-2.1", "ROUNDDOWN(-2.99,1)": "-2.9", "ROUNDUP(121,-1)": "130",
    "TRUNC(-8.9)": "-8", "TRUNC(8.99,1)": "8.9", "INT(-8.1)": "-9", "INT(8.9)": "8", "ABS(A7)": "2.5",
    "MOD(-3,2)": "1", "MOD(3,-2)": "-1", "MOD(3,0)": "#DIV/0!", "MOD(7.5,2)": "1.5", "POWER(3,4)": "81",
    # conditions
    "IF(A1>5,1,1/0)": "1", "IF(A1>50,1)": "FALSE", "IF(A1>5,,2)": "0", 'IF(A3="","-",A3)': "Gizi", "IF(C1,1,2)": "#N/A",
    'IF(A5=0,"-",A1/A5)': "-", 'IFERROR(A1/A5,"-")': "-", "IFERROR(A1/A2,0)": "3.33333333333333",
    "_xlfn.IFNA(C1,5)": "5",
    "_xlfn.IFNA(1/0,5)": "#DIV/0!", "ISERROR(C1)": "TRUE", "ISERROR(A1)": "FALSE", "ISNUMBER(A1)": "TRUE",
    "ISNUMBER(A4)": "FALSE",
    "ISNUMBER(A6)": "FALSE", "ISBLANK(A5)": "TRUE", "ISBLANK(A1)": "FALSE", "ISTEXT(A3)": "TRUE", "N(A3)": "0",
    "N(A6)": "1",
    "AND(A1>1,A2>1)": "TRUE", "OR(A1>10,A2>3)": "FALSE", "AND(TRUE,C1)": "#N/A", "NOT(A6)": "FALSE",
    "CHOOSE(2,1,A3)": "Gizi",
    "CHOOSE(3,1,2)": "#VALUE!", 'VALUE("12")': "12", "_xlfn.CONCAT(A3,1)": "Gizi1",
    # texts
    'CONCATENATE(A3," ",A1)': "Gizi 10", "LEFT(A3,2)": "Gi", "LEFT(A3)": "G", "RIGHT(A3,3)": "izi", "MID(A3,2,2)": "iz",
    "RIGHT(A3,0)": "", "LEN(A3)": "4", 'TRIM("  a   b ")': "a b", "UPPER(A3)": "GIZI", "LOWER(A3)": "gizi",
    "PROPER(A8)": "Gizi Buruk", "LEFT(A3,-1)": "#VALUE!",
}  # fmt: skip

NOT_SURE = [
    "FOO(1)", "TODAY()", 'INDIRECT("A1")', "[1]Satu!A1", "'[1]Satu'!A1", "Hilang!A1", "Satu:Tiga!A1",
    "Tabel[Pagu]", "SUM(Tabel[[#This Row],[Pagu]])", "pagu*2", "A1:A3", "A1:A3*2", "SUM(A1:A3*2)", "SUM(IF(A1:A3>1,1))",
    "A1 A2", "A1:A3 A2:B2", "{1,2,3}", "SUM({1;2})", "@A1", "A1#", "A1+", "(A1", "A1)", "SUM(A1", "SUM(A1,,)+A1:A2", "",
    '"1.000"+1', '"Rp5"+1', '"3 Mei"+1', '"1,5"*2', "1.5&\"\"", "A1/A2&\"%\"", '"a"<"b"', 'TEXT(A1,"0")', "IF(A1)",
    'SUMIF(A1:A9,">0.5",B1:B9)', 'COUNTIF(A1:A9,"")', "VLOOKUP(3,A1:B9,2)", "VLOOKUP(3,A1:B9,2,TRUE)", "MATCH(3,A1:A9)",
    "IFERROR(FOO(1),1)", "XFE1", "A1048577", "SUBTOTAL(12,A1:A2)", "A1;A2", "ROUND(A1)", "SUM('Lembar Dua'!A1:Satu!B2)",
    "(A1,A2)", "ABC", "LOG10(10)", "IFNA(C1,5)", "(-8)^(1/3)",
]  # fmt: skip


@pytest.fixture(scope="module")
def known() -> dict[str, StoredCell]:
    """The cell of every formula of both lists, all computed in one workbook."""
    formulas = [*KNOWN, *NOT_SURE]
    one = CELLS | {f"H{row}": "=" + formula for row, formula in enumerate(formulas, 1)}
    computed = evaluated(book(one, OTHER))
    return {formula: at(computed, f"H{row}") for row, formula in enumerate(formulas, 1)}


@pytest.mark.parametrize("formula", KNOWN)
def test_as_a_spreadsheet_has_it(formula: str, known: dict[str, StoredCell]) -> None:
    cell = known[formula]
    assert cell.text == KNOWN[formula]
    assert cell.formula == formula
    if cell.kind is Stored.NUMBER:
        assert cell.number == Decimal(cell.text)
    else:
        assert cell.number is None
        assert (cell.kind is Stored.ERROR) == cell.text.startswith("#")
        assert (cell.kind is Stored.BOOLEAN) == (cell.text in {"TRUE", "FALSE"})


@pytest.mark.parametrize("formula", NOT_SURE)
def test_what_is_not_sure_stays_without_value(formula: str, known: dict[str, StoredCell]) -> None:
    assert known[formula][2:6] == (Stored.EMPTY, None, "", formula)


# -- arithmetic against fractions -----------------------------------------------------------------------------

Expression = tuple[str, Fraction | None, int]
"""Its text, its value (None for an error) and the rank of its outermost operator."""
RANKS = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
SIGNED, ATOM = 4, 5
amounts = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False)
atoms = amounts.map(lambda number: (f"{number:f}", Fraction(number), ATOM))


def joined(parts: tuple[Expression, str, Expression]) -> Expression:
    (left, one, left_rank), sign, (right, two, right_rank) = parts
    rank = RANKS[sign]
    left = f"({left})" if left_rank < rank else left
    right = f"({right})" if right_rank <= rank else right
    value = None
    if one is not None and two is not None and not (sign == "/" and two == 0):
        value = {"+": one + two, "-": one - two, "*": one * two, "/": one / (two or 1)}[sign]
    return f"{left}{sign}{right}", value, rank


def negated(part: Expression) -> Expression:
    text, value, rank = part
    return f"-({text})" if rank < SIGNED else f"-{text}", None if value is None else -value, SIGNED


def in_percent(part: Expression) -> Expression:
    text, value, rank = part
    return f"({text})%" if rank < ATOM else f"{text}%", None if value is None else value / 100, ATOM


def raised(part: tuple[Expression, int]) -> Expression:
    (text, value, rank), exponent = part
    worth = None if value is None or (value == 0 and exponent <= 0) else value**exponent
    return f"({text})^{exponent}" if rank < RANKS["^"] else f"{text}^{exponent}", worth, RANKS["^"]


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.tuples(parts, st.sampled_from("+-*/"), parts).map(joined),
        parts.map(negated),
        parts.map(in_percent),
        st.tuples(parts, st.integers(-3, 3)).map(raised),
    )


@given(st.recursive(atoms, larger, max_leaves=12))
def test_arithmetic_is_exact(expression: Expression) -> None:
    text, value, _ = expression
    cell = at(evaluated(book({"A1": "=" + text})), "A1")
    if value is None:
        assert cell.kind is Stored.ERROR
    elif abs(value) > 10**308:
        assert cell.text == "#NUM!"
    else:
        context = Context(prec=15, rounding=ROUND_HALF_EVEN)
        assert cell.number == context.divide(Decimal(value.numerator), Decimal(value.denominator)).normalize()


@given(amounts, st.integers(-4, 6), st.booleans())
def test_rounding_takes_halves_away_from_zero(number: Decimal, digits: int, negative: bool) -> None:
    sign = -1 if negative else 1
    step = Fraction(10) ** -digits
    size = Fraction(number) / step
    cells: dict[str, Content] = {
        "A1": number * sign,
        "B1": f"=ROUND(A1,{digits})",
        "B2": f"=ROUNDUP(A1,{digits})",
        "B3": f"=TRUNC(A1,{digits})",
    }
    computed = evaluated(book(cells))
    expected = [math.floor(size + Fraction(1, 2)), math.ceil(size), math.floor(size)]
    found = [at(computed, address).number for address in ("B1", "B2", "B3")]
    assert [Fraction(n) for n in found if n is not None] == [sign * whole * step for whole in expected]


@given(st.lists(st.one_of(amounts, st.sampled_from(["-", "", "12", True])), max_size=30))
def test_sums_pass_over_what_is_no_number(contents: list[Content]) -> None:
    cells: dict[str, Content] = {f"A{row}": content for row, content in enumerate(contents, 1)}
    computed = evaluated(book(cells | {"B1": "=SUM(A:A)", "B2": "=SUM(A1:A40)", "B3": "=COUNT(A1:A40)"}))
    numbers = [content for content in contents if isinstance(content, Decimal)]
    assert at(computed, "B1").number == at(computed, "B2").number == sum(numbers, Decimal(0))
    assert at(computed, "B3").number == len(numbers)


# -- cells that need each other -------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, -1])
def test_long_chains_need_no_deep_stack(step: int) -> None:
    length = 100_000
    rows = range(1, length + 1)
    first = 1 if step == 1 else length
    chain: dict[str, Content] = {f"A{row}": 1 if row == first else f"=A{row - step}+1" for row in rows}
    assert at(evaluated(book(chain)), f"A{length if step == 1 else 1}").number == length


def test_a_value_is_kept_at_full_precision_for_those_that_need_it() -> None:
    computed = evaluated(book({"A1": "=1/3", "A2": "=A1*3", "A3": "=INT(A2)"}))
    assert [at(computed, address).text for address in ("A1", "A2", "A3")] == ["0.333333333333333", "1", "1"]


def test_growing_fractions_are_cut_short_of_harm() -> None:
    chain: dict[str, Content] = {f"A{row}": f"=A{row - 1}*1.0000001/1.0000003" for row in range(2, 3000)}
    cell = at(evaluated(book({"A1": 1} | chain)), "A2999")
    exact = (Fraction(10000001, 10000003)) ** 2998
    assert cell.number == Context(prec=15).divide(Decimal(exact.numerator), Decimal(exact.denominator))


def test_circles_stay_without_value_and_so_does_what_reads_them() -> None:
    cells: dict[str, Content] = {
        "A1": "=A2",
        "A2": "=A1+1",
        "A3": "=SUM(A1:A3)",
        "A4": "=A3",
        "A5": "=1+1",
        "A6": "=A5",
    }
    computed = evaluated(book(cells))
    kinds = [at(computed, f"A{row}").kind for row in range(1, 7)]
    assert kinds == [Stored.EMPTY] * 4 + [Stored.NUMBER] * 2


def test_a_stored_value_is_never_replaced() -> None:
    workbook = book({"A1": "=1+1", "A2": 5})
    stale = StoredCell(3, 1, Stored.NUMBER, Decimal(9), "9", "1+1", 0)
    workbook.sheets[0].rows[3] = {1: stale}
    computed = evaluated(workbook)
    assert at(computed, "A3") == stale
    assert at(computed, "A2") == at(workbook, "A2")
    assert at(workbook, "A1").kind is Stored.EMPTY, "the workbook that came in stays as it was"


def test_without_need_the_same_workbook_comes_back() -> None:
    workbook = book(CELLS)
    assert evaluated(workbook) is workbook


def test_formulas_of_one_shape_share_their_tree() -> None:
    one, two = parse("SUM($A1:A9)/'x y'!B2"), parse("SUM(C3:D4)/Z!B2")
    assert one is not None and two is not None
    assert one.tree is two.tree and one.references != two.references


def test_nesting_as_deep_as_spreadsheets_allow() -> None:
    assert at(evaluated(book({"A1": "=" + "(" * 64 + "7" + ")" * 64})), "A1").number == 7
    assert at(evaluated(book({"A1": "=" + "IF(TRUE," * 40 + "7" + ")" * 40})), "A1").number == 7
    for deep in ("(" * 65 + "7" + ")" * 65, "1+(" * 64 + "7" + ")" * 64 + "+(1", "(" * 8000, "-" * 8000):
        assert at(evaluated(book({"A1": "=" + deep})), "A1").kind is Stored.EMPTY
    assert at(evaluated(book({"A1": "=" + "name:" * 1600 + "name"})), "A1").kind is Stored.EMPTY
    assert at(evaluated(book({"A1": "=1" + "+1" * 4000, "A2": "=" + "-" * 4000 + "1"})), "A1").number == 4001


# -- effort ---------------------------------------------------------------------------------------------------


def test_whole_columns_cost_what_they_hold() -> None:
    cells: dict[str, Content] = {
        "A1": 1,
        "A9": 2,
        "B1": "=SUM(A:A)",
        "B2": "=SUM(A1:A1048576)",
        "B3": '=SUMIF(A:A,">1")',
    }
    computed = evaluated(book(cells), 1000)
    assert [at(computed, address).text for address in ("B1", "B2", "B3")] == ["3", "3", "2"]


def test_effort_is_bounded() -> None:
    cells: dict[str, Content] = {"A1": "=1+1"}
    cells |= {f"A{row}": f"=SUM(A$1:A{row - 1})" for row in range(2, 1000)}
    computed = evaluated(book(cells), 20_000)
    kinds = [at(computed, f"A{row}").kind for row in range(1, 1000)]
    assert kinds[0] is kinds[50] is Stored.NUMBER
    assert kinds[-1] is Stored.EMPTY
    assert kinds == sorted(kinds, key=lambda kind: kind is Stored.EMPTY)


def test_texts_do_not_grow_without_end() -> None:
    computed = evaluated(
        book({"A1": "abcd"} | {f"A{row}": f"=A{row - 1}&A{row - 1}" for row in range(2, 60)})
    )
    assert len(at(computed, "A13").text) == 4 * 2**12
    assert [at(computed, f"A{row}").text for row in (15, 59)] == ["#VALUE!"] * 2


# -- subtotals ------------------------------------------------------------------------------------------------


def test_subtotals_pass_over_each_other() -> None:
    cells: dict[str, Content] = {
        "A1": 1,
        "A2": 2,
        "A3": "=SUBTOTAL(9,A1:A2)",
        "A4": 5,
        "A5": "=subtotal(9,A1:A4)",
    }
    computed = evaluated(
        book(cells | {"B1": "=SUM(A1:A4)", "A6": "=SUBTOTAL(9,A1:A2)/2", "B2": "=SUBTOTAL(9,A1:A6)"})
    )
    found = [at(computed, address).text for address in ("A3", "A5", "B1", "B2")]
    assert found == ["3", "8", "11", ""], "a formula that is only partly a subtotal is not sure"


def test_hidden_rows_count_only_where_that_is_sure() -> None:
    cells: dict[str, Content] = {
        "A1": 1,
        "A2": 2,
        "A3": 4,
        "B1": "=SUBTOTAL(109,A1:A3)",
        "B2": "=SUBTOTAL(9,A1:A3)",
    }
    computed = evaluated(
        book(cells | {"B3": "=SUBTOTAL(9,A2:A3)", "B4": "=SUM(A1:A3)"}, hidden=frozenset({1}))
    )
    assert [at(computed, f"B{row}").text for row in range(1, 5)] == ["6", "", "6", "7"]


# -- files ----------------------------------------------------------------------------------------------------

ROWS = '<row r="1"><c r="A1"><v>5</v></c><c r="B1"><f>A1*2</f><v>0</v></c><c r="C1"><f>A1*3</f><v>9</v></c>' \
    '<c r="D1"><f>FOO(A1)</f><v>0</v></c><c r="E1"><f>A1*4</f></c><c r="F1"><v>0</v></c></row>'  # fmt: skip


@pytest.mark.parametrize(("told", "recalculates"), [("1", True), ("true", True), ("0", False), (None, False)])
def test_a_stored_zero_counts_unless_the_file_asks_for_recalculation(
    tmp_path: Path, told: str | None, recalculates: bool
) -> None:
    content = minibook.parts(ROWS)
    if told is not None:
        xml = str(content["xl/workbook.xml"])
        content["xl/workbook.xml"] = xml.replace(
            "</workbook>", f'<calcPr fullCalcOnLoad="{told}"/></workbook>'
        )
    workbook = minibook.book(tmp_path, content)
    assert workbook.recalculates is recalculates
    computed = evaluated(workbook)
    found = [at(computed, address).text for address in ("B1", "C1", "D1", "E1", "F1")]
    assert found == (["10", "9", "", "20", "0"] if recalculates else ["0", "9", "0", "20", "0"])


def test_what_openpyxl_writes(tmp_path: Path) -> None:
    path = tmp_path / "o.xlsx"
    made = openpyxl.Workbook()
    for address, content in {"A1": 4, "A2": "=A1/3", "A3": '="Rp"&A1', "A4": "=1/0"}.items():
        made.active[address] = content
    made.save(path)
    computed = evaluated(read_workbook(path))
    assert [at(computed, f"A{row}").text for row in range(2, 5)] == ["1.33333333333333", "Rp4", "#DIV/0!"]


# -- LibreOffice as an independent judge ------------------------------------------------------------------------

OTHERWISE = {
    "0^0", "0^-1", '"z"<TRUE', "SUM(A1:A9)", 'SUM("4",TRUE)', "COUNT(A1:C9)", "ISNUMBER(A6)", "COUNTIF(A1:A9,7)",
    "VLOOKUP(3,A1:B9,3,0)", "INDEX(B1:B3,9)",
}  # fmt: skip
"""Formulas that LibreOffice computes otherwise than Excel: truth values count as numbers there, and a text of
digits meets no number in COUNTIF; some errors have another name."""


def budget(folder: Path) -> Path:
    """A workbook of formulas without values: the list above, and a table with totals, shares and remainders."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Satu"
    for address, content in CELLS.items():
        sheet[address] = content
    for row, formula in enumerate(KNOWN, 1):
        sheet[f"H{row}"] = "=" + formula
    other = made.create_sheet("Lembar Dua")
    for address, content in OTHER.items():
        other[address] = content
    table = made.create_sheet("Anggaran")
    random = Random(2024)
    for row in range(2, 200):
        spent = random.choice([random.randrange(10**9), random.randrange(10**11) / 100])
        table.append([f"Kegiatan {row}", random.randrange(10**6, 10**11), spent])
        at = table.max_row
        for column, formula in enumerate(
            [f"=B{at}-C{at}", f"=C{at}/B{at}*100", f"=ROUND(C{at}/B{at}*100,2)", f'=IF(C{at}=0,"-",D{at}/C{at})',
             f"=ROUNDDOWN(C{at}/1000,0)", f"=IFERROR(100*(B{at}-(C{at}-B{at}))/B{at},0)", f"=E{at}/$E$1",
             f"=SUM(C$1:C{at})"], 4
        ):  # fmt: skip
            table.cell(at, column, formula)
    end = table.max_row
    table.append(
        [
            "Jumlah",
            *(f"=SUM({c}1:{c}{end})" for c in "BCD"),
            f"=AVERAGE(E1:E{end})",
            f"=C{end + 1}/B{end + 1}",
        ]
    )
    made.save(folder / "hitung.xlsx")
    return folder / "hitung.xlsx"


def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    path = budget(tmp_path)
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    ours, theirs = evaluated(read_workbook(path)), read_workbook(tmp_path / "out" / path.name)
    compared = 0
    different = []
    for sheet, other in zip(ours.sheets, theirs.sheets, strict=True):
        for line in sheet.rows.values():
            for cell in line.values():
                if cell.formula is None or cell.formula in OTHERWISE:
                    continue
                compared += 1
                judge = other.at(cell.row, cell.column)
                if judge is None or not same(cell, judge):
                    different.append((cell.formula, cell.text, judge and judge.text))
    assert different == []
    assert compared > 1500


def same(cell: StoredCell, judge: StoredCell) -> bool:
    if cell.number is None or judge.number is None:
        return (cell.kind, cell.text) == (judge.kind, judge.text)
    return abs(cell.number - judge.number) <= abs(judge.number) * Decimal("1E-12")


def test_the_corpus_is_computed_as_its_programs_did() -> None:
    corpus = Path(__file__).parents[1].parent / "shared" / "corpus"
    if not corpus.is_dir():
        pytest.skip("the corpus of foreign workbooks (../shared/corpus) is not here")
    compared = 0
    different = []
    for path in sorted(corpus.rglob("*.xls[xm]")):
        try:
            workbook = read_workbook(path)
        except UnreadableWorkbook:
            continue
        computed = evaluated(replace(workbook, sheets=tuple(map(without_values, workbook.sheets))))
        for sheet, original in zip(computed.sheets, workbook.sheets, strict=True):
            for row, line in sheet.rows.items():
                for column, cell in line.items():
                    judge = original.rows[row][column]
                    if cell.formula is not None and Stored.EMPTY not in {cell.kind, judge.kind}:
                        compared += 1
                        # some programs store errors as texts
                        if not same(cell, judge) and not (cell.kind is Stored.ERROR and cell.text == judge.text):
                            different.append((path.name, cell.formula, cell.text, judge.text))
    assert different == []
    assert compared > 5000


def without_values(sheet: Sheet) -> Sheet:
    """The sheet as if no value of a formula had been stored."""
    rows = {
        row: {
            column: cell if cell.formula is None else cell._replace(kind=Stored.EMPTY, number=None, text="")
            for column, cell in line.items()
        }
        for row, line in sheet.rows.items()
    }
    return replace(sheet, rows=rows)


# -- end to end -------------------------------------------------------------------------------------------------

HEAD = ["No", "Program / Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)"]
TITLE = "Realisasi Anggaran Tahun 2024"
LINES: list[tuple[str, str, tuple[int, int] | str]] = [
    ("1", "Program Pelayanan Air Minum", "4:5"),
    ("1.1", "Kegiatan Pembangunan Jaringan", (725_000_000, 701_250_000)),
    ("1.2", "Kegiatan Pemeliharaan Sumur", (310_500_000, 298_771_500)),
    ("2", "Program Penataan Ruang", "7:8"),
    ("2.1", "Kegiatan Penyusunan Rencana Rinci", (150_000_000, 149_100_000)),
    ("2.2", "Kegiatan Pengendalian Pemanfaatan", (98_700_000, 75_500_250)),
]


def table_lines(spoiled: dict[str, Content]) -> list[tuple[str, Content]]:
    """The cells of a budget table whose totals, percentages and remainders are formulas."""
    cells: dict[str, Content] = {"A1": TITLE}
    cells |= dict(zip([f"{c}2" for c in "ABCDEF"], HEAD, strict=True))
    for row, (code, name, figures) in enumerate(LINES, 3):
        cells |= {f"A{row}": code, f"B{row}": name}
        for column, at in zip("CD", (0, 1), strict=True):
            top, _, bottom = figures.partition(":") if isinstance(figures, str) else ("", "", "")
            cells[f"{column}{row}"] = f"=SUM({column}{top}:{column}{bottom})" if top else int(figures[at])
    cells |= {"B9": "JUMLAH", "C9": "=C3+C6", "D9": "=D3+D6"}
    for row in range(3, 10):
        cells |= {f"E{row}": f"=ROUND(D{row}/C{row}*100,2)", f"F{row}": f"=C{row}-D{row}"}
    return list((cells | spoiled).items())


def by_openpyxl(path: Path, cells: list[tuple[str, Content]]) -> None:
    made = openpyxl.Workbook()
    for address, content in cells:
        made.active[address] = content
    made.save(path)


def by_xlsxwriter(path: Path, cells: list[tuple[str, Content]]) -> None:
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet()
    for address, content in cells:
        sheet.write(address, content)
    made.close()


def audit(path: Path) -> Outcome:
    outcome = audit_workbook(path)
    assert outcome.failure is None and not outcome.crashes
    return outcome


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_a_table_of_formulas_without_values_is_judged(write: object, tmp_path: Path) -> None:
    assert callable(write)
    write(tmp_path / "baik.xlsx", table_lines({}))
    good = audit(tmp_path / "baik.xlsx")
    assert [(f.rule, f.place.cell) for f in good.findings] == []
    assert good.unjudged == ()
    assert good.checks >= 7 + 7 + 6  # remainders, percentages, sums

    # one total is typed in, and wrong; one remainder is a formula over the wrong cells
    write(tmp_path / "salah.xlsx", table_lines({"C6": 349_700_000, "F8": "=C7-D8"}))
    errors = {f.place.cell for f in audit(tmp_path / "salah.xlsx").findings if f.severity is Severity.ERROR}
    assert {"C6", "F8"} <= errors
