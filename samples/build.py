"""Builds the five sample workbooks and their maps from ``samples/data``.

    python samples/build.py [--output DIR]

writes ``NAME.xlsx`` and ``data/NAME.map.json`` (where every printed table row and column went) below DIR,
by default beside this file. Building again gives the same bytes. Each workbook is kept in another office's
manner; README.md says which. Needs xlsxwriter, nothing else.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from office import Book, Formula, Manner, Placed, Table, load, typed
from page import Page

HERE = Path(__file__).parent


def pacitan(book: Book) -> None:
    """Accounting figures with two decimals, percentages as fractions, a signature below the tables."""
    agency = ("DINAS SOSIAL KABUPATEN PACITAN",)
    page = Page(book, "PK").title("PERJANJIAN KINERJA TAHUN 2024", *agency).gap()
    page.table("pk-awal-sasaran").gap().table("pk-awal-anggaran").gap()
    page.sign("Pacitan, 02 Januari 2024", "Pihak Pertama,", "KEPALA DINAS SOSIAL", at=3,
              also=("", "Pihak Kedua,", "BUPATI")).finish()  # fmt: skip

    page = Page(book, "PK Perubahan")
    page.title("PERJANJIAN PERUBAHAN KINERJA TAHUN 2024", "KEPALA DINAS SOSIAL", "KABUPATEN PACITAN").gap()
    page.table("pk-perubahan-sasaran").gap().table("pk-perubahan-anggaran").gap()
    page.sign("Pacitan, 20 September 2024", "Pihak Pertama,", "KEPALA DINAS SOSIAL", at=3,
              also=("", "Pihak Kedua,", "BUPATI")).finish()  # fmt: skip

    page = Page(book, "Pengukuran Kinerja").title("PENGUKURAN KINERJA", *agency, "TAHUN 2024").gap()
    page.table("3-1").finish()
    page = Page(book, "Kinerja Program").title("KINERJA PROGRAM", *agency, "TAHUN 2024").gap()
    page.table("3-2").finish()

    page = Page(book, "Perbandingan")
    page.title("Tabel 3.3 Perbandingan Realisasi Kinerja").table("3-3").gap(2)
    page.title("Tabel 3.4 Perbandingan Realisasi Kinerja s/d Akhir Kinerja").table("3-4").gap(2)
    page.title("Tabel 3.5 Perbandingan Realisasi Kinerja dengan Realisasi Nasional").table("3-5").finish()

    page = Page(book, "Realisasi").title("REALISASI ANGGARAN", *agency, "TAHUN ANGGARAN 2024", size=2).gap()
    page.table("realisasi-anggaran", freeze=True).gap()
    page.sign("Pacitan, 21 Januari 2025", "KEPALA DINAS SOSIAL", "KABUPATEN PACITAN", at=3, over=3).finish()

    page = (
        Page(book, "Efisiensi")
        .title("PERBANDINGAN CAPAIAN KINERJA DENGAN PENYERAPAN ANGGARAN", *agency)
        .gap()
    )
    page.table("3-6").finish()

    page = Page(book, "E.81", widths={1: 18, 2: 34, 3: 34, 4: 9, 27: 13})
    page.title("FORMULIR E.81", "EVALUASI TERHADAP HASIL RENCANA KERJA PERANGKAT DAERAH", *agency,
               "TAHUN 2024 (TRIWULAN I s.d. IV)").gap()  # fmt: skip
    page.table("e81-evaluasi").gap()
    page.note("Faktor pendorong keberhasilan kinerja : Komunikasi dan target yang direncanakan")
    page.note("Faktor penghambat pencapaian kinerja : Verifikasi dan validasi data").finish()

    page = Page(book, "Data Dukung", widths={1: 44, 2: 26})
    page.title("DATA DUKUNG LAPORAN KINERJA TAHUN 2024").gap()
    page.note("a. Jenjang Pendidikan", bold=True).table("I-1")
    page.note("Sumber data : Subbag Umum Dan Kepegawaian", italic=True).gap()
    page.note("b. Laporan Hasil Evaluasi", bold=True).table("evaluasi-sakip").gap()
    page.note("c. Perhitungan persentase PPKS yang mendapatkan pelayanan", bold=True)
    page.table("data-kinerja", at=1, ruled=False).finish()


MAGETAN_SHEETS = {
    "Pegawai": "1-1", "Anggaran": "1-5", "Renstra": "2-2", "Renja Perubahan": "2-3-renja", "PK": "2-5",
    "PK Program": "2-6", "PK Perubahan": "2-7", "PK Perubahan Program": "2-8", "Kriteria": "3-1",
    "Capaian Kinerja": "3-2", "Perbandingan": "3-3", "Kemajuan Renstra": "3-4", "Standar Nasional": "3-5",
    "Analisis": "3-6", "Penunjang": "3-8", "Realisasi": "3-9", "Efisiensi Sasaran": "3-9-b",
    "Efisiensi Program": "3-10", "Simpulan": "4-1", "Target TW 2025": "4-3",
}  # fmt: skip
MAGETAN_SPANS = {
    "2-2": ("no", "tujuan", "no_sasaran", "sasaran"),
    "2-7": ("no", "sasaran"),
    "3-4": ("no", "sasaran"),
    "3-9-b": ("sasaran", "pagu", "realisasi", "persen"),
    **dict.fromkeys(("3-2", "3-3", "3-6", "4-1", "4-3"), ("sasaran",)),
}
MAGETAN_SOURCES = {
    "2-2": "Renstra Dinas Sosial periode 2024-2026",
    "2-3-renja": "Rencana Kerja Dinas Sosial Kabupaten Magetan Tahun 2024",
    "2-5": "Perjanjian Kinerja Dinas Sosial Tahun 2024",
    "2-6": "Dokumen Pelaksanaan Anggaran Perangkat Daerah Tahun 2024",
    "2-7": "Perubahan Perjanjian Kinerja Dinas Sosial Tahun 2024",
    "2-8": "Dokumen Pelaksanaan Anggaran Perangkat Daerah Tahun 2024 (setelah perubahan)",
}


def magetan(book: Book) -> None:
    """One table per sheet, sasaran merged over its rows, headers repeated where the printed page broke."""
    for sheet, name in MAGETAN_SHEETS.items():
        table = book.tables[name]
        number = ".".join(name.split("-")[:2])
        spans = tuple(table.columns) if name == "3-8" else MAGETAN_SPANS.get(name, ())
        page = Page(book, sheet, widths={2: 44} if name == "3-1" else None)
        page.title(f"Tabel {number}", table.title).gap().table(name, spans=spans)
        if name in MAGETAN_SOURCES:
            page.note(f"Sumber : {MAGETAN_SOURCES[name]}", italic=True)
        page.finish()


def mojokerto_2024(book: Book) -> None:
    """Several tables on a sheet, captions at the left, formulas in the realisasi table."""

    def stack(sheet: str, *names: str, widths: dict[int, float] | None = None) -> Page:
        page = Page(book, sheet, widths=widths)
        for name in names:
            table = book.tables[name]
            page.title(f"Tabel {name.upper().replace('-', '.')}. {table.title}", align="left", across=5)
            page.table(name).gap(2)
        return page

    page = (
        Page(book, "Ikhtisar")
        .title("IKHTISAR EKSEKUTIF", "DINAS SOSIAL KABUPATEN MOJOKERTO TAHUN 2024")
        .gap()
    )
    page.table("ie-1").gap(2).table("ie-2").gap(2).table("ie-3").finish()
    stack("Renstra", "2-2", "2-3", "2-4").finish()
    stack("Rencana Kinerja", "2-5").finish()
    stack("Program Kegiatan", "2-6").finish()
    page = (
        Page(book, "PK")
        .title("PERJANJIAN KINERJA TAHUN 2024", "KEPALA DINAS SOSIAL KABUPATEN MOJOKERTO")
        .gap()
    )
    page.table("2-7a", at=1).gap().table("2-7b", at=1).gap().table("2-7c").gap()
    page.note("Mojokerto,    Januari 2025", at=3).note("KEPALA DINAS SOSIAL", at=3).finish()

    page = (
        Page(book, "Capaian")
        .note("Skala pengukuran ordinal", bold=True)
        .table("3-0-skala", at=1, ruled=False)
        .gap(2)
    )
    for name in ("3-1", "3-2"):
        page.title(f"Tabel {name.replace('-', '.')}. {book.tables[name].title}", align="left").table(
            name
        ).gap(2)
    page.finish()
    page = stack("Perbandingan", "3-3", "3-4")
    page.note("Rata-rata capaian kinerja lainnya per tahun").table("3-4-rata-rata", ruled=False).finish()
    stack("Akhir Renstra", "3-5", "3-6", widths={5: 24}).finish()
    stack("Banding Provinsi", "3-7").finish()

    page = Page(book, "Realisasi", widths={2: 25}).title(
        "REALISASI PROGRAM, KEGIATAN DAN SUB KEGIATAN",
        "DINAS SOSIAL KABUPATEN MOJOKERTO",
        "TAHUN ANGGARAN 2024",
    )
    page.gap().table("3-8-belanja", ruled=False).gap()
    page.table("3-8", formulas=realisasi_formulas).gap().note(
        "Sumber: Dinas Sosial, diolah", italic=True
    ).finish()
    page = stack("Anggaran", "3-9", "3-10")
    page.note("Penggunaan anggaran SPM dan DBHCHT:").table("3-10-spm", at=1, ruled=False).gap()
    page.table("3-10-dbhcht", ruled=False).gap(2)
    for name in ("3-11", "3-12"):
        page.title(f"Tabel {name.replace('-', '.')}. {book.tables[name].title}", align="left", across=5)
        page.table(name).gap(2)
    page.finish()
    stack("Kinerja dan Anggaran", "3-13", "3-14", "3-15", "3-16").finish()
    stack("Efisiensi", "3-17", "3-18").finish()
    page = stack("Pegawai", "1-3")
    page.note("Jumlah kegiatan dan sub kegiatan per program").table("1-cascading", ruled=False).finish()


def realisasi_formulas(table: Table, placed: Placed) -> dict[tuple[int, str], Formula]:
    """Percentages and sums as formulas where they give what is printed; a figure they would change is typed.

    A kegiatan adds up its sub kegiatan with SUM, a program its kegiatan with +.
    """
    formulas: dict[tuple[int, str], Formula] = {}
    pagu, realisasi = placed.columns["pagu"], placed.columns["realisasi"]

    def amount(row: int, column: str) -> int | None:
        value, _ = typed(table.cell(row, column), "amount", Manner("", 0, ""))
        return int(value) if isinstance(value, int) else None

    for row in range(len(table.rows)):
        up, down = amount(row, "realisasi"), amount(row, "pagu")
        if up is not None and down:
            exact = Fraction(up * 100, down)
            shown = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
            if f"{shown}".replace(".", ",") == table.cell(row, "persen"):
                at = placed.rows[row]
                formulas[row, "persen"] = (f"={realisasi}{at}/{pagu}{at}*100", float(exact))
        for column in ("pagu", "realisasi"):
            children = children_of(table, row)
            values = [amount(child, column) for child in children]
            if len(children) < 2 or None in values or sum(v for v in values if v) != amount(row, column):
                continue
            letter, rows = placed.columns[column], [placed.rows[child] for child in children]
            if table.level(row) == "kegiatan":
                text = f"=SUM({letter}{rows[0]}:{letter}{rows[-1]})"
            else:
                text = "=" + "+".join(f"{letter}{at}" for at in rows)
            formulas[row, column] = (text, sum(v for v in values if v))
    return formulas


def children_of(table: Table, row: int) -> list[int]:
    """The rows one level below a program or kegiatan, up to the next row of its own level or above."""
    below = {"program": "kegiatan", "kegiatan": "sub_kegiatan"}.get(table.level(row))
    stops = {"program": ("program",), "kegiatan": ("program", "kegiatan")}.get(table.level(row), ())
    children = []
    for later in range(row + 1, len(table.rows)):
        if table.level(later) in stops:
            break
        if table.level(later) == below:
            children.append(later)
    return children


def mojokerto_2021(book: Book) -> None:
    """Everything as text, as pasted from the PDF; the tables begin in column B."""
    page = Page(book, "Matrik RPJMD")
    page.title("TABEL II", "MATRIK PROGRAM LIMA TAHUNAN RPJMD", "DI BIDANG SOSIAL").gap().table("II").finish()
    page = Page(book, "PK Perubahan")
    page.title("PERJANJIAN KINERJA PERUBAHAN TAHUN 2021", "DINAS SOSIAL KABUPATEN MOJOKERTO").gap()
    page.table("III-sasaran").gap(2).table("III-anggaran").finish()
    for name in ("3-1-1", "3-1-2", "3-1-3", "3-1-4", "3-2-1", "3-2-1-b", "3-2-3"):
        number = ".".join(name.split("-")[:3])
        sheet = f"Tabel {number} (2)" if name.endswith("b") else f"Tabel {number}"
        Page(book, sheet).title(f"Tabel {number}", book.tables[name].title).table(name).finish()
    page = Page(book, "Rincian").title(
        "CAPAIAN UNTUK MASING-MASING SASARAN DAN INDIKATOR KINERJA", "TAHUN 2021"
    )
    page.gap().table("narasi-sub-kegiatan").finish()
    page = Page(book, "Belanja").title("Total Belanja Tahun 2021 : Rp. 9.268.118.489,-").gap()
    page.table("jenis-belanja").finish()
    page = (
        Page(book, "PPS Program")
        .title("PROGRAM PENCAPAIAN SASARAN", "DINAS SOSIAL KABUPATEN MOJOKERTO")
        .gap()
    )
    page.table("program-pencapaian-sasaran").finish()
    page = Page(book, "PPS", widths={6: 13, 10: 18, 11: 15, 12: 15, 13: 18})
    page.title("PENGUKURAN PENCAPAIAN SASARAN KABUPATEN MOJOKERTO TAHUN 2021", "BIDANG SOSIAL").gap()
    page.table("pengukuran-pencapaian-sasaran").finish()
    page = Page(book, "Pegawai").title(
        "RINCIAN PEGAWAI MENURUT JENIS KELAMIN", "Unit Kerja : Semua Satuan Kerja"
    )
    page.gap().table("I-jenis-kelamin").finish()


def kutai(book: Book) -> None:
    """Numbers where they could be typed, text where the print mixes separators; both years on one sheet."""
    agency = "DINAS SOSIAL KABUPATEN KUTAI KARTANEGARA"
    page = Page(book, "PK 2023").title("PERJANJIAN KINERJA TAHUN 2023", agency).gap().table("2-4")
    page.finish()
    page = Page(book, "Pengukuran Kinerja").title("PENGUKURAN KINERJA", agency, "TAHUN 2023").gap()
    page.note("Tabel 3.1 Skala Nilai Peringkat Kinerja", bold=True).table("3-1").gap(2)
    page.note("Tabel 3.2 Perbandingan Antara Target dan Realisasi Kinerja Tahun 2023", bold=True).table("3-2")
    page.note("Sumber : Dinas Sosial, diolah", italic=True).finish()
    Page(book, "Data Awal").title("Tabel 2.5", book.tables["2-5"].title).gap().table("2-5").finish()
    page = Page(book, "Perbandingan").title("PERBANDINGAN KINERJA", agency, "TAHUN 2023").gap()
    page.note(f"Tabel 3.3 {book.tables['3-3'].title}", bold=True).table("3-3").gap(2)
    page.note(f"Tabel 3.4 {book.tables['3-4'].title}", bold=True).table("3-4", at=1).finish()
    page = (
        Page(book, "Program Penunjang").title("Tabel 3.11", book.tables["3-11b"].title).gap().table("3-11b")
    )
    page.finish()
    page = Page(book, "Efisiensi").title("EFISIENSI PENGGUNAAN SUMBER DAYA", agency, "TAHUN 2023").gap()
    page.table("3-5").finish()
    page = Page(book, "Realisasi").title("REALISASI ANGGARAN", agency, "TAHUN ANGGARAN 2023 DAN 2022").gap()
    page.note("Tabel 3.12 Realisasi Anggaran Program dan Kegiatan Tahun 2023", bold=True).table("3-12").gap(2)
    page.note("Tabel 3.13 Realisasi Anggaran Program dan Kegiatan Tahun Sebelumnya (2022)", bold=True).table(
        "3-13"
    )
    page.note("Sumber : Subbag Keuangan", italic=True).finish()
    page = Page(book, "Kesimpulan").note("Rata-rata capaian kinerja", bold=True).table("4-1", ruled=False)
    page.finish()
    page = (
        Page(book, "PK 2024").title("PERJANJIAN KINERJA TAHUN 2024", agency).gap().table("lampiran-pk-2024")
    )
    page.finish()
    page = Page(book, "Keselarasan").title("Tabel 2.3", book.tables["2-3"].title).gap().table("2-3")
    page.finish()


WORKBOOKS: dict[str, tuple[Callable[[Book], None], Manner]] = {
    "pacitan-2024": (pacitan, Manner("Arial", 10, "#D9E2F3", 0.86, fractions=True, italic_kegiatan=True)),
    "magetan-2024": (magetan, Manner("Bookman Old Style", 10, "#C6E0B4", 1.1, shade_program="#F2F2F2")),
    "mojokerto-2024": (
        mojokerto_2024,
        Manner("Calibri", 11, "#FFE699", 1.0, shade_program="#DDEBF7", paper=14),
    ),
    "mojokerto-2021": (mojokerto_2021, Manner("Times New Roman", 11, "#FFFFFF", 0.9, pasted=True, left=1)),
    "kutai-kartanegara-2023": (kutai, Manner("Tahoma", 9, "#BDD7EE", 0.9, fractions=True, paper=14)),
}


def build(name: str, output: Path) -> None:
    """Writes one workbook and its map."""
    draw, manner = WORKBOOKS[name]
    year = int(name.rpartition("-")[2])
    tables = load(HERE / "data" / f"{name}.json")
    book = Book(output / f"{name}.xlsx", tables, manner, "Dinas Sosial", datetime(year + 1, 2, 1, 8, 0))
    draw(book)
    (output / "data").mkdir(parents=True, exist_ok=True)
    book.close(output / "data" / f"{name}.map.json")


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the sample workbooks.")
    parser.add_argument("--output", type=Path, default=HERE)
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    for name in WORKBOOKS:
        build(name, output)


if __name__ == "__main__":
    main()
