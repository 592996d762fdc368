"""A strict reader of the pages that xlaudit writes: nesting, ids, links; and what it found, for the tests."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "col", "br"}
BLOCKS = {"div", "p", "ul", "dl", "table", "section", "article", "header", "footer", "h1", "h2", "h3", "h4", "details"}
INSIDE = {
    "td": {"tr"}, "th": {"tr"}, "tr": {"thead", "tbody"}, "thead": {"table"}, "tbody": {"table"}, "colgroup": {"table"},
    "col": {"colgroup"}, "li": {"ul"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "summary": {"details"},
}  # fmt: skip
"""Where an element must stand directly in."""


@dataclass(eq=False)
class Element:
    """One element: its tag, attributes, text with that of its children, and where it stands."""

    tag: str
    attributes: dict[str, str]
    above: tuple[Element, ...]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def within(self, tag: str, class_: str = "") -> bool:
        return any(one.tag == tag and (not class_ or class_ in one.classes) for one in self.above)


class Page(HTMLParser):
    """Every element of a page.

    ``AssertionError`` where it is not well-formed, an id stands twice or a link leads nowhere.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        assert html.startswith("<!DOCTYPE html>\n<html lang="), "no page"
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, f"never closed: {[one.tag for one in self._open]}"
        ids = Counter(one.attributes["id"] for one in self.elements if "id" in one.attributes)
        assert not [name for name, times in ids.items() if times > 1], "an id stands twice"
        for link in self.links():
            assert link.startswith("#") and link[1:] in ids, f"a link leads nowhere: {link}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute stands twice in {tag}"
        above = self._open[-1].tag if self._open else ""
        assert tag not in INSIDE or above in INSIDE[tag], f"{tag} in {above}"
        assert not (tag in BLOCKS and any(one.tag in ("p", "h1", "h3", "h4", "a", "span") for one in self._open)), tag
        one = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(one)
        if tag not in VOID:
            self._open.append(one)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1].tag == tag, f"</{tag}> closes {self._open[-1].tag if self._open else '-'}"
        self._open.pop()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(f"<{tag}/>")

    def handle_data(self, data: str) -> None:
        for one in self._open:
            one.texts.append(data)

    def all(self, tag: str, class_: str = "") -> list[Element]:
        return [one for one in self.elements if one.tag == tag and (not class_ or class_ in one.classes)]

    def by_id(self, name: str) -> Element:
        [found] = [one for one in self.elements if one.attributes.get("id") == name]
        return found

    def links(self) -> list[str]:
        return [one.attributes["href"] for one in self.elements if "href" in one.attributes]
