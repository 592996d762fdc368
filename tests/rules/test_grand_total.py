"""RA102: a total is the sum of its rows."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "RA102"
WORDS = ["Jumlah", "TOTAL", "JML", "Jumlah Total", "J U M L A H", "Total Belanja", "Grand Total:"]
NESTED = """
    | No | Program/Kegiatan      | Pagu (Rp)     | Realisasi (Rp) |
    | I  | Program Penunjang     | 1.500.000.000 | 1.200.000.000  |
    | 1  | Kegiatan Perencanaan  | 1.000.000.000 | 900.000.000    |
    | 2  | Kegiatan Administrasi | 500.000.000   | 300.000.000    |
    | II | Program Rehabilitasi  | 700.000.000   | 600.000.000    |
    | 1  | Kegiatan Rehabilitasi | 700.000.000   | 600.000.000    |
    |    | {word}                | {total}       | 1.800.000.000  |
"""


@pytest.mark.parametrize("word", WORDS)
def test_a_total_adds_up_the_topmost_rows_only(word: str) -> None:
    must_stay_quiet(CODE, NESTED.format(word=word, total="2.200.000.000"))
    must_find(CODE, NESTED.format(word=word, total="2.200.000.100 *"))


def test_a_total_below_a_flat_list() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)   | Realisasi (Rp) |
        | 1  | Program Penunjang | 500.000.000 | 450.000.000    |
        | 2  | Program Sosial    | 400.000.000 | -              |
        |    | Jumlah            | 900.000.000 | 450.000.000    |
        """,
    )


def test_a_total_whose_label_is_merged_from_the_first_column() -> None:
    must_stay_quiet(
        CODE,
        """
        | No     | Program           | Pagu (Rp)   |
        | 1      | Program Penunjang | 500.000.000 |
        | 2      | Program Sosial    | 400.000.000 |
        | Jumlah | <                 | 900.000.000 |
        """,
    )
    must_find(
        CODE,
        """
        | No     | Program           | Pagu (Rp)     |
        | 1      | Program Penunjang | 500.000.000   |
        | 2      | Program Sosial    | 400.000.000   |
        | Jumlah | <                 | 909.000.000 * |
        """,
    )


def test_totals_of_parts_and_a_grand_total() -> None:
    drawing = """
        | No | Program           | Pagu (Rp)     |
        | 1  | Program Penunjang | 500.000.000   |
        | 2  | Program Sosial    | 400.000.000   |
        |    | Sub Total         | 900.000.000   |
        | 3  | Program Bencana   | 250.000.000   |
        | 4  | Program Pahlawan  | 50.000.000    |
        |    | Sub Total         | {second}      |
        |    | Total             | {all}         |
    """
    must_stay_quiet(CODE, drawing.format(second="300.000.000", all="1.200.000.000"))
    must_find(CODE, drawing.format(second="310.000.000 *", all="1.200.000.000"))
    must_find(CODE, drawing.format(second="300.000.000", all="1.210.000.000 *"))


def test_a_total_of_millions_may_be_off_by_its_roundings() -> None:
    drawing = """
        | No | Program           | Pagu (Rp juta) |
        | 1  | Program Penunjang | 500,4          |
        | 2  | Program Sosial    | 400,4          |
        |    | Jumlah            | {total}        |
    """
    must_stay_quiet(CODE, drawing.format(total="900,9"))
    must_find(CODE, drawing.format(total="901,0 *"))


def test_a_total_that_needs_all_roundings_to_conspire_is_doubtful() -> None:
    rows = "\n".join(f"| {n} | Program {n} | 1.000 |" for n in range(1, 11))
    (flag,) = must_find(CODE, f"| No | Program | Pagu (Rp juta) |\n{rows}\n| | Jumlah | 10.004 * |")
    assert flag.severity is Severity.WARNING


def test_blank_totals_are_not_compared() -> None:
    must_pass_over(
        CODE,
        """
        | No | Program           | Pagu (Rp)   |
        | 1  | Program Penunjang | 500.000.000 |
        | 2  | Program Sosial    | 400.000.000 |
        |    | Jumlah            |             |
        """,
    )


def test_a_second_line_for_the_same_activity_is_not_added_twice() -> None:
    """The figure before and the figure after revision in two rows: a total adds up one of them."""
    must_stay_quiet(
        CODE,
        """
        | No | Program           | Pagu (Rp)   |
        | 1  | Program Penunjang | 500.000.000 |
        |    |                   | 550.000.000 |
        | 2  | Program Sosial    | 400.000.000 |
        |    |                   | 410.000.000 |
        |    | Jumlah            | 960.000.000 |
        """,
    )


def test_a_cell_that_cannot_be_read_leaves_the_total_unjudged() -> None:
    must_not_judge(
        CODE,
        """
        | No | Program           | Pagu (Rp)     |
        | 1  | Program Penunjang | 500.000.000   |
        | 2  | Program Sosial    | 8.7106.000    |
        |    | Jumlah            | 587.106.000 * |
        """,
    )


def test_an_excerpt_by_its_codes_is_not_judged() -> None:
    (skip,) = must_not_judge(
        CODE,
        """
        | Kode         | Uraian                | Pagu (Rp)       |
        | 1.06.01      | Program Penunjang     | 1.500.000.000   |
        | 1.06.01.2.01 | Perencanaan           | 1.500.000.000   |
        | 1.06.02.2.01 | Kegiatan program lain | 700.000.000     |
        |              | Jumlah                | 9.900.000.000 * |
        """,
    )
    assert "excerpt" in skip.reason.en


def test_an_excerpt_by_its_numbers_needs_an_explanation_only() -> None:
    (flag,) = must_find(
        CODE,
        """
        | No | Program           | Pagu (Rp)     |
        | 1  | Program Penunjang | 500.000.000   |
        | 4  | Program Sosial    | 400.000.000   |
        |    | Jumlah            | 990.000.000 * |
        """,
    )
    assert flag.severity is Severity.WARNING


def test_a_flat_mix_of_parents_and_children_is_not_judged() -> None:
    (skip,) = must_not_judge(
        CODE,
        """
        | Uraian                | Pagu (Rp)       |
        | Urusan sosial         | 1.470.000.000   |
        | Perencanaan           | 1.000.000.000   |
        | Administrasi          | 500.000.000     |
        | Urusan bencana        | 700.000.000     |
        | Tanggap darurat       | 700.000.000     |
        | Jumlah                | 2.200.000.000 * |
        """,
    )
    assert "levels" in skip.reason.en


def test_one_rupiah_in_a_total_is_a_difference() -> None:
    (flag,) = must_find(CODE, NESTED.format(word="Jumlah", total="2.199.999.999 *"))
    assert (flag.stated, flag.computed, flag.difference) == ("2199999999", "2200000000", -1)
    assert flag.message.id == (
        "Jumlah tertulis 2.199.999.999, padahal 2 baris yang dijumlahkan menghasilkan 2.200.000.000; selisih 1."
    )
    assert [cell.a1 for _, cell in flag.because] == ["C2", "C5"]


def test_a_total_at_the_head_and_at_the_foot() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program/Kegiatan     | Pagu (Rp)     | Realisasi (Rp) |
        |    | Belanja Daerah       | 2.200.000.000 | 1.800.000.000  |
        | 1  | Program Penunjang    | 1.500.000.000 | 1.200.000.000  |
        |    | Kegiatan Perencanaan | 1.000.000.000 | 900.000.000    |
        |    | Kegiatan Umum        | 500.000.000   | 300.000.000    |
        | 2  | Program Rehabilitasi | 700.000.000   | 600.000.000    |
        |    | Kegiatan Pembinaan   | 700.000.000   | 600.000.000    |
        |    | Total                | 2.200.000.000 | 1.800.000.000  |
        """,
    )


def test_an_excerpt_whose_total_agrees_has_been_checked() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian                | Pagu (Rp)     |
        | 1.06.01      | Program Penunjang     | 1.500.000.000 |
        | 1.06.01.2.01 | Perencanaan           | 1.500.000.000 |
        | 1.06.02.2.01 | Kegiatan program lain | 700.000.000   |
        |              | Jumlah                | 1.500.000.000 |
        """,
    )


def test_an_office_that_heads_the_table_with_its_own_total() -> None:
    must_find(
        CODE,
        """
        | Program/Kegiatan     | Pagu (Rp)       | Realisasi (Rp) |
        | Dinas Sosial         | 2.200.500.000 * | 1.800.000.000  |
        | Program Penunjang    | 1.500.000.000   | 1.200.000.000  |
        | Kegiatan Perencanaan | 1.000.000.000   | 900.000.000    |
        | Kegiatan Umum        | 500.000.000     | 300.000.000    |
        | Program Rehabilitasi | 700.000.000     | 600.000.000    |
        | Kegiatan Pembinaan   | 700.000.000     | 600.000.000    |
        """,
    )


CLOSED = """
    | No | Kegiatan           | Pagu (Rp)   | Realisasi (Rp) |
    | 1  | Penyusunan Rencana | 100.000.000 | 90.000.000     |
    | 2  | Pengawasan         | 50.000.000  | 50.000.000     |
    |    | {first}            | 150.000.000 | 140.000.000    |
    {between}
    | No | Kegiatan           | Pagu (Rp)   | Realisasi (Rp) |
    | 1  | Air Minum          | 60.000.000  | 48.000.000     |
    | 2  | Sanitasi           | 140.000.000 | 140.000.000    |
    |    | {first}            | 200.000.000 | 188.000.000    |
    |    | TOTAL              | {total}     | 328.000.000    |
"""
ALONE = """
    | No | Kegiatan   | Pagu (Rp)   | Realisasi (Rp) |
    | 1  | Air Minum  | 60.000.000  | 48.000.000     |
    | 2  | Sanitasi   | 140.000.000 | 140.000.000    |
    |    | Sub Jumlah | 200.000.000 | 188.000.000    |
    |    | TOTAL      | {total}     | 188.000.000    |
"""
OTHER_SHEET = """
    # Sheet: Bidang I
    | No | Kegiatan           | Pagu (Rp)   | Realisasi (Rp) |
    | 1  | Penyusunan Rencana | 100.000.000 | 90.000.000     |
    | 2  | Pengawasan         | 50.000.000  | 50.000.000     |
    |    | Sub Jumlah         | 150.000.000 | 140.000.000    |
    # Sheet: Bidang II
"""


@pytest.mark.parametrize("first", ["Sub Jumlah", "Jumlah"])
def test_a_total_that_closes_several_tables(first: str) -> None:
    between = "BIDANG CIPTA KARYA"
    must_stay_quiet(CODE, CLOSED.format(first=first, between=between, total="350.000.000"))
    must_find(CODE, CLOSED.format(first=first, between=between, total="340.000.000 *"))


def test_a_total_below_a_lone_subtotal_says_it_again() -> None:
    must_stay_quiet(CODE, ALONE.format(total="200.000.000"))
    must_find(CODE, ALONE.format(total="200.500.000 *"))


def test_a_total_over_the_tables_of_several_sheets() -> None:
    both = OTHER_SHEET.rstrip() + ALONE.replace("{total}     | 188", "{total}     | 328")
    must_stay_quiet(CODE, both.format(total="350.000.000"))
    must_not_judge(CODE, both.format(total="340.000.000 *"))


LRA = """
    Realisasi APBD Tahun 2024
    | No | Uraian                   | Anggaran (Rp) | Realisasi (Rp) |
    | 1  | Pendapatan               | 900000000     | 880000000      |
    | 2  | Belanja                  | 1000000000    | 900000000      |
    |    | a. Belanja Operasi       | 700000000     | 650000000      |
    |    | b. Belanja Modal         | 200000000     | 180000000      |
    |    | c. Belanja Tidak Terduga | 100000000     | 70000000       |
    |    | Jumlah Belanja           | 1000000000    | {total}        |
"""


def test_a_total_of_belanja_below_pendapatan() -> None:
    must_stay_quiet("RA102", LRA.format(total="900000000"))
    (flag,) = must_find("RA102", LRA.format(total="910000000 *"))
    assert flag.computed == "900000000"
    must_find("RA102", LRA.replace("Jumlah Belanja", "Jumlah").replace("1000000000    | {", "1000000000 * | {").format(
        total="900000000 *"))  # fmt: skip


def test_programs_alone_stand_on_one_level_however_far_their_total_is_off() -> None:
    flat = """
        | No | {word} | Anggaran (Rp) |
        | 1  | {word} Penataan Pasar      | 14.196.748.000 |
        | 2  | {word} Ketahanan Pangan    | 2.995.472.000  |
        | 3  | {word} Tata Ruang          | 9.372.021.000  |
        |    | Jumlah                     | {total}        |
    """
    for word in ("Program", "Kegiatan", "Sub Kegiatan"):
        must_stay_quiet(CODE, flat.format(word=word, total="26.564.241.000"))
        must_find(CODE, flat.format(word=word, total="26.564.241 *"))
    must_not_judge(CODE, flat.format(word="Uraian", total="26.564.241 *"))
