"""What people typed into the findings sheet of an annotated copy."""

from __future__ import annotations

from pathlib import Path

from xlaudit.annotate import answers_of, decisions_of, read_listed
from xlaudit.answers import Answer


def read_answers(*paths: Path) -> dict[str, Answer]:
    """The agency's answers by finding id; those of a later file go first."""
    return answers_of(read_listed(*paths))


def read_decisions(path: Path) -> dict[str, tuple[str, str]]:
    """The auditor's decisions by finding id, each with its place."""
    return decisions_of(read_listed(path))
