"""A workbook as annotating finds it, opened once for all that is asked of it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from xlaudit.annotate.book import Book
from xlaudit.annotate.journal import JOURNAL_PART
from xlaudit.annotate.listed import Listed, listed_in, merged
from xlaudit.annotate.ownsheets import holds_ours
from xlaudit.annotate.package import Package
from xlaudit.annotate.parts import Workplace
from xlaudit.annotate.signatures import has_signature
from xlaudit.errors import BadUsage, UnreadableWorkbook
from xlaudit.limits import DEFAULT, Limits
from xlaudit.properties import cached_property
from xlaudit.zipped import Zipped


class Source:
    """What the file held when it was opened. ``annotate`` works in it, so it serves for one annotated copy."""

    def __init__(self, path: Path, limits: Limits = DEFAULT) -> None:
        """``UnreadableWorkbook`` where it is no sound package, ``BadUsage`` where it cannot be read."""
        self.path = path
        self.package = Package(path, limits)

    @property
    def zipped(self) -> Zipped:
        """The file itself, for those who read it."""
        return self.package.zipped

    @cached_property
    def sha256(self) -> str:
        """Of the file, in hexadecimal digits."""
        return hashlib.sha256(self.zipped.data).hexdigest()

    @cached_property
    def signed(self) -> bool:
        """Whether it carries a digital signature."""
        return has_signature(self.package)

    @cached_property
    def book(self) -> Book:
        """Its workbook part. ``UnreadableWorkbook``, here and below, where there is none that could be annotated."""
        return Book(Workplace(self.package))

    @cached_property
    def annotated(self) -> bool:
        """Whether it carries an annotation."""
        return self.package.has(JOURNAL_PART) or holds_ours(self.book)

    @cached_property
    def listed(self) -> list[Listed]:
        """The rows of its findings sheet; none where it is not annotated."""
        return listed_in(self.book) if self.annotated else []


def opened(path: Path, limits: Limits = DEFAULT) -> Source | None:
    """The file at ``path``, of which it is known by then whether it is annotated, and what is listed in it.

    None where there is none, or none that could be annotated.
    """
    if not os.path.isfile(path):  # far quicker than the path's own method where nothing is there
        return None
    try:
        source = Source(path, limits)
        source.listed  # noqa: B018 - what cannot be read shows here
    except (UnreadableWorkbook, BadUsage):
        return None
    return source


def is_annotated(path: Path) -> bool:
    """Whether a workbook carries an annotation; False also for what is no workbook."""
    try:
        return Source(path).annotated
    except UnreadableWorkbook:
        return False


def read_listed(*paths: Path) -> list[Listed]:
    """The rows of the findings sheets of files, each finding once; none where a file is not annotated.

    What was typed in a later one goes first.
    """
    found: list[Listed] = []
    for path in paths:
        found = merged(found, Source(path).listed)
    return found
