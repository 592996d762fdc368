"""What the rules about filled templates share: where a change is told, and how rows and columns are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from xlaudit.amounts import show
from xlaudit.cells import letters
from xlaudit.filled import Change, What
from xlaudit.rules.base import Book, Flag, Made, Verdict
from xlaudit.tables import Table
from xlaudit.texts import Text, both, same

_ROWS = Text("rows {rows}, columns {columns} ({names})")
_COPY = Text("Unprotect the sheet, copy cell {source}, which still has its formula, and paste it into {target}.")
_COPY_EACH = Text("Unprotect the sheet and copy the formulas, column by column, from row {row}, which still has them.")
_FETCH = Text("Unprotect the sheet and copy the formula from an empty template into {target}.")
_TARGETS = Text("those cells")


def changes(book: Book, *kinds: What) -> Iterator[tuple[Table, Change]]:
    """The changes of these kinds, each with the table to tell it with.

    A change on a sheet without a recognised table is left out: nobody filled that sheet in.
    """
    if book.template is None:
        return
    for change in book.template.changes:
        if change.what in kinds and (table := _table(book, change)) is not None:
            yield table, change


def sound(book: Book, *kinds: What) -> Iterator[Made]:
    """The places that were looked at and found as the template has them."""
    if book.template is not None:
        times = sum(book.template.sound.get(kind, 0) for kind in kinds)
        if times:
            yield Made(times)


def _table(book: Book, change: Change) -> Table | None:
    """The table that holds the cell, else the first on its sheet; for a sheet that is gone the very first."""
    tables = [table for table in book.tables if table.sheet == change.sheet or not change.sheet]
    return next((table for table in tables if table.area.holds(*change.cell)), tables[0] if tables else None)


def formula_flags(book: Book, what: What, one: Text, several: Text) -> Iterator[Verdict]:
    """A flag for each cell or stretch whose formulas were changed in one way.

    ``one`` has the gaps ``column``, ``cell``, ``text``; ``several`` the gaps ``n`` and ``where``.
    """
    yield from sound(book, what)
    for table, change in changes(book, what):
        alone = len(change.cells) == 1
        facts = {"column": change.columns[0], "cell": change.cell.a1, "text": shown(change.stated)}
        message = one.fill(**facts) if alone else several.fill(n=len(change.cells), where=where(change))
        yield Flag(
            table,
            change.cell,
            same(", ".join(change.columns)),
            message,
            stated=change.stated if alone and change.stated else None,
            advice=_advice(change),
        )


def _advice(change: Change) -> Text:
    """How to get the formulas back: a formula fits its own column only."""
    target = same(change.cell.a1) if len(change.cells) == 1 else _TARGETS
    if change.source is None:
        return _FETCH.fill(target=target)
    if len(change.columns) > 1:
        return _COPY_EACH.fill(row=change.source.row)
    return _COPY.fill(source=change.source.a1, target=target)


def where(change: Change) -> Text:
    """``baris 12–30, kolom F–G (Serapan, Sisa Anggaran)``."""
    rows = _span(str(row) for row in (change.cells[0].row, max(cell.row for cell in change.cells)))
    return _ROWS.fill(
        rows=rows, columns=_runs({cell.column for cell in change.cells}), names=", ".join(change.columns)
    )


def _runs(columns: Iterable[int]) -> str:
    """``C, F–G``: letters, neighbours drawn together."""
    runs: list[list[int]] = []
    for column in sorted(columns):
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return ", ".join(_span(letters(column) for column in (run[0], run[-1])) for run in runs)


def _span(ends: Iterable[str]) -> str:
    return "–".join(dict.fromkeys(ends))


def shown(text: str) -> Text:
    """What stands in a cell, as a message prints it: numbers as each language writes them, long texts cut."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return same(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
    return both(show(value), show(value, language="en")) if value.is_finite() else same(text)


_LONGEST = 60
