"""Fixtures that several test files share."""

import os

from standins import book, house

__all__ = ["book", "house"]

os.environ["XLAUDIT_LEDGER"] = "off"
"""No test writes into the ledger of whoever runs it; those of the ledger name their own."""
