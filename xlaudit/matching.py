"""Names that differ only in case, spacing, numbering or spelling: when two tables speak of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from xlaudit.patterns import pattern
from xlaudit.schemas.words import fold, one_slip

_NUMBERING = pattern(r"^\(?([0-9]{1,2}|[ivx]{1,4}|[a-z])([.\-)][0-9]{1,2})*[.)]\s*|^[0-9]+([.\-][0-9]+)+\s+")
_LEVEL = pattern(r"^(sub ?kegiatan|kegiatan|program)\s*:?\s+")
_SPELLINGS = (
    (pattern(r"\b(prosentase|presentase|peresentase|persentasi|%)"), "persentase"),
    (pattern(r"\b(kab|kabupaten)\b\.?\s*/\s*kota\b"), "kabupatenkota"),
    (pattern(r"\bpropinsi\b"), "provinsi"),
)


EMPTY = frozenset("dan atau yang di ke dari pada untuk dengan dalam oleh bagi serta secara per".split())
"""Little words, which one writes and another leaves out."""


_LONG = 7
"""Letters of a word from which on a slip in it is taken for one."""
_VERY_LONG = 40


@lru_cache(maxsize=65536)
def spelled(name: str) -> tuple[str, ...]:
    """The words of a name without numbering, level word and punctuation."""
    text = _LEVEL.sub("", _NUMBERING.sub("", fold(name)))
    for spelling, usual in _SPELLINGS:
        text = spelling.sub(usual, text)
    return tuple(re.findall(r"[a-z0-9]+", text))


def key(name: str) -> str:
    """A name without case, numbering, level word, punctuation and spaces."""
    return "".join(spelled(name))


def similarity(one: str, two: str) -> float:
    """How alike two names are, from 0 to 1, as a finding states it."""
    from difflib import SequenceMatcher  # few workbooks have names that are alike

    return SequenceMatcher(None, key(one), key(two), autojunk=False).ratio()


def same_name(one: str, two: str) -> bool:
    """Whether two names mean the same: equal but for little words, with at most a slip in each long word.

    Short words and abbreviations (PMKS, PPKS) must be equal: there a letter makes another thing.
    """
    if key(one) == key(two):
        return True
    a, b = _telling(one), _telling(two)
    if len(a) != len(b) or len(a) < 3:
        return False
    return all(x == y or (min(len(x), len(y)) >= _LONG and one_slip(x, y)) for x, y in zip(a, b, strict=True))


def _telling(name: str) -> list[str]:
    """The words of a name but for little ones."""
    return [word for word in spelled(name) if word not in EMPTY]


def same_names(names: list[str]) -> dict[str, str]:
    """For every name the first name of its group."""
    groups: dict[tuple[str, ...], list[str]] = {}
    exact: dict[str, str] = {}
    known: dict[str, str] = {}
    for name in names:
        if name in known:
            continue
        plain = key(name)
        found = exact.get(plain)
        if found is None:
            alike = bucket(name)
            found = next((g for g in groups.get(alike, ()) if same_name(g, name)), None)
            if found is None:
                groups.setdefault(alike, []).append(name)
        exact.setdefault(plain, found or name)
        known[name] = found or name
    return known


def bucket(name: str) -> tuple[str, ...]:
    """What names that mean the same have in common: how they begin, and each of their short words at its place."""
    words = spelled(name)
    return (words[0][:3] if words else "", *(word if len(word) < _LONG else "" for word in _telling(name)))


class Names:
    """Names in which others are looked up without comparing each with each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._by_trace: dict[_Trace, list[str]] = {}
        for name in dict.fromkeys(names):
            self._by_key.setdefault(key(name), []).append(name)
            for traces in _traces(name):
                for trace in traces:
                    self._by_trace.setdefault(trace, []).append(name)

    def alike(self, name: str) -> list[str]:
        """Those that mean the same (:func:`same_name`)."""
        near = [[self._by_trace.get(trace, []) for trace in traces] for traces in _traces(name)]
        fewest = min(near, key=lambda lists: sum(map(len, lists)), default=[])
        both = dict.fromkeys((*self._by_key.get(key(name), ()), *chain.from_iterable(fewest)))
        return [other for other in both if same_name(other, name)]

    def beginning(self, name: str, shortest: int) -> list[str]:
        """Those with which a name begins, of so many letters at least."""
        whole = key(name)
        parts = (whole[:length] for length in range(shortest, len(whole) + 1))
        return [other for part in parts for other in self._by_key.get(part, ())]


_Trace = tuple[tuple[str, ...], int, str]


def _traces(name: str) -> list[set[_Trace]]:
    """For each long word of a name what it shares with those a slip away, with its place and the short words' places.

    Names that mean the same and are not equal share one at least of every long word.
    """
    shape = bucket(name)[1:]
    long = [(place, word) for place, word in enumerate(_telling(name)) if not shape[place]]
    return [{(shape, place, rest) for rest in _one_letter_less(word)} for place, word in long]


def _one_letter_less(word: str) -> set[str]:
    """A word and what is left of it without one of its letters; of a very long one its two ends."""
    if len(word) > _VERY_LONG:
        return {word[: _VERY_LONG // 2], word[-_VERY_LONG // 2 :]}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}
