"""RA101: a parent is the sum of its children."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "RA101"
LEVELS = """
    | Kode            | Uraian                     | Pagu (Rp)     | Realisasi (Rp) | Sisa (Rp)   |
    | 1.06.01         | Program Penunjang          | {program}     | 1.200.000.000  | 300.000.000 |
    | 1.06.01.2.01    | Perencanaan                | {kegiatan}    | 900.000.000    | 100.000.000 |
    | 1.06.01.2.01.01 | Penyusunan dokumen         | 650.000.000   | 600.000.000    | 50.000.000  |
    | 1.06.01.2.01.02 | Evaluasi                   | {sub}         | 300.000.000    | 50.000.000  |
    | 1.06.01.2.02    | Administrasi               | 500.000.000   | 300.000.000    | 200.000.000 |
    | 1.06.01.2.02.01 | Gaji                       | 500.000.000   | 300.000.000    | 200.000.000 |
"""


def levels(program: str = "1.500.000.000", kegiatan: str = "1.000.000.000", sub: str = "350.000.000") -> str:
    return LEVELS.format(program=program, kegiatan=kegiatan, sub=sub)


def test_three_levels_that_add_up() -> None:
    must_stay_quiet(CODE, levels())


def test_numbers_beside_texts_of_numbers_add_up() -> None:
    must_stay_quiet(CODE, levels(kegiatan="1000000000", sub="Rp 350.000.000,-"))


def test_a_dash_is_nil() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Program/Kegiatan        | Pagu (Rp)   | Realisasi (Rp) |
        | I  | Program Penunjang       | 800.000.000 | 350.000.000    |
        | 1  | Kegiatan Perencanaan    | 500.000.000 | 350.000.000    |
        | 2  | Kegiatan Administrasi   | 300.000.000 | -              |
        | II | Program Rehabilitasi    | 200.000.000 | 100.000.000    |
        | 1  | Kegiatan Rehabilitasi   | 200.000.000 | 100.000.000    |
        """,
    )


def test_rows_that_only_repeat_do_not_add() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian                           | Pagu (Rp)     |
        | 1.06.01      | Program Penunjang                | 1.500.000.000 |
        | 1.06.01.2.01 | Perencanaan                      | 1.000.000.000 |
        |              | termasuk belanja perjalanan      | 400.000.000   |
        | 1.06.01.2.02 | Administrasi                     | 500.000.000   |
        """,
    )


def test_rupiah_with_sen_add_up_exactly() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian                 | Pagu (Rp)         |
        | 1.06.01      | Program Penunjang      | 189.861.125,10    |
        | 1.06.01.2.01 | Perencanaan            | 94.930.562,50     |
        | 1.06.01.2.02 | Administrasi           | 94.930.562,60     |
        """,
    )


def test_noise_of_the_file_format_is_no_difference() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)                       |
        | 1.06.01      | Program Penunjang | =C3+C4 -> 300000.3 as #,##0.00  |
        | 1.06.01.2.01 | Perencanaan       | 100000.1 as #,##0.00            |
        | 1.06.01.2.02 | Administrasi      | 200000.2 as #,##0.00            |
        """,
    )


def test_figures_in_millions_may_each_be_half_a_unit_off() -> None:
    must_stay_quiet(CODE, millions("1.235"))
    must_stay_quiet(CODE, millions("1.234"))


def test_beyond_all_roundings_millions_contradict() -> None:
    must_find(CODE, millions("1.237 *"))


def millions(program: str) -> str:
    return f"""
        | Kode         | Uraian            | Pagu (Rp juta) |
        | 1.06.01      | Program Penunjang | {program}      |
        | 1.06.01.2.01 | Perencanaan       | 411            |
        | 1.06.01.2.02 | Administrasi      | 412            |
        | 1.06.01.2.03 | Pelayanan         | 411            |
    """


def test_a_number_that_shows_fewer_digits_than_it_stores_adds_up_as_stored() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)                   |
        | 1.06.01      | Program Penunjang | =C3+C4 -> 1000001.0 as #,##0 |
        | 1.06.01.2.01 | Perencanaan       | 500000.5 as #,##0           |
        | 1.06.01.2.02 | Administrasi      | 500000.5 as #,##0           |
        """,
    )


def test_a_blank_middle_level_is_bridged_by_what_stands_below() -> None:
    must_stay_quiet(CODE, levels(kegiatan=""))


def test_a_blank_parent_is_not_compared() -> None:
    must_pass_over(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)   |
        | 1.06.01      | Program Penunjang |             |
        | 1.06.01.2.01 | Perencanaan       | 500.000.000 |
        | 1.06.01.2.02 | Administrasi      | 400.000.000 |
        """,
    )


def test_a_flat_list_has_no_parents() -> None:
    must_pass_over(
        CODE,
        """
        | No | Program           | Pagu (Rp)   |
        | 1  | Program Penunjang | 500.000.000 |
        | 2  | Program Sosial    | 400.000.000 |
        """,
    )


def test_percentages_are_not_summed() -> None:
    must_stay_quiet(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)     | Realisasi (Rp) | %     |
        | 1.06.01      | Program Penunjang | 1.000.000.000 | 750.000.000    | 75,00 |
        | 1.06.01.2.01 | Perencanaan       | 500.000.000   | 450.000.000    | 90,00 |
        | 1.06.01.2.02 | Administrasi      | 500.000.000   | 300.000.000    | 60,00 |
        """,
    )


def test_a_child_that_cannot_be_read_leaves_its_parent_unjudged() -> None:
    (skip,) = must_not_judge(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)     |
        | 1.06.01      | Program Penunjang | 587.106.000 * |
        | 1.06.01.2.01 | Perencanaan       | 500.000.000   |
        | 1.06.01.2.02 | Administrasi      | 8.7106.000    |
        """,
    )
    assert "C4" in skip.reason.en and "C4" in skip.reason.id


def test_the_children_of_a_parent_that_an_excerpt_does_not_show_are_nobodys() -> None:
    must_pass_over(
        CODE,
        """
        | Kode         | Uraian                 | Pagu (Rp)     |
        | 1.06.01      | Program Penunjang      | 1.500.000.000 |
        | 1.06.02.2.01 | Kegiatan program lain  | 700.000.000   |
        | 1.06.02.2.02 | Kegiatan program lain  | 300.000.000   |
        """,
    )


def test_one_rupiah_is_a_difference() -> None:
    (flag,) = must_find(CODE, levels(program="1.500.000.001 *"))
    assert (flag.stated, flag.computed, flag.difference) == ("1500000001", "1500000000", 1)
    assert flag.message.id == (
        "Tertulis 1.500.000.001, padahal 2 rincian di bawahnya berjumlah 1.500.000.000; selisih 1."
    )
    assert flag.message.en == ("Stated 1,500,000,001, but the 2 rows below it add up to 1,500,000,000; difference 1.")
    assert flag.live is None, "a sum of texts cannot be a formula"


def test_the_check_of_numbers_is_a_formula_over_the_childrens_cells() -> None:
    (flag,) = must_find(
        CODE,
        """
        | Kode            | Uraian             | Pagu (Rp)    |
        | 1.06.01         | Program Penunjang  | 1500000001 * |
        | 1.06.01.2.01    | Perencanaan        | 1000000000   |
        | 1.06.01.2.01.01 | Penyusunan dokumen | 1000000000   |
        | 1.06.01.2.02    | Administrasi       | 300000000    |
        | 1.06.01.2.03    | Pelayanan          | 200000000    |
        """,
    )
    assert flag.live == "ABS(ROUND(C2-(SUM(C3,C5:C6)),6))>0.005"


def test_too_little_is_found_as_well_as_too_much() -> None:
    must_find(CODE, levels(program="1.499.999.999 *"))


def test_a_wrong_sub_kegiatan_shows_at_its_kegiatan() -> None:
    must_find(CODE, levels(kegiatan="1.000.000.000 *", sub="250.000.000"))


def test_a_wrong_kegiatan_shows_at_both_ends() -> None:
    must_find(CODE, levels(program="1.500.000.000 *", kegiatan="1.100.000.000 *"))


def test_every_amount_column_is_added() -> None:
    must_find(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)     | Realisasi (Rp) | Sisa (Rp)     |
        | 1.06.01      | Program Penunjang | 1.000.000.000 | 750.000.001 *  | 249.999.999 * |
        | 1.06.01.2.01 | Perencanaan       | 500.000.000   | 450.000.000    | 50.000.000    |
        | 1.06.01.2.02 | Administrasi      | 500.000.000   | 300.000.000    | 200.000.000   |
        """,
    )


def test_a_parent_of_zero_over_filled_children_needs_an_explanation() -> None:
    (flag,) = must_find(
        CODE,
        """
        | Kode         | Uraian            | Pagu (Rp)   | Realisasi (Rp) |
        | 1.06.01      | Program Penunjang | 900.000.000 | 0 *            |
        | 1.06.01.2.01 | Perencanaan       | 500.000.000 | 450.000.000    |
        | 1.06.01.2.02 | Administrasi      | 400.000.000 | 300.000.000    |
        """,
    )
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize(("stated", "severity"), [("10.002", None), ("10.003 *", Severity.WARNING), ("10.006 *", None)])
def test_a_sum_that_needs_all_roundings_to_conspire_is_doubtful(stated: str, severity: Severity | None) -> None:
    """Ten figures in millions: 3·√(11/12) = 2,87 units are likely, 5,5 are possible, more are a contradiction."""
    children = "\n".join(f"| 1.06.01.2.{n:02} | Kegiatan {n} | 1.000 |" for n in range(1, 11))
    drawing = f"| Kode | Uraian | Pagu (Rp juta) |\n| 1.06.01 | Program Penunjang | {stated} |\n{children}"
    if "*" not in stated:
        must_stay_quiet(CODE, drawing)
    else:
        (flag,) = must_find(CODE, drawing)
        assert flag.severity is severity


def test_an_office_that_heads_the_table_with_its_own_total() -> None:
    must_stay_quiet(
        CODE,
        """
        | Program/Kegiatan     | Pagu (Rp)     | Realisasi (Rp) |
        | Dinas Sosial         | 2.200.000.000 | 1.800.000.000  |
        | Program Penunjang    | 1.500.000.000 | 1.200.000.000  |
        | Kegiatan Perencanaan | 1.000.000.000 | 900.000.000    |
        | Kegiatan Umum        | 500.000.000   | 300.000.000    |
        | Program Rehabilitasi | 700.000.000   | 600.000.000    |
        | Kegiatan Pembinaan   | 700.000.000   | 600.000.000    |
        """,
    )


def test_surplus_is_no_part_of_the_expenditure_above_it() -> None:
    must_stay_quiet(
        CODE,
        """
        | No  | Uraian                 | Anggaran (Rp) | Realisasi (Rp) |
        | 1   | Pendapatan             | 1.500.000.000 | 1.600.000.000  |
        | 1.1 | Pendapatan Asli Daerah | 1.000.000.000 | 1.100.000.000  |
        | 1.2 | Pendapatan Transfer    | 500.000.000   | 500.000.000    |
        | 2   | Belanja                | 1.700.000.000 | 1.600.000.000  |
        | 2.1 | Belanja Operasi        | 1.000.000.000 | 950.000.000    |
        | 2.2 | Belanja Modal          | 700.000.000   | 650.000.000    |
        |     | Surplus/(Defisit)      | (200.000.000) | 0              |
        """,
    )


def test_a_second_source_of_funds_is_no_child() -> None:
    drawing = """
        | No | Program              | Sumber Dana | Pagu (Rp)     | Realisasi (Rp) |
        | 1  | Program Rehabilitasi | DAU         | 1.000.000.000 | 900.000.000    |
        |    |                      | DAK         | 500.000.000   | 450.000.000    |
        | 2  | Program Bencana      | DAU         | 300.000.000   | 270.000.000    |
        |    | Jumlah               |             | 1.800.000.000 | 1.620.000.000  |
    """
    must_pass_over(CODE, drawing)
    must_stay_quiet("RA102", drawing)


def test_what_is_left_of_a_row_not_yet_spent_is_not_missed_in_the_sum() -> None:
    """The parent's sisa is its pagu less what was spent so far; a row without realisasi has no sisa yet."""
    must_stay_quiet(
        CODE,
        """
        | Kode            | Uraian            | Pagu (Rp)   | Realisasi (Rp) | Sisa (Rp)   |
        | 1.06.01         | Program Penunjang | 900.000.000 | 300.000.000    | 600.000.000 |
        | 1.06.01.2.01    | Perencanaan       | 500.000.000 | 300.000.000    | 200.000.000 |
        | 1.06.01.2.02    | Administrasi      | 400.000.000 |                |             |
        """,
    )


NET = """
    | Kode | Uraian                 | Anggaran (Rp) | Realisasi (Rp) |
    | 6    | PEMBIAYAAN DAERAH      | {planned}     | 210.000.000    |
    | 6.1  | Penerimaan Pembiayaan  | 300.000.000   | 310.000.000    |
    | 6.2  | Pengeluaran Pembiayaan | 100.000.000   | {spent}        |
"""


@pytest.mark.parametrize("spent", ["100.000.000", "(100.000.000)"])
def test_pembiayaan_is_what_comes_in_less_what_goes_out(spent: str) -> None:
    must_stay_quiet(CODE, NET.format(planned="200.000.000", spent=spent))


@pytest.mark.parametrize("planned", ["400.000.000 *", "300.000.000 *", "201.000.000 *"])
def test_pembiayaan_that_is_a_plain_sum_is_found(planned: str) -> None:
    (flag,) = must_find(CODE, NET.format(planned=planned, spent="100.000.000"))
    assert flag.computed == "200000000"
    assert "penerimaan dikurangi pengeluaran" in flag.message.id


SURPLUS = """
    | Kode | Uraian            | Anggaran (Rp) | Realisasi (Rp) |
    | 1    | SURPLUS/(DEFISIT) | {planned}     | 210.000.000    |
    | 1.1  | Pendapatan        | 300.000.000   | 310.000.000    |
    | 1.2  | Belanja           | 100.000.000   | 100.000.000    |
"""


def test_surplus_over_its_parts_is_their_difference() -> None:
    must_stay_quiet(CODE, SURPLUS.format(planned="200.000.000"))
    must_find(CODE, SURPLUS.format(planned="400.000.000 *"))
