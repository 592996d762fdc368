"""A sentence for the user, in Indonesian and in English.

Both languages stand together where the sentence is born, so that neither can be forgotten.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["id", "en"]


class Text(NamedTuple):
    """One message in both languages; ``id`` is Indonesian."""

    id: str
    en: str

    def get(self, language: Language) -> str:
        """The sentence in the language asked for."""
        return self.en if language == "en" else self.id

    def fill(self, **facts: object) -> Text:
        """The same message with its ``{named}`` gaps filled in both languages."""
        return Text(self.id.format(**facts), self.en.format(**facts))


def same(text: str) -> Text:
    """A text that reads the same in both languages, such as an address or a label."""
    return Text(text, text)
