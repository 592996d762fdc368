"""What an agency answers to a finding in the findings sheet: its words, and what it did about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xlaudit.findings import Diagnosis
from xlaudit.texts import Language, sense
from xlaudit.waivers import ROOT

STATUSES = {
    "fixed": sense("answer", "fixed"),
    "explained": sense("answer", "explained"),
    "disputed": sense("answer", "not agreed"),
}
"""What can be chosen in the column *Status*, by the keys under which reports name it."""


class Answer(NamedTuple):
    """``text`` as typed; ``status`` a key of ``STATUSES``, empty, or what was typed in spite of the list."""

    text: str = ""
    status: str = ""

    def word(self, language: Language) -> str:
        """The status as people read it."""
        known = STATUSES.get(self.status)
        return self.status if known is None else known.get(language)


def status_of(word: str) -> str:
    """The key of a status as the sheet holds it, in either language; a word that is none stays as it is."""
    folded = " ".join(word.split()).casefold()
    return next((key for key, text in STATUSES.items() if folded in (text.id, text.en)), word.strip())


def of_causes(answers: Mapping[str, Answer], diagnoses: Iterable[Diagnosis]) -> dict[str, Answer]:
    """The answers with each that stands in the row of a cause (``waivers.ROOT``) given to all that it explains.

    An answer in the finding's own row goes first.
    """
    found = {name: answer for name, answer in answers.items() if not name.startswith(ROOT)}
    explained = [diagnosis.explains for diagnosis in diagnoses]
    for name, answer in answers.items():
        if name.startswith(ROOT):
            first = name.removeprefix(ROOT)
            for other in next((names for names in explained if first in names), (first,)):
                found.setdefault(other, answer)
    return found
