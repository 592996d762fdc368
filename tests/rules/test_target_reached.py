"""KI111: whether a target was reached, as words say and as figures do."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI111"


def one(figures: str, word: str, name: str = "Layanan sesuai standar", heading: str = "Kategori") -> str:
    header = f"| Indikator | Target | Realisasi | Capaian (%) | {heading} |"
    return f"{header}\n| {name} | {figures} | {word} |\n| Desa | 40 | 50 | 125,00 | |"


def letters(target: str, realisasi: str, capaian: str) -> str:
    header = "| Indikator | Target | Realisasi | Capaian (%) |"
    more = "\n| Desa | 40 | 50 | 125,00 |\n| Kota | 40 | 50 | 125,00 |"
    return f"{header}\n| Predikat arsip | {target} | {realisasi} | {capaian} |{more}"


REACHED = ("Tercapai", "TERCAPAI", "Melampaui target", "Telah tercapai", "Melebihi target", "Memenuhi target")
MISSED = ("Tidak tercapai", "Belum Tercapai", "Tidak mencapai target", "Belum memenuhi target", "Di bawah target")


@pytest.mark.parametrize("word", REACHED)
def test_reached(word: str) -> None:
    must_stay_quiet(CODE, one("87 | 89,29 | 102,63", word))
    must_find(CODE, one("40 | 38 | 95,00", f"{word} *"))


@pytest.mark.parametrize("word", MISSED)
def test_missed(word: str) -> None:
    must_stay_quiet(CODE, one("40 | 38 | 95,00", word))
    must_find(CODE, one("87 | 89,29 | 102,63", f"{word} *"))


@pytest.mark.parametrize("heading", ["Kriteria", "Keterangan", "Status", "Status Ketercapaian"])
def test_headings_of_such_words(heading: str) -> None:
    must_stay_quiet(CODE, one("40 | 40 | 100,00", "Tercapai", heading=heading))
    must_find(CODE, one("40 | 39 | 97,50", "Tercapai *", heading=heading))


@pytest.mark.parametrize("word", ["Sangat Tinggi", "Tercapai sebagian", "Tercapai, namun terlambat", "", "Meningkat"])
def test_other_words_claim_nothing(word: str) -> None:
    must_pass_over(CODE, one("40 | 38 | 95,00", word))


def test_lower_is_better() -> None:
    must_stay_quiet(CODE, one("5 | 4 | 120,00", "Tercapai", "Jumlah pengaduan"))
    must_stay_quiet(CODE, one("5 | 6 | 80,00", "Tidak tercapai", "Lama proses"))
    (flag,) = must_find(CODE, one("5 | 6 | 80,00", "Tercapai *", "Lama proses"))
    assert flag.severity is None
    (flag,) = must_find(CODE, one("5 | 6 | 81,00", "Tercapai *", "Jumlah pengaduan"))
    assert flag.severity is Severity.WARNING


def test_by_a_column_of_directions() -> None:
    drawing = """
        | Indikator   | Arah         | Target | Realisasi | Kategori |
        | Lama proses | makin rendah | 5      | 6         | {}       |
        | Desa        | makin tinggi | 5      | 6         | {}       |
    """
    must_stay_quiet(CODE, drawing.format("Tidak tercapai", "Tercapai"))
    flags = must_find(CODE, drawing.format("Tercapai *", "Tidak tercapai *"))
    assert {flag.severity for flag in flags} == {None}


def test_bounds_tell_the_direction() -> None:
    must_stay_quiet(CODE, one("≥ 80 | 80 | 100", "Tercapai"))
    must_stay_quiet(CODE, one("≤ 80 | 80 | 100", "Tercapai"))
    must_stay_quiet(CODE, one("≤ 80 | 79 | 101,25", "Tercapai"))
    must_stay_quiet(CODE, one("> 80 | 80 | 100", "Tidak tercapai"))
    must_find(CODE, one("> 80 | 80 | 100", "Tercapai *"))
    must_find(CODE, one("≤ 80 | 81 | 98,75", "Tercapai *"))
    must_find(CODE, one("≥ 80 | 79 | 98,75", "Tercapai *"))


def test_nothing_to_compare() -> None:
    must_pass_over(CODE, one("40 | - | -", "Belum tercapai"))
    must_pass_over(CODE, one("40 |  | ", "Tidak tercapai"))


def test_a_hundred_that_is_only_rounding() -> None:
    (flag,) = must_find(CODE, one("100.00 as 0.00 | 99.998 as 0.00 | 99.998 as 0.00", "Tercapai *"))
    assert flag.severity is Severity.WARNING
    assert flag.message.id == (
        "Tertulis “Tercapai”, padahal sebelum dibulatkan realisasinya 99,998, belum mencapai target 100."
    )


def test_what_a_finding_says() -> None:
    (flag,) = must_find(CODE, one("40 | 38 | 95,00", "Tercapai *"))
    assert flag.severity is None
    assert flag.message.id == "Tertulis “Tercapai”, padahal realisasi 38 belum mencapai target 40."
    (flag,) = must_find(CODE, one("40 | 41 | 102,50", "Tidak tercapai *"))
    assert flag.message.id == "Tertulis “Tidak tercapai”, padahal realisasi 41 sudah mencapai target 40."


@pytest.mark.parametrize(
    ("target", "realisasi", "capaian"),
    [("B", "B", "100"), ("B", "BB (75,50)", "100"), ("B (60-70)", "BB (75,50)", "100"), (">B", "BB", "100"),
     ("BB", "B", "85"), (">B", "B", "95"), ("A", "AA", "110")],
)  # fmt: skip
def test_letters_agree(target: str, realisasi: str, capaian: str) -> None:
    must_stay_quiet(CODE, letters(target, realisasi, capaian))


@pytest.mark.parametrize(
    ("target", "realisasi", "capaian"),
    [(">B", "B", "100 *"), ("BB", "B", "100 *"), ("B", "B", "95 *"), ("A", "AA", "99 *")],
)
def test_letters_disagree(target: str, realisasi: str, capaian: str) -> None:
    (flag,) = must_find(CODE, letters(target, realisasi, capaian))
    assert flag.severity is Severity.WARNING


@pytest.mark.parametrize(("target", "realisasi"), [(">B", ">B"), (">B", "Baik"), ("B", "B atau BB"), ("B", "-")])
def test_letters_that_cannot_be_compared(target: str, realisasi: str) -> None:
    must_pass_over(CODE, letters(target, realisasi, "100"))
