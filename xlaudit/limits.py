"""How much of a file is taken in before it is turned away: every bound of safety in one place.

A bound is there so that a file, by malice or by accident, takes neither the machine's memory nor a person's
patience. docs/limits.md lists them for users, ``[limits]`` of ``xlaudit.toml`` changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one audit. Whole numbers from 1 on; what reaches a bound is taken, what exceeds it is not."""

    file_mib: int = 256
    """Size of the file itself, MiB: it is held in memory. Honest workbooks of 100,000 rows take some 5."""

    inflated_mib: int = 1024
    """All parts together once inflated, MiB, as the archive's directory declares them."""

    part_mib: int = 256
    """One part once inflated, MiB: it is held in memory, too. A sheet of 100,000 rows takes some 40."""

    tree_mib: int = 48
    """One part that is read as a whole, MiB: a tree takes ten times its text. Sheets and strings are streamed."""

    ratio: int = 200
    """How many times larger a part may become by inflating. Sheets full of alike rows come near 50."""

    ratio_from_mib: int = 32
    """The size of an inflated part, MiB, from which on ``ratio`` counts: below it a bomb does no harm."""

    parts: int = 10_000
    """Parts of the archive. A sheet brings some five: itself, its links, a drawing, notes, a printer's settings."""

    elements: int = 6_000_000
    """XML elements of one part that is not in the plain form most programs write; each takes microseconds."""

    held_elements: int = 1_500_000
    """Elements of an .ods, an XML spreadsheet of 2003 or a web page in memory at a time, some 200 bytes each."""

    span_steps: int = 5_000_000
    """Columns passed over to place the cells of one table of a web page beside those that reach down from above."""

    depth: int = 200
    """Levels of nesting in XML. Sheets have six; libxml2 itself stops at 256."""

    cells: int = 2_000_000
    """Cells with content over all sheets, 100,000 rows of 20: each takes some 350 bytes of memory."""

    strings: int = 2_000_000
    """Different texts of the workbook: no more than there may be cells."""

    merges: int = 200_000
    """Merged ranges of one sheet."""

    merged_cells: int = 1_000_000
    """Cells covered by merged ranges over all sheets: each takes some 250 bytes. Ranges over 20,000 count not."""

    names: int = 65_536
    """Defined names looked at; those beyond are passed over. Workbooks full of leftovers have some thousand."""

    formula_text: int = 250_000_000
    """Characters of shared formulas written out, over all sheets: forty bytes of file can stand for thousands."""

    steps: int = 6_000_000
    """Cells visited to compute formulas without stored value, some 2 microseconds each; later formulas stay without.
    Eight characters of formula count as one cell."""


DEFAULT = Limits()
