"""Ways of telling the level of rows: by columns, codes, numbering, words, looks, or by the sums alone.

Each way gives every row a depth, 0 for the topmost, or has no opinion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.patterns import pattern
from xlaudit.schemas.words import fold

Depths = list[int | None]
Way = Callable[[Sequence["RawRow"]], Depths | None]
_LONGEST_SPAN = 400
_MOST_LOOKS = 4
_NO_CHANCE = Decimal(100_000)
"""Rupiah from which on two rows do not add up to a third by chance."""
_OF_COLUMNS = 3
"""Where not every column adds up, every third has to: a slip in one spoils those that follow from it, not more."""
_PARTS = pattern(r"[0-9A-Za-z]+")
_DASHED = pattern(r"[-–•·*>]\s*[^\W\d]")
"""A name behind a dash or a dot stands below one without."""

PREFIXES = (
    (pattern(r"^program\b"), 0),
    (pattern(r"^sub ?kegiatan\b"), 2),
    (pattern(r"^kegiatan\b"), 1),
)


class RawRow(NamedTuple):
    """What is known of a row before its level. ``indent`` counts steps of the format and leading spaces alike."""

    label: str
    number: str
    code: str
    column_rank: int | None
    indent: int
    bold: bool
    upper: bool
    outline: int
    fill: str | None
    amounts: tuple[Decimal | None, ...]
    filled: bool
    numeric: bool = True
    measured: bool = False
    """Whether the row has a target or a realisasi of its own: then *Rata-rata lama sekolah* is an indicator."""
    grouped: bool = False
    """Whether the row is named by its indikator or sasaran: then the next one without a number is its sibling."""
    step: int = 0
    """How many columns to the right of the first one of its heading the name stands."""


def parents_of(depths: Depths) -> list[int | None]:
    """The parent of each row: the nearest row above that stands higher."""
    parents: list[int | None] = []
    open_rows: list[int] = []
    for index, depth in enumerate(depths):
        if depth is None:
            parents.append(None)
            continue
        while open_rows and (depths[open_rows[-1]] or 0) >= depth:
            open_rows.pop()
        parents.append(open_rows[-1] if open_rows else None)
        open_rows.append(index)
    return parents


def by_nested_codes(rows: Sequence[RawRow]) -> Depths | None:
    """By codes where every row has one and each goes on from that of the row it stands under.

    Nothing else is asked then: a sub kegiatan need not call itself one, and a slip in a figure must not move it.
    """
    told = _by_code(rows) if all(row.code for row in rows) else None
    if told is None:
        return None
    parents = parents_of(told)
    below = [(row.code, rows[parent].code) for row, parent in zip(rows, parents, strict=True) if parent is not None]
    return told if below and all(code.startswith((f"{above}.", f"{above}-")) for code, above in below) else None


def looks_numbered(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}[.)]?|[a-z][.)]", fold(number)))


def _by_columns(rows: Sequence[RawRow]) -> Depths | None:
    ranks = {row.column_rank for row in rows if row.column_rank is not None}
    if len(ranks) < 2:
        return None
    order = {rank: depth for depth, rank in enumerate(sorted(ranks))}
    return [order[row.column_rank] if row.column_rank is not None else None for row in rows]


def _by_code(rows: Sequence[RawRow]) -> Depths | None:
    """By the length of dotted codes; rows of a code-bearing table without one stand below the last.

    Where the numbers are the codes (1.1, 1.1.1), a plain 1 is the shortest of them.
    """
    numbers = any(row.code and row.code == row.number for row in rows)
    codes = [row.code or (row.number if numbers and looks_numbered(row.number) else "") for row in rows]
    lengths = _code_lengths(codes)
    coded = [length for length in lengths if length is not None]
    if len(coded) * 2 < len(rows) or len(set(coded)) < 2:
        return None
    order = {length: depth for depth, length in enumerate(sorted(set(coded)))}
    below = 0
    depths: Depths = []
    for length in lengths:
        if length is not None:
            below = order[length] + 1
            depths.append(order[length])
        else:
            depths.append(below)
    return depths


def _code_lengths(codes: Sequence[str]) -> list[int | None]:
    """How far down each code reaches: by its parts, by its digits where none is parted, without zeros that only fill.

    ``5.1.00`` stands over ``5.1.01``, ``10601`` over ``1060101``.
    """
    parted = list(map(_PARTS.findall, codes))
    known = [parts for parts in parted if parts]
    if known and all(len(parts) == 1 and parts[0].isdigit() for parts in known):
        return [len(parts[0]) if parts else None for parts in parted] if _go_on([p[0] for p in known]) else [
            1 if parts else None for parts in parted
        ]
    if len({len(parts) for parts in known}) == 1:
        for parts in parted:
            while len(parts) > 1 and not parts[-1].strip("0"):
                del parts[-1]
    return [len(parts) if parts else None for parts in parted]


def _go_on(codes: Sequence[str]) -> bool:
    """Whether the longer codes begin with a shorter one: then their length tells the level."""
    shorter = set(codes)
    shortest = min(len(code) for code in shorter)
    longer = [code for code in codes if len(code) > shortest]
    begun = sum(1 for code in longer if any(code[:end] in shorter for end in range(shortest, len(code))))
    return bool(longer) and begun * 10 >= len(longer) * 9


def _numeral_kinds(text: str) -> list[str]:
    """The numbering schemes that a number can belong to, likeliest first: ``I`` is Roman or a letter."""
    bare = text.strip().strip("()").rstrip(".)").strip()
    if not bare:
        return []
    close = ")" if text.strip().endswith(")") else ""
    parts = [part for part in re.split(r"[.\s]+", bare) if part]
    if len(parts) > 1:
        return [f"{len(parts)}{_numeral_kind(parts[0])}"]
    squeezed = re.fullmatch(r"([IVXL]+)(\d+)", bare)
    if squeezed:
        return ["2R"]
    kinds = [_numeral_kind(bare) + close]
    if kinds[0][0] in "Rr" and len(bare) == 1:
        kinds.append(("U" if bare.isupper() else "u") + close)
    return kinds if kinds[0] != "?" else []


def _numeral_kind(part: str) -> str:
    if part.isdigit():
        return "D"
    if re.fullmatch(r"[IVXL]+", part):
        return "R"
    if re.fullmatch(r"[ivxl]+", part):
        return "r"
    if len(part) == 1 and part.isalpha():
        return "U" if part.isupper() else "u"
    return "?"


def _by_numbering(rows: Sequence[RawRow]) -> Depths | None:
    """By numbering schemes in the order in which they first nest: I, then A, then 1."""
    kinds = [_numeral_kinds(row.number) for row in rows]
    numbered = [kind for kind in kinds if kind]
    if len(numbered) * 2 < len(rows):
        return None
    depths: Depths = []
    stack: list[str] = []
    previous: dict[str, str] = {}
    for row, options in zip(rows, kinds, strict=True):
        if not options:
            beside = row.grouped or not (row.label or row.number)
            depths.append(max(len(stack) - 1, 0) if beside else len(stack))
            continue
        kind = _settle_kind(row.number, options, stack, previous)
        if kind in stack:
            del stack[stack.index(kind) + 1 :]
        else:
            stack.append(kind)
        previous[kind] = row.number
        depths.append(len(stack) - 1)
    return depths if len(set(depths)) > 1 else None


def _settle_kind(number: str, options: list[str], stack: list[str], previous: dict[str, str]) -> str:
    """Between Roman and letter: the scheme in which this number follows the last one."""
    if len(options) == 1:
        return options[0]
    letter = options[1]
    bare = number.strip(" ().")
    before = previous.get(letter, "").strip(" ().")
    if letter in stack and len(before) == 1 and ord(bare) == ord(before) + 1:
        return letter
    if options[0] not in stack and not bare.upper().startswith("I"):
        return letter
    return options[0]


def _by_words(rows: Sequence[RawRow]) -> Depths | None:
    """By ``Program``, ``Kegiatan``, ``Sub Kegiatan`` before the name; a row without stands below the last that has.

    A row without any name is a further line of the row above.
    """
    found = [next((depth for prefix, depth in PREFIXES if prefix.match(fold(row.label))), None) for row in rows]
    told = sorted({depth for depth in found if depth is not None})
    if not told or (0 not in told and 1 not in told):
        return None
    order = {depth: position for position, depth in enumerate(told)}
    below = 0
    depths: Depths = []
    for row, depth in zip(rows, found, strict=True):
        if depth is not None:
            below = order[depth] + 1
            depths.append(order[depth])
        elif not row.label and not row.number and depths:
            depths.append(depths[-1])
        else:
            depths.append(below)
    return depths if len(set(depths)) > 1 else None


def _by_look(key: Callable[[RawRow], int]) -> Way:
    """By something that grows from level to level, such as the indent."""

    def tell(rows: Sequence[RawRow]) -> Depths | None:
        looks = [key(row) for row in rows]
        order = {look: depth for depth, look in enumerate(sorted(set(looks)))}
        if not 1 < len(order) <= _MOST_LOOKS or looks[0] != min(looks):
            return None
        return [order[look] for look in looks]

    return tell


def _by_class(key: Callable[[RawRow], Hashable]) -> Way:
    """By looks without an order of their own, such as colours: each new one stands below those seen before."""

    def tell(rows: Sequence[RawRow]) -> Depths | None:
        looks = [key(row) for row in rows]
        order = {look: depth for depth, look in enumerate(dict.fromkeys(looks))}
        return [order[look] for look in looks] if 1 < len(order) <= _MOST_LOOKS else None

    return tell


def by_sums(rows: Sequence[RawRow]) -> Depths | None:
    """By arithmetic alone: a row is a parent when the rows right below it add up to it.

    In every amount column; or, where that fails, in a third of them, which no chance makes of whole rupiah. Rows that
    are counted through (1, 2, 3 ...) look like siblings: there every column has to add up.
    """
    spans = [0] * len(rows)
    counted = [row.number.strip(" .)") for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    for index in range(len(rows) - 1, -1, -1):
        spans[index] = _span(rows, index, spans, all_columns=counted)
    if not any(span > 1 + spans[index + 1] for index, span in enumerate(spans) if span):
        return None  # two equal figures, one below the other, are no sum
    depths: Depths = []
    ends: list[int] = []
    for index, span in enumerate(spans):
        while ends and index > ends[-1]:
            ends.pop()
        depths.append(len(ends))
        if span:
            ends.append(index + span)
    return depths if len(set(depths)) > 1 else None


def _span(rows: Sequence[RawRow], parent: int, spans: list[int], all_columns: bool) -> int:
    """How many rows right below add up to the row, rows that are themselves below one of them passed over."""
    stated = [amount for amount in rows[parent].amounts if amount is not None]
    if not stated or len(stated) < len(rows[parent].amounts) or not stated[0]:
        return 0
    left = list(stated)
    index, children, likely = parent + 1, 0, 0
    while index < len(rows) and index - parent <= _LONGEST_SPAN:
        parts = [part for part in rows[index].amounts if part is not None]
        if len(parts) < len(left):
            break
        left = [have - part for have, part in zip(left, parts, strict=True)]
        index, children = index + 1 + spans[index], children + 1
        if not any(left):
            return index - parent - 1
        reached = sum(1 for rest, have in zip(left, stated, strict=True) if not rest and have >= _NO_CHANCE)
        if reached * _OF_COLUMNS >= len(left) and children > 1 and not likely:
            likely = index - parent - 1
        if all(rest < 0 for rest in left):
            break
    return 0 if all_columns else likely


WAYS: tuple[tuple[str, Way], ...] = (
    ("columns", _by_columns),
    ("steps", _by_look(lambda row: row.step)),
    ("code", _by_code),
    ("numbering", _by_numbering),
    ("wording", _by_words),
    ("outline", _by_look(lambda row: row.outline)),
    ("indent", _by_look(lambda row: row.indent)),
    ("dashes", _by_look(lambda row: 1 if _DASHED.match(row.label) else 0)),
    ("bold", _by_look(lambda row: 0 if row.bold else 1)),
    ("capitals", _by_look(lambda row: 0 if row.upper else 1)),
    ("fill", _by_class(lambda row: row.fill)),
    ("looks", _by_class(lambda row: (row.bold, row.upper, row.fill))),
)
