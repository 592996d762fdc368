"""Prints a table of results with aligned columns."""

from __future__ import annotations

from collections.abc import Sequence


def print_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """The first column is aligned left, the others right."""
    lines = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    for number, line in enumerate(lines):
        others = (cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))
        print("  ".join((line[0].ljust(widths[0]), *others)).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def share(part: int, whole: int) -> str:
    """``45/50  90%``, or a dash where there is nothing to count."""
    return "-" if whole == 0 else f"{part}/{whole} {part * 100 // whole:>3d}%"
