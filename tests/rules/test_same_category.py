"""KI108: the same capaian has the same category."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KI108"


def rows(*lines: str) -> str:
    body = "".join(f"\n| Layanan {n} | 40 | 40 | {line} |" for n, line in enumerate(lines))
    return "| Indikator | Target | Realisasi | Capaian (%) | Kategori |" + body


def test_the_same_word() -> None:
    must_stay_quiet(CODE, rows("100 | Memuaskan", "100,00 | memuaskan", "95 | Cukup"))


def test_other_figures_have_other_words() -> None:
    must_pass_over(CODE, rows("100 | Memuaskan", "99,99 | Cukup", "95 | Kurang"))


def test_what_the_scale_tells_is_not_told_twice() -> None:
    must_stay_quiet(CODE, rows("100 | Sangat Tinggi", "100 | Tinggi", "100 | Sangat Tinggi"))


def test_words_that_are_no_categories() -> None:
    must_stay_quiet(CODE, rows("100 | Memuaskan", "100 | Lihat penjelasan", "100 | Memuaskan"))


def test_two_words_for_one_figure() -> None:
    (flag,) = must_find(CODE, rows("100 | Memuaskan", "100 | Cukup *", "100 | Memuaskan"))
    assert (flag.stated, flag.computed) == ("Cukup", "Memuaskan")
    assert flag.message.id == "Capaian 100 % di sini berkategori “Cukup”, tetapi di E2 “Memuaskan”."


def test_the_word_of_most_rows_is_the_usual_one() -> None:
    must_find(CODE, rows("100 | Cukup *", "100 | Memuaskan", "100 | Memuaskan"))


def test_of_two_the_first_is() -> None:
    must_find(CODE, rows("100 | Tercapai", "100 | Tidak tercapai *"))


def test_within_a_hole_of_the_scale_both_words_fit_but_not_side_by_side() -> None:
    must_stay_quiet(CODE, rows("90,50 | Tinggi", "90,50 | Tinggi", "95 | Sangat Tinggi"))
    must_find(CODE, rows("90,50 | Tinggi", "90,50 | Sangat Tinggi *", "95 | Sangat Tinggi"))
