"""KI105: the category follows the scale."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI105"
DECLARED = """

    | No | Interval Nilai | Kategori        |
    | 1  | ≥ 100          | Sangat Berhasil |
    | 2  | 75 - 99,99     | Berhasil        |
    | 3  | 55 - 74,99     | Cukup Berhasil  |
    | 4  | < 55           | Kurang Berhasil |
"""
GAPS = """

    | No | Interval | Kriteria      |
    | 1  | 91 - 100 | Sangat Tinggi |
    | 2  | 76 - 90  | Tinggi        |
    | 3  | 66 - 75  | Sedang        |
    | 4  | 51 - 65  | Rendah        |
    | 5  | ≤ 50     | Sangat Rendah |
"""


def rows(*pairs: tuple[str, str], heading: str = "Kategori") -> str:
    lines = "".join(f"\n    | Indikator {n} | {capaian} | {label} |" for n, (capaian, label) in enumerate(pairs))
    return f"    | Indikator | Capaian (%) | {heading} |{lines}\n"


@pytest.mark.parametrize("heading", ["Kategori", "Kriteria", "Predikat", "Peringkat Kinerja", "Interpretasi"])
def test_a_declared_scale_at_its_bounds(heading: str) -> None:
    right = [("100", "Sangat Berhasil"), ("99,99", "Berhasil"), ("75", "BERHASIL"), ("55", "Cukup berhasil")]
    must_stay_quiet(CODE, rows(*right, ("0", "Kurang Berhasil"), heading=heading) + DECLARED)


def test_against_a_declared_scale() -> None:
    must_find(CODE, rows(("100", "Berhasil *"), ("99,99", "Sangat Berhasil *"), ("80", "Berhasil")) + DECLARED)


def test_a_declared_scale_goes_before_a_known_one() -> None:
    """90 is Berhasil by the scale that the workbook prints, though another scale calls it Sangat Berhasil."""
    must_stay_quiet(CODE, rows(("90", "Berhasil"), ("80", "Berhasil"), ("60", "Cukup Berhasil")) + DECLARED)
    (flag,) = must_find(CODE, rows(("90", "Sangat Berhasil *"), ("80", "Berhasil")) + DECLARED)
    assert flag.severity is None


@pytest.mark.parametrize("label", ["Tinggi", "Sangat Tinggi"])
def test_in_a_hole_of_the_printed_scale_both_neighbours_are_right(label: str) -> None:
    must_stay_quiet(CODE, rows(("90,5", label), ("95", "Sangat Tinggi"), ("80", "Tinggi")) + GAPS)


@pytest.mark.parametrize("label", ["Sedang", "Sangat Rendah"])
def test_in_a_hole_no_other_label_is_right(label: str) -> None:
    must_find(CODE, rows(("90,5", f"{label} *"), ("95", "Sangat Tinggi"), ("80", "Tinggi")) + GAPS)


def test_at_the_edge_of_a_hole_there_is_one_right_label() -> None:
    must_find(CODE, rows(("90", "Sangat Tinggi *"), ("91", "Tinggi *"), ("80", "Tinggi")) + GAPS)


def test_a_scale_that_is_not_printed_is_told_by_its_labels() -> None:
    must_stay_quiet(
        CODE, rows(("102,63", "Sangat Tinggi"), ("76", "Tinggi"), ("66", "Sedang"), ("12", "Sangat Rendah"))
    )
    must_find(CODE, rows(("102,63", "Sangat Tinggi"), ("76", "Sangat Tinggi *"), ("66", "Sedang"), ("51", "Rendah")))


def test_a_known_scale_that_fits_is_taken_rather_than_one_that_does_not() -> None:
    must_stay_quiet(CODE, rows(("90", "Sangat Berhasil"), ("72", "Berhasil"), ("60", "Cukup Berhasil")))
    must_stay_quiet(CODE, rows(("90", "Berhasil"), ("110", "Sangat Berhasil"), ("60", "Cukup Berhasil")))


def test_what_another_known_scale_would_call_right_is_a_warning() -> None:
    (flag,) = must_find(
        CODE,
        rows(
            ("110", "Sangat Berhasil"),
            ("90", "Sangat Berhasil *"),
            ("80", "Berhasil"),
            ("76", "Berhasil"),
            ("71", "Cukup Berhasil"),
        ),
    )
    assert flag.severity is Severity.WARNING


def test_words_of_no_scale_are_not_judged() -> None:
    must_pass_over(CODE, rows(("102,63", "Tercapai"), ("80", "Tidak Tercapai"), ("-", "Belum ada hasil")))
    must_pass_over(CODE, rows(("102,63", "Melebihi target"), ("80", "On track")))


def test_a_word_of_no_scale_among_words_of_one_is_not_judged() -> None:
    must_stay_quiet(CODE, rows(("102,63", "Sangat Tinggi"), ("80", "Tinggi"), ("12", "Perlu perhatian")))


def test_rows_without_a_result_or_a_label_are_not_judged() -> None:
    must_stay_quiet(CODE, rows(("-", "Sangat Tinggi"), ("95", ""), ("NA", "Rendah"), ("92", "Sangat Tinggi")) + GAPS)


def test_fractions_in_a_percent_format_are_the_same_capaian() -> None:
    must_stay_quiet(CODE, rows(("1.0263 as 0.00%", "Sangat Tinggi"), ("0.80 as 0.00%", "Tinggi")) + GAPS)
    must_find(CODE, rows(("1.0263 as 0.00%", "Tinggi *"), ("0.80 as 0.00%", "Tinggi")) + GAPS)


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, rows(("80.5", "Sangat Tinggi *"), ("95", "Sangat Tinggi")) + GAPS)
    assert (flag.stated, flag.computed) == ("Sangat Tinggi", "Tinggi")
    assert flag.message.id == (
        "Tertulis “Sangat Tinggi”, padahal capaian 80,5 % menurut skala pada lembar Lembar adalah “Tinggi”."
    )
    assert flag.live == (
        'TRIM(C2)<>IF(B2>=91,"Sangat Tinggi",IF(B2>=76,"Tinggi",'
        'IF(B2>=66,"Sedang",IF(B2>=51,"Rendah","Sangat Rendah"))))'
    )


def test_a_capaian_is_right_as_stored_or_as_shown() -> None:
    """99,996 shows as 100,00: neither the formula nor the eye is contradicted."""
    for label in ("Berhasil", "Sangat Berhasil"):
        must_stay_quiet(CODE, rows(("99.996 as 0.00", label), ("80", "Berhasil")) + DECLARED)
    printed = (("90", "Berhasil"), ("80", "Berhasil"))
    must_stay_quiet(CODE, rows(("99.996 as 0.00", "Sangat Berhasil"), *printed))
    must_stay_quiet(CODE, rows(("99.996 as 0.00", "Berhasil"), *printed))
    must_find(CODE, rows(("99.985 as 0.00", "Sangat Berhasil *"), ("80", "Berhasil")) + DECLARED)


def test_a_scale_right_below_the_table_is_no_part_of_it() -> None:
    must_stay_quiet(CODE, rows(("80", "Berhasil"), ("60", "Cukup Berhasil")) + DECLARED)


OWN = (
    '# Pengaturan: conventions.scale = [{label = "Berhasil", from = 90}, {label = "Cukup Berhasil", from = 60.5}, '
    '{label = "Kurang Berhasil", from = 0}]\n'
)


def test_the_scale_in_the_settings() -> None:
    must_stay_quiet(CODE, OWN + rows(("90", "Berhasil"), ("89,99", "Cukup Berhasil"), ("60,49", "Kurang Berhasil")))
    (flag,) = must_find(CODE, OWN + rows(("75", "Berhasil *"), ("95", "Berhasil")))
    assert flag.severity is None and "menurut skala pada pengaturan adalah “Cukup Berhasil”" in flag.message.id


def test_a_known_scale_by_its_name() -> None:
    named = '# Pengaturan: conventions.scale = "sangat-berhasil"\n'
    must_stay_quiet(CODE, named + rows(("90", "Berhasil"), ("75", "Berhasil")))
    (flag,) = must_find(CODE, named + rows(("90", "Sangat Berhasil *"), ("75", "Berhasil")))
    assert flag.severity is None, "no doubt for the other scale that would have it so"


def test_a_printed_scale_goes_before_the_settings() -> None:
    must_stay_quiet(CODE, OWN + rows(("100", "Sangat Berhasil"), ("80", "Berhasil")) + DECLARED)


def test_words_of_another_scale_than_the_settings_are_not_judged_by_it() -> None:
    must_pass_over(CODE, OWN + rows(("90", "Tinggi"), ("80", "Sangat Tinggi")))


def test_a_predikat_below_a_mean_follows_the_scale_too() -> None:
    drawing = """
        | No | Indikator        | Target | Realisasi | Capaian (%)   | Kategori      |
        | 1  | PPKS terlayani   | 80     | 84        | 105,00        | Sangat Tinggi |
        | 2  | Desa tangguh     | 40     | 34        | 85,00         | Tinggi        |
        |    | Rata-rata        |        |           | 95,00         |               |
        |    | Predikat kinerja |        |           | {}            |               |
        | 3  | Berkas tersusun  | 50     | 50        | 100,00        | Sangat Tinggi |
    """
    must_stay_quiet(CODE, drawing.format("SANGAT TINGGI"))
    (flag,) = must_find(CODE, drawing.format("Tinggi *"))
    assert (flag.stated, flag.computed) == ("Tinggi", "Sangat Tinggi")


def test_a_word_without_a_name_right_below_a_mean_is_its_predikat() -> None:
    drawing = """
        | No | Indikator       | Target | Realisasi | Capaian (%) |
        | 1  | PPKS terlayani  | 80     | 84        | 105,00      |
        | 2  | Desa tangguh    | 40     | 34        | 85,00       |
        |    | Rata-rata       |        |           | 95,00       |
        |    |                 |        |           | {}          |
    """
    must_stay_quiet(CODE, drawing.format("Sangat Tinggi"))
    must_find(CODE, drawing.format("Sedang *"))
