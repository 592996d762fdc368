"""RA113: a cumulative realisasi never falls and ends at the year's."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "RA113"
PARTS = "Realisasi s.d. TW I | Realisasi s.d. TW II | Realisasi s.d. TW III | Realisasi s.d. TW IV"


def one(line: str, parts: str = PARTS, year: str = "") -> str:
    return f"| Program | Pagu (Rp) | {parts} |{year}\n| Program A | 90.000.000 | {line} |"


def test_it_rises() -> None:
    must_stay_quiet(CODE, one("1.000.000 | 2.000.000 | 3.000.000 | 4.000.000"))


def test_nothing_was_spent_for_a_while() -> None:
    must_stay_quiet(CODE, one("1.000.000 | 1.000.000 | 1.000.000 | 4.000.000"))


def test_it_ends_at_the_year() -> None:
    line = "1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 4.000.000"
    must_stay_quiet(CODE, one(line, year=" Realisasi 2024 (Rp) |"))


def test_a_year_half_gone_has_no_end_yet() -> None:
    must_stay_quiet(CODE, one("1.000.000 | 2.000.000 | | | 3.000.000", year=" Realisasi 2024 (Rp) |"))


def test_blanks_are_stepped_over() -> None:
    must_stay_quiet(CODE, one("1.000.000 | | 3.000.000 | 4.000.000"))
    must_find(CODE, one("3.000.000 | | 2.000.000 * | 4.000.000"))


@pytest.mark.parametrize("parts", [PARTS.replace("s.d. ", ""), "Januari | Februari | Maret | April"])
def test_what_is_not_cumulative_may_fall(parts: str) -> None:
    must_pass_over(CODE, one("4.000.000 | 2.000.000 | 3.000.000 | 1.000.000", parts))


def test_it_falls() -> None:
    (flag,) = must_find(CODE, one("1.000.000 | 3.000.000 | 2.500.000 * | 4.000.000"))
    assert flag.severity is Severity.WARNING
    assert flag.message.id == "Realisasi kumulatif turun dari 3.000.000 menjadi 2.500.000; berkurang 500.000."
    assert flag.difference == -500_000 and flag.live is None
    (flag,) = must_find(CODE, one("1000000 | 3000000 | 2500000 * | 4000000"))
    assert flag.live == "E2<D2"


def test_a_rupiah_less_is_less() -> None:
    must_find(CODE, one("1.000.000 | 3.000.000 | 2.999.999 * | 4.000.000"))


def test_the_year_ends_elsewhere() -> None:
    year = " Realisasi 2024 (Rp) |"
    (flag,) = must_find(CODE, one("1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 4.100.000 *", year=year))
    assert flag.severity is None and flag.computed == "4000000"
    assert flag.message.id == (
        "Realisasi setahun tertulis 4.100.000, padahal realisasi kumulatif pada akhir tahun 4.000.000; selisih 100.000."
    )
    assert flag.relation is not None


def test_a_year_that_stands_before_its_quarters_may_be_the_last_years() -> None:
    drawing = f"""
        | Program   | Realisasi 2023 (Rp) | {PARTS} |
        | Program A | 9.000.000 | 1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 |
    """
    must_stay_quiet(CODE, drawing)


def test_performance_may_move_a_little() -> None:
    header = "| Indikator | Satuan | Target | Realisasi Kinerja s.d. Semester I | Realisasi Kinerja s.d. Semester II |"
    must_stay_quiet(CODE, f"{header}\n| Nilai b | nilai | 80 | 79 | 78 |\n| Laporan | orang | 9 | 4 | 8 |")
    must_find(CODE, f"{header}\n| Laporan | orang | 90 | 40 | 8 * |\n| Berkas | orang | 9 | 4 | 8 |")


def test_an_unreadable_year_is_not_judged() -> None:
    line = "1.000.000 | 2.000.000 | 3.000.000 | 4.000.000 | 8.7106.000 *"
    must_not_judge(CODE, one(line, year=" Realisasi 2024 (Rp) |"))


def test_where_less_is_better_it_may_fall() -> None:
    header = "| Indikator | Arah | Target | Realisasi Kinerja s.d. Semester I | Realisasi Kinerja s.d. Semester II |"
    must_pass_over(CODE, f"{header}\n| Aduan | Makin rendah | 10 | 40 | 8 |\n| Kasus | Makin rendah | 2 | 9 | 3 |")
    must_find(CODE, f"{header}\n| Aduan | Makin rendah | 10 | 40 | 8 |\n| Laporan | Makin tinggi | 2 | 9 | 3 * |")
    spent = "| Program | Arah | Pagu (Rp) | Realisasi s.d. Semester I | Realisasi s.d. Semester II |"
    must_find(CODE, f"{spent}\n| Program A | Makin rendah | 90.000.000 | 4.000.000 | 3.000.000 * |")
