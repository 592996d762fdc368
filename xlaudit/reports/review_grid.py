"""An excerpt of a sheet as the office sees it, its findings in place, long quiet stretches folded away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from xlaudit.cells import Cell, letters, parse_area, parse_cell
from xlaudit.findings import SEVERITY_ORDER, Place, Severity
from xlaudit.patterns import pattern
from xlaudit.reports.markup import Html, element, joined, text
from xlaudit.reports.merges import MOST_COVERED, merged
from xlaudit.reports.review_items import Cause, Item, Part, Review
from xlaudit.reports.review_paper import paper
from xlaudit.reports.words import shown
from xlaudit.survey import Excerpt, SeenCell
from xlaudit.texts import Language, Text, both

LETTERS = {
    Severity.ERROR: both("K", "E"),
    Severity.WARNING: both("P", "W"),
    Severity.NOTE: both("C", "N"),
}
CAUSE_LETTER = both("S", "R")
CLASSES = {Severity.ERROR: "e", Severity.WARNING: "w", Severity.NOTE: "n"}
_LONGEST = 300
"""More characters of a cell are not shown."""
_MOST_BADGES = 4
_MOST_COLUMNS = 120
_COLOUR = pattern(r"[0-9A-Fa-f]{6}")
_EMPTY = Text("rows {first}–{last} are empty")
_QUIET = Text("rows {first}–{last}: {n} rows without findings")
_DROPPED = Text("rows {first}–{last} are not on this page (checked, no findings)")
_CROWDED = Text("rows {first}–{last} are left out to keep the page light; their findings are listed")
_SEE = Text("root cause: ")
_OUGHT = Text("computed: {value}")
_REPAIR = Text("suggested: {value}")


class Line(NamedTuple):
    """A drawn row, or a stretch of rows that is not there."""

    kind: str
    first: int
    last: int


def badge(severity: Severity, number: int, language: Language) -> str:
    """``K3``: the letter of a severity and the number of a finding, told apart without colours."""
    return f"{LETTERS[severity].get(language)}{number}"


def cause_mark(cause: Cause, language: Language) -> str:
    """``S1``: the letter of a cause and its number."""
    return f"{CAUSE_LETTER.get(language)}{cause.number}"


def cell_anchor(part: int, place: Place) -> str:
    """Where a link to a cell goes."""
    return f"c{part}-{place.cell}"


def shown_places(excerpt: Excerpt, review: Review, part: int) -> dict[Place, str]:
    """The cells of an excerpt that are drawn and spoken of, each with its anchor."""
    spoken = {*review.at, *review.repaired}
    spoken |= {place for item in review.items() for place in item.finding.because}
    found = {}
    for place in spoken:
        if place.sheet == excerpt.sheet.name and (cell := _cell_of(place)) is not None:
            if not excerpt.shows(cell.row):
                continue
            found[place] = cell_anchor(part, place)
    return found


def _cell_of(place: Place) -> Cell | None:
    try:
        cell = parse_cell(place.cell)
    except ValueError:  # an address out of a report made by hand
        return None
    return cell if cell.column <= _MOST_COLUMNS else None


class Grid:
    """One excerpt drawn with column letters and row numbers."""

    def __init__(self, excerpt: Excerpt, review: Review, part: Part, language: Language) -> None:
        self.excerpt = excerpt
        self.review = review
        self.language = language
        self.sheet = excerpt.sheet
        self.causes = {item.number: cause for cause in review.causes() for item in cause.items}
        self.tables = [parse_area(block.table.range) for block in part.blocks if block.table is not None]
        self.anchors = shown_places(excerpt, review, part.number)
        cells = {(cell.row, cell.column): place for place in self.anchors if (cell := _cell_of(place)) is not None}
        self.places = self._on_merges(cells)
        self.spoken = {row for row, _ in self.places}
        texts = {row: [column for column, cell in line.items() if cell.text] for row, line in self.sheet.cells.items()}
        self.filled = {row: columns for row, columns in texts.items() if columns}
        right = [max(columns) for columns in self.filled.values()]
        right += [column for _, column in self.places] + [area.right for area in self.tables]
        width = min(max(right, default=1), _MOST_COLUMNS)
        hidden = set(self.sheet.hidden_columns)
        spoken = {column for _, column in self.places}
        self.columns = [column for column in range(1, width + 1) if column not in hidden or column in spoken]
        self.hidden = hidden & spoken
        self.paper = paper(excerpt, self.columns, spoken)
        self.crowded = {row for row in excerpt.near if row not in self.sheet.cells}
        self.hidden_rows = frozenset(self.sheet.hidden_rows)

    def _on_merges(self, cells: dict[tuple[int, int], Place]) -> dict[tuple[int, int], list[Place]]:
        """The places by the cell in which they are drawn: one under a merge is drawn at its first cell."""
        first = {
            (row, column): (area.top, area.left)
            for area in self.sheet.merges
            if area.size <= MOST_COVERED
            for row, column in area.cells()
            if (row, column) in cells
        }
        drawn: dict[tuple[int, int], list[Place]] = {}
        for at, place in cells.items():
            drawn.setdefault(first.get(at, at), []).append(place)
        return drawn

    def html(self) -> Html:
        heads = (
            element("th", letters(c), class_="hid" if c in self.hidden else None, scope="col")
            for c in self.columns
        )
        bodies = list(self.bodies())
        widths = (Html(f'<col style="--w:{share // 100}.{share % 100:02}%">') for share in self.paper.shares)
        columns = element("colgroup", Html('<col class="rn">'), *widths)
        table = element("table", columns, element("thead", element("tr", element("th", ""), *heads)), *bodies)
        return element("div", table, class_="grid", tabindex="0")

    def bodies(self) -> Iterator[Html]:
        for kind, lines in groupby(self.lines(), key=lambda line: line.kind):
            held = list(lines)
            if kind == "near":
                yield self.body([line.first for line in held], None)
            elif kind == "rest":
                yield self.fold(held)
            else:
                yield element("tbody", *(self.gap(line) for line in held))

    def lines(self) -> Iterator[Line]:
        """The rows in order, with what is blank, folded or left out between them."""
        taken = sorted(self.filled.keys() | (self.excerpt.near & self.spoken))
        dropped = dict(self.excerpt.dropped)
        starts = sorted([*taken, *dropped])
        before = 0
        for row in starts:
            if row <= before:
                continue
            if 0 < row - before - 1 <= 2 and before:
                kind = "near" if row in self.excerpt.near and before in self.excerpt.near else "rest"
                yield from (Line(kind, blank, blank) for blank in range(before + 1, row))
            elif row - before > 1:
                yield Line("empty", before + 1, row - 1)
            if row in dropped and row not in self.sheet.cells and row not in self.spoken:
                yield Line("dropped", row, dropped[row])
                before = dropped[row]
            else:
                yield Line("near" if row in self.excerpt.near else "rest", row, row)
                before = row

    def body(self, rows: Sequence[int], class_: str | None) -> Html:
        under = merged(self.sheet.merges, rows, self.columns)
        lines = []
        for row in rows:
            cells = [element("th", str(row), scope="row")]
            title = self.title(row)
            for column in self.columns:
                if title is not None and column == title:
                    beyond = {(row, right) for right in self.columns if right > column}
                    under.spans.setdefault((row, column), (1, len(beyond) + 1))
                    under.covered |= beyond
                if (row, column) not in under.covered:
                    text_at = under.origin.get((row, column), (row, column))
                    stored = self.sheet.cells.get(text_at[0], {}).get(text_at[1])
                    span = under.spans.get((row, column), (1, 1))
                    cells.append(self.cell(row, column, stored, span, text_at != (row, column)))
            classes = [
                *(["hid"] if row in self.hidden_rows else []),
                *(["hd"] if row in self.excerpt.headings else []),
            ]
            lines.append(element("tr", *cells, class_=" ".join(classes) or None))
        return element("tbody", *lines, class_=class_)

    def title(self, row: int) -> int | None:
        """The column of a text that stands alone in a row outside the tables: it reaches over its blank neighbours."""
        columns = self.filled.get(row, [])
        if len(columns) != 1 or row in self.spoken or any(area.top <= row <= area.bottom for area in self.tables):
            return None
        if any(area.top <= row <= area.bottom for area in self.sheet.merges):
            return None
        return None if self.sheet.cells[row][columns[0]].number else columns[0]

    def fold(self, lines: Sequence[Line]) -> Html:
        """Rows behind a switch, that works without scripts."""
        first, last = lines[0].first, lines[-1].last
        if len(lines) <= 3:
            return self.body([line.first for line in lines], None)
        said = _QUIET.fill(first=first, last=last, n=len(lines)).get(self.language)
        switch = element("label", Html('<input type="checkbox">'), f" {said}")
        row = element("tr", element("th", "⋮"), element("td", switch, colspan=len(self.columns)), class_="gap")
        return joined(
            [element("tbody", row, class_="switch"), self.body([line.first for line in lines], "rest")]
        )

    def gap(self, line: Line) -> Html:
        crowded = any(line.first <= row <= line.last for row in self.crowded)
        words = _EMPTY if line.kind == "empty" else _CROWDED if crowded else _DROPPED
        said = words.fill(first=line.first, last=line.last).get(self.language)
        if line.first == line.last:
            said = said.replace(f"{line.first}–{line.last}", str(line.first))
        return element("tr", element("th", "⋮"), element("td", said, colspan=len(self.columns)), class_="gap")

    def cell(self, row: int, column: int, stored: SeenCell | None, span: tuple[int, int], again: bool) -> Html:
        places = [] if again else self.places.get((row, column), [])
        items = [item for place in places for item in self.review.at.get(place, ())]
        causes = [cause for place in places for cause in self.review.repaired.get(place, ())]
        value = "" if stored is None else stored.text
        if len(value) > _LONGEST:
            value = value[: _LONGEST - 1] + "…"
        classes = ["again"] if again else []
        classes += ["num"] if stored is not None and stored.number and row not in self.excerpt.headings else []
        classes += ["b"] if stored is not None and stored.bold else []
        classes += ["hid"] if column in self.hidden else []
        worst = min((item.finding.severity for item in items), key=SEVERITY_ORDER.__getitem__, default=None)
        classes += [CLASSES[worst]] if worst is not None else ["c"] if causes else []
        return element(
            "td",
            text(value),
            *self.badges(items, causes),
            *self.below(items, causes, places),
            id=self.anchors[places[0]] if places else None,
            class_=" ".join(classes) or None,
            rowspan=span[0] if span[0] > 1 else None,
            colspan=span[1] if span[1] > 1 else None,
            style=_look(stored, flagged=worst is not None or bool(causes)),
        )

    def badges(self, items: Sequence[Item], causes: Sequence[Cause]) -> Iterator[Html]:
        links = [
            element("a", cause_mark(cause, self.language), class_="m s", href=f"#{cause.anchor}")
            for cause in causes
        ]
        links += (
            element(
                "a",
                badge(item.finding.severity, item.number, self.language),
                class_=f"m {CLASSES[item.finding.severity]}",
                href=f"#{item.anchor}",
            )
            for item in sorted(items, key=lambda item: SEVERITY_ORDER[item.finding.severity])
        )
        if links:
            more = [f" +{len(links) - _MOST_BADGES}"] if len(links) > _MOST_BADGES else []
            yield element("span", *links[:_MOST_BADGES], *more, class_="ms")

    def below(self, items: Sequence[Item], causes: Sequence[Cause], places: Sequence[Place]) -> Iterator[Html]:
        """What should stand in the cell: what a cause suggests, else where its cause is, else what was computed."""
        suggested = [r.suggested for c in causes for r in c.diagnosis.repairs if r.place in places]
        computed = [item.finding.computed for item in items if item.finding.computed is not None]
        followed = [self.causes[item.number] for item in items if item.number in self.causes]
        if suggested:
            said = _REPAIR.fill(value=shown(suggested[0], self.language) or "–").get(self.language)
            yield element("span", said, class_="ought")
        elif followed and followed[0].diagnosis.certainty != "unclear":
            link = element("a", cause_mark(followed[0], self.language), href=f"#{followed[0].anchor}")
            yield element("span", _SEE.get(self.language), link, class_="ought")
        elif computed:
            said = _OUGHT.fill(value=shown(computed[0], self.language) or "–").get(self.language)
            yield element("span", said, class_="ought")

def _look(stored: SeenCell | None, *, flagged: bool) -> str | None:
    """The cell's own fill and indent; on a dark fill the text is white."""
    if stored is None:
        return None
    look = []
    if stored.indent:
        look.append(f"padding-left:{min(stored.indent, 8)}.4em")
    if stored.fill and _COLOUR.fullmatch(stored.fill) and not flagged:
        red, green, blue = (int(stored.fill[at : at + 2], 16) for at in (0, 2, 4))
        dark = red * 299 + green * 587 + blue * 114 < 128_000
        look.append(f"background:#{stored.fill}" + (";color:#fff" if dark else ""))
    return ";".join(look) or None
