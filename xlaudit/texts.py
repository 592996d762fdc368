"""What users read: English sentences in the source, said in Indonesian by way of the catalogue.

A ``Text`` is a message that is not said yet: its English sentence, which the catalogue knows it by, and the facts for
its ``{named}`` gaps. It is put into words when somebody reads it, so making one is cheap.

A message is written as a plain literal, for that is how it is collected: ``Text("A row is missing.")``,
``plural("{n} row", "{n} rows")`` where English counts, ``sense("table", "No")`` where Indonesian needs two
sentences for the same English. What is put together of several texts is ``sentences`` or ``joined``, never glued.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from xlaudit.locale import catalogue

Language = Literal["id", "en"]

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
"""The months in Indonesian, as offices date their sheets and as dates are shown to them."""

_AS_IT_IS = "{text}"


class Text(NamedTuple):
    """One message. Two of the same wording and the same facts are equal."""

    message: str
    facts: tuple[tuple[str, object], ...] = ()
    context: str = ""
    many: str = ""

    def get(self, language: Language) -> str:
        """The sentence in the language asked for; gaps that were not filled are left as they are."""
        message, given, context, many = self
        if message == _AS_IT_IS:
            return str(_said(given[0][1], language))
        sentence = _english(self) if language == "en" else _indonesian(message, context, many)
        if not given:
            return sentence
        return sentence.format_map({name: _said(fact, language) for name, fact in given})

    @property
    def id(self) -> str:
        """The sentence in Indonesian."""
        return self.get("id")

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.get("en")

    def fill(self, **facts: object) -> Text:
        """The same message with facts for its gaps; a fact that is a ``Text`` is said in each language.

        The number that a ``plural`` depends on is ``n``, an int. Facts given earlier stay.
        """
        message, given, context, many = self
        every = {**dict(given), **facts} if given else facts
        return _made(Text, (message, tuple(sorted(every.items())), context, many))

    @property
    def kind(self) -> Text:
        """The message without its facts: the same for all sentences that differ only in these."""
        return self if self.message == _AS_IT_IS else Text(self.message, context=self.context, many=self.many)


_made = tuple.__new__  # in half the time: every figure that is shown makes two of these tuples


def _english(text: Text) -> str:
    return text.many if text.many and ("n", 1) not in text.facts else text.message


@lru_cache(maxsize=4096)  # there are fewer messages
def _indonesian(message: str, context: str, many: str) -> str:
    known = catalogue("id")
    if context:
        return known.pgettext(context, message)
    return known.ngettext(message, many, 2) if many else known.gettext(message)


def plural(one: str, many: str) -> Text:
    """A message whose English depends on its fact ``n``: ``plural("{n} row", "{n} rows").fill(n=3)``."""
    return Text(one, many=many)


def sense(context: str, message: str) -> Text:
    """A message whose English has several meanings; ``context`` tells translators which one."""
    return Text(message, context=context)


def same(text: str) -> Text:
    """A text that reads the same in both languages, such as an address or a label."""
    return _as_it_is(text)


def both(id: str, en: str) -> Text:
    """What each language writes in its own way without being a sentence, such as a figure or a date."""
    return _as_it_is(_made(_Both, (id, en)))


def _as_it_is(fact: object) -> Text:
    return _made(Text, (_AS_IT_IS, (("text", fact),), "", ""))


NOTHING = same("")
"""For a gap in which there is nothing to say."""


def sentences(*parts: Text | None) -> Text:
    """Whole sentences one after the other; those that are None are left out."""
    return joined(same(" "), (part for part in parts if part is not None))


def joined(between: Text, parts: Iterable[Text]) -> Text:
    """Several texts in a row with ``between`` between them."""
    return _as_it_is(_Joined(between, tuple(parts)))


class _Both(NamedTuple):
    id: str
    en: str

    def get(self, language: Language) -> str:
        return self.en if language == "en" else self.id


class _Joined(NamedTuple):
    between: Text
    parts: tuple[Text, ...]

    def get(self, language: Language) -> str:
        return self.between.get(language).join(part.get(language) for part in self.parts)


def _said(fact: object, language: Language) -> object:
    """What stands in a gap, in the language asked for where it reads differently in each."""
    if type(fact) is _Both:
        return fact.en if language == "en" else fact.id
    return fact.get(language) if type(fact) is Text or type(fact) is _Joined else fact
