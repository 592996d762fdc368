"""A scheduler of Dask and two workers, started here: the same results as on one machine, whatever happens to them."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from test_across import report as write_report
from test_own_rules import dist_info

from xlaudit.cli import main
from xlaudit.reports.words import one_line

ROOT = Path(__file__).parents[1]

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="distributed is not installed"),
    pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them are needed"),
]

_RULE = """

import os
import signal
import time
from dataclasses import replace
from pathlib import Path


def hostile(book):
    how = Path(book.path).stem
    if how == "abort":
        os.abort()
    if how == "loop":
        time.sleep(300)
    once = Path(book.path).with_suffix(".once")
    if how == "ruins" or how == "loses" and not once.exists():
        once.write_text("")
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
    return iter(())


RULE = replace(RULE, check=hostile)
"""


class Cluster(NamedTuple):
    address: str
    environment: dict[str, str]


def _start(*call: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    program = f"from distributed.cli.dask_{call[0]} import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *call[1:], "--no-dashboard"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _worker(cluster: Cluster, environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    local = ["--nthreads", "1", "--local-directory", str(folder), "--death-timeout", "60"]
    return _start("worker", cluster.address, *local, environment=environment)


def _wait_for(cluster: Cluster, workers: int) -> None:
    from distributed import Client

    connect: Any = Client
    with connect(cluster.address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=90)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("dask")
    dist_info(folder, "hostile-rules", {"xlaudit.rules": {"hostile": "hostile_rules:RULE"}})
    example = ROOT / "docs" / "example-rules" / "office_rules" / "round_budget.py"
    (folder / "hostile_rules.py").write_text(example.read_text("utf-8") + _RULE, "utf-8")
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "XLAUDIT_CACHE": "off"}
    environment["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"
    told = folder / "scheduler.json"
    at = ["--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told)]
    running = [_start("scheduler", *at, environment=environment)]
    try:
        deadline = time.monotonic() + 60
        while not told.exists() or not told.read_text():
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.1)
        made = Cluster(json.loads(told.read_text())["address"], environment)
        running += [_worker(made, environment, folder) for _ in range(2)]
        _wait_for(made, 2)
        yield made
    finally:
        for process in reversed(running):
            _end(process)


def _audit(folder: Path, cluster: Cluster, out: str, *options: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "xlaudit", "audit", "in", "--output", out, *options]
    call += ["--format", "json", "--report", f"{out}.json"]
    return subprocess.run(call, cwd=folder, env=cluster.environment, capture_output=True, text=True)


def _there(cluster: Cluster) -> list[str]:
    return ["--engine", "dask", "--scheduler", cluster.address]


def _state(folder: Path, out: str) -> tuple[dict[str, bytes], str]:
    copies = {path.name: path.read_bytes() for path in (folder / out).rglob("*") if path.is_file()}
    return copies, (folder / f"{out}.json").read_text("utf-8").replace(f'"{out}/', '"out/')


def _codes(folder: Path, out: str) -> dict[str, str]:
    books = json.loads((folder / f"{out}.json").read_text("utf-8"))["workbooks"]
    return {Path(one["path"]).name: one["error"]["code"] if one["error"] else "ok" for one in books}


def test_the_same_as_on_this_machine(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for number in range(4):
        write_report(tmp_path / f"in/sub/dinas{number}.xlsx", 2024, 80, f"DINAS NOMOR {number} KABUPATEN CONTOH")
    write_report(tmp_path / "in/a-2023.xlsx", 2023, 70)
    write_report(tmp_path / "in/a-2024.xlsx", 2024, 99)
    (tmp_path / "in/torn.xlsx").write_bytes(b"PK\x03\x04torn")
    here = _audit(tmp_path, cluster, "here", "--jobs", "2")
    there = _audit(tmp_path, cluster, "there", *_there(cluster))
    assert (there.returncode, there.stderr.replace("there.json", "here.json")) == (here.returncode, here.stderr)
    assert _state(tmp_path, "there") == _state(tmp_path, "here")
    assert "XT110" in (tmp_path / "there.json").read_text(), "workbooks of one office are held against each other"


def test_hostile_workbooks_cost_themselves_only(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a", "abort", "b", "loop", "loses", "ruins", "z"):
        write_report(tmp_path / f"in/{name}.xlsx", 2024, 80, f"DINAS {name} KABUPATEN CONTOH")
    _audit(tmp_path, cluster, "out", *_there(cluster), "--timeout", "15")
    assert _codes(tmp_path, "out") == {
        "a.xlsx": "ok", "abort.xlsx": "crashed", "b.xlsx": "ok", "loop.xlsx": "timeout", "loses.xlsx": "ok",
        "ruins.xlsx": "crashed", "z.xlsx": "ok",
    }  # fmt: skip
    assert (tmp_path / "in/loses.once").exists(), "a worker was lost while it audited that one"
    assert not list(tmp_path.rglob(".xlaudit-*"))


def test_a_worker_with_another_xlaudit_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in "ab":
        write_report(tmp_path / f"in/{name}.xlsx", 2024, 80, f"DINAS {name} KABUPATEN CONTOH")
    _wait_for(cluster, 2)
    bare = {**cluster.environment, "PYTHONPATH": str(ROOT)}  # without the rules of the other package
    third = _worker(cluster, bare, tmp_path)
    try:
        _wait_for(cluster, 3)
        said = _audit(tmp_path, cluster, "out", *_there(cluster))
        assert said.returncode == 2
        assert "tcp://" in said.stderr and "xlaudit lain" in one_line(said.stderr)
        assert not (tmp_path / "out").exists(), "nothing was audited"
    finally:
        _end(third)


@pytest.mark.parametrize(
    "options",
    [["--engine", "dask"], ["--scheduler", "tcp://[::1]:1"], ["--engine", "dask", "--scheduler", "tcp://127.0.0.1:1"]],
)
def test_no_scheduler(options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        write_report(tmp_path / f"{name}.xlsx", 2024, 80)
    assert main(["audit", str(tmp_path), "--no-annotate", *options]) == 2
    assert "scheduler" in capsys.readouterr().err
