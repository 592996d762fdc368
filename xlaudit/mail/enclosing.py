"""From the result of an audit to what a mail tells and encloses of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlaudit.digest import NO_DIGEST
from xlaudit.mail.parcel import Attachment, Book
from xlaudit.outcome import Outcome
from xlaudit.reports.formats import report_for
from xlaudit.texts import Language


def book_of(outcome: Outcome, sha256: str, language: Language) -> Book:
    """A workbook as it is told of.

    What has findings is given back as its annotated copy, or with a list of them where its format takes no marks. A
    workbook without findings, or one that was rejected, is not: the agency has it.
    """
    slim = replace(outcome, digest=NO_DIGEST)
    return Book(Path(outcome.path).name, slim, sha256, _enclosed(slim, language))


def _enclosed(outcome: Outcome, language: Language) -> Attachment | None:
    if outcome.failure is not None or not outcome.findings:
        return None
    if outcome.annotated is not None:
        path = Path(outcome.annotated)
        return Attachment(path.name, path=path)
    if outcome.annotatable:
        return None
    path = Path(outcome.path)
    shown = replace(outcome, path=path.name)
    text = report_for("text", show_all=True, colour=False).render([shown], language)
    return Attachment(f"{path.stem}.audit.txt", text.replace("\n", "\r\n").encode())
