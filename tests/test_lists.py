"""Lists of figures without any heading are read by their contents; what is no list of figures is left alone."""

from __future__ import annotations

import pytest
from draw import draw, must_find, run

from xlaudit.reading.find import find_tables
from xlaudit.tables import Level, Table


def tables(text: str) -> list[Table]:
    return find_tables(draw(text).workbook)


def only(text: str) -> Table:
    [table] = tables(text)
    return table


def roles(table: Table) -> dict[str, str]:
    return {column.name: chr(64 + column.column) for column in table.columns.values()}


@pytest.mark.parametrize(
    "text",
    [
        """
        Daftar Pejabat
        | 1 | Kepala Dinas | 0812345678 |
        | 2 | Sekretaris | 0898765432 |
        """,
        """
        | Nama | NIP |
        | Satu | 197001011990031001 |
        | Dua | 197102021991032002 |
        """,
        """
        Rencana Kerja
        | Tahun | 2023 |
        | Sampai | 2024 |
        """,
        """
        Hasil Survei
        | Sangat puas | 45,5 % |
        | Puas | 54,5 % |
        """,
        """
        Anggaran
        | Program Satu | 120000000 |
        """,
        """
        | 120000000 | 118000000 |
        | 100000000 | 90000000 |
        """,
        """
        Rincian anggaran pegawai
        | Nama | Gaji | Tunjangan |
        | Pegawai satu | 5000000 | 1500000 |
        | Pegawai dua | 4500000 | 1200000 |
        """,
        """
        Surat
        | Nomor | 060/123/2024 |
        | Lampiran | 1 berkas |
        | Perihal | Realisasi Anggaran |
        """,
    ],
)
def test_what_is_no_list_of_figures(text: str) -> None:
    assert tables(text) == []


def test_amounts_below_words_about_budgets() -> None:
    table = only("""
        Alokasi anggaran belanja:
        | 1. | Belanja operasi | 'Rp. 14.390.004.444,- |
        | 2. | Belanja modal | 'Rp. 233.106.000,- |
        | | Jumlah | 'Rp. 14.623.110.444,- |
    """)
    assert (table.kind, table.area.a1, table.guessed) == ("realisasi_anggaran", "A2:C4", True)
    assert roles(table) == {"no": "A", "uraian": "B", "pagu": "C"}
    assert table.title == "Alokasi anggaran belanja:" and table.header_rows == ()
    assert [row.level for row in table.rows] == [Level.ITEM, Level.ITEM, Level.TOTAL]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Pagu", "pagu"),
        ("Realisasi belanja", "realisasi"),
        ("Rincian", "jumlah"),
        ("Realisasi dan pagu", "jumlah"),
        ("Belanja", "jumlah"),
    ],
)
def test_the_words_above_tell_a_single_column(words: str, role: str) -> None:
    table = only(f"""
        {words}
        | Kegiatan satu | 'Rp 14.390.004.444 |
        | Kegiatan dua | 'Rp 233.106.000 |
    """)
    assert roles(table)[role] == "B"


def test_two_amounts_and_their_ratio() -> None:
    table = only("""
        Tahun 2024
        | a. | Program Satu | 50.000.000,- | 100 % | 45.598.100,- | 91,20% |
        | b. | Program Dua | 102.000.000,- | 100 % | 98.870.100,- | 96,93% |
        | c. | Program Tiga | 50.000.000,- | 90 % | 49.668.800,- | 99,34% |
    """)
    assert roles(table) == {"no": "A", "uraian": "B", "pagu": "C", "capaian": "D", "realisasi": "E", "persen": "F"}


def test_two_amounts_without_proof_are_no_budget_and_its_spending() -> None:
    table = only("""
        Rincian anggaran
        | Kegiatan satu | 50000000 | 20000000 |
        | Kegiatan dua | 60000000 | 10000000 |
    """)
    assert roles(table) == {"uraian": "A", "jumlah": "B", "jumlah_2": "C"}


def test_unknown_headings_over_columns_that_prove_themselves() -> None:
    table = only("""
        Dinas Contoh
        | Nama | Tersedia | Terpakai | Porsi |
        | Bagian satu | 50000000 | 20000000 | 40 % |
        | Bagian dua | 60000000 | 30000000 | 50 % |
    """)
    assert roles(table) == {"uraian": "A", "pagu": "B", "realisasi": "C", "persen": "D"}


def test_codes_are_no_amounts_and_amounts_no_codes() -> None:
    table = only("""
        Anggaran
        | 5.1.01 | Belanja Pegawai | 1.500.000 |
        | 5.1.02 | Belanja Barang | 2.500.000 |
    """)
    assert roles(table) == {"kode": "A", "uraian": "B", "pagu": "C"}


def test_a_list_stands_beside_a_table() -> None:
    table, listed = tables("""
        | Program | Pagu (Rp) | Realisasi (Rp) | | Anggaran SPM | 3000000 |
        | Program Satu | 120000000 | 118000000 | | Program Satu | 1000000 |
        | Program Dua | 120000000 | 118000000 | | Program Dua | 2000000 |
        | Jumlah | 240000000 | 236000000 |
    """)
    assert (table.area.a1, table.guessed) == ("A1:C4", False)
    assert (listed.area.a1, listed.guessed) == ("E1:F3", True)
    assert [row.level for row in listed.rows] == [Level.TOTAL, Level.PROGRAM, Level.PROGRAM]


def test_a_wrong_total_of_a_list_is_found() -> None:
    must_find(
        "RA102",
        """
        Rincian alokasi anggaran
        | | Total alokasi belanja | 15.419.906.990 * |
        | 1. | Belanja operasi | 14.390.004.444 |
        | 2. | Belanja modal | 233.106.000 |
        """,
    )


def test_a_list_is_no_witness_against_tables() -> None:
    verdicts = run(
        "XT102",
        """
        Perjanjian Kinerja Tahun 2024
        | No | Program | Anggaran (Rp) |
        | 1 | Program Rehabilitasi Sosial | 1725190300 |
        | 2 | Program Penanganan Bencana | 90000000 |

        Anggaran untuk SPM tahun 2024
        | Program Rehabilitasi Sosial | 1575190300 |
        | Program Penanganan Bencana | 50000000 |
        """,
    )
    assert not verdicts.flags


def test_a_list_above_a_table_has_the_title_above_it() -> None:
    drawing = """
        Realisasi Belanja Tahun 2023

        | Belanja operasi | Rp 14.390.004.444,- |
        | Belanja modal | Rp 233.106.000,- |

        Tabel 2 Program Tahun 2024
        | Program | Pagu | Realisasi |
        | Program A | 2000000 | 1000000 |
        """
    one, two = find_tables(draw(drawing).workbook)
    assert (one.guessed, one.title, one.year) == (True, "Realisasi Belanja Tahun 2023", 2023)
    assert (two.guessed, two.title, two.year) == (False, "Tabel 2 Program Tahun 2024", 2024)
