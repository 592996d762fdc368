"""The workbook part (ECMA-376 Part 1, 18.2): the tabs, the defined names and how the workbook computes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml import etree

from xlaudit.reading.refusals import not_a_workbook
from xlaudit.reading.xmlparts import MAIN, is_on, relation_id
from xlaudit.texts import Text

_ROOTS = frozenset(f"{{{namespace}}}workbook" for namespace in MAIN)


class Tab(NamedTuple):
    """A tab as the part lists it: ``relation`` leads to what it shows, None or empty where nothing does."""

    name: str
    relation: str | None
    state: str


class DefinedName(NamedTuple):
    """A name of the whole workbook and what it stands for, as written."""

    name: str
    text: str
    is_function: bool


class WorkbookPart(NamedTuple):
    """What the part says."""

    tabs: tuple[Tab, ...]
    names: tuple[DefinedName, ...]
    date1904: bool
    recalculates: bool
    as_displayed: bool


@dataclass(frozen=True, slots=True)
class WorkbookReader:
    """Tells what a workbook part says, looking at no more names than ``most_names``."""

    most_names: int

    def __call__(self, root: etree._Element) -> WorkbookPart:
        """Raises ``UnreadableWorkbook`` where the part is of another kind."""
        if root.tag not in _ROOTS:
            raise not_a_workbook(Text("an Office document of another kind"))
        properties = root.find("{*}workbookPr")
        calculation = root.find("{*}calcPr")
        return WorkbookPart(
            tuple(
                Tab(element.get("name") or "", relation_id(element), element.get("state", "visible"))
                for element in root.iterfind("{*}sheets/{*}sheet")
            ),
            tuple(
                DefinedName(element.get("name") or "", element.text or "", is_on(element.get("function")))
                for element in islice(root.iterfind("{*}definedNames/{*}definedName"), self.most_names)
                if element.get("localSheetId") is None
            ),
            properties is not None and is_on(properties.get("date1904")),
            calculation is not None and is_on(calculation.get("fullCalcOnLoad")),
            calculation is not None and not is_on(calculation.get("fullPrecision", "1")),
        )
