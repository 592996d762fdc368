"""Whole workbooks at random: which tables they hold, where each cell stands, and the file itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import xlsxwriter
from contents import OFFICES, REGIONS, goals, programs
from figures import Fig, in_order, settle
from manners import Manner, as_text, manner, number_format
from plans import LEFT, OTHER, SCALES, UP, Line, Maker, Plan, kinerja, perjanjian, realisasi, remember_depths
from plans_mixed import efisiensi, kinerja_anggaran, layanan, triwulan
from plans_periods import antartahun, bagian, efisiensi_total, kemajuan, kumulatif, rencana, status
from xlsxwriter.utility import xl_rowcol_to_cell

RECIPES = (
    ("realisasi",), ("realisasi",), ("realisasi",), ("kinerja",), ("kinerja",), ("efisiensi",), ("kinerja_anggaran",),
    ("perjanjian", "realisasi"), ("perjanjian", "kinerja"), ("triwulan",), ("kinerja", "realisasi", "efisiensi"),
    ("perjanjian", "kinerja", "realisasi", "efisiensi"), ("realisasi", "triwulan"),
    ("layanan",), ("kemajuan",), ("antartahun",), ("rencana",), ("kumulatif",), ("bagian",), ("status",),
    ("efisiensi_total",), ("kemajuan", "rencana", "bagian"),
)  # fmt: skip


@dataclass
class Block:
    """A table with the place of its top left header cell, in rows and columns from 0."""

    plan: Plan
    rows: list[tuple[int, Line]] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)
    numbers: int | None = None
    after: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass
class Document:
    """A workbook before it is a file. ``figures`` stand with sources first."""

    seed: int
    recipe: tuple[str, ...]
    style: Manner
    sheets: dict[str, list[Block]]
    figures: list[Fig]
    chance: random.Random
    hidden: list[tuple[str, int]] = field(default_factory=list)
    """Rows that do not show, by the name of their sheet, counted from 1."""
    limits: list[tuple[Fig, Fig]] = field(default_factory=list)
    """Pairs of figures of which the first is never more than the second."""
    revised: list[tuple[Fig, Fig]] = field(default_factory=list)
    """Figures with what they were before the budget was revised."""

    @property
    def plans(self) -> list[Plan]:
        return [block.plan for blocks in self.sheets.values() for block in blocks]

    def lines(self) -> Iterator[tuple[Plan, Line]]:
        for blocks in self.sheets.values():
            for block in blocks:
                yield from ((block.plan, line) for _, line in block.rows)


def document(seed: int, recipe: Sequence[str] | None = None, rows: int | None = None) -> Document:
    """A consistent workbook; the same seed gives the same one. ``rows``: about so many in its tables; else about 20."""
    chance = random.Random(seed)
    chosen = tuple(recipe or chance.choice(RECIPES))
    style = manner(chance)
    if rows is not None and rows >= _DEEP and style.marks in SHALLOW:
        style = replace(style, marks="code")  # nobody tells the levels of so many rows by looks
    plans, make = _plans(chance, style, chosen, rows)
    sheets = _laid_out(chance, style, plans)
    figures = in_order(f for plan in plans for line in plan.lines for f in line.cells if isinstance(f, Fig))
    figures = [figure for figure in figures if figure.place[1]]
    for figure in figures:
        if any(not source.place[1] for source in figure.sources):
            figure.op, figure.sources = None, ()
        figure.live = figure.op in style.live and (figure.op != "sum" or len(figure.sources) > 0)
    settle(figures, style.cut)
    limits, revised = (
        [pair for pair in pairs if all(figure.place[1] for figure in pair)] for pairs in (make.limits, make.revised)
    )
    return Document(seed, chosen, style, sheets, figures, chance, limits=limits, revised=revised)


SHALLOW = ("bold", "capitals")
"""Marks that tell two levels apart, not three."""
_DEEP = 200
"""From so many rows on a table has all the levels that its marks can tell."""


def _plans(
    chance: random.Random,
    style: Manner,
    recipe: tuple[str, ...],
    rows: int | None,
) -> tuple[list[Plan], Maker]:
    """The tables in the order in which they are printed; built so that figures are printed first where they arise."""
    shallow = style.marks in SHALLOW
    depth = chance.choice((1, 2, 2)) if shallow else chance.choice((1, 2, 3, 3))
    if rows is not None:
        depth = max(depth, 3 if rows >= _DEEP else 2) if not shallow else 2
    tree = programs(chance, depth, chance.choice((1, 1, 1, 1_000)), rows=rows)
    remember_depths(tree)
    aims = goals(chance, style.places, style.cut, rows=rows)
    make = Maker(chance, style, chance.choice(OFFICES), chance.choice(REGIONS), chance.randint(2021, 2025))
    make.rows = rows
    built: dict[str, list[Plan]] = {}
    of_goals = {"kemajuan": kemajuan, "antartahun": antartahun, "rencana": rencana, "status": status}
    of_programs = {"kumulatif": kumulatif, "bagian": bagian}
    for name in recipe:
        if name in of_goals:
            built[name] = [of_goals[name](make, aims)]
        elif name in of_programs:
            built[name] = [of_programs[name](make, tree)]
        elif name == "efisiensi_total":
            built[name] = [efisiensi_total(make, aims, tree)]
    for name in ("realisasi", "kinerja", "kinerja_anggaran", "triwulan", "efisiensi", "perjanjian", "layanan"):
        if name not in recipe:
            continue
        if name == "realisasi":
            built[name] = [realisasi(make, tree)]
        elif name == "kinerja":
            built[name] = [kinerja(make, aims)]
            if style.scale_printed:
                built[name] += _scale(built[name][0])
        elif name == "kinerja_anggaran":
            built[name] = [kinerja_anggaran(make, aims, tree)]
        elif name == "triwulan":
            built[name] = [triwulan(make, tree)]
        elif name == "layanan":
            built[name] = [layanan(make)]
        elif name == "efisiensi":
            built[name] = [efisiensi(make, aims, tree)]
        else:
            after = perjanjian(make, tree, aims, "perubahan")
            before = perjanjian(make, tree, aims, "awal") if chance.random() < 0.5 else []
            built[name] = [*before, *after]
    return [plan for name in recipe for plan in built[name]], make


def _scale(plan: Plan) -> list[Plan]:
    """The printed scale of the categories that a table uses."""
    words = {line.cells[-1] for line in plan.lines}
    for number, scale in enumerate(SCALES):
        if words & {word for word, _ in scale} and "Realisasi" not in plan.header[0][-1]:
            ranges = (
                ("91 ≤ 100", "76 ≤ 90", "66 ≤ 75", "51 ≤ 65", "≤ 50"),
                ("≥ 100", "75 s.d. < 100", "55 s.d. < 75", "< 55"),
            )[number]
            steps = enumerate(zip(ranges, scale, strict=True), start=1)
            lines = [Line([str(i), text, word]) for i, (text, (word, _)) in steps]
            header = [["No", "Interval Nilai Realisasi Kinerja", "Kriteria Penilaian"]]
            return [Plan("", "Skala", ["Skala Nilai Peringkat Kinerja"], header, lines)]
    return []


def _laid_out(chance: random.Random, style: Manner, plans: list[Plan]) -> dict[str, list[Block]]:
    """Gives every figure its cell."""
    sheets: dict[str, list[Block]] = {}
    bottoms: dict[str, int] = {}
    for plan in plans:
        if not style.separate_sheets:
            plan.sheet = "LKjIP"
        block, bottom = _block(chance, style, plan, bottoms.get(plan.sheet, chance.choice((0, 0, 1))))
        sheets.setdefault(plan.sheet, []).append(block)
        bottoms[plan.sheet] = bottom + chance.randint(2, 3)
    return sheets


def _block(chance: random.Random, style: Manner, plan: Plan, top: int) -> tuple[Block, int]:
    block, left = Block(plan), style.left - 1
    row = top
    if style.titled:
        for text in plan.title:
            block.titles.append((row, text))
            row += 1
        row += chance.choice((0, 1)) if plan.title else 0
    block.headers.append(row)
    row += len(plan.header)
    only_declared = plan.kind == OTHER
    if (style.number_row and plan.kind) or only_declared:
        block.numbers = row
        plan.declared = _declared(chance, plan) if style.declared or only_declared else []
        row += 1
    middle = len(plan.lines) // 2
    for index, line in enumerate(plan.lines):
        if style.repeat_header and index == middle > 5 and line.cells[0] != UP and plan.kind:
            block.headers.append(row)
            row += len(plan.header)
        block.rows.append((row, line))
        for column, cell in enumerate(line.cells):
            if isinstance(cell, Fig):
                cell.place = (plan.sheet, xl_rowcol_to_cell(row, left + column))
                cell.declared = only_declared
        row += 1
    if style.source_line and plan.kind:
        block.after.append((row, left, "Sumber: data diolah, 2024"))
        row += 1
    if style.signature and plan.kind and style.separate_sheets:
        row += 1
        column = left + max(len(plan.header[0]) - 2, 0)
        for text in ("Muara Indah, 31 Desember 2024", "KEPALA DINAS", "", "", "(.........................)"):
            if text:
                block.after.append((row, column, text))
            row += 1
    return block, row


_RATIOS = ("{}={}/{}*100", "{} = {} / {} x 100", "({}) = ({}/{}) x 100%", "{}={}:{}x100")
_DIFFERENCES = ("{}={}-{}", "({}) = ({} - {})", "{} = {} – {}")


def _declared(chance: random.Random, plan: Plan) -> list[str]:
    """``5=4/3*100`` and the like for the columns that follow from others of their row."""
    shared = _shares_numbers(plan) and chance.random() < 0.5
    labels = _shared_labels(plan) if shared else [str(i) for i in range(1, len(plan.header[0]) + 1)]
    if plan.kind == OTHER and chance.random() < 0.3:
        labels = [chr(ord("a") + i) for i in range(len(labels))]
    found = list(labels)
    line = plan.lines[0]
    for column, cell in enumerate(line.cells):
        if not isinstance(cell, Fig) or not all(source in line.cells for source in cell.sources):
            continue
        at = [labels[line.cells.index(source)] for source in cell.sources]
        if cell.op == "sum" and at:
            found[column] = f"{labels[column]}={'+'.join(at)}"
        elif cell.op in ("ratio", "minus", "difference"):
            shapes = _RATIOS if cell.op == "ratio" else _DIFFERENCES
            found[column] = chance.choice(shapes).format(labels[column], *at)
    return [LEFT if shared and text == LEFT else found[i] for i, text in enumerate(plan.header[0])]


def _shares_numbers(plan: Plan) -> bool:
    """Whether the columns stand in pairs K and Rp, which forms number with one number."""
    return plan.header[-1].count("K") > 1


def _shared_labels(plan: Plan) -> list[str]:
    """One number for each group of columns."""
    labels: list[str] = []
    for text in plan.header[0]:
        labels.append(labels[-1] if text == LEFT else str(len(set(labels)) + 1))
    return labels


def write(made: Document, path: Path) -> None:
    """Writes the file."""
    book = xlsxwriter.Workbook(str(path))
    formats: dict[tuple[object, ...], Any] = {}

    def look(**facts: object) -> Any:
        name = tuple(sorted(facts.items()))
        if name not in formats:
            formats[name] = book.add_format({key: value for key, value in facts.items() if value})
        return formats[name]

    for name, blocks in made.sheets.items():
        sheet = book.add_worksheet(name)
        for block in blocks:
            _Writer(sheet, block, made, look).write()
        for row in (row for at, row in made.hidden if at == name):
            sheet.set_row(row - 1, None, None, {"hidden": True})
    book.close()


class _Writer:
    """Writes one block of a sheet."""

    def __init__(self, sheet: Any, block: Block, made: Document, look: Any) -> None:
        self.sheet, self.block, self.style, self.look = sheet, block, made.style, look
        self.left = made.style.left - 1
        self.width = len(block.plan.header[0])
        texts = random.Random(made.seed)
        self.as_texts = [self._is_text(texts) for _ in range(self.width)]
        self.lines = dict(block.rows)

    def _is_text(self, chance: random.Random) -> bool:
        return {"numbers": False, "texts": True, "mixed": chance.random() < 0.5}[self.style.stored]

    def write(self) -> None:
        right, centred = self.left + self.width - 1, self.look(bold=True, align="center")
        for row, text in self.block.titles:
            self.sheet.merge_range(row, self.left, row, right, text, centred)
        for row in self.block.headers:
            self._grid(row, self.block.plan.header, self.look(bold=True, border=1))
        if self.block.numbers is not None:
            texts = self.block.plan.declared or [str(i) for i in range(1, self.width + 1)]
            self._numbers(self.block.numbers, texts)
        for row, line in self.block.rows:
            for column, cell in enumerate(line.cells):
                if isinstance(cell, Fig):
                    self._merge_below(row, column)
                    self._figure(row, column, cell, line)
        self._labels()
        for row, column, text in self.block.after:
            self.sheet.write_string(row, column, text)

    def _merge_below(self, row: int, column: int) -> None:
        """Merges the cell of a figure with those below that it counts for as well."""
        last = row
        while last + 1 in self.lines and self.lines[last + 1].cells[column] == UP:
            last += 1
        if last > row:
            at = self.left + column
            self.sheet.merge_range(row, at, last, at, "", self.look(border=1))

    def _numbers(self, row: int, texts: list[str]) -> None:
        """The row of column numbers, those over several columns merged."""
        for column, text in enumerate(texts):
            if text == LEFT:
                continue
            shown = (self.style.number_row or "{}").format(text)
            first = last = self.left + column
            while last - self.left + 1 < len(texts) and texts[last - self.left + 1] == LEFT:
                last += 1
            if last > first:
                self.sheet.merge_range(row, first, row, last, shown)
            elif shown.isdigit():
                self.sheet.write_number(row, first, int(shown))
            else:
                self.sheet.write_string(row, first, shown)

    def _labels(self) -> None:
        """The texts of the lines; runs of lines without a header between them are merged together."""
        run: list[list[str]] = []
        begin = last = -1
        for row, line in self.block.rows:
            if run and row != last + 1:
                self._grid(begin, run, None)
                run = []
            begin = begin if run else row
            run.append([cell if isinstance(cell, str) else "" for cell in line.cells])
            last = row
        self._grid(begin, run, None)

    def _grid(self, top: int, rows: list[list[str]], header: Any) -> None:
        """Writes texts with their merges."""
        for r, texts in enumerate(rows):
            for c, text in enumerate(texts):
                if text in ("", LEFT, UP):
                    continue
                right = c
                while right + 1 < len(texts) and texts[right + 1] == LEFT:
                    right += 1
                bottom = r
                while bottom + 1 < len(rows) and rows[bottom + 1][c] == UP:
                    bottom += 1
                shape = header or self._shape(top + r, c)
                if (right, bottom) == (c, r):
                    self.sheet.write_string(top + r, self.left + c, text, shape)
                else:
                    self.sheet.merge_range(top + r, self.left + c, top + bottom, self.left + right, text, shape)

    def _shape(self, row: int, column: int) -> Any:
        line = self.lines[row]
        marks = self.style.marks
        strong = line.strong or (marks in ("bold", "roman", "wording") and line.depth == 0)
        return self.look(border=1, bold=strong, indent=line.depth if marks == "indent" and column <= 1 else 0)

    def _figure(self, row: int, column: int, figure: Fig, line: Line) -> None:
        at = (row, self.left + column)
        as_text_too = (self.as_texts[column] or figure.text) and not figure.live and figure.formula is None
        if figure.written is not None or as_text_too:
            self.sheet.write_string(*at, as_text(figure, self.style), self.look(border=1))
            return
        shape = self.look(border=1, num_format=number_format(figure, self.style))
        share = figure.measure == "percent" and self.style.fraction
        value = figure.value / 100 if share else figure.value
        if figure.formula is not None:
            self.sheet.write_formula(*at, "=" + figure.formula, shape, float(value))
        elif figure.live:
            formula = formula_of(figure, share)
            self.sheet.write_formula(*at, "=" + formula, shape, float(value))
        else:
            self.sheet.write_number(*at, float(value), shape)


def formula_of(figure: Fig, share: bool) -> str:
    """The formula of a live figure. ``share``: percentages are fractions under a percent format."""
    sheet, op = figure.place[0], figure.by or figure.op
    taken = figure.sources if figure.takes is None else figure.takes
    cells = [a1 if name == sheet else f"'{name}'!{a1}" for name, a1 in (s.place for s in taken)]
    if op in ("sum", "mean"):
        return f"{'SUM' if op == 'sum' else 'AVERAGE'}({_joined(cells)})"
    first, second = cells[0], cells[-1]
    times = "" if share else "*100"
    return {
        "minus": f"{first}-{second}",
        "difference": f"{first}-{second}",
        "copy": first,
        "ratio": f"{first}/{second}{times}",
        "lower": f"({second}-({first}-{second}))/{second}{times}",
        "relative": f"(1-{second}/{first}){times}",
    }[op or ""]


def _joined(cells: list[str]) -> str:
    """A range where the cells follow one another in a column, else a list."""
    numbers = [int("".join(ch for ch in cell if ch.isdigit())) for cell in cells if "!" not in cell]
    one = {"".join(ch for ch in cell if ch.isalpha()) for cell in cells if "!" not in cell}
    if len(one) == 1 and len(numbers) == len(cells) > 1 and numbers == list(range(numbers[0], numbers[0] + len(cells))):
        return f"{cells[0]}:{cells[-1]}"
    return ",".join(cells)
