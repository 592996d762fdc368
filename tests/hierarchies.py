"""Budget tables of known hierarchy, their levels told in every manner that offices use."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xlaudit.model import CellStyle, Sheet, Stored, StoredCell, Workbook

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass
class Node:
    """A row of the hierarchy; ``path`` are the 1-based places from the top down to it."""

    path: tuple[int, ...]
    amounts: tuple[int, int]
    below: list[Node] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return len(self.path) - 1

    def all(self) -> Iterator[Node]:
        yield self
        for node in self.below:
            yield from node.all()


def grow(chance: random.Random, levels: int, path: tuple[int, ...] = ()) -> list[Node]:
    """Programs with what is below them; every parent is the sum of its children."""
    nodes: list[Node] = []
    for place in range(1, (chance.randint(2, 4) if not path else chance.randint(1, 4)) + 1):
        own = (*path, place)
        below = grow(chance, levels, own) if len(own) < levels else []
        if below:
            amounts = (sum(node.amounts[0] for node in below), sum(node.amounts[1] for node in below))
        else:
            pagu = chance.randint(1_000, 90_000) * 10_000 + chance.randint(0, 9_999)
            amounts = (pagu, pagu * chance.randint(700, 999) // 1_000)
        nodes.append(Node(own, amounts, below))
    return nodes


@dataclass
class Line:
    """What a row shows besides its amounts: texts by column (1 is the leftmost), and how its name looks."""

    texts: dict[int, str]
    style: CellStyle = field(default_factory=CellStyle)
    outline: int = 0


Manner = Callable[[Node, int], Line]
NAMES = ("Urusan dan Pelayanan", "Pengelolaan Layanan", "Penyediaan Bahan", "Pemeliharaan Sarana")


def name(node: Node) -> str:
    return f"{NAMES[node.depth]} {'-'.join('ABCDEFGHIJ'[place - 1] for place in node.path)}"


def dotted(node: Node, _: int) -> Line:
    parts = ["1.06", *(("{:02d}", "2.{:02d}", "{:04d}", "{:03d}")[i].format(p) for i, p in enumerate(node.path))]
    return Line({1: ".".join(parts), 2: name(node)})


def undotted(node: Node, _: int) -> Line:
    return Line({1: "106" + "".join(f"{place:02d}" for place in node.path), 2: name(node)})


def spaced(node: Node, _: int) -> Line:
    return Line({1: "1 06 " + " ".join(f"{place:02d}" for place in node.path), 2: name(node)})


def account(node: Node, _: int) -> Line:
    parts = (str(place) if level == 0 else f"{place:02d}" for level, place in enumerate(node.path))
    return Line({1: ".".join(("5", *parts)), 2: name(node)})


def roman(node: Node, _: int) -> Line:
    place = node.path[-1]
    return Line({1: (ROMAN[place - 1], chr(64 + place), str(place), f"{chr(96 + place)}.")[node.depth], 2: name(node)})


def nested(node: Node, _: int) -> Line:
    return Line({1: ".".join(map(str, node.path)) + ("." if node.depth == 0 else ""), 2: name(node)})


def lettered(node: Node, _: int) -> Line:
    place = node.path[-1]
    letter = chr(96 + place)
    return Line({1: (f"{place}.", f"{letter}.", f"{place})", f"{letter})")[node.depth], 2: name(node)})


def indented(node: Node, _: int) -> Line:
    return Line({2: name(node)}, CellStyle(indent=node.depth * 2))


def leading_spaces(node: Node, _: int) -> Line:
    return Line({2: "   " * node.depth + name(node)})


def outlined(node: Node, _: int) -> Line:
    return Line({2: name(node)}, outline=node.depth)


def filled(node: Node, _: int) -> Line:
    return Line({2: name(node)}, CellStyle(fill=("FF9BC2E6", "FFDDEBF7", None, None)[node.depth]))


def bold(node: Node, _: int) -> Line:
    return Line({2: name(node)}, CellStyle(bold=node.depth == 0))


def capitals(node: Node, _: int) -> Line:
    return Line({2: name(node).upper() if node.depth == 0 else name(node)})


def bold_and_capitals(node: Node, _: int) -> Line:
    return Line({2: name(node).upper() if node.depth == 0 else name(node)}, CellStyle(bold=node.depth < 2))


def worded(node: Node, _: int) -> Line:
    return Line({2: f"{('Program', 'Kegiatan', 'Sub Kegiatan', 'Rincian')[node.depth]} {name(node)}"})


def colons(node: Node, _: int) -> Line:
    return Line({2: f"{('PROGRAM', 'KEGIATAN', 'SUB KEGIATAN', 'Rincian')[node.depth]} : {name(node)}"})


def stepped(node: Node, _: int) -> Line:
    """The name one column further right for each level, under one heading."""
    return Line({2 + node.depth: name(node)})


def code_in_name(node: Node, _: int) -> Line:
    code = dotted(node, 0).texts[1]
    return Line({2: f"{code} {name(node)}"})


def number_in_name(node: Node, _: int) -> Line:
    return Line({2: f"{'.'.join(map(str, node.path))}. {name(node)}"})


def unmarked(node: Node, _: int) -> Line:
    return Line({2: name(node)})


MANNERS: dict[str, tuple[Manner, tuple[int, ...]]] = {
    "dotted codes": (dotted, (2, 3, 4)),
    "codes without dots": (undotted, (2, 3)),
    "codes with spaces": (spaced, (2, 3)),
    "accounts": (account, (2, 3)),
    "I A 1 a.": (roman, (2, 3, 4)),
    "1. 1.1 1.1.1": (nested, (2, 3, 4)),
    "1. a. 1) a)": (lettered, (2, 3, 4)),
    "indent": (indented, (2, 3)),
    "leading spaces": (leading_spaces, (2, 3)),
    "outline": (outlined, (2, 3)),
    "fill colours": (filled, (2, 3)),
    "bold": (bold, (2,)),
    "capitals": (capitals, (2,)),
    "bold and capitals": (bold_and_capitals, (3,)),
    "words": (worded, (2, 3)),
    "words with colons": (colons, (2, 3)),
    "steps to the right": (stepped, (2, 3)),
    "code in the name": (code_in_name, (2, 3)),
    "number in the name": (number_in_name, (2, 3)),
    "nothing at all": (unmarked, (2, 3)),
}
"""Each manner, and how many levels it can tell."""


@dataclass
class Drawn:
    """A workbook with one table, and the truth: the parent of every row by row number, the rows that are totals."""

    workbook: Workbook
    parents: dict[int, int | None]
    totals: dict[int, str]


def drawn(chance: random.Random, manner: str, levels: int, extras: tuple[str, ...] = ()) -> Drawn:
    """``extras``: ``total above``, ``total below``, ``subtotals``, ``detail``; ``slip``: one figure is wrong."""
    tell = MANNERS[manner][0]
    programs = grow(chance, levels)
    width = 2 + (levels if manner == "steps to the right" else 1)
    numbered = manner in ("I A 1 a.", "1. 1.1 1.1.1", "1. a. 1) a)")
    header = {1: "No" if numbered else "Kode", 2: "Program / Kegiatan / Sub Kegiatan"}
    header |= {width: "Pagu (Rp)", width + 1: "Realisasi (Rp)"}
    if not any(1 in tell(node, 0).texts for node in programs):
        del header[1]
    table = _Table(width)
    table.texts(header)
    truth: dict[int, int | None] = {}
    totals: dict[int, str] = {}
    whole = (sum(p.amounts[0] for p in programs), sum(p.amounts[1] for p in programs))
    if "total above" in extras:
        totals[table.line(Line({2: "JUMLAH"}, CellStyle(bold=True)), whole)] = "total"
    for program in programs:
        rows: dict[tuple[int, ...], int] = {}
        for node in program.all():
            row = table.line(tell(node, 0), node.amounts)
            rows[node.path] = row
            truth[row] = rows.get(node.path[:-1])
            if "detail" in extras and not node.below and chance.random() < 0.3:
                part = (node.amounts[0] // 3, node.amounts[1] // 3)
                totals[table.line(Line({2: "termasuk DAK"}), part)] = "detail"
        if "subtotals" in extras:
            totals[table.line(Line({2: f"Jumlah {name(program)}"}, CellStyle(bold=True)), program.amounts)] = "total"
    if "total below" in extras:
        totals[table.line(Line({2: "Jumlah"}, CellStyle(bold=True)), whole)] = "total"
    if "slip" in extras:
        table.spoil(chance.choice(sorted(truth)))
    return Drawn(table.workbook(), truth, totals)


class _Table:
    def __init__(self, width: int) -> None:
        self.width = width
        self.styles = [CellStyle()]
        self.rows: dict[int, dict[int, StoredCell]] = {1: {1: _text(1, 1, "Realisasi Anggaran Tahun 2024", 0)}}
        self.outline: dict[int, int] = {}
        self.next = 3

    def texts(self, texts: dict[int, str], style: int = 0) -> int:
        row, self.next = self.next, self.next + 1
        self.rows[row] = {column: _text(row, column, text, style) for column, text in sorted(texts.items())}
        return row

    def line(self, line: Line, amounts: tuple[int, int]) -> int:
        if line.style not in self.styles:
            self.styles.append(line.style)
        row = self.texts(line.texts, self.styles.index(line.style))
        for column, amount in enumerate(amounts, start=self.width):
            self.rows[row][column] = StoredCell(row, column, Stored.NUMBER, Decimal(amount), str(amount), None, 0)
        if line.outline:
            self.outline[row] = line.outline
        return row

    def spoil(self, row: int) -> None:
        cell = self.rows[row][self.width]
        assert cell.number is not None
        self.rows[row][self.width] = cell._replace(number=cell.number * 10, text=str(cell.number * 10))

    def workbook(self) -> Workbook:
        return Workbook("t.xlsx", (Sheet("S", 0, "s", self.rows, outline=self.outline),), tuple(self.styles))


def _text(row: int, column: int, text: str, style: int) -> StoredCell:
    return StoredCell(row, column, Stored.TEXT, None, text, None, style)
