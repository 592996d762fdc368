"""Taking an annotation out: by its journal, byte for byte; else by the marks that ours carry.

Once Excel or LibreOffice have saved the workbook no offset holds any more. Then notes are known by
their first and last line, highlights by a term in their formula, names by their beginning and the
findings sheet by the name that points at it, wherever they have moved to.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from xlaudit.annotate.book import OUR_NAMES, Book, SheetRef, workbook_part
from xlaudit.annotate.highlights import MARKER
from xlaudit.annotate.journal import JOURNAL_PART, undo
from xlaudit.annotate.noteremoval import remove_notes
from xlaudit.annotate.ownsheets import own_sheets
from xlaudit.annotate.package import Package, refuse_same
from xlaudit.annotate.parts import Workplace
from xlaudit.annotate.sheets import SheetPart
from xlaudit.annotate.source import Source
from xlaudit.annotate.threads import forget_person, remove_replies
from xlaudit.annotate.titles import forget_titles
from xlaudit.annotate.values import forget_strings, rich_text
from xlaudit.annotate.xmlscan import Element
from xlaudit.errors import BadUsage, UnreadableWorkbook
from xlaudit.limits import DEFAULT, Limits
from xlaudit.texts import Text

_PLAIN_MARKER = MARKER.replace(" ", "").casefold()


def clean(source: Path, target: Path, limits: Limits = DEFAULT) -> None:
    """Writes a copy of a workbook without anything that ``annotate`` put in; the source is only read.

    Where nothing was changed since, every part is again what it was, byte for byte; where another
    program saved the file, exactly the notes, highlights, names and the sheet of xlaudit are gone, also
    where the sheet was deleted by hand. A workbook without annotations is copied, a file of another format
    refused. Errors are those of ``annotate``.
    """
    refuse_same(source, target)
    opened = Source(source, limits)
    package = opened.package
    workbook_part(Workplace(package))
    known, take_back = opened.annotated, package.tries()
    try:
        clean_package(package)
    except UnreadableWorkbook:
        if known:
            raise
        take_back()
    package.save(target)


def clean_package(package: Package) -> None:
    """Takes an annotation out of a package in memory."""
    if undo(package):
        return
    place = Workplace(package)
    book = Book(place)
    own = own_sheets(book)
    if own and len(book.sheets) == len(own):
        raise BadUsage(
            "nothing_left",
            Text("This file holds nothing but the findings sheet; cleaning would leave nothing."),
        )
    for sheet in book.sheets:
        if sheet.kind == "worksheet" and sheet not in own:
            part = SheetPart(place.part(sheet.part, "sheetData"))
            _remove_highlights(part)
            remove_notes(book, sheet, part)
            remove_replies(book, sheet)
    forget_person(book)
    positions = {str(book.sheets.index(sheet)) for sheet in own}
    book.undefine(lambda name: _is_ours(name, positions))
    if own:
        book.take_out(own)
        _forget_calculation(book, {sheet.sheet_id for sheet in own})
        forget_strings(book, own)
        forget_titles(book, [sheet.name for sheet in own])
        for sheet in own:
            _drop_with_own(place, book, sheet, own)
    place.unrelate(book.part.name, JOURNAL_PART)
    place.drop(JOURNAL_PART)
    place.commit()


def _is_ours(name: Element, positions: Collection[str]) -> bool:
    return name.get("name").startswith(OUR_NAMES) or name.get("localSheetId") in positions


def _remove_highlights(sheet: SheetPart) -> None:
    """Takes out the rules whose formula bears our mark, and what holds nothing else.

    Excel moves a rule to the extensions whose formula was made to name another sheet.
    """
    for child in sheet.children:
        if child.local == "conditionalFormatting":
            _take_rules(sheet, child, "formula")
    whole = sheet.child("extLst")
    extensions = whole.children() if whole else []
    gone: list[Element] = []
    for extension in extensions:
        formats = extension.child("conditionalFormattings")
        held = formats.children() if formats else []
        ours = [_all_ours(child, "f") for child in held]
        if held and all(ours):
            gone.append(extension)
        else:
            for child in held:
                _take_rules(sheet, child, "f")
    if whole is not None and gone and len(gone) == len(extensions):
        gone = [whole]
    for extension in gone:
        sheet.part.edits.remove(extension)


def _take_rules(sheet: SheetPart, child: Element, formula: str) -> None:
    """Takes our rules out of a format, and the format with its last rule."""
    for found in [child] if _all_ours(child, formula) else _our_rules(child, formula):
        sheet.part.edits.remove(found)


def _all_ours(child: Element, formula: str) -> bool:
    ours = len(_our_rules(child, formula))
    return 0 < ours == sum(1 for found in child.children() if found.local == "cfRule")


def _our_rules(child: Element, formula: str) -> list[Element]:
    rules = (found for found in child.children() if found.local == "cfRule")
    return [rule for rule in rules if _PLAIN_MARKER in rich_text(rule, formula).replace(" ", "").casefold()]


def _forget_calculation(book: Book, sheet_ids: Collection[int]) -> None:
    """Takes the cells of our sheets out of the calculation chain, if the program that saved put them in.

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
        if current in sheet_ids:
            ours.append(entry)
        elif previous_ours and not text:
            part.edits.set(entry, "i", str(current))
        previous_ours = current in sheet_ids
    if ours and len(ours) == len(entries):
        book.place.unrelate(book.part.name, name)
        book.place.drop(name)
        return
    for entry in ours:
        part.edits.remove(entry)


def _drop_with_own(place: Workplace, book: Book, sheet: SheetRef, own: Collection[SheetRef]) -> None:
    """Drops a sheet of ours and the parts that only it refers to (printer settings, notes)."""
    shared = {
        relation.target.lower()
        for other in [book.part.name, *(item.part for item in book.sheets if item not in own)]
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
