"""NU106: a unit in the heading that does not fit the figures."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "NU106"
WHOLE = ("2150000000", "847300000", "500000000")


def table(unit: str, values: tuple[str, ...], mark: str = "", names: tuple[str, ...] = ("A", "B", "C", "D")) -> str:
    lines = [f"| No | Program | Pagu {unit} {mark} |"]
    rows = enumerate(zip(names, values, strict=False), start=1)
    lines += [f"| {n} | Program {name} | {value} |" for n, (name, value) in rows]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("unit", "values"),
    [
        ("(Rp)", WHOLE),
        ("(Rp juta)", ("2150", "847.3", "500.5")),
        ("(Rp ribu)", ("2150000", "847300", "500000")),
        ("(Rp miliar)", ("2.15", "0.85", "0.5")),
        ("(Rp juta)", ("100000000", "100000000", "100000000")),  # a hundred trillion: a budget of the state
        ("(Rp juta)", ("900", "2150000000", "847")),
        ("(Rp)", ("10000", "9000", "8000")),
        ("", ("215", "84", "50")),  # a heading that names no unit may leave it to the title
        ("(Rp)", ("0", "-", "5", "6")),
    ],
)
def test_units_that_fit(unit: str, values: tuple[str, ...]) -> None:
    filled = [value for value in values if value not in ("0", "-")]
    (must_stay_quiet if len(filled) >= 3 else must_pass_over)(CODE, table(unit, values))


def test_too_few_figures() -> None:
    must_pass_over(CODE, table("(Rp juta)", WHOLE[:2]))


@pytest.mark.parametrize(("unit", "values"), [("(Rp juta)", WHOLE), ("(dalam jutaan rupiah)", WHOLE)])
def test_whole_rupiah_under_millions(unit: str, values: tuple[str, ...]) -> None:
    (flag,) = must_find(CODE, table(unit, values, "*"))
    assert flag.severity is None
    assert flag.message.id == (
        "Judul kolom menyebut juta rupiah, tetapi dengan satuan itu separuh angkanya melebihi Rp 100.000.000.000.000."
    )


def test_millions_under_a_heading_of_rupiah() -> None:
    (flag,) = must_find(CODE, table("(Rp)", ("2150", "847.3", "500.5"), "*"))
    assert "angka terbesarnya hanya Rp 2.150" in flag.message.id
    must_find(CODE, table("(Rp)", ("9999", "847", "500"), "*"))


def two(unit: str, values: tuple[str, ...], mark: str = "", others: tuple[str, ...] = WHOLE) -> str:
    return f"{table(unit, values, mark)}\n# Lembar: Anggaran\n{table('(Rp)', others)}"


def test_another_table_that_agrees() -> None:
    must_stay_quiet(CODE, two("(Rp ribu)", ("2150000", "847300", "500000")))
    must_stay_quiet(CODE, two("(Rp)", WHOLE))


def test_another_table_that_shows_whole_rupiah() -> None:
    (flag,) = must_find(CODE, two("(Rp ribu)", WHOLE, "*"))
    assert flag.message.id == (
        "Judul kolom menyebut ribu rupiah, tetapi 3 baris yang sama di lembar Anggaran menunjukkan bahwa angkanya "
        "dalam rupiah penuh."
    )


def test_too_few_rows_or_not_most_of_them() -> None:
    must_stay_quiet(CODE, two("(Rp ribu)", ("2150000000", "847300000", "123")))
    values = ("2150000000", "847300000", "500000000", "1", "2", "3")
    names = tuple("ABCDEF")
    drawn = table("(Rp ribu)", values, names=names) + "\n# Lembar: Anggaran\n"
    must_stay_quiet(CODE, drawn + table("(Rp)", (*WHOLE, "100000", "200000", "310000"), names=names))


def test_rows_of_other_names_and_other_columns() -> None:
    drawn = table("(Rp ribu)", WHOLE) + "\n# Lembar: Anggaran\n"
    must_stay_quiet(CODE, drawn + table("(Rp)", WHOLE, names=("X", "Y", "Z")))
    must_stay_quiet(CODE, drawn + table("(Rp)", WHOLE).replace("Pagu", "Realisasi"))


def test_names_that_stand_twice_say_nothing() -> None:
    names = ("A", "A", "B", "C")
    drawn = table("(Rp ribu)", (WHOLE[0], *WHOLE), names=names)
    must_stay_quiet(CODE, f"{drawn}\n# Lembar: Anggaran\n{table('(Rp)', (WHOLE[0], *WHOLE), names=names)}")
