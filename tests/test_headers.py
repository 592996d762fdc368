"""Headers of one to three rows, merged or not, to columns: role, period, unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from draw import draw

from xlaudit.reading.find import find_tables
from xlaudit.reading.headerrows import is_ordinal_row
from xlaudit.reading.headersearch import find_headers
from xlaudit.reading.view import SheetView
from xlaudit.tables import Table

MERGED = """
    | No | Sasaran | Indikator Kinerja | Kinerja | < | < | Anggaran | < | < |
    | ^ | ^ | ^ | Target | Realisasi | Capaian (%) | Pagu (Rp) | Realisasi (Rp) | % |
    | 1 | Sasaran satu | Indikator satu | 80 | 84 | 105 | 120000000 | 118000000 | 98.33 |
"""
KINERJA_ANGGARAN = {
    "no": 1, "sasaran": 2, "indikator": 3, "target": 4, "realisasi_kinerja": 5, "capaian": 6,
    "pagu": 7, "realisasi": 8, "persen": 9,
}  # fmt: skip


def only(text: str) -> Table:
    [table] = find_tables(draw(text).workbook)
    return table


def places(table: Table) -> dict[str, int]:
    return {name: column.column for name, column in table.columns.items()}


def unmerged(text: str) -> str:
    """The same drawing with a blank where a merge was."""
    return text.replace("| < ", "| ").replace("| ^ ", "| ")


@pytest.mark.parametrize("text", [MERGED, unmerged(MERGED)], ids=["merged", "not merged"])
def test_two_rows_of_header(text: str) -> None:
    table = only(text)
    assert places(table) == KINERJA_ANGGARAN
    assert (table.kind, table.header_rows) == ("kinerja_anggaran", (1, 2))
    assert table.columns["realisasi"].header == "Anggaran · Realisasi (Rp)"


THREE = """
    | No | Indikator Kinerja | Tahun 2023 | < | < | < | Tahun 2024 | < | < | < |
    | ^ | ^ | Kinerja | < | Anggaran | < | Kinerja | < | Anggaran | < |
    | ^ | ^ | Target | Realisasi | Pagu | Realisasi | Target | Realisasi | Pagu | Realisasi |
    | 1 | Indikator satu | 80 | 84 | 120000000 | 118000000 | 82 | 83 | 130000000 | 128000000 |
"""


@pytest.mark.parametrize("text", [THREE, unmerged(THREE)], ids=["merged", "not merged"])
def test_three_rows_of_header(text: str) -> None:
    table = only(text)
    assert table.header_rows == (1, 2, 3)
    assert [(c.role, c.period) for c in table.columns.values()][2:] == [
        ("target", "2023"), ("realisasi_kinerja", "2023"), ("pagu", "2023"), ("realisasi", "2023"),
        ("target", "2024"), ("realisasi_kinerja", "2024"), ("pagu", "2024"), ("realisasi", "2024"),
    ]  # fmt: skip


def test_years_as_numbers_under_a_group() -> None:
    table = only("""
        | No | Indikator Kinerja | Realisasi Tahun | < | < |
        | ^ | ^ | 2022 | 2023 | 2024 |
        | 1 | Indikator satu | 80 | 84 | 82 |
    """)
    assert [(c.role, c.period) for c in table.columns.values()][2:] == [
        ("realisasi_kinerja", year) for year in ("2022", "2023", "2024")
    ]
    assert table.kind == "perbandingan"


def test_years_above_target_and_realisasi() -> None:
    table = only("""
        | No | Indikator Kinerja | 2023 | < | < | 2024 | < | < |
        | ^ | ^ | Target | Realisasi | Capaian | Target | Realisasi | Capaian |
        | 1 | Indikator satu | 80 | 84 | 105 | 90 | 81 | 90 |
    """)
    assert list(table.columns)[2:] == [
        "target_2023", "realisasi_2023", "capaian_2023", "target_2024", "realisasi_2024", "capaian_2024",
    ]  # fmt: skip


def test_quarters() -> None:
    table = only("""
        | No | Indikator Kinerja | Target | Realisasi Triwulan | < | < | < | Capaian |
        | ^ | ^ | ^ | I | II | III | IV | ^ |
        | 1 | Indikator satu | 80 | 20 | 20 | 20 | 20 | 100 |
    """)
    assert [(c.role, c.period) for c in table.columns.values()][3:7] == [
        ("realisasi_kinerja", f"tw{n}") for n in (1, 2, 3, 4)
    ]
    assert table.kind == "evaluasi_triwulan"


@pytest.mark.parametrize(
    "numbers",
    [
        "| 1 | 2 | 3 | 4 | 5 | 6=5/4*100 |",
        "| (1) | (2) | (3) | (4) | (5) | (6) = (5)/(4) x 100 |",
        "| 1. | 2. | 3. | 4. | 5. | 6. |",
        "| '1 | '2 | '3 | '4 | '5 | '6=5:4 |",
        "| 1 | 2 | 3 | 4 | 5 | (6=5/4x100) |",
    ],
)
def test_a_row_of_column_numbers_belongs_to_the_header(numbers: str) -> None:
    table = only(f"""
        | No | Sasaran | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        {numbers}
        | 1 | Sasaran satu | Indikator satu | 80 | 84 | 105 |
    """)
    assert [row.number for row in table.rows] == [3]
    assert table.header_rows == (1, 2)


def test_declared_arithmetic_is_kept() -> None:
    workbook = draw("""
        | No | Indikator Kinerja | Target | Realisasi | Capaian |
        | 1 | 2 | 3 | 4 | 5=4/3*100 |
        | 1 | Indikator satu | 80 | 84 | 105 |
    """).workbook
    [header] = find_headers(SheetView(workbook, workbook.sheets[0]))
    assert header.numbering.labels == {column: str(column) for column in range(1, 6)}
    assert {column: written.text for column, written in header.numbering.declared.items()} == {5: "5=4/3*100"}


@pytest.mark.parametrize(
    ("row", "ordinal"),
    [
        ("| 1 | 2 | 3 |", True),
        ("| 1 | 2 | 2 | 3 |", True),
        ("| 1 | 2 | 3 | 4 | 5 | 7 | 8 |", True),
        ("| 1 | 80 | 84 |", False),
        ("| 80 | 84 | 105 |", False),
        ("| 3 | 2 | 1 |", False),
        ("| 1 | Sasaran | 3 |", False),
        ("| 1 |", False),
        ("| 1 | 1 | 1 |", False),
    ],
)
def test_which_rows_number_the_columns(row: str, ordinal: bool) -> None:
    workbook = draw(row).workbook
    assert is_ordinal_row(SheetView(workbook, workbook.sheets[0]), 1) is ordinal


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Pagu (Rp)", 1),
        ("Pagu (Rp ribu)", 1_000),
        ("Pagu (dalam ribuan rupiah)", 1_000),
        ("Pagu (Rp. 000,-)", 1_000),
        ("Pagu (Rp x 1.000)", 1_000),
        ("Pagu (Rp juta)", 1_000_000),
        ("Pagu (jutaan Rp)", 1_000_000),
        ("Pagu (Rp miliar)", 1_000_000_000),
    ],
)
def test_the_unit_stands_in_the_header(heading: str, unit: int) -> None:
    table = only(f"| Program | {heading} | Realisasi |\n| Program Satu | 1250 | 1100 |")
    assert table.columns["pagu"].unit == unit
    assert table.rows[0].figures["pagu"].value == 1250 * Decimal(unit)


def test_the_unit_may_stand_in_a_row_of_its_own() -> None:
    table = only("""
        | Program | Pagu | Realisasi | Serapan |
        | | (Rp juta) | (Rp juta) | (%) |
        | Program Satu | 1250 | 1100 | 88 |
    """)
    assert [table.columns[name].unit for name in ("pagu", "realisasi", "persen")] == [1_000_000, 1_000_000, 1]


SYNONYMS = {
    "pagu": ["Pagu", "Pagu Anggaran", "Anggaran", "Alokasi Anggaran", "Anggaran (Rp)", "PAGU ANGGARAN TA 2024"],
    "realisasi": ["Realisasi", "Realisasi Anggaran", "Realisasi Keuangan (Rp)", "Serapan (Rp)", "Realisasi (Rp.)"],
    "persen": [
        "%", "Persentase", "Prosentase", "Presentase Realisasi", "% Serapan", "Capaian (%)", "Penyerapan (%)", "(%)",
    ],
    "sisa": ["Sisa", "Sisa Anggaran", "Selisih (Rp)", "Sisa Pagu", "Saldo", "Lebih/Kurang"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "heading"), [(name, heading) for name, headings in SYNONYMS.items() for heading in headings]
)
def test_words_for_the_columns_of_a_budget(name: str, heading: str) -> None:
    headings = {column: words[0] for column, words in SYNONYMS.items()} | {name: heading}
    table = only(
        f"| Program/Kegiatan | {' | '.join(headings.values())} |\n| P | 120000000 | 90000000 | 75 | 30000000 |"
    )
    assert list(table.columns) == ["uraian", *SYNONYMS]


MEASURED = {
    "sasaran": ["Sasaran", "Sasaran Strategis", "SASARAN STRATEGIS/KEGIATAN", "Kinerja Utama"],
    "indikator": ["Indikator Kinerja", "Indikator", "IKU", "Indikator Kinerja Utama", "INDIKATOR SASARAN"],
    "satuan": ["Satuan", "Sat.", "SATUAN"],
    "target": ["Target", "Target Tahun 2024", "Target Kinerja", "TARGET PK 2024"],
    "realisasi_kinerja": ["Realisasi", "Realisasi Tahun 2024", "Realisasi Kinerja", "REALISASI  2024"],
    "capaian": ["Capaian", "% Capaian", "Capaian Kinerja (%)", "Tingkat Capaian", "Persentase Capaian", "Capain (%)"],
    "kategori": ["Kategori", "Kriteria", "Predikat", "Peringkat Kinerja", "Kategori Capaian"],
    "keterangan": ["Ket", "Keterangan", "Ket.", "Catatan"],
}


@pytest.mark.parametrize(
    ("name", "heading"), [(name, heading) for name, headings in MEASURED.items() for heading in headings]
)
def test_words_for_the_columns_of_performance(name: str, heading: str) -> None:
    headings = {column: words[0] for column, words in MEASURED.items()} | {name: heading}
    table = only(f"| No | {' | '.join(headings.values())} |\n| 1 | S | I | % | 80 | 84 | 105 | Tinggi | - |")
    assert list(table.columns) == ["no", *MEASURED]


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        ("Kode | Program | Pagu Sebelum Perubahan | Pagu Setelah Perubahan | Bertambah/(Berkurang)",
         ["kode", "program", "pagu", "pagu_2", "perubahan"]),
        ("No | Indikator Kinerja | Target Akhir Renstra | Realisasi 2024 | Tingkat Kemajuan",
         ["no", "indikator", "target_akhir_renstra", "realisasi_kinerja", "tingkat_kemajuan"]),
        ("No | Indikator Kinerja | Realisasi 2024 | Standar Nasional | Keterangan",
         ["no", "indikator", "realisasi_kinerja", "standar", "keterangan"]),
        ("No | Indikator Kinerja | Target Akhir Renstra (2026) | Realisasi s.d. 2024 | % Realisasi terhadap Renstra",
         ["no", "indikator", "target_akhir_renstra", "realisasi_kinerja", "tingkat_kemajuan"]),
    ],
)  # fmt: skip
def test_other_columns(headings: str, names: list[str]) -> None:
    amount = 12_000_000 if "Pagu" in headings else 84
    table = only(f"| {headings} |\n| 1 | Nama satu | {amount} | {amount} | {amount} |")
    assert [column.role for column in table.columns.values()] == [name.removesuffix("_2") for name in names]


def test_the_stage_of_a_budget_is_its_period() -> None:
    table = only("""
        | Program | Pagu Sebelum Perubahan | Pagu Setelah Perubahan |
        | Program Satu | 12000000 | 13000000 |
    """)
    assert [c.period for c in table.columns.values()] == ["", "sebelum", "setelah"]


def test_a_number_column_without_a_heading_of_its_own() -> None:
    table = only("""
        | Sasaran | < | Indikator Kinerja | < | Target | Realisasi |
        | 1 | Meningkatnya layanan | 1.1 | Persentase satu | 80 | 84 |
        | 2 | Meningkatnya mutu | 2.1 | Persentase dua | 90 | 81 |
    """)
    assert {name: c for name, c in places(table).items() if name in ("sasaran", "indikator")} == {
        "sasaran": 2, "indikator": 4,
    }  # fmt: skip


def test_a_heading_with_a_word_of_its_own_among_known_ones() -> None:
    table = only("""
        | Sasaran | Indikator Kinerja | Program | < | Target | Realisasi |
        | | Satuan | Program Prioritas | Kegiatan | 2024 | 2024 |
        | Sasaran satu | % | Program satu | Kegiatan satu | 80 | 84 |
    """)
    assert table.header_rows == (1, 2) and table.rows[0].number == 3


def test_slips_and_words_broken_by_a_narrow_column() -> None:
    table = only("""
        | Progam/Kegitan | Angaran | Realisas i | Persentasi |
        | Program Satu | 12000000 | 11000000 | 91.67 |
    """)
    assert list(table.columns) == ["uraian", "pagu", "realisasi", "persen"]


def test_first_data_rows_are_no_header() -> None:
    table = only("""
        | No | Indikator Kinerja | Target | Realisasi | Capaian |
        | 1 | Persentase realisasi anggaran program | 80 | 84 | 105 |
        | 2 | Nilai capaian kinerja | - | - | - |
    """)
    assert [row.number for row in table.rows] == [2, 3]


def test_a_row_that_names_a_group_is_no_header() -> None:
    table = only("""
        | Program/Kegiatan | Pagu | Realisasi | % |
        | Program Penunjang | | | |
        | Kegiatan satu | 12000000 | 11000000 | 91.67 |
    """)
    assert [row.number for row in table.rows] == [2, 3]
