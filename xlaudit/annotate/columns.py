"""The columns of the findings sheet, for the one who writes it and for the one who reads it again."""

from __future__ import annotations

from xlaudit.annotate.wording import COLUMNS

ID_HEADER = "xlaudit:id"
"""The head of the hidden column of finding ids, by which the sheet and its answers are found again."""

HEADER_ROW = 6
FIRST_ROW = HEADER_ROW + 1
(
    NUMBER, SEVERITY, CELL, FINDING, STATED, COMPUTED, DIFFERENCE, CAUSE, SUGGESTION, LIVE, REPLY, STATUS, DECIDED,
) = range(1, len(COLUMNS) + 1)  # fmt: skip
IDS = len(COLUMNS) + 1

WIDTHS = {
    NUMBER: 5.5, SEVERITY: 13.5, CELL: 14, FINDING: 40, STATED: 12, COMPUTED: 12, DIFFERENCE: 12, CAUSE: 25,
    SUGGESTION: 22, LIVE: 12, REPLY: 26, STATUS: 12.5, DECIDED: 20, IDS: 14,
}  # fmt: skip
"""In characters, as a spreadsheet counts them; cells and figures get more where they need it."""
