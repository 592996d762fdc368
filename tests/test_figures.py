"""From cells to figures: the states, the unit, the scale, and what the column settles (RULES N1 to N10)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from draw import book, draw
from hypothesis import given, settings
from hypothesis import strategies as st

from xlaudit.reading.find import find_tables
from xlaudit.tables import Figure, State


def column(name: str, *cells: str, settled: bool = False) -> list[Figure]:
    """The figures of the column pagu, target or persen that holds these cells."""
    headers = {
        "pagu": "| Program | Pagu (Rp) | Realisasi (Rp) |",
        "target": "| Indikator Kinerja | Target | Realisasi |",
        "persen": "| Program | Realisasi Anggaran (%) | Pagu (Rp) |",
    }
    last = {"pagu": "1000000", "target": "12", "persen": "1000000"}[name]
    text = "\n".join([headers[name], *(f"| Nama {n} | {cell} | {last} |" for n, cell in enumerate(cells))])
    [table] = book(text).tables if settled else find_tables(draw(text).workbook)
    return table.figures(name)


def values(figures: list[Figure]) -> list[Decimal | None]:
    return [figure.value for figure in figures]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'1.234.567", "1234567"),
        ("'1.234.567,00", "1234567"),
        ("'1,234,567.00", "1234567"),
        ("Rp. 2.300.170.000,-", "2300170000"),
        ("Rp 2.300.170.000", "2300170000"),
        ("'19,639,237,601,00", "19639237601"),
        ("Rp. 7,164,456,150,-", "7164456150"),
        ("'(1.234.567,50)", "-1234567.5"),
        ("'-1.234.567", "-1234567"),
        ("'94.930.562,50", "94930562.5"),
        ("'1.234.567 *)", "1234567"),
        ("94930562.50", "94930562.5"),
    ],
)
def test_every_style_of_an_amount_is_read_exactly(text: str, value: str) -> None:
    [figure] = column("pagu", text)
    assert (figure.state, figure.value) == (State.NUMBER, Decimal(value))
    assert figure.as_text == (text != "94930562.50")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("85,44 %", "85.44", "0.01"), ("'92.09", "92.09", "0.01"), ("'92,1", "92.1", "0.1"), ("'100%", "100", "1")],
)
def test_a_percentage_has_the_unit_of_its_last_digit(text: str, value: str, unit: str) -> None:
    [figure] = column("persen", text)
    assert (figure.value, figure.unit) == (Decimal(value), Decimal(unit))
    assert figure.percent_sign == ("%" in text)


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        ("", State.BLANK),
        ("-", State.NIL),
        ("Rp. -", State.NIL),
        ("–", State.NIL),
        ("nihil", State.NIL),
        ("NA", State.NOT_APPLICABLE),
        ("N/A", State.NOT_APPLICABLE),
        ("#N/A", State.ERROR),
        ("belum ada hasil", State.NOT_APPLICABLE),
        ("data belum rilis", State.NOT_APPLICABLE),
        ("APBD", State.TEXT),
        ("8.7106.000", State.MALFORMED),
        ("8.662.479.43,00", State.MALFORMED),
        ("45.000.000 50.000.000", State.STACKED),
        ("#DIV/0!", State.ERROR),
        ("#REF!", State.ERROR),
        ("=B9*2 ->", State.UNCOMPUTED),
        ("45658 as dd/mm/yyyy", State.DATE),
        ("0", State.NUMBER),
    ],
)
def test_blank_nil_not_applicable_and_the_rest_are_kept_apart(cell: str, state: State) -> None:
    figures = column("pagu", "12000000", cell, "13000000")
    assert figures[1].state is state
    assert (figures[1].value is not None) == (state is State.NUMBER)


@pytest.mark.parametrize("text", [">B", "B (60-70)", "Zona Hijau", "WTP", "3 dokumen, 200 buah", "Tepat waktu", "AA"])
def test_a_qualitative_target_is_no_number(text: str) -> None:
    [figure, _] = column("target", text, "80")
    assert figure.state in (State.TEXT, State.STACKED) and figure.value is None
    assert figure.text == text


@pytest.mark.parametrize(
    ("text", "value", "suffix"),
    [("54 Dokumen", "54", "Dokumen"), ("84,00 (A)", "84", "(A)"), ("12 bulan", "12", "bulan")],
)
def test_a_target_with_its_satuan_is_a_number(text: str, value: str, suffix: str) -> None:
    [figure] = column("target", text)
    assert (figure.state, figure.value, figure.suffix) == (State.NUMBER, Decimal(value), suffix)


def test_a_malformed_figure_offers_its_likely_reading_first() -> None:
    [_, figure] = column("pagu", "87.106.000", "8.7106.000")
    assert figure.value is None and figure.readings[0] == Decimal(87_106_000)


@pytest.mark.parametrize(
    ("others", "value"), [(["'12.345.678", "1", "2"], 1234), (["'12,345.67"], Decimal("1.234")), (["'1.234,5"], 1234)]
)
def test_a_single_separator_is_settled_by_the_column(others: list[str], value: Decimal) -> None:
    figure, *_ = column("target", "'1.234", *others)
    assert (figure.state, figure.value) == (State.NUMBER, value)


def test_a_single_separator_in_a_column_of_its_own_stays_open() -> None:
    [figure] = column("target", "'1.234")
    assert figure.state is State.AMBIGUOUS
    assert sorted(figure.readings) == [Decimal("1.234"), Decimal(1234)]


def test_rupiah_with_one_separator_are_thousands_and_percentages_are_not() -> None:
    assert values(column("pagu", "'500.000")) == [500_000]
    assert values(column("persen", "'98.123")) == [Decimal("98.123")]


@pytest.mark.parametrize(("capaian", "target"), [("80", 1500), ("80000", Decimal("1.5")), ("77", None)])
def test_a_single_separator_is_settled_by_the_arithmetic_of_its_row(capaian: str, target: Decimal | None) -> None:
    [table] = book(f"""
        | No | Indikator Kinerja | Target | Realisasi | Capaian |
        | 1 | Indikator satu | '1.500 | 1200 | {capaian} |
    """).tables
    assert values(table.figures("target")) == [target]


SCALES = {
    "points": ["98.5", "87.25", "100"],
    "fractions": ["0.985", "0.8725", "1"],
    "text with a sign": ["'98,5%", "'87,25%", "'100%"],
    "format with %": ["0.985 as 0.0%", "0.8725 as 0.00%", "1 as 0%"],
}


@pytest.mark.parametrize("cells", SCALES.values(), ids=SCALES)
def test_a_percentage_is_one_value_in_every_scale(cells: list[str]) -> None:
    assert values(column("persen", *cells)) == [Decimal("98.5"), Decimal("87.25"), Decimal(100)]


def test_small_percentages_in_points_are_not_taken_for_fractions() -> None:
    assert values(column("persen", "0.5", "98.5", "87.25", "45")) == [
        Decimal("0.5"), Decimal("98.5"), Decimal("87.25"), Decimal(45),
    ]  # fmt: skip


def test_whole_numbers_below_minus_one_are_no_fractions() -> None:
    """Progress as a difference of percentages: one more, one more, five less."""
    assert values(column("persen", "1", "1", "-5")) == [1, 1, -5]
    assert values(column("persen", "0.85", "1", "-5")) == [85, 100, -500]
    assert values(column("persen", "1", "1", "-1")) == [100, 100, -100]


def test_a_stray_fraction_among_points_is_settled_by_its_row() -> None:
    [table] = book("""
        | Program | Pagu (Rp) | Realisasi (Rp) | % |
        | Satu | 100000000 | 90000000 | 90 |
        | Dua | 100000000 | 80000000 | 80 |
        | Tiga | 100000000 | 75000000 | 0.75 |
    """).tables
    assert values(table.figures("persen")) == [90, 80, 75]


def test_the_unit_of_the_header_scales_amounts_and_their_last_digit() -> None:
    [table] = find_tables(
        draw("| Program | Pagu (Rp juta) | Realisasi (Rp juta) |\n| Satu | '1.234,57 | 1200 as 0 |").workbook
    )
    pagu, realisasi = table.rows[0].figures["pagu"], table.rows[0].figures["realisasi"]
    assert (pagu.value, pagu.unit) == (1_234_570_000, 10_000)
    assert (realisasi.value, realisasi.unit) == (1_200_000_000, 1_000_000)


def test_more_digits_stored_than_shown() -> None:
    figures = column("persen", "98.3333333333333 as 0.00", "98.33 as 0.00")
    assert [figure.unit for figure in figures] == [Decimal("0.01")] * 2
    assert [figure.finer for figure in figures] == [True, False]


def test_formulas_keep_their_text_and_their_stored_value() -> None:
    [figure] = column("pagu", "=SUM(B3:B4) -> 12000000")
    assert (figure.formula, figure.value) == ("SUM(B3:B4)", 12_000_000)


@settings(max_examples=150)
@given(
    st.lists(st.integers(1_000_000, 10**13), min_size=1, max_size=6),
    st.sampled_from(["{:,}", "{:,}.00", "Rp {:,}", "Rp. {:,},-"]),
    st.booleans(),
)
def test_a_column_printed_in_one_style_is_read_back_exactly(amounts: list[int], style: str, indonesian: bool) -> None:
    swap = str.maketrans(",.", ".,")
    cells = []
    for amount in amounts:
        text = style.format(amount)
        tail = text.endswith(",-")
        body = text.removesuffix(",-").removeprefix("Rp. ").removeprefix("Rp ")
        head = text[: text.index(body)]
        cells.append("'" + head + (body.translate(swap) if indonesian else body) + (",-" if tail else ""))
    assert values(column("pagu", *cells)) == [Decimal(amount) for amount in amounts]


@settings(max_examples=100)
@given(st.lists(st.decimals("0.01", "150", places=2), min_size=3, max_size=6), st.booleans())
def test_percentages_are_the_same_typed_printed_and_as_formatted_fractions(shares: list[Decimal], comma: bool) -> None:
    points = [max(share, Decimal(10)) for share in shares]
    printed = [f"'{share}".replace(".", "," if comma else ".") for share in points]
    assert values(column("persen", *map(str, points))) == points
    assert values(column("persen", *printed)) == points
    assert values(column("persen", *(f"{share / 100:.4f} as 0.00%" for share in points))) == points
