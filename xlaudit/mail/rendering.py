"""A letter as plain text and as HTML that also Outlook shows well, which lays pages out with Word."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.mail.letter import Block, Counts, Heading, Letter, Listing, Paragraph
from xlaudit.reports.markup import Html, element, joined
from xlaudit.reports.words import counted
from xlaudit.texts import Language

WIDTH = 76
"""Characters in a line of the plain text."""

_FONT = "font-family:Calibri,Arial,sans-serif;font-size:11pt;color:#202020;"
_SMALL = "font-family:Calibri,Arial,sans-serif;font-size:9pt;color:#606060;"
_GAP = "margin:0 0 11pt 0;"
_COLOURS = {
    Severity.ERROR: ("#fbe3e1", "#8c1d18"),
    Severity.WARNING: ("#fff2cc", "#6b4e00"),
    Severity.NOTE: ("#e3edf9", "#1d4477"),
}


def plain(letter: Letter, language: Language) -> str:
    """The letter as text in lines of at most ``WIDTH`` characters, as long as words allow."""
    parts = [letter.addressee.get(language)]
    for block in letter.blocks:
        parts.append("\n".join(_plain(block, language)))
    parts.append("\n".join(letter.signature))
    if letter.small is not None:
        parts.append("\n".join(_wrapped(letter.small.get(language))))
    return "\n\n".join(part for part in parts if part) + "\n"


def _plain(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Listing(heading, items):
            yield from _wrapped(heading.get(language))
            for number, item in enumerate(items, 1):
                yield from _wrapped(item.get(language), f"{number}. ")
        case Heading(text):
            line = text.get(language)
            yield line
            yield "-" * min(len(line), WIDTH)
        case Counts(text) | Paragraph(text):
            yield from _wrapped(text.get(language))


def _wrapped(text: str, first: str = "") -> list[str]:
    return textwrap.wrap(
        text.replace(" %", "\u00a0%"),
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def page(letter: Letter, language: Language) -> str:
    """The letter as a page of plain tags with their styles in them, for mail programs keep no style sheets."""
    body = [_paragraph(letter.addressee.get(language))]
    body += [_html(block, language) for block in letter.blocks]
    if letter.signature:
        lines = [Html("<br>") if line is None else line for line in _parted(letter.signature)]
        body.append(element("p", *lines, style=_GAP + _FONT))
    if letter.small is not None:
        body.append(element("p", letter.small.get(language), style=_GAP + _SMALL))
    head = Html('<meta http-equiv="Content-Type" content="text/html; charset=utf-8">')
    inner = element("div", *body, style=_FONT + "max-width:46em;")
    whole = joined([element("head", head), element("body", inner, bgcolor="#ffffff", style="margin:0;padding:12px;")])
    return f'<!DOCTYPE html>\n<html lang="{language}">{whole}</html>\n'


def _parted(lines: tuple[str, ...]) -> Iterator[str | None]:
    for number, line in enumerate(lines):
        if number:
            yield None
        yield line


def _html(block: Block, language: Language) -> Html:
    match block:
        case Listing(heading, items):
            entries = [element("li", item.get(language), style="margin:0 0 5pt 0;" + _FONT) for item in items]
            listed = element("ol", *entries, style="margin:0 0 11pt 0;padding:0 0 0 24px;")
            return joined([_paragraph(heading.get(language), gap="margin:0 0 4pt 0;font-weight:bold;"), listed])
        case Counts(text, numbers):
            cells = [_box(severity, number, language) for severity, number in numbers if number]
            row = element("tr", *cells)
            boxes = element("table", row, cellpadding="6", cellspacing="3", border="0", style="margin:0 0 11pt 0;")
            return joined([_paragraph(text.get(language)), boxes])
        case Heading(text):
            style = "margin:6pt 0 4pt 0;border-bottom:1px solid #b0b0b0;font-weight:bold;"
            return _paragraph(text.get(language), gap=style)
        case Paragraph(text):
            return _paragraph(text.get(language))


def _box(severity: Severity, number: int, language: Language) -> Html:
    ground, ink = _COLOURS[severity]
    words = element("font", counted(severity, number).get(language), color=ink)
    return element("td", element("b", words), bgcolor=ground, style=_FONT + f"background:{ground};padding:4pt 9pt;")


def _paragraph(text: str, gap: str = _GAP) -> Html:
    return element("p", text, style=gap + _FONT)
