"""The review of one workbook as a page for screen and paper: each table as the office sees it, its findings beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from xlaudit import __version__
from xlaudit.findings import Place, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports import review_words as words
from xlaudit.reports.basis import TITLE as BASIS
from xlaudit.reports.basis import basis_lines
from xlaudit.reports.grouping import by_reason
from xlaudit.reports.markup import Html, document, element
from xlaudit.reports.review_cards import Cards
from xlaudit.reports.review_grid import CAUSE_LETTER, CLASSES, LETTERS, Grid, shown_places
from xlaudit.reports.review_items import Part, Review, review
from xlaudit.reports.review_signs import signatures
from xlaudit.reports.review_style import SCRIPT, STYLE
from xlaudit.reports.words import EXAMPLE, crash_words, kind_words, one_line, period_words, shown
from xlaudit.rules.base import all_rules
from xlaudit.rules.pages import halves
from xlaudit.survey import Excerpt
from xlaudit.texts import Language, Text
from xlaudit.waivers import acceptance, written

_MOST_ADDRESSES = 12
_SEVERITIES = (
    (Severity.ERROR, words.ERRORS, words.ERRORS_ARE),
    (Severity.WARNING, words.WARNINGS, words.WARNINGS_ARE),
    (Severity.NOTE, words.NOTES, words.NOTES_ARE),
)


def review_page(outcome: Outcome, excerpts: Sequence[Excerpt], language: Language, today: date | None = None) -> str:
    """The page. Everything out of the workbook is escaped; nothing outside is loaded, no script is needed to read.

    ``today`` is the day of the review; without it the page names no day.
    """
    return _Page(outcome, excerpts, language, today).html()


class _Page:
    def __init__(
        self, outcome: Outcome, excerpts: Sequence[Excerpt], language: Language, today: date | None
    ) -> None:
        self.outcome = outcome
        self.language = language
        self.today = today
        self.excerpts = {excerpt.sheet.name: excerpt for excerpt in excerpts}
        self.review: Review = review(outcome, list(self.excerpts))
        self.rules = {rule.code: rule for rule in all_rules()}
        self.anchors: dict[Place, str] = {}
        for part in self.review.parts:
            if part.sheet in self.excerpts:
                self.anchors |= shown_places(self.excerpts[part.sheet], self.review, part.number)

    def html(self) -> str:
        name = one_line(PurePath(self.outcome.path.replace("\\", "/")).name)
        body = [self.head(name)]
        if self.outcome.failure is None:
            body += [*self.controls(), *self.overview()]
            body += (self.part(part) for part in self.review.parts)
            body += [*self.accepted(), *self.basis(), *self.unjudged(), *self.rules_used()]
        body.append(signatures(self.language))
        return document(self.language, f"{name} · {self.say(words.TITLE)}", STYLE, SCRIPT, body)

    def head(self, name: str) -> Html:
        outcome = self.outcome
        title = element("h1", self.say(words.TITLE), element("small", self.say(words.SUBTITLE)))
        lines = (element("div", element("dt", key), element("dd", value)) for key, value in self.facts(name))
        facts = element("dl", *lines)
        if outcome.failure is not None:
            code = element("span", f" [{outcome.failure.code}]", class_="quiet")
            told = element("p", element("b", self.say(words.REJECTED)), ": ", self.say(outcome.failure.message), code)
            return element("header", title, facts, element("div", told, class_="refused"))
        return element("header", title, facts, self.tiles(), *self.verdict())

    def facts(self, name: str) -> Iterator[tuple[str, str]]:
        """Whose workbook it is, by whom and how it was looked at."""
        said, outcome = self.outcome.identity, self.outcome
        missing = element("span", self.say(words.NOT_SAID), class_="quiet")
        yield self.say(words.AGENCY), one_line(said.agency) or missing
        yield self.say(words.GOVERNMENT), one_line(said.government) or missing
        yield self.say(words.PERIOD), period_words(said, self.language) or missing
        yield self.say(words.WORKBOOK), name
        if self.today is not None:
            yield self.say(words.DAY), self.say(written(self.today))
        yield self.say(words.TOOL), f"xlaudit {__version__}"
        if outcome.template is not None:
            named = dict(zip(("name", "version"), map(one_line, outcome.template), strict=True))
            yield self.say(words.TEMPLATE), self.say(words.TEMPLATE_IS.fill(**named))

    def tiles(self) -> Html:
        tiles = [
            element(
                "div",
                element("span", LETTERS[severity].get(self.language), class_=f"m {CLASSES[severity]}"),
                element("b", str(self.outcome.count(severity))),
                element("span", self.say(name), element("small", self.say(meaning))),
            )
            for severity, name, meaning in _SEVERITIES
        ]
        causes = sum(1 for _ in self.review.causes())
        if causes:
            letter = element("span", CAUSE_LETTER.get(self.language), class_="m s")
            said = element("span", self.say(words.CAUSES), element("small", self.say(words.CAUSES_ARE)))
            tiles.append(element("div", letter, element("b", str(causes)), said))
        return element("div", *tiles, class_="tiles")

    def verdict(self) -> Iterator[Html]:
        n, checks = len(self.outcome.findings), shown(str(self.outcome.checks), self.language)
        if not self.outcome.findings:
            said = words.CLEAN.fill(checks=checks)
        else:
            causes = any(True for _ in self.review.causes())
            said = (words.FOUND if causes else words.FOUND_PLAIN).fill(n=n, checks=checks)
        yield element("p", element("b", self.say(said)), " ", self.say(words.SCOPE))
        remarks = [words.UNREAD.fill(sheet=one_line(sheet)) for sheet in self.outcome.unread]
        remarks += self.outcome.remarks
        remarks += map(crash_words, self.outcome.crashes)
        if remarks:
            yield element("ul", *(element("li", self.say(remark)) for remark in remarks), class_="remarks")

    def controls(self) -> Iterator[Html]:
        """Filters: severities by style alone, the search by a script that shows its field."""
        if not self.outcome.findings:
            return
        boxes = [
            element(
                "label",
                Html(f'<input type="checkbox" id="show-{CLASSES[severity]}" checked>'),
                element("span", LETTERS[severity].get(self.language), class_=f"m {CLASSES[severity]}"),
                f" {self.say(name)}",
            )
            for severity, name, _ in _SEVERITIES
            if self.outcome.count(severity)
        ]
        field = Html('<input type="search" id="search" autocomplete="off">')
        search = element("label", f"{self.say(words.SEARCH)} ", field, class_="js")
        told = self.say(words.SHOWN)  # its gaps are filled by the script
        count = element("output", "", id="count", data_told=told)
        yield element("form", element("span", f"{self.say(words.SHOW)}:"), *boxes, search, count, class_="bar")

    def overview(self) -> Iterator[Html]:
        """Every table with its counts: the way into the page."""
        letters = [element("th", LETTERS[severity].get(self.language), class_="num") for severity in Severity]
        heads = (element("th", self.say(name)) for name in (words.SHEET, words.TABLE))
        rows: list[Html] = []
        for part in self.review.parts:
            sheet: str = element("a", one_line(part.sheet) or self.say(words.ELSEWHERE), href=f"#s{part.number}")
            for block in part.blocks:
                kind = None if block.table is None else kind_words(block.table.kind)
                name = self.say(words.NO_TABLE) if block.table is None else self.say(kind) if kind else block.table.kind
                where = element("span", "" if block.table is None else f" {block.table.range}", class_="quiet")
                counts = Counter(item.finding.severity for item in block.every())
                rows.append(element("tr", element("td", sheet), element("td", name, where), *count_cells(counts)))
                sheet = ""
        if rows:
            head = element("thead", element("tr", *heads, *letters))
            table = element("table", head, element("tbody", *rows), class_="list")
            legend = element("p", self.say(words.LEGEND), class_="quiet small")
            yield element("section", element("h2", self.say(words.BY_SHEET)), table, legend, class_="overview")

    def part(self, part: Part) -> Html:
        """A sheet with its findings beside it; one without findings is folded and not printed."""
        name = one_line(part.sheet) or self.say(words.ELSEWHERE)
        excerpt = self.excerpts.get(part.sheet)
        cards = Cards(part.sheet, self.anchors, self.title_of, self.outcome.answers, self.language)
        beside = [piece for block in part.blocks for piece in cards.block(block)]
        told = {cause.number for block in part.blocks for cause in block.causes}
        foreign = {
            cause.number: cause
            for place, causes in self.review.repaired.items()
            for cause in causes
            if place.sheet == part.sheet and cause.number not in told
        }
        beside += cards.elsewhere(foreign.values())
        grid = None if excerpt is None else Grid(excerpt, self.review, part, self.language)
        drawn = [] if grid is None else [grid.html()]
        columns = element("div", *drawn, element("div", *beside, class_="cards", tabindex="0"), class_="cols")
        attributes = {"id": f"s{part.number}", "style": None if grid is None else f"--pt:{grid.paper.size}"}
        wide = " wide" if grid is not None and grid.paper.landscape else ""
        if foreign or told or sum(part.counts().values()):
            heading = element("h2", f"{self.say(words.SHEET)} ", element("b", name))
            return element("section", heading, columns, class_=f"sheet{wide}", **attributes)
        quiet = element("span", f" · {self.say(words.QUIET_SHEET)}", class_="quiet")
        summary = element("summary", element("h2", f"{self.say(words.SHEET)} ", element("b", name), quiet))
        return element("section", element("details", summary, columns), class_=f"sheet clean{wide}", **attributes)

    def title_of(self, code: str) -> Text | None:
        rule = self.rules.get(code)
        return None if rule is None else rule.title

    def accepted(self) -> Iterator[Html]:
        """Findings that count for nothing because somebody accepted them, with who and why."""
        items: list[Html] = []
        for finding in self.outcome.waived:
            place, label = finding.place, one_line(self.say(finding.label))
            where = element("b", f"{one_line(place.sheet)}!{one_line(place.cell)}")
            why = [] if finding.waived is None else [element("em", f" {self.say(acceptance(finding.waived))}")]
            said = f" {label} · {finding.rule}: {self.say(finding.message)}"
            items.append(element("li", where, said, *why, id=f"a{len(items) + 1}"))
        if items:
            heading = element("h2", self.say(words.ACCEPTED.fill(n=len(items))))
            yield element("section", heading, element("ul", *items), class_="accepted")

    def basis(self) -> Iterator[Html]:
        """What was declared, detected and assumed."""
        lines = [element("li", one_line(self.say(line))) for line in basis_lines(self.outcome)]
        if lines:
            yield element("section", element("h2", self.say(BASIS)), element("ul", *lines), class_="basis")

    def unjudged(self) -> Iterator[Html]:
        ones = self.outcome.unjudged
        if not ones:
            return
        items = []
        for reason in by_reason(ones):
            places = (one.place for one in reason.ones)
            cells = list(dict.fromkeys(f"{one_line(place.sheet)}!{one_line(place.cell)}" for place in places))
            more = len(cells) - _MOST_ADDRESSES
            tail = f", {self.say(words.AND_MORE.fill(n=more))}" if more > 0 else ""
            where = element("span", f" {', '.join(cells[:_MOST_ADDRESSES])}{tail}", class_="quiet small")
            said = self.say(reason.text if reason.same else EXAMPLE.fill(reason=reason.text))
            items.append(element("li", f"{len(reason.ones)} × {said}", where))
        heading = element("h2", self.say(words.UNJUDGED.fill(n=len(ones))))
        about = element("p", self.say(words.UNJUDGED_IS), class_="quiet")
        yield element("section", heading, about, element("ul", *items), class_="unjudged")

    def rules_used(self) -> Iterator[Html]:
        """What the rules say that something was found by, so that nobody has to ask."""
        used = sorted({finding.rule for finding in self.outcome.findings} & self.rules.keys())
        if not used:
            return
        entries = [
            element("div", element("dt", code), element("dd", halves(self.rules[code])[self.language].summary))
            for code in used
        ]
        yield element("section", element("h2", self.say(words.RULES)), element("dl", *entries), class_="rules")

    def say(self, text: Text) -> str:
        return text.get(self.language)


def count_cells(counts: Mapping[Severity, int]) -> Iterator[Html]:
    """A table cell with the count of each severity, a dash where there is none."""
    for severity in Severity:
        count = counts.get(severity, 0)
        yield element("td", str(count or "–"), class_=f"num {CLASSES[severity] if count else 'quiet'}")
