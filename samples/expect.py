"""Writes the report that is expected of each sample beside it, as ``NAME.expected.json``.

Run it after a change of rules, and read the difference by eye before committing it:
``python samples/expect.py && git diff samples``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xlaudit.audit import audit_workbook
from xlaudit.reports.json_report import report_data

SAMPLES = Path(__file__).parent


def expected(workbook: Path) -> dict[str, Any]:
    """The report's entry of one workbook, with nothing in it that depends on place or version."""
    (entry,) = report_data([audit_workbook(workbook)])["workbooks"]
    return {**entry, "path": workbook.name}


def main() -> None:
    """Write all of them."""
    for workbook in sorted(SAMPLES.glob("*.xlsx")):
        text = json.dumps(expected(workbook), ensure_ascii=False, indent=1)
        workbook.with_suffix(".expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
