"""ST103: a table of budget realisation has a total row."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST103"


@pytest.mark.parametrize("word", ["Jumlah", "TOTAL", "Jumlah Total", "Total Belanja", "JML", "Jumlah Seluruhnya"])
def test_any_word_for_a_total(word: str) -> None:
    must_stay_quiet(
        CODE,
        f"""
        | No | Uraian                      | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Rehabilitasi Sosial | 300.000.000 | 200.000.000    |
        | 2  | Program Penanganan Bencana  | 400.000.000 | 390.000.000    |
        |    | {word}                      | 700.000.000 | 590.000.000    |
        """,
    )


def test_one_program_is_its_own_total() -> None:
    must_pass_over(
        CODE,
        """
        | Uraian               | Pagu (Rp)   | Realisasi (Rp) |
        | Program Rehabilitasi | 300.000.000 | 200.000.000    |
        | Kegiatan Pembinaan   | 300.000.000 | 200.000.000    |
        """,
    )


def test_a_list_of_agreed_budgets_needs_no_total() -> None:
    must_pass_over(
        CODE,
        """
        Perjanjian Kinerja Tahun 2024
        | No | Program                     | Anggaran (Rp) |
        | 1  | Program Rehabilitasi Sosial | 300.000.000   |
        | 2  | Program Penanganan Bencana  | 400.000.000   |
        """,
    )


def test_programs_without_a_total() -> None:
    (flag,) = must_find(
        CODE,
        """
        | Uraian               | Pagu (Rp)     | Realisasi (Rp) |
        | Program Rehabilitasi | 300.000.000   | 200.000.000    |
        | Kegiatan Pembinaan   | 300.000.000   | 200.000.000    |
        | Program Bencana      | 400.000.000   | 200.000.000    |
        | Kegiatan Tanggap     | 400.000.000 * | 200.000.000    |
        """,
    )
    assert flag.message.id == "Tabel ini memuat 2 program tetapi tidak mempunyai baris jumlah."


def test_programs_in_a_column_of_that_name() -> None:
    must_find(
        CODE,
        """
        | No | Program             | Pagu (Rp)     | Realisasi (Rp) |
        | 1  | Rehabilitasi Sosial | 300.000.000   | 200.000.000    |
        | 2  | Penanganan Bencana  | 400.000.000 * | 390.000.000    |
        """,
    )


def test_the_office_at_the_head_is_a_total() -> None:
    must_stay_quiet(
        CODE,
        """
        | Uraian               | Pagu (Rp)   | Realisasi (Rp) |
        | DINAS SOSIAL         | 700.000.000 | 400.000.000    |
        | Program Rehabilitasi | 300.000.000 | 200.000.000    |
        | Program Bencana      | 400.000.000 | 200.000.000    |
        """,
    )


def test_tables_of_performance_with_budget_need_no_total() -> None:
    must_pass_over(
        CODE,
        """
        | Uraian               | Target | Realisasi | Capaian (%) | Pagu (Rp)   | Realisasi (Rp) |
        | Program Rehabilitasi | 80     | 84        | 105         | 300.000.000 | 200.000.000    |
        | Program Bencana      | 80     | 84        | 105         | 400.000.000 | 200.000.000    |
        """,
    )


def test_a_list_of_budgets_alone_needs_no_total() -> None:
    must_pass_over(
        CODE,
        """
        Alokasi Anggaran Tahun 2024
        | Uraian               | Pagu (Rp)   |
        | Program Rehabilitasi | 300.000.000 |
        | Program Bencana      | 400.000.000 |
        """,
    )
