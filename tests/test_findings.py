"""Figures and causes as findings carry them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.findings import Finding, Place, Severity, plain
from xlaudit.rules._codes import _has_parts, parts
from xlaudit.texts import same


@pytest.mark.parametrize(
    ("value", "text"),
    [("1.2E+6", "1200000"), ("1E-7", "0.0000001"), ("-1234.50", "-1234.5"), ("-0", "0"), ("-0E-9", "0"),
     ("100", "100"), ("100.00", "100")],
)  # fmt: skip
def test_a_plain_decimal_has_no_exponent(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_only_the_cause_changes() -> None:
    finding = Finding("id", "RA101", "program-total", Severity.ERROR, Place("S", "A1"), same("a"), same("b"), live="x")
    assert finding.explained_by("d1") == finding._replace(diagnosis="d1")
    assert isinstance(finding.explained_by(None), Finding)


@given(st.from_regex(r"[0-9][0-9. -]{0,9}", fullmatch=True))
def test_a_code_of_several_parts_is_told_without_taking_it_apart(code: str) -> None:
    assert _has_parts(code) == (len(parts(code)) > 1)
