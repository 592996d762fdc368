"""A resubmission beside the submission before, as one page for screen and paper, in the manner of the review page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from xlaudit import __version__
from xlaudit.changes import Comparison, Revised
from xlaudit.findings import Place, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports import review_words as words
from xlaudit.reports.comparison_entries import ABOUT, HEADINGS, WORDS, Entry, Group, entries
from xlaudit.reports.markup import Html, document, element
from xlaudit.reports.review_grid import CLASSES, LETTERS
from xlaudit.reports.review_signs import signatures
from xlaudit.reports.review_style import SCRIPT, STYLE
from xlaudit.reports.words import answer_words, counted, one_line, shown
from xlaudit.rules.base import all_rules
from xlaudit.texts import Language, Text, plural, sentences
from xlaudit.waivers import written

_MOST = 2_000
"""So many entries of a group are shown; a page of more would be too heavy to open."""

_TITLE = Text("Comparison of Two Submissions")
_SUBTITLE = Text("What a resubmission mended, what is open, what changed unasked")
_EARLIER = Text("Earlier workbook")
_LATER = Text("Later workbook")
_BEFORE = Text("before")
_NOW = Text("now")
_FORMERLY = Text("formerly {cell}")
_EMPTY = Text("(blank)")
_MORE = plural("and {n} more", "and {n} more")
_WANTED = Text("Figures changed as findings asked ({n})")
_FOLLOWING = Text("Figures that follow from these ({n})")
_ALL_DONE = Text("Nothing is open.")
_LEFT = plural("{n} finding is open.", "{n} findings are open.")
_SAID = plural("{n} of them is said to be fixed.", "{n} of them are said to be fixed.")
_NEW = plural("{n} of them is new.", "{n} of them are new.")
_HEADS = (Text("Cell"), Text("Item"), _BEFORE, _NOW)
_EXTRA = """
article p.facts s { color: var(--dim); } .verdict { font-weight: 700; }
.columns { columns: 2 34rem; column-gap: 1.5rem; } .columns article { break-inside: avoid; }
.tiles a { color: inherit; text-decoration: none; }
table.list td.fig { white-space: nowrap; text-align: right; }
@media print { .columns { columns: 1; } details.more { display: none; } }
"""


def comparison_page(found: Comparison, language: Language, today: date | None = None) -> str:
    """The page. Everything out of the workbooks is escaped; nothing outside is loaded, no script is needed to read.

    ``today`` is the day of the comparison; without it the page names no day.
    """
    return _Page(found, language, today).html()


class _Page:
    def __init__(self, found: Comparison, language: Language, today: date | None) -> None:
        self.found = found
        self.language = language
        self.today = today
        self.groups = entries(found)
        self.rules = {rule.code: rule.title for rule in all_rules()}

    def html(self) -> str:
        body = [self.head(), *self.controls(), *self.sections(), *self.wanted(), signatures(self.language)]
        name = f"{_name(self.found.new)} · {self.say(_TITLE)}"
        return document(self.language, name, STYLE + _EXTRA, SCRIPT, body)

    def head(self) -> Html:
        title = element("h1", self.say(_TITLE), element("small", self.say(_SUBTITLE)))
        lines = (element("div", element("dt", key), element("dd", value)) for key, value in self.facts())
        tiles = [self.tile(group, len(some)) for group, some in self.groups.items() if some]
        counts = ((_SAID, len(self.found.contested)), (_NEW, len(self.found.come)))
        standing = len(self.found.open) + len(self.found.come)
        left = sentences(_LEFT.fill(n=standing), *(text.fill(n=n) for text, n in counts if n))
        said = left if standing else _ALL_DONE
        verdict = element("p", element("b", self.say(said)), " ", self.say(words.SCOPE))
        remarks = [element("li", self.say(remark)) for remark in self.found.new.remarks]
        told = [element("ul", *remarks, class_="remarks")] if remarks else []
        return element("header", title, element("dl", *lines), element("div", *tiles, class_="tiles"), verdict, *told)

    def facts(self) -> Iterator[tuple[str, str]]:
        said = self.found.new.identity
        missing = element("span", self.say(words.NOT_SAID), class_="quiet")
        yield self.say(words.AGENCY), one_line(said.agency) or missing
        yield self.say(words.GOVERNMENT), one_line(said.government) or missing
        for text, outcome in ((_EARLIER, self.found.old), (_LATER, self.found.new)):
            counts = ", ".join(self.say(counted(severity, outcome.count(severity))) for severity in Severity)
            yield self.say(text), f"{_name(outcome)} ({counts})"
        if self.today is not None:
            yield self.say(words.DAY), self.say(written(self.today))
        yield self.say(words.TOOL), f"xlaudit {__version__}"

    def tile(self, group: Group, n: int) -> Html:
        word = self.say(WORDS[group])
        link = element("a", element("span", word[:1].upper() + word[1:]), href=f"#{group.value}")
        return element("div", element("b", str(n)), link)

    def controls(self) -> Iterator[Html]:
        """Filters: severities by style alone, the search by a script that shows its field."""
        seen = {entry.severity for some in self.groups.values() for entry in some} - {None}
        if not seen:
            return
        names = {Severity.ERROR: words.ERRORS, Severity.WARNING: words.WARNINGS, Severity.NOTE: words.NOTES}
        boxes = [
            element(
                "label",
                Html(f'<input type="checkbox" id="show-{CLASSES[severity]}" checked>'),
                element("span", self.say(LETTERS[severity]), class_=f"m {CLASSES[severity]}"),
                f" {self.say(name)}",
            )
            for severity, name in names.items()
            if severity in seen
        ]
        field = Html('<input type="search" id="search" autocomplete="off">')
        search = element("label", f"{self.say(words.SEARCH)} ", field, class_="js")
        count = element("output", "", id="count", data_told=self.say(words.SHOWN))
        yield element("form", element("span", f"{self.say(words.SHOW)}:"), *boxes, search, count, class_="bar")

    def sections(self) -> Iterator[Html]:
        for group, some in self.groups.items():
            if not some:
                continue
            heading = element("h2", self.say(HEADINGS[group].fill(n=len(some))))
            about = [element("p", self.say(ABOUT[group]), class_="quiet")] if group in ABOUT else []
            if group in (Group.SILENT, Group.ADDED, Group.REMOVED):
                content = self.table(some)
            else:
                content = element("div", *map(self.card, some[:_MOST]), class_="columns")
            yield element("section", heading, *about, content, *self.more(len(some)), id=group.value, class_="sheet")

    def more(self, n: int) -> Iterator[Html]:
        if n > _MOST:
            yield element("p", self.say(_MORE.fill(n=n - _MOST)), class_="quiet")

    def card(self, entry: Entry) -> Html:
        finding = entry.finding
        assert finding is not None
        mark = element("span", self.say(LETTERS[finding.severity]), class_=f"m {CLASSES[finding.severity]}")
        label = element("span", one_line(self.say(entry.label)), class_="lab")
        title = self.rules.get(finding.rule)
        rule = f"{finding.rule} · {finding.name if title is None else self.say(title)}"
        key = [
            element("h4", mark, " ", *self.where(entry), " ", label),
            element("p", *self.figures(entry), class_="facts"),
            element("p", rule, " ", element("span", finding.id, class_="id"), class_="quiet small"),
        ]
        told = [element("p", self.say(finding.message))]
        said = answer_words(entry.answer, self.language)
        if said is not None:
            told.append(element("p", self.say(said), class_="said"))
        if entry.verdict is not None:
            told.append(element("p", self.say(entry.verdict), class_="verdict"))
        kind = CLASSES[finding.severity]
        return element("article", element("div", *key, class_="key"), element("div", *told, class_="told"), class_=kind)

    def where(self, entry: Entry) -> Iterator[str]:
        yield f"{one_line(entry.place.sheet)}!{one_line(entry.place.cell)}"
        if entry.formerly is not None:
            formerly = _FORMERLY.fill(cell=_cell(entry.formerly, entry.place))
            yield element("span", f" ({self.say(formerly)})", class_="quiet")

    def figures(self, entry: Entry) -> Iterator[Html]:
        pairs = [(_BEFORE, entry.before), (_NOW, entry.after)]
        if entry.group is Group.COME or entry.group is Group.WAIVED or entry.before == entry.after:
            pairs = [(words.STATED, entry.after)]
        pairs.append((words.COMPUTED, entry.computed))
        if entry.computed is None and entry.before is None and entry.after is None:
            return
        for text, value in pairs:
            yield element("span", f"{self.say(text)} ", element("b", self.value(value), class_="fig"))

    def table(self, some: Sequence[Entry]) -> Html:
        """Figures and rows, one in each line."""
        figures = some[0].group is Group.SILENT
        heads = _HEADS if figures else _HEADS[:2]
        rows = []
        for entry in some[:_MOST]:
            label = one_line(self.say(entry.label))
            note = "" if entry.verdict is None else f" ({self.say(entry.verdict)})"
            cells = [element("td", *self.where(entry)), element("td", label, note)]
            if figures:
                cells += (element("td", self.value(value), class_="fig") for value in (entry.before, entry.after))
            rows.append(element("tr", *cells))
        return _table((self.say(head) for head in heads), rows)

    def wanted(self) -> Iterator[Html]:
        """What changed as it was asked, folded."""
        for text, some in ((_WANTED, self.found.asked), (_FOLLOWING, self.found.following)):
            if some:
                rows = [self.revised(one) for one in some[:_MOST]]
                table = _table((self.say(head) for head in _HEADS), rows)
                summary = element("summary", element("h2", self.say(text.fill(n=len(some)))))
                folded = element("details", summary, table, *self.more(len(some)), class_="more")
                yield element("section", folded, class_="clean")

    def revised(self, one: Revised) -> Html:
        where = f"{one_line(one.after_place.sheet)}!{one.after_place.cell}"
        figures = (element("td", self.value(value), class_="fig") for value in (one.before, one.after))
        return element("tr", element("td", where), element("td", one_line(self.say(one.label))), *figures)

    def value(self, value: str | None) -> str:
        return shown(value, self.language) or self.say(_EMPTY)

    def say(self, text: Text) -> str:
        return text.get(self.language)


def _table(heads: Iterable[str], rows: Iterable[Html]) -> Html:
    head = element("thead", element("tr", *(element("th", text) for text in heads)))
    return element("table", head, element("tbody", *rows), class_="list")


def _name(outcome: Outcome) -> str:
    return one_line(PurePath(outcome.path.replace("\\", "/")).name)


def _cell(was: Place, now: Place) -> str:
    return was.cell if was.sheet == now.sheet else f"{one_line(was.sheet)}!{was.cell}"
