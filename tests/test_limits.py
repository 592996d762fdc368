"""The bounds are documented as they are, and said with the setting that raises them."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import xlaudit.limits
from xlaudit.limits import Limits
from xlaudit.reading.refusals import too_large
from xlaudit.texts import both

ROOT = Path(__file__).parents[1]
BOUNDS = {one.name: one.default for one in fields(Limits)}


def test_the_document_lists_every_bound_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| \S", (ROOT / "docs" / "limits.md").read_text("utf-8"), re.MULTILINE)
    assert {name: int(default) for name, default in rows} == BOUNDS
    assert len(rows) == len(BOUNDS)


def test_every_bound_says_what_it_bounds() -> None:
    """A docstring under each field."""
    tree = ast.parse(Path(xlaudit.limits.__file__).read_text("utf-8"))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body
    said = {
        field.target.id
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
    }
    assert said == set(BOUNDS)


def test_a_refusal_names_the_setting() -> None:
    error = too_large(both("lebih dari 5 sel", "more than 5 cells"), "cells")
    assert error.text.id == (
        "Berkas ini terlalu besar untuk diperiksa dengan aman: lebih dari 5 sel. Hapus lembar, baris, atau isi yang "
        "tidak terpakai, lalu simpan ulang; bila semuanya memang perlu, naikkan “cells” di bagian [limits] berkas "
        "xlaudit.toml."
    )
    assert "raise “cells” in the section [limits] of xlaudit.toml." in error.text.en


def test_every_setting_named_in_a_refusal_exists() -> None:
    said = set()
    for path in (ROOT / "xlaudit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and "too_large" in ast.unparse(node.func) and len(node.args) > 1:
                bound = node.args[1]
                assert isinstance(bound, ast.Constant), f"{path.name}:{node.lineno}"
                said.add(bound.value)
    assert said and said <= set(BOUNDS)
