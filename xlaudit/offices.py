"""Which office is meant, however a workbook or a list spells it: ``DINAS SOSIAL KAB. X`` and ``Dinas Sosial``."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from xlaudit.matching import EMPTY, key, same_name, spelled
from xlaudit.patterns import pattern

_IN_BRACKETS = pattern(r"\(([^()]*)\)")
_KINDS = {
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "pemkab": "kabupaten",
    "kota": "kota",
    "pemkot": "kota",
    "provinsi": "provinsi",
    "prov": "provinsi",
    "pemprov": "provinsi",
}
_OWN_NAME = frozenset({"kecamatan", "kelurahan", "desa", "tata", "se"})
"""Before these words *kota* belongs to the name: ``Kecamatan Kota Baru``, ``Dinas Tata Kota``."""
_LONG = 9
"""Letters of a word from which on its ending *-an* makes no other office."""
_GOVERNMENTS = frozenset({"pemerintah", "pemda", "pemerintahan"})


class Office(NamedTuple):
    """An office as a key: ``agency`` without its government, little words and spelling; ``government`` with its kind.

    Both are empty where nothing is known. The same office has the same ``agency``; ``government`` may be empty in one
    of two places that mean the same (:func:`same`).
    """

    agency: str
    government: str = ""


@lru_cache(maxsize=8192)
def office_of(agency: str, government: str = "") -> Office:
    """The office that a name means; a government within the name counts where none is told apart from it."""
    own, within = _parted(spelled(_IN_BRACKETS.sub(" ", agency)))
    told = government_key(government) or "".join(within)
    return Office("".join(word for word in own if word not in EMPTY), told)


@lru_cache(maxsize=8192)
def nearly_same_name(one: str, two: str) -> bool:
    """Whether two names of offices mean the same but for a slip of the pen, the word *daerah* or an ending (*Pengelola*
    or *Pengelolaan*).

    Of the governments nothing is said.
    """
    a, b = (_parted(spelled(_IN_BRACKETS.sub(" ", name)))[0] for name in (one, two))
    short, other = ([_stem(word) for word in words if word not in EMPTY and word != "daerah"] for words in (a, b))
    return (bool(short) and short == other) or same_name(" ".join(a), " ".join(b))


def _stem(word: str) -> str:
    return word.removesuffix("an") if len(word) >= _LONG else word


def government_key(name: str) -> str:
    """*Kab. Contoh*, *Pemerintah Kabupaten Contoh* and *KABUPATEN CONTOH* as one key; empty where it names none."""
    words = [_KINDS.get(word, word) for word in spelled(name) if word not in _GOVERNMENTS and word != "daerah"]
    return "".join(words)


def short_names(agency: str) -> tuple[str, ...]:
    """The keys of what stands in brackets behind a name: ``Badan Perencanaan (Bappeda)``."""
    return tuple(filter(None, (key(text) for text in _IN_BRACKETS.findall(agency))))


def same(one: Office, two: Office) -> bool:
    """Whether two are the same office: of the government both must not say otherwise."""
    return bool(one.agency) and one.agency == two.agency and not differ(one.government, two.government)


def differ(one: str, two: str) -> bool:
    """Whether the keys of two governments are known, and not the same."""
    return bool(one) and bool(two) and one != two


def _parted(words: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words of an office, and those of its government, which follow one of ``_KINDS``."""
    for at in range(1, len(words)):
        if words[at] in {"tahun", "thn", "ta"} and words[at + 1 : at + 2] and words[at + 1].isdigit():
            return list(words[:at]), []
        if words[at] not in _KINDS or at + 1 == len(words) or words[at - 1] in _OWN_NAME or words[at + 1] in EMPTY:
            continue
        own = list(words[:at])
        while len(own) > 1 and own[-1] in _GOVERNMENTS:
            own.pop()
        name = [_KINDS[words[at]]]
        for word in words[at + 1 :]:
            if word in _KINDS or word in {"tahun", "thn", "ta"}:
                break
            name.append(word)
        return own, name
    return list(words), []
