"""Declared arithmetic: what is read as such, that it prints and computes as it should, and that no text breaks it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.arithmetic import (
    Constant,
    Declaration,
    Expression,
    Name,
    Negative,
    Operation,
    Quotient,
    embedded,
    may_be_numbers,
    names_of,
    parse,
    printed,
    quotient,
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("6=4/5*100", "6=4/5*100"),
        ("(6) = (3-5)", "6=3-5"),
        ("12=8+9+10+11", "12=8+9+10+11"),
        ("(12)=(8+9+10+11)", "12=8+9+10+11"),
        ("13 = 12/7x100", "13=12/7*100"),
        ("(13 = (12/7x100))", "13=12/7*100"),
        ("(15 = (14/5x100)", "15=14/5*100"),
        ("5 = (4/3) x 100%", "5=4/3*100%"),
        ("(9)=(8)/(6)×100%", "9=8/6*100%"),
        ("8 = 7:5 x 100", "8=7/5*100"),
        ("10=(4+7)/2", "10=(4+7)/2"),
        ("7=5−6", "7=5-6"),
        ("7 = 5 – 6", "7=5-6"),
        ("f = e/d x 100", "f=e/d*100"),
        ("F=(E:D)X100", "f=e/d*100"),
        ("(c-d)", "c-d"),
        ("f=d:cx100", "f=d/c*100"),
        ("f=cxd", "f=c*d"),
        ("9 = kol. 8 / kolom 5 x 100 %", "9=8/5*100%"),
        ("5=(2*4-3)/4*100", "5=(2*4-3)/4*100"),
        ("e=(1-(d/c))x100", "e=(1-d/c)*100"),
        ("6 = 100 - 5", "6=100-5"),
        ("6 = 5 / 1.000", "6=5/1000"),
        ("6 = 5 x 0,25", "6=5*0,25"),
        ("06=04/05*100", "6=4/5*100"),
    ],
)
def test_what_offices_write(text: str, read: str) -> None:
    found = parse(text)
    assert found is not None and str(found) == read


@pytest.mark.parametrize(
    "text",
    [
        "", "(6)x", "6=", "=4/5", "6=4/5*", "6=(4/5*100", "6=4/5)*100", "6=4//5", "6=4/5=7", "K = Kinerja",
        "6=4 5", "Target 2024", "2021-2026", "100", "100%", "6=100", "6=Rp 5", "6=SUM(4:5)", "6=1.2.3/4", "( )",
        "6,5=4/5", "123=4/5", "-", "x", "6=4/5*100" + " " * 200,
    ],
)  # fmt: skip
def test_what_is_no_declaration(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("Capaian (5=4/3x100)", "5=4/3*100"),
        ("% (5/4)", "5/4"),
        ("Sisa (3-4)", "3-4"),
        ("Sisa (c-d) (Rp)", "c-d"),
        ("Capaian (%) (5/4) x 100", "5/4*100"),
        ("Capaian 5=4/3x100", "5=4/3*100"),
        ("Efisiensi (%) (6) = (3-5)", "6=3-5"),
    ],
)
def test_within_a_heading(heading: str, read: str) -> None:
    found = embedded(heading)
    assert found is not None and str(found) == read


@pytest.mark.parametrize(
    "heading",
    ["Anggaran (Rp. 000,-)", "Tahun (2021-2026)", "Realisasi s/d TW IV (Rp)", "Target (K)", "Pagu (1)", "RPJMD (2026)"],
)
def test_headings_that_declare_nothing(heading: str) -> None:
    assert embedded(heading) is None


labels = st.one_of(st.integers(1, 99).map(str), st.sampled_from("abcdefghijklmnopqrstuvw"))
constants = st.one_of(
    st.builds(Constant, st.integers(100, 10_000).map(Fraction)),
    st.builds(Constant, st.integers(1, 400).map(Fraction), st.just(True)),
    st.builds(Constant, st.integers(1, 999).filter(lambda n: n % 100).map(lambda n: Fraction(n, 100))),
)
expressions: st.SearchStrategy[Expression] = st.recursive(
    st.one_of(st.builds(Name, labels), constants),
    lambda inner: st.one_of(
        st.builds(Negative, inner), st.builds(Operation, st.sampled_from("+-*/"), inner, inner)
    ),
    max_leaves=8,
)


@given(expressions, labels | st.just(""))
def test_what_is_printed_is_read_back(expression: Expression, target: str) -> None:
    declared = Declaration(target, expression)
    if names_of(expression) and len(str(declared)) <= 120:
        assert parse(str(declared)) == declared


@given(st.text(max_size=130) | st.text(alphabet="0123456789abx()=+-*/:%., ", max_size=130))
def test_no_text_breaks_it(text: str) -> None:
    for found in (parse(text), embedded(text)):
        if found is not None:
            assert parse(str(found)) == found
            quotient(found.expression)


def value(expression: Expression, figures: dict[str, Fraction]) -> Fraction:
    """The oracle: the expression as written, step by step. ``ZeroDivisionError`` where it divides by 0."""
    if isinstance(expression, Name):
        return figures[expression.label]
    if isinstance(expression, Constant):
        own = expression.number
        return own / 100 if expression.percent and own != 100 else own
    if isinstance(expression, Negative):
        return -value(expression.of, figures)
    one, two = value(expression.left, figures), value(expression.right, figures)
    return {"+": lambda: one + two, "-": lambda: one - two, "*": lambda: one * two, "/": lambda: one / two}[
        expression.sign
    ]()


def reached(form: Quotient, figures: dict[str, Fraction]) -> Fraction:
    def total(products: object) -> Fraction:
        whole = Fraction(0)
        for product, factor in products.items():  # type: ignore[attr-defined]
            for label in product:
                factor *= figures[label]
            whole += factor
        return whole

    return total(form.above) / total(form.below)


@given(expressions, st.data())
def test_its_one_form_computes_the_same(expression: Expression, data: st.DataObject) -> None:
    figures = {label: Fraction(data.draw(st.integers(-50, 50)), 3) for label in names_of(expression)}
    form = quotient(expression)
    try:
        expected = value(expression, figures)
    except ZeroDivisionError:
        return
    assert form is None or any(form.below.values())
    if form is not None:
        assert reached(form, figures) == expected


def test_endless_products_are_given_up() -> None:
    found = parse("*".join(f"({2 * n}+{2 * n + 1})" for n in range(1, 14)))
    assert found is not None and quotient(found.expression) is None


def test_which_numbers_may_be_meant_as_such() -> None:
    def numbers(text: str) -> list[str]:
        found = parse(text)
        assert found is not None
        return [names_of(found.expression)[place] for place in sorted(may_be_numbers(found.expression))]

    assert numbers("10=(4+7)/2") == ["2"]
    assert numbers("10=(4+5+6)/3") == ["3"]
    assert numbers("10=(4+5+6)/7") == []
    assert numbers("5=(2*4-3)/4*100") == ["2"]
    assert numbers("6=(1-5/4)*100") == ["1"]
    assert numbers("6=4/5") == []


def test_a_sign_written_out_and_folded_are_one_form() -> None:
    forms = [quotient(parse(text).expression) for text in ("(1-5/4)*100", "100-5/4*100")]  # type: ignore[union-attr]
    assert quotient(parse("(4-5)/4*100").expression) == quotient(parse("(4-5)*100/4").expression)  # type: ignore[union-attr]
    assert forms[0] is not None and forms[1] is not None


def test_printed_with_other_names() -> None:
    found = parse("6=(4-5)/4*100")
    assert found is not None
    assert printed(found.expression, {"4": "Pagu", "5": "Realisasi"}) == "(Pagu - Realisasi) / Pagu * 100"
