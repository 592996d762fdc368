"""RK101: figures follow the arithmetic that the heading of their column declares."""

from __future__ import annotations

import pytest
from draw import book, must_find, must_not_judge, must_pass_over, must_stay_quiet, run

from xlaudit.findings import Severity

CODE = "RK101"


def services(declared: str, ratio: str, numbers: str = "1 | 2 | 3 | 4", words: str = "Rasio Layanan") -> str:
    """A table of which only the declaration says what it means."""
    return f"""
        Layanan Rehabilitasi Tahun 2024
        | No | Jenis Layanan        | Pemohon | Terlayani | {words}    |
        | {numbers}                                    | {declared} |
        | 1  | Rehabilitasi anak    | 120     | 96        | 80,00      |
        | 2  | Rehabilitasi lansia  | 75      | 69        | {ratio}    |
        | 3  | Rehabilitasi lainnya | 64      | 48        | 75,00      |
    """


@pytest.mark.parametrize(
    "declared",
    ["5=4/3*100", "(5) = (4/3) x 100%", "5 = 4:3 x 100", "(5)=(4)/(3)×100%", "5 = kol. 4 / kolom 3 x 100", "(4/3x100)"],
)
def test_in_any_spelling(declared: str) -> None:
    must_stay_quiet(CODE, services(declared, "92,00"))
    must_find(CODE, services(declared, "29,00 *"))
    must_find(CODE, services(declared, "92,02 *"))


def test_columns_called_by_letters() -> None:
    must_stay_quiet(CODE, services("e = d/c x 100", "92,00", "a | b | c | d"))
    must_find(CODE, services("e = d/c x 100", "29,00 *", "a | b | c | d"))
    must_find(CODE, services("c = b/a x 100", "29,00 *", "1 | 2 | a | b"))


@pytest.mark.parametrize("heading", ["Rasio (5=4/3x100)", "Rasio 5=4/3x100", "Rasio (%) (4/3 x 100)"])
def test_within_the_heading(heading: str) -> None:
    drawn = """
        Layanan Rehabilitasi Tahun 2024
        | No | Uraian               | Jumlah | Nilai | {heading} |
        | 1  | Rehabilitasi anak    | 120    | 96    | 80,00     |
        | 2  | Rehabilitasi lansia  | 75     | 69    | {ratio}   |
        | 3  | Rehabilitasi lainnya | 64     | 48    | 75,00     |
    """
    must_stay_quiet(CODE, drawn.format(heading=heading, ratio="92,00"))
    must_find(CODE, drawn.format(heading=heading, ratio="29,00 *"))


def test_numbers_in_parentheses_that_are_no_arithmetic() -> None:
    must_pass_over(
        CODE,
        """
        | No | Uraian               | Jumlah | Nilai | Hasil (3-4) |
        | 1  | Rehabilitasi anak    | 120    | 96    | 80          |
        | 2  | Rehabilitasi lansia  | 75     | 69    | 71          |
        | 3  | Rehabilitasi lainnya | 64     | 48    | 75          |
        """,
    )


def test_rounded_and_cut_off() -> None:
    drawn = """
        | No | Uraian | Pemohon | Terlayani | Rasio      |
        | 1  | 2      | 3       | 4         | 5=4/3x100  |
        | 1  | Anak   | 3       | 2         | {}         |
        | 2  | Lansia | 75      | 69        | 92,00      |
        | 3  | Lain   | 64      | 48        | 75,00      |
    """
    must_stay_quiet(CODE, drawn.format("66,67"))
    must_stay_quiet(CODE, drawn.format("66,66"))
    must_find(CODE, drawn.format("66,68 *"))
    must_find(CODE, drawn.format("66,65 *"))


def test_quotients_that_are_no_percentages() -> None:
    drawn = """
        | No | Uraian | Biaya       | Peserta | Biaya per orang |
        | 1  | 2      | 3           | 4       | 5=3/4           |
        | 1  | Anak   | 1.000.000   | 3       | {}              |
        | 2  | Lansia | 2.000.000   | 4       | 500.000         |
        | 3  | Lain   | 7.000.000   | 14      | 500.000         |
    """
    must_stay_quiet(CODE, drawn.format("333.333"))
    must_stay_quiet(CODE, drawn.format("333333.33"))
    must_find(CODE, drawn.format("333.335 *"))


def test_products_and_weights() -> None:
    drawn = """
        | No | Uraian | Bobot | Skor | Nilai Tertimbang | Volume | Harga Satuan (Rp) | Jumlah Harga (Rp) |
        | 1  | 2      | 3     | 4    | 5=3x4/100        | 6      | 7                 | 8 = 6 x 7         |
        | 1  | Anak   | 20    | 95   | 19               | 3      | 150.000           | {price}           |
        | 2  | Lansia | 30    | 90   | {weighted}       | 4      | 125.500           | 502.000           |
        | 3  | Lain   | 50    | 92   | 46               | 2      | 100.000           | 200.000           |
    """
    must_stay_quiet(CODE, drawn.format(price="450.000", weighted="27"))
    must_find(CODE, drawn.format(price="450.000", weighted="72 *"))
    must_find(CODE, drawn.format(price="540.000 *", weighted="27"))


def test_means_and_plain_numbers() -> None:
    drawn = """
        | No | Uraian | Nilai I | Nilai II | Rata-rata nilai | Kurang dari 100 |
        | 1  | 2      | 3       | 4        | 5=(3+4)/2       | 6=100-5         |
        | 1  | Anak   | 80      | 95       | 87,5            | 12,5            |
        | 2  | Lansia | 70      | 91       | {mean}          | {rest}          |
        | 3  | Lain   | 50      | 92       | 71,0            | 29,0            |
    """
    must_stay_quiet(CODE, drawn.format(mean="80,5", rest="19,5"))
    must_find(CODE, drawn.format(mean="85,0 *", rest="15,0"))
    must_find(CODE, drawn.format(mean="80,5", rest="19,9 *"))


def quarterly(performance: str = "36", amount: str = "900.000.000") -> str:
    """Form E.81: one number stands for both K and Rp."""
    return f"""
        Evaluasi Hasil Renja Tahun 2024
        | No | Program | Target 2024 | < | Realisasi Triwulan | < | < | < | < | < | < | < | Realisasi 2024 | < |
        | ^ | ^ | ^ | ^ | I | < | II | < | III | < | IV | < | ^ | ^ |
        | ^ | ^ | K | Rp | K | Rp | K | Rp | K | Rp | K | Rp | K | Rp |
        | 1 | 2 | 3 | < | 4 | < | 5 | < | 6 | < | 7 | < | 8=4+5+6+7 | < |
        | 1 | Program Satu | 40 | 1.000.000.000 | 10 | 200.000.000 | 10 | 200.000.000 | 9 | 200.000.000 | 6 | 300.000.000 | 35 | 900.000.000 |
        | 2 | Program Dua | 40 | 1.000.000.000 | 10 | 200.000.000 | 10 | 200.000.000 | 10 | 200.000.000 | 6 | 300.000.000 | {performance} | {amount} |
        | 3 | Program Tiga | 50 | 1.000.000.000 | 11 | 210.000.000 | 12 | 200.000.000 | 10 | 200.000.000 | 6 | 350.000.000 | 39 | 960.000.000 |
    """  # noqa: E501


def test_one_number_for_performance_and_budget() -> None:
    must_stay_quiet(CODE, quarterly())
    must_find(CODE, quarterly(performance="63 *"))
    must_find("RA112", quarterly(amount="909.000.000 *"))  # the sum of quarters is a usual relation
    assert not run(CODE, quarterly(amount="909.000.000")).flags


def test_quarters_of_what_does_not_add_up_are_only_warned_of() -> None:
    (flag,) = must_find(CODE, quarterly(performance="6 *"))
    assert flag.severity is Severity.WARNING, "the last quarter was kept"
    (flag,) = must_find(CODE, quarterly(performance="63 *"))
    assert flag.severity is None


def budget(declared: str, share: str, header: str = "%") -> str:
    return f"""
        | No | Program   | Pagu (Rp)   | Realisasi (Rp) | {header}   |
        | 1  | 2         | 3           | 4              | {declared} |
        | 1  | Program A | 400.000.000 | 300.000.000    | {share}    |
        | 2  | Program B | 200.000.000 | 190.000.000    | 95,00      |
        | 3  | Program C | 300.000.000 | 240.000.000    | 80,00      |
    """


def test_what_a_usual_rule_checks_is_told_by_that_rule_alone() -> None:
    for declared in ("5=4/3*100", "5=4/3", "(5) = (4:3) x 100%"):
        must_find("RA103", budget(declared, "57,00 *"))
        must_pass_over(CODE, budget(declared, "57,00"))


def test_the_declaration_wins_over_the_usual_relation() -> None:
    drawn = """
        | No | Indikator | Satuan | Target | Realisasi | Capaian (%)           |
        | 1  | 2         | 3      | 4      | 5         | 6=(2x4-5)/4x100       |
        | 1  | Angka A   | hari   | 10     | 8         | {}                    |
        | 2  | Angka B   | hari   | 20     | 15        | 125,00                |
        | 3  | Angka C   | hari   | 8      | 9         | 87,50                 |
    """
    must_stay_quiet(CODE, drawn.format("120,00"))
    must_find(CODE, drawn.format("102,00 *"))
    assert not run("KI101", drawn.format("102,00")).flags
    assert not run("KI102", drawn.format("120,00")).flags


def test_sisa_declared_with_the_other_sign() -> None:
    drawn = """
        | No | Program   | Pagu (Rp)   | Realisasi (Rp) | Selisih (Rp)  |
        | 1  | 2         | 3           | 4              | 5=4-3         |
        | 1  | Program A | 400.000.000 | 300.000.000    | {}            |
        | 2  | Program B | 200.000.000 | 190.000.000    | -10.000.000   |
        | 3  | Program C | 300.000.000 | 240.000.000    | -60.000.000   |
    """
    for code in (CODE, "RA104"):
        assert not run(code, drawn.format("-100.000.000")).flags
    verdicts = [flag for code in (CODE, "RA104") for flag in run(code, drawn.format("100.000.000")).flags]
    assert len(verdicts) == 1, "one fault, one finding"


def test_lower_is_better_and_limits_are_no_faults() -> None:
    drawn = """
        | No | Indikator       | Target Akhir Renstra | Realisasi 2024 | Tingkat Kemajuan |
        | 1  | 2               | 3                    | 4              | 5=4/3x100        |
        | 1  | Angka A         | 40                   | 38             | 95,00            |
        | 2  | Angka temuan    | 10                   | 8              | {}               |
        | 3  | Angka C         | 50                   | 55             | 110,00           |
        | 4  | Angka D         | 50                   | 40             | 80,00            |
    """
    must_stay_quiet(CODE, drawn.format("80,00"))
    must_stay_quiet(CODE, drawn.format("120,00"))
    must_find(CODE, drawn.format("130,00 *"))
    must_stay_quiet(CODE, drawn.format("80,00").replace("110,00", "100,00"))


def test_a_dash_beside_a_percentage_is_not_computed() -> None:
    must_stay_quiet(CODE, services("5=4/3*100", "-"))


def test_a_blank_among_the_figures_is_not_judged() -> None:
    must_not_judge(CODE, services("5=4/3*100", "92,00 *").replace("| 69 ", "|    "))
    must_stay_quiet(CODE, services("5=4/3*100", "").replace("| 69 ", "|    "))


def test_a_divisor_of_nought_is_not_judged() -> None:
    must_not_judge(CODE, services("5=4/3*100", "92,00 *").replace("| 75  ", "| 0   "))


def test_the_total_row_may_be_a_sum_a_mean_or_follow() -> None:
    drawn = services("5=4/3*100", "92,00") + "|  | Jumlah | 259 | 213 | {} |"
    for total in ("82,24", "247,00", "82,33"):
        must_stay_quiet(CODE, drawn.format(total).replace("\n    |  |", "\n        |  |"))


def test_one_lone_row_that_does_not_follow_may_be_the_declarations_fault() -> None:
    (flag,) = must_find(
        CODE,
        """
        | No | Uraian | Pemohon | Terlayani | Rasio      |
        | 1  | 2      | 3       | 4         | 5=4/3x100  |
        | 1  | Anak   | 50      | 40        | 88,00 *    |
        """,
    )
    assert flag.severity is Severity.WARNING


def test_what_cannot_be_checked_is_remarked() -> None:
    [table] = book(budget("5=4//3", "75,00")).tables
    assert any("5=4//3" in remark.id for remark in table.remarks)
    [table] = book(services("5=4/(3+4)x100", "92,00")).tables
    assert any("tidak dapat diperiksa" in remark.id for remark in table.remarks)
    [table] = book(services("5=4/9x100", "92,00")).tables
    assert any("menunjuk kolom 9" in remark.id for remark in table.remarks)


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, services("5=4/3x100", "29 *"))
    assert (flag.stated, flag.computed, flag.difference) == ("29", "92", -63)
    assert flag.message.id == "Tertulis 29 %, padahal menurut rumus kolom “5=4/3x100” di E3 hasilnya 92 %."
    (flag,) = must_find(CODE, services("5={4}/{3}x100", "29 *"))
    assert "5={4}/{3}x100" in flag.message.id


def test_ages_in_a_heading_make_no_table_of_it() -> None:
    from draw import draw

    from xlaudit.reading.find import find_tables

    drawn = """
        | Kecamatan | Usia (1-2) | Usia (2-3) | Usia (3-4) |
        | Barat     | 12         | 14         | 9          |
        | Timur     | 15         | 11         | 10         |
    """
    assert not find_tables(draw(drawn).workbook)


def test_headings_of_two_rows_that_no_word_list_knows() -> None:
    drawn = """
        Data Layanan
        |  | No | Jenis Layanan | Tahun 2023 | <         | Tahun 2024 | <         | Pertumbuhan   |
        |  | ^  | ^             | Pemohon    | Terlayani | Pemohon    | Terlayani | (%)           |
        |  | 1  | 2             | 3          | 4         | 5          | 6         | 7=(6-4)/4x100 |
        |  | 1  | Anak          | 120        | 96        | 130        | 108       | 12,50         |
        |  | 2  | Lansia        | 75         | 60        | 80         | 75        | {}            |
        |  | 3  | Lain          | 64         | 48        | 70         | 54        | 12,50         |
        |  |    | Jumlah        | 259        | 204       | 280        | 237       | 16,18         |
    """
    must_stay_quiet(CODE, drawn.format("25,00"))
    must_find(CODE, drawn.format("52,00 *"))
    assert len(book(drawn.format("25,00")).tables) == 1
