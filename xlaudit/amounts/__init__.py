"""Exact figures: number text in every style, intervals with open and closed ends, printing.

No float touches an amount, and nothing is rounded except for display.
"""

from __future__ import annotations

from xlaudit.amounts.grouping import Candidate, Style
from xlaudit.amounts.interval import (
    EXACT,
    Interval,
    SumVerdict,
    quotient,
    ratio_meets,
    sum_of,
    sum_verdict,
    tolerance,
    unit_of,
)
from xlaudit.amounts.number_text import Reading, State, choose, read_number_text, settle
from xlaudit.amounts.show import in_indonesian, show, show_amount

__all__ = [
    "EXACT",
    "Candidate",
    "Interval",
    "Reading",
    "State",
    "Style",
    "SumVerdict",
    "choose",
    "in_indonesian",
    "quotient",
    "ratio_meets",
    "read_number_text",
    "settle",
    "show",
    "show_amount",
    "sum_of",
    "sum_verdict",
    "tolerance",
    "unit_of",
]
