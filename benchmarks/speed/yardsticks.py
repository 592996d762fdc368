"""What an audit is held against, run as a process of its own: ``python yardsticks.py openpyxl|floor FOLDER FILE...``.

``openpyxl`` loads each workbook, puts one comment into it and saves it: what the simplest script that marks a cell has
to do. ``floor`` reads the values with calamine (Rust) and compresses every part again: no program that looks at all
cells and writes the file anew in Python's own zipfile can take less.
"""

from __future__ import annotations

import sys
from pathlib import Path


def openpyxl(file: Path, target: Path) -> None:
    """Loads, puts in a comment, saves."""
    from openpyxl import load_workbook
    from openpyxl.comments import Comment

    book = load_workbook(file)
    assert book.active is not None
    book.active["C4"].comment = Comment("periksa", "benchmark")
    book.save(target)


def floor(file: Path, target: Path) -> None:
    """Reads all values, compresses all parts."""
    from zipfile import ZIP_DEFLATED, ZipFile

    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(file)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    with ZipFile(file) as parts, ZipFile(target, "w", ZIP_DEFLATED) as out:
        for part in parts.infolist():
            out.writestr(part.filename, parts.read(part))


if __name__ == "__main__":
    way = {"openpyxl": openpyxl, "floor": floor}[sys.argv[1]]
    for given in map(Path, sys.argv[3:]):
        way(given, Path(sys.argv[2]) / given.name)
