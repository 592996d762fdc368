"""ST116: the year in the file's name."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "ST116"


def table(file: str, title: str = "Realisasi Anggaran Tahun 2024", mark: str = "", pagu: str = "Pagu (Rp)") -> str:
    return f"""# Berkas: {file}
        {title}
        | No {mark} | Program           | {pagu}    |
        | 1         | Program Penunjang | 500000000 |
        | 2         | Program Sosial    | 400000000 |
    """


@pytest.mark.parametrize("file", ["LKjIP 2024.xlsx", "lkjip_2024_final.xlsx", "/data/2022/LKjIP 2024.xlsx"])
def test_the_same_year(file: str) -> None:
    must_stay_quiet(CODE, table(file))


def test_the_year_of_a_column() -> None:
    must_stay_quiet(CODE, table("lkjip 2023.xlsx", pagu="Pagu 2023 (Rp)"))
    must_stay_quiet(CODE, table("lkjip 2023.xlsx", "Perbandingan Anggaran Tahun 2023 dan 2024"))


@pytest.mark.parametrize("file", ["lkjip.xlsx", "lkjip 2022 2023.xlsx", "lkjip-20241231.xlsx"])
def test_names_without_one_year(file: str) -> None:
    must_pass_over(CODE, table(file))


def test_tables_without_a_year() -> None:
    must_pass_over(CODE, table("lkjip 2022.xlsx", "Realisasi Anggaran"))


@pytest.mark.parametrize(
    ("year", "severity"), [("2022", None), ("2023", None), ("2025", Severity.NOTE), ("2026", None)]
)
def test_another_year(year: str, severity: Severity | None) -> None:
    (flag,) = must_find(CODE, table(f"C:\\data\\LKjIP {year}.xlsx", mark="*"))
    assert flag.severity is severity
    assert flag.message.id == f"Nama berkas menyebut tahun {year}, tetapi tabel-tabelnya menyebut tahun 2024."
    assert flag.label.id == f"LKjIP {year}.xlsx"


def test_all_years_are_named() -> None:
    (flag,) = must_find(CODE, table("LKjIP 2020.xlsx", mark="*", pagu="Pagu 2023 (Rp)"))
    assert "tahun 2023, 2024." in flag.message.id
