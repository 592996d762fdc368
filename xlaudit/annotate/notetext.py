"""What a note says, and how it is told from what others wrote into the same note."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from xlaudit.annotate.marks import SEVERITIES, Mark
from xlaudit.annotate.wording import (
    CAUSE,
    COMPUTED,
    DIFFERENCE,
    SEVERITY_WORDS,
    STATED,
    SUGGESTION,
    shown,
)
from xlaudit.patterns import pattern
from xlaudit.texts import Language

AUTHOR = "xlaudit"
_LONGEST = 8_000
"""Characters in a note: what a person can still scroll; the format's limit is 32,767."""

_WORDS = "|".join(word for text in SEVERITY_WORDS.values() for word in (text.id, text.en))
_OURS = pattern(
    rf"(?:\r?\n\r?\n)?^xlaudit: (?:{_WORDS})\r?$.*?(?:^\(xlaudit[^()\n]*\)\r?$\n?|\Z)",
    re.DOTALL | re.MULTILINE,
)


class Run(NamedTuple):
    """A stretch of note text in one kind of type."""

    text: str
    bold: bool


def note_runs(marks: Sequence[Mark], language: Language) -> list[Run]:
    """The text of one cell's note: first what this cell is the cause of, then worst first.

    The first line begins ``xlaudit:`` and the last is ``(xlaudit RULES)``: between the two stands
    what ``our_spans`` finds again. Of what follows from this very cell the cause says enough.
    """
    ordered = sorted(marks, key=lambda mark: (not mark.root, SEVERITIES.index(mark.severity)))
    heads = {mark.id for mark in ordered if mark.root and mark.id}
    own = {mark.head for mark in ordered if mark.head in heads}
    runs: list[Run] = []
    for mark in ordered:
        if mark.head in heads:
            continue
        gap = "\n\n" if runs else "xlaudit: "
        runs.append(Run(f"{gap}{SEVERITY_WORDS[mark.severity].get(language)}\n", True))
        alone = mark.id in own and len(mark.explains) == sum(1 for other in ordered if other.head == mark.id)
        runs.append(Run("\n".join(_lines(mark, "" if alone else mark.cause, language)), False))
    runs = _cut(runs)
    rules = ", ".join(dict.fromkeys(_word(mark.rule) for mark in ordered if mark.rule))
    return [*runs, Run(f"\n({AUTHOR}{' ' + rules if rules else ''})", False)]


def note_text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def our_spans(text: str) -> list[tuple[int, int]]:
    """Where in a note's text stands what xlaudit wrote, the blank line before it included."""
    return [match.span() for match in _OURS.finditer(text)]


def _lines(mark: Mark, cause: str, language: Language) -> list[str]:
    """What is said of one mark, and of its cause. Figures that its sentence names already are not told twice."""
    figures = [
        f"{word.get(language)}: {_flat(value)}"
        for word, figure in ((STATED, mark.stated), (COMPUTED, mark.computed), (DIFFERENCE, mark.difference))
        if figure and not _says(mark.message, value := figure if mark.words else shown(figure, language))
    ]
    message, cause = _flat(mark.message, mark.sheet), _flat(cause, mark.sheet)
    suggestion = f"{SUGGESTION.get(language)}: {_flat(mark.suggestion, mark.sheet)}" if mark.suggestion else ""
    if mark.root:
        return [line for line in (message, suggestion, cause) if line]
    if cause and not mark.head:
        cause = f"{CAUSE.get(language)}: {cause}"
    return [message, *figures, *(line for line in (cause, suggestion) if line)]


_DECIMALS = pattern(r"[.,]\d+$")
_WITH_DECIMALS, _WHOLE = pattern(r"0*(?!\d|[.,]\d)"), pattern(r"(?:[.,]0{1,2})?(?!\d|[.,]\d)")
"""What may stand behind a figure: the end of it, or zeros that change nothing."""


def _says(message: str, figure: str) -> bool:
    """Whether a sentence names a figure, as a whole and whatever its sign, or with zeros after it (``89,50``)."""
    bare = figure.lstrip("-")
    at = message.find(bare)
    while at >= 0:  # no pattern of the figure itself: making one takes longer than all the rest of a note
        end = at + len(bare)
        if at == 0 or not (message[at - 1].isdecimal() or message[at - 1] in ".,"):
            behind = message[end : end + 2]
            if not (behind[:1].isdecimal() or (behind[:1] in (".", ",") and behind[1:].isdecimal())):
                return True
            ends = _WITH_DECIMALS if _DECIMALS.search(figure) else _WHOLE
            if ends.match(message, end):
                return True
        at = message.find(bare, at + 1)
    return False


def _flat(text: str, sheet: str = "") -> str:
    """On lines of its own no text may look like our last line, so line breaks become spaces.

    On the sheet itself addresses need not name it; within a sentence it may be the end of another sheet's name.
    """
    text = " ".join(text.split())
    if not sheet or f"{sheet}!" not in text:
        return text
    return _named_first(sheet).sub("", text)


@lru_cache(maxsize=64)  # the same names come again in most workbooks
def _named_first(sheet: str) -> re.Pattern[str]:
    """A sheet's name where an address begins with it."""
    return re.compile(rf"(?:^|(?<=\()|(?<=[:;,] )){re.escape(sheet)}!(?=\$?[A-Z])")


def _word(rule: str) -> str:
    return rule if rule.isalnum() else re.sub(r"[()\s]+", "", rule)


def _cut(runs: list[Run]) -> list[Run]:
    """The runs up to the longest note there may be."""
    kept: list[Run] = []
    left = _LONGEST
    for run in runs:
        if len(run.text) > left:
            return [*kept, Run(run.text[: max(0, left - 1)] + "…", run.bold)]
        kept.append(run)
        left -= len(run.text)
    return kept


# Tahoma 9 at 96 dpi, a little wider than it is on average: a note too large hides less than one too small.
_LETTER, _LINE, _MARGIN = 6.2, 15, 14
_NARROW, _WIDE, _TALL = 150, 340, 600


def note_size(text: str) -> tuple[int, int]:
    """Width and height in pixels that show the whole text, up to a height that a screen can show."""
    lengths = [len(line) for line in text.split("\n")]
    width = int(min(max(max(lengths) * _LETTER + _MARGIN, _NARROW), _WIDE))
    per_line = (width - _MARGIN) / _LETTER * 0.92
    count = sum([math.ceil(length / per_line) or 1 for length in lengths])
    return width, int(min(count * _LINE + _MARGIN, _TALL))
