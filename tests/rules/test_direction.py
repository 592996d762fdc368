"""KI102: a direction that only the formula betrays."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "KI102"


def one(indikator: str, target: str, realisasi: str, capaian: str) -> str:
    return f"""
        | No | Indikator Kinerja   | Target   | Realisasi   | Capaian (%) |
        | 1  | {indikator}         | {target} | {realisasi} | {capaian}   |
        | 2  | Persentase lainnya  | 87       | 83          | 95,40       |
    """


def test_higher_is_better_says_nothing() -> None:
    must_stay_quiet(CODE, one("Lama proses rekomendasi", "5", "4", "80"))


def test_on_target_both_formulas_agree() -> None:
    must_stay_quiet(CODE, one("Lama proses rekomendasi", "5", "5", "100"))


def test_a_wrong_capaian_is_the_other_rules_matter() -> None:
    must_stay_quiet(CODE, one("Lama proses rekomendasi", "5", "4", "90"))


@pytest.mark.parametrize(
    "indikator",
    [
        "Persentase penduduk miskin (angka kemiskinan)",
        "Jumlah temuan BPK",
        "Jumlah pengaduan masyarakat",
        "Prevalensi stunting",
        "Tingkat pengangguran terbuka",
        "Waktu tunggu rawat jalan",
        "Indeks Gini",
        "Angka kematian ibu",
        "Laju inflasi",
        "Tingkat Kesalahan Administrasi",
    ],
)
def test_words_that_suggest_lower_is_better(indikator: str) -> None:
    must_stay_quiet(CODE, one(indikator, "5", "4", "120"))


@pytest.mark.parametrize("target", ["≤ 5", "<5", "≤5 hari"])
def test_a_bound_from_above_declares_the_direction(target: str) -> None:
    must_stay_quiet(CODE, one("Lama proses rekomendasi", target, "4", "120"))


@pytest.mark.parametrize("arah", ["Makin rendah makin baik", "Negatif", "turun", "Minimize"])
def test_a_column_for_the_direction(arah: str) -> None:
    drawing = """
        | No | Indikator Kinerja | Arah   | Target | Realisasi | Capaian (%) |
        | 1  | Lama proses       | {}     | 5      | 4         | {}          |
        | 2  | Persentase lain   | tinggi | 87     | 83        | 95,40       |
    """
    must_stay_quiet(CODE, drawing.format(arah, "120"))
    must_find(CODE, drawing.format("makin tinggi makin baik", "120 *"))


@pytest.mark.parametrize(("realisasi", "capaian"), [("4", "120 *"), ("6", "80 *"), ("4,5", "110,00 *")])
def test_only_the_formula_says_so(realisasi: str, capaian: str) -> None:
    must_find(CODE, one("Lama proses rekomendasi", "5", realisasi, capaian))


def test_a_cap_explains_a_capaian_as_well_as_the_direction_does() -> None:
    """4 of 2 is 200, cut at 120; that lower-is-better would give another figure makes no difference."""
    must_stay_quiet(CODE, one("Lama proses rekomendasi", "2", "4", "120"))


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("Lama proses rekomendasi", "5", "4", "120 *"))
    assert flag.stated == "120" and flag.computed is None
    assert flag.message.id == (
        "Capaian 120 % dihitung dengan rumus makin rendah makin baik, tetapi tabel tidak menyebutkan arah "
        "indikator ini."
    )
