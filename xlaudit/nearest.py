"""The known word that a wrong one was probably meant to be, for refusals that help."""

from __future__ import annotations

from collections.abc import Iterable

from xlaudit.texts import NOTHING, Text

_MEANT = Text(" Did you mean {word}?")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, None where none is like it."""
    choices = {choice.casefold(): choice for choice in known}
    wrong = word.casefold()
    found = [choice for choice in choices if _one_letter_apart(wrong, choice)]
    if not found:
        from difflib import get_close_matches  # nobody who types rightly waits for it

        found = get_close_matches(wrong, choices, n=1, cutoff=0.6)
    return choices[found[0]] if found else None


def _one_letter_apart(one: str, two: str) -> bool:
    """Whether a letter is missing, too many or another one."""
    if abs(len(one) - len(two)) > 1:
        return False
    while one and two and one[0] == two[0]:
        one, two = one[1:], two[1:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    return len(one) <= 1 and len(two) <= 1


def meant(word: str, known: Iterable[str]) -> Text:
    """`` Did you mean pagu?``, to be put behind a refusal; empty where no known word is like it."""
    near = nearest(word, known)
    return NOTHING if near is None else _MEANT.fill(word=near)
