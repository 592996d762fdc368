"""What stands around the list of findings: whose workbook it is, the counts, what was judged by, who signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from xlaudit.annotate import columns as at
from xlaudit.annotate.formulas import quoted
from xlaudit.annotate.marks import SEVERITIES, Heading, Mark, counted
from xlaudit.annotate.notetext import AUTHOR
from xlaudit.annotate.sheetcells import formula_cell, height, text_cell
from xlaudit.annotate.styles import Styles
from xlaudit.annotate.wording import (
    BY_AGENCY,
    BY_AUDITOR,
    BY_XLAUDIT,
    CHECKS,
    COUNTS,
    DATE,
    FILE,
    OPEN,
    PERIOD,
    PLACE_AND_DAY,
    PROGRESS,
    SHEET_NAME,
    SIGNED_AGENCY,
    SIGNED_AUDITOR,
    UNJUDGED,
    WAIVED,
    shown,
)
from xlaudit.cells import letters
from xlaudit.texts import Language, Text

PROTECTION = (
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" autoFilter="0"/>'
)
"""No password. Widths and heights may be changed, and the filter used (an attribute of 0 allows)."""

_BANDS = (
    (at.NUMBER, at.LIVE, BY_XLAUDIT),
    (at.REPLY, at.STATUS, BY_AGENCY),
    (at.DECIDED, at.DECIDED, BY_AUDITOR),
)
_SIGNS = ((at.SEVERITY, SIGNED_AUDITOR), (at.CAUSE, SIGNED_AGENCY))
"""Where the lines for signatures stand, and whose they are."""
_ROOM_TO_SIGN = 4
_DOTS = "." * 50


class Listed(Protocol):
    """What is asked of a row of the list."""

    @property
    def number(self) -> str: ...

    @property
    def mark(self) -> Mark: ...

    @property
    def check(self) -> str | None: ...

    @property
    def follow(self) -> tuple[int, bool] | None: ...


class Frame:
    """The rows above and below a list that ends at row ``last``. ``end`` is the last row of all."""

    def __init__(
        self, heading: Heading, last: int, language: Language, styles: Styles, widths: Mapping[int, float]
    ) -> None:
        self._heading, self._last, self._language, self._styles = heading, last, language, styles
        self._across = sum(widths[column] for column in range(at.NUMBER, at.DECIDED))
        self._details = range(last + 2, last + 2 + len(heading.details))
        self._signs = self._details.stop + 1
        self.end = self._signs + 3 + _ROOM_TO_SIGN

    def head(self, marks: Sequence[Mark], listed: Sequence[Listed], answered: int) -> list[str]:
        """Title, who and when, which file, how many, how far it has been mended; and over the heads, who fills what."""
        heading = self._heading
        period = heading.period and self._say(PERIOD.fill(period=heading.period))
        file = heading.file and self._say(FILE.fill(file=heading.file))
        date = heading.date and self._say(DATE.fill(date=heading.date))
        lines = (
            (self._say(SHEET_NAME),),
            (heading.agency, period),
            (file, date, f"{AUTHOR} {heading.version}".strip()),
            self._tallies(marks),
        )
        rows = []
        for number, line in enumerate(lines, 1):
            look, tall = ("title", 24) if number == 1 else ("info", 14)
            cells = text_cell(number, 1, "  ·  ".join(part for part in line if part), self._styles.xf[look])
            if number == len(lines) and marks:
                cells += self._progress(number, listed, answered)
            rows.append(f'<row r="{number}" ht="{tall}" customHeight="1">{cells}</row>')
        return [*rows, _bands(self._language, self._styles.xf["band"])]

    def _tallies(self, marks: Sequence[Mark]) -> list[str]:
        heading = self._heading
        counts = counted(marks)
        tallies = [" · ".join(self._say(COUNTS[severity].fill(n=counts[severity])) for severity in SEVERITIES)]
        if any(mark.waived for mark in marks):
            tallies.append(self._say(WAIVED.fill(waived=sum(1 for mark in marks if mark.waived))))
        if heading.checks is not None:
            checks = shown(str(heading.checks), self._language)
            tallies.append(self._say(CHECKS.fill(n=heading.checks, checks=checks)))
        if heading.unjudged is not None:
            tallies.append(self._say(UNJUDGED.fill(unjudged=shown(str(heading.unjudged), self._language))))
        return tallies

    def _progress(self, row: int, listed: Sequence[Listed], answered: int) -> str:
        """How many causes and findings still stand, and how many were answered; it counts along."""
        stands = self._say(OPEN)
        columns = [letters(column) for column in (at.LIVE, at.NUMBER, at.STATUS)]
        state, number, status = (f"{name}{at.FIRST_ROW}:{name}{self._last}" for name in columns)
        parts = _progress(self._language)
        counts = (f'COUNTIFS({state},"{stands}",{number},">0")', f"COUNTA({status})")
        formula = "&".join([f'"{part}"&{value}' for part, value in zip(parts, counts, strict=False)])
        top = [line for line in listed if "." not in line.number and not line.mark.waived and not line.mark.past]
        still = sum(1 for line in top if (line.follow[1] if line.follow else line.check is not None))
        value = f"{parts[0]}{still}{parts[1]}{answered}{parts[2]}"
        return formula_cell(row, at.REPLY, formula, value, self._styles.xf["info"])

    def foot(self) -> list[str]:
        """What the findings rest on and what was left aside; lines to be signed."""
        xf, rows = self._styles.xf, []
        for row, (title, text) in zip(self._details, self._heading.details, strict=True):
            tall = height((f"{title}\n{text}", self._across))
            rows.append(f'<row r="{row}" ht="{tall:g}">{text_cell(row, 1, text, xf["detail"], title)}</row>')
        for row, texts in enumerate(_signs(self._language), self._signs):
            if texts:
                cells = "".join([text_cell(row, column, text, xf["sign"]) for column, text in texts])
                rows.append(f'<row r="{row}" ht="15" customHeight="1">{cells}</row>')
        return rows

    def merges(self) -> str:
        """The merged cells of the frame."""
        areas = [(at.HEADER_ROW - 1, first, last) for first, last, _ in _BANDS if first != last]
        areas += [(row, at.NUMBER, at.STATUS) for row in self._details]
        cells = "".join(f'<mergeCell ref="{letters(a)}{row}:{letters(b)}{row}"/>' for row, a, b in areas)
        return f'<mergeCells count="{len(areas)}">{cells}</mergeCells>'

    def names(self, sheet: str, decided: bool) -> dict[str, str]:
        """The built-in names of the sheet: what the filter covers, what is printed, which rows on each page.

        The auditor's column is printed where something stands in it (``decided``).
        """
        place = quoted(sheet)
        right = letters(at.DECIDED if decided else at.STATUS)
        return {
            "_xlnm._FilterDatabase": f"{place}!$A${at.HEADER_ROW}:${letters(at.DECIDED)}${self._last}",
            "_xlnm.Print_Area": f"{place}!$A$1:${right}${self.end}",
            "_xlnm.Print_Titles": f"{place}!${at.HEADER_ROW - 1}:${at.HEADER_ROW}",
        }

    def _say(self, text: Text) -> str:
        return text.get(self._language)


@lru_cache(maxsize=8)
def _bands(language: Language, look: int) -> str:
    """Who fills in which columns."""
    row, firsts = at.HEADER_ROW - 1, {first: text.get(language) for first, _, text in _BANDS}
    cells = "".join(text_cell(row, column, firsts.get(column, ""), look) for column in range(1, at.IDS))
    return f'<row r="{row}" ht="15" customHeight="1">{cells}</row>'


@lru_cache(maxsize=2)
def _signs(language: Language) -> tuple[tuple[tuple[int, str], ...], ...]:
    """The lines to be signed, row by row, each with its columns."""
    whose = [(column, signed.get(language)) for column, signed in _SIGNS]
    return (
        ((at.CAUSE, PLACE_AND_DAY.fill(dots=_DOTS).get(language)),),
        tuple(whose),
        *[()] * _ROOM_TO_SIGN,
        tuple((column, f"({_DOTS})") for column, _ in whose),
        tuple((column, f"NIP {_DOTS}") for column, _ in whose),
    )


@lru_cache(maxsize=2)
def _progress(language: Language) -> tuple[str, ...]:
    """What stands before and between the counts of what is open and what was answered, and behind them."""
    return tuple(PROGRESS.fill(state=OPEN.get(language), open="\0", answered="\0").get(language).split("\0"))
