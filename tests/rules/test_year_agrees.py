"""ST101: title and columns name the same year."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "ST101"


def one(title: str, target: str = "Target 2024", realisasi: str = "Realisasi 2024") -> str:
    return f"""
        {title}
        | Indikator       | {target} | {realisasi} | Capaian (%) |
        | Persentase PPKS | 80       | 84          | 105         |
    """


@pytest.mark.parametrize("title", ["Pengukuran Kinerja Tahun 2024", "TABEL 3.1 CAPAIAN KINERJA TA. 2024"])
def test_the_same_year(title: str) -> None:
    must_stay_quiet(CODE, one(title))


def test_one_of_several_years_is_enough() -> None:
    must_stay_quiet(CODE, one("Perbandingan Kinerja Tahun 2024", "Target 2023", "Realisasi 2024"))


@pytest.mark.parametrize("title", ["Pengukuran Kinerja", "Pengukuran Kinerja Tahun 2023 dan 2024", "Renstra 2021-2026"])
def test_titles_without_a_year_of_their_own(title: str) -> None:
    must_pass_over(CODE, one(title, "Target 2022", "Realisasi 2022"))


def test_columns_without_a_year() -> None:
    must_pass_over(CODE, one("Pengukuran Kinerja Tahun 2024", "Target", "Realisasi"))


def test_comparisons_name_other_years_on_purpose() -> None:
    must_stay_quiet(
        CODE,
        """
        Perbandingan Realisasi Kinerja dengan Tahun Lalu, Tahun 2024
        | Indikator       | Realisasi 2022 | Realisasi 2023 |
        | Persentase PPKS | 80             | 84             |
        """,
    )


def test_last_years_columns_under_this_years_title() -> None:
    (flag,) = must_find(CODE, one("Pengukuran Kinerja Tahun 2024", "Target 2023 *", "Realisasi 2023"))
    assert flag.message.id == "Judul tabel menyebut tahun 2024, tetapi judul kolom menyebut tahun 2023."


def test_a_budget_table_too() -> None:
    must_find(
        CODE,
        """
        Realisasi Anggaran Tahun 2024
        | Program         | Pagu 2023 (Rp) * | Realisasi 2023 (Rp) |
        | Program Sosial  | 300.000.000      | 290.000.000         |
        """,
    )


def test_a_year_above_several_columns_is_flagged_where_the_header_begins() -> None:
    must_find(
        CODE,
        """
        Realisasi Anggaran Tahun 2024
        | Program         | Tahun 2023 * | <              |
        | ^               | Pagu (Rp)    | Realisasi (Rp) |
        | Program Sosial  | 300.000.000  | 290.000.000    |
        """,
    )
