"""What a reader of the report should know of how a table was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlaudit.reading.levels import Levels
from xlaudit.reading.rows import Body
from xlaudit.tables import Table
from xlaudit.texts import Text, plural, same

if TYPE_CHECKING:
    from xlaudit.survey import Told


def remarks_on(levels: Levels, body: Body, guessed: bool, mapped: bool = False) -> tuple[Text, ...]:
    """How sure the levels are, what was passed over, and whether the columns were told by contents or a mapping."""
    remarks: list[Text] = []
    if mapped:
        remarks.append(MAPPED)
    if guessed:
        remarks.append(
            Text(
                "This table has no column headings, or none that are known; its columns were identified by their "
                "contents.",
            )
        )
    if levels.misfit > 0 and levels.rivals:
        remarks.append(
            Text(
                "Levels were read by {way}: {fit} parents are the sum of their children, {misfit} are not."
            ).fill(way=_WAY_NAMES[levels.way], fit=levels.fit, misfit=levels.misfit)
        )
    elif levels.way == "sums":
        remarks.append(
            Text("The levels are not written; they were worked out from the sums that agree.")
        )
    if body.repeated:
        remarks.append(
            plural(
                "{n} repeated header row was skipped.",
                "{n} repeated header rows were skipped.",
            ).fill(n=len(body.repeated))
        )
    return tuple(remarks)


def levels_told(table: Table) -> Told:
    """By what the levels of a table's rows were told, and how sure that is."""
    from xlaudit.survey import Sure, Told

    fit, misfit = table.levels_fit
    way = _WAY_NAMES.get(table.levels_from, same(table.levels_from))
    if not any(row.depth for row in table.rows):
        return Told(Sure.CERTAIN, Text("all rows are of one level"))
    if not fit and not misfit:
        untested = Text("by {way}; there is no sum that could test it")
        return Told(Sure.UNTESTED, untested.fill(way=way))
    sure = Sure.CERTAIN if not misfit else Sure.LIKELY if fit > misfit else Sure.DOUBTFUL
    sums = Text("by {way}; {fit} of {all} parents' figures are the sum of their children")
    return Told(sure, sums.fill(way=way, fit=fit, all=fit + misfit))


MAPPED = Text("This table's columns were read as the mapping says.")
_WAY_NAMES = {
    "columns": Text("separate columns"),
    "code": Text("codes"),
    "numbering": Text("numbering"),
    "wording": Text("the words Program/Kegiatan/Sub Kegiatan"),
    "outline": Text("outline levels"),
    "indent": Text("indentation"),
    "bold": Text("bold type"),
    "capitals": Text("capitals"),
    "dashes": Text("dashes before the names"),
    "steps": Text("the column in which the name stands"),
    "fill": Text("fill colours"),
    "looks": Text("bold type, capitals and colours together"),
    "sums": Text("sums"),
    "map": Text("the mapping"),
    "flat": Text("one level"),
}
