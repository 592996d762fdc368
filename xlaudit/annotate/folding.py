"""Findings folded under their cause: the wrong cell first, what follows from it below, referring to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.annotate.formulas import MAX_FORMULA, absolute
from xlaudit.annotate.marks import SEVERITIES, Mark
from xlaudit.annotate.wording import is_decimal, shown
from xlaudit.findings import plain
from xlaudit.texts import Language, Text, plural
from xlaudit.waivers import ROOT

LABEL = Text("Root of the error")
LABEL_OF = Text("Root of the error: {label}")
REPAIR = Text("change {place} from {stated} to {suggested}")
OR = Text("; or ")
EXPLAINS = plural("Explains {n} finding: {cells}", "Explains {n} findings: {cells}")
FOLLOWS = Text("Wrong because of {place}")
FOLLOWS_ONE = Text("Wrong because of one of: {places}")
HERE = Text("This cell is the root of the error")
MENDED_TOO = Text("This cell, too, has to be mended.")
_PARTS = " · "
"""Between the row and the column in the label of a finding."""
_MOST_CELLS = 6
_MOST_CHECKS = 200
"""A function takes at most 255 arguments."""
_ROOM = 500
"""Characters of a formula that are left for what is written around it."""


class Mend(NamedTuple):
    """A cell and the figure that would make everything agree, both figures as reports print them."""

    sheet: str
    cell: str
    stated: str
    suggested: str

    def place(self, sheet: str) -> str:
        """The address as it reads on a sheet."""
        return _place(self.sheet, self.cell, sheet)


def _place(sheet: str, cell: str, on: str) -> str:
    """The address of a cell as it reads on a sheet."""
    return cell if sheet == on else f"{sheet}!{cell}"


class Cause(NamedTuple):
    """What a diagnosis says, in the language of the annotation. ``unclear``: any one of the repairs would do."""

    message: str
    repairs: tuple[Mend, ...]
    unclear: bool


def fold(marks: Sequence[tuple[Mark, str]], causes: Mapping[str, Cause], language: Language = "id") -> list[Mark]:
    """The marks in their order, each with the id of its cause or "", those of one cause below the mark of the cause.

    A cause that explains one finding only, and that at its own cell or none that can be named, needs no mark besides:
    the finding says it.
    """
    families: dict[str, list[Mark]] = {}
    for mark, name in marks:
        if name in causes:
            families.setdefault(name, []).append(mark)
    folded: list[Mark] = []
    for mark, name in marks:
        if name not in causes:
            folded.append(mark)
        elif name in families:
            folded += _family(causes[name], families.pop(name), language)
    return folded


def _family(cause: Cause, members: Sequence[Mark], language: Language) -> list[Mark]:
    """The mark of a cause and those of what it explains."""
    first = members[0]
    at_home = not cause.repairs or cause.unclear or cause.repairs[0][:2] == (first.sheet, first.cell)
    if len(members) == 1 and len(cause.repairs[1:]) * (not cause.unclear) == 0 and at_home:
        advice = suggested(cause.repairs, first.sheet, cause.unclear, language) or first.suggestion
        return [first._replace(cause=cause.message, suggestion=advice)]
    head = _head(cause, members, language)
    others = [] if cause.unclear else [_other(mend, head, language) for mend in cause.repairs[1:]]
    because = {sheet: _because(cause, head, sheet, language) for sheet in {mark.sheet for mark in members}}
    return [head, *others, *(_follower(mark, head, because[mark.sheet], language) for mark in members)]


def _head(cause: Cause, members: Sequence[Mark], language: Language) -> Mark:
    """The mark of the cause; where several cells may be it, one that is only listed."""
    sure = bool(cause.repairs) and not cause.unclear
    first = members[0]
    where = cause.repairs[0] if cause.repairs else Mend(first.sheet, first.cell, "", "")
    cells = list(dict.fromkeys(_place(mark.sheet, mark.cell, where.sheet) for mark in members))
    named = ", ".join(cells[:_MOST_CELLS]) + (", …" if len(cells) > _MOST_CELLS else "")
    own = _row_of(where, members)
    return Mark(
        sheet=where.sheet,
        cell=where.cell,
        severity=min((mark.severity for mark in members), key=SEVERITIES.index),
        message=cause.message,
        id=ROOT + (first.id or f"{first.sheet}!{first.cell}"),
        label=(LABEL_OF.fill(label=own) if own and sure else LABEL).get(language),
        stated=where.stated if sure else None,
        computed=where.suggested if sure else None,
        difference=_difference(where) if sure else None,
        cause=EXPLAINS.fill(n=len(members), cells=named).get(language),
        suggestion=suggested(cause.repairs, where.sheet, cause.unclear, language),
        live=_any(members, where.sheet),
        root=True,
        explains=tuple(mark.id for mark in members if mark.id),
        listed_only=not sure,
    )


def _row_of(where: Mend, members: Sequence[Mark]) -> str:
    """What the wrong cell is about: the label of a finding there, or the row of one beside it; empty where none is."""
    row = where.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    near = [mark for mark in members if mark.sheet == where.sheet and mark.label]
    own = next((mark.label for mark in near if mark.cell == where.cell), "")
    beside = (mark.label for mark in near if mark.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == row)
    return own or next((label.rpartition(_PARTS)[0] for label in beside if _PARTS in label), "")


def _other(mend: Mend, head: Mark, language: Language) -> Mark:
    """The mark of a further cell of a cause that is in several."""
    return Mark(
        sheet=mend.sheet,
        cell=mend.cell,
        severity=head.severity,
        message=MENDED_TOO.get(language),
        label=LABEL.get(language),
        stated=mend.stated,
        computed=mend.suggested,
        difference=_difference(mend),
        suggestion=suggested([mend], mend.sheet, False, language),
        live=head.live if mend.sheet == head.sheet else None,
        root=True,
        head=head.id,
    )


def _because(cause: Cause, head: Mark, sheet: str, language: Language) -> str:
    """Why the marks of a sheet stand under that of a cause."""
    if not head.listed_only:
        return FOLLOWS.fill(place=cause.repairs[0].place(sheet)).get(language)
    places = [mend.place(sheet) for mend in cause.repairs[:_MOST_CELLS]]
    more = ", …" if len(cause.repairs) > _MOST_CELLS else ""
    return FOLLOWS_ONE.fill(places=", ".join(places) + more).get(language) if places else ""


def _follower(mark: Mark, head: Mark, because: str, language: Language) -> Mark:
    here = not head.listed_only and (mark.sheet, mark.cell) == (head.sheet, head.cell)
    return mark._replace(cause=HERE.get(language) if here else because, suggestion="", head=head.id)


def _any(members: Sequence[Mark], sheet: str) -> str | None:
    """A formula that is TRUE while any of the live checks is; None where there is none that can be used."""
    checks: list[str] = []
    room = MAX_FORMULA - _ROOM
    for mark in members:
        if mark.live is None or len(checks) == _MOST_CHECKS:
            continue
        try:
            everywhere = absolute(mark.live, mark.sheet)
        except ValueError:
            continue  # refused, with a reason, where the mark itself is placed
        room -= len(everywhere) + 1  # as it is in a defined name, where every reference has its sheet
        if room < 0:
            break
        checks.append(mark.live if mark.sheet == sheet else everywhere)
    return f"OR({','.join(checks)})" if checks else None


def _difference(mend: Mend) -> str | None:
    if not (is_decimal(mend.stated) and is_decimal(mend.suggested)):
        return None
    return plain(Decimal(mend.stated) - Decimal(mend.suggested))


def suggested(repairs: Iterable[Mend], sheet: str, either: bool, language: Language) -> str:
    """Repairs as one sentence; ``either`` where any one of them would do."""
    sentences = [
        REPAIR.fill(
            place=mend.place(sheet),
            stated=shown(mend.stated, language),
            suggested=shown(mend.suggested, language),
        ).get(language)
        for mend in repairs
    ]
    text = (OR.get(language) if either else "; ").join(sentences)
    return text[:1].upper() + text[1:]
