"""Where a form stands on its sheet: the one place that knows rows and columns of the template."""

from __future__ import annotations

from dataclasses import dataclass

from xlaudit.cells import letters
from xlaudit.properties import cached_property
from xlaudit.schemas.forms import Form

TITLE_ROW = 1
SUBTITLE_ROW = 2
HEADER_ROW = 4

CHECK = "periksa"
"""The helper column with a sentence about the row's first problem."""
COUNT = "urut"
"""The helper column that numbers the rows with a problem."""
BELOW = "rincian"
"""The helper column, in folded forms, with the number of rows below a row; blank in an empty row."""
LEVEL = "tingkat"
"""The helper column, in folded forms, with the dots of the row's code."""
FOUND = "posisi"
"""The helper column with the place of the row's subject on the sheet it is looked up in."""
GROUP = "kelompok"
"""The helper column, on *Kinerja Program*, with the program that a row belongs to."""

_HELPERS = {
    "anggaran_perjanjian": (BELOW, LEVEL),
    "realisasi_anggaran": (BELOW, LEVEL),
    "evaluasi_triwulan": (BELOW, LEVEL),
    "kinerja_program": (FOUND, GROUP),
    "efisiensi": (FOUND,),
    "perbandingan": (FOUND,),
}


@dataclass(frozen=True)
class Layout:
    """A form with so many prepared rows. Rows and columns count from 1.

    ``agreed``: the workbook has the Perjanjian Kinerja as well, and the form is held against it.
    """

    form: Form
    ready: int
    agreed: bool = False

    @property
    def header_rows(self) -> int:
        return max(len(column.header) for column in self.form.columns)

    @property
    def number_row(self) -> int:
        """The row of column numbers, right above the first row of data."""
        return HEADER_ROW + self.header_rows

    @property
    def first(self) -> int:
        return self.number_row + 1

    @property
    def end(self) -> int:
        """The closing line: sums reach down to it, so that a row inserted above it is always within."""
        return self.first + self.ready

    def closing(self, label: str) -> int:
        """The row of a closing label."""
        return self.end + 1 + self.form.closing.index(label)

    @property
    def last(self) -> int:
        return self.end + len(self.form.closing)

    @property
    def data_rows(self) -> range:
        return range(self.first, self.end)

    @property
    def width(self) -> int:
        """How many columns are printed."""
        return len(self.form.columns)

    @property
    def helpers(self) -> tuple[str, ...]:
        """The helper columns right of the table; the first one shows, the others are hidden."""
        found = (FOUND,) if self.agreed else ()
        return (CHECK, COUNT, *_HELPERS.get(self.form.key, ()), *found)

    @cached_property
    def _columns(self) -> dict[str, int]:
        keys = (*(column.key for column in self.form.columns), *self.helpers)
        return {key: place for place, key in enumerate(keys, 1)}

    def number(self, key: str) -> int:
        """The number of a column."""
        return self._columns[key]

    def letter(self, key: str) -> str:
        return letters(self._columns[key])

    def cell(self, key: str, row: int) -> str:
        """``$D11``: a cell as the formulas of its row name it."""
        return f"${self.letter(key)}{row}"

    def fixed(self, key: str, row: int) -> str:
        """``$D$7``: a cell that stays when the formula is copied."""
        return f"${self.letter(key)}${row}"

    def span(self, key: str) -> str:
        """A column from the row of numbers to the closing line; both ends outside of what staff type."""
        return f"{self.fixed(key, self.number_row)}:{self.fixed(key, self.end)}"

    def elsewhere(self, reference: str) -> str:
        """A reference to this sheet as other sheets write it."""
        return f"'{self.form.sheet}'!{reference}"
