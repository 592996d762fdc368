"""Kinds of table and header words that other packages add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from xlaudit.nearest import meant
from xlaudit.patterns import pattern
from xlaudit.plugins import KINDS as KIND_GROUP
from xlaudit.plugins import WORDS, Plugin, fault, plugins
from xlaudit.schemas import kinds, words
from xlaudit.schemas.columns import MEASURES, TEXT_ROLES
from xlaudit.schemas.kinds import Kind
from xlaudit.texts import Text

_WORD = pattern(r"[a-z]{2,40}")
_NAME = pattern(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_NO_WORDS = Text("it must be a mapping from concepts to lists of words.")
_NO_CONCEPT = Text("there is no concept “{concept}”.{meant}")
_NO_WORD = Text("“{word}” is no word of two and more small letters.")
_TAKEN = Text("the word “{word}” means “{concept}” already.")
_NO_KIND = Text("it must be a Kind or a list of them, not {type}.")
_KIND_NAME = Text("a kind is named with a point in it, such as “office.services”, not “{name}”.")
_KIND_TWICE = Text("there is a kind named “{name}” already.")
_NO_TITLE = Text("the kind “{name}” needs title words, by which its tables are known.")
_NO_ROLE = Text("there is no column role “{role}”.{meant}")
_BROKEN = Text("it cannot be used: {why}.")


@lru_cache(maxsize=1)
def admit() -> tuple[Text, ...]:
    """Takes in the words and kinds of other packages, once; what to tell of those that are wrong."""
    faults: list[Text] = []
    for group, take in ((WORDS, _words), (KIND_GROUP, _kinds)):
        found = plugins(group)
        faults += found.faults
        for plugin in found.loaded:
            try:
                why = take(plugin)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - their object, their fault
                why = _BROKEN.fill(why=fault(error))
            if why is not None:
                faults.append(plugin.refused(why))
    return tuple(faults)


def forget() -> None:
    """Lets go of all words and kinds of other packages."""
    for name in [name for name in kinds.KINDS if "." in name]:
        del kinds.KINDS[name]
    words.forget_more()
    admit.cache_clear()


def _words(plugin: Plugin) -> Text | None:
    """Why the words are refused, None where they were taken in: all of a plug-in or none."""
    given = plugin.value
    if not isinstance(given, Mapping):
        return _NO_WORDS
    more: dict[str, str] = {}
    for concept, several in given.items():
        if concept not in words.CONCEPTS:
            return _NO_CONCEPT.fill(concept=concept, meant=meant(str(concept), words.CONCEPTS))
        if isinstance(several, str) or not isinstance(several, Iterable):
            return _NO_WORDS
        for word in several:
            if not isinstance(word, str) or not _WORD.fullmatch(word):
                return _NO_WORD.fill(word=word)
            known = words.meaning_of(word) or more.get(word)
            if known is not None and known != concept:
                return _TAKEN.fill(word=word, concept=known)
            if known is None:
                more[word] = concept
    words.know_more(more)
    return None


def _kinds(plugin: Plugin) -> Text | None:
    given = [plugin.value] if isinstance(plugin.value, Kind) else plugin.value
    if not isinstance(given, list | tuple) or not all(isinstance(kind, Kind) for kind in given):
        return _NO_KIND.fill(type=type(plugin.value).__name__)
    roles = (*TEXT_ROLES, *MEASURES)
    for kind in given:
        if not _NAME.fullmatch(kind.name):
            return _KIND_NAME.fill(name=kind.name)
        if kind.name in kinds.KINDS or [one.name for one in given].count(kind.name) > 1:
            return _KIND_TWICE.fill(name=kind.name)
        if not kind.titles or not all(isinstance(title, str) and words.fold(title) for title in kind.titles):
            return _NO_TITLE.fill(name=kind.name)
        for role in (role for group in kind.required for role in group):
            if role not in roles:
                return _NO_ROLE.fill(role=role, meant=meant(str(role), roles))
        if not isinstance(kind.title, Text):
            return _BROKEN.fill(why="title")
    kinds.KINDS.update((kind.name, kind) for kind in given)
    return None
