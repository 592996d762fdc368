"""Notes on cells: the comments part of a sheet and the drawing with their shapes.

ECMA-376 Part 1, 18.7 (comments). Notes of others are kept and extended; a thread is answered (``threads``).
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from functools import lru_cache

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.notetext import AUTHOR, Run, note_size, note_text
from xlaudit.annotate.parts import DECLARATION, Relation
from xlaudit.annotate.sheets import SheetPart
from xlaudit.annotate.threads import Threads
from xlaudit.annotate.vml import (
    VML_TYPE,
    Grid,
    enlarge,
    extend_drawing,
    new_drawing,
    note_shapes,
    shape,
    used_clusters,
)
from xlaudit.annotate.xmlscan import MAIN, MAIN_STRICT, Edits, Element, escaped_string
from xlaudit.cells import Cell, parse_cell

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


class NoteWriter:
    """Writes the notes of one workbook; keeps count of the shape ids used so far."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._place = book.place
        drawings = [name for name in self._place.package.names() if name.lower().endswith(".vml")]
        self._cluster = used_clusters(self._place.package.read(name) for name in drawings)

    def write(self, ref: SheetRef, sheet: SheetPart, notes: Mapping[Cell, Sequence[Run]]) -> None:
        """Writes notes onto a worksheet, new ones and those that extend a note that stands."""
        relations = self._place.relations(ref.part)
        kept = self._write_comments(ref, relations, notes)
        sizes = {cell: note_size(note_text(runs)) for cell, runs in notes.items() if cell in kept}
        self._write_shapes(ref, sheet, relations, sizes)

    def _write_comments(
        self, ref: SheetRef, relations: Sequence[Relation], notes: Mapping[Cell, Sequence[Run]]
    ) -> set[Cell]:
        """Writes the texts; returns the cells that got one."""
        existing = comments_part(self._book, relations)
        if existing is None:
            namespace = MAIN_STRICT if self._book.strict else MAIN
            items = "".join(_comment("", cell, 0, notes[cell]) for cell in sorted(notes))
            content = (
                f'{DECLARATION}<comments xmlns="{namespace}"><authors><author>{AUTHOR}</author></authors>'
                f"<commentList>{items}</commentList></comments>"
            )
            name = self._place.new_name("xl/comments{}.xml")
            self._place.add(name, content.encode(), COMMENTS_TYPE)
            self._place.relate(ref.part, f"{self._book.office}/comments", name)
            return set(notes)
        part = self._place.part(existing)
        authors, comments = part.root.child("authors"), part.root.child("commentList")
        names = [child.text for child in authors.children()] if authors else []
        standing: dict[Cell, Element] = {}
        for element in comments.children() if comments else []:
            try:
                standing.setdefault(parse_cell(element.get("ref").partition(":")[0]), element)
            except ValueError:
                continue
        threads = Threads(self._book, relations)
        kept: set[Cell] = set()
        new: list[str] = []
        for cell in sorted(notes):
            if cell not in standing:
                new.append(_comment(part.root.prefix, cell, len(names), notes[cell]))
            elif threads.has(author := _author(standing[cell], names)):
                threads.answer(part, standing[cell], author, note_text(notes[cell]))
            else:
                _extend(part.edits, standing[cell], notes[cell])
            kept.add(cell)
        if new:
            tag = part.root.qualified
            author = f"<{tag('author')}>{AUTHOR}</{tag('author')}>"
            if authors is None:
                part.edits.insert(part.root.inner, f"<{tag('authors')}>{author}</{tag('authors')}>")
            else:
                part.edits.append(authors, author)
            if comments is None:
                part.edits.append(part.root, f"<{tag('commentList')}>{''.join(new)}</{tag('commentList')}>")
            else:
                part.edits.append(comments, "".join(new))
        return kept

    def _write_shapes(
        self,
        ref: SheetRef,
        sheet: SheetPart,
        relations: Sequence[Relation],
        sizes: Mapping[Cell, tuple[int, int]],
    ) -> None:
        """A shape for every note: standing ones grow, missing ones are made."""
        if not sizes:
            return
        grid = Grid(sheet.column_pixels(), sheet.row_pixels(), *sheet.default_pixels())
        legacy = sheet.child("legacyDrawing")
        id = legacy.get("id") if legacy else ""
        relation = next((item for item in relations if item.id == id and not item.external), None)
        standing = relation is not None and self._place.package.has(relation.target)
        drawing = self._place.part(relation.target) if relation is not None and standing else None
        found = note_shapes(drawing.edits.data) if drawing else {}
        for cell in found.keys() & sizes.keys():
            if drawing is not None:
                enlarge(drawing.edits, found[cell], sizes[cell][1] + 15, sizes[cell][0], grid)
        missing = sorted(sizes.keys() - found.keys())
        if not missing:
            return
        clusters = list(range(self._cluster + 1, self._cluster + 2 + len(missing) // 1000))
        self._cluster = clusters[-1]
        # 1000 of a cluster's 1024 ids: its first is Excel's own.
        shapes = [
            shape(cell, sizes[cell], grid, 1024 * clusters[number // 1000] + 1 + number % 1000, number + 1)
            for number, cell in enumerate(missing)
        ]
        if drawing is not None:
            extend_drawing(drawing.edits, shapes, clusters)
            return
        name = relation.target if relation else self._place.new_name("xl/drawings/vmlDrawing{}.vml")
        self._place.default_type("vml", VML_TYPE, name)
        self._place.add(name, new_drawing(shapes, clusters), "")
        if relation is None:
            id = self._place.relate(ref.part, f"{self._book.office}/vmlDrawing", name, id)
        if legacy is None:
            prefixes = sheet.root.namespaces.items()
            prefix = next((key for key, uri in prefixes if uri == self._book.office and key), "")
            declared = "" if prefix else f' xmlns:r="{self._book.office}"'
            tag = sheet.root.qualified("legacyDrawing")
            sheet.insert("legacyDrawing", f'<{tag}{declared} {prefix or "r"}:id="{id}"/>')


def comments_part(book: Book, relations: Sequence[Relation]) -> str | None:
    """The comments part of a sheet, from its relationships."""
    for relation in relations:
        if relation.kind == f"{book.office}/comments" and book.place.package.has(relation.target):
            return posixpath.normpath(relation.target)
    return None


def _author(comment: Element, names: Sequence[str]) -> str:
    number = comment.get("authorId")
    return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def _runs(prefix: str, runs: Sequence[Run]) -> str:
    """Runs of rich text, in the type that Excel gives to notes."""
    bold, plain, end = _frames(prefix)
    return "".join([f"{bold if run.bold else plain}{escaped_string(run.text)}{end}" for run in runs])


@lru_cache(maxsize=8)
def _frames(prefix: str) -> tuple[str, str, str]:
    """What stands before a run in bold, before another, and behind either."""
    p = f"{prefix}:" if prefix else ""
    before = [
        f'<{p}r><{p}rPr>{bold}<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
        f'</{p}rPr><{p}t xml:space="preserve">'
        for bold in (f"<{p}b/>", "")
    ]
    return before[0], before[1], f"</{p}t></{p}r>"


def _comment(prefix: str, cell: Cell, author: int, runs: Sequence[Run]) -> str:
    p = f"{prefix}:" if prefix else ""
    text = f"<{p}text>{_runs(prefix, runs)}</{p}text>"
    return f'<{p}comment ref="{cell.a1}" authorId="{author}" shapeId="0">{text}</{p}comment>'


def _extend(edits: Edits, comment: Element, runs: Sequence[Run]) -> None:
    """Our runs behind the text that stands; a bare text becomes a run, or the runs would not be seen."""
    text = comment.child("text")
    if text is None:
        tag = comment.qualified("text")
        markup = f"<{tag}>{_runs(comment.prefix, runs)}</{tag}>"
        if comment.empty:
            edits.append(comment, markup)
        else:
            edits.insert(comment.inner, markup)
        return
    if text.text.strip():
        runs = [Run("\n\n" + runs[0].text, runs[0].bold), *runs[1:]]
    markup = _runs(comment.prefix, runs)
    content = [child for child in text.children() if child.local in ("t", "r")]
    for child in content:
        if child.local == "t":
            edits.insert(child.start, f"<{comment.qualified('r')}>")
            edits.insert(child.end, f"</{comment.qualified('r')}>")
    if content:
        edits.insert(content[-1].end, markup)
    elif text.empty:
        edits.append(text, markup)
    else:
        edits.insert(text.inner, markup)
