"""Taking our notes out of a sheet that another program has saved since.

A note that holds nothing but ours goes with its shape; what others wrote in the same note stays.
"""

from __future__ import annotations

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.notes import comments_part
from xlaudit.annotate.notetext import AUTHOR, our_spans
from xlaudit.annotate.parts import Part
from xlaudit.annotate.sheets import SheetPart
from xlaudit.annotate.threads import reply_spans
from xlaudit.annotate.vml import note_shapes
from xlaudit.annotate.xmlscan import Element, escaped_string, plain_string
from xlaudit.cells import Cell, parse_cell
from xlaudit.patterns import pattern

_ANY_SHAPE = pattern(rb"<(?:[\w.-]+:)?shape[\s>]")


def remove_notes(book: Book, ref: SheetRef, sheet: SheetPart) -> None:
    """Takes our notes out of one worksheet; parts that hold nothing any more go, too."""
    place = book.place
    relations = place.relations(ref.part)
    name = comments_part(book, relations)
    if name is None:
        return
    part = place.part(name)
    comments = part.root.child("commentList")
    standing = [child for child in comments.children() if child.local == "comment"] if comments else []
    gone: set[Cell] = set()
    removed: list[Element] = []
    for comment in standing:
        if _take_out(part, comment):
            removed.append(comment)
            try:
                gone.add(parse_cell(comment.get("ref").partition(":")[0]))
            except ValueError:
                continue
    if not removed:
        return
    if len(removed) == len(standing):
        place.unrelate(ref.part, name)
        place.drop(name)
    else:
        for comment in removed:
            part.edits.remove(comment)
        _forget_author(part, [comment for comment in standing if comment not in removed])
    _remove_shapes(book, ref, sheet, gone)


def _take_out(part: Part, comment: Element) -> bool:
    """Cuts our text out of a note; True where nothing else is in it and it must go as a whole."""
    text = comment.child("text")
    if text is None:
        return False
    leaves: list[tuple[Element, Element]] = []
    for child in text.children():
        if child.local == "t":
            leaves.append((child, child))
        elif child.local == "r" and (leaf := child.child("t")):
            leaves.append((child, leaf))
    texts = [plain_string(leaf.text) for _, leaf in leaves]
    whole = "".join(texts)
    spans = reply_spans(whole) or our_spans(whole)
    if not spans:
        return False
    left = [
        whole[a:b] for a, b in zip([0, *(s[1] for s in spans)], [*(s[0] for s in spans), None], strict=True)
    ]
    if not "".join(left).strip():
        return True
    at = 0
    for (outer, leaf), content in zip(leaves, texts, strict=True):
        kept = "".join(
            letter for number, letter in enumerate(content, at) if not any(a <= number < b for a, b in spans)
        )
        at += len(content)
        if kept == content:
            continue
        if not kept:
            part.edits.remove(outer)
        elif not leaf.empty:
            part.edits.replace(leaf.inner, leaf.close, escaped_string(kept))
    return False


def _forget_author(part: Part, kept: list[Element]) -> None:
    """Our name leaves the list of authors where it is nobody's any more; those behind it move up."""
    authors = part.root.child("authors")
    names = authors.children() if authors else []
    used = {comment.get("authorId") for comment in kept}
    gone = [at for at, name in enumerate(names) if name.text == AUTHOR and str(at) not in used]
    if len(gone) == len(names):
        return
    for at in gone:
        part.edits.remove(names[at])
    for comment in kept:
        number = comment.get("authorId")
        before = sum(at < int(number) for at in gone) if number.isdecimal() else 0
        if before:
            part.edits.set(comment, "authorId", str(int(number) - before))


def _remove_shapes(book: Book, ref: SheetRef, sheet: SheetPart, cells: set[Cell]) -> None:
    """Takes out the shapes of notes that are gone; an empty drawing goes, with the sheet's reference."""
    legacy = sheet.child("legacyDrawing")
    id = legacy.get("id") if legacy else ""
    relation = next((item for item in book.place.relations(ref.part) if item.id == id), None)
    if legacy is None or relation is None or not book.place.package.has(relation.target):
        return
    drawing = book.place.part(relation.target)
    ours = [shape for cell, shape in note_shapes(drawing.edits.data).items() if cell in cells]
    if len(ours) == len(_ANY_SHAPE.findall(drawing.edits.data)):
        sheet.part.edits.remove(legacy)
        book.place.unrelate(ref.part, relation.target)
        book.place.drop(relation.target)
        return
    for shape in ours:
        drawing.edits.replace(shape.start, shape.end, "")
