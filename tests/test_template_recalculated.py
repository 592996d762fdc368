"""Templates filled at random, recalculated by LibreOffice: every formula agrees exactly, nothing is found, and
after one figure is spoiled the sheet *Cek* and the audit point at the same row.

``XLAUDIT_TEMPLATES`` sets how many workbooks of each kind (16 unless said otherwise, 80 in all).
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from filled import Oracle, content

from xlaudit.audit import audit_workbook
from xlaudit.findings import Severity
from xlaudit.model import Sheet, Workbook
from xlaudit.reading.grid import read_workbook
from xlaudit.schemas.forms import CHECK_SHEET, TEMPLATES, Form
from xlaudit.templates import Content, Value, write_template
from xlaudit.templates.layout import CHECK, Layout

MANY = int(os.environ.get("XLAUDIT_TEMPLATES", "16"))
PARTS = 2
"""Parts of them, so that several processes can share the work."""


def recalculated(paths: list[Path], folder: Path) -> list[Path]:
    """The workbooks after LibreOffice has opened, computed and saved them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return [folder / "out" / path.name for path in paths]


def layout_of(form: Form, made: Content) -> Layout:
    filled = len(made.rows.get(form.key, ()))
    return Layout(form, max(form.ready, filled + 10))


def shown(sheet: Sheet, row: int, column: int) -> Decimal | str:
    cell = sheet.at(row, column)
    if cell is None:
        return ""
    return cell.number if cell.number is not None else cell.text


def differences(workbook: Workbook, kind: str, made: Content) -> tuple[list[str], int]:
    """Cells that do not show what they must, and how many were looked at."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    layouts = {form.key: layout_of(form, made) for form in TEMPLATES[kind]}
    wrong = []
    expected = Oracle(made).cells()
    for (key, line, column), value in expected.items():
        layout = layouts[key]
        row = layout.first + line if line >= 0 else layout.last + line + 1
        found = shown(sheets[layout.form.sheet], row, layout.number(column))
        if found != value:
            wrong.append(f"{layout.form.sheet}!{layout.letter(column)}{row}: {found!r} instead of {value!r}")
    return wrong, len(expected)


def told(workbook: Workbook) -> dict[str, str]:
    """By part of the template, what *Cek* says of it."""
    [sheet] = [sheet for sheet in workbook.sheets if sheet.name == CHECK_SHEET]
    return {
        str(shown(sheet, row, 1)): " ".join(str(shown(sheet, row, column)) for column in range(2, 7)).strip()
        for row in sorted(sheet.rows)
        if row > 4
    }


UNLIKELY = {"RA110", "KO105", "EF103", "KI112"}
"""What random fillings deserve to hear: all of a pagu spent in every row, nothing below one row among others that have
some, nothing achieved with all of the money, twice the target."""


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_every_formula_agrees_and_nothing_is_found(kind: str, part: int, tmp_path: Path) -> None:
    seeds = range(MANY)[part::PARTS]
    made = [content(kind, seed) for seed in seeds]
    paths = [tmp_path / f"{kind}-{seed}.xlsx" for seed in seeds]
    for path, one in zip(paths, made, strict=True):
        write_template(kind, path, one)
    looked_at = 0
    for path, one in zip(recalculated(paths, tmp_path), made, strict=True):
        workbook = read_workbook(path)
        wrong, count = differences(workbook, kind, one)
        assert wrong == [], path.name
        looked_at += count
        assert set(told(workbook).values()) == {"Sesuai 0"}, path.name
        found = audit_workbook(path)
        said = [(f.rule, f.place, f.message.en) for f in found.findings if f.rule not in UNLIKELY]
        assert not said, path.name
        assert found.template == (kind, "1")
    assert looked_at > len(seeds) * 5 or kind == "perjanjian-kinerja"


SPOILED = ["realisasi-anggaran", "lkjip", "evaluasi-triwulan"]


@pytest.mark.parametrize("kind", SPOILED)
def test_a_spoiled_figure_is_pointed_at_by_template_and_audit(kind: str, tmp_path: Path) -> None:
    key, whole, part = {
        "evaluasi-triwulan": ("evaluasi_triwulan", "target_rp", "tw1_rp"),
    }.get(kind, ("realisasi_anggaran", "pagu_setelah", "realisasi"))
    form = next(form for form in TEMPLATES[kind] if form.key == key)
    jobs: list[tuple[Path, int]] = []
    for seed in range(10):
        made = content(kind, 1000 + seed)
        lines: list[dict[str, Value]] = [dict(line) for line in made.rows[key]]
        places = [place for place, line in enumerate(lines) if isinstance(line.get(whole), Decimal)]
        place = random.Random(seed).choice(places)
        budget = lines[place][whole]
        assert isinstance(budget, Decimal)
        lines[place][part] = budget * 10 + 7
        path = tmp_path / f"{kind}-{seed}.xlsx"
        write_template(kind, path, Content(made.settings, {**made.rows, key: tuple(lines)}))
        jobs.append((path, layout_of(form, made).first + place))
    for path, (_, row) in zip(recalculated([path for path, _ in jobs], tmp_path), jobs, strict=True):
        workbook = read_workbook(path)
        [sheet] = [sheet for sheet in workbook.sheets if sheet.name == form.sheet]
        layout = Layout(form, form.ready)
        assert "melebihi pagu" in str(shown(sheet, row, layout.number(CHECK))), path.name
        assert f"Baris {row}: " in told(workbook)[form.sheet], path.name
        found = [f for f in audit_workbook(path).findings if f.severity is not Severity.NOTE]
        assert any(f.place.sheet == form.sheet and f.place.cell.endswith(str(row)) for f in found), path.name
