"""A rule's page: its module's docstring, cut into parts, in the reader's language.

The docstring stands in Indonesian first, then after a line ``English`` in English. Each half is a sentence
and four parts, each begun by its heading; the first half ends with the tables that both share::

    Sentence.

    Yang diperiksa: ...
    Mengapa penting: ...
    Toleransi: ...
    Sumber: ...

    Salah:
        | drawn | tables |
    Benar:
        | drawn | tables |

    English
    Sentence.

    What is checked: ...
    Why it matters: ...
    Tolerance: ...
    Source: ...

In a drawn table a line is a row, a line without pipes a title, ``# Lembar: Name`` begins a sheet,
``# Buku: name.xlsx`` a workbook, and a star behind a cell's content marks the cell that the rule reports.
"""

from __future__ import annotations

import re
import textwrap
from typing import NamedTuple

from xlaudit.patterns import pattern
from xlaudit.rules.base import Rule
from xlaudit.texts import Language, Text

PARTS = (
    Text("What is checked"),
    Text("Why it matters"),
    Text("Tolerance"),
    Text("Source"),
)
WRONG, RIGHT = Text("Wrong"), Text("Right")
STAR = Text("* marks the cell that is reported")
SETTINGS = Text("Settings")
_EVERY = Text(
    "off by rules.off, its severity by rules.severity; single findings are accepted by waivers (docs/settings.md)."
)
_OWN = Text("{keys}; {every}")
_KEY = pattern(r"\b(?:conventions|plausibility)\.[a-z_]+")
_WIDTH = 100


class Examples(NamedTuple):
    """The drawn tables of a page, as text: with the fault marked, and without it."""

    wrong: str
    right: str


class Half(NamedTuple):
    """A page in one language: its sentence, and its parts in the order of ``PARTS``."""

    summary: str
    parts: tuple[str, ...]


def page(rule: Rule, language: Language) -> str:
    """The page of a rule as a user reads it. ``ValueError`` where the docstring lacks a part: our mistake."""
    half = halves(rule)[language]
    lines = [_wrapped(half.summary), ""]
    for heading, text in zip(PARTS, half.parts, strict=True):
        lines += [_wrapped(f"{heading.get(language)}: {text}"), ""]
    lines += [_wrapped(f"{SETTINGS.get(language)}: {settings_told(rule).get(language)}"), ""]
    wrong, right = examples(rule)
    lines += [f"{WRONG.get(language)} ({STAR.get(language)}):", textwrap.indent(wrong, "    "), ""]
    lines += [f"{RIGHT.get(language)}:", textwrap.indent(right, "    ")]
    return "\n".join(lines)


def settings_of(rule: Rule) -> tuple[str, ...]:
    """The keys of ``xlaudit.toml`` that the page names, such as ``conventions.cap``."""
    return tuple(dict.fromkeys(_KEY.findall(rule.page)))


def settings_told(rule: Rule) -> Text:
    """What can be set about a rule."""
    keys = settings_of(rule)
    return _OWN.fill(keys=", ".join(keys), every=_EVERY) if keys else _EVERY


def examples(rule: Rule) -> Examples:
    """The drawn tables of a rule's page. ``ValueError`` where one of the two is missing."""
    match = re.search(rf"\n{WRONG.id}:\n(.*?)\n{RIGHT.id}:\n(.*?)\nEnglish\n", rule.page, re.DOTALL)
    if match is None:
        raise ValueError(f"{rule.code}: no tables under {WRONG.id} and {RIGHT.id}")
    return Examples(*(textwrap.dedent(drawn).strip("\n") for drawn in match.groups()))


def halves(rule: Rule) -> dict[Language, Half]:
    """A page's texts by language. ``ValueError`` where a part or a language is missing."""
    first, english, second = rule.page.partition("\nEnglish\n")
    if not english:
        raise ValueError(f"{rule.code}: the page has no line that says English")
    return {"id": _half(rule, "id", first.partition(f"\n{WRONG.id}:\n")[0]), "en": _half(rule, "en", second)}


def _half(rule: Rule, language: Language, text: str) -> Half:
    headings = [part.get(language) for part in PARTS]
    pieces = re.split(r"^(" + "|".join(headings) + r"):", text, flags=re.MULTILINE)
    if pieces[1::2] != headings:
        raise ValueError(f"{rule.code}: parts {pieces[1::2]} stand where {headings} belong")
    summary, *parts = (" ".join(piece.split()) for piece in (pieces[0], *pieces[2::2]))
    if not summary or not all(parts):
        raise ValueError(f"{rule.code}: a part of the page in {language!r} is empty")
    return Half(summary, tuple(parts))


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)
