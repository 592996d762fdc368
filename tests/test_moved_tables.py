"""What must not matter: where a table stands, how its columns are ordered and headed, where pages break.

Each change is made to drawings with faults in them. The findings, as rule, label and stated figure, stay the same.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from draw import book
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xlaudit.audit import run_rule
from xlaudit.rules.base import all_rules

BUDGET = """
| No | Program/Kegiatan | Pagu (Rp) | Realisasi (Rp) | % | Sisa (Rp) |
| 1 | Program Rehabilitasi | '300.000.000 | '279.000.000 | '93,00 | '21.000.000 |
| 1.1 | Kegiatan Panti | '100.000.000 | '99.000.000 | '99,00 | '1.000.000 |
| 1.2 | Kegiatan Keluarga | '200.000.000 | '180.000.000 | '90,00 | '20.000.000 |
| 2 | Program Bencana | '175.000.000 | '160.000.000 | '91,43 | '15.500.000 |
| 2.1 | Kegiatan Logistik | '75.000.000 | '70.000.000 | '93,33 | '5.000.000 |
| 2.2 | Kegiatan Tanggap Darurat | '105.000.000 | '90.000.000 | '85,71 | '15.000.000 |
| | Jumlah | '475.000.000 | '493.000.000 | '92,42 | '36.000.000 |
"""
PERFORMANCE = """
| No | Sasaran | Indikator Kinerja | Satuan | Target | Realisasi | Capaian | Kategori |
| 1 | Sasaran satu | Persentase layanan | % | 80 | 84 | 105 | Sangat Tinggi |
| 2 | Sasaran dua | Persentase kunjungan | % | 90 | 81 | 95 | Sangat Tinggi |
| 3 | Sasaran tiga | Nilai SAKIP | nilai | 50 | 40 | 80 | Sangat Tinggi |
| 4 | Sasaran empat | Jumlah laporan | laporan | 12 | 12 | #DIV/0! | Tinggi |
| | Rata-rata | | | | | 90 | Tinggi |
"""
TABLES = {"budget": BUDGET, "performance": PERFORMANCE}
Said = list[tuple[str, str, str | None]]


def findings(text: str) -> Said:
    """Rule, label and stated figure of every finding."""
    known = book(text)
    found: Said = []
    for rule in all_rules():
        _, flags, _, crash = run_rule(rule, known)
        assert crash is None, crash
        found += ((rule.code, flag.label.id, flag.stated) for flag in flags)
    return sorted(found, key=str)


def cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in text.strip().splitlines()]


def lines(rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" if row else "" for row in rows)


def moved_down(text: str) -> str:
    return "\n" + "Judul laporan\n\n\n" + text.strip()


def moved_right(text: str) -> str:
    return lines([["", "", "", *row] for row in cells(text)])


def blank_column_after_the_label(text: str) -> str:
    return lines([[*row[:3], "", *row[3:]] for row in cells(text)])


def blank_column_before_the_figures(text: str) -> str:
    at = 2 if text == BUDGET else 4
    return lines([[*row[:at], "", "", *row[at:]] for row in cells(text)])


def pages_broken(text: str) -> str:
    header, *rows = cells(text)
    return lines([row for at, row in enumerate(rows) for row in ([header, row] if at % 3 == 0 else [row])])


def numbered_columns(text: str) -> str:
    header, *rows = cells(text)
    return lines([header, [f"({n})" for n in range(1, len(header) + 1)], *rows])


def column_numbers_on_every_page(text: str) -> str:
    header, *rows = cells(text)
    numbers = [str(n) for n in range(1, len(header) + 1)]
    return lines([row for at, row in enumerate(rows) for row in ([header, numbers, row] if at in (0, 4) else [row])])


def signed_below(text: str) -> str:
    return text.strip() + "\nSumber: data diolah\n\n| | | Contoh, 2 Januari 2025 |\n| | | Kepala Dinas |"


def other_tables_around(text: str) -> str:
    above = "| No | Nama Jabatan | Keterangan |\n| 1 | Analis | tetap |"
    return f"{above}\n\n\n\n\n\n{text.strip()}\n\n\n\n\n\n\n{above}"


def on_the_second_sheet(text: str) -> str:
    return "# Lembar: Sampul\nLAPORAN KINERJA\n# Lembar: Isi\n" + text.strip()


def under_a_merged_title(text: str) -> str:
    width = len(cells(text)[0])
    return lines([["Tabel 1 Contoh", *["<"] * (width - 1)], *cells(text)])


WORDS = {
    "Program/Kegiatan": "Uraian Program / Kegiatan", "Pagu (Rp)": "Alokasi Anggaran (Rp)",
    "Realisasi (Rp)": "Serapan (Rp)", "%": "Prosentase", "Sisa (Rp)": "Sisa Anggaran",
    "Sasaran": "SASARAN STRATEGIS", "Indikator Kinerja": "IKU", "Target": "Target Kinerja",
    "Realisasi": "REALISASI KINERJA", "Capaian": "Tingkat Capaian (%)",
    "Kategori": "Predikat", "No": "NO.",
}  # fmt: skip


def other_words(text: str) -> str:
    header, *rows = cells(text)
    return lines([[WORDS.get(word, word) for word in header], *rows])


def without_headings(found: Said) -> Said:
    """Labels without the column's heading, which the change of words changes."""
    return sorted(((rule, label.partition(" · ")[0], stated) for rule, label, stated in found), key=str)


CHANGES: list[Callable[[str], str]] = [
    moved_down, moved_right, blank_column_after_the_label, blank_column_before_the_figures, pages_broken,
    numbered_columns, column_numbers_on_every_page, signed_below, other_tables_around,
    on_the_second_sheet, under_a_merged_title,
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_findings_stay_the_same(table: str, change: Callable[[str], str]) -> None:
    assert findings(change(table)) == findings(table)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_other_words_for_the_columns_change_only_the_labels(table: str) -> None:
    assert without_headings(findings(other_words(table))) == without_headings(findings(table))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_drawings_hold_several_kinds_of_fault(table: str) -> None:
    """Guards the tests above: where nothing is found nothing can be lost."""
    assert len({rule for rule, *_ in findings(table)}) >= 3


def test_two_tables_below_each_other_and_side_by_side_say_what_each_says_alone() -> None:
    alone = sorted(findings(BUDGET) + findings(PERFORMANCE), key=str)
    assert findings(f"{BUDGET.strip()}\n\nTabel 2\n{PERFORMANCE.strip()}") == alone
    left, right = cells(BUDGET), cells(PERFORMANCE)
    height = max(len(left), len(right))
    left += [[""] * len(left[0])] * (height - len(left))
    right += [[""] * len(right[0])] * (height - len(right))
    assert findings(lines([[*one, "", *two] for one, two in zip(left, right, strict=True)])) == alone


@settings(max_examples=25)
@given(st.sampled_from(sorted(TABLES)), st.lists(st.integers(1, 8), max_size=6))
def test_blank_rows_anywhere_in_the_body(name: str, places: list[int]) -> None:
    rows = cells(TABLES[name])
    for place in places:
        rows.insert(min(place, len(rows)), [])
    assume(all(rows[at : at + 5] != [[]] * 5 for at in range(len(rows))))  # so wide a gap ends a table
    assert findings(lines(rows)) == findings(TABLES[name])


@settings(max_examples=25)
@given(st.permutations(range(2, 6)))
def test_the_order_of_the_figure_columns(order: list[int]) -> None:
    rows = [[*row[:2], *(row[at] for at in order)] for row in cells(BUDGET)]
    assert findings(lines(rows)) == findings(BUDGET)


@settings(max_examples=25)
@given(st.permutations(range(3, 8)))
def test_the_order_of_the_performance_columns(order: list[int]) -> None:
    rows = [[*row[:3], *(row[at] for at in order)] for row in cells(PERFORMANCE)]
    assert findings(lines(rows)) == findings(PERFORMANCE)
