"""Formulas as templates have them: sums over the rows below by OFFSET, defined names, look-ups, texts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.defined_name import DefinedName
from test_evaluate import Content, at, book, same

from xlaudit.cells import parse_area
from xlaudit.model import Stored, StoredCell, Workbook
from xlaudit.reading.evaluate import evaluated
from xlaudit.reading.formula_wildcards import like
from xlaudit.reading.grid import read_workbook

NAMES = {
    "Cara_Pembulatan": ("Lembar Dua", "C10"), "PN_target": ("Lembar Dua", "E2:E6"), "Kosong": ("Lembar Dua", "Z1"),
    "PN_indikator": ("Lembar Dua", "D2:D6"), "Skala_Batas": ("Lembar Dua", "G2:G9"), "angka": ("Satu", "A1:A6"),
    "Skala_Label": ("Lembar Dua", "H2:H9"), "Turun": ("Lembar Dua", "I2:I6"), "Mendatar": ("Satu", "A1:C1"),
}  # fmt: skip
CELLS: dict[str, Content] = {
    "A1": 10, "A2": 3, "A3": "Gizi", "A4": "7", "A6": Decimal("2.5"), "B1": 100, "B2": 200, "B3": 300, "B4": 400,
    "B6": 600, "C1": 40, "C2": "=A2*2", "C3": "=1/0", "C4": "a\U0001f600b", "D1": "1.01", "D2": "1.01.02", "D3": "1.1",
    "D4": "2*", "D5": '=""', "E1": 1, "E2": 2, "E3": 2, "E4": 5, "E5": "-", "E6": 9,
}  # fmt: skip
OTHER: dict[str, Content] = {
    "C10": "Dipotong", "D2": "Angka Kemiskinan", "D3": "IPM", "D4": "Opini (BPK)", "E2": 5, "E3": "=1+1", "E4": "WTP",
    "G2": 0, "G3": Decimal("50.01"), "G4": 75, "G5": "=G4+15", "H2": "Rendah", "H3": "Sedang", "H4": "Tinggi",
    "H5": "Sangat Tinggi", "I2": 90, "I3": 70, "I4": 70, "I5": 10,
}  # fmt: skip

KNOWN = {
    # cells at places that are computed
    "OFFSET(A1,1,1)": "200", "SUM(OFFSET(A1,0,1,3,1))": "600", "SUM(OFFSET(B1:B3,1,0))": "900", "OFFSET(A1,A2,)": "7",
    "SUM(OFFSET(A1,1,1):B$4)": "900", "SUM(B$4:OFFSET(A1,1,1))": "900", "SUM(OFFSET(A1,0,1):OFFSET(A1,2,1))": "600",
    "SUM(OFFSET(A1:B1,,,2,))": "313", "SUM('Lembar Dua'!G2:OFFSET('Lembar Dua'!$G$2,3,0))": "215.01",
    "OFFSET(A1,-1,0)": "#REF!", "OFFSET(A1,0,0,0)": "#REF!", "OFFSET(A1,0,16384)": "#REF!", "SUM(A1:A2:B1)": None,
    "SUM(INDEX(B1:B6,2):INDEX(B1:B6,4))": "900", "SUM((B1):B2)": "300", "OFFSET(C1,1,0)": "6",
    "OFFSET(C1,2,0)": "#DIV/0!",
    "SUM(OFFSET(PN_target,0,0,2))": "7", "SUM(INDEX(PN_target,1):INDEX(PN_target,2))": "7", "OFFSET(C9,0,0)": "0",
    "OFFSET(A1,0.5,0)": None, "OFFSET(A6,0,0,-2)": None, "OFFSET(1,1,0)": None, "SUM(A1:1)": None,
    "A1:OFFSET(A1,1,0)": None,
    "SUM('Lembar Dua'!G2:OFFSET(A1,1,0))": None, "SUM(OFFSET(A1,1,0):LOG10(3))": None, "SUM(OFFSET(A1,1,0):)": None,
    "ROWS(A2:C9)": "8", "COLUMNS($A$8:D$8)-1": "3", "ROW(B7)": "7", "COLUMN(C$1)": "3", "ROW(A7:C7)": "7",
    "COLUMN()": "8",
    "ROWS(PN_target)": "5", "ROW(A1:A2)": None, "ROWS(3)": None, "COLUMNS(OFFSET(A1,0,0,1,4))": "4",
    # names
    'IF(Cara_Pembulatan="Dipotong",TRUNC(ROUND(2*10000/3,8)),1)/100': "66.66", "cara_pembulatan": "Dipotong",
    "INDEX(PN_target,1)": "5", "INDEX(PN_TARGET,2)": "2", "INDEX(PN_target,6)": "#REF!", "INDEX(Mendatar,3)": "40",
    "INDEX(PN_target,MATCH(\"ipm\",PN_indikator,0))": "2", "SUM(PN_target)": "7", "Kosong": "0", 'Kosong=""': "TRUE",
    'IF(INDEX(PN_target,5)="","",1)': "", "ISNUMBER(Cara_Pembulatan)": "FALSE", "Cara_Pembulatan&1": "Dipotong1",
    "Hilang": None, "Tak_Ada": None, "PN_target*2": None, "SUM(Tak_Ada)": None, "IFERROR(Tak_Ada,1)": None,
    "SUM(angka:Mendatar)": "#DIV/0!", "SUM(angka,1)": "16.5", "COUNT(Angka)": "3", "SUM(Satu!angka)": None,
    # criteria with wildcards
    'COUNTIF($D$1:$D$6,D1&".*")': "1", 'COUNTIF(D1:D4,"1.*")': "3", 'COUNTIF(D1:D4,"1.0?")': "1",
    'COUNTIF(D1:D4,"2~*")': "1",
    'COUNTIF(D1:D4,"<>1.*")': "1", 'COUNTIF(A1:A6,"G?Z*")': "1", 'SUMIFS(B1:B6,D1:D6,"1.*",E1:E6,2)': "500",
    'COUNTIF(D1:D4,"*.*.*")': "1", 'COUNTIF(PN_indikator,"*(bpk)")': "1", 'COUNTIF(D1:D4,"1.01")': None,
    'COUNTIFS(A1:A6,">2",B1:B6,"<500")': "2", "COUNTIF(D1:D5,0)": "0", 'SUMIF(E1:E6,">1",B1:B6)': "1500",
    'COUNTIF(D1:D4,"12?")': "0", f'COUNTIF(D1:D4,"{"x" * 256}")': None, f'COUNTIF(D1:D4,"{"x" * 255}*")': None,
    # sorted look-ups
    "LOOKUP(MAX(0,-3),Skala_Batas,Skala_Label)": "Rendah", "LOOKUP(50.01,Skala_Batas,Skala_Label)": "Sedang",
    "LOOKUP(89.99,Skala_Batas,Skala_Label)": "Tinggi", "LOOKUP(1000,Skala_Batas,Skala_Label)": "Sangat Tinggi",
    "LOOKUP(-1,Skala_Batas,Skala_Label)": "#N/A", "LOOKUP(3,E1:E4)": "2", "LOOKUP(4,E1:E6,B1:B6)": "300",
    "LOOKUP(80,'Lembar Dua'!G2:H5)": "Tinggi", "LOOKUP(50,A1:C2)": None, "LOOKUP(3,Skala_Batas,B1:B3)": None,
    "LOOKUP(\"x\",Skala_Batas,Skala_Label)": None, "LOOKUP(3,A1:A6,B1:B6)": None, "LOOKUP(100,C1:C3)": None,
    "MATCH(80,Skala_Batas,1)": "3", "MATCH(75,Skala_Batas)": "3", "MATCH(2,E1:E6,1)": "3", "MATCH(0,E1:E6,1)": "#N/A",
    "MATCH(80,Turun,-1)": "1", "MATCH(5,Turun,-1)": "4", "MATCH(91,Turun,-1)": "#N/A", "MATCH(70,Turun,-1)": None,
    "MATCH(9,E1:E6)": "6", "MATCH(10,A1:A6,1)": None, "MATCH(3,A1:B6,1)": "#N/A", "MATCH(40,Mendatar,0)": "3",
    "MATCH(A3,A1:A6,0)": "3", "MATCH(\"gizi\",A1:A6,1)": None,
    # ranks, blanks, signs
    "SMALL(E1:E6,2)": "2", "LARGE(E1:E6,1)": "9", "LARGE(E1:E6,6)": "#NUM!", "SMALL(E1:E6,0)": "#NUM!",
    "SMALL(E1:E6,1.5)": None, "LARGE(C1:C3,1)": "#DIV/0!", "COUNTBLANK(A1:A6)": "1", "COUNTBLANK(D1:D9)": "5",
    "COUNTBLANK(C1:C3)": "0", "SIGN(-A6)": "-1", "SIGN(A5)": "0", "SIGN(7)": "1", "SIGN(A3)": "#VALUE!",
    # texts
    'SUBSTITUTE(D2,".","")': "10102", 'LEN(D2)-LEN(SUBSTITUTE(D2,".",""))': "2", 'SUBSTITUTE("aaa","a","b",2)': "aba",
    'SUBSTITUTE("aaa","a","b",4)': "aaa", 'SUBSTITUTE("aaa","","b")': "aaa", 'SUBSTITUTE("aaa","a","b",0)': "#VALUE!",
    'SUBSTITUTE("aAa","a","")': "A", 'FIND(".",D2)': "2", 'FIND(".",D2,3)': "5", 'FIND("g",A3)': "#VALUE!",
    'FIND("",A3)': "1", 'FIND("G",A3,0)': "#VALUE!", 'FIND("",A3,6)': "#VALUE!", 'SEARCH("IZ",A3)': "2",
    'SEARCH("i?i",A3)': "2", 'SEARCH("z*",A3)': "3", 'SEARCH("*i",A3)': "1", 'SEARCH("x",A3)': "#VALUE!",
    'SEARCH("~*",D4)': "2", 'SEARCH("i",A3,3)': "4", 'ISNUMBER(SEARCH("z",A3))': "TRUE", 'EXACT(A3,"Gizi")': "TRUE",
    'EXACT(A3,"gizi")': "FALSE", "T(A3)": "Gizi", "T(A1)": "", "T(C3)": "#DIV/0!", 'HYPERLINK("#A1","Lihat")': "Lihat",
    'HYPERLINK("#A1",A1)': "10", 'HYPERLINK("#A1")': "#A1", "HYPERLINK(C3,1)": "#DIV/0!", "LEN(C4)": None,
    # decimals as texts, where their sign does not matter
    "LEN(A6)": "3", "LEN(-A6/10)": "5", 'TRIM(A6)=TRIM("-")': "FALSE", "TRIM(A6)=TRIM(2.50)": "TRUE", "LEN(1/3)": None,
    'TRIM(A6)="2,5"': None, "AND(ISTEXT(A6),LEN(A6)>0,TRIM(A6)=TRIM(A9))": "FALSE", "LEN(0.0001)": None, "A6&1": None,
    'FIND("5",A6)': "3", 'IFERROR(FIND(".",A6),0)': None, 'FIND("x",A6)': "#VALUE!", "LEFT(A6,1)": "2",
    "LEFT(A6,2)": None,
    'MATCH(A6&"",A1:A6,0)': "#N/A", '(A6&"")*2': None, 'COUNTIF(A1:A6,"<"&A6)': None, "LEN(A6&C2)": "4",
    'FIND("b",C4)': None, 'TEXT(A1,"0")': None, 'SUBSTITUTE(1.5,".","")': None, 'SEARCH("s","Straße")': None,
}  # fmt: skip
"""Formulas with their value, None where it is not sure."""


def named(workbook: Workbook, names: Mapping[str, tuple[str, str]]) -> Workbook:
    known = {name: (sheet, parse_area(area)) for name, (sheet, area) in names.items()}
    return replace(workbook, names={**known, "Hilang": None})


def kept(cells: Mapping[str, StoredCell]) -> dict[str, str | None]:
    return {key: None if cell.kind is Stored.EMPTY else cell.text for key, cell in cells.items()}


@pytest.fixture(scope="module")
def known() -> dict[str, str | None]:
    one = CELLS | {f"H{row}": "=" + formula for row, formula in enumerate(KNOWN, 1)}
    computed = evaluated(named(book(one, OTHER), NAMES))
    return kept({formula: at(computed, f"H{row}") for row, formula in enumerate(KNOWN, 1)})


@pytest.mark.parametrize("formula", KNOWN)
def test_as_a_spreadsheet_has_it(formula: str, known: dict[str, str | None]) -> None:
    assert known[formula] == KNOWN[formula]


def test_a_formula_knows_its_own_place() -> None:
    computed = evaluated(book({"C7": "=ROW()*100+COLUMN()", "A1": "=C7+ROW()", "B2": "=OFFSET(A1,ROW()-2,0)"}))
    assert [at(computed, address).text for address in ("C7", "A1", "B2")] == ["703", "704", "704"]


# -- wildcards ------------------------------------------------------------------------------------------------


def plainly(pattern: str, text: str) -> bool:
    """The same said as a regular expression."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text) is not None


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=12))
def test_wildcards_against_regular_expressions(pattern: str, text: str) -> None:
    assert like(pattern).whole(text) == plainly(pattern, text)
    places = [start for start in range(len(text) + 1) if plainly(pattern + "*", text[start:])]
    assert like(pattern).first(text, 0) == (places[0] if places else None)


def test_many_wildcards_take_no_longer() -> None:
    assert not like("*a*b" * 30 + "*c").whole("ab" * 15_000)
    assert like("*a*b" * 30 + "*c").whole("ab" * 15_000 + "c")


# -- which cells are needed shows only on the way ----------------------------------------------------------------


def below(column: str, row: int, end: int) -> str:
    steps = f"COLUMNS($A$1:{column}$1)-1"
    return f"OFFSET($A{row},1,{steps}):{column}${end}"


def rolled_up(column: str, row: int, end: int) -> str:
    """A sum as the template has it, with the formula's helper in K."""
    amounts = f'SUMIFS({below(column, row, end)},{below("$A", row, end)},$A{row}&".*",{below("$K", row, end)},0)'
    return f'=IF($K{row}>0,ROUND({amounts.replace("$$", "$")},2),"")'


def counted(row: int, end: int) -> str:
    return f'=IF($A{row}="",IF($B{row}="","",0),COUNTIF($A$2:$A${end},$A{row}&".*"))'


def tree(random: Random, rows: int) -> list[str]:
    """Codes in order, each below one of those that lead to the one before."""
    codes = ["1"]
    last = [1]
    while len(codes) < rows:
        level = random.randint(1, min(4, len(last) + 1))
        last = [*last, 0][:level]
        last[-1] += 1
        codes.append(".".join(map(str, last)))
    return codes


def folded(codes: list[str], amounts: list[Decimal]) -> tuple[dict[str, Content], dict[int, Fraction]]:
    """The cells of a table with sums over its levels in D, and what must come out by row."""
    end = len(codes) + 2
    cells: dict[str, Content] = {}
    expected = {}
    for row, (code, amount) in enumerate(zip(codes, amounts, strict=True), 2):
        leaves = [n for n, other in enumerate(codes) if other.startswith(code + ".")]
        leaves = [n for n in leaves if not any(other.startswith(codes[n] + ".") for other in codes)]
        cells |= {f"A{row}": code, f"B{row}": f"Baris {row}", f"K{row}": counted(row, end)}
        cells[f"D{row}"] = rolled_up("D", row, end) if leaves else amount
        expected[row] = sum((Fraction(amounts[n]) for n in leaves), Fraction(0)) if leaves else Fraction(amount)
    return cells, expected


@given(st.integers(0, 10**9), st.integers(1, 25))
def test_sums_over_the_rows_below(seed: int, rows: int) -> None:
    random = Random(seed)
    cells, expected = folded(tree(random, rows), [Decimal(random.randrange(10**13)) / 100 for _ in range(rows)])
    computed = evaluated(book(cells))
    found = {row: at(computed, f"D{row}").number for row in expected}
    assert {row: n if n is None else Fraction(n) for row, n in found.items()} == expected


@pytest.mark.parametrize(
    "form", ["=OFFSET(A{row},{step},0)+1", "=SUM(OFFSET(A{row},{step},0):OFFSET(A{row},{step},0))+1"]
)
@pytest.mark.parametrize("step", [1, -1])
def test_long_chains_of_places_need_no_deep_stack(step: int, form: str) -> None:
    length = 100_000
    last = length if step == 1 else 1
    chain: dict[str, Content] = {
        f"A{row}": 1 if row == last else form.format(row=row, step=step) for row in range(1, length + 1)
    }
    assert at(evaluated(book(chain)), f"A{length + 1 - last}").number == length


def test_a_cell_that_needs_itself_has_no_value() -> None:
    cells: dict[str, Content] = {
        "A1": "=OFFSET(A2,0,0)",
        "A2": "=OFFSET(A1,0,0)+1",
        "A3": "=SUM(OFFSET(A3,0,0):A4)",
        "A4": "=1+1",
        "A5": "=A1",
        "A6": "=SUM(OFFSET(A6,-2,0):A$4)",
        "A7": "=Sendiri",
        "A8": "=ROWS(A1:A9)",
    }
    computed = evaluated(named(book(cells), {"Sendiri": ("Satu", "A7")}))
    found = [at(computed, f"A{row}") for row in range(1, 9)]
    assert [cell.kind is Stored.EMPTY for cell in found] == [True, True, True, False, True, False, True, False]
    assert [found[at].text for at in (3, 5, 7)] == ["2", "2", "9"]


def test_branches_not_taken_ask_for_no_places() -> None:
    computed = evaluated(book({"A1": "=IF(B1=0,5,OFFSET(A1,0,0))", "A2": "=IFERROR(3,OFFSET(A2,0,0))"}))
    assert [at(computed, address).text for address in ("A1", "A2")] == ["5", "3"]


def test_effort_is_bounded() -> None:
    cells: dict[str, Content] = {"A999": "=1+1"}
    cells |= {f"A{row}": f"=SUM(OFFSET(A{row},1,0):A$999)" for row in range(1, 999)}
    computed = evaluated(book(cells), 50_000)
    kinds = [at(computed, f"A{row}").kind for row in range(999, 0, -1)]
    assert kinds[-1] is Stored.EMPTY
    nested = "OFFSET(A1,0,0)"
    for _ in range(28):
        nested = f"OFFSET(A1,COUNT({nested})-1,0)"
    assert at(evaluated(book({"A1": 1, "B1": "=" + nested})), "B1").text in {"1", ""}


def test_rows_far_down_are_reached() -> None:
    cells: dict[str, Content] = {"A150000": 7, "B1": "=INDEX(A1:A200000,150000)", "B2": "=OFFSET(A1,149999,0)"}
    computed = evaluated(book(cells))
    assert [at(computed, address).text for address in ("B1", "B2")] == ["7", "7"]


# -- LibreOffice as an independent judge ---------------------------------------------------------------------------

OTHERWISE = {
    "MATCH(3,A1:B6,1)", 'MATCH(A6&"",A1:A6,0)', "LARGE(E1:E6,6)", "SMALL(E1:E6,0)", 'FIND("",A3)',
    "INDEX(PN_target,6)", "OFFSET(A1,-1,0)", "OFFSET(A1,0,0,0)", "OFFSET(A1,0,16384)", 'FIND("",A3,6)',
}  # fmt: skip
"""Formulas whose error LibreOffice calls otherwise; it finds numbers by their text, and no empty text in another."""


def beside(row: int, end: int) -> dict[str, str]:
    """The formulas of a row of the table: a percentage and what follows from it, its place, its check."""
    ratio = f"ROUND($E{row}*10000/$D{row},8)"
    hundredths = f'IF(Cara_Pembulatan="Dipotong",TRUNC({ratio}),ROUND({ratio},0))/100'
    parts = f'SUMIFS(D$2:D${end},$A$2:$A${end},$A{row}&".*",$K$2:$K${end},0)'
    above = f"J{row - 1}" if row > 2 else '""'
    return {
        f"F{row}": f'=IF(COUNT($D{row},$E{row})<2,"",IF($D{row}=0,"-",{hundredths}))',
        f"G{row}": f'=IF(ISNUMBER(F{row}),LOOKUP(MAX(0,F{row}),Skala_Batas,Skala_Label),"")',
        f"H{row}": f'=LEN($A{row})-LEN(SUBSTITUTE($A{row},".",""))',
        f"I{row}": f'=IFERROR(INDEX(PN_target,MATCH($H{row},Skala_Batas,1)),"")',
        f"J{row}": f'=IF($A{row}<>"","k"&$A{row},{above})',
        f"L{row}": f'=IFERROR(AVERAGEIFS(F$2:F${end},J$2:J${end},J{row}),"")',
        f"M{row}": f'=IFERROR(SEARCH(".?.",A{row}),FIND("1",A{row}&"1",2))',
        f"N{row}": f"=IFERROR(LARGE(F$2:F${end},ROWS(N$2:N{row})),SMALL(D$2:D${end},ROW()-1))",
        f"O{row}": f"=AND(N($K{row})>0,ISNUMBER(D{row}),D{row}<>ROUND({parts},2))",
    }


def template(path: Path, random: Random) -> None:
    """A workbook of random figures under the formulas of the template."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Satu"
    for address, content in (CELLS | {f"H{row}": "=" + formula for row, formula in enumerate(KNOWN, 1)}).items():
        if KNOWN.get(str(content)[1:], "") is not None:
            sheet[address] = content
    other = made.create_sheet("Lembar Dua")
    for address, content in (OTHER | {"C10": random.choice(["Dipotong", "Dibulatkan"])}).items():
        other[address] = content
    for name, (where, area) in NAMES.items():
        corners = ":".join(re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", corner) for corner in area.split(":"))
        made.defined_names[name] = DefinedName(name, attr_text=f"'{where}'!{corners}")
    rows = random.randint(30, 80)
    amounts = [
        random.choice([Decimal(random.randrange(10**12)), Decimal(random.randrange(10**12)) / 100]) for _ in range(rows)
    ]
    table = made.create_sheet("Rincian")
    cells, _ = folded(tree(random, rows), amounts)
    end = rows + 2
    for row in range(2, end):
        cells[f"E{row}"] = random.choice(
            [0, 7, random.randrange(10**12), Decimal(random.randrange(10**10)) / 100, "-", "n/a"]
        )
        cells |= beside(row, end)
    total = end + 1  # behind the closing line, for the sums reach down to that
    cells |= {f"D{total}": f"=SUMIFS(D$2:D${end},$K$2:$K${end},0)", f"F{total}": f"=AVERAGE(F$2:F${end})"}
    cells |= {f"E{total}": f'=COUNTBLANK(F2:F{end})+COUNTIF(E2:E{end},"?/*")'}
    for address, content in cells.items():
        table[address] = content
    made.save(path)


def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    paths = [tmp_path / f"rumus{n}.xlsx" for n in range(4)]
    for seed, path in enumerate(paths):
        template(path, Random(seed))
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    compared = 0
    different = []
    for path in paths:
        ours, theirs = evaluated(read_workbook(path)), read_workbook(tmp_path / "out" / path.name)
        for sheet, other in zip(ours.sheets, theirs.sheets, strict=True):
            for cell in (cell for line in sheet.rows.values() for cell in line.values()):
                if cell.formula is None or cell.formula in OTHERWISE or KNOWN.get(cell.formula, "") is None:
                    continue
                compared += 1
                judge = other.at(cell.row, cell.column)
                if judge is None or not same(cell, judge):
                    different.append((path.name, sheet.name, cell.row, cell.formula, cell.text, judge and judge.text))
    assert different == []
    assert compared > 2000
