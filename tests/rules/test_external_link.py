"""NU105: figures taken from another workbook."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "NU105"


def budget(first: str, second: str = "400000000") -> str:
    return f"""
        | No | Program           | Pagu (Rp) | Realisasi (Rp) |
        | 1  | Program Penunjang | {first}   | 465900000      |
        | 2  | Program Sosial    | {second}  | 400000000      |
        |    | Jumlah            | 900000000 | 865900000      |
    """


@pytest.mark.parametrize(
    "formula",
    [
        "DPA!C5",
        'IF(A1="[1]DPA!C5",1,500000000)',
        "Tabel1[Pagu]",
        "SUM(Tabel1[[#This Row],[Pagu]])+C9",
        "C9+1",
    ],
)
def test_what_stays_in_this_workbook(formula: str) -> None:
    must_stay_quiet(CODE, budget(f"={formula} -> 500000000"))


def test_no_formula_at_all() -> None:
    must_pass_over(CODE, budget("500000000"))


@pytest.mark.parametrize(
    ("formula", "book"),
    [
        ("[1]DPA!$C$5", "tautan nomor 1"),
        ("SUM([2]DPA!C5:C9)", "tautan nomor 2"),
        ("[DPA 2024.xlsx]DPA!C5", "DPA 2024.xlsx"),
        ("'D:\\data\\[DPA.xlsx]Lembar 1'!C5", "DPA.xlsx"),
        ("IF(C9>0,'[3]Lembar 1'!C5,0)", "tautan nomor 3"),
        ("[4]!Pagu", "tautan nomor 4"),
    ],
)
def test_a_link(formula: str, book: str) -> None:
    (flag,) = must_find(CODE, budget(f"={formula} -> 500000000 *"))
    assert f"diambil dari buku kerja lain ({book})" in flag.message.id
    assert flag.stated == "500000000" and flag.because == ()
    assert flag.message.id.endswith(f"rumusnya ={formula}.")


def test_one_finding_for_each_other_workbook() -> None:
    (flag,) = must_find(CODE, budget("=[1]DPA!C5 -> 500000000 *", "=[1]DPA!C6 -> 400000000"))
    assert flag.message.id.endswith(" Begitu pula 1 sel lain di tabel ini.")
    assert [cell.a1 for _, cell in flag.because] == ["C3"]
    must_find(CODE, budget("=[1]DPA!C5 -> 500000000 *", "=[2]DPA!C6 -> 400000000 *"))


def test_a_link_without_a_value_and_a_long_formula() -> None:
    (flag,) = must_find(CODE, budget("=[1]DPA!C5 -> *"))
    assert flag.stated is None and "sel ini, -, diambil" in flag.message.id
    long = "+".join(["[1]DPA!C5"] * 12)
    (flag,) = must_find(CODE, budget(f"={long} -> 1 *"))
    assert "…" in flag.message.id
