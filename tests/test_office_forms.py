"""Consistent tables in forms that offices like: not an error, not a warning, and yet the figures were compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlaudit.audit import audit_workbook
from xlaudit.findings import Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.text_report import TextReport

Rows = Sequence[Sequence[object]]

BUDGET = ["No", "Program/Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)"]
FORMS: dict[str, Rows] = {
    "rows that add up to the one above by chance": [
        ["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%"],
        [1, "Perpustakaan", 100_000_000, 98_000_000, 98],
        [2, "Kearsipan", 200_000_000, 150_000_000, 75],
        [3, "Literasi", 50_000_000, 45_000_000, 90],
        [4, "Naskah Kuno", 150_000_000, 147_000_000, 98],
        [None, "Total", 500_000_000, 440_000_000, 88],
    ],
    "quarters in thousands, the rest of the columns without a unit": [
        ["No", "Kegiatan", "Pagu (Rp ribu)", "Realisasi Tw I (Rp ribu)", "Realisasi Tw II (Rp ribu)",
         "Realisasi Tw III (Rp ribu)", "Realisasi Tw IV (Rp ribu)", "Total", "%", "Sisa"],
        [1, "Kegiatan A", 400, 100, 90, 80, 70, 340, 85, 60],
        [2, "Kegiatan B", 300, 50, 60, 70, 30, 210, 70, 90],
        [None, "Jumlah", 700, 150, 150, 150, 100, 550, 78.57, 150],
    ],
    "the budget before and after, one heading over both": [
        ["Kode", "Uraian", "Anggaran", None, "Bertambah/(Berkurang)", "Realisasi", None],
        [None, None, "Murni", "Perubahan", "Rp", "Rp", "%"],
        ["5.1", "Belanja Pegawai", 10_000_000, 12_000_000, 2_000_000, 11_000_000, 91.67],
        ["5.2", "Belanja Barang", 20_000_000, 18_000_000, -2_000_000, 17_500_000, 97.22],
        [None, "Jumlah Belanja", 30_000_000, 30_000_000, 0, 28_500_000, 95],
    ],
    "pembiayaan, in less out": [
        ["Kode", "Uraian", "Anggaran 2024", "Realisasi 2024"],
        ["6", "PEMBIAYAAN DAERAH", 200_000_000, 210_000_000],
        ["6.1", "PENERIMAAN PEMBIAYAAN", 300_000_000, 310_000_000],
        ["6.1.01", "SiLPA tahun sebelumnya", 300_000_000, 310_000_000],
        ["6.2", "PENGELUARAN PEMBIAYAAN", 100_000_000, 100_000_000],
        ["6.2.02", "Penyertaan modal", 100_000_000, 100_000_000],
    ],
    "a grand total below the last of several tables": [
        ["No", "Kegiatan", "Pagu", "Realisasi", "%"],
        [1, "Penyusunan Rencana", 100_000_000, 90_000_000, 90],
        [2, "Pengawasan", 50_000_000, 50_000_000, 100],
        [None, "Sub Jumlah", 150_000_000, 140_000_000, 93.33],
        ["BIDANG CIPTA KARYA"],
        ["No", "Kegiatan", "Pagu", "Realisasi", "%"],
        [1, "Air Minum", 60_000_000, 48_000_000, 80],
        [2, "Sanitasi", 140_000_000, 140_000_000, 100],
        [None, "Sub Jumlah", 200_000_000, 188_000_000, 94],
        [None, "TOTAL", 350_000_000, 328_000_000, 93.71],
    ],
    "serapan is what was spent": [
        ["No", "Program", "Alokasi", "Serapan", "Prosentase"],
        [1, "Program Penunjang", "Rp. 2.300.000.000,-", "Rp. 2.185.000.000,-", "95,00 %"],
        [2, "Program Pengelolaan", "Rp. 2.000.000.000,-", "Rp. 1.800.500.000,-", "90,03 %"],
        [None, "Jumlah", "Rp. 4.300.000.000,-", "Rp. 3.985.500.000,-", "92,69 %"],
    ],
    "months by their older names": [
        ["No", "Kegiatan", "Anggaran", "Okt", "Nop", "Des", "Jumlah"],
        [1, "Kegiatan Satu", 90_000_000, 20_000_000, 25_000_000, 30_000_000, 75_000_000],
        [2, "Kegiatan Dua", 60_000_000, 10_000_000, 15_000_000, 20_000_000, 45_000_000],
        [None, "Total", 150_000_000, 30_000_000, 40_000_000, 50_000_000, 120_000_000],
    ],
    "a detail that begins with termasuk": [
        ["No", "Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%"],
        [1, "Pembinaan Ormas", 100_000_000, 95_000_000, 95],
        [None, "  - termasuk hibah parpol", 60_000_000, 60_000_000, 100],
        [2, "Wawasan Kebangsaan", 50_000_000, 48_000_000, 96],
        [None, "Jumlah", 150_000_000, 143_000_000, 95.33],
    ],
    "a sum carried to the next page": [
        BUDGET,
        [1, "Program A", 100_000_000, 90_000_000, 90, 10_000_000],
        [2, "Program B", 200_000_000, 150_000_000, 75, 50_000_000],
        [None, "Jumlah dipindahkan", 300_000_000, 240_000_000, 80, 60_000_000],
        BUDGET,
        [None, "Jumlah pindahan", 300_000_000, 240_000_000, 80, 60_000_000],
        [3, "Program C", 100_000_000, 80_000_000, 80, 20_000_000],
        [None, "Jumlah", 400_000_000, 320_000_000, 80, 80_000_000],
    ],
    "the office's name as the total": [
        ["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%"],
        [None, "DINAS PERHUBUNGAN", 900_000_000, 720_000_000, 80],
        [1, "Program Lalu Lintas", 600_000_000, 480_000_000, 80],
        [2, "Program Pelayaran", 300_000_000, 240_000_000, 80],
    ],
    "a total without a name": [
        ["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%"],
        [1, "Program Lalu Lintas", 600_000_000, 480_000_000, 80],
        [2, "Program Pelayaran", 300_000_000, 240_000_000, 80],
        [None, None, 900_000_000, 720_000_000, 80],
    ],
    "physical progress beside money": [
        ["No", "Kegiatan", "Pagu (Rp)", "Realisasi Keuangan (Rp)", "Realisasi Keuangan (%)", "Realisasi Fisik (%)"],
        [1, "Jalan Desa", 400_000_000, 300_000_000, 75, 100],
        [2, "Jembatan", 600_000_000, 510_000_000, 85, 92.5],
        [None, "Jumlah", 1_000_000_000, 810_000_000, 81, 95.5],
    ],
    "revenue above its target": [
        ["No", "Jenis Pendapatan", "Target (Rp)", "Realisasi (Rp)", "%"],
        [1, "Pajak Hotel", 400_000_000, 500_000_000, 125],
        [2, "Retribusi Parkir", 600_000_000, 540_000_000, 90],
        [None, "Jumlah Pendapatan", 1_000_000_000, 1_040_000_000, 104],
    ],
    "a share of the whole beside the percentage": [
        ["No", "Program", "Pagu (Rp)", "Proporsi (%)", "Realisasi (Rp)", "%"],
        [1, "Program A", 300_000_000, 30, 240_000_000, 80],
        [2, "Program B", 700_000_000, 70, 630_000_000, 90],
        [None, "Jumlah", 1_000_000_000, 100, 870_000_000, 87],
    ],
    "an indicator whose name begins with rata-rata": [
        ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"],
        [1, "Rata-rata Lama Sekolah", "Tahun", 8, 7.6, 95],
        [2, "Rata-rata nilai ujian", "Nilai", 80, 72, 90],
        [3, "Persentase sekolah terakreditasi", "%", 100, 100, 100],
    ],
    "remarks between the rows": [
        ["No", "Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%"],
        [1, "Jalan Desa", 400_000_000, 300_000_000, 75],
        [None, "Catatan: sisa lelang"],
        [2, "Jembatan", 600_000_000, 510_000_000, 85],
        [None, "Jumlah", 1_000_000_000, 810_000_000, 81],
    ],
}


def said(rows: Rows, folder: Path, title: str = "Realisasi Anggaran Tahun 2024") -> Outcome:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append([title])
    sheet.append([])
    for row in rows:
        sheet.append(list(row))
    workbook.save(folder / "bentuk.xlsx")
    return audit_workbook(folder / "bentuk.xlsx")


@pytest.mark.parametrize("form", FORMS)
def test_a_consistent_form_is_quiet(form: str, tmp_path: Path) -> None:
    outcome = said(FORMS[form], tmp_path)
    assert outcome.failure is None and not outcome.crashes
    loud = [f"{f.rule} {f.place.cell}: {f.message.en}" for f in outcome.findings if f.severity is not Severity.NOTE]
    assert not loud, "\n".join(loud)
    assert outcome.checks >= 3, "nothing was compared"


@pytest.mark.parametrize(
    ("form", "row", "column", "wrong", "cell"),
    [
        ("rows that add up to the one above by chance", 3, 3, 46_000_000, "D6"),
        ("quarters in thousands, the rest of the columns without a unit", 2, 5, 90, "F5"),
        ("the budget before and after, one heading over both", 3, 3, 28_000_000, "D6"),
        ("a grand total below the last of several tables", 6, 3, 84_000_000, "D9"),
        ("serapan is what was spent", 2, 3, "Rp. 1.080.500.000,-", "D5"),
        ("months by their older names", 2, 4, 51_000_000, "E5"),
        ("a detail that begins with termasuk", 3, 3, 46_000_000, "D6"),
        ("a sum carried to the next page", 7, 2, 450_000_000, "C10"),
        ("the office's name as the total", 2, 3, 408_000_000, "D5"),
        ("a total without a name", 3, 2, 990_000_000, "C6"),
        ("physical progress beside money", 1, 4, 57, "E4"),
        ("revenue above its target", 3, 3, 1_400_000_000, "D6"),
        ("remarks between the rows", 4, 2, 100_000_000, "C7"),
    ],
)
def test_a_slip_in_the_same_form_is_put_in_its_cell(
    form: str, row: int, column: int, wrong: int, cell: str, tmp_path: Path
) -> None:
    rows = [list(r) for r in FORMS[form]]
    rows[row][column] = wrong
    outcome = said(rows, tmp_path)
    named = {r.place.cell for d in outcome.diagnoses for r in d.repairs}
    named |= {f.place.cell for f in outcome.findings if f.diagnosis is None and f.severity is Severity.ERROR}
    assert named == {cell}


def test_what_a_formula_would_follow_is_no_proof(tmp_path: Path) -> None:
    """The total and the percentage are formulas over the repaired cell: only the sum of the rows proves it."""
    rows: Rows = [
        ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%"],
        ["5.1", "BELANJA OPERASI", "=C5+C6", "=D5+D6", "=D4/C4*100"],
        ["5.1.01", "Belanja Pegawai", 800_000_000, 700_000_000, "=D5/C5*100"],
        ["5.1.02", "Belanja Barang dan Jasa", "=C7+C8", "=SUM(D7:D9)", "=D6/C6*100"],
        ["5.1.02.01", "Belanja Barang", 300_000_000, 290_000_000, "=D7/C7*100"],
        ["5.1.02.02", "Belanja Jasa", 200_000_000, 190_000_000, "=D8/C8*100"],
        ["5.1.02.04", "Belanja Perjalanan Dinas", 100_000_000, 90_000_000, "=D9/C9*100"],
    ]
    outcome = said(rows, tmp_path, "Laporan Realisasi Anggaran 2024")
    (diagnosis,) = outcome.diagnoses
    assert [r.place.cell for r in diagnosis.repairs] == ["C6"]
    assert "3 rincian Belanja Barang dan Jasa tepat berjumlah 600.000.000" in diagnosis.message.id
    assert "BELANJA OPERASI" not in diagnosis.message.id and "% cocok" not in diagnosis.message.id
    assert "yang belum tercakup C9" in diagnosis.message.id
    assert "With 600,000,000, the 3 rows of Belanja Barang dan Jasa add up to exactly" in diagnosis.message.en


def test_a_text_that_sums_skip_is_to_be_typed_as_a_number(tmp_path: Path) -> None:
    """SUM passes over a text: the figure is right, and must not be advised away."""
    rows: Rows = [
        ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)"],
        ["5.1", "BELANJA OPERASI", "=SUM(C5:C7)", "=SUM(D5:D7)"],
        ["5.1.01", "Belanja Pegawai", 800_000_000, 700_000_000],
        ["5.1.02", "Belanja Barang dan Jasa", 300_000_000, "Rp 290.000.000,-"],
        ["5.1.03", "Belanja Hibah", 200_000_000, 190_000_000],
    ]
    outcome = said(rows, tmp_path, "Laporan Realisasi Anggaran 2024")
    (diagnosis,) = outcome.diagnoses
    assert diagnosis.cause == "text_skipped"
    assert [(r.place.cell, r.suggested) for r in diagnosis.repairs] == [("D6", "290000000")]


def test_no_other_table_is_blamed_for_a_sum_that_misses_a_text(tmp_path: Path) -> None:
    """The agreement states the whole budget; the sums of the realisation leave a text out, two levels up."""
    workbook = Workbook()
    agreed = workbook.active
    agreed.title = "PK"
    for row in (
        ["Perjanjian Kinerja Tahun 2024"],
        ["Program", "Anggaran (Rp)"],
        ["Program Penunjang", 500_000_000],
        ["Program Pelayanan", 300_000_000],
    ):
        agreed.append(row)
    spent = workbook.create_sheet("Realisasi")
    for row in (
        ["Realisasi Anggaran Tahun 2024"],
        ["Kode", "Program/Kegiatan/Sub Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)"],
        ["1.06.01", "Program Penunjang", "=SUM(C4)", "=SUM(D4)"],
        ["1.06.01.2.01", "Kegiatan Umum", "=SUM(C5:C6)", "=SUM(D5:D6)"],
        ["1.06.01.2.01.0001", "Sub Kegiatan Gaji", 300_000_000, 290_000_000],
        ["1.06.01.2.01.0002", "Sub Kegiatan Kantor", "Rp 200.000.000,-", 190_000_000],
        ["1.06.02", "Program Pelayanan", "=SUM(C8)", "=SUM(D8)"],
        ["1.06.02.2.01", "Kegiatan Layanan", 300_000_000, 280_000_000],
    ):
        spent.append(row)
    workbook.save(tmp_path / "b.xlsx")
    outcome = audit_workbook(tmp_path / "b.xlsx")
    assert "XT102" in {finding.rule for finding in outcome.findings}
    (diagnosis,) = outcome.diagnoses
    assert diagnosis.cause == "text_skipped"
    assert [(r.place.sheet, r.place.cell, r.suggested) for r in diagnosis.repairs] == [
        ("Realisasi", "C6", "200000000")
    ]


def test_a_sheet_whose_table_is_unknown_is_named(tmp_path: Path) -> None:
    """Silence about it would pass for a check; a letter with a date and a number is no table."""
    workbook = Workbook()
    budget = workbook.active
    for row in FORMS["revenue above its target"]:
        budget.append(list(row))
    letter = workbook.create_sheet("Surat")
    letter.append(["Nomor", 700])
    unknown = workbook.create_sheet("Pegawai")
    for row in (["Golongan", "Pria", "Wanita"], ["IV", 3, 2], ["III", 12, 9], ["II", 5, 4]):
        unknown.append(row)
    workbook.save(tmp_path / "b.xlsx")
    outcome = audit_workbook(tmp_path / "b.xlsx")
    assert outcome.unread == ("Pegawai",)
    page = TextReport().render([outcome], "id")
    assert "tidak diperiksa karena tabelnya tidak dikenali: Pegawai." in page


def test_a_source_of_funds_is_held_against_the_same_source(tmp_path: Path) -> None:
    """DAK that was spent is no more than the DAK that was planned; what the PAD allows says nothing of it."""
    workbook = Workbook()
    sheet = workbook.active
    for row in (
        ["No", "Kegiatan", "Pagu", None, "Realisasi", None],
        [None, None, "DAU", "DAK", "DAU", "DAK"],
        ["1", "2", "3", "4", "5", "6"],
        [1, "Rehab Sekolah", 100_000_000, 40_000_000, 90_000_000, 40_000_000],
        [2, "Perpustakaan Sekolah", 10_000_000, 60_000_000, 10_000_000, 67_000_000],
        [None, "Jumlah", 110_000_000, 100_000_000, 100_000_000, 107_000_000],
    ):
        sheet.append(row)
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        sheet.merge_cells(merged)
    workbook.save(tmp_path / "sumber dana.xlsx")
    loud = [f for f in audit_workbook(tmp_path / "sumber dana.xlsx").findings if f.severity is Severity.ERROR]
    assert {(f.rule, f.place.cell) for f in loud} == {("RA105", "F5"), ("RA105", "F6")}


def test_pembiayaan_that_is_no_difference_is_found(tmp_path: Path) -> None:
    rows = [list(row) for row in FORMS["pembiayaan, in less out"]]
    rows[1][2] = 300_000_000
    assert ("RA101", "C4") in {(f.rule, f.place.cell) for f in said(rows, tmp_path).findings}
