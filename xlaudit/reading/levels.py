"""The hierarchy of a table: which row is a program, a kegiatan, a sub kegiatan, a total.

Several ways to tell the levels are tried (separate columns, codes, numbering, wording, formatting). Each gives
every row a depth or has no opinion. The one under which most sums hold is taken; where they tie, the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xlaudit.reading.special import is_plain_mean, special_level
from xlaudit.schemas.words import fold
from xlaudit.tables import Level

Depths = list[int | None]
_LONGEST_SPAN = 400
_LOOKS = ("outline", "indent", "bold", "capitals")
_NEAR = 10
"""A row over the programs is their total where it differs from their sum by less than a tenth."""
_SURE = 10
"""A way under which so many sums hold for each that does not is taken without trying the others."""

_PREFIXES = (
    (re.compile(r"^program\b"), 0),
    (re.compile(r"^sub ?kegiatan\b"), 2),
    (re.compile(r"^kegiatan\b"), 1),
)


class RawRow(NamedTuple):
    """What is known of a row before its level: texts folded, amounts of its first amount column."""

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
    """Whether any of the row's cells holds a number."""


@dataclass(frozen=True, slots=True)
class Levels:
    """The outcome: special rows by index, the depth of each other row, by which way, how well the sums fit."""

    special: dict[int, Level]
    depths: Depths
    way: str
    fit: int
    misfit: int
    rivals: tuple[str, ...] = ()


def assign(rows: Sequence[RawRow]) -> Levels:
    """The levels of a table's rows."""
    special = _special_rows(rows)
    levels = _levels(rows, special)
    if levels.way == "sums" and _is_unnamed_total(rows, levels.depths):
        return _levels(rows, {**special, 0: Level.TOTAL})
    last = len(rows) - 1
    if last < 2 or last in special or rows[last].number or rows[last].code or Level.TOTAL in special.values():
        return levels
    other = _levels(rows, {**special, last: Level.TOTAL})
    return other if _adds_up_all(rows, other.depths, last) else levels


def _is_unnamed_total(rows: Sequence[RawRow], depths: Depths) -> bool:
    """Whether the first row is the sum of all others and says neither what level it is nor a number."""
    first = rows[0]
    lonely = [index for index, depth in enumerate(depths) if depth == 0] == [0] and None not in depths
    return lonely and not (first.code or first.number) and not any(p.match(fold(first.label)) for p, _ in _PREFIXES)


def _adds_up_all(rows: Sequence[RawRow], depths: Depths, last: int) -> bool:
    """Whether a last row without number is the sum of the topmost ones: a total that does not say so.

    In every amount column; where it has no name either, one column is proof enough.
    """
    top = [row for row, depth in zip(rows, depths, strict=True) if depth == 0]
    agreeing: list[bool] = []
    for column, stated in enumerate(rows[last].amounts):
        parts = [row.amounts[column] for row in top]
        if stated and all(part is not None for part in parts):
            agreeing.append(sum(part for part in parts if part is not None) == stated)
    if len(top) < 2 or not agreeing:
        return False
    return any(agreeing) if not rows[last].label else all(agreeing)


def _special_rows(rows: Sequence[RawRow]) -> dict[int, Level]:
    """The rows whose words or place make them no item."""
    special: dict[int, Level] = {}
    for index, row in enumerate(rows):
        has_amount = any(amount is not None for amount in row.amounts)
        seen = Level.TOTAL in special.values()
        level = special_level(row.label, has_amount, seen) or special_level(row.number, has_amount, seen)
        if level is Level.MEAN and row.measured and not is_plain_mean(row.label):
            level = None
        if level is None and not row.filled and not (row.code or row.number):
            level = Level.NOTE
        numbered_total = level is Level.TOTAL and (row.code or _looks_numbered(row.number))
        if level is not None and not numbered_total and (level is not Level.NOTE or not row.numeric):
            special[index] = level
    if 0 not in special and _heads_the_programs(rows):
        special[0] = Level.TOTAL
    return special


def _levels(rows: Sequence[RawRow], special: dict[int, Level]) -> Levels:
    """The way of telling levels under which most sums hold."""
    plain = [index for index in range(len(rows)) if index not in special]
    nested = _by_nested_codes([rows[index] for index in plain])
    if nested is not None:
        depths = _spread(nested, plain, len(rows))
        return Levels(special, depths, "code", *sum_fit(rows, depths))
    tried: list[tuple[int, int, int, str, Depths]] = []
    for rank, (way, tell) in enumerate(_WAYS):
        told = tell([rows[index] for index in plain])
        if told is None:
            continue
        depths = _spread(told, plain, len(rows))
        fit, misfit = sum_fit(rows, depths)
        if misfit > fit and _is_weak(way, [rows[index] for index in plain]):
            continue
        tried.append((misfit - fit, rank, fit, way, depths))
        if fit > misfit * _SURE:
            break
    if not tried or min(tried, key=lambda t: (t[0], t[1]))[0] > 0:
        told = _by_sums([rows[index] for index in plain])
        if told is not None:
            depths = _spread(told, plain, len(rows))
            return Levels(special, depths, "sums", *sum_fit(rows, depths), tuple(t[3] for t in tried))
    if not tried:
        flat: Depths = [None if index in special else 0 for index in range(len(rows))]
        return Levels(special, flat, "flat", *sum_fit(rows, flat))
    _, _, fit, way, depths = min(tried, key=lambda t: (t[0], t[1]))
    misfit = min(tried, key=lambda t: (t[0], t[1]))[0] + fit
    rivals = tuple(t[3] for t in tried if t[4] != depths)
    return Levels(special, depths, way, fit, misfit, rivals)


def _spread(told: Depths, plain: list[int], count: int) -> Depths:
    """The depths of the plain rows among all rows."""
    depths: Depths = [None] * count
    for index, depth in zip(plain, told, strict=True):
        depths[index] = depth
    return depths


def _by_nested_codes(rows: Sequence[RawRow]) -> Depths | None:
    """By codes where every row has one and each goes on from that of the row it stands under.

    Nothing else is asked then: a sub kegiatan need not call itself one, and a slip in a figure must not move it.
    """
    told = _by_code(rows) if all(row.code for row in rows) else None
    if told is None:
        return None
    parents = parents_of(told)
    below = [(row.code, rows[parent].code) for row, parent in zip(rows, parents, strict=True) if parent is not None]
    return told if below and all(code.startswith((f"{above}.", f"{above}-")) for code, above in below) else None


def _is_weak(way: str, rows: Sequence[RawRow]) -> bool:
    """Whether a way proves little by itself: looks, and numbers that many rows lack. It needs sums that hold."""
    return way in _LOOKS or (way == "numbering" and not all(row.number for row in rows))


def _heads_the_programs(rows: Sequence[RawRow]) -> bool:
    """Whether the first row is the office's own total above its programs, without the word (Dinas Sosial).

    Its first amount is near what the programs add up to: a slip may spoil it.
    """
    first = rows[0] if rows else None
    if first is None or first.code or first.number or first.column_rank or not first.label or not first.amounts:
        return False
    programs = [row for row in rows if _PREFIXES[0][0].match(fold(row.label))]
    if len(programs) < 2 or rows[1] is not programs[0]:
        return False
    parts = [row.amounts[0] or Decimal(0) for row in programs]
    own, reached = first.amounts[0] or Decimal(0), sum(parts)
    return own > max(parts) and abs(own - reached) * _NEAR <= reached


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


def sum_fit(rows: Sequence[RawRow], depths: Depths) -> tuple[int, int]:
    """How many parents are the sum of their children, and how many are not, over all amount columns."""
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents_of(depths)):
        if parent is not None:
            children.setdefault(parent, []).append(index)
    fit = misfit = 0
    width = len(rows[0].amounts) if rows else 0
    for parent, below in children.items():
        for column in range(width):
            stated = rows[parent].amounts[column]
            parts = [rows[index].amounts[column] for index in below]
            known = [part for part in parts if part is not None]
            if stated is None or not known:
                continue
            if sum(known) == stated:
                fit += 1
            else:
                misfit += 1
    return fit, misfit


def _looks_numbered(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}[.)]?|[a-z][.)]", fold(number)))


def _by_columns(rows: Sequence[RawRow]) -> Depths | None:
    ranks = {row.column_rank for row in rows if row.column_rank is not None}
    if len(ranks) < 2:
        return None
    order = {rank: depth for depth, rank in enumerate(sorted(ranks))}
    return [order[row.column_rank] if row.column_rank is not None else None for row in rows]


_CODE = re.compile(r"[0-9A-Za-z]+(?:[.\-][0-9A-Za-z]+)+")


def _by_code(rows: Sequence[RawRow]) -> Depths | None:
    """By the length of dotted codes; rows of a code-bearing table without one stand below the last.

    Where the numbers are the codes (1.1, 1.1.1), a plain 1 is the shortest of them.
    """
    numbers = any(row.code and row.code == row.number for row in rows)
    codes = [row.code or (row.number if numbers and _looks_numbered(row.number) else "") for row in rows]
    lengths = [len(re.findall(r"[0-9A-Za-z]+", code)) if code else None for code in codes]
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
    found = [next((depth for prefix, depth in _PREFIXES if prefix.match(fold(row.label))), None) for row in rows]
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


def _by_look(key: Callable[[RawRow], int]) -> Callable[[Sequence[RawRow]], Depths | None]:
    def tell(rows: Sequence[RawRow]) -> Depths | None:
        looks = [key(row) for row in rows]
        order = {look: depth for depth, look in enumerate(sorted(set(looks)))}
        if not 1 < len(order) <= 4 or looks[0] != min(looks):
            return None
        return [order[look] for look in looks]

    return tell


def _by_sums(rows: Sequence[RawRow]) -> Depths | None:
    """By arithmetic alone: a row is a parent when the rows right below it add up to it, in every amount column."""
    spans = [0] * len(rows)
    for index in range(len(rows) - 1, -1, -1):
        spans[index] = _span(rows, index, spans)
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


def _span(rows: Sequence[RawRow], parent: int, spans: list[int]) -> int:
    """How many rows right below add up to the row, rows that are themselves below one of them passed over."""
    stated = rows[parent].amounts
    if not stated or any(amount is None for amount in stated) or not stated[0]:
        return 0
    left = list(stated)
    index = parent + 1
    while index < len(rows) and index - parent <= _LONGEST_SPAN:
        parts = rows[index].amounts
        if any(part is None for part in parts):
            return 0
        left = [(have or Decimal(0)) - (part or Decimal(0)) for have, part in zip(left, parts, strict=True)]
        index += 1 + spans[index]
        if not any(left):
            return index - parent - 1
        if (left[0] or Decimal(0)) < 0:
            return 0
    return 0


_WAYS: tuple[tuple[str, Callable[[Sequence[RawRow]], Depths | None]], ...] = (
    ("columns", _by_columns),
    ("code", _by_code),
    ("numbering", _by_numbering),
    ("wording", _by_words),
    ("outline", _by_look(lambda row: row.outline)),
    ("indent", _by_look(lambda row: row.indent)),
    ("bold", _by_look(lambda row: 0 if row.bold else 1)),
    ("capitals", _by_look(lambda row: 0 if row.upper else 1)),
)
