"""The workbook part: which sheets there are, and how a sheet is put in first or taken out.

ECMA-376 Part 1, 18.2. What counts sheets by their position shifts: ``localSheetId`` of defined
names, ``activeTab`` and ``firstSheet`` of the views. What goes by ``sheetId`` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from xlaudit.annotate.parts import Part, Workplace
from xlaudit.annotate.xmlscan import MAIN_STRICT, OFFICE, OFFICE_STRICT, Element, escaped
from xlaudit.errors import NOT_ANNOTATABLE, UnreadableWorkbook
from xlaudit.texts import Text

OUR_NAMES = "_xlaudit"
"""How every defined name of ours begins."""

_AFTER_SHEETS = ("sheets", "functionGroups", "externalReferences")
"""What stands before ``definedNames`` from ``sheets`` on (CT_Workbook)."""


@dataclass(frozen=True, eq=False)
class SheetRef:
    """One sheet of the workbook. ``kind`` is ``worksheet``, ``chartsheet`` and so on."""

    name: str
    sheet_id: int
    part: str
    kind: str
    element: Element


class Book:
    """The workbook part of a package being worked on."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.part = workbook_part(place)
        self.root = self.part.root
        children = {child.local: child for child in self.root.children()}
        if "sheets" not in children:
            raise _no_workbook()
        self._children = children
        self.strict = MAIN_STRICT in self.root.namespaces.values()
        self.office = OFFICE_STRICT if self.strict else OFFICE
        relations = {relation.id: relation for relation in place.relations(self.part.name)}
        self.sheets: list[SheetRef] = []
        for element in children["sheets"].children():
            relation = relations.get(element.get("id"))
            part = relation.target if relation and not relation.external else ""
            kind = relation.kind.rpartition("/")[2] if relation and place.package.has(part) else ""
            number = element.get("sheetId", "0")
            sheet_id = int(number) if number.isdecimal() else 0
            self.sheets.append(SheetRef(element.get("name"), sheet_id, part, kind, element))
        self._names: list[str] = []

    def sheet(self, name: str) -> SheetRef | None:
        """The sheet of that name, letter case aside as in Excel."""
        folded = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == folded), None)

    def related(self, kind: str) -> str | None:
        """The part that the workbook refers to by a relationship of this kind (``styles``)."""
        for relation in self.place.relations(self.part.name):
            if relation.kind == f"{self.office}/{kind}" and self.place.package.has(relation.target):
                return relation.target
        return None

    def relate(self, kind: str, target: str) -> str:
        """A new relationship of the workbook part; returns its id."""
        return self.place.relate(self.part.name, f"{self.office}/{kind}", target)

    def defined_names(self) -> list[Element]:
        names = self._children.get("definedNames")
        return [] if names is None else [child for child in names.children() if child.local == "definedName"]

    def define(self, name: str, formula: str, local: int | None = None, hidden: bool = True) -> None:
        """Plans a defined name; all of them are written by ``finish``."""
        tag = self.root.qualified("definedName")
        scope = "" if local is None else f' localSheetId="{local}"'
        hiding = ' hidden="1"' if hidden else ""
        self._names.append(f'<{tag} name="{name}"{scope}{hiding}>{escaped(formula)}</{tag}>')

    def finish(self) -> None:
        """Writes the names that were defined, before those that stand already."""
        if not self._names:
            return
        text = "".join(self._names)
        names = self._children.get("definedNames")
        if names is None:
            tag = self.root.qualified("definedNames")
            last = max((self._children[name] for name in _AFTER_SHEETS if name in self._children), key=_end)
            self.part.edits.insert(last.end, f"<{tag}>{text}</{tag}>")
        elif names.empty:
            self.part.edits.append(names, text)
        else:
            self.part.edits.insert(names.inner, text)

    def put_first(self, sheets: Sequence[tuple[str, str]]) -> None:
        """New sheets (name, part) from position 0 on; the sheet that was shown when the file was saved stays active."""
        prefix = next((key for key, uri in self.root.namespaces.items() if uri == self.office and key), "")
        declared = "" if prefix else f' xmlns:r="{self.office}"'
        before = self._children["sheets"]
        tag = before.qualified("sheet")
        number = max((sheet.sheet_id for sheet in self.sheets), default=0)
        lines = ""
        for name, part in sheets:
            number += 1
            id = self.relate("worksheet", part)
            lines += f'<{tag}{declared} name="{escaped(name)}" sheetId="{number}" {prefix or "r"}:id="{id}"/>'
        if before.empty:
            self.part.edits.append(before, lines)
        else:
            self.part.edits.insert(before.inner, lines)
        self._shift(lambda at: at + len(sheets))

    def take_out(self, sheets: Sequence[SheetRef]) -> None:
        """Sheets out of the workbook part, positions moved back; their names are for ``undefine``."""
        for sheet in sheets:
            self.part.edits.remove(sheet.element)
        gone = [self.sheets.index(sheet) for sheet in sheets]
        self._shift(lambda at: at - sum(1 for one in gone if one < at), gone)

    def undefine(self, unwanted: Callable[[Element], bool]) -> None:
        """Takes out defined names, and their list with the last of them."""
        names = self.defined_names()
        gone = [name for name in names if unwanted(name)]
        if gone and len(gone) == len(names):
            self.part.edits.remove(self._children["definedNames"])
            return
        for name in gone:
            self.part.edits.remove(name)

    def _shift(self, moved: Callable[[int], int], gone: Collection[int] = ()) -> None:
        """Moves whatever points at a sheet by its position; names of sheets that are taken out go with them."""
        edits = self.part.edits
        for name in self.defined_names():
            local = name.get("localSheetId")
            if not local.isdecimal() or int(local) in gone:
                continue
            if gone and name.get("name").startswith(OUR_NAMES):
                continue
            if moved(int(local)) != int(local):
                edits.set(name, "localSheetId", str(moved(int(local))))
        views = self._children.get("bookViews")
        if views is None:
            if moved(0) > 0:
                view, tag = self.root.qualified("workbookView"), self.root.qualified("bookViews")
                edits.insert(self._children["sheets"].start, f'<{tag}><{view} activeTab="{moved(0)}"/></{tag}>')
            return
        for view_element in views.children():
            text = view_element.get("activeTab", "0")
            active = int(text) if text.isdecimal() else 0
            if active in gone:
                edits.set(view_element, "activeTab", str(self._first_visible(gone)))
            elif moved(active) != active:
                edits.set(view_element, "activeTab", str(moved(active)))
            first = view_element.get("firstSheet", "0")
            if first.isdecimal() and int(first) > 0 and moved(int(first)) != int(first):
                edits.set(view_element, "firstSheet", str(moved(int(first))))

    def _first_visible(self, without: Collection[int]) -> int:
        """The position, once sheets are out, of the first sheet that is shown."""
        left = [sheet for number, sheet in enumerate(self.sheets) if number not in without]
        shown = (n for n, sheet in enumerate(left) if sheet.element.get("state", "visible") == "visible")
        return next(shown, 0)


def _end(element: Element) -> int:
    return element.end


def workbook_part(place: Workplace) -> Part:
    """The main part of an .xlsx or .xlsm; ``UnreadableWorkbook`` where the package is of another kind."""
    for relation in place.relations(""):
        known = relation.kind in (f"{OFFICE}/officeDocument", f"{OFFICE_STRICT}/officeDocument")
        if known and place.package.has(relation.target):
            if relation.target.lower().endswith(".bin"):  # .xlsb
                raise UnreadableWorkbook("not_annotatable", NOT_ANNOTATABLE)
            return place.part(relation.target)
    if place.package.has("mimetype"):  # OpenDocument
        raise UnreadableWorkbook("not_annotatable", NOT_ANNOTATABLE)
    raise _no_workbook()


def _no_workbook() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        "not_a_workbook",
        Text("There is no .xlsx or .xlsm workbook in this file."),
    )
