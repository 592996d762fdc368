"""The rooms of the house and which way imports may go between them; and that this test can fail.

``ABOVE`` names for each room the rooms it builds on; those which they build on are meant too.
docs/architecture.md draws the same picture.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parents[1] / "xlaudit"

ABOVE: dict[str, tuple[str, ...]] = {
    "locale": (),
    "texts": ("locale",),
    "patterns": (),
    "properties": (),
    "cells": ("patterns",),
    "formulas": ("cells",),
    "workings": ("cells",),
    "amounts": ("texts", "patterns"),
    "errors": ("texts",),
    "limits": (),
    "collector": (),
    "zipped": (),
    "conventions": ("relations", "scale"),
    "waivers": ("findings",),
    "settings": ("limits", "errors", "nearest", "conventions", "waivers"),
    "policy": ("settings", "filled"),
    "model": ("amounts", "cells"),
    "findings": ("model", "texts"),
    "identity": ("cells",),
    "digest": ("identity", "amounts"),
    "keyfigures": ("cells", "texts"),
    "outcome": ("findings", "digest", "keyfigures", "answers"),
    "arithmetic": ("patterns",),
    "figures": ("cells", "properties"),
    "rows": ("figures",),
    "tables": ("rows", "model", "texts", "arithmetic"),
    "filled": ("cells",),
    "plugins": ("texts",),
    "schemas": ("tables", "findings", "errors", "nearest", "plugins"),
    "matching": ("schemas",),
    "offices": ("matching",),
    "relations": ("tables",),
    "scale": ("schemas",),
    "constraints": ("relations", "schemas", "conventions"),
    "showing": ("relations", "findings"),
    "means": ("constraints",),
    "closing": ("constraints",),
    "declared": ("constraints",),
    "sight": ("constraints",),
    "checks": ("means", "declared", "sight"),
    "nearest": ("texts",),
    "mapping": ("schemas", "nearest"),
    "survey": ("scale",),
    "crosswalk": ("relations", "matching"),
    "absorbed": ("crosswalk",),
    "agreement": ("absorbed", "constraints", "findings"),
    "wholes": ("agreement",),
    "digesting": ("crosswalk", "showing", "digest"),
    "keyfiguring": ("digesting", "constraints", "keyfigures"),
    "across": ("digest", "offices"),
    "summaries": ("crosswalk", "constraints"),
    "several": ("wholes", "summaries", "closing"),
    "reading": (
        "checks", "scale", "filled", "identity", "survey", "mapping", "limits", "collector", "formulas", "workings",
        "zipped",
    ),
    "rules": (
        "checks", "scale", "several", "filled", "formulas", "workings", "digesting", "across",
        "policy",
    ),
    "diagnosis": ("checks", "several", "showing"),
    "basis": ("rules", "outcome"),
    "ids": ("rules",),
    "audit": ("reading", "diagnosis", "basis", "ids", "keyfiguring"),
    "answers": ("waivers",),
    "changes": ("outcome",),
    "whatif": ("audit", "changes"),
    "resubmission": ("audit", "annotate", "changes", "standing"),
    "annotate": ("answers", "errors", "limits", "zipped", "properties"),
    "templates": ("scale",),
    "extract": ("schemas", "identity"),
    "reports": ("annotate", "outcome", "survey", "changes", "rules", "overview"),
    "faults": ("texts",),
    "outputs": ("annotate", "extract"),
    "batch": ("audit", "across", "reports", "outputs", "faults"),
    "agencies": ("reading", "offices"),
    "standing": ("offices", "findings"),
    "saving": ("patterns",),
    "overview": ("standing",),
    "ledger": ("outcome", "standing"),
    "recap": ("reports", "extract", "agencies", "outputs", "standing", "saving"),
    "mail": ("agencies", "ledger", "batch"),
    "cli": ("mail", "recap", "whatif", "resubmission", "extract", "reports", "templates", "batch"),
    "__init__": (),
    "__main__": ("cli",),
}

SPREADSHEET_LIBRARIES = {"openpyxl", "xlsxwriter", "lxml", "defusedxml", "python_calamine"}
MAY_KNOW_SPREADSHEETS = {"reading", "annotate", "templates", "recap"}


class Import(NamedTuple):
    """One import: the file and line it stands at, the dotted name that is imported."""

    place: str
    room: str
    name: str


@cache
def reachable(room: str) -> frozenset[str]:
    """All rooms that a room may import from, itself included."""
    return frozenset({room}).union(*(reachable(above) for above in ABOVE[room]))


def imports(package: Path) -> Iterator[Import]:
    """Every import of every module, also those inside functions and under TYPE_CHECKING."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for name in names_of(node, parts):
                yield Import(f"{'/'.join(parts)}.py:{getattr(node, 'lineno', 0)}", parts[1], name)


def names_of(node: ast.AST, parts: tuple[str, ...]) -> list[str]:
    """The dotted names that a statement of the module ``parts`` imports, relative ones resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = [*parts[: len(parts) - node.level]] if node.level else []
    origin = ".".join([*base, *([node.module] if node.module else [])])
    return [f"{origin}.{alias.name}" for alias in node.names]


def wrong_imports(package: Path) -> list[str]:
    """Each import that goes the wrong way, as a sentence."""
    wrong = []
    for place, room, name in imports(package):
        first, *rest = name.split(".")
        if room not in ABOVE:
            wrong.append(f"{place}: the room {room} is not in ABOVE")
        elif first == package.name and rest and rest[0] not in reachable(room) | {"__version__"}:
            wrong.append(f"{place}: {room} must not import {name}")
        elif first in SPREADSHEET_LIBRARIES and room not in MAY_KNOW_SPREADSHEETS:
            wrong.append(f"{place}: {room} must not know {first}")
        elif first == "click" and room != "cli":
            wrong.append(f"{place}: {room} must not know click")
    return wrong


def test_imports_go_one_way() -> None:
    assert wrong_imports(PACKAGE) == []


def test_the_house_was_looked_at() -> None:
    rooms = {room for _, room, _ in imports(PACKAGE)}
    assert {"cli", "reports", "annotate", "reading", "rules", "schemas"} <= rooms


def test_reading_and_rules_never_see_each_other() -> None:
    assert "reading" not in reachable("rules") and "rules" not in reachable("reading")


def test_every_room_is_a_package_else_it_would_not_be_installed() -> None:
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def plant(folder: Path, module: str, line: str) -> Path:
    """A package of sound modules with one line planted in one of them."""
    package = folder / "xlaudit"
    sound = {
        "findings.py": "from xlaudit.texts import Text\n",
        "rules/base.py": "from xlaudit.findings import Finding\nfrom xlaudit.rules import totals\n",
        "reading/package.py": "import lxml.etree\nfrom xlaudit import __version__\nfrom . import grid\n",
        "cli/main.py": "import click\nfrom xlaudit.audit import audit_workbook\n",
    }
    sound[module] = sound.get(module, "") + line
    for name, text in sound.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    return package


def test_a_sound_house_is_left_in_peace(tmp_path: Path) -> None:
    assert wrong_imports(plant(tmp_path, "findings.py", "")) == []


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        ("rules/base.py", "from xlaudit.reading import grid\n", "xlaudit/rules/base.py:3"),
        ("rules/base.py", "from xlaudit.reading.grid import Grid\n", "xlaudit.reading.grid.Grid"),
        ("rules/base.py", "from xlaudit import reading\n", "rules must not import xlaudit.reading"),
        ("rules/base.py", "import xlaudit.reading.grid as g\n", "xlaudit.reading.grid"),
        ("rules/base.py", "from ..reading import grid\n", "xlaudit.reading.grid"),
        ("rules/deep/one.py", "from ...reading import grid\n", "xlaudit.reading.grid"),
        ("rules/base.py", "def f():\n    from xlaudit.reading import grid\n", "rules/base.py:4"),
        ("rules/base.py", "if TYPE_CHECKING:\n    import xlaudit.reading\n", "rules/base.py:4"),
        ("reading/package.py", "from xlaudit.rules.base import Rule\n", "reading must not import"),
        ("findings.py", "import xlaudit.cli\n", "findings must not import"),
        ("annotate/book.py", "from xlaudit.audit import audit_workbook\n", "annotate must not import"),
        ("reports/text.py", "from openpyxl import load_workbook\n", "reports must not know openpyxl"),
        ("rules/base.py", "def f():\n    import lxml.etree\n", "rules must not know lxml"),
        ("audit.py", "import click\n", "audit must not know click"),
        ("cellar.py", "import os\n", "the room cellar is not in ABOVE"),
    ],
)
def test_a_wrong_import_is_caught(tmp_path: Path, module: str, line: str, found: str) -> None:
    [sentence] = wrong_imports(plant(tmp_path, module, line))
    assert found in sentence
