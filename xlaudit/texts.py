"""A sentence for the user, in Indonesian and in English.

Both languages stand together where the sentence is born, so that neither can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Language = Literal["id", "en"]

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
"""The months in Indonesian, as offices date their sheets and as dates are shown to them."""


class Text(NamedTuple):
    """One message in both languages; ``id`` is Indonesian."""

    id: str
    en: str

    def get(self, language: Language) -> str:
        """The sentence in the language asked for."""
        return self.en if language == "en" else self.id

    def fill(self, **facts: object) -> Text:
        """The same message with its ``{named}`` gaps filled; a fact that is a ``Text`` is said in each language."""
        own = {name: fact.id if isinstance(fact, Text) else fact for name, fact in facts.items()}
        other = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
        return Text(self.id.format(**own), self.en.format(**other))


def same(text: str) -> Text:
    """A text that reads the same in both languages, such as an address or a label."""
    return Text(text, text)


def both(id: str, en: str) -> Text:
    """What each language writes in its own way without being a sentence, such as a figure or a date."""
    return Text(id, en)


def sentences(*parts: Text | None) -> Text:
    """Whole sentences one after the other; those that are None are left out."""
    return joined(same(" "), (part for part in parts if part is not None))


NOTHING = same("")
"""For a gap in which there is nothing to say."""


def joined(between: Text, parts: Iterable[Text]) -> Text:
    """Several texts in a row with ``between`` between them."""
    every = list(parts)
    return Text(between.id.join(part.id for part in every), between.en.join(part.en for part in every))
