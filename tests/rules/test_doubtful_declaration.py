"""RK102: a declaration that hardly any row follows is told once."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet, run

CODE = "RK102"


def table(declared: str, shares: tuple[str, ...] = ("75,00", "95,00", "80,00")) -> str:
    return f"""
        | No | Program   | Pagu (Rp)   | Realisasi (Rp) | %           |
        | 1  | 2         | 3           | 4              | {declared}  |
        | 1  | Program A | 400.000.000 | 300.000.000    | {shares[0]} |
        | 2  | Program B | 200.000.000 | 190.000.000    | {shares[1]} |
        | 3  | Program C | 300.000.000 | 240.000.000    | {shares[2]} |
    """


def test_a_declaration_that_was_turned_round() -> None:
    must_find(CODE, table("5=3/4*100 *"))
    assert not run("RK101", table("5=3/4*100")).flags
    assert not run("RA103", table("5=3/4*100")).flags


def test_the_usual_relation_is_still_checked() -> None:
    must_find(CODE, table("5=3/4*100 *", ("57,00", "95,00", "80,00")))
    must_find("RA103", table("5=3/4*100", ("57,00 *", "95,00", "80,00")))


def test_a_declaration_that_fits_is_left_in_peace() -> None:
    must_stay_quiet(CODE, table("5=4/3*100"))
    must_stay_quiet(CODE, table("5=4/3*100", ("57,00", "95,00", "80,00")))


def test_one_without_a_usual_relation() -> None:
    drawn = """
        | No | Uraian | Pemohon | Terlayani | Rasio       |
        | 1  | 2      | 3       | 4         | {}          |
        | 1  | Anak   | 50      | 40        | 80,00       |
        | 2  | Lansia | 75      | 69        | 92,00       |
        | 3  | Lain   | 64      | 48        | 75,00       |
    """
    (flag,) = must_find(CODE, drawn.format("5=3/4x100 *"))
    assert flag.message.id == "Rumus “5=3/4x100” hanya cocok dengan 0 dari 3 baris kolom Rasio."
    must_stay_quiet(CODE, drawn.format("5=4/3x100"))
    assert not run("RK101", drawn.format("5=3/4x100")).flags


def test_tables_that_declare_nothing() -> None:
    must_pass_over(CODE, table("5"))


def test_an_outdated_declaration_is_not_held_against_the_rows_that_changed() -> None:
    """Pagu before the revision is named, and most rows were not revised; pagu after it fits all of them."""
    drawn = """
        | No | Program   | Pagu Sebelum (Rp) | Pagu Setelah (Rp) | Realisasi (Rp) | %           |
        | 1  | 2         | 3                 | 4                 | 5              | 6=5/3*100 * |
        | 1  | Program A | 400.000.000       | 400.000.000       | 300.000.000    | 75,00       |
        | 2  | Program B | 200.000.000       | 200.000.000       | 190.000.000    | 95,00       |
        | 3  | Program C | 500.000.000       | 300.000.000       | 240.000.000    | 80,00       |
        | 4  | Program D | 300.000.000       | 600.000.000       | 300.000.000    | 50,00       |
        | 5  | Program E | 100.000.000       | 100.000.000       | 90.000.000     | 90,00       |
    """
    must_find(CODE, drawn)
    for code in ("RK101", "RA103"):
        assert not run(code, drawn).flags
