"""Columns that are parts of a whole (sources of funds, kinds of belanja): how they are told, paired and added up."""

from __future__ import annotations

import pytest
from draw import draw, must_find, must_pass_over, must_stay_quiet

from xlaudit.reading.find import find_tables
from xlaudit.tables import Table

ROWS = """
    | 1 | Rehab Sekolah | 100000000 | 40000000 | {first} | 40000000 |
    | 2 | Perpustakaan  | 10000000  | 60000000 | 10000000 | 57000000 |
    |   | Jumlah        | 110000000 | 100000000 | 100000000 | 97000000 |
"""
CROSSED = """
    | 1 | Rehab Sekolah | 100000000 | 40000000 | 40000000 | {first} |
    | 2 | Perpustakaan  | 10000000  | 60000000 | 57000000 | 10000000 |
    |   | Jumlah        | 110000000 | 100000000 | 97000000 | 100000000 |
"""


def only(text: str) -> Table:
    [table] = find_tables(draw(text).workbook)
    return table


@pytest.mark.parametrize(
    "heads",
    [
        """
    | No | Kegiatan | Pagu | Pagu | Realisasi | Realisasi |
    | No | Kegiatan | DAU  | DAK  | DAU       | DAK       |""",
        """
    | No | Kegiatan | Pagu | <    | Realisasi | <         |
    | ^  | ^        | DAU  | DAK  | DAU       | DAK       |""",
        """
    | No | Kegiatan | Pagu |      | Realisasi |           |
    |    |          | DAU  | DAK  | DAU       | DAK       |""",
        """
    | No | Kegiatan | Pagu DAU | Pagu DAK | Realisasi DAU | Realisasi DAK |""",
        """
    | No | Kegiatan | Pagu    | Pagu   | Realisasi   | Realisasi |
    | No | Kegiatan | Gelora  | Nusa   | Kas Gelora  | Kas Nusa  |""",
    ],
    ids=["written in every cell", "merged", "in the first cell", "one row", "by place"],
)
def test_sources_of_funds_are_paired(heads: str) -> None:
    must_stay_quiet("RA105", heads + ROWS.format(first="90000000"))
    must_find("RA105", heads + ROWS.format(first="103000000 *"))


def test_sources_in_another_order_are_paired_by_their_names() -> None:
    heads = """
    | No | Kegiatan | Pagu | Pagu | Realisasi | Realisasi |
    |    |          | DAU  | DAK  | DAK       | DAU       |"""
    must_stay_quiet("RA105", heads + CROSSED.format(first="90000000"))
    must_find("RA105", heads + CROSSED.format(first="103000000 *"))


@pytest.mark.parametrize(
    "text",
    [
        """
        | No | Kegiatan      | Pagu      | Pagu     | Realisasi | Realisasi | Realisasi |
        |    |               | DAU       | DAK      | Alfa      | Beta      | Gama      |
        | 1  | Rehab Sekolah | 100000000 | 40000000 | 30000000  | 60000000  | 40000000  |
        | 2  | Perpustakaan  | 10000000  | 60000000 | 50000000  | 10000000  | 7000000   |
        """,
        """
        | No | Kegiatan      | Pagu      | <        | Realisasi | %  |
        | ^  | ^             | DAU       | DAK      | ^         | ^  |
        | 1  | Rehab Sekolah | 100000000 | 40000000 | 70000000  | 50 |
        | 2  | Perpustakaan  | 10000000  | 60000000 | 63000000  | 90 |
        """,
    ],
    ids=["other sources", "the sum of both"],
)
def test_what_nothing_pairs_is_not_compared(text: str) -> None:
    must_pass_over("RA105", text)
    must_pass_over("RA103", text)


def test_kinds_of_belanja_with_pagu_and_realisasi_of_their_own() -> None:
    text = """
        | No | OPD              | Belanja Operasi | <         | <     | Belanja Modal | <         | <       |
        | ^  | ^                | Pagu            | Realisasi | %     | Pagu          | Realisasi | %       |
        | 1  | Dinas Pendidikan | 530000000       | 424000000 | 80    | 110000000     | 55000000  | 50      |
        | 2  | Dinas Kesehatan  | 410000000       | 389500000 | 95    | 70000000      | 14000000  | {share} |
        |    | Jumlah           | 940000000       | 813500000 | 86.54 | 180000000     | 69000000  | 38.33   |
    """
    must_stay_quiet("RA103", text.format(share="20"))
    must_find("RA103", text.format(share="22 *"))


MATRICES = {
    "one row": """
    | No | Perangkat Daerah | Belanja Pegawai | Belanja Barang dan Jasa | Belanja Modal | Jumlah Belanja |
    | 1  | Dinas Pendidikan | 500000000       | 210000000 | 130000000 | {sum}     |
    | 2  | Dinas Kesehatan  | 410000000       | 150000000 | 50000000  | 610000000 |
    | 3  | Dinas Sosial     | 130000000       | 55000000  | 12000000  | 197000000 |
    |    | Jumlah           | 1040000000      | 415000000 | 192000000 | 1647000000 |
    """,
    "under one heading, the total first": """
    | OPD              | Pagu      | <         | <         | <           |
    | ^                | Total     | Operasi   | Modal     | Tak Terduga |
    | Dinas Pendidikan | {sum}     | 500000000 | 210000000 | 130000000   |
    | Dinas Kesehatan  | 610000000 | 410000000 | 150000000 | 50000000    |
    | Dinas Sosial     | 197000000 | 130000000 | 55000000  | 12000000    |
    """,
    "sums of groups and their sum": """
 | No | OPD | Belanja Operasi | < | < | Belanja Modal | < | < | Total Belanja |
 | ^ | ^ | Pegawai | Barang | Jumlah | Tanah | Mesin | Jumlah | ^ |
 | 1 | Dinas Pendidikan | 500000000 | 210000000 | 710000000 | 80000000 | 50000000 | 130000000 | {sum} |
 | 2 | Dinas Kesehatan | 410000000 | 150000000 | 560000000 | 40000000 | 10000000 | 50000000 | 610000000 |
 | 3 | Dinas Sosial | 130000000 | 55000000 | 185000000 | 7000000 | 5000000 | 12000000 | 197000000 |
    """,
    "sources in one row": """
    | No | Program   | Pagu DAU  | Pagu DAK  | Pagu PAD  | Jumlah Pagu |
    | 1  | Program A | 500000000 | 210000000 | 130000000 | {sum}       |
    | 2  | Program B | 410000000 | 150000000 | 50000000  | 610000000   |
    | 3  | Program C | 130000000 | 55000000  | 12000000  | 197000000   |
    """,
}


@pytest.mark.parametrize("form", MATRICES)
def test_a_row_adds_up_its_parts(form: str) -> None:
    must_stay_quiet("RK101", MATRICES[form].format(sum="840000000"))
    (flag,) = must_find("RK101", MATRICES[form].format(sum="850000000 *"))
    assert flag.computed == "840000000"


def test_a_total_that_most_rows_do_not_follow_promises_nothing() -> None:
    """The sum may hold what has no column here."""
    must_pass_over(
        "RK101",
        """
        | No | OPD              | Belanja Pegawai | Belanja Modal | Jumlah Belanja |
        | 1  | Dinas Pendidikan | 500000000       | 210000000     | 840000000      |
        | 2  | Dinas Kesehatan  | 410000000       | 150000000     | 610000000      |
        | 3  | Dinas Sosial     | 130000000       | 55000000      | 197000000      |
        """,
    )


def test_percentages_are_not_added_up() -> None:
    must_pass_over(
        "RK101",
        """
        | No | Indikator     | Target Tahun 2025 | <     | <     | <     | <     |
        | ^  | ^             | TW 1              | TW 2  | TW 3  | TW 4  | TOTAL |
        | 1  | Jalan mantap  | 24.72             | 24.72 | 24.72 | 24.73 | 98.89 |
        | 2  | Sekolah layak | 1.37              | 1.37  | 1.37  | 1.39  | 5.5   |
        """,
    )


def test_the_whole_takes_the_plain_name() -> None:
    table = only(MATRICES["sources in one row"].format(sum="840000000"))
    assert table.columns["pagu"].column == 6
    assert [c.part for c in table.columns.values() if c.role == "pagu"] == ["dau", "dak", "pad", ""]


def test_rows_counted_through_are_siblings_though_some_columns_add_up() -> None:
    """500 = 400 + 100 and 200 = 150 + 50, in two of three columns, by chance."""
    table = only("""
        | No | OPD              | Belanja Pegawai | Belanja Barang | Jumlah Belanja |
        | 1  | Dinas Pendidikan | 500000000       | 200000000      | 710000000      |
        | 2  | Dinas Kesehatan  | 400000000       | 150000000      | 550000000      |
        | 3  | Dinas Sosial     | 100000000       | 50000000       | 150000000      |
    """)
    assert [row.depth for row in table.rows] == [0, 0, 0]
