"""KI103: a target of zero is judged by the direction of its indicator."""

from __future__ import annotations

import pytest
from draw import must_find, must_not_judge, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "KI103"


def one(figures: str, name: str = "Jumlah kecelakaan kerja") -> str:
    return f"| Indikator | Target | Realisasi | Capaian (%) |\n| {name} | {figures} |\n| Layanan | 40 | 38 | 95 |"


def way(figures: str) -> str:
    header = "| Indikator | Arah | Target | Realisasi | Capaian (%) |"
    return f"{header}\n| Kejadian di jalan | makin rendah | {figures} |\n| Layanan | makin tinggi | 40 | 38 | 95 |"


def test_nothing_planned_and_nothing_happened() -> None:
    must_stay_quiet(CODE, one("0 | 0 | 100"))
    must_stay_quiet(CODE, way("0 | 0 | 100,00"))


@pytest.mark.parametrize("capaian", ["0", "-200,00", "99,99"])
def test_something_happened_after_all(capaian: str) -> None:
    must_stay_quiet(CODE, one(f"0 | 3 | {capaian}"))


@pytest.mark.parametrize("figures", ["0 | 0 | -", "0 | 0 | ", "0 | - | 100", "4 | 5 | 75"])
def test_nothing_to_judge(figures: str) -> None:
    must_pass_over(CODE, one(figures))


def test_where_higher_is_better_it_cannot_be_computed_with() -> None:
    must_pass_over(CODE, one("0 | 0 | 0", "Jumlah Tagana yang dibina"))
    must_pass_over(CODE, one("0 | 5 | 100", "Jumlah Tagana yang dibina"))
    assert must_not_judge("KI101", one("0 | 5 | 100 *", "Jumlah Tagana yang dibina"))


def test_fully_reached_but_not_a_hundred() -> None:
    (flag,) = must_find(CODE, one("0 | 0 | 0 *"))
    assert flag.severity is Severity.WARNING and flag.computed == "100"
    assert flag.message.id.startswith("Capaian tertulis 0 %, padahal target nol dan realisasi nol")
    (flag,) = must_find(CODE, way("0 | 0 | 120 *"))
    assert flag.severity is None


@pytest.mark.parametrize("capaian", ["100 *", "120 *"])
def test_missed_but_a_hundred(capaian: str) -> None:
    (flag,) = must_find(CODE, one(f"0 | 3 | {capaian}"))
    assert flag.message.id.endswith("padahal targetnya nol dan realisasinya 3: targetnya tidak tercapai.")
    assert flag.computed is None
    (flag,) = must_find(CODE, way(f"0 | 3 | {capaian}"))
    assert flag.severity is None


def test_what_is_judged_here_is_not_left_open_elsewhere() -> None:
    assert not must_not_judge("KI101", one("0 | 0 | 0"))
    assert not must_not_judge("KI101", way("0 | 3 | 100"))
