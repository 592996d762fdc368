"""Ways of telling the level of rows: by columns, codes, numbering, words, looks, or by the sums alone.

Each way gives every row a depth, 0 for the topmost, or has no opinion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal

from xlaudit.patterns import pattern
from xlaudit.reading.rawcolumns import RawRows, picked
from xlaudit.schemas.words import fold
from xlaudit.tables import shapes_of

Depths = list[int | None]
Way = Callable[[RawRows, Sequence[int]], Depths | None]
"""Tells the depths of some rows, which are given by their places."""
_LONGEST_SPAN = 400
_MOST_LOOKS = 4
_NO_CHANCE = Decimal(100_000)
"""Rupiah from which on two rows do not add up to a third by chance."""
_OF_COLUMNS = 3
"""Where not every column adds up, every third has to: a slip in one spoils those that follow from it, not more."""
_PARTS = pattern(r"[0-9A-Za-z]+")
_DASHED = pattern(r"[-–•·*>]\s*[^\W\d]")
"""A name behind a dash or a dot stands below one without."""

_ACTIVITY = pattern(r"(program)\b|(kegiatan)\b|(sub ?kegiatan)\b")


def activity(label: str) -> int | None:
    """What a folded label calls its row: 0 for a program, 1 for a kegiatan, 2 for a sub kegiatan."""
    found = _ACTIVITY.match(label)
    return None if found is None or found.lastindex is None else found.lastindex - 1


def parents_of(depths: Depths) -> list[int | None]:
    """The parent of each row: the nearest row above that stands higher."""
    parents: list[int | None] = []
    open_rows: list[int | None] = [None]
    reached = [-1]
    for index, depth in enumerate(depths):
        if depth is None:
            parents.append(None)
            continue
        if depth != reached[-1]:
            while depth <= reached[-1]:
                del open_rows[-1], reached[-1]
            open_rows.append(None)
            reached.append(depth)
        open_rows[-1] = index
        parents.append(open_rows[-2])
    return parents


def children_of(parents: Sequence[int | None]) -> dict[int, list[int]]:
    """The rows that belong to each row that any belong to."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for index, parent in enumerate(parents):
        if parent is not None:
            children[parent].append(index)
    return dict(children)


def looks_numbered(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}[.)]?|[a-z][.)]", fold(number)))


def _by_columns(rows: RawRows, places: Sequence[int]) -> Depths | None:
    ranks = picked(rows.column_ranks, places)
    known = sorted({rank for rank in ranks if rank is not None})
    if len(known) < 2:
        return None
    order = {rank: depth for depth, rank in enumerate(known)}
    return [None if rank is None else order[rank] for rank in ranks]


def by_code(rows: RawRows, places: Sequence[int]) -> Depths | None:
    """By the length of dotted codes; rows of a code-bearing table without one stand below the last.

    Where the numbers are the codes (1.1, 1.1.1), a plain 1 is the shortest of them.
    """
    own = codes = picked(rows.codes, places)
    if not all(codes):
        numbers = picked(rows.numbers, places)
        if any(code and code == number for code, number in zip(codes, numbers, strict=True)):
            both = zip(codes, numbers, strict=True)
            codes = [code or (number if looks_numbered(number) else "") for code, number in both]
    shaped = shapes_of(codes) if codes is not own else picked(rows.shapes, places)
    lengths = _lengths(codes, set(shaped))
    order = {length: depth for depth, length in enumerate(sorted(set(lengths.values()) - {0}))}
    if len(order) < 2:
        return None
    told = {shape: order.get(length) for shape, length in lengths.items()}
    depths: Depths = [told[shape] for shape in shaped]
    if 0 in lengths.values():
        if depths.count(None) * 2 > len(depths):
            return None
        below = 0
        for index, depth in enumerate(depths):
            if depth is None:
                depths[index] = below
            else:
                below = depth + 1
    return depths


def _lengths(codes: Sequence[str], shapes: Iterable[str]) -> dict[str, int]:
    """How far down codes of each shape reach: by their parts, by their digits where none is parted, without zeros that
    only fill; 0 for what is no code.

    ``5.1.00`` stands over ``5.1.01``, ``10601`` over ``1060101``.
    """
    parted = {shape: _PARTS.findall(shape) for shape in shapes}
    known = [parts for parts in parted.values() if parts]
    if known and all(len(parts) == 1 and parts[0].isdigit() for parts in known):
        if _go_on([part for code in codes for part in _PARTS.findall(code)]):
            return {shape: len("".join(parts)) for shape, parts in parted.items()}
    elif len({len(parts) for parts in known}) == 1:
        for parts in known:
            while len(parts) > 1 and not parts[-1].strip("0"):
                del parts[-1]
    return {shape: len(parts) for shape, parts in parted.items()}


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


def _by_numbering(rows: RawRows, places: Sequence[int]) -> Depths | None:
    """By numbering schemes in the order in which they first nest: I, then A, then 1."""
    numbers = picked(rows.numbers, places)
    kinds = {number: _numeral_kinds(number) for number in set(numbers)}
    if sum(1 for number in numbers if kinds[number]) * 2 < len(numbers):
        return None
    depths: Depths = []
    stack: list[str] = []
    previous: dict[str, str] = {}
    for label, number in zip(picked(rows.labels, places), numbers, strict=True):
        options = kinds[number]
        if not options:
            beside = rows.grouped or not (label or number)
            depths.append(max(len(stack) - 1, 0) if beside else len(stack))
            continue
        kind = _settle_kind(number, options, stack, previous)
        if kind in stack:
            del stack[stack.index(kind) + 1 :]
        else:
            stack.append(kind)
        previous[kind] = number
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


def _by_words(rows: RawRows, places: Sequence[int]) -> Depths | None:
    """By ``Program``, ``Kegiatan``, ``Sub Kegiatan`` before the name; a row without stands below the last that has.

    A row without any name is a further line of the row above.
    """
    labels = picked(rows.folded, places)
    found = list(map(activity, labels))
    told = sorted({depth for depth in found if depth is not None})
    if not told or (0 not in told and 1 not in told):
        return None
    order = {depth: position for position, depth in enumerate(told)}
    below = 0
    depths: Depths = []
    for place, depth in zip(places, found, strict=True):
        if depth is not None:
            below = order[depth] + 1
            depths.append(order[depth])
        elif not rows.labels[place] and not rows.numbers[place] and depths:
            depths.append(depths[-1])
        else:
            depths.append(below)
    return depths if len(set(depths)) > 1 else None


def _by_look(column: Callable[[RawRows], list[int]]) -> Way:
    """By something that grows from level to level, such as the indent."""

    def tell(rows: RawRows, places: Sequence[int]) -> Depths | None:
        looks = picked(column(rows), places)
        order = {look: depth for depth, look in enumerate(sorted(set(looks)))}
        if not 1 < len(order) <= _MOST_LOOKS or order[looks[0]]:
            return None
        return [order[look] for look in looks]

    return tell


def _by_class(column: Callable[[RawRows], Sequence[Hashable]]) -> Way:
    """By looks without an order of their own, such as colours: each new one stands below those seen before."""

    def tell(rows: RawRows, places: Sequence[int]) -> Depths | None:
        looks = picked(column(rows), places)
        order = {look: depth for depth, look in enumerate(dict.fromkeys(looks))}
        return [order[look] for look in looks] if 1 < len(order) <= _MOST_LOOKS else None

    return tell


def _looks(rows: RawRows) -> list[tuple[bool, bool, str | None]]:
    return [(look.bold, upper, look.fill) for look, upper in zip(rows.styles, rows.uppers, strict=True)]


def by_sums(rows: RawRows, places: Sequence[int]) -> Depths | None:
    """By arithmetic alone: a row is a parent when the rows right below it add up to it.

    In every amount column; or, where that fails, in a third of them, which no chance makes of whole rupiah. Rows that
    are counted through (1, 2, 3 ...) look like siblings: there every column has to add up.
    """
    spans = [0] * len(places)
    counted = [n.strip(" .)") for n in picked(rows.numbers, places)] == [str(n) for n in range(1, len(places) + 1)]
    columns = [picked(column, places) for column in rows.amounts.values()]
    amounts = list(zip(*columns, strict=True)) if columns else [()] * len(places)
    for index in range(len(places) - 1, -1, -1):
        spans[index] = _span(amounts, index, spans, all_columns=counted)
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


def _span(amounts: Sequence[tuple[Decimal | None, ...]], parent: int, spans: list[int], all_columns: bool) -> int:
    """How many rows right below add up to the row, rows that are themselves below one of them passed over."""
    stated = [amount for amount in amounts[parent] if amount is not None]
    if not stated or len(stated) < len(amounts[parent]) or not stated[0]:
        return 0
    left = list(stated)
    index, children, likely = parent + 1, 0, 0
    while index < len(amounts) and index - parent <= _LONGEST_SPAN:
        parts = [part for part in amounts[index] if part is not None]
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
    ("steps", _by_look(lambda rows: rows.steps)),
    ("code", by_code),
    ("numbering", _by_numbering),
    ("wording", _by_words),
    ("outline", _by_look(lambda rows: rows.outlines)),
    ("indent", _by_look(lambda rows: rows.indents)),
    ("dashes", _by_look(lambda rows: [1 if _DASHED.match(label) else 0 for label in rows.labels])),
    ("bold", _by_look(lambda rows: [0 if style.bold else 1 for style in rows.styles])),
    ("capitals", _by_look(lambda rows: [0 if upper else 1 for upper in rows.uppers])),
    ("fill", _by_class(lambda rows: [style.fill for style in rows.styles])),
    ("looks", _by_class(_looks)),
)
