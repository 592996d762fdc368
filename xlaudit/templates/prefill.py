"""What a workbook that an office already has puts into a new template (``--from``).

Names, codes, targets and pagu are taken over; results are not, for they must be filled in anew. Reading is done
elsewhere: this module sees recognised tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from xlaudit.schemas.forms import (
    AGREED_BUDGET,
    AGREEMENT,
    COMPARISON,
    EFFICIENCY,
    EVALUATION,
    HIGHER,
    LOWER,
    MEASUREMENT,
    PROGRAM_RESULTS,
    REALISATION,
)
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Figure, Level, Measure, Row, Table
from xlaudit.templates.content import Content, Value

_LINES = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.ITEM)
_QUARTERS = ("tw1", "tw2", "tw3", "tw4")
Rows = tuple[dict[str, Value], ...]


def prefilled(tables: Sequence[Table], settings: Mapping[str, Value], year: int | None) -> Content:
    """What the tables give for a report of ``year``; without rows where nothing in them is of use.

    ``settings`` go into *Identitas*. Where a table is of the year before, its results become those of last year.
    """
    indicators = _indicators(tables, year)
    budget = _budget(tables)
    agreed = _agreed_budget(tables, year) or _programs(budget)
    last_year = _results_of(tables, None if year is None else year - 1)
    rows: dict[str, Rows] = {
        AGREEMENT.key: tuple(_agreed(line) for line in indicators),
        AGREED_BUDGET.key: agreed,
        MEASUREMENT.key: tuple(_measured(line) for line in indicators),
        PROGRAM_RESULTS.key: tuple(_pick(line, "kode", "uraian", program="uraian") for line in _tops(budget)),
        REALISATION.key: budget,
        EFFICIENCY.key: tuple(_pick(line, "kode") for line in _tops(budget)),
        COMPARISON.key: tuple(_compared(line, last_year) for line in indicators),
        EVALUATION.key: _evaluation(tables, year) or tuple(_planned(line) for line in budget),
    }
    return Content(dict(settings), {key: lines for key, lines in rows.items() if lines})


def _agreed(line: Mapping[str, Value]) -> dict[str, Value]:
    kept = _pick(line, "sasaran", "indikator", "satuan")
    if "sebelum" in line or "target" in line:
        kept["target_sebelum"] = line.get("sebelum", line.get("target", ""))
    if "setelah" in line:
        kept["target_setelah"] = line["setelah"]
    return kept


def _measured(line: Mapping[str, Value]) -> dict[str, Value]:
    return _pick(line, "sasaran", "indikator", "satuan", "arah", "sifat", "target")


def _compared(line: Mapping[str, Value], last_year: Mapping[str, Value]) -> dict[str, Value]:
    kept = _pick(line, "indikator", "target_akhir")
    result = last_year.get(fold(str(line["indikator"])))
    return kept if result is None else {**kept, "realisasi_lalu": result}


def _planned(line: Mapping[str, Value]) -> dict[str, Value]:
    """A line of the budget as form E.81 begins with it."""
    kept = _pick(line, "kode", "uraian")
    if "pagu_setelah" in line:
        kept["target_rp"] = line["pagu_setelah"]
    return kept


def _pick(line: Mapping[str, Value], *keys: str, **renamed: str) -> dict[str, Value]:
    """Some cells of a line; ``renamed`` gives a key under which another one's cell is wanted."""
    kept = {key: line[key] for key in keys if key in line and key not in renamed.values()}
    return kept | {key: line[old] for key, old in renamed.items() if old in line}


# indicators


def _indicators(tables: Sequence[Table], year: int | None) -> list[dict[str, Value]]:
    """The indicators with their targets: of the agreement where there is one, else of what was measured.

    Where several tables give an indicator, the first one counts; later ones add what it lacks, save for the
    measured table's own target, which may be another year's.
    """
    agreements = _of_one_year([t for t in tables if t.kind == AGREEMENT.kind and t.by_role("target")], year)
    measured = [t for t in tables if t.kind == MEASUREMENT.kind and t.by_role("realisasi_kinerja")]
    compared = [table for table in tables if table.by_role("target_akhir_renstra")]
    found: dict[str, dict[str, Value]] = {}
    for table in (*agreements, *([] if agreements else measured)):
        for line in _indicator_lines(table):
            found.setdefault(fold(str(line["indikator"])), {}).update(
                {key: value for key, value in line.items() if key not in found[fold(str(line["indikator"]))]}
            )
    for table in (*measured, *compared):
        for line in _indicator_lines(table):
            known = found.get(fold(str(line["indikator"])))
            if known is not None:
                known |= {key: value for key, value in line.items() if key not in known and key != "target"}
    for line in found.values():
        if "setelah" in line:
            line["target"] = line["setelah"]
    return list(found.values())


def _of_one_year(tables: list[Table], year: int | None) -> list[Table]:
    """The tables of the year that is asked for; of the latest one where there are none."""
    own = [table for table in tables if year is not None and table.year == year]
    latest = max((table.year for table in tables if table.year is not None), default=None)
    return own or [table for table in tables if table.year in (None, latest)]


def _indicator_lines(table: Table) -> Iterator[dict[str, Value]]:
    goal = ""
    for row in table.rows:
        goal = row.texts.get("sasaran", "") or goal
        name = row.texts.get("indikator", "") or (row.label if "indikator" not in table.columns else "")
        if not name or row.level not in _LINES:
            continue
        line: dict[str, Value] = {"sasaran": goal, "indikator": name}
        targets = {_stage_of(table, column): row.figures[column.name] for column in table.by_role("target")}
        unit = row.texts.get("satuan", "") or next((f.suffix.strip() for f in targets.values() if f.suffix), "")
        for key, figure in targets.items():
            value = _typed(figure)
            if value is not None:
                line[key] = value
        if "target" not in line and "sebelum" in line:
            line["target"] = line["sebelum"]
        final = next((_typed(row.figures[c.name]) for c in table.by_role("target_akhir_renstra")), None)
        direction = fold(row.texts.get("arah", ""))
        for key, text in (
            ("satuan", "%" if any(f.percent_sign for f in targets.values()) and not unit else unit),
            ("arah", LOWER if "rendah" in direction or "turun" in direction else HIGHER if direction else ""),
            ("sifat", row.texts.get("sifat", "")),
            ("target_akhir", final if final is not None else ""),
        ):
            if text != "":
                line[key] = text
        yield line


def _stage_of(table: Table, column: Column) -> str:
    """``sebelum``, ``setelah``, or ``target`` where a table knows of no revision."""
    stage = column.period if column.period in ("sebelum", "setelah") else table.stage
    return stage if stage in ("sebelum", "setelah") else "target"


def _results_of(tables: Iterable[Table], year: int | None) -> dict[str, Value]:
    """Realisasi by indicator, of tables of that year only."""
    found: dict[str, Value] = {}
    for table in tables:
        for column in table.by_role("realisasi_kinerja"):
            own = int(column.period) if column.period.isdigit() else table.year
            if year is None or own != year or table.kind == EVALUATION.kind:
                continue
            for row in table.rows:
                name = row.texts.get("indikator", "") or row.label
                value = _typed(row.figures[column.name])
                if name and value is not None:
                    found.setdefault(fold(name), value)
    return found


def _typed(figure: Figure) -> Value | None:
    """A figure as staff would type it: the number, or the words that stand in its place."""
    if figure.filled and not figure.is_bound:
        return figure.value
    return figure.text.strip() or None


# budget


def _budget(tables: Sequence[Table]) -> Rows:
    """Codes, names and pagu of the largest table of programs."""
    candidates = [t for t in tables if t.by_role("pagu") and t.kind in (REALISATION.kind, EVALUATION.kind)]
    candidates = candidates or [t for t in tables if t.by_role("pagu")]
    if not candidates:
        return ()
    table = max(candidates, key=lambda t: (len(_lines(t)), t.kind == REALISATION.kind))
    after = _column(table, "pagu", "setelah", "")
    before = _column(table, "pagu", "sebelum")
    return tuple(
        _line(table, row, code, "uraian", {"pagu_sebelum": before or after, "pagu_setelah": after})
        for row, code in _coded(table)
    )


def _agreed_budget(tables: Sequence[Table], year: int | None) -> Rows:
    """Programs and their budget in the agreement."""
    agreements = [t for t in tables if t.kind == AGREED_BUDGET.kind and t.by_role("pagu") and not t.by_role("target")]
    agreements = _of_one_year(agreements, year)
    if not agreements:
        return ()
    table = max(agreements, key=lambda t: (t.stage == "setelah", len(_lines(t))))
    after = _column(table, "pagu", "setelah")
    before = _column(table, "pagu", "sebelum", "")
    return tuple(
        _line(table, row, code, "program", {"pagu_sebelum": before or after, "pagu_setelah": after})
        for row, code in _coded(table)
    )


def _programs(budget: Rows) -> Rows:
    """The topmost lines of a budget with what the lines below them add up to."""
    programs = []
    for line in _tops(budget):
        below = [b for b in budget if str(b["kode"]).startswith(f"{line['kode']}.") and "pagu_setelah" in b]
        leaves = [b for b in below if not any(str(o["kode"]).startswith(f"{b['kode']}.") for o in below)] or [line]
        program = _pick(line, "kode", program="uraian")
        for key in ("pagu_sebelum", "pagu_setelah"):
            amounts = [value for leaf in leaves if not isinstance(value := leaf.get(key, ""), str)]
            if amounts:
                program[key] = sum(amounts[1:], amounts[0])
        programs.append(program)
    return tuple(programs)


def _tops(budget: Rows) -> list[dict[str, Value]]:
    codes = [str(line["kode"]) for line in budget]
    return [line for line in budget if not any(str(line["kode"]).startswith(f"{code}.") for code in codes)]


def _lines(table: Table) -> list[Row]:
    return [row for row in table.rows if row.level in _LINES and row.label]


def _column(table: Table, role: str, *periods: str) -> Column | None:
    """The column of a role, of the first of these periods that has one; any where no period is asked for."""
    columns = table.by_role(role)
    for period in periods:
        found = [c for c in columns if c.period == period or (not period and c.period not in ("sebelum", "setelah"))]
        if found:
            return found[0]
    return None


def _coded(table: Table) -> list[tuple[Row, str]]:
    """The lines with codes under which the template can add them up: their own, or else numbers by level."""
    rows = _lines(table)
    known = {row.index for row in rows}
    own = {row.index: row.code.strip(" .") for row in rows}
    fits = all(
        own[row.index]
        and (row.parent is None or row.parent not in known or own[row.index].startswith(f"{own[row.parent]}."))
        for row in rows
    )
    if fits and len(set(own.values())) == len(rows):
        return [(row, own[row.index]) for row in rows]
    numbers: dict[int, str] = {}
    counts: dict[int | None, int] = {}
    for row in rows:
        parent = row.parent if row.parent in known else None
        counts[parent] = counts.get(parent, 0) + 1
        numbers[row.index] = f"{numbers[parent]}.{counts[parent]}" if parent in numbers else str(counts[parent])
    return [(row, numbers[row.index]) for row in rows]


def _line(table: Table, row: Row, code: str, label: str, amounts: Mapping[str, Column | None]) -> dict[str, Value]:
    line: dict[str, Value] = {"kode": code, label: row.label}
    for key, column in amounts.items():
        figure = None if column is None else row.figures.get(column.name)
        if figure is not None and figure.filled and figure.value is not None:
            line[key] = figure.value
    return line


# form E.81


def _evaluation(tables: Sequence[Table], year: int | None) -> Rows:
    """The lines of a form E.81. Of the same year its quarters are kept, of an earlier one they become the past."""
    forms = [table for table in tables if table.kind == EVALUATION.kind and table.by_role("realisasi")]
    if not forms:
        return ()
    table = max(forms, key=lambda t: len(_lines(t)))
    same = year is None or table.year is None or table.year == year
    lines = []
    for row, code in _coded(table):
        line: dict[str, Value] = {"kode": code, "uraian": row.label}
        for key in ("indikator", "satuan", "sifat", "penanggung_jawab"):
            if row.texts.get(key):
                line[key] = row.texts[key]
        for key, column in _evaluation_columns(table, same):
            figure = row.figures.get(column.name)
            value = None if figure is None else _typed(figure)
            if value is not None:
                line[key] = value
        lines.append(line)
    return tuple(lines)


def _evaluation_columns(table: Table, same: bool) -> Iterator[tuple[str, Column]]:
    """The template's key of every column that is taken over."""
    for which, target, result in (("k", "target", "realisasi_kinerja"), ("rp", "pagu", "realisasi")):
        targets = [c for c in table.by_role(target) if c.measure is not Measure.TEXT]
        results = [c for c in table.by_role(result) if c.period not in _QUARTERS]
        for column in targets:
            if column.period == "renstra":
                yield f"renstra_{which}", column
            elif same:
                yield f"target_{which}", column
        if not same:
            yield from ((f"lalu_{which}", column) for column in results if column.period == "renstra")
            continue
        plain = [c for c in results if c.period != "renstra"]
        if len(plain) > 1:
            yield f"lalu_{which}", plain[0]
        for column in table.by_role(result):
            if column.period in _QUARTERS:
                yield f"{column.period}_{which}", column
