"""Many workbooks at once: the order stays, and a process that dies takes no other workbook with it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from outcomes import full, quiet

from xlaudit.batch.job import Job, Result
from xlaudit.batch.pool import run_all
from xlaudit.outcome import Outcome


def audit_workbook(path: Path, *_: object, **__: object) -> Outcome:
    """A stand-in that the forked processes inherit; the file's name decides."""
    if path.name.startswith("dies"):
        os._exit(9)
    if path.name.startswith("slow"):
        time.sleep(0.3)
    if path.name.startswith("crash"):
        raise ValueError("ours")
    return quiet(str(path))


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    if multiprocessing.get_start_method() != "fork":
        pytest.skip("processes are not forked here, so they would not inherit the stand-in")
    module = ModuleType("xlaudit.audit")
    module.audit_workbook = audit_workbook  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlaudit.audit", module)


def run(*names: str, processes: int) -> list[Result]:
    return list(run_all([Job(Path(name), None, "id") for name in names], processes))


def kinds(results: list[Result]) -> list[tuple[str, str]]:
    return [(one.outcome.path, one.outcome.failure.code if one.outcome.failure else "ok") for one in results]


@pytest.mark.parametrize("processes", [1, 3])
def test_results_stand_in_the_order_of_the_jobs(processes: int) -> None:
    results = run("slow.xlsx", "b.xlsx", "crash.xlsx", "c.xlsx", processes=processes)
    assert kinds(results) == [
        ("slow.xlsx", "ok"),
        ("b.xlsx", "ok"),
        ("crash.xlsx", "internal"),
        ("c.xlsx", "ok"),
    ]


def test_only_the_workbook_that_kills_its_process_is_lost() -> None:
    results = run("a.xlsx", "dies.xlsx", "slow.xlsx", "c.xlsx", processes=2)
    assert [code for _, code in kinds(results)] == ["ok", "internal", "ok", "ok"]
    failure = results[1].outcome.failure
    assert failure is not None and "Kesalahan di dalam xlaudit" in failure.message.id


def test_outcomes_survive_the_way_between_processes() -> None:
    import pickle

    assert pickle.loads(pickle.dumps(Result(full()))) == Result(full())
