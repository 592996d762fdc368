# ruff: noqa: E501
"""Headings of many offices: which column is what, and what kind of table they make."""

from __future__ import annotations

import pytest
from draw import draw

from xlaudit.reading.find import find_tables
from xlaudit.tables import Table

FORMS: dict[str, tuple[str, str, str]] = {
    "months and their total": (
        """
        | No | Program / Kegiatan | Pagu Anggaran | Januari | Februari | Maret | Total s.d. Maret | % | Sisa |
        | 1 | Program A | 120000000 | 10000000 | 20000000 | 30000000 | 60000000 | 50 | 60000000 |
        | 2 | Program B | 100000000 | 10000000 | 20000000 | 20000000 | 50000000 | 50 | 50000000 |
        """,
        "realisasi_anggaran",
        "no uraian pagu realisasi_bln1 realisasi_bln2 realisasi_bln3 realisasi persen sisa",
    ),
    "revenue and expenditure": (
        """
        | KODE REKENING | URAIAN | ANGGARAN 2024 | REALISASI 2024 | LEBIH/(KURANG) | % | REALISASI 2023 |
        | 4 | PENDAPATAN DAERAH | 120000000 | 130000000 | 10000000 | 108.33 | 100000000 |
        | 5 | BELANJA DAERAH | 220000000 | 200000000 | -20000000 | 90.91 | 210000000 |
        """,
        "realisasi_anggaran",
        "kode uraian pagu_2024 realisasi_2024 sisa persen realisasi_2023",
    ),
    "money and progress under one heading": (
        """
        | No | Kegiatan | Pagu (Rp) | Realisasi | < | < | Sisa Anggaran |
        | ^ | ^ | ^ | Keuangan (Rp) | Keuangan (%) | Fisik (%) | ^ |
        | 1 | Kegiatan A | 120000000 | 60000000 | 50 | 55 | 60000000 |
        """,
        "realisasi_anggaran",
        "no kegiatan pagu realisasi persen realisasi_fisik sisa",
    ),
    "money and progress three times": (
        """
        | Kode Rekening | Uraian | Target | < | Realisasi | < | Capaian | < |
        | ^ | ^ | Fisik | Keuangan | Fisik | Keuangan | Fisik | Keuangan |
        | 1.06.01 | Program A | 100 | 120000000 | 100 | 100000000 | 100 | 83.33 |
        | 1.06.01.2.01 | Kegiatan A | 100 | 120000000 | 100 | 100000000 | 100 | 83.33 |
        """,
        "realisasi_anggaran",
        "kode uraian realisasi_fisik pagu realisasi_fisik_2 realisasi realisasi_fisik_3 persen",
    ),
    "a target that speaks of capaian": (
        """
        | Kode | Program/Kegiatan | Indikator Kinerja Program (outcomes)/ Kegiatan (output) | Target Kinerja Capaian Program (Renstra PD) Tahun 2026 | Realisasi Target Kinerja s/d Tahun 2022 | Tahun Lalu (2023) | < | < |
        | ^ | ^ | ^ | ^ | ^ | Target Renja | Realisasi Renja | Tingkat Realisasi (%) |
        | 1.06.01 | Program Penunjang | Nilai SAKIP | 85 | 80 | 82 | 81 | 98.78 |
        """,
        "perbandingan",
        "kode uraian indikator target_2026 realisasi_2022 target_2023 realisasi_2023 capaian_2023",
    ),
    "abbreviations of the treasury": (
        """
        | URAIAN | DPA | SPJ s.d. Bulan ini | SISA DPA | PROSENTASE |
        | Belanja Pegawai | 120000000 | 100000000 | 20000000 | 83.33 |
        """,
        "realisasi_anggaran",
        "uraian pagu realisasi sisa persen",
    ),
    "slips of the pen": (
        """
        | N0 | Progam / Kegiatn | Paguu Angaran (Rp) | Realiasi (Rp) | Presentase (%) | Siisa |
        | 1 | Program A | 120000000 | 100000000 | 83.33 | 20000000 |
        """,
        "realisasi_anggaran",
        "no uraian pagu realisasi persen sisa",
    ),
    "English": (
        """
        | No | Program/Activity | Budget (IDR) | Realization | Percentage |
        | 1 | Program A | 120000000 | 100000000 | 83.33 |
        """,
        "realisasi_anggaran",
        "no uraian pagu realisasi persen",
    ),
    "long headings": (
        """
        | No | Nama Program / Kegiatan / Sub Kegiatan sesuai DPA | Pagu Anggaran dalam DPPA-SKPD Tahun Anggaran 2024 (Rp) | Realisasi Anggaran sampai dengan 31 Desember 2024 (Rp) | Tingkat Penyerapan (%) | Sisa Pagu yang Tidak Terserap (Rp) |
        | 1 | Program A | 120000000 | 100000000 | 83.33 | 20000000 |
        """,
        "realisasi_anggaran",
        "no uraian pagu realisasi persen sisa",
    ),
    "where it began and where it shall end": (
        """
        | Indikator Kinerja | Satuan | Kondisi Awal | Target Tahun ke- | < | < | Kondisi Akhir |
        | ^ | ^ | ^ | 2024 | 2025 | 2026 | ^ |
        | Indikator A | % | 70 | 74 | 76 | 78 | 80 |
        """,
        "perbandingan",
        "indikator satuan realisasi_kinerja_sebelum target_2024 target_2025 target_2026 target_akhir_renstra",
    ),
    "empty columns between": (
        """
        | No | | Program | | Pagu (Rp) | | Realisasi (Rp) | | % |
        | 1 | | Program A | | 120000000 | | 100000000 | | 83.33 |
        | 2 | | Program B | | 100000000 | | 90000000 | | 90 |
        """,
        "realisasi_anggaran",
        "no program pagu realisasi persen",
    ),
    "headings and rows merged differently": (
        """
        | No | Uraian | < | < | Anggaran | < | Realisasi | % |
        | 1 | Program A | | | Rp | 120000000 | 100000000 | 83.33 |
        | | 1 | Kegiatan A | | Rp | 120000000 | 100000000 | 83.33 |
        """,
        "realisasi_anggaran",
        "no uraian uraian_2 pagu realisasi persen",
    ),
    "a row of units below": (
        """
        | No | Program | Pagu | Realisasi | Capaian | Sisa |
        | | | (Rp) | (Rp) | (%) | (Rp) |
        | 1 | Program A | 120000000 | 100000000 | 83.33 | 20000000 |
        """,
        "realisasi_anggaran",
        "no program pagu realisasi persen sisa",
    ),
    "volume, price and amount": (
        """
        | Uraian | Volume | Satuan | Harga Satuan | Jumlah |
        | Kertas | 10 | rim | 50000 | 500000 |
        | Tinta | 5 | botol | 100000 | 500000 |
        """,
        "lainnya",
        "uraian target satuan jumlah",
    ),
    "a row for each year": (
        """
        | Tahun | Pagu Anggaran | Realisasi Anggaran | % |
        | 2023 | 100000000 | 90000000 | 90 |
        | 2024 | 100000000 | 95000000 | 95 |
        """,
        "realisasi_anggaran",
        "uraian pagu realisasi persen",
    ),
}


def only(text: str) -> Table:
    [table] = find_tables(draw(text).workbook)
    return table


@pytest.mark.parametrize("form", FORMS)
def test_columns_and_kind(form: str) -> None:
    drawing, kind, columns = FORMS[form]
    table = only(drawing)
    assert (table.kind, " ".join(table.columns)) == (kind, columns)
    assert not table.guessed


def test_rows_take_their_names_from_where_they_stand() -> None:
    table = only(FORMS["headings and rows merged differently"][0])
    assert [(row.label, row.depth) for row in table.rows] == [("Program A", 0), ("Kegiatan A", 1)]
    assert [row.label for row in only(FORMS["a row for each year"][0]).rows] == ["2023", "2024"]


def test_empty_columns_at_the_end_under_the_last_heading() -> None:
    """A merged heading that reaches further than any figure: nothing stands beside the last column."""
    table = only("""
        | No | Program | Pagu (Rp) | Keterangan | < | < | < |
        | 1 | Program A | 120000000 | x | | | |
        | 2 | Program B | 100000000 | y | | | |
    """)
    assert " ".join(table.columns) == "no program pagu keterangan"
