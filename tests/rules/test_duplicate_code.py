"""RA106: a code is used once."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA106"
TABLE = """
    Realisasi Anggaran Tahun 2024
    | Kode              | Uraian                    | Pagu (Rp)   | Realisasi (Rp) |
    | 1.06.02           | Program Pemberdayaan      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03      | Pengembangan Potensi      | 600.000.000 | 570.000.000    |
    | 1.06.02.2.03.0001 | Peningkatan Pekerja       | 250.000.000 | 240.000.000    |
    | {code} | {name} | {pagu} | 330.000.000    |
"""


def table(code: str, name: str = "Peningkatan Karang Taruna", pagu: str = "350.000.000") -> str:
    return TABLE.format(code=code, name=name, pagu=pagu)


def test_every_code_once() -> None:
    must_stay_quiet(CODE, table("1.06.02.2.03.0002"))


@pytest.mark.parametrize("name", ["Peningkatan Karang Taruna", "Peningkatan Pekerja"])
def test_a_code_on_two_rows(name: str) -> None:
    [flag] = must_find(CODE, table("1.06.02.2.03.0001 *", name))
    assert ("baris ini sama" in flag.message.id.lower()) == (name == "Peningkatan Pekerja")


def test_a_further_line_without_budget_may_repeat_the_code() -> None:
    must_stay_quiet(CODE, table("1.06.02.2.03.0001", "Jumlah pekerja sosial", ""))


def test_accounts_below_an_activity_may_carry_its_code() -> None:
    must_pass_over(
        CODE,
        """
        | Kode              | Uraian              | Pagu (Rp)   | Realisasi (Rp) |
        | 1.06.02.2.03.0001 | Peningkatan Pekerja | 250.000.000 | 240.000.000    |
        | 1.06.02.2.03.0001 | Belanja Barang      | 100.000.000 | 95.000.000     |
        | 1.06.02.2.03.0001 | Belanja Jasa        | 150.000.000 | 145.000.000    |
        | 1.06.02.2.03.0002 | Peningkatan Lembaga | 90.000.000  | 80.000.000     |
        | 1.06.02.2.03.0002 | Belanja Barang      | 90.000.000  | 80.000.000     |
        """,
    )


def test_numbers_of_a_list_begin_anew() -> None:
    must_pass_over(
        CODE,
        """
        | Kode | Uraian            | Pagu (Rp)   | Realisasi (Rp) |
        | A    | Program Pelayanan | 250.000.000 | 240.000.000    |
        | 1.1  | Kegiatan satu     | 250.000.000 | 240.000.000    |
        | B    | Program Penunjang | 90.000.000  | 80.000.000     |
        | 1.1  | Kegiatan dua      | 90.000.000  | 80.000.000     |
        """,
    )
