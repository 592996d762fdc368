"""RA109: belanja by kind, and surplus."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "RA109"


def lra(*rows: tuple[str, str, str], head: str = "Uraian") -> str:
    lines = ["Realisasi APBD Tahun 2024", f"| {head} | Anggaran (Rp) | Realisasi (Rp) |"]
    return "\n".join([*lines, *(f"| {name} | {one} | {two} |" for name, one, two in rows)])


INCOME = ("Pendapatan", "900000000", "880000000")
SPENT = ("Belanja", "1000000000", "900000000")


def surplus(one: str = "-100000000", two: str = "-20000000", name: str = "Surplus/(Defisit)") -> tuple[str, str, str]:
    return name, one, two


@pytest.mark.parametrize("name", ["Surplus/(Defisit)", "SURPLUS / DEFISIT", "Surplus"])
def test_a_surplus_that_agrees(name: str) -> None:
    must_stay_quiet(CODE, lra(INCOME, SPENT, surplus(name=name)))


def test_belanja_printed_below_zero() -> None:
    must_stay_quiet(CODE, lra(INCOME, ("Belanja", "-1000000000", "(900.000.000)"), surplus()))


@pytest.mark.parametrize("names", [("Pendapatan Daerah", "Belanja Daerah"), ("Jumlah Pendapatan", "Jumlah Belanja")])
def test_other_names(names: tuple[str, str]) -> None:
    rows = ((names[0], *INCOME[1:]), (names[1], *SPENT[1:]))
    must_stay_quiet(CODE, lra(*rows, surplus()))
    must_find(CODE, lra(*rows, surplus(two="-30000000 *")))


def test_a_surplus_that_does_not_agree() -> None:
    (flag,) = must_find(CODE, lra(INCOME, SPENT, surplus(two="-30000000 *")))
    assert flag.severity is None and flag.relation is None
    assert flag.message.id == (
        "Tertulis -30.000.000, padahal pendapatan dikurangi belanja = -20.000.000; selisih 10.000.000."
    )
    assert [cell.a1 for _, cell in flag.because] == ["C3", "C4"]


@pytest.mark.parametrize(
    "rows",
    [
        (INCOME, SPENT),
        (INCOME, surplus(two="1")),
        (SPENT, surplus(two="1")),
        (INCOME, SPENT, ("Transfer ke Desa", "1", "1"), surplus(two="1")),
        (INCOME, SPENT, surplus(two="1"), surplus(two="2")),
        (INCOME, SPENT, ("Belanja", "5", "5"), surplus(two="1")),
        (INCOME, SPENT, ("Pendapatan", "5", "5"), surplus(two="1")),
        (INCOME, SPENT, ("Pembiayaan Neto", "100000000", "20000000")),
    ],
)
def test_posts_that_are_missing_or_not_plain(rows: tuple[tuple[str, str, str], ...]) -> None:
    must_pass_over(CODE, lra(*rows))


def test_a_heading_and_a_sum_of_the_same_post() -> None:
    must_stay_quiet(CODE, lra(INCOME, ("Belanja", "", ""), ("Jumlah Belanja", *SPENT[1:]), surplus()))
    must_stay_quiet(CODE, lra(INCOME, SPENT, ("Jumlah Belanja", *SPENT[1:]), surplus()))


def test_a_blank_surplus() -> None:
    must_pass_over(CODE, lra(INCOME, SPENT, surplus("", "")))


KINDS = (
    ("Belanja Modal", "200000000", "180000000"),
    ("Belanja Tidak Terduga", "60000000", "40000000"),
    ("Belanja Transfer", "40000000", "30000000"),
)


def kinds(operasi: str = "650000000", name: str = "Belanja Operasi") -> tuple[tuple[str, str, str], ...]:
    """Kinds of which the sum of realisasi is 900 million, so far away from belanja that no levels can be told."""
    return (*KINDS, (name, "700000000", operasi))


def flat(whole: tuple[str, str, str], *rows: tuple[str, str, str]) -> str:
    """Belanja after its kinds, numbered on one level."""
    every = [*rows, whole, ("Hibah Lain", "10000000", "5000000")]
    return lra(*((f"{n} | {name}", one, two) for n, (name, one, two) in enumerate(every, start=1)), head="No | Uraian")


def test_kinds_that_add_up() -> None:
    must_stay_quiet(CODE, flat(SPENT, *kinds()))
    must_stay_quiet(CODE, flat(SPENT, *kinds(name="Belanja Operasional")))


def test_kinds_that_do_not_add_up() -> None:
    (flag,) = must_find(CODE, flat(("Belanja", "1000000000", "920000000 *"), *kinds()))
    assert flag.message.id == (
        "Belanja tertulis 920.000.000, padahal 4 jenisnya berjumlah 900.000.000; selisih 20.000.000."
    )


def test_kinds_known_by_their_codes() -> None:
    lines = [
        "Realisasi APBD Tahun 2024",
        "| Kode | Uraian | Anggaran (Rp) | Realisasi (Rp) |",
        "| 5.1 | Belanja Pegawai dan Barang | 700000000 | 650000000 |",
        "| 5.2 | Belanja Aset | 300000000 | 250000000 |",
        "| 5.9 | Belanja | 1000000000 | {} |",
    ]
    must_stay_quiet(CODE, "\n".join(lines).format("900000000"))
    must_find(CODE, "\n".join(lines).format("920000000 *"))


def test_one_kind_only_or_one_twice() -> None:
    must_pass_over(CODE, flat(("Belanja", "1000000000", "920000000"), KINDS[0]))
    must_pass_over(CODE, flat(("Belanja", "1000000000", "920000000"), *kinds(), KINDS[0]))


def test_a_kind_left_blank() -> None:
    must_stay_quiet(CODE, flat(("Belanja", "1000000000", "250000000"), *kinds("")))


def test_a_blank_belanja() -> None:
    must_pass_over(CODE, flat(("Belanja", "", ""), *kinds()))


def test_what_levels_and_totals_say_is_judged_elsewhere() -> None:
    must_pass_over(
        CODE,
        """
        | Kode | Uraian          | Anggaran (Rp) | Realisasi (Rp) |
        | 5    | BELANJA         | 900000000     | 910000000      |
        | 5.1  | Belanja Operasi | 700000000     | 650000000      |
        | 5.2  | Belanja Modal   | 200000000     | 180000000      |
        """,
    )
    must_pass_over(CODE, lra(*kinds(), ("Jumlah Belanja", "1000000000", "910000000")))
