"""What annotating may change in a part that it touches: one list, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

MAY_DIFFER = {
    ("cfRule", "priority"): "rules of the file step behind ours where both reach a cell",
    ("workbookView", "activeTab"): "sheets are counted by their position",
    ("workbookView", "firstSheet"): "likewise",
    ("definedName", "localSheetId"): "likewise",
    ("fonts", "count"): "formats of ours are appended",
    ("fills", "count"): "likewise",
    ("borders", "count"): "likewise",
    ("numFmts", "count"): "likewise",
    ("cellXfs", "count"): "likewise",
    ("dxfs", "count"): "likewise",
    ("idmap", "data"): "a drawing claims the ids of the notes that are added",
}
"""Attributes whose values may change, by element. Elements, their order and their texts never go."""

MAY_GROW = {
    ("xml", "Anchor"): "a note grows by what is added to it",
    ("comments", "t"): "the note beneath a thread tells the reply at its end",
}
"""Elements whose text may change, by the root of their part."""

Event = tuple[str, str, tuple[tuple[str, str], ...]]


def events(data: bytes) -> list[Event]:
    """A part as its starts, ends and texts, without what may differ."""
    root = parsed(data)
    part = etree.QName(root).localname
    found: list[Event] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            found += [(event, element.text or "", ()), *_text(element.tail)]
        elif event == "start":
            name = etree.QName(element).localname
            kept = sorted((k, v) for k, v in element.attrib.items() if (name, k) not in MAY_DIFFER)
            found.append(("start", element.tag, tuple(kept)))
            if (part, name) not in MAY_GROW:
                found += _text(element.text)
        else:
            found += [("end", element.tag, ()), *_text(element.tail)]
    return found


def parsed(data: bytes) -> etree._Element:
    """The root of a part; drawings of notes are read as far as they are XML."""
    return etree.fromstring(data, etree.XMLParser(recover=b"<xml" in data[:200], huge_tree=True))


def _text(text: str | None) -> Iterator[Event]:
    if text and text.strip():
        yield "text", text, ()


def missing(old: bytes, new: bytes) -> Event | None:
    """The first thing of the old part that the new one has not at its place; None where all is there in order."""
    rest = iter(events(new))
    for event in events(old):
        if event not in rest:
            return event
    for note in parsed(old).iter("{*}comment"):
        text = "".join(note.itertext()).rstrip()
        now = [other for other in parsed(new).iter("{*}comment") if other.get("ref") == note.get("ref")]
        if not any("".join(other.itertext()).startswith(text) for other in now):
            return "text", text, ()
    return None
