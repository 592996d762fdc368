"""ST104: what stands in the cells of a column."""

from __future__ import annotations

import pytest
from draw import book, must_find, must_stay_quiet, rules, run

from xlaudit.findings import Severity
from xlaudit.rules.pages import examples

CODE = "ST104"

BUDGET = """
    | Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % |
    | Program Satu | 120000000 | 118000000 | 98.33 |
    | Program Dua | 80000000 | 70000000 | 87.5 |
    | Program Tiga | 60000000 | 57000000 | 95 |
    | {name} | {pagu} | {realisasi} | {persen} |
    | Jumlah | {total} | 245000000 | 94.23 |
"""
PERFORMANCE = """
    | No | Sasaran | Indikator Kinerja | Target | Realisasi | Capaian (%) | Kategori |
    | 1 | Sasaran satu | Indikator satu | 80 | 84 | 105 | Sangat Tinggi |
    | 2 | Sasaran dua | Indikator dua | 90 | 81 | 90 | Tinggi |
    | 3 | Sasaran tiga | Indikator tiga | 50 | 50 | 100 | Sangat Tinggi |
    | 4 | Sasaran empat | Indikator empat | {target} | {realisasi} | {capaian} | {kategori} |
"""


def budget(**cells: str) -> str:
    usual = {"name": "Program Empat", "pagu": "50000000", "realisasi": "40000000", "persen": "80"}
    usual["total"] = "310000000"
    return BUDGET.format(**(usual | cells))


def performance(**cells: str) -> str:
    usual = {"target": "10", "realisasi": "9", "capaian": "90", "kategori": "Tinggi"}
    return PERFORMANCE.format(**(usual | cells))


def test_the_page_shows_it() -> None:
    page = examples(rules()[CODE])
    must_find(CODE, page.wrong)
    must_stay_quiet(CODE, page.right)


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"realisasi": "-", "persen": "-"},
        {"realisasi": "NA"},
        {"realisasi": "belum ada hasil"},
        {"realisasi": "Nihil"},
        {"realisasi": "tidak ada anggaran"},
        {"pagu": "menyesuaikan", "realisasi": "idem"},
        {"pagu": "Rp. 50.000.000,-", "realisasi": "(0)"},
        {"pagu": "8.7106.000"},
        {"realisasi": ""},
        {"persen": "Baik", "realisasi": "-"},
        {"name": "Koreksi belanja", "realisasi": "-40000000", "persen": "-80"},
        {"name": "Surplus/Defisit", "pagu": "-50000000", "realisasi": "-40000000"},
        {"total": "tiga ratus sepuluh juta"},
    ],
)
def test_what_offices_rightly_write_in_a_budget(cells: dict[str, str]) -> None:
    must_stay_quiet(CODE, budget(**cells))


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"target": "B (60-70)", "realisasi": "71,2", "capaian": "100"},
        {"target": ">B", "realisasi": "BB", "capaian": "100"},
        {"target": "Zona Hijau", "realisasi": "Zona Hijau", "capaian": "Tercapai"},
        {"target": "54 Dokumen", "realisasi": "49 Dokumen"},
        {"target": "100, 2, 16", "realisasi": "100, 2, 16", "capaian": "-"},
        {"target": "10", "realisasi": "belum ada hasil", "capaian": "-"},
        {"target": "", "realisasi": "9", "capaian": ""},
        {"target": "", "realisasi": "", "capaian": ""},
        {"target": "-", "realisasi": "9", "capaian": "90"},
        {"kategori": "Melampaui Target"},
        {"kategori": "BB"},
        {"kategori": "Ting gi"},
        {"kategori": "45658 as dd/mm/yyyy"},
        {"target": "45658 as dd/mm/yyyy", "realisasi": "45658 as dd/mm/yyyy", "capaian": "tercapai"},
    ],
)
def test_what_offices_rightly_write_of_performance(cells: dict[str, str]) -> None:
    must_stay_quiet(CODE, performance(**cells))


@pytest.mark.parametrize(
    ("cells", "constraint", "live"),
    [
        ({"realisasi": "empat puluh juta *"}, "teks “empat puluh juta”", "NOT(ISNUMBER(C5))"),
        ({"pagu": "APBD *"}, "teks “APBD”", "NOT(ISNUMBER(B5))"),
        ({"persen": "tinggi *"}, "teks “tinggi”", "NOT(ISNUMBER(D5))"),
        ({"persen": "#DIV/0! *"}, "galat rumus #DIV/0!", 'IF(ISERROR(D5),TRUE,LEFT(D5,1)="#")'),
        ({"persen": "'#REF! *"}, "galat rumus #REF!", 'IF(ISERROR(D5),TRUE,LEFT(D5,1)="#")'),
        ({"total": "#VALUE! *"}, "galat rumus #VALUE!", 'IF(ISERROR(B6),TRUE,LEFT(B6,1)="#")'),
        ({"realisasi": "45658 as dd/mm/yyyy *"}, "tanggal", None),
        ({"pagu": "45.000.000 50.000.000 *"}, "lebih dari satu angka", "NOT(ISNUMBER(B5))"),
        ({"realisasi": "-40000000 *", "persen": "-80"}, "negatif: -40.000.000", "C5<0"),
        ({"realisasi": "NA", "persen": "-80 *"}, "negatif: -80", "D5<0"),
    ],
)
def test_a_budget_cell_is_warned_of(cells: dict[str, str], constraint: str, live: str | None) -> None:
    [flag] = must_find(CODE, budget(**cells))
    assert constraint in flag.message.id and flag.live == live
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("cells", "said", "severity"),
    [
        ({"target": "*", "realisasi": "9", "capaian": "90"}, "Target kosong", Severity.WARNING),
        ({"target": "10", "realisasi": "*", "capaian": "90"}, "Realisasi kosong", Severity.WARNING),
        ({"target": "10", "realisasi": "9", "capaian": "*"}, "Capaian kosong", Severity.NOTE),
        ({"capaian": "sembilan puluh *"}, "teks “sembilan puluh”", Severity.WARNING),
        ({"target": "3 4 5 *", "capaian": "100"}, "lebih dari satu angka", Severity.NOTE),
        ({"target": "45658 as dd/mm/yyyy *"}, "tanggal", Severity.NOTE),
        ({"kategori": "Tingi *"}, "mungkin maksudnya “Tinggi”", Severity.NOTE),
        ({"kategori": "#N/A *"}, "galat rumus #N/A", Severity.WARNING),
    ],
)
def test_a_performance_cell_is_told(cells: dict[str, str], said: str, severity: Severity) -> None:
    [flag] = must_find(CODE, performance(**cells))
    assert said in flag.message.id and flag.severity is severity


def test_a_misspelt_word_is_looked_for_until_it_is_corrected() -> None:
    (flag,) = must_find(CODE, performance(kategori="Tingi *"))
    assert flag.live == 'TRIM(G5)="Tingi"'


def test_a_note_is_given_once_per_column() -> None:
    [flag] = must_find(
        CODE,
        """
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        | 1 | Indikator satu | 9 50 3 * | 10 | 100 |
        | 2 | Indikator dua | 80 | 84 | 105 |
        | 3 | Indikator tiga | 7, 17, 12 | 12 | 100 |
        | 4 | Indikator empat | 90 | 81 | 90 |
        """,
    )
    assert [cell.a1 for _, cell in flag.because] == ["C4"]
    assert flag.message.id.endswith("Begitu pula 1 sel lain di kolom ini.")


def test_what_is_below_zero_has_lost_its_way_to_the_right_sign() -> None:
    head = "| No | Program | Pagu (Rp) | Realisasi (Rp) |"
    (flag,) = must_find(CODE, f"{head}\n| 1 | Program A | 1000000 | -200000 * |\n| 2 | Program B | 1000000 | 300000 |")
    assert flag.slip is not None and (flag.slip.cause, flag.slip.right) == ("sign", 200_000)
    (flag,) = must_find(CODE, f"{head}\n| 1 | Program A | 1000000 | #REF! * |\n| 2 | Program B | 1000000 | 300000 |")
    assert flag.slip is None


def test_a_percentage_of_change_may_be_negative() -> None:
    must_stay_quiet(
        CODE,
        """
        | Program | Pagu Anggaran (Rp) | % Kenaikan |
        | Program Satu | 120000000 | -2 |
        | Program Dua | 80000000 | 3 |
        """,
    )


def test_a_column_of_words_is_left_alone() -> None:
    must_stay_quiet(
        CODE,
        """
        | Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | Sisa |
        | Program Satu | 120000000 | terserap | 2000000 |
        | Program Dua | 80000000 | terserap | 2000000 |
        | Program Tiga | 60000000 | 57000000 | 3000000 |
        """,
    )


def test_a_cell_under_a_merge_is_not_blank() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        | 1 | Indikator satu | 80 | 84 | 105 |
        | 2 | Indikator dua | ^ | 84 | 105 |
        | 3 | Indikator tiga | 90 | 81 | 90 |
        """,
    )


def test_every_column_counts_as_checked() -> None:
    [table] = book(budget()).tables
    assert run(CODE, budget()).made == len(table.columns)
