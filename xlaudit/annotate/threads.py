"""Threaded comments: a cell shows either a note or a thread, so a flagged cell with a thread is answered in it.

[MS-XLSX] 2.1.31 (persons), 2.1.32 (threaded comments). Beneath each thread stands a note, by the author ``tc={id}``,
with the whole thread as text: what programs show that know no threads. Excel writes that text anew when it saves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.notetext import AUTHOR, our_spans
from xlaudit.annotate.parts import Part, Relation
from xlaudit.annotate.xmlscan import Element, escaped, escaped_string
from xlaudit.patterns import pattern

THREAD_AUTHOR = "tc="
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_PERSONS = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_REPLY = pattern(r"\r?\n[^\r\n]*:\r?\n {4}(?=xlaudit: )")
"""How Excel begins a reply in the note beneath a thread; the word before the colon is in Excel's language."""


def _id(what: str) -> str:
    """An id that is the same whenever the same is annotated."""
    return f"{{{str(uuid5(NAMESPACE_URL, f'urn:xlaudit:{what}')).upper()}}}"


PERSON = _id("person")


class Threads:
    """The threads of one worksheet."""

    def __init__(self, book: Book, relations: Sequence[Relation]) -> None:
        self._book = book
        self._part = _related(book, relations, _THREADS)
        self._said = [] if self._part is None else _comments(self._part)
        workbook = book.place.relations(book.part.name)
        self._persons = _related(book, workbook, _PERSONS) if self._said else None

    def has(self, author: str) -> bool:
        """Whether a note by this author stands beneath a thread, and is not just left over of one."""
        return author.startswith(THREAD_AUTHOR) and self._root(author) is not None

    def _root(self, author: str) -> Element | None:
        id = author.removeprefix(THREAD_AUTHOR).casefold()
        return next((item for item in self._said if item.get("id").casefold() == id), None)

    def answer(self, notes: Part, note: Element, author: str, text: str) -> None:
        """Writes a text as a reply, and into the note beneath as Excel would."""
        leaves = [leaf for leaf in note.descendants("t") if not leaf.empty]
        if leaves:
            notes.edits.insert(leaves[-1].close, escaped_string(f"\nReply:\n    {text}"))
        root = self._root(author)
        if root is None or self._part is None or self._persons is None:
            return
        self._introduce(self._persons)
        id = root.get("id")
        thread = [item for item in self._said if item is root or item.get("parentId") == id]
        tag, leaf = root.qualified("threadedComment"), root.qualified("text")
        self._part.edits.insert(
            thread[-1].end,
            f'<{tag} ref="{escaped(root.get("ref"))}"{_moment(thread[-1].get("dT"))} personId="{PERSON}"'
            f' id="{_id(f"reply:{id}")}" parentId="{escaped(id)}">'
            f'<{leaf} xml:space="preserve">{escaped_string(text)}</{leaf}></{tag}>',
        )

    def _introduce(self, persons: Part) -> None:
        """Puts us among the persons, once."""
        known = {child.get("id").upper() for child in persons.root.children()}
        if PERSON not in known and not persons.edits:
            tag = persons.root.qualified("person")
            persons.edits.append(
                persons.root,
                f'<{tag} displayName="{AUTHOR}" id="{PERSON}" userId="{AUTHOR}" providerId="None"/>',
            )


def remove_replies(book: Book, ref: SheetRef) -> None:
    """Takes our replies out of the threads of a worksheet."""
    part = _related(book, book.place.relations(ref.part), _THREADS)
    for item in [] if part is None else _comments(part):
        text = item.child("text")
        ours = item.get("personId").upper() == PERSON or (text is not None and _is_ours(text.text))
        if part is not None and ours:
            part.edits.remove(item)


def forget_person(book: Book) -> None:
    """Takes us out of the persons of a workbook."""
    part = _related(book, book.place.relations(book.part.name), _PERSONS)
    for child in [] if part is None else part.root.children():
        if part is not None and child.get("id").upper() == PERSON:
            part.edits.remove(child)


def reply_spans(text: str) -> list[tuple[int, int]]:
    """Where in the note beneath a thread our replies stand, with the line that says that it is one."""
    spans = []
    for match in _REPLY.finditer(text):
        ours = text[match.end() :]
        if (found := our_spans(ours)) and found[0][0] == 0:
            end = found[0][1] - (1 if ours[: found[0][1]].endswith("\n") else 0)
            spans.append((match.start(), match.end() + end))
    return spans


def _is_ours(text: str) -> bool:
    spans = our_spans(text.strip())
    return len(spans) == 1 and spans[0] == (0, len(text.strip()))


def _related(book: Book, relations: Sequence[Relation], kind: str) -> Part | None:
    for relation in relations:
        if relation.kind == kind and not relation.external and book.place.package.has(relation.target):
            return book.place.part(relation.target)
    return None


def _comments(part: Part) -> list[Element]:
    return [child for child in part.root.children() if child.local == "threadedComment"]


def _moment(last: str) -> str:
    """The attribute that dates a reply: a second after what it answers, so that it stands below and never differs."""
    try:
        moment = datetime.fromisoformat(last) + timedelta(seconds=1)
    except (ValueError, OverflowError):
        return f' dT="{escaped(last)}"' if last else ""
    return f' dT="{moment.isoformat(timespec="milliseconds")[:22]}"'
