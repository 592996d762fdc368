"""Taking an annotation out: by its journal, byte for byte; else by the marks that ours carry.

Once Excel or LibreOffice have saved the workbook no offset holds any more. Then notes are known by
their first and last line, highlights by a term in their formula, names by their beginning and the
findings sheet by the name that points at it, wherever they have moved to.
"""

from __future__ import annotations

import re
from pathlib import Path

from xlaudit.annotate.book import OUR_NAMES, Book, SheetRef, workbook_part
from xlaudit.annotate.columns import ID_HEADER, TYPED_ANSWER, TYPED_DECISION, TYPED_STATUS, Typed
from xlaudit.annotate.highlights import MARKER
from xlaudit.annotate.journal import JOURNAL_PART, undo
from xlaudit.annotate.noteremoval import remove_notes
from xlaudit.annotate.package import Package, refuse_same
from xlaudit.annotate.parts import Workplace
from xlaudit.annotate.sheets import SheetPart
from xlaudit.annotate.threads import forget_person, remove_replies
from xlaudit.annotate.values import forget_strings, rich_text, sheet_texts
from xlaudit.annotate.wording import ACCEPTED, AGREES, LATER, OPEN, SHEET_NAME
from xlaudit.annotate.xmlscan import Element
from xlaudit.answers import Answer, status_of
from xlaudit.cells import letters
from xlaudit.errors import BadUsage, UnreadableWorkbook
from xlaudit.findings import FINDINGS_NAME
from xlaudit.limits import DEFAULT, Limits
from xlaudit.texts import Text

_POINTS_AT = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!.*", re.DOTALL)
_PLAIN_MARKER = MARKER.replace(" ", "").casefold()


def clean(source: Path, target: Path, limits: Limits = DEFAULT) -> None:
    """Writes a copy of a workbook without anything that ``annotate`` put in; the source is only read.

    Where nothing was changed since, every part is again what it was, byte for byte; where another
    program saved the file, exactly the notes, highlights, names and the sheet of xlaudit are gone.
    A workbook without annotations is copied, a file of another format refused. Errors are those of ``annotate``.
    """
    refuse_same(source, target)
    package = Package(source, limits)
    if annotated(package):
        clean_package(package)
    else:
        workbook_part(Workplace(package))
    package.save(target)


def is_annotated(source: Path) -> bool:
    """Whether a workbook carries an annotation; False also for what is no workbook."""
    try:
        return annotated(Package(source))
    except UnreadableWorkbook:
        return False


def read_answers(source: Path) -> dict[str, Answer]:
    """The agency's answers by finding id, without those left empty; empty where not annotated.

    Rows may have been sorted and columns moved: they are found by the heads of their columns. What is answered in
    the row of a cause stands under its own id: ``answers.of_causes`` gives it to the findings that it explains.
    """
    return answers_in(Package(source))


def annotated(package: Package) -> bool:
    """Whether a package carries the journal or the name that points at the findings sheet."""
    if package.has(JOURNAL_PART):
        return True
    book = Book(Workplace(package))
    return any(name.get("name") == FINDINGS_NAME for name in book.defined_names())


def answers_in(package: Package) -> dict[str, Answer]:
    """See ``read_answers``."""
    texts, words = _typed(package, TYPED_ANSWER), _typed(package, TYPED_STATUS)
    # Copies of earlier versions have the state of the check under the same head.
    states = {word for text in (OPEN, AGREES, LATER, ACCEPTED) for word in (text.id, text.en)}
    statuses = {name: status_of(word) for name, (word, _) in words.items() if word not in states}
    return {
        name: Answer(texts[name][0] if name in texts else "", statuses.get(name, ""))
        for name in dict.fromkeys([*texts, *statuses])
    }


def read_decisions(source: Path) -> dict[str, tuple[str, str]]:
    """What the auditor decided by finding id, as typed, with the place of the cell (``Hasil Audit!M9``).

    Those left empty are left out; empty where not annotated, also for what is no workbook of this format.
    """
    try:
        package = Package(source)
        return decisions_in(package) if annotated(package) else {}
    except (UnreadableWorkbook, BadUsage):
        return {}


def decisions_in(package: Package) -> dict[str, tuple[str, str]]:
    """See ``read_decisions``."""
    return _typed(package, TYPED_DECISION)


def _typed(package: Package, wanted: Typed) -> dict[str, tuple[str, str]]:
    """What was typed into a column of the findings sheet, by finding id, and where."""
    place = Workplace(package)
    book = Book(place)
    sheet = _findings_sheet(book)
    if sheet is None:
        return {}
    ids = column = None
    typed: dict[str, tuple[str, str]] = {}
    for number, row in sorted(sheet_texts(place, book, sheet).items()):
        if ids is None:
            ids = next((at for at, text in row.items() if text == ID_HEADER), None)
            heads = (wanted.head.id, wanted.head.en)
            column = next((at for at, text in row.items() if text in heads), wanted.usual)
        elif column is not None and row.get(ids) and row.get(column, "").strip():
            typed.setdefault(row[ids], (row[column], f"{sheet.name}!{letters(column)}{number}"))
    return typed


def clean_package(package: Package) -> None:
    """Takes an annotation out of a package in memory."""
    if undo(package):
        return
    place = Workplace(package)
    book = Book(place)
    findings = _findings_sheet(book)
    if findings is not None and len(book.sheets) == 1:
        raise BadUsage(
            "nothing_left",
            Text("This file holds nothing but the findings sheet; cleaning would leave nothing."),
        )
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet is not findings:
            part = SheetPart(place.part(sheet.part, "sheetData"))
            _remove_highlights(part)
            remove_notes(book, sheet, part)
            remove_replies(book, sheet)
    forget_person(book)
    position = -1 if findings is None else book.sheets.index(findings)
    book.undefine(lambda name: _is_ours(name, position))
    if findings is not None:
        book.take_out(findings)
        _forget_calculation(book, findings.sheet_id)
        forget_strings(book, findings)
        _drop_with_own(place, book, findings)
    place.unrelate(book.part.name, JOURNAL_PART)
    place.drop(JOURNAL_PART)
    place.commit()


def _is_ours(name: Element, position: int) -> bool:
    return name.get("name").startswith(OUR_NAMES) or name.get("localSheetId") == str(position)


def _findings_sheet(book: Book) -> SheetRef | None:
    """The findings sheet, under whatever name: by the defined name, else by the head of its hidden column."""
    for name in book.defined_names():
        if name.get("name") == FINDINGS_NAME:
            match = _POINTS_AT.fullmatch(name.text)
            sheet = book.sheet((match[1] or match[2]).replace("''", "'")) if match else None
            if sheet is not None and sheet.kind == "worksheet":
                return sheet
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet.name.startswith((SHEET_NAME.id, SHEET_NAME.en)):
            rows = sheet_texts(book.place, book, sheet)
            if any(ID_HEADER in row.values() for row in rows.values()):
                return sheet
    return None


def _remove_highlights(sheet: SheetPart) -> None:
    """Takes out the rules whose formula bears our mark, and a format with its last rule."""
    for child in sheet.children:
        if child.local != "conditionalFormatting":
            continue
        rules = [rule for rule in child.children() if rule.local == "cfRule"]
        ours = [
            rule for rule in rules if _PLAIN_MARKER in rich_text(rule, "formula").replace(" ", "").casefold()
        ]
        if ours and len(ours) == len(rules):
            sheet.part.edits.remove(child)
        else:
            for rule in ours:
                sheet.part.edits.remove(rule)


def _forget_calculation(book: Book, sheet_id: int) -> None:
    """Takes the findings sheet's cells out of the calculation chain, if the program that saved put them in.

    An entry without ``i`` is on the sheet of the one before (18.6.1).
    """
    name = book.related("calcChain")
    if name is None:
        return
    part = book.place.part(name)
    entries = [child for child in part.root.children() if child.local == "c"]
    current = 0
    ours: list[Element] = []
    previous_ours = False
    for entry in entries:
        text = entry.get("i")
        current = int(text) if text.isdecimal() else current
        if current == sheet_id:
            ours.append(entry)
        elif previous_ours and not text:
            part.edits.set(entry, "i", str(current))
        previous_ours = current == sheet_id
    if ours and len(ours) == len(entries):
        book.place.unrelate(book.part.name, name)
        book.place.drop(name)
        return
    for entry in ours:
        part.edits.remove(entry)


def _drop_with_own(place: Workplace, book: Book, sheet: SheetRef) -> None:
    """Drops the findings sheet and the parts that only it refers to (printer settings, notes)."""
    shared = {
        relation.target.lower()
        for other in [book.part.name, *(item.part for item in book.sheets if item is not sheet)]
        if other
        for relation in place.relations(other)
        if not relation.external and relation.target.lower() != sheet.part.lower()
    }
    for relation in place.relations(sheet.part):
        if (
            not relation.external
            and relation.target.lower() not in shared
            and place.package.has(relation.target)
        ):
            place.drop(relation.target)
    place.unrelate(book.part.name, sheet.part)
    place.drop(sheet.part)
