"""KI101: capaian is realisasi divided by target."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI101"


def one(target: str, realisasi: str, capaian: str, indikator: str = "Persentase PPKS terlayani") -> str:
    return f"""
        | No | Indikator Kinerja   | Target   | Realisasi   | Capaian (%) |
        | 1  | {indikator}         | {target} | {realisasi} | {capaian}   |
        | 2  | Persentase lainnya  | 87       | 83          | 95,40       |
    """


@pytest.mark.parametrize(
    ("target", "realisasi", "capaian"),
    [
        ("87", "89,29", "102,63"),
        ("87 %", "89,29 %", "102,63 %"),
        ("87%", "89.29%", "102.63"),
        ("87", "89.29", "102.632183908046"),
        ("0.87 as 0%", "0.8929 as 0.00%", "1.0263 as 0.00%"),
        ("87", "89,29", "103"),
        ("3 dokumen", "3 dokumen", "100"),
        ("1.200 orang", "1.150 orang", "95,83"),
        ("4", "0", "0,00"),
        ("80", "-", "-"),
        ("80", "NA", "NA"),
        ("80", "belum ada hasil", "-"),
        ("80", "", ""),
        ("80,5 (A)", "82,11", "102,00"),
    ],
)
def test_as_printed(target: str, realisasi: str, capaian: str) -> None:
    must_stay_quiet(CODE, one(target, realisasi, capaian))


@pytest.mark.parametrize(
    ("target", "realisasi", "capaian"),
    [
        ("87", "89,29", "102,36 *"),
        ("87", "89,29", "102,64 *"),
        ("87", "89,29", "102,62 *"),
        ("87 %", "89,29 %", "89,29 % *"),
        ("95", "95", "96 *"),
        ("3 dokumen", "2 dokumen", "100 *"),
        ("80", "-", "100 *"),
    ],
)
def test_off_by_more_than_rounding(target: str, realisasi: str, capaian: str) -> None:
    must_find(CODE, one(target, realisasi, capaian))


@pytest.mark.parametrize(("target", "realisasi", "capaian"), [("5", "4", "120"), ("5", "6", "80"), ("5", "12", "-40")])
def test_lower_is_better(target: str, realisasi: str, capaian: str) -> None:
    must_stay_quiet(CODE, one(target, realisasi, capaian, "Angka kemiskinan"))


def test_lower_is_better_is_not_any_other_figure() -> None:
    must_find(CODE, one("5", "4", "125 *", "Angka kemiskinan"))


@pytest.mark.parametrize("cap", ["100", "110", "120", "150"])
def test_capped_where_more_was_reached(cap: str) -> None:
    must_stay_quiet(CODE, one("40", "80", cap))
    must_stay_quiet(CODE, one("40", "80", f"{cap},00"))


@pytest.mark.parametrize("cap", ["100 *", "110 *", "120 *", "150 *"])
def test_a_cap_never_lifts(cap: str) -> None:
    must_find(CODE, one("40", "38", cap))


def test_any_other_ceiling_is_no_cap() -> None:
    must_find(CODE, one("40", "80", "130 *"))


def test_a_target_of_zero_cannot_divide() -> None:
    must_not_judge(CODE, one("0", "0", "100 *"))


@pytest.mark.parametrize("target", ["> B", "BB (70-80)", "3 dokumen, 200 buah", "A"])
def test_targets_that_are_no_plain_figure(target: str) -> None:
    must_stay_quiet(CODE, one(target, "BB", "100"))


def test_a_bound_is_computed_with_its_figure() -> None:
    must_stay_quiet(CODE, one("≤ 5", "4", "120"))


def test_two_figures_in_one_cell_are_not_judged() -> None:
    must_not_judge(CODE, one("9, 50, 3", "9", "100 *"))


def test_merged_targets_have_a_result_of_their_own() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Sasaran        | Indikator          | Target | Realisasi | Capaian |
        | 1  | Layanan sosial | Persentase PPKS    | 80     | 84        | 105     |
        | ^  | ^              | Persentase PSKS    | ^      | 60        | 75      |
        """,
    )


def test_each_year_has_its_own_capaian() -> None:
    drawing = """
        | Indikator       | Tahun 2023 | <         | <       | Tahun 2024 | <         | <       |
        | ^               | Target     | Realisasi | Capaian | Target     | Realisasi | Capaian |
        | Persentase PPKS | 80         | 84        | 105     | 90         | 81        | {}      |
        | Persentase PSKS | 50         | 40        | 80      | 60         | 45        | 75      |
    """
    must_stay_quiet(CODE, drawing.format("90"))
    must_find(CODE, drawing.format("105 *"))


def test_a_table_that_truncates() -> None:
    must_stay_quiet(
        CODE,
        """
        | Indikator       | Target | Realisasi | Capaian |
        | Persentase PPKS | 87     | 86        | 98,85   |
        | Persentase PSKS | 30     | 20        | 66,66   |
        | Persentase LKS  | 60     | 40        | 66,66   |
        """,
    )


def test_a_mean_row_is_no_indicator() -> None:
    must_stay_quiet(
        CODE,
        """
        | Indikator       | Target | Realisasi | Capaian |
        | Persentase PPKS | 80     | 84        | 105     |
        | Persentase PSKS | 50     | 40        | 80      |
        | Rata-rata       | 65     | 62        | 92,5    |
        """,
    )


def test_without_a_target_there_is_nothing_to_compare() -> None:
    must_pass_over(CODE, "| Indikator | Realisasi | Capaian |\n| Persentase PPKS | 84 | 105 |")


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("87", "89,29", "102,36 *"))
    assert (flag.stated, flag.computed) == ("102.36", "102.63")
    assert flag.message.id == "Capaian tertulis 102,36 %, padahal realisasi ÷ target × 100 = 102,63 %."
    assert [cell.a1 for _, cell in flag.because] == ["D2", "C2"]


def test_a_quarters_result_is_measured_by_the_quarters_target() -> None:
    must_stay_quiet(
        CODE,
        """
        Capaian Kinerja Triwulan II Tahun 2024
        | No | Indikator       | Target Tahunan | Target TW II | Realisasi TW II | Capaian (%) |
        | 1  | Persentase PPKS | 80             | 40           | 38              | 95,00       |
        | 2  | Dokumen         | 12             | 6            | 6               | 100,00      |
        """,
    )


def test_none_of_none_is_a_hundred_where_lower_is_better() -> None:
    must_stay_quiet(CODE, one("0", "0", "100", "Jumlah kejadian kecelakaan").replace("95,40", "-"))


def test_a_declared_direction_decides_the_formula() -> None:
    drawing = """
        | Indikator           | Arah                     | Target | Realisasi | Capaian (%) |
        | Tingkat kemiskinan  | Makin rendah makin baik  | 10     | 9         | {}          |
        | Indeks layanan      | Makin tinggi makin baik  | 80     | 84        | 105,00      |
    """
    must_stay_quiet(CODE, drawing.format("110,00"))
    (flag,) = must_find(CODE, drawing.format("90,00 *"))
    assert flag.computed == "110"


CAPPED = """
| Indikator         | Target | Realisasi | Capaian (%) |
| Layanan anak      | 80     | 104       | {anak}      |
| Layanan lansia    | 40     | 38        | 95,00       |
"""


def settled(cap: str, **figures: str) -> str:
    return f"# Pengaturan: conventions.cap = {cap}\n" + CAPPED.format(**figures)


def test_only_the_limit_that_was_settled_is_accepted() -> None:
    must_stay_quiet(CODE, settled("120", anak="120,00"))
    (flag,) = must_find(CODE, settled("120", anak="110,00 *"))
    assert flag.severity is None
    must_find(CODE, settled('"none"', anak="120,00 *"))
    must_stay_quiet(CODE, settled('"none"', anak="130,00"))
    must_stay_quiet(CODE, settled("150", anak="130,00"))


def test_a_capaian_above_the_limit_that_was_settled() -> None:
    (flag,) = must_find(CODE, settled("120", anak="130,00 *"))
    assert flag.severity is Severity.WARNING and flag.computed == "120"
    assert "menurut xlaudit.toml capaian dibatasi paling tinggi 120" in flag.message.id


def test_a_wrong_capaian_above_the_limit_is_told_once() -> None:
    (flag,) = must_find(CODE, settled("120", anak="131,00 *"))
    assert flag.severity is None


def test_a_limit_of_the_workbook_s_own_makes_it_an_error() -> None:
    drawn = """
    # Templat: pengukuran-kinerja
    # Lembar: Identitas
    | Batas atas capaian | 110 |
    # Lembar: Pengukuran
    | Indikator      | Target | Realisasi | Capaian (%) |
    | Layanan anak   | 80     | 104       | 130,00 *    |
    | Layanan lansia | 40     | 38        | 95,00       |
    """
    (flag,) = must_find(CODE, drawn)
    assert flag.severity is None and "Identitas!B1" in flag.message.id


def two_ways(target: str, realisasi: str, capaian: str) -> str:
    """A row with figures that may be thousands or decimals; the others tell nothing of it."""
    return f"""
        | Indikator | Target   | Realisasi   | Capaian (%) |
        | Layanan   | 80       | 84          | 105         |
        | Berkas    | {target} | {realisasi} | {capaian}   |
        | Aduan     | 80       | 80          | 100         |
    """


def test_a_figure_that_can_be_read_in_two_ways_of_which_one_holds() -> None:
    must_stay_quiet(CODE, two_ways("'1.250", "1250", "100"))


def test_a_figure_that_can_be_read_in_two_ways_of_which_none_holds() -> None:
    (flag,) = must_find(CODE, two_ways("'1.250", "1500", "100 *"))
    assert flag.computed == "120" and flag.relation is not None
    assert [str(value) for value in flag.relation.members[-1].figure.readings] == ["1250", "1.250"]


def test_two_figures_that_can_be_read_in_two_ways_are_not_judged() -> None:
    (skip,) = must_not_judge(CODE, two_ways("'1.250", "'1.300", "90 *"))
    assert "dua cara" in skip.reason.id


@pytest.mark.parametrize(("heading", "limited"), [("Capaian (%)", True), ("Rasio (%)", False)])
def test_the_limit_is_one_of_capaian_and_of_no_other_declared_column(heading: str, limited: bool) -> None:
    drawn = f"""
# Pengaturan: conventions.cap = 120
| Layanan | Pemohon | Terlayani | {heading} |
| (1)     | (2)     | (3)       | (4)=(3)/(2)x100 |
| A       | 80      | 104       | 130,00 {"*" if limited else ""} |
| B       | 40      | 38        | 95,00           |
| C       | 50      | 38        | 76,00           |
"""
    if limited:
        must_find(CODE, drawn)
    else:
        must_pass_over(CODE, drawn)
