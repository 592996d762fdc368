"""Annotating: the marks of an audit spliced into a workbook, everything else left as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from xlaudit.annotate.book import Book, SheetRef
from xlaudit.annotate.cleaning import clean_package
from xlaudit.annotate.comparisonsheet import ComparedSheet, comparison_sheet
from xlaudit.annotate.findingssheet import findings_sheet, sheet_name
from xlaudit.annotate.formulas import MAX_FORMULA, Check, absolute, quoted, read_check
from xlaudit.annotate.highlights import Highlight, add_highlights
from xlaudit.annotate.journal import JOURNAL_KIND, JOURNAL_PART, JOURNAL_TYPE
from xlaudit.annotate.listed import Listed, answers_of, decisions_of, past_marks
from xlaudit.annotate.marks import SEVERITIES, Heading, Mark
from xlaudit.annotate.notes import NoteWriter
from xlaudit.annotate.notetext import note_runs
from xlaudit.annotate.package import refuse_same
from xlaudit.annotate.parts import Workplace
from xlaudit.annotate.sheets import SheetPart, top_left
from xlaudit.annotate.source import Source
from xlaudit.annotate.styles import append_styles
from xlaudit.annotate.wording import COMPARISON_SHEET, SHEET_NAME
from xlaudit.answers import Answer
from xlaudit.cells import Area, Cell, parse_cell
from xlaudit.errors import BadUsage
from xlaudit.findings import COMPARISON_NAME, FINDINGS_NAME
from xlaudit.limits import DEFAULT, Limits
from xlaudit.texts import Language, Text

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def annotate(
    source: Path | Source,
    target: Path,
    marks: Sequence[Mark],
    heading: Heading,
    language: Language = "id",
    answers: Mapping[str, Answer] | None = None,
    limits: Limits = DEFAULT,
    decisions: Mapping[str, str] | None = None,
    past: Sequence[Listed] | None = None,
    compared: ComparedSheet | None = None,
) -> str:
    """Writes a copy of a workbook with notes, highlights and a findings sheet; the source is only read.

    Returns the SHA-256 of the copy in hexadecimal digits.

    ``source`` is a file, or one that was opened already, by bounds of its own.

    Marks keep their order in the findings sheet. A source that was annotated before is cleaned
    first. ``answers`` (by finding id) fill the columns *Tanggapan* and *Status*; None keeps those that stand
    in the source; likewise ``decisions`` and the column *Keputusan*. ``past`` are earlier findings: those that were
    answered and are no longer among the marks stand at the end of the list; None takes those of the source where its
    answers are kept. ``compared`` is what a second sheet holds. Raises ``BadUsage`` for a mark on a sheet or
    cell that there is not, a severity
    or live formula that is none, a target that cannot be written or is the source itself;
    ``UnreadableWorkbook`` where the source is no sound workbook. On any failure no target is left.
    """
    refuse_same(source.path if isinstance(source, Source) else source, target)
    opened = source if isinstance(source, Source) else Source(source, limits)
    package = opened.package
    if opened.annotated:
        listed = opened.listed
        if past is None and answers is None:
            past = listed
        if answers is None:
            answers = answers_of(listed)
        if decisions is None:
            decisions = {name: text for name, (text, _) in decisions_of(listed).items()}
        clean_package(package)
        book = Book(Workplace(package))
    else:
        book = opened.book
    typed = {one.id: one.answer for one in past or ()} | dict(answers or {})
    every = [*marks, *past_marks(past or (), marks)]
    _splice(book, every, heading, language, typed, decisions or {}, compared)
    return package.save(target)


class _Opened(NamedTuple):
    """A sheet that is being worked on."""

    ref: SheetRef
    part: SheetPart
    merges: list[Area]


def _splice(
    book: Book,
    marks: Sequence[Mark],
    heading: Heading,
    language: Language,
    answers: Mapping[str, Answer],
    decisions: Mapping[str, str],
    compared: ComparedSheet | None,
) -> None:
    place = book.place
    sheets: dict[str, _Opened] = {}
    placed: list[tuple[Mark, Cell]] = []
    for mark in marks:
        placed.append(_placed(book, sheets, mark))
    checks = [None if mark.live is None else _check(book, mark, mark.live) for mark, _ in placed]
    styles = append_styles(book)
    notes = NoteWriter(book)
    names = 0
    for name, (ref, part, _) in sheets.items():
        here = [
            (mark, cell, check)
            for (mark, cell), check in zip(placed, checks, strict=True)
            if mark.sheet == name and not mark.waived and not mark.past and not mark.listed_only
        ]
        if not here:
            continue
        highlights = []
        for mark, cell, check in here:
            formula = None
            if check is not None and check.read.stays_on(name):
                formula = check.read.local
            elif check is not None:
                names += 1
                formula = f"_xlaudit_{names}"
                book.define(formula, check.absolute)
            highlights.append(Highlight(cell, mark.severity, formula))
        add_highlights(part, highlights, styles.dxf)
        by_cell: dict[Cell, list[Mark]] = {}
        for mark, cell, _ in here:
            by_cell.setdefault(cell, []).append(mark)
        notes.write(ref, part, {cell: note_runs(found, language) for cell, found in by_cell.items()})
    taken = [sheet.name for sheet in book.sheets]
    title = sheet_name(SHEET_NAME, language, taken)
    final = [mark for mark, _ in placed]
    lives = [None if check is None else check.absolute for check in checks]
    content, own = findings_sheet(title, final, lives, heading, language, styles, answers, decisions, book.strict)
    added = [(FINDINGS_NAME, title, content, own)]
    if compared is not None:
        title = sheet_name(COMPARISON_SHEET, language, taken)
        made = comparison_sheet(title, compared, taken, language, styles, book.strict)
        added.append((COMPARISON_NAME, title, *made))
    parts = []
    for _, title, content, _ in added:
        parts.append((title, place.new_name("xl/worksheets/sheet{}.xml")))
        place.add(parts[-1][1], content, SHEET_TYPE)
    book.put_first(parts)
    for at, (known, title, _, own) in enumerate(added):
        for name, formula in own.items():
            book.define(name, formula, local=at, hidden=name.endswith("FilterDatabase"))
        book.define(known, f"{quoted(title)}!$A$1")
    book.finish()
    place.add(JOURNAL_PART, b"", JOURNAL_TYPE)
    place.relate(book.part.name, JOURNAL_KIND, JOURNAL_PART)
    journal = place.commit()
    place.package.put(JOURNAL_PART, [json.dumps(journal, separators=(",", ":")).encode()])


def _placed(book: Book, sheets: dict[str, _Opened], mark: Mark) -> tuple[Mark, Cell]:
    """The mark with its sheet named as the workbook does, at the cell that can show it.

    One of the past stays as it is: its sheet may be gone.
    """
    if mark.past:
        return mark, Cell(1, 1)
    ref, _, merges = sheets.get(mark.sheet) or _opened(book, sheets, mark.sheet)
    if mark.severity not in SEVERITIES:
        raise BadUsage(
            "bad_severity",
            Text("“{word}” is not a severity; known are error, warning, note.").fill(word=mark.severity),
        )
    try:
        cell = parse_cell(mark.cell)
    except ValueError as error:
        raise BadUsage(
            "no_such_cell",
            Text(
                "“{cell}” is not a cell address (sheet “{sheet}”); C5 would be one."
            ).fill(cell=mark.cell, sheet=mark.sheet),
        ) from error
    cell = top_left(cell, merges)
    found = ref.name, cell.a1
    return (mark if found == (mark.sheet, mark.cell) else mark._replace(sheet=ref.name, cell=cell.a1)), cell


def _opened(book: Book, sheets: dict[str, _Opened], name: str) -> _Opened:
    """The sheet of that name, letter case aside, from now on among ``sheets`` by its own."""
    ref = book.sheet(name)
    if ref is None or ref.kind != "worksheet":
        raise BadUsage(
            "no_such_sheet",
            Text("There is no worksheet named “{sheet}” in this file.").fill(sheet=name),
        )
    if ref.name not in sheets:
        part = SheetPart(book.place.part(ref.part, "sheetData"))
        sheets[ref.name] = _Opened(ref, part, part.merges())
    return sheets[ref.name]


class _Live(NamedTuple):
    """A live check, and how it reads from anywhere in the workbook."""

    read: Check
    absolute: str


def _check(book: Book, mark: Mark, live: str) -> _Live | None:
    """The live check of a mark; None where it does not fit once every reference has its sheet."""
    try:
        check = read_check(live)
        missing = [name for name in check.sheets if book.sheet(name) is None]
        if missing:
            raise ValueError(f"no sheet {missing[0]!r}")
    except ValueError as error:
        raise BadUsage(
            "bad_formula",
            Text(
                "The live check for {sheet}!{cell} cannot be used: {why}."
            ).fill(sheet=mark.sheet, cell=mark.cell, why=error),
        ) from error
    formula = absolute(live, mark.sheet)
    return _Live(check, formula) if len(formula) <= MAX_FORMULA else None
