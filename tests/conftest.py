"""Fixtures that several test files share."""

from standins import book, house

__all__ = ["book", "house"]
