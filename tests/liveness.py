"""What of an annotated copy has come to agree, after a person edited it in LibreOffice."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from typedin import read_answers

from xlaudit.annotate.formulas import read_check
from xlaudit.answers import Answer

PYTHON = "/usr/bin/python3"
Edit = list[object]
Lit = dict[tuple[str, str], list[bool]]


def office_or_skip() -> None:
    """Skips, with the reason, where LibreOffice cannot be driven."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed", allow_module_level=True)
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode:
        pytest.skip("python3-uno is not installed", allow_module_level=True)


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def edit(self, jobs: list[tuple[Path, Path, list[Edit]]]) -> None:
        """Carries out the edits of each job (source, target, edits); see ``office_edits``."""
        script, order = Path(__file__).with_name("office_edits.py"), self._folder / "jobs.json"
        order.write_text(json.dumps([(str(source), str(target), edits) for source, target, edits in jobs]), "utf-8")
        command = [PYTHON, str(script), str(self._folder / "profile"), str(order)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=400)
        assert done.returncode == 0, done.stderr

    def lit(self, paths: list[Path]) -> list[Lit]:
        """For each file its highlights of ours by sheet and cell: whether each of them is on.

        The condition of a highlight is put into a cell, every reference with its sheet, and computed.
        """
        probes, places = [], []
        for path in paths:
            content = openpyxl.load_workbook(path)
            probe = content.create_sheet("probe")
            found = []
            for sheet in content.worksheets:
                for block in sheet.conditional_formatting:
                    for rule in block.rules:
                        for formula in rule.formula:
                            if "xlaudit" in formula:
                                for area in str(block.sqref).split():
                                    found.append((sheet.title, area))
                                    probe.cell(len(found), 1, "=" + read_check(formula).absolute(sheet.title))
            probes.append(self._folder / f"probe-{len(probes)}.xlsx")
            content.save(probes[-1])
            places.append(found)
        self.edit([(probe, probe.with_suffix(".out.xlsx"), []) for probe in probes])
        results: list[Lit] = []
        for probe, found in zip(probes, places, strict=True):
            values = openpyxl.load_workbook(probe.with_suffix(".out.xlsx"), data_only=True)["probe"]
            lit: Lit = {}
            for row, place in enumerate(found, 1):
                lit.setdefault(place, []).append(bool(values.cell(row, 1).value))
            results.append(lit)
        return results


def rows_of(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of the findings sheet by the ids of their findings, each by the heads of its columns."""
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    at = next(number for number, row in enumerate(rows) if "xlaudit:id" in row)
    return {
        str(row[13]): {str(head): value for head, value in zip(rows[at], row, strict=True)}
        for row in rows[at + 1 :]
        if row[13]
    }


def links_of(path: Path) -> dict[str, str]:
    """What the links of the findings sheet say, by the ids of their findings."""
    return {name: str(row["Sel"]) for name, row in rows_of(path).items()}


def answers_of(path: Path) -> dict[str, Answer]:
    return read_answers(path)


def parts_of(path: Path) -> dict[str, etree._Element]:
    with ZipFile(path) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}
