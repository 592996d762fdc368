"""What became of every cell of a workbook: tables, titles, parts left aside with their reasons, near misses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from draw import draw

from xlaudit.model import Workbook
from xlaudit.reading.book import Opened, book_of
from xlaudit.reading.survey import survey_of
from xlaudit.survey import Role, Survey

BUDGET = """
| No | Program/Kegiatan | Pagu (Rp) | Realisasi (Rp) | %      |
| 1  | Program A        | 3000000   | 1500000        | 50,0 % |
| 1.1| Kegiatan A1      | 1000000   | 500000         | 50,0 % |
| 1.2| Kegiatan A2      | 2000000   | 1000000        | 50,0 % |
"""
STAFF = """
| Nama Pegawai | Golongan | Umur | Masa Kerja |
| Ani          | III      | 25   | 3          |
| Budi         | II       | 21   | 2          |
| Citra        | II       | 22   | 2          |
| Doni         | II       | 23   | 1          |
"""


def surveyed(drawing: str | Workbook, shown: bool = False) -> Survey:
    workbook = draw(drawing).workbook if isinstance(drawing, str) else drawing
    return survey_of(Path("gambar.xlsx"), Opened(workbook, workbook), book_of(workbook), shown)


def parts(found: Survey, *roles: Role) -> list[tuple[str, str]]:
    return [(part.area.a1, part.why.id) for part in found.parts if part.role in roles]


def test_a_sheet_with_nothing_but_a_table_leaves_nothing() -> None:
    found = surveyed(BUDGET)
    assert [table.area.a1 for table in found.tables] == ["A1:E4"]
    assert parts(found, Role.ASIDE, Role.FIGURES, Role.TEXT) == [] and found.missed == ()


def test_title_notes_and_signature_are_told_apart() -> None:
    found = surveyed(f"REALISASI ANGGARAN 2024\n{BUDGET.strip()}\nSumber: DPPA\n\nlembar ini dicetak dua kali")
    assert parts(found, Role.TITLE) == [("A1", "judul tabel")]
    assert parts(found, Role.ASIDE) == [("A6:E6", "tanda tangan, sumber, atau catatan di bawah tabel")]
    assert parts(found, Role.TEXT) == [("A8", "teks di luar tabel")]


def test_figures_without_known_headings_are_named_with_what_they_lack() -> None:
    found = surveyed(f"{BUDGET.strip()}\n# Lembar: Pegawai\n{STAFF.strip()}")
    [(area, why)] = parts(found, Role.FIGURES)
    assert (area, why) == ("A1:D5", "angka tanpa judul kolom yang dikenali")
    assert [sheet.fate for sheet in found.sheets] == ["tables", "unread"]
    [miss] = found.missed
    assert (miss.sheet, miss.row, [one.role for one in miss.heard]) == ("Pegawai", 1, ["", "", "", ""])
    assert "tidak satu pun" in miss.lacks.id


def test_every_filled_cell_is_in_a_table_or_a_part() -> None:
    drawing = f"JUDUL\n{BUDGET.strip()}\n\n\n| catatan | | 17 |\n\n\n\n| | | | {STAFF.strip().splitlines()[1]}"
    workbook = draw(drawing).workbook
    found = surveyed(workbook)
    areas = [part.area for part in found.parts] + [table.area for table in found.tables]
    cells = [(row, column) for row, line in workbook.sheets[0].rows.items() for column in line]
    assert cells and [cell for cell in cells if not any(area.holds(*cell) for area in areas)] == []


def test_a_list_without_headings_says_that_it_was_guessed() -> None:
    rows = "| Program A | 2000000 | 1000000 | 50 % |\n| Program B | 4000000 | 1000000 | 25 % |"
    found = surveyed(f"Realisasi Anggaran\n{rows}")
    assert [(table.guessed, table.header_rows) for table in found.tables] == [(True, ())]


def test_a_sheet_full_of_scattered_cells_is_told_in_few_parts() -> None:
    line = "| 7 | | | " * 70 + "|"
    wide = surveyed("\n\n\n\n".join([line] * 3))
    assert len([part for part in wide.parts if part.role is Role.FIGURES]) == 3
    tall = surveyed("\n\n\n\n".join(["| 7 |"] * 400))
    loose = [part for part in tall.parts if part.role is Role.FIGURES]
    assert len(loose) < 210 and sum(part.figures for part in loose) == 400


def test_where_nothing_is_recognised_the_nearest_rows_are_told() -> None:
    found = surveyed("| Pagu | Realisasi | Sisa |\n| 1000000 | 900000 | 100000 |\n| 2000000 | 900000 | 1100000 |")
    assert found.tables == ()
    [miss] = found.missed
    assert [one.role for one in miss.heard] == ["pagu", "realisasi", "sisa"]
    assert "menamai baris" in miss.lacks.id


def test_headings_without_figures_below_say_so() -> None:
    found = surveyed("| Uraian | Pagu | Realisasi |\n| Program A | | |\n| Program B | | |")
    assert found.tables == ()
    assert [miss.lacks.id for miss in found.missed] == [
        "judul kolomnya dikenali, tetapi tidak ada angka yang terbaca di bawahnya"
    ]


def test_number_style_is_told_by_column() -> None:
    found = surveyed(
        """
        | Uraian | Pagu | Realisasi | % |
        | Program A | '1.000.000 | 900000.5 as #,##0.00 | 0.9 as 0.0% |
        | Program B | '2.000.000,00 | =C2*2 -> 1800000 | 0.9 as 0.0% |
        | Program C | - | 0 | |
        """
    )
    numbers = found.numbers["t1"]
    assert numbers["pagu"].as_text == {"1.234,56": 2} and numbers["pagu"].states == {"number": 2, "nil": 1}
    assert (numbers["realisasi"].typed, numbers["realisasi"].formulas) == (2, 1)
    assert numbers["persen"].percent == {"sign": 2} and numbers["persen"].places == 1


@pytest.mark.parametrize(
    ("change", "sure"),
    [
        (lambda text: text, "certain"),
        (lambda text: text.replace("3000000", "3000001"), "doubtful"),
        (lambda text: text + "| 2 | Program B | 5 | 4 | |\n| 2.1 | Kegiatan B1 | 5 | 3 | |", "likely"),
    ],
)
def test_how_sure_the_levels_are(change: Callable[[str], str], sure: str) -> None:
    found = surveyed(change(BUDGET))
    assert found.levels["t1"].sure.value == sure


def test_the_office_sees_its_own_texts() -> None:
    found = surveyed("| Uraian | Pagu | Realisasi |\n| Program A | 1234567.5 as #,##0.00 | 0.5 as 0% |", shown=True)
    [sheet] = found.sheets
    assert [cell.text for cell in sheet.cells[2].values()] == ["Program A", "1.234.567,50", "50%"]
