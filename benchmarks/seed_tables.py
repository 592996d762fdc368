"""How many of the transcribed tables are recognised, each in four manners, and read exactly as printed.

    python benchmarks/seed_tables.py [--misses]

The tables stand outside of this repository, in ``../shared/seed-tables``; where they are absent the script says so
and ends. A table counts as *found* when one table on its sheet has exactly its rows; *kind*, *columns*, *levels* and
*figures* are asked of those found. ``--misses`` names each miss.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from printing import print_table, share
from seed_sheets import MANNERS, Placed, printed_value, write

from xlaudit.reading.book import ReadBook, read_book
from xlaudit.tables import Level, Measure, State, Table

FOLDER = Path(__file__).resolve().parents[1].parent / "shared" / "seed-tables"
KINDS = {
    "kinerja": {"pengukuran_kinerja"},
    "anggaran": {"realisasi_anggaran"},
    "kinerja+anggaran": {"kinerja_anggaran"},
    "efisiensi": {"efisiensi"},
    "perbandingan": {"perbandingan"},
    "perjanjian": {"perjanjian_kinerja"},
}
ROLES: dict[str, set[str]] = {
    "realisasi": {"realisasi", "realisasi_kinerja"},
    "persen_capaian": {"capaian", "tingkat_kemajuan"},
    "capaian_sasaran": {"capaian"},
    "data_awal": {"realisasi_kinerja"},
    "rumus_perhitungan": {"rumus"},
    "bidang_pengampu": {"penanggung_jawab"},
    "menunjang": {"keterangan"},
    "penyebab": {"keterangan"},
    "realisasi_nasional": {"standar"},
    "target_renstra": {"target"},
    "target_total": {"target"},
    "uraian": {"uraian", "program"},
    "program": {"program", "uraian"},
    "program_prioritas": {"program"},
    "kode": {"kode", "no"},
    "perhitungan": {"rumus"},
    "sasaran_kegiatan": {"keterangan"},
    "rata_rata_capaian": {"capaian", "rata_rata"},
}
"""The roles that a transcriber's name may mean, where they are not the name itself."""
_ASKED = ("found", "kind", "columns", "levels", "figures")
_RANK = {"program": 0, "kegiatan": 1, "sub_kegiatan": 2}
_SAME_LEVEL = {Level.MEAN.value: Level.TOTAL.value, Level.RATIO.value: Level.TOTAL.value}


def kinds(data: dict[str, Any]) -> set[str]:
    """The kinds that a transcribed table may be: its label, made finer by the columns where the label is coarse."""
    columns = data["columns"]
    if "tahun" in columns:  # a line for every year
        return KINDS[data["kind"]] | {"pengukuran_kinerja"}
    if any(re.match(r"(target_)?tw\d", column) for column in columns):
        return {"evaluasi_triwulan"}
    years = {year for column in columns for year in re.findall(r"20\d\d", column)}
    if data["kind"] == "kinerja" and len(years) > 1:
        return {"perbandingan"}
    targets = any(column.startswith("target") for column in columns)
    if data["kind"] == "kinerja+anggaran" and not any(re.match(r"pagu|realisasi|tahun|target", c) for c in columns):
        return KINDS["kinerja+anggaran"] | KINDS["kinerja"]
    results = any(re.match(r"realisasi|capaian", column) for column in columns)
    if targets and not results and data["kind"] in ("kinerja", "perbandingan", "anggaran"):
        return KINDS[data["kind"]] - {"pengukuran_kinerja"} | {"perjanjian_kinerja"}
    return KINDS[data["kind"]]


def roles(column: str, heading: list[str]) -> set[str]:
    """The roles that a transcriber's column name may stand for, given the texts printed above the column.

    The transcribers knew the report; a heading that says no more than a year or *Jumlah* says no more to a reader.
    """
    if not heading and column in ("sasaran", "nilai"):
        return {"uraian", "capaian", column}
    name = re.sub(r"(_(20\d\d|tw\d|sebelum|setelah|2|daerah|lainnya|kabupaten|k|rp))+$", "", column)
    if name.endswith("_provinsi"):
        name, more = name.removesuffix("_provinsi"), {"standar"}
    else:
        more = {"nilai"} if heading and re.fullmatch(r"20\d\d", heading[-1]) else set()
    more |= {"jumlah"} if heading and heading[-1].lower() == "jumlah" else set()
    if name in ROLES:
        return ROLES[name] | more
    stem = re.sub(r"_(program|sasaran)$", "", re.sub(r"_20\d\d$", "", name))
    return {"no"} if name.startswith("no_") else {stem} | more


def seed_tables() -> list[tuple[str, dict[str, Any]]]:
    """All transcribed tables that have rows, by name."""
    loaded = ((path.stem, json.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.json")))
    return [(name, data) for name, data in loaded if data["rows"]]


def table_at(placed: Placed, book: ReadBook) -> Table | None:
    """The table that was read from the place of a transcribed one: none but its rows, all of its rows."""
    wanted = [number for number, _, _ in placed.rows()]
    for table in book.tables:
        if table.sheet == placed.sheet and [row.number for row in table.rows] == wanted:
            inside = placed.first_column <= table.area.left and table.area.right < placed.first_column + placed.width
            if inside:
                return table
    return None


def wrong_columns(placed: Placed, table: Table) -> Iterator[str]:
    """The columns with another role than the transcriber's name says."""
    by_place = {column.column: column for column in table.columns.values()}
    for offset, name in enumerate(placed.data["columns"]):
        column = by_place.get(placed.first_column + offset)
        role = "-" if column is None else column.role
        printed = (line[offset].strip() for line in placed.data["header"])
        if role not in roles(name, [text for text in printed if text and not re.fullmatch(r"\W*\d{1,2}\W*", text)]):
            yield f"{name} read as {role}"


def wrong_levels(placed: Placed, table: Table) -> Iterator[str]:
    """The rows on another level: totals by name, the others by their order, and by name where one was given."""
    wanted = {number: level for number, _, level in placed.rows() if level}
    rows = {row.number: row for row in table.rows if row.number in wanted}
    ranks = sorted({_RANK[level] for level in wanted.values() if level in _RANK})
    depths = sorted({row.depth for number, row in rows.items() if wanted[number] in _RANK and row.depth is not None})
    for number, level in wanted.items():
        row = rows[number]
        own = _SAME_LEVEL.get(row.level.value, row.level.value)
        if level in _RANK:
            placed_right = row.depth is not None and ranks.index(_RANK[level]) == depths.index(row.depth)
            right = placed_right and own in (level, Level.ITEM.value)
        else:
            right = own == level
        if not right:
            yield f"row {number}: {level} read as {own}, depth {row.depth}"


def wrong_figures(placed: Placed, table: Table) -> Iterator[str]:
    """The figures that are not read as printed."""
    printed = {number: row for number, row, _ in placed.rows()}
    for row in table.rows:
        for column in table.columns.values():
            if column.measure is Measure.TEXT:
                continue
            figure, text = row.figures[column.name], printed[row.number][column.column - placed.first_column]
            value = printed_value(text)
            if (figure.state is State.BLANK) != (not text.strip()) or (value is not None and figure.value != value):
                yield f"row {row.number} {column.name}: {text!r} read as {figure.state.value} {figure.value}"


def problems(placed: Placed, book: ReadBook) -> dict[str, list[str]]:
    """What is not as transcribed, by what was asked; only ``found`` is asked of a table that is not there."""
    table = table_at(placed, book)
    if table is None:
        return {"found": ["not found"]}
    return {
        "found": [],
        "kind": [] if table.kind in kinds(placed.data) else [f"kind {table.kind}"],
        "columns": list(wrong_columns(placed, table)),
        "levels": list(wrong_levels(placed, table)),
        "figures": list(wrong_figures(placed, table)),
    }


def measure(manner: str, folder: Path, misses: bool) -> list[object]:
    """One row of the table: how many were recognised in this manner."""
    path = folder / f"{manner}.xlsx"
    placed = write(path, seed_tables(), manner)
    book = read_book(path)
    ours = [one for one in placed if one.data["kind"] in KINDS]
    counts = dict.fromkeys((*_ASKED, "all"), 0)
    for one in ours:
        wrong = problems(one, book)
        for what in _ASKED:
            counts[what] += what in wrong and not wrong[what]
        said = [line for lines in wrong.values() for line in lines]
        counts["all"] += not said
        if misses and said:
            print(f"{manner}  {one.name}: {'; '.join(said[:4])}")
    total = len(ours)
    return [manner, total, *(share(count, total) for count in counts.values())]


def main() -> None:
    """Prints one row a manner."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not FOLDER.is_dir():
        print("The transcribed tables are not at hand (../shared/seed-tables); nothing to compare.")
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(manner, Path(folder), options.misses) for manner in MANNERS]
    print_table(["manner", "tables", "found", "kind", "columns", "levels", "figures", "all right"], rows)


if __name__ == "__main__":
    main()
