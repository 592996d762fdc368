"""Stand-ins for the audit and the annotator, so that the command line meets every outcome at will."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from outcomes import full, quiet, rejected

import xlaudit.reports.marking  # noqa: F401 - it needs the real annotator, so it comes before the stand-in
from xlaudit.annotate.marks import Heading
from xlaudit.answers import Answer
from xlaudit.outcome import Outcome

MARKED = b"marked by xlaudit\n"
Make = Callable[[str, str], Path]


class Opened(NamedTuple):
    """Stands in for an opened workbook."""

    path: Path
    annotated: bool
    listed: list[str]
    sha256: str
    zipped: None = None
    signed: bool = False


class House:
    """Stand-ins for ``xlaudit.audit`` and ``xlaudit.annotate``: file content decides the outcome."""

    def __init__(self) -> None:
        self.annotated: list[Path] = []
        self.past: list[str] | None = None
        self.break_annotator: Exception | None = None

    def audit_workbook(
        self,
        path: Path,
        settings: object = None,
        mapping: object = None,
        decisions: object = (),
        others: object = (),
        zipped: object = None,
    ) -> Outcome:
        kind = path.read_text(errors="replace").strip()
        if kind == "crash":
            raise ZeroDivisionError("in our own code")
        base = {"quiet": quiet(), "bad": rejected(), "full": replace(full(), crashes=(), annotated=None)}
        base["crashed rule"] = replace(full(), annotated=None)
        base["warning"] = replace(base["full"], findings=(full().findings[1],), diagnoses=())
        return replace(base[kind], path=str(path))

    def annotate(
        self,
        source: Opened | Path,
        target: Path,
        marks: Any,
        heading: Any,
        language: str,
        answers: dict[str, str] | None = None,
        limits: object = None,
        decided: dict[str, str] | None = None,
        past: list[str] | None = None,
    ) -> str:
        assert answers is None
        self.past = past
        path = source if isinstance(source, Path) else source.path
        target.write_bytes(MARKED + path.read_bytes())
        self.annotated.append(path)
        if self.break_annotator is not None:
            raise self.break_annotator
        return sha256(target.read_bytes()).hexdigest()

    def clean(self, source: Path, target: Path, limits: object = None) -> None:
        target.write_bytes(source.read_bytes().removeprefix(MARKED))

    def is_signed(self, path: Path) -> bool:
        return False

    def is_annotated(self, path: Path) -> bool:
        return path.read_bytes().startswith(MARKED)

    def opened(self, path: Path, limits: object = None) -> Opened | None:
        if not path.is_file():
            return None
        annotated = self.is_annotated(path)
        listed = [path.name] if annotated else []
        return Opened(path, annotated, listed, sha256(path.read_bytes()).hexdigest())

    def merged(self, earlier: list[str], later: list[str]) -> list[str]:
        return earlier + later

    def answers_of(self, listed: list[str]) -> dict[str, Answer]:
        return {}

    def decisions_of(self, listed: list[str]) -> dict[str, tuple[str, str]]:
        return {}

    def marks_from_report(self, data: Any, file: str, language: str) -> list[object]:
        return list(data["findings"])


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> House:
    house = House()
    for name, members in {
        "xlaudit.audit": ["audit_workbook"],
        "xlaudit.annotate": [
            "annotate", "answers_of", "clean", "decisions_of", "is_annotated", "is_signed", "marks_from_report",
            "merged", "opened",
        ],
    }.items():  # fmt: skip
        module = ModuleType(name)
        module.__dict__["Heading"] = Heading
        for member in members:
            setattr(module, member, getattr(house, member))
        monkeypatch.setitem(sys.modules, name, module)
    for variable in ("XLAUDIT_LANG", "XLAUDIT_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return house


@pytest.fixture
def book(tmp_path: Path) -> Make:
    """Makes a file whose content tells the stand-ins what it is."""

    def make(name: str, kind: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(kind)
        return path

    return make
