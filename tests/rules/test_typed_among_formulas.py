"""FO101: a figure typed among formulas."""

from __future__ import annotations

import pytest
from draw import must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity

CODE = "FO101"
SPENT = (465_900_000, 390_000_000, 280_000_000, 150_000_000, 90_000_000)


def rest(*sisa: str, total: str = "=C7-D7 -> 124100000") -> str:
    """Five programs of 500, 400, ... million with their sisa, and a total. ``=`` stands for the formula."""
    lines = ["| No | Program | Pagu (Rp) | Realisasi (Rp) | Sisa (Rp) |"]
    for number, (spent, own) in enumerate(zip(SPENT, sisa, strict=True), start=1):
        pagu = (6 - number) * 100_000_000
        cell = f"=C{number + 1}-D{number + 1} -> {pagu - spent}" if own == "=" else own
        lines.append(f"| {number} | Program {chr(64 + number)} | {pagu} | {spent} | {cell} |")
    lines.append(f"| | Jumlah | 1500000000 | 1375900000 | {total} |")
    return "\n".join(lines)


def test_formulas_throughout() -> None:
    must_stay_quiet(CODE, rest("=", "=", "=", "=", "="))


def test_no_formula_at_all() -> None:
    must_pass_over(CODE, rest("34100000", "10000000", "20000000", "50000000", "10000000", total="124100000"))


def test_two_formulas_tell_nothing() -> None:
    must_pass_over(CODE, rest("=", "=", "20000000", "50000000", "10000000", total="124100000"))


def test_a_column_that_is_typed_in_part() -> None:
    must_stay_quiet(CODE, rest("=", "=", "=", "50000000", "10000000", total="124100000"))


@pytest.mark.parametrize("own", ["-", "", "NA", "belum"])
def test_what_is_no_number(own: str) -> None:
    must_stay_quiet(CODE, rest("=", "=", own, "=", "="))


def test_formulas_of_several_sorts() -> None:
    must_stay_quiet(CODE, rest("=", "=$C3-$D3 -> 10000000", "20000000", "=", "=500-400 -> 10000000"))


def test_a_typed_total_below_formulas() -> None:
    (flag,) = must_find(CODE, rest("=", "=", "=", "=", "=", total="124100000 *"))
    assert flag.severity is None


def test_a_total_with_a_formula_of_its_own() -> None:
    must_stay_quiet(CODE, rest("=", "=", "=", "=", "=", total="=SUM(E2:E6) -> 124100000"))
    must_find(CODE, rest("=", "=", "20000000 *", "=", "=", total="=SUM(E2:E6) -> 124100000"))


def test_a_typed_figure_that_agrees() -> None:
    (flag,) = must_find(CODE, rest("=", "=", "20000000 *", "=", "="))
    assert flag.severity is None
    assert flag.message.id == (
        "20.000.000 di sel ini diketik, padahal baris lain di kolom ini memakai rumus, misalnya E3."
    )
    assert flag.advice is not None and flag.advice.id == "Salin rumus dari E3, lalu tempel di sel ini."
    assert flag.stated == "20000000" and flag.because == ()


def test_two_typed_figures_are_one_finding() -> None:
    lines = rest("=", "=", "20000000 *", "=", "10000000", total="=C9-D9 -> 144100000").splitlines()
    lines[6:6] = [f"| {n} | Program | 50000000 | 40000000 | =C{n + 1}-D{n + 1} -> 10000000 |" for n in (6, 7)]
    (flag,) = must_find(CODE, "\n".join(lines))
    assert flag.message.id.endswith("Begitu pula 1 sel lain di kolom ini.")
    assert [cell.a1 for _, cell in flag.because] == ["E6"]


@pytest.mark.parametrize(("typed", "off"), [("30000000", 10_000_000), ("20000001", 1), ("2000000", -18_000_000)])
def test_a_typed_amount_that_differs_is_an_error(typed: str, off: int) -> None:
    (flag,) = must_find(CODE, rest("=", "=", f"{typed} *", "=", "="))
    assert flag.severity is Severity.ERROR
    assert flag.computed == "20000000" and flag.difference == off


def test_the_message_of_one_that_differs() -> None:
    (flag,) = must_find(CODE, rest("=", "=", "30000000 *", "=", "="))
    assert flag.message.id == (
        "30.000.000 di sel ini diketik, padahal rumus baris lain di kolom ini, misalnya E3, menghasilkan 20.000.000; "
        "selisih 10.000.000."
    )


def percent(third: str, role: str = "%") -> str:
    heads = {"%": "Pagu (Rp) | Realisasi (Rp) | %", "capaian": "Target | Realisasi | Capaian (%)"}[role]
    first = {"%": "Program", "capaian": "Indikator"}[role]
    lines = [f"| No | {first} | {heads} |"]
    for row, (base, part) in enumerate(((80, 60), (50, 40), (40, 38), (90, 81), (10, 9)), start=2):
        cell = third if row == 4 else f"=D{row}/C{row}*100 -> {part * 100 / base:.0f}"
        scale = 1_000_000 if role == "%" else 1
        lines.append(f"| {row - 1} | {first} {chr(63 + row)} | {base * scale} | {part * scale} | {cell} |")
    return "\n".join(lines)


def test_percentages() -> None:
    must_stay_quiet(CODE, percent("=D4/C4*100 -> 95"))
    for typed in ("95 *", "94 *", "97 *"):
        (flag,) = must_find(CODE, percent(typed))
        assert flag.severity is None
        assert (flag.computed is None) == (typed == "95 *")


def test_a_mean_or_total_of_achievements_is_another_formula() -> None:
    drawn = percent("=D4/C4*100 -> 95", "capaian")
    must_stay_quiet(CODE, drawn + "\n| | Rata-rata capaian | | | 87 |")
    must_stay_quiet(CODE, drawn + "\n| | Jumlah | | | 87 |")
    must_find(CODE, percent("=D4/C4*100 -> 95") + "\n| | Jumlah | 270000000 | 228000000 | 84 * |")


def test_a_capaian_of_another_formula_is_judged_elsewhere() -> None:
    must_find(CODE, percent("95 *", "capaian"))
    must_stay_quiet(CODE, percent("105", "capaian"))


def tree(second: str) -> str:
    return f"""
        | Kode         | Uraian       | Pagu (Rp)                 | Realisasi (Rp) |
        | 1.06.01      | PROGRAM SATU | =SUM(C3:C4) -> 300000000  | 250000000      |
        | 1.06.01.2.01 | Kegiatan A   | 100000000                 | 90000000       |
        | 1.06.01.2.02 | Kegiatan B   | 200000000                 | 160000000      |
        | 1.06.02      | PROGRAM DUA  | {second}                  | 90000000       |
        | 1.06.02.2.01 | Kegiatan C   | 100000000                 | 90000000       |
        | 1.06.03      | PROGRAM TIGA | =SUM(C8:C9) -> 300000000  | 250000000      |
        | 1.06.03.2.01 | Kegiatan D   | 100000000                 | 90000000       |
        | 1.06.03.2.02 | Kegiatan E   | 200000000                 | 160000000      |
        |              | Jumlah       | =C2+C5+C7 -> 700000000    | 590000000      |
    """


def test_a_typed_parent_among_sums() -> None:
    must_stay_quiet(CODE, tree("=SUM(C6) -> 100000000"))
    (flag,) = must_find(CODE, tree("100000000 *"))
    assert flag.severity is None and flag.computed is None


def test_parents_of_which_another_is_no_sum() -> None:
    must_stay_quiet(CODE, tree("100000000").replace("=C2+C5+C7 ->", "=DPA!C9 ->"))


def test_a_mean_typed_below_formulas() -> None:
    must_stay_quiet(
        CODE,
        """
        | No | Indikator          | Satuan  | Target | Realisasi | Capaian            |
        | 1  | Indeks Kepuasan    | indeks  | 80     | 84        | =E2/D2*100 -> 105  |
        | 2  | Cakupan Layanan    | %       | 50     | 45        | =E3/D3*100 -> 90   |
        | 3  | Nilai Keterbukaan  | nilai   | 90     | 90        | =E4/D4*100 -> 100  |
        | 4  | Jumlah Kelompok    | unit    | 40     | 42        | =E5/D5*100 -> 105  |
        |    | Rata-rata Capaian  |         |        |           | 100                |
        """,
    )


def test_a_fraction_typed_among_formulas_of_percentages_is_told_in_their_scale() -> None:
    lines = ["| No | Program | Pagu (Rp) | Realisasi (Rp) | % |"]
    for number, spent in enumerate(SPENT, start=1):
        pagu = (6 - number) * 100_000_000
        typed = number == len(SPENT)
        cell = "0.9 *" if typed else f"=D{number + 1}/C{number + 1}*100 -> {spent * 100 / pagu}"
        lines.append(f"| {number} | Program {chr(64 + number)} | {pagu} | {spent} | {cell} |")
    [flag] = must_find(CODE, "\n".join(lines))
    assert flag.computed is None, "it is what the formula gives, but typed"
