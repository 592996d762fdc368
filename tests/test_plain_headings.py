"""What letters, units and bare quarters mean in a header, and that percentages of quarters are compared with care."""

from __future__ import annotations

import pytest
from draw import draw, must_find, must_stay_quiet, run

from xlaudit.reading.find import find_tables
from xlaudit.tables import Table


def only(text: str) -> Table:
    [table] = find_tables(draw(text).workbook)
    return table


def told(text: str) -> list[tuple[str, str]]:
    """Role and period of every figure column."""
    return [(c.role, c.period) for c in only(text).columns.values() if c.measure.value != "text"]


def said(text: str) -> list[str]:
    return [flag.message.en for code in ("KI101", "RA103") for flag in run(code, text).flags]


MEASURED = [("target", ""), ("realisasi_kinerja", ""), ("capaian", "")]


@pytest.mark.parametrize(
    "text",
    [
        """
        | No | Indikator Kinerja | Target | Realisasi | Capaian |
        |    |                   | (%)    | (%)       | (%)     |
        | 1  | Jalan mantap      | 80     | 84        | 105     |
        """,
        """
        | No | Indikator Kinerja | Target (%) | Realisasi (%) | Capaian (%) |
        | 1  | Jalan mantap      | 80         | 84            | 105         |
        """,
        """
        | No | Indikator Kinerja | Kinerja | <         | <       |
        | ^  | ^                 | Target  | Realisasi | Capaian |
        | ^  | ^                 | %       | %         | %       |
        | 1  | Jalan mantap      | 80      | 84        | 105     |
        """,
        """
        | No | Indikator Kinerja | T  | R  | C (%) |
        | 1  | Jalan mantap      | 80 | 84 | 105   |
        """.replace("C (%)", "%"),
    ],
    ids=["unit row", "unit in the heading", "unit row under a group", "letters"],
)
def test_a_unit_takes_no_role_from_what_it_measures(text: str) -> None:
    assert told(text) == MEASURED


def test_a_percentage_beside_its_amount_stays_one() -> None:
    assert told("""
        | No | Program   | Pagu (Rp) | Realisasi | <   |
        | ^  | ^         | ^         | Rp        | %   |
        | 1  | Program A | 500000000 | 400000000 | 80  |
    """) == [("pagu", ""), ("realisasi", ""), ("persen", "")]


LETTERS = """
    | No | Indikator Kinerja | Target | Triwulan I | <  | <       | Triwulan II | <  | <   |
    | ^  | ^                 | ^      | T          | R  | %       | T           | R  | %   |
    | 1  | Jalan mantap      | 80     | 20         | 21 | {first} | 40          | 38 | 95  |
    | 2  | Sekolah layak     | 75     | 10         | 10 | 100     | 25          | 20 | 80  |
    | 3  | Irigasi baik      | 60     | 15         | 12 | 80      | 30          | 30 | 100 |
"""


def test_letters_under_quarters() -> None:
    quarter = ["target", "realisasi_kinerja", "capaian"]
    wanted = [("target", ""), *((role, f"tw{n}") for n in (1, 2) for role in quarter)]
    assert told(LETTERS.format(first="105")) == wanted
    must_stay_quiet("KI101", LETTERS.format(first="105"))
    must_find("KI101", LETTERS.format(first="115 *"))


def test_letters_over_rupiah() -> None:
    text = """
        | No | Kegiatan   | Pagu      | Triwulan I | <        | <      |
        | ^  | ^          | ^         | T          | R        | %      |
        | 1  | Kegiatan A | 80000000  | 20000000   | 10000000 | {share} |
        | 2  | Kegiatan B | 75000000  | 10000000   | 10000000 | 100    |
        |    | Jumlah     | 155000000 | 30000000   | 20000000 | 66.67  |
    """
    assert told(text.format(share="50")) == [("pagu", ""), ("pagu", "tw1"), ("realisasi", "tw1"), ("persen", "tw1")]
    must_stay_quiet("RA103", text.format(share="50"))
    must_find("RA103", text.format(share="40 *"))


def test_a_quarter_may_be_a_share_of_the_years_target() -> None:
    text = """
        | No | Indikator Kinerja | Target | Triwulan I | <  | <       |
        | ^  | ^                 | ^      | T          | R  | %       |
        | 1  | Jalan mantap      | 80     | 20         | 21 | {first} |
        | 2  | Sekolah layak     | 50     | 10         | 10 | 20      |
        | 3  | Irigasi baik      | 40     | 15         | 12 | 30      |
    """
    must_stay_quiet("KI101", text.format(first="26.25"))
    must_find("KI101", text.format(first="62.25 *"))


def test_a_percentage_of_the_year_beside_its_quarters_is_none_of_the_last() -> None:
    """Here it is the sum of what was reached over the sum of what was planned, which no column says."""
    assert not said("""
        | No | Indikator | Triwulan I | < | Triwulan II | <  | Triwulan III | <  | Triwulan IV | < | Capaian (%) |
        | ^  | ^         | T          | R | T           | R  | T            | R  | T           | R | ^           |
        | 1  | Dokumen   | 2          | 2 | 2           | 1  | 2            | 2  | 2           | 3 | 100         |
        | 2  | Orang     | 10         | 5 | 20          | 20 | 10           | 10 | 10          | 9 | 88          |
        | 3  | Kegiatan  | 1          | 1 | 1           | 1  | 1            | 1  | 1           | 0 | 75          |
    """)


@pytest.mark.parametrize(
    "heads", ["TW I | TW II | TW III | TW IV", "Triwulan 1 | Triwulan 2 | Triwulan 3 | Triwulan 4",
              "B03 | B06 | B09 | B12", "Target TW I | Target TW II | Target TW III | Target TW IV"]
)  # fmt: skip
def test_quarters_of_a_plan_are_targets(heads: str) -> None:
    assert told(f"""
        | No | Sasaran       | Indikator    | Target | Rencana Aksi  | {heads} | Penanggung Jawab |
        | 1  | Jalan membaik | Jalan mantap | 80 | Pemeliharaan rutin | 20 | 40 | 60 | 80 | Bidang Jalan |
        | 2  | Dokumen       | Dokumen      | 8  | Penyusunan         | 2  | 2  | 2  | 2  | Sekretariat  |
    """) == [("target", ""), *(("target", f"tw{n}") for n in range(1, 5))]


def test_quarters_beside_the_years_result_are_results() -> None:
    text = """
        | No | Kegiatan   | Pagu      | TW I     | TW II    | TW III   | TW IV    | Jumlah    | %     | Sisa     |
        | 1  | Kegiatan A | 80000000  | 20000000 | 10000000 | 10000000 | 10000000 | {sum}     | 62.5  | 30000000 |
        | 2  | Kegiatan B | 40000000  | 5000000  | 10000000 | 10000000 | 10000000 | 35000000  | 87.5  | 5000000  |
        | 3  | Kegiatan C | 20000000  | 5000000  | 1000000  | 1000000  | 3000000  | 10000000  | 50    | 10000000 |
    """
    assert [role for role, _ in told(text.format(sum="50000000"))] == [
        "pagu", "realisasi", "realisasi", "realisasi", "realisasi", "realisasi", "persen", "sisa",
    ]  # fmt: skip
    must_stay_quiet("RA112", text.format(sum="50000000"))
    must_find("RA112", text.format(sum="55000000 *"))


def test_kinerja_and_rupiah_of_a_quarter_in_one_heading() -> None:
    assert told("""
        | No | Program   | Target (K) | Target (Rp) | TW I (K) | TW I (Rp) | TW II (K) | TW II (Rp) |
        | 1  | Program A | 100        | 400000000   | 20       | 100000000 | 30        | 100000000  |
    """) == [
        ("target", ""), ("pagu", ""), ("realisasi_kinerja", "tw1"), ("realisasi", "tw1"),
        ("realisasi_kinerja", "tw2"), ("realisasi", "tw2"),
    ]  # fmt: skip


def test_letters_among_data_are_no_header() -> None:
    """T and R as marks of high and low stand among the rows."""
    table = only("""
        | No | Indikator Kinerja | Target | Realisasi | Capaian (%) | Kategori |
        | 1  | Jalan mantap      | 80     | 84        | 105         | T        |
        | 2  | Sekolah layak     | 80     | 40        | 50          | R        |
    """)
    assert table.header_rows == (1,) and len(table.rows) == 2


@pytest.mark.parametrize(
    "heading", ["% dari Total", "Persentase terhadap Total Anggaran", "Proporsi (%)", "Kontribusi (%)", "Bobot (%)"]
)
def test_a_share_of_the_total_is_no_serapan(heading: str) -> None:
    text = f"""
        | No | Program   | Pagu (Rp)  | {heading} | Realisasi (Rp) | %  |
        | 1  | Program A | 300000000  | 30        | 240000000      | 80 |
        | 2  | Program B | 700000000  | {{share}} | 630000000      | 90 |
        |    | Jumlah    | 1000000000 | 100       | 870000000      | 87 |
    """
    assert [role for role, _ in told(text)] == ["pagu", "persen_dari_total", "realisasi", "persen"]
    must_stay_quiet("RA108", text.format(share="70"))
    must_find("RA108", text.format(share="60 *"))
    must_stay_quiet("RA103", text.format(share="60"))


@pytest.mark.parametrize("heading", ["% Realisasi terhadap Pagu", "% Serapan dari Pagu", "Realisasi (%) dari total"])
def test_what_was_spent_is_no_share_of_the_total(heading: str) -> None:
    assert [role for role, _ in told(f"""
        | No | Program   | Pagu (Rp)  | Realisasi (Rp) | {heading} |
        | 1  | Program A | 300000000  | 240000000      | 80        |
    """)] == ["pagu", "realisasi", "persen"]
