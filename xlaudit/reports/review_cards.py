"""The findings beside a sheet: root causes first, what follows from them folded under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath

from xlaudit.answers import Answer
from xlaudit.findings import Finding, Place, Repair
from xlaudit.reports.markup import Html, element
from xlaudit.reports.review_grid import CLASSES, badge, cause_mark
from xlaudit.reports.review_items import Block, Cause, Item
from xlaudit.reports.review_words import (
    ANSWER,
    BASIS,
    BASIS_MORE,
    CAUSE,
    COMPUTED,
    CUT_OFF,
    DIFFERENCE,
    EXPLAINS,
    NO_TABLE,
    QUIET_SHEET,
    STATED,
    SUGGESTION,
    TO_DO,
)
from xlaudit.reports.words import CERTAINTY, answer_words, figures, kind_words, one_line, shown
from xlaudit.texts import Language, Text

_MOST_BASIS = 12

Titles = Callable[[str], Text | None]


class Cards:
    """The findings of one sheet as cards. ``anchors`` are the cells that the page draws, ``answers`` by finding id."""

    def __init__(
        self,
        sheet: str,
        anchors: dict[Place, str],
        titles: Titles,
        answers: Mapping[str, Answer],
        language: Language,
    ) -> None:
        self.sheet = sheet
        self.anchors = anchors
        self.titles = titles
        self.answers = answers
        self.language = language

    def block(self, block: Block) -> Iterator[Html]:
        """A table's heading and what was found in it."""
        table = block.table
        if table is None:
            yield element("h3", self.say(NO_TABLE))
        else:
            kind = kind_words(table.kind)
            name = self.say(kind) if kind else one_line(table.kind)
            quiet = not block.causes and not block.items
            state = [element("span", f" · {self.say(QUIET_SHEET)}", class_="quiet")] if quiet else []
            yield element("h3", f"{name} ", element("span", table.range, class_="quiet"), *state)
            remarks = [self.say(remark) for remark in table.remarks]
            remarks += [self.say(CUT_OFF)] if table.rounding == "truncated" else []
            yield from (element("p", remark, class_="quiet small") for remark in remarks)
        yield from map(self.cause, block.causes)
        yield from map(self.item, block.items)

    def elsewhere(self, causes: Iterable[Cause]) -> Iterator[Html]:
        """Causes that lie in this sheet and are told of in another one."""
        for cause in causes:
            here = [repair for repair in cause.diagnosis.repairs if repair.place.sheet == self.sheet]
            letter = element("a", cause_mark(cause, self.language), class_="m s", href=f"#{cause.anchor}")
            said = [piece for repair in here for piece in (" ", self.link(repair.place), " ", self.arrow(repair))]
            yield element("p", letter, *said, class_="small")

    def arrow(self, repair: Repair) -> Html:
        stated, suggested = (shown(value, self.language) or "–" for value in (repair.stated, repair.suggested))
        return element("b", f"{stated} → {suggested}", class_="fig")

    def cause(self, cause: Cause) -> Html:
        diagnosis = cause.diagnosis
        letter = element("span", cause_mark(cause, self.language), class_="m s")
        sure = self.say(CERTAINTY[diagnosis.certainty])
        children: list[Html] = [
            element("h4", letter, f" {self.say(CAUSE)} ", element("span", f"({sure})", class_="quiet")),
            element("p", self.say(diagnosis.message)),
        ]
        for repair in diagnosis.repairs:
            children.append(element("p", f"{self.say(SUGGESTION)}: ", self.link(repair.place), " ", self.arrow(repair)))
        children.append(self.answer())
        if cause.items:
            n = len(cause.items)
            said = self.say(EXPLAINS.fill(n=n))
            badges = (self.mark(item) for item in cause.items[:30])
            summary = element("summary", f"{said}: ", *badges)
            children.append(element("details", summary, *(self.item(item, within=True) for item in cause.items)))
        return element("section", *children, id=cause.anchor, class_=f"cause {CLASSES[cause.worst]}")

    def item(self, item: Item, within: bool = False) -> Html:
        finding = item.finding
        label = one_line(self.say(finding.label))
        title = self.titles(finding.rule)
        rule = f"{finding.rule} · {finding.name}" if title is None else f"{finding.rule} · {self.say(title)}"
        key = [
            element("h4", self.mark(item), " ", self.link(finding.place), " ", element("span", label, class_="lab")),
            *self.figures(finding),
            element("p", rule, " ", element("span", finding.id, class_="id"), class_="quiet small", title=finding.name),
        ]
        told = [element("p", self.say(finding.message))]
        if finding.advice is not None:
            told.append(element("p", element("b", f"{self.say(TO_DO)}: "), self.say(finding.advice)))
        told += self.basis(finding)
        said = answer_words(self.answers.get(finding.id, Answer()), self.language)
        if said is not None:
            told.append(element("p", self.say(said), class_="said"))
        elif not within:
            told.append(self.answer())
        children = (element("div", *key, class_="key"), element("div", *told, class_="told"))
        return element("article", *children, id=item.anchor, class_=CLASSES[finding.severity])

    def mark(self, item: Item) -> Html:
        severity = item.finding.severity
        return element("span", badge(severity, item.number, self.language), class_=f"m {CLASSES[severity]}")

    def figures(self, finding: Finding) -> Iterator[Html]:
        pairs = zip((STATED, COMPUTED, DIFFERENCE), figures(finding, self.language), strict=True)
        said = [
            element("span", f"{self.say(words)} ", element("b", value or "–", class_="fig"))
            for words, value in pairs
            if value is not None
        ]
        if said:
            yield element("p", *said, class_="facts")

    def basis(self, finding: Finding) -> Iterator[Html]:
        """The cells that a finding rests on, those of other workbooks by their file's name."""
        places = finding.because
        others = [f"{PurePath(one.path).name} · {one.sheet}!{one.cell}" for one in finding.elsewhere]
        if not places and not others:
            return
        linked = list(self.listed(places[:_MOST_BASIS]))
        more = len(places) - _MOST_BASIS
        tail = [f", {self.say(BASIS_MORE.fill(n=more))}"] if more > 0 else []
        tail += [(", " if places else "") + ", ".join(map(one_line, others[:_MOST_BASIS]))] if others else []
        yield element("p", f"{self.say(BASIS)}: ", *linked, *tail, class_="small")

    def listed(self, places: Iterable[Place]) -> Iterator[str]:
        for number, place in enumerate(places):
            yield from ([", "] if number else [])
            yield self.link(place)

    def link(self, place: Place) -> Html:
        """The address, as a link where the page draws the cell; with its sheet where that is another one."""
        cell = one_line(place.cell)
        name = cell if place.sheet == self.sheet else f"{one_line(place.sheet)}!{cell}"
        anchor = self.anchors.get(place)
        return element("a", name, href=f"#{anchor}") if anchor is not None else element("span", name)

    def answer(self) -> Html:
        """A line for the agency's answer, on paper only."""
        return element("p", f"{self.say(ANSWER)}: ", class_="answer")

    def say(self, text: Text) -> str:
        return text.get(self.language)
