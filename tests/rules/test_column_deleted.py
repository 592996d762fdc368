"""ST110: no column of the template was deleted."""

from __future__ import annotations

from draw import must_find, must_stay_quiet

CODE = "ST110"
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


def test_all_columns() -> None:
    must_stay_quiet(CODE, TOP + ROW)


def test_a_name_that_was_lost_with_its_column_still_there() -> None:
    must_stay_quiet(CODE, (TOP + ROW).replace("| (6) |", "| |"))


def test_a_column_in_the_middle() -> None:
    drawing = (TOP + ROW).replace(" Bertambah/(Berkurang) |", "").replace(" (5)=(4)-(3) |", "")
    drawing = drawing.replace(" =$D7-$C7 -> -10000 |", "").replace("Setelah Perubahan |", "Setelah Perubahan * |")
    (flag,) = must_find(CODE, drawing)
    assert flag.message.id == (
        "Kolom Bertambah/(Berkurang) dari templat lembar Anggaran PK sudah tidak ada; dulu letaknya di sebelah sel ini."
    )
