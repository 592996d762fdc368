"""ST108: rows that are filled in have the formulas of the template."""

from __future__ import annotations

from draw import must_find, must_stay_quiet

CODE = "ST108"
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
FIRST = "| 1.02 | Program A | 100000 | 90000 | =$D7-$C7 -> -10000 | |\n"


def test_a_heading_and_a_remark_need_no_formula() -> None:
    must_stay_quiet(CODE, TOP + "| | URUSAN SOSIAL | | | | |\n" + FIRST.replace("7", "8") + "| | | | | | dibahas |\n")


def test_a_row_that_was_inserted_without_its_formula() -> None:
    (flag,) = must_find(CODE, TOP + FIRST + "| 1.03 | Program B | 100000 | 90000 | * | |\n")
    assert flag.message.id == "Kolom Bertambah/(Berkurang) dihitung dengan rumus, tetapi E8 kosong."


def test_many_rows_are_one_note() -> None:
    blank = "| 1.03 | Program B | 100000 | 90000 | {} | |\n"
    (flag,) = must_find(CODE, TOP + FIRST + blank.format("*") + blank.format("") + blank.format(""))
    assert "3 sel kehilangan rumusnya: baris 8–10" in flag.message.id


SPENT = """# Templat: realisasi-anggaran
# Lembar: Realisasi Anggaran
REALISASI ANGGARAN
DINAS SOSIAL TAHUN 2025

| Kode | Program/Kegiatan/Sub Kegiatan | Pagu Sebelum Perubahan | Pagu Setelah Perubahan | Realisasi | Serapan (%) | Sisa Anggaran | Keterangan |
| (1) | (2) | (3) | (4) | (5) | (6)=(5)/(4)x100 | (7)=(4)-(5) | (8) |
| 1.02.01 | Program A | 90000000 | 90000000 | 80000000 | =$E7/$D7*100 -> 88.89 | =$D7-$E7 -> 10000000 | |
"""  # noqa: E501


def test_neighbouring_columns_are_drawn_together() -> None:
    blank = "| 1.02.0{} | Program B | 90000000 | 90000000 | 80000000 | {} | | |\n"
    (flag,) = must_find(CODE, SPENT + blank.format(2, "*") + blank.format(3, "") + blank.format(4, ""))
    assert "kolom F–G (Serapan, Sisa Anggaran)" in flag.message.id
