"""KI106: categories use the words of one scale."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI106"
SCALE = """
    | No | Interval Nilai Realisasi Kinerja | Kriteria      |
    | 1  | 91 ≤ 100                         | Sangat Tinggi |
    | 2  | 76 ≤ 90                          | Tinggi        |
    | 3  | 66 ≤ 75                          | Sedang        |
    | 4  | 51 ≤ 65                          | Rendah        |
    | 5  | ≤ 50                             | Sangat Rendah |
"""


def rows(*labels: str, scale: str = "") -> str:
    body = "".join(f"\n| Layanan {n} | 40 | 40 | 100 | {label} |" for n, label in enumerate(labels))
    return "| Indikator | Target | Realisasi | Capaian (%) | Kategori |" + body + "\n" + scale.replace("\n    ", "\n")


def test_words_of_the_scale() -> None:
    must_stay_quiet(CODE, rows("Sangat Tinggi", "SANGAT TINGGI", "Tinggi"))
    must_stay_quiet(CODE, rows("Sangat Tinggi", "Sedang", scale=SCALE))


def test_another_usual_scale_throughout_is_a_scale_too() -> None:
    must_stay_quiet(CODE, rows("Sangat Berhasil", "Berhasil"))


def test_words_of_no_scale_are_not_judged() -> None:
    must_stay_quiet(CODE, rows("Sangat Tinggi", "Tinggi", "Luar biasa"))
    must_pass_over(CODE, rows("Meningkat", "Tetap"))


def test_one_word_of_another_scale() -> None:
    (flag,) = must_find(CODE, rows("Sangat Tinggi", "Tinggi", "Sangat Berhasil *", "Sangat Berhasil"))
    assert flag.message.id == (
        "“Sangat Berhasil” tidak ada pada skala Permendagri 86/2017; kata ini dari skala Sangat Berhasil–Kurang "
        "Berhasil."
    )
    assert len(flag.because) == 1


def test_every_word_of_another_scale_once() -> None:
    must_find(CODE, rows("Sangat Tinggi", "Tinggi", "Sedang", "Sangat Berhasil *", "Berhasil *", "Berhasil"))


def test_the_printed_scale_decides_even_where_no_row_follows_it() -> None:
    (flag,) = must_find(CODE, rows("Sangat Berhasil *", "Sangat Berhasil", scale=SCALE))
    assert "tidak ada pada skala" in flag.message.id


def test_two_printed_scales_may_both_be_used() -> None:
    other = """
    | No | Rentang Capaian | Kategori        |
    | 1  | ≥ 100           | Sangat Berhasil |
    | 2  | 75 ≤ 99         | Berhasil        |
    | 3  | 55 ≤ 74         | Cukup Berhasil  |
    | 4  | < 55            | Kurang Berhasil |
"""
    must_stay_quiet(CODE, rows("Sangat Tinggi", "Sangat Berhasil", "Tinggi", scale=SCALE + other))
