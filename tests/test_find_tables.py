"""Tables are found by their headers wherever they stand; what stands around them is left out."""

from __future__ import annotations

import pytest
from draw import draw

from xlaudit.reading.find import find_tables
from xlaudit.tables import Table

BUDGET = "| Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % |"


def tables(text: str) -> list[Table]:
    return find_tables(draw(text).workbook)


def only(text: str) -> Table:
    [table] = tables(text)
    return table


def rows(table: Table) -> list[int]:
    return [row.number for row in table.rows]


def test_title_lines_above() -> None:
    table = only(f"""
        PEMERINTAH KABUPATEN CONTOH
        LAPORAN REALISASI ANGGARAN
        Tahun Anggaran 2024

        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
    """)
    assert (table.area.a1, table.kind, table.year) == ("A5:D6", "realisasi_anggaran", 2024)
    assert table.title == "PEMERINTAH KABUPATEN CONTOH LAPORAN REALISASI ANGGARAN Tahun Anggaran 2024"
    assert {name: column.column for name, column in table.columns.items()} == {
        "program": 1, "pagu": 2, "realisasi": 3, "persen": 4,
    }  # fmt: skip


def test_several_tables_below_each_other_each_with_its_title() -> None:
    first, second, third = tables(f"""
        Tabel 1 Realisasi Anggaran
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        | Jumlah | 120000000 | 118000000 | 98.33 |

        Tabel 2 Pengukuran Kinerja
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        | 1 | Persentase satu | 80 | 84 | 105 |

        Tabel 3 Efisiensi
        | Sasaran | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Tingkat Efisiensi |
        | Sasaran satu | 105 | 98.33 | 6.67 |
    """)
    assert [t.area.a1 for t in (first, second, third)] == ["A2:D4", "A7:E8", "A11:D12"]
    assert [t.title for t in (first, second, third)] == [
        "Tabel 1 Realisasi Anggaran", "Tabel 2 Pengukuran Kinerja", "Tabel 3 Efisiensi",
    ]  # fmt: skip
    assert [t.kind for t in (first, second, third)] == ["realisasi_anggaran", "pengukuran_kinerja", "efisiensi"]
    assert [t.id for t in (first, second, third)] == ["t1", "t2", "t3"]


def test_a_table_right_below_another_without_a_gap() -> None:
    first, second = tables(f"""
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        | 1 | Persentase satu | 80 | 84 | 105 |
    """)
    assert (rows(first), rows(second)) == ([2], [4])


def test_tables_side_by_side() -> None:
    left, right = tables("""
        | Program | Pagu Anggaran | Realisasi | | No | Indikator Kinerja | Target | Realisasi | Capaian |
        | Program Satu | 120000000 | 118000000 | | 1 | Persentase satu | 80 | 84 | 105 |
        | Program Dua | 80000000 | 70000000 | | 2 | Persentase dua | 90 | 81 | 90 |
        | Jumlah | 200000000 | 188000000 | | | | | | |
    """)
    assert (left.area.a1, right.area.a1) == ("A1:C4", "E1:I3")
    assert (left.kind, right.kind) == ("realisasi_anggaran", "pengukuran_kinerja")
    assert right.rows[0].label == "Persentase satu"


def test_one_table_per_sheet() -> None:
    first, second = tables(f"""
        # Lembar: Anggaran
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        # Lembar: Kinerja
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) |
        | 1 | Persentase satu | 80 | 84 | 105 |
    """)
    assert (first.sheet, second.sheet) == ("Anggaran", "Kinerja")


@pytest.mark.parametrize(
    "below",
    [
        "Sumber: Data diolah, 2024",
        "Sumber : LRA per 31 Desember 2024",
        "Catatan: angka sementara",
        "Keterangan: data sementara",
        "| | Contoh, 31 Desember 2024 | | |",
        "| | | KEPALA DINAS | |",
        "| Mengetahui, | | Kepala Dinas Sosial | |",
        "| | | NIP. 12345 | |",
        "Lampiran berikut memuat rinciannya.",
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_source_lines_and_signatures_are_no_rows(below: str, gap: str) -> None:
    drawing = [
        BUDGET,
        "| Program Satu | 120000000 | 118000000 | 98.33 |",
        "| Jumlah | 120000000 | 118000000 | 98.33 |",
        *gap.splitlines(),
        below,
    ]
    if below.startswith("Lampiran") and not gap:
        drawing.insert(3, "")
    assert rows(only("\n".join(drawing))) == [2, 3]


def test_a_block_of_signatures() -> None:
    table = only(f"""
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        | Jumlah | 120000000 | 118000000 | 98.33 |
        Sumber: Subbag Keuangan

        | | | Contoh, 15 Januari 2025 | |
        | | | Kepala Dinas Sosial | |
        | | | Kabupaten Contoh | |



        | | | (nama terang) | |
        | | | Pembina Utama Muda | |
        | | | NIP. 19700101 199001 1 001 | |
    """)
    assert rows(table) == [2, 3]


def test_blank_rows_within() -> None:
    table = only(f"""
        {BUDGET}

        | Program Satu | 120000000 | 118000000 | 98.33 |


        | Program Dua | 80000000 | 70000000 | 87.5 |

        | Jumlah | 200000000 | 188000000 | 94 |
    """)
    assert rows(table) == [3, 6, 8]


def test_figures_far_below_are_no_rows() -> None:
    table = only(f"""
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |






        | Rekening koran | 77000000 | | |
    """)
    assert rows(table) == [2]


def test_headers_repeated_after_page_breaks() -> None:
    table = only(f"""
        {BUDGET}
        | 1 | 2 | 3 | 4=3/2*100 |
        | Program Satu | 120000000 | 118000000 | 98.33 |
        {BUDGET}
        | 1 | 2 | 3 | 4=3/2*100 |
        | Program Dua | 80000000 | 70000000 | 87.5 |

        {BUDGET}
        | Jumlah | 200000000 | 188000000 | 94 |
    """)
    assert rows(table) == [3, 6, 9]
    assert any("berulang" in remark.id for remark in table.remarks)


def test_a_header_repeated_under_lanjutan_belongs_to_the_same_table() -> None:
    table = only(f"""
        Tabel 3 Realisasi Anggaran
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        Tabel 3 (lanjutan)
        {BUDGET}
        | Program Dua | 80000000 | 70000000 | 87.5 |
    """)
    assert rows(table) == [3, 6]


def test_a_header_repeated_under_a_title_of_its_own_begins_another_table() -> None:
    first, second = tables(f"""
        Realisasi Anggaran Tahun 2023
        {BUDGET}
        | Program Satu | 120000000 | 118000000 | 98.33 |
        Realisasi Anggaran Tahun 2024
        {BUDGET}
        | Program Satu | 80000000 | 70000000 | 87.5 |
    """)
    assert (rows(first), rows(second)) == ([3], [6])
    assert (first.year, second.year) == (2023, 2024)


def test_a_column_number_row_alone_is_repeated() -> None:
    table = only(f"""
        {BUDGET}
        | (1) | (2) | (3) | (4) |
        | Program Satu | 120000000 | 118000000 | 98.33 |
        | (1) | (2) | (3) | (4) |
        | Program Dua | 80000000 | 70000000 | 87.5 |
    """)
    assert rows(table) == [3, 5]


def test_the_last_row_may_hold_words_instead_of_figures() -> None:
    table = only("""
        | Program | Indikator | Target 2023 | Realisasi 2023 | Target 2024 | Realisasi 2024 |
        | Program Satu | Persentase satu | 80 | 84 | 80 | 85 |
        | Program Dua | Nilai SAKIP | >B | >B | >B | BB |
    """)
    assert rows(table) == [2, 3]


def test_a_sasaran_merged_down_names_every_row_of_its_indicators() -> None:
    table = only("""
        | No | Sasaran | Indikator Kinerja | Target | Realisasi | Capaian |
        | 1 | Meningkatnya layanan | Persentase satu | 80 | 84 | 105 |
        | ^ | ^ | Persentase dua | 90 | 81 | 90 |
        | 2 | Meningkatnya mutu | Persentase tiga | 50 | 50 | 100 |
        | | | Persentase empat | 50 | 40 | 80 |
    """)
    assert [row.texts["sasaran"] for row in table.rows] == ["Meningkatnya layanan"] * 2 + ["Meningkatnya mutu"] * 2
    assert [row.label for row in table.rows] == [f"Persentase {n}" for n in ("satu", "dua", "tiga", "empat")]


def test_a_figure_merged_down_stands_once_and_says_how_far_it_reaches() -> None:
    table = only("""
        | Sasaran | Indikator Kinerja | Capaian (%) | Pagu | Realisasi Anggaran |
        | Sasaran satu | Indikator satu | 100 | 50000000 | 45000000 |
        | ^ | Indikator dua | 90 | ^ | ^ |
    """)
    first, second = table.rows
    assert first.figures["pagu"].height == 2 and not first.figures["pagu"].from_merge
    assert second.figures["pagu"].from_merge and not second.figures["pagu"].filled


@pytest.mark.parametrize(
    "text",
    [
        "Laporan Kinerja Tahun 2024",
        "| Nama | Alamat | Telepon |\n| Satu | Jalan Contoh | 021 |",
        "| Program | Kegiatan | Keterangan |\n| Program Satu | Kegiatan satu | baik |",
        f"{BUDGET}\n",
        f"{BUDGET}\n| Program Satu | | | |",
        "| Jumlah | Total | Nilai |\n| 1 | 2 | 3 |",
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert tables(text) == []


def test_hidden_rows_are_read_and_marked() -> None:
    workbook = draw(f"{BUDGET}\n| Program Satu | 120000000 | 118000000 | 98.33 |").workbook
    sheet = workbook.sheets[0]
    object.__setattr__(sheet, "hidden_rows", frozenset({2}))
    [table] = find_tables(workbook)
    assert table.rows[0].hidden
