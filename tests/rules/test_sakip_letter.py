"""KI110: the letter of a SAKIP score."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI110"


def one(target: str, realisasi: str, name: str = "Nilai SAKIP") -> str:
    header = "| Indikator | Satuan | Target | Realisasi | Capaian (%) |"
    return f"{header}\n| {name} | nilai | {target} | {realisasi} | 100,12 |\n| Layanan | % | 40 | 38 | 95,00 |"


@pytest.mark.parametrize(
    "score",
    ["AA (90,01)", "A (81)", "BB (75,50)", "B (60,01)", "CC (50,5)", "C (31)", "D (12)", "92,45 (AA)", "84,00 (A)"],
)
def test_the_letter_of_the_score(score: str) -> None:
    must_stay_quiet(CODE, one("A (81)", score))


@pytest.mark.parametrize("score", ["A (90)", "AA (90)", "A (80)", "BB (80)", "BB (70)", "B (70)", "AA (100)", "D (0)"])
def test_on_a_bound_both_letters_are_right(score: str) -> None:
    must_stay_quiet(CODE, one("A (81)", score))


@pytest.mark.parametrize("score", ["81,10", "A", "B (60-70)", "> B", "BB atau A"])
def test_without_both_there_is_nothing_to_compare(score: str) -> None:
    must_pass_over(CODE, one("80", score))


def test_other_scores_have_other_letters() -> None:
    must_pass_over(CODE, one("A (81)", "BB (81)", "Nilai pengawasan kearsipan"))


@pytest.mark.parametrize(
    ("score", "right"),
    [("BB (81,10)", "A"), ("A (79,99)", "BB"), ("AA (89,99)", "A"), ("B (70,01)", "BB"), ("65,20 (CC)", "B"),
     ("CC (49)", "C"), ("C (29,99)", "D"), ("D (30,5)", "C"), ("A (91)", "AA")],
)  # fmt: skip
def test_another_letter(score: str, right: str) -> None:
    (flag,) = must_find(CODE, one("A (81)", f"{score} *"))
    assert flag.computed == right
    must_find(CODE, one(f"{score} *", "A (81)", "Nilai Akuntabilitas Kinerja (LKE)"))


@pytest.mark.parametrize("name", ["Nilai SAKIP", "Nilai SAKIP (LKE akuntabilitas kinerja)"])
def test_an_indicator_beside_the_name_of_its_row(name: str) -> None:
    drawing = """
        | Program            | Indikator | Satuan | Target | Realisasi    | Capaian (%) |
        | Program Penunjang  | {}        | nilai  | A (81) | BB (81,10) * | 100,12      |
        | Program Pelayanan  | Layanan   | %      | 40     | 38           | 95,00       |
    """
    must_find(CODE, drawing.format(name))


def test_a_letter_in_a_column_beside() -> None:
    drawing = """
        | Indikator   | Target | Realisasi | Capaian (%) | Predikat |
        | Nilai SAKIP | 81     | 81,10     | 100,12      | {}       |
        | Layanan     | 40     | 40        | 100,00      | B        |
    """
    must_stay_quiet(CODE, drawing.format("A"))
    (flag,) = must_find(CODE, drawing.format("BB *"))
    assert flag.message.id == "Nilai 81,1 berpredikat “A”, bukan “BB”."
    assert len(flag.because) == 1
