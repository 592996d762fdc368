"""XT111: a table for one period does not hold the results of another."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

CODE = "XT111"
ROWS = ("253.250.000", "130.354.000", "82.500.000", "91.350.000", "11.250.000")


def table(rows: tuple[str, ...], headings: str = "Pagu (Rp) | Realisasi (Rp)") -> str:
    names = ("Rehabilitasi Sosial", "Penanganan Bencana", "Pemberdayaan Sosial", "Perlindungan Sosial", "Taman Makam")
    pairs = enumerate(zip(names, rows, strict=True), 1)
    lines = [f"| {n} | Program {name} | 2.150.000.000 | {row} |" for n, (name, row) in pairs]
    return "\n".join((f"| No | Program | {headings} |", *lines))


def periods(
    rows: tuple[str, ...],
    one: str = "TRIWULAN I",
    two: str = "TRIWULAN II",
    title: str = "Laporan",
    before: tuple[str, ...] = ROWS,
    office: str = "DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024",
    later: str = "DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024",
) -> str:
    return f"""
# Buku: satu.xlsx
{office}
{one}

{title}
{table(before)}
# Buku: dua.xlsx
{later}
{two}

{title}
{table(rows)}
"""


FIRST = "253.250.000 *"
AGAIN = (FIRST, *ROWS[1:])


def test_new_results() -> None:
    must_stay_quiet(CODE, periods(("853.250.000", *ROWS[1:])))


def test_one_result_more() -> None:
    must_stay_quiet(CODE, periods((*ROWS[:4], "11.250.001")))


def test_the_same_results_again() -> None:
    (flag,) = must_find(CODE, periods(AGAIN))
    assert flag.message.id == (
        "Seluruh 5 angka hasil tabel ini sama dengan tabel di satu.xlsx (Lembar), padahal buku kerja itu untuk periode "
        "sebelumnya."
    )
    assert [(one.path, one.sheet, one.cell) for one in flag.elsewhere] == [("satu.xlsx", "Lembar", "D6")]


@pytest.mark.parametrize(("one", "two"), [("TRIWULAN II", "TRIWULAN III"), ("TRIWULAN III", ""), ("SEMESTER I", "")])
def test_other_periods(one: str, two: str) -> None:
    must_find(CODE, periods(AGAIN, one, two))


@pytest.mark.parametrize(("one", "two"), [("TRIWULAN II", "TRIWULAN I"), ("", "TRIWULAN I"), ("", ""),
                                          ("TRIWULAN I", "TRIWULAN I"), ("TRIWULAN II", "SEMESTER I")])  # fmt: skip
def test_the_earlier_one_and_another_copy_of_the_same_period(one: str, two: str) -> None:
    must_pass_over(CODE, periods(ROWS, one, two))


def test_last_years_results() -> None:
    before = "DINAS SOSIAL KABUPATEN CONTOH TAHUN 2023"
    must_find(CODE, periods(AGAIN, "", "", office=before))


def test_another_offices_results() -> None:
    must_pass_over(CODE, periods(ROWS, office="DINAS PENDIDIKAN KABUPATEN CONTOH TAHUN 2024"))


def test_a_sheet_that_names_the_earlier_quarter_repeats_it_on_purpose() -> None:
    drawing = periods(("900.000.001", *ROWS[1:])) + f"# Lembar: TW I\nRealisasi Triwulan I\n{table(ROWS)}\n"
    must_stay_quiet(CODE, drawing)
    again = drawing.replace("Realisasi Triwulan I\n", "Realisasi\n").replace("# Lembar: TW I", "# Lembar: Realisasi")
    must_find(CODE, _starred(again))


def _starred(drawing: str) -> str:
    head, _, tail = drawing.rpartition("253.250.000")
    return f"{head}{FIRST}{tail}"


def test_a_table_of_another_year_repeats_it_on_purpose() -> None:
    before = "DINAS SOSIAL KABUPATEN CONTOH TAHUN 2023"
    drawing = periods(("900.000.001", *ROWS[1:]), "", "TAHUN ANGGARAN 2024", office=before)
    drawing += f"# Lembar: Tahun lalu\nRealisasi Anggaran Tahun 2023\n{table(ROWS)}\n"
    must_stay_quiet(CODE, drawing)


@pytest.mark.parametrize(
    "rows",
    [("0", "0", "0", "0", "0"), ("100.000.000", "200.000.000", "300.000.000", "400.000.000", "500.000.000"),
     ("-", "-", "-", "-", "82.500.000"), (*ROWS[:4], "91.350.000")],
)  # fmt: skip
def test_too_little_to_tell_by(rows: tuple[str, ...]) -> None:
    """Nothing spent yet, round amounts, four different results only: two quarters may be alike."""
    must_stay_quiet(CODE, periods(rows, before=rows))


def test_tables_without_results_are_no_results() -> None:
    plan = table(ROWS).replace("| Pagu (Rp) | Realisasi (Rp) |", "| Pagu Sebelum Perubahan (Rp) | Pagu (Rp) |")
    head = "DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024"
    must_pass_over(
        CODE, f"\n# Buku: satu.xlsx\n{head}\nTRIWULAN I\n\n{plan}\n# Buku: dua.xlsx\n{head}\nTRIWULAN II\n\n{plan}\n"
    )
