"""A filled copy of a published template: which one it is, and what its filler changed in its structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xlaudit.cells import Cell

_TOP = Cell(1, 1)


class What(StrEnum):
    """What kind of change it is."""

    TYPED = "typed"
    """Values stand where the template has formulas, in rows that are filled."""
    BLANK = "blank"
    """Nothing stands where the template has formulas, in rows that are filled."""
    OTHER_FORMULA = "other_formula"
    """Formulas differ from those of the other rows of their column."""
    COLUMN_DELETED = "column_deleted"
    HEADING = "heading"
    """The heading of a column says something else than the template's."""
    SHEET_RENAMED = "sheet_renamed"
    SHEET_DELETED = "sheet_deleted"


class Change(NamedTuple):
    """One change. ``form`` is the sheet's name in the template, ``sheet`` the one it has now (none where deleted).

    ``cell`` is where to point; ``cells`` are all cells concerned, in order, for the changes of formulas.
    ``columns`` are the columns concerned as sentences name them, without unit and year. ``stated`` is what stands
    there now, ``expected`` what the template says; ``role_kept``: a heading in other words that still mean the
    same. ``source`` is a cell in the column of ``cell``, in the nearest row in which all columns concerned still
    have their formulas.
    """

    what: What
    form: str
    sheet: str = ""
    cell: Cell = _TOP
    cells: tuple[Cell, ...] = ()
    columns: tuple[str, ...] = ()
    stated: str = ""
    expected: str = ""
    role_kept: bool = False
    source: Cell | None = None


class Field(NamedTuple):
    """One cell of the sheet *Identitas* and the text in it."""

    sheet: str
    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """What reading found out about a filled template. ``kind`` as in ``schemas.forms.TEMPLATES``.

    ``identity`` are the cells of *Identitas* by the names of their settings, as far as they are still there.
    ``sound`` counts, for each kind of change, the places that were looked at and found as published.
    """

    kind: str
    version: str
    changes: tuple[Change, ...] = ()
    identity: dict[str, Field] = field(default_factory=dict)
    sound: dict[What, int] = field(default_factory=dict)

    def setting(self, name: str) -> str:
        """What *Identitas* says of a setting (``schemas.forms.Setting.name``), blank where it says nothing."""
        field = self.identity.get(name)
        return "" if field is None else field.text
