"""Drives LibreOffice through ``office_edits.py`` in a Python that has its module ``uno``; skips where there is none."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

Job = tuple[Path, Path, Sequence[Any]]
"""A source, a target (``.xlsx``, ``.xls`` or ``.ods``), and edits as ``office_edits.py`` takes them."""


def edit(folder: Path, jobs: Sequence[Job]) -> None:
    """Does all jobs in one session; ``folder`` gets its profile."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    python = _python()
    plain = [[str(source), str(target), list(edits)] for source, target, edits in jobs]
    (folder / "jobs.json").write_text(json.dumps(plain), "utf-8")
    command = [python, str(Path(__file__).with_name("office_edits.py")), str(folder / "profile")]
    done = subprocess.run([*command, str(folder / "jobs.json")], capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]


def _python() -> str:
    """A Python with LibreOffice's ``uno``, mostly the system's own."""
    for found in ("/usr/bin/python3", shutil.which("python3"), sys.executable):
        if found and Path(found).exists():
            tried = subprocess.run([found, "-c", "import uno"], capture_output=True, check=False, timeout=30)
            if tried.returncode == 0:
                return found
    pytest.skip("LibreOffice cannot be driven: no Python with the module uno (python3-uno) was found")
