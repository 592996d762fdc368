"""Numbers as people type them into cells: every style of RULES §1, and what cannot be read as one.

Nothing is guessed. A text that says one number gives that number; a text that may say two gives both;
a text that says none as it stands gives the repairs to choose from; two figures in one cell stay two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from xlaudit.amounts import words
from xlaudit.amounts.grouping import SPACED, Candidate, Parsed, Style, parse_digits
from xlaudit.patterns import pattern

MAX_LENGTH = 250
"""A longer text is a sentence, not a figure: it is TEXT without being looked at."""


class State(Enum):
    """What a text turned out to be."""

    NUMBER = "number"
    AMBIGUOUS = "ambiguous"
    """Sound in more than one way, such as ``1.234``."""
    MALFORMED = "malformed"
    """Meant as one amount, but grouped as no style does, such as ``8.7106.000``."""
    STACKED = "stacked"
    """Two or more figures in one cell."""
    BLANK = "blank"
    NIL = "nil"
    """A dash or *nihil*: the amount is nil."""
    NOT_APPLICABLE = "not applicable"
    """``NA`` or *belum ada hasil*: there is no result."""
    TEXT = "text"


class Reading(NamedTuple):
    """What a text says.

    ``readings`` holds one candidate for NUMBER, two or more for AMBIGUOUS, the repairs, best first, for
    MALFORMED, and nothing otherwise. Values are signed and in the unit of the text: percentage points
    where ``percent``, and with *juta* and the like already multiplied (``Rp 1,2 juta`` is 1200000 with
    ``places`` -5). ``prefix`` and ``suffix`` are the words around the figure, as typed.
    """

    state: State
    readings: tuple[Candidate, ...] = ()
    percent: bool = False
    currency: bool = False
    prefix: str = ""
    suffix: str = ""
    altered: tuple[Candidate, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The number where there is no doubt about it (state NUMBER), else None."""
        return self.readings[0].value if self.state is State.NUMBER else None

    def completions(self) -> tuple[Candidate, ...]:
        """What one digit lost from the short group, or one too many in the long one, would explain.

        For MALFORMED, and for zeros behind a thousands sign (``1.000.000.00``), else nothing. None is
        likelier than another: the arithmetic has to choose.
        """
        return self.altered


_TEXT = Reading(State.TEXT)
_BLANK = Reading(State.BLANK)
_NIL = Reading(State.NIL)
_NOT_APPLICABLE = Reading(State.NOT_APPLICABLE)
_STACKED = Reading(State.STACKED)

_SIMPLE = pattern(r"(-?)([0-9][0-9.,]*)( ?%)?")
_HAS_DIGIT = pattern(r"[0-9]")
_ODD_SPACE = pattern(r"[\t\f\v\r ]{2,}|[\t\f\v\r]")
_ODD_CHARACTER = pattern(
    "[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufe50-\ufe6f\uff00-\uffef]"
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"), "")
_SIGNS = str.maketrans({**_DASHES, **_INVISIBLE})

_BODY = r"[.,]?[0-9](?:[0-9., ]*[0-9])?"
_FIGURE = pattern(
    rf"""
    (?P<prefix>{words.PREFIX})?\s*
    (?P<sign>[-+]\ ?)?
    (?P<open>\()?\ ?
    (?P<currency>(?:Rp|IDR)\ ?\.?\ ?:?\ ?)?
    (?P<sign2>[-+]\ ?)?
    (?P<open2>\()?\ ?
    (?P<percent>%\ ?)?
    (?P<body>{_BODY})
    (?P<tail>\ ?[.,]\ ?(?:-{{1,3}}|=)|\ ?=|[.,])?
    (?P<percent2>\ ?%)?
    (?P<close>\ ?\))?
    (?P<percent3>\ ?%)?
    (?P<minus>\ ?-)?
    (?P<suffix>\D.*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TOKEN = pattern(r"(?:(?<!\w)|(?<=Rp)|(?<=IDR))[0-9](?:[0-9.,]*[0-9])?", re.IGNORECASE)
_DECIMALS = pattern(r"[.,][0-9]{1,2}$")
_TIGHT = pattern(r" ?([.,]) ?")


def read_number_text(text: str) -> Reading:
    """What ``text`` says; never raises. See ``Reading`` and ``State``.

    Full-width digits and Unicode dashes and spaces are taken for their plain forms; digits of other
    scripts, superscripts and fractions are not digits here, so ``85²`` is TEXT.
    """
    if len(text) > MAX_LENGTH:
        return _TEXT if text.strip() else _BLANK
    return _read(text)


@lru_cache(maxsize=65536)
def _read(text: str) -> Reading:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        plain = _plain(text)
        if not plain:
            return _BLANK
        if _HAS_DIGIT.search(plain) is None:
            return _read_words(plain)
        match = _SIMPLE.fullmatch(plain)
        if match is None:
            return _read_figure(plain)
    minus, body, percent = match.groups()
    if len(body) <= 10 and words.DATE.fullmatch(body):
        return _TEXT
    parsed = parse_digits(body)
    if len(parsed.sound) == 1 and not parsed.repairs and not minus:
        return Reading(State.NUMBER, parsed.sound, percent is not None, altered=parsed.completions)
    return _reading(parsed, body, negative=minus == "-", percent=percent is not None)


def _plain(text: str) -> str:
    """The text with plain dashes and digits, single spaces, and line breaks only where it has any."""
    if not text.isascii():
        text = _ODD_CHARACTER.sub(_plain_character, text.translate(_SIGNS))
    if text.startswith("'"):
        text = text[1:]
    text = _ODD_SPACE.sub(" ", text)
    if "\n" in text:
        return "\n".join(line.strip() for line in text.split("\n") if line.strip())
    return text.strip()


def _plain_character(match: re.Match[str]) -> str:
    """Full-width forms and exotic spaces made plain; a superscript must not become a digit."""
    character = match[0]
    if character.isspace():
        return "\n" if character in "\n\x85\u2028\u2029" else " "
    if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>", "<small>")):
        return unicodedata.normalize("NFKC", character).translate(_SIGNS)
    return character


def _read_words(plain: str) -> Reading:
    if words.NIL.fullmatch(plain):
        return _NIL
    if words.NOT_APPLICABLE.fullmatch(plain):
        return _NOT_APPLICABLE
    return _TEXT


def _reading(
    parsed: Parsed,
    body: str,
    *,
    negative: bool = False,
    percent: bool = False,
    currency: bool = False,
    prefix: str = "",
    suffix: str = "",
    power: int = 0,
) -> Reading:
    if not parsed.sound and not parsed.repairs:
        return _STACKED if words.LIST.fullmatch(body) else _TEXT

    def finish(candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        if not negative and not power:
            return candidates
        return tuple(
            Candidate(_shifted(c.value, power, negative), c.places - power, c.style, c.repaired)
            for c in candidates
        )

    state = State.NUMBER if len(parsed.sound) == 1 else State.AMBIGUOUS
    if parsed.repairs:
        state = State.MALFORMED
    readings = finish(parsed.sound + parsed.repairs)
    return Reading(state, readings, percent, currency, prefix, suffix, finish(parsed.completions))


def _shifted(value: Decimal, power: int, negative: bool) -> Decimal:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)  # read from digits, hence finite
    exponent += power
    if exponent > 0:  # written out, so that it prints as 1200000 and not as 1.2E+6
        digits, exponent = digits + (0,) * exponent, 0
    return Decimal((1 - sign if negative and value else sign, digits, exponent))


def _read_figure(plain: str) -> Reading:
    if words.RANGE.search(plain) or words.CALENDAR.search(plain):
        return _TEXT
    if "\n" in plain:
        if sum(1 for line in plain.split("\n") if _TOKEN.search(line)) > 1:
            return _several(plain)
        plain = plain.replace("\n", " ")
    match = _FIGURE.fullmatch(plain)
    if match is None:
        return _several(plain)
    suffix = (match["suffix"] or "").strip()
    if _TOKEN.search(suffix):
        return _several(plain)
    body = _closed_up(match["body"])
    if body is None:
        return _STACKED
    return _assemble(match, body, suffix)


def _assemble(match: re.Match[str], body: str, suffix: str) -> Reading:
    opened = (match["open"] or match["open2"]) is not None
    prefix = (match["prefix"] or "").strip()
    if opened != (match["close"] is not None) or (match["open"] and match["open2"]):
        return _TEXT
    if not opened and words.SINGLE_LETTER.fullmatch(prefix) and not _DECIMALS.search(body):
        return _TEXT
    attached = bool(match["suffix"]) and match["suffix"][0].isalpha()
    if not words.is_unit(suffix, attached=attached, enumerated=match["tail"] == "."):
        return _TEXT
    if match["minus"] and suffix[:1].isalpha():
        return _TEXT
    currency = bool(match["currency"] or words.RUPIAH.match(suffix))
    scale = words.SCALE.match(suffix)
    power = words.power_of(scale[0], currency) if scale else 0
    percent = any(match[name] for name in ("percent", "percent2", "percent3")) or bool(
        words.PERCENT.search(suffix)
    )
    tail = (match["tail"] or "").strip()
    parsed = parse_digits(body)
    if tail not in ("", ".", ",") and len(parsed.sound) > 1:
        parsed = Parsed(tuple(c for c in parsed.sound if c.places == 0))
    graded = opened and prefix and not words.COMPARISON.fullmatch(prefix)
    negative = (opened and not graded) or "-" in (match["sign"] or "") + (match["sign2"] or "")
    trailing_minus = match["minus"] is not None
    reading = _reading(
        parsed,
        body,
        negative=bool(negative or (trailing_minus and not currency)),
        percent=percent,
        currency=currency,
        prefix=prefix,
        suffix=suffix,
        power=power,
    )
    if trailing_minus and currency and reading.state in (State.NUMBER, State.AMBIGUOUS):
        # "Rp 5.000-" is an amount with its ",-" half typed, or a negative one: both stay open.
        turned = tuple(c._replace(value=c.value.copy_negate()) for c in reading.readings)
        return reading._replace(state=State.AMBIGUOUS, readings=reading.readings + turned)
    return reading


def _closed_up(body: str) -> str | None:
    """The digits without stray spaces (``1.234 .567``); None for a list (``116, 134``)."""
    if " " not in body:
        return body
    if SPACED.fullmatch(body):
        groups = body.split(" ")
        # Two figures of three digits, or the same figure over again, are rather two figures.
        doubtful = len(groups[0]) == 3 and (len(groups) == 2 or len(set(groups)) == 1)
        return None if doubtful and "," not in body and "." not in body else body
    tight = _TIGHT.sub(r"\1", body)
    if " " in tight:
        return None
    signs = [match.group() for match in _TIGHT.finditer(body)]
    spaced_after = [sign for sign in signs if sign.endswith(" ")]
    if spaced_after:
        # "1. 250.000" numbers a list item, "116, 134" is a list; "1.234.567, 00" is neither.
        last = body[body.rindex(spaced_after[-1]) + len(spaced_after[-1]) :]
        if signs[0].endswith(" ") or (any("," in sign for sign in spaced_after) and len(last) > 2):
            return None
    sound = parse_digits(tight).sound
    return tight if len(sound) == 1 else None


def _several(plain: str) -> Reading:
    """STACKED where short words at most stand between two or more figures, else TEXT."""
    tokens = list(_TOKEN.finditer(plain))
    if len(tokens) < 2 or words.NOT_A_LIST.search(plain):
        return _TEXT
    rest = [plain[: tokens[0].start()]]
    rest += [plain[a.end() : b.start()] for a, b in pairwise(tokens)]
    rest.append(plain[tokens[-1].end() :])
    if not words.LEAD.fullmatch(rest[0]):
        return _TEXT
    return _STACKED if all(len(part.split()) <= 3 for part in rest[1:]) else _TEXT


_VOTES = {
    Style.INDONESIAN: Style.INDONESIAN,
    Style.ENGLISH: Style.ENGLISH,
    Style.COMMA_BOTH: Style.COMMA_BOTH,
    Style.DOT_BOTH: Style.DOT_BOTH,
}


def settle(readings: Sequence[Reading]) -> Style | None:
    """The style in which more than half of the column's telling figures are written, else None.

    Telling are the unambiguous figures with a separator; plain digits and grouping by spaces say
    nothing about points and commas.
    """
    votes = Counter(
        _VOTES[reading.readings[0].style]
        for reading in readings
        if reading.state is State.NUMBER and reading.readings[0].style in _VOTES
    )
    if not votes:
        return None
    style, count = votes.most_common(1)[0]
    return style if 2 * count > votes.total() else None


def choose(reading: Reading, style: Style | None) -> Candidate | None:
    """The one candidate that a column written in ``style`` means; None where that does not decide.

    A NUMBER needs no column. A repaired candidate is never chosen here.
    """
    if reading.state is State.NUMBER:
        return reading.readings[0]
    fitting = [c for c in reading.readings if c.style is style and not c.repaired]
    return fitting[0] if len(fitting) == 1 else None
