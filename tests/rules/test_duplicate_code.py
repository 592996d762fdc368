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


EVALUATION = """# Templat: {template}
# Lembar: Evaluasi Triwulan
{title}
DINAS SOSIAL TAHUN 2025

| Kode | Program/Kegiatan/Sub Kegiatan | Indikator Kinerja | {columns} |
| ^ | ^ | ^ | K | Rp | K | Rp |
| (1) | (2) | (3) | (8) | (9) | (12) | (13) |
| 1.06.02.2.03.0001 | Peningkatan Pekerja | Jumlah pekerja | 20 | 250000000 | 5 | 40000000 |
| {code} | Peningkatan Karang Taruna | Jumlah lembaga | 20 | 350000000 | 4 | 40000000 |
"""
E81 = "EVALUASI TERHADAP HASIL RENJA (FORMULIR E.81)"
COLUMNS = "Target Tahun 2025 | < | Realisasi Triwulan I | <"


def evaluation(code: str, template: str = "evaluasi-triwulan", title: str = E81, columns: str = COLUMNS) -> str:
    return EVALUATION.format(code=code, template=template, title=title, columns=columns)


def test_form_e81_of_the_template_uses_each_code_once() -> None:
    must_stay_quiet(CODE, evaluation("1.06.02.2.03.0002"))
    must_find(CODE, evaluation("1.06.02.2.03.0001 *"))


def test_an_office_of_its_own_form_may_repeat_the_code_for_each_indicator() -> None:
    must_pass_over(CODE, evaluation("1.06.02.2.03.0001").replace("# Templat: evaluasi-triwulan\n", ""))
