"""Tables before they are written: titles, headers, lines of cells; one builder for each kind of table."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from contents import Activity, Goal, walk
from figures import Fig, Op, computed, entry
from manners import Manner

OTHER = "lainnya"
"""A table that only what it declares makes one to audit."""
LEFT, UP = "<", "^"
"""In headers and lines: merged with the cell to the left, above."""
Cell = Fig | str | None


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman digits."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    sets = (("C", "D", "M"), ("X", "L", "C"), ("I", "V", "X"))
    shapes = ("", "a", "aa", "aaa", "ab", "b", "ba", "baa", "baaa", "ac")
    parts = zip((hundreds, tens, ones), sets, strict=True)
    return "".join("".join(letters["abc".index(c)] for c in shapes[digit]) for digit, letters in parts)


@dataclass
class Line:
    """One row. ``depth`` decides its look where looks mark the levels."""

    cells: list[Cell]
    depth: int = 0
    strong: bool = False


@dataclass
class Plan:
    """One table to be written. ``kind`` is the name the audit should give it."""

    kind: str
    sheet: str
    title: list[str]
    header: list[list[str]]
    lines: list[Line]
    declared: list[str] = field(default_factory=list)
    """Column numbers with formulas, where the table declares them."""


class Maker:
    """Builds the tables of one workbook; a figure printed a second time becomes a copy of the first."""

    def __init__(self, chance: random.Random, style: Manner, office: str, region: str, year: int) -> None:
        self.chance, self.style, self.office, self.region, self.year = chance, style, office, region, year
        self._taken: set[int] = set()
        self.limits: list[tuple[Fig, Fig]] = []
        """Pairs of figures of which the first is never more than the second."""
        self.revised: list[tuple[Fig, Fig]] = []
        """The pagu of a program with what it was before the revision."""
        self.rows: int | None = None
        """About so many rows are wanted; None for as many as come."""

    def use(self, figure: Fig) -> Fig:
        """The figure itself for its first print, a copy for every later one."""
        if id(figure) not in self._taken:
            self._taken.add(id(figure))
            return figure
        copy = computed(figure.measure, "copy", [figure], figure.places, self.style.cut)
        assert copy is not None
        copy.prefix = figure.prefix
        return copy

    def percent(self, op: Op, sources: Sequence[Fig]) -> Cell:
        """A percentage; a dash where it cannot be computed."""
        return computed("percent", op, sources, self.style.places, self.style.cut) or "-"

    def amount(self, op: Op, sources: Sequence[Fig]) -> Fig:
        """An amount that follows from others."""
        figure = computed("amount", op, sources, 2)
        assert figure is not None
        return figure

    def title(self, words: str) -> list[str]:
        """One to three lines of title."""
        place = f"{self.office} {self.region}"
        return self.chance.choice(
            (
                [f"{words} Tahun {self.year}"],
                [words.upper(), place.upper(), f"TAHUN ANGGARAN {self.year}"],
                [f"Tabel {self.chance.randint(2, 4)}.{self.chance.randint(1, 9)} {words} {place} Tahun {self.year}"],
            )
        )


_TELLING = 3
"""So many rows show by which of several ways a column is computed, also where one of them is wrong."""


def tell(results: Sequence[Cell]) -> None:
    """Marks the figures of a column whose way of computing only its rows tell, where they are too few."""
    figures = [figure for figure in results if isinstance(figure, Fig)]
    for figure in figures:
        figure.untold = len(figures) < _TELLING


def realisasi(make: Maker, tree: list[Activity]) -> Plan:
    """Realisasi anggaran with all levels of the tree."""
    chance, style = make.chance, make.style
    names = activity_header(make, tree)
    pagu = chance.choice(("Pagu", "Anggaran", "Pagu Anggaran", "Alokasi Anggaran"))
    unit = chance.choice(("", " (Rp)", " (Rp.)")) if style.currency == "" else ""

    def share(budget: Fig, spent: Fig) -> Cell:
        return make.percent("ratio", [spent, budget])

    columns: list[tuple[str, Callable[[Fig, Fig], Cell]]] = [
        (pagu + unit, lambda p, r: p),
        (chance.choice(("Realisasi", "Realisasi Anggaran")) + unit, lambda p, r: r),
        (chance.choice(("%", "Persentase (%)", "Capaian (%)", "Serapan (%)")), share),
    ]
    if chance.random() < 0.6:
        rest = (chance.choice(("Sisa", "Sisa Anggaran")) + unit, lambda p, r: make.amount("minus", [p, r]))
        columns.insert(chance.choice((2, 3)), rest)
    remark = chance.random() < 0.2
    header = [[*names, *(name for name, _ in columns), *(["Keterangan"] if remark else [])]]
    if chance.random() < 0.25:
        header = _grouped(header[0], len(names), len(columns), f"Anggaran Tahun {make.year}")
    lines: list[Line] = []
    tops: list[tuple[Fig, Fig]] = []
    for activity in walk(tree):
        one, two = make.use(activity.pagu), make.use(activity.spent)
        tops += [(one, two)] if activity.depth == 0 else []
        make.limits.append((two, one))
        figures = [build(one, two) for _, build in columns]
        lines.append(Line([*activity_cells(make, activity), *figures, *([None] if remark else [])], activity.depth))
    if style.total:
        one, two = make.amount("sum", [a for a, _ in tops]), make.amount("sum", [b for _, b in tops])
        cells = [build(one, two) for _, build in columns]
        lines.append(_total(style, len(names), [*cells, *([None] if remark else [])]))
    sheet = chance.choice(("Realisasi", "Realisasi Anggaran", "Anggaran"))
    return Plan("realisasi_anggaran", sheet, make.title("Realisasi Anggaran"), header, lines)


def _grouped(row: list[str], names: int, figures: int, group: str) -> list[list[str]]:
    """A header of two rows: the figures under a group."""
    above = [*row[:names], group, *([LEFT] * (figures - 1)), *row[names + figures :]]
    below = [*([UP] * names), *row[names : names + figures], *([UP] * (len(row) - names - figures))]
    return [above, below]


def _total(style: Manner, names: int, figures: list[Cell]) -> Line:
    """The total row: its word stands in the first cell, merged to the right, or in the last of the names."""
    if names == 1:
        return Line([style.total_word, *figures], strong=True)
    return Line([style.total_word, *([LEFT] * (names - 1)), *figures], strong=True)


def activity_header(make: Maker, tree: list[Activity]) -> list[str]:
    """The headers of the columns that name an activity."""
    deep = max(activity.depth for activity in walk(tree))
    words = ("Program", "Kegiatan", "Sub Kegiatan")[: deep + 1]
    if make.style.marks == "columns" and deep:
        return list(words)
    name = make.chance.choice((" / ", "/")).join(words)
    if make.style.marks == "code":
        return [make.chance.choice(("Kode", "Kode Rekening")), name]
    return ["No" if make.style.marks != "bold" else "No.", name] if _numbered(make.style) else [name]


def _numbered(style: Manner) -> bool:
    return style.marks in ("roman", "dotted", "bold", "capitals", "code")


def activity_cells(make: Maker, activity: Activity) -> list[Cell]:
    """The cells that name an activity and mark its level."""
    style, depth, name = make.style, activity.depth, activity.name
    if style.marks == "columns":
        deep = len(activity.path) - 1
        return [name if i == deep else None for i in range(_depths(activity))] if _depths(activity) > 1 else [name]
    if style.marks == "code":
        return [activity.code, f"Program {name}" if depth == 0 else name]
    if style.marks == "roman":
        number = (roman(activity.number), str(activity.number), chr(96 + activity.number))[depth]
        return [number, ("PROGRAM " + name.upper()) if depth == 0 else name]
    if style.marks == "dotted":
        return [".".join(map(str, activity.path)), name]
    if style.marks == "wording":
        return [f"{('Program', 'Kegiatan', 'Sub Kegiatan')[depth]} {name}"]
    if style.marks == "indent":
        return [name]
    label = name.upper() if depth == 0 else name
    return [str(activity.number) if depth == 0 else None, label]


_DEPTHS: dict[int, int] = {}


def _depths(activity: Activity) -> int:
    return _DEPTHS[id(activity)]


def remember_depths(tree: list[Activity]) -> None:
    """Notes how many levels the tree of each activity has, for the marks in columns of their own."""
    deep = max(activity.depth for activity in walk(tree)) + 1
    _DEPTHS.update((id(activity), deep) for activity in walk(tree))


def kinerja(make: Maker, goals: list[Goal]) -> Plan:
    """Pengukuran kinerja; both directions; with or without kategori, mean and satuan."""
    chance, style = make.chance, make.style
    unit, category, mean = chance.random() < 0.8, chance.random() < 0.5, chance.random() < 0.4
    way = any(indicator.lower for goal in goals for indicator in goal.indicators) and chance.random() < 0.5
    capaian = chance.choice(("Capaian (%)", "Capaian Kinerja (%)", "% Capaian", "Capaian"))
    year = f" {make.year}" if chance.random() < 0.3 else ""
    names = ["No", chance.choice(("Sasaran", "Sasaran Strategis", "Tujuan/Sasaran")), "Indikator Kinerja"]
    header = [*names, *(["Satuan"] if unit else []), *(["Arah"] if way else [])]
    header += ["Target" + year, "Realisasi" + year, capaian]
    if category:
        header.append(chance.choice(("Kategori", "Predikat", "Kriteria")))
    lines: list[Line] = []
    figures: list[Fig] = []
    scale = SCALES[chance.randrange(len(SCALES))]
    for number, goal in enumerate(goals, start=1):
        for first, one in enumerate(goal.indicators):
            target, reached, result = (make.use(figure) for figure in (one.target, one.reached, one.capaian))
            if one.lower and not way and chance.random() < 0.3 and style.stored == "texts":
                target.prefix = "≤ "
            result.either = not way and not target.prefix
            figures.append(result)
            label: list[Cell] = [UP, UP] if first else [str(number), goal.name]
            about: list[Cell] = [one.name, *([one.unit] if unit else [])]
            about += [("Makin rendah makin baik" if one.lower else "Makin tinggi makin baik")] if way else []
            kind: list[Cell] = [category_of(scale, result.value)] if category else []
            lines.append(Line([*label, *about, target, reached, result, *kind]))
    if mean and len(figures) > 1:
        cells: list[Cell] = ["Rata-rata Capaian", *([LEFT] * (len(header) - 2 - category))]
        average = make.percent("mean", figures)
        kind = [category_of(scale, average.value)] if category and isinstance(average, Fig) else []
        lines.append(Line([*cells, average, *kind], strong=True))
    sheet = chance.choice(("Kinerja", "Pengukuran Kinerja", "Capaian"))
    return Plan("pengukuran_kinerja", sheet, make.title("Pengukuran Kinerja"), [header], lines)


SCALES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", 0)),
    (("Sangat Berhasil", 100), ("Berhasil", 75), ("Cukup Berhasil", 55), ("Kurang Berhasil", 0)),
)


def category_of(scale: tuple[tuple[str, int], ...], capaian: Fraction) -> str:
    """The word of the scale for a capaian."""
    return next(word for word, lower in scale if capaian >= lower)


def perjanjian(make: Maker, tree: list[Activity], goals: list[Goal], stage: str) -> list[Plan]:
    """A Perjanjian Kinerja: targets, and the budget of each program. ``stage`` is ``awal`` or ``perubahan``."""
    chance, style = make.chance, make.style
    changed = stage == "perubahan"
    words = "Perjanjian Kinerja Perubahan" if changed else "Perjanjian Kinerja"
    sheet = "PK Perubahan" if changed else "PK"
    lines = []
    for number, goal in enumerate(goals, start=1):
        for first, one in enumerate(goal.indicators):
            label: list[Cell] = [UP, UP] if first else [str(number), goal.name]
            lines.append(Line([*label, one.name, one.unit, make.use(one.target) if changed else _first(one.target)]))
    header = ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target"]
    plans = [Plan("perjanjian_kinerja", sheet, make.title(words), [header], lines)]
    unit = " (Rp)" if style.currency == "" else ""
    both = changed and chance.random() < 0.6
    budget: list[Line] = []
    sums: list[list[Fig]] = []
    for number, program in enumerate(tree, start=1):
        after = make.use(program.pagu) if changed else _before(make, program)
        figures = [after]
        if both:
            before = _before(make, program)
            figures = [before, after, make.amount("minus", [after, before])]
        sums.append(figures)
        budget.append(Line([str(number), f"Program {program.name}", *figures, "APBD"]))
    if style.total:
        totals = [make.amount("sum", column) for column in zip(*sums, strict=True)]
        if both:
            totals[2] = make.amount("minus", [totals[1], totals[0]])
        budget.append(_total(style, 2, [*totals, None]))
    amounts = ["Anggaran Sebelum Perubahan", "Anggaran Setelah Perubahan", "Bertambah/(Berkurang)"]
    named = [name + unit for name in (amounts if both else ["Anggaran"])]
    plans.append(Plan("perjanjian_kinerja", sheet, [], [["No", "Program", *named, "Keterangan"]], budget))
    return plans


def _first(target: Fig) -> Fig:
    """The same target in the agreement before revision, which binds no other table."""
    return Fig("quantity", target.value, target.places)


def _before(make: Maker, program: Activity) -> Fig:
    """The pagu before revision: now and then the same."""
    moved = 0 if make.chance.random() < 0.3 else make.chance.randint(-200, 200) * 50_000
    before = entry("amount", max(program.pagu.value + moved, Fraction(1_000_000)))
    make.revised.append((program.pagu, before))
    return before
