"""ST112: the sheets of the template are there under their names."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST112"
HEADS = (
    "| Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |"
)
TOP = f"""# Templat: perjanjian-kinerja
# Lembar: Anggaran PK
ANGGARAN PERJANJIAN KINERJA
DINAS SOSIAL TAHUN 2025


{HEADS}
| (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
"""
ROW = "| 1.02 | Program A | 100000 | 90000 | =$D7-$C7 -> -10000 | |\n"
OTHER = """
# Lembar: Perjanjian Kinerja
PERJANJIAN KINERJA
DINAS SOSIAL TAHUN 2025

| Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
| (1) | (2) | (3) | (4) | (5) | (6) |
| Layanan | Persentase PPKS | % | 80 | 85 | |
"""


def test_both_sheets() -> None:
    must_stay_quiet(CODE, TOP + ROW + OTHER)
    must_stay_quiet(CODE, (TOP + ROW + OTHER).replace("Lembar: Anggaran PK", "Lembar: ANGGARAN  PK "))


def test_a_sheet_that_nobody_filled_in_may_be_called_anything() -> None:
    must_stay_quiet(CODE, (TOP + ROW + OTHER.partition("| Layanan")[0]).replace("Lembar: Perjanjian", "Lembar: PK"))


def test_a_deleted_sheet_is_told_at_the_first_table() -> None:
    (flag,) = must_find(CODE, (TOP + ROW).replace("| Kode |", "| Kode * |"))
    assert flag.message.id == "Lembar templat ini sudah tidak ada: Perjanjian Kinerja."


def test_a_renamed_sheet_is_told_at_its_top() -> None:
    drawing = (TOP + ROW + OTHER).replace("Lembar: Anggaran PK", "Lembar: Lampiran 2")
    (flag,) = must_find(CODE, drawing.replace("ANGGARAN PERJANJIAN KINERJA", "ANGGARAN PERJANJIAN KINERJA *"))
    assert flag.message.id == "Lembar “Anggaran PK” dari templat diganti namanya menjadi “Lampiran 2”."


def test_a_workbook_that_is_no_template() -> None:
    must_pass_over(CODE, (TOP + ROW).partition("\n")[2])
