"""Many workbooks at once: the order stays, and whatever a workbook does to its process, the others go on."""

from __future__ import annotations

import mmap
import os
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pytest
from outcomes import full, quiet

from xlaudit.batch import pool, worker
from xlaudit.batch.job import Bounds, Job, Result
from xlaudit.batch.pool import Workers
from xlaudit.batch.together import audit_all
from xlaudit.errors import UserError
from xlaudit.outcome import Outcome
from xlaudit.outputs import replacing

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are not forked here, so they would not inherit the stand-in"
)
_MIB = 1024 * 1024


def audit_workbook(path: Path, *_: object, **__: object) -> Outcome:
    """A stand-in that the forked processes inherit; the file's name decides."""
    what = path.name.partition(".")[0].rstrip("0123456789")
    match what:
        case "exits":
            os._exit(9)
        case "segfault" | "abort" | "killed":
            os.kill(os.getpid(), {"segfault": signal.SIGSEGV, "abort": signal.SIGABRT, "killed": signal.SIGKILL}[what])
        case "hog":
            held = []
            while True:
                held.append(bytearray(16 * _MIB))
        case "loop":
            while True:
                time.sleep(0.01)
        case "writing":
            with replacing(path.with_name("copy.xlsx")) as temporary:
                temporary.write_text("half")
                time.sleep(60)
        case "slow":
            time.sleep(0.3)
        case "crash":
            raise ValueError("ours")
        case "prints":
            os.write(1, b"noise of a library")
        case "pid":
            return quiet(f"{path} {os.getpid()}")
    return quiet(str(path))


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("xlaudit.audit")
    module.audit_workbook = audit_workbook  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xlaudit.audit", module)


def run(*names: str | Path, processes: int = 2, seconds: int = 30, memory: int = 600) -> list[Result]:
    jobs = [Job(Path(name), None, "id") for name in names]
    return list(audit_all(jobs, lambda: Workers(processes, Bounds(seconds, memory))))


def kinds(results: list[Result]) -> list[tuple[str, str]]:
    return [(one.outcome.path, one.outcome.failure.code if one.outcome.failure else "ok") for one in results]


def said(result: Result) -> str:
    assert result.outcome.failure is not None
    return result.outcome.failure.message.en


def children() -> set[int]:
    """Processes that this one has and has not waited for."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = status.read_text().rpartition(")")[2].split()
            if int(fields[1]) == os.getpid() and "python" in status.read_text():
                found.add(int(status.parent.name))
    return found


@pytest.fixture
def no_orphans() -> Iterator[None]:
    before = children()
    yield
    assert children() <= before


@pytest.mark.usefixtures("no_orphans")
@pytest.mark.parametrize("processes", [1, 3])
def test_results_stand_in_the_order_of_the_jobs(processes: int) -> None:
    results = run("slow.xlsx", "b.xlsx", "crash.xlsx", "c.xlsx", processes=processes)
    assert kinds(results) == [
        ("slow.xlsx", "ok"),
        ("b.xlsx", "ok"),
        ("crash.xlsx", "internal"),
        ("c.xlsx", "ok"),
    ]


@pytest.mark.usefixtures("no_orphans")
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(
    ("culprit", "code", "word"),
    [
        ("exits", "crashed", "(exit 9)"),
        ("segfault", "crashed", "(SIGSEGV)"),
        ("abort", "crashed", "(SIGABRT)"),
        ("killed", "out_of_memory", "The operating system ended"),
        ("hog", "out_of_memory", "--memory"),
        ("loop", "timeout", "after 2 seconds"),
    ],
)
def test_only_the_culprit_is_lost_and_is_told_why(processes: int, culprit: str, code: str, word: str) -> None:
    seconds = 2 if culprit == "loop" else 60
    results = run("a.xlsx", f"{culprit}.xlsx", "b.xlsx", "c.xlsx", processes=processes, seconds=seconds)
    assert [code for _, code in kinds(results)] == ["ok", code, "ok", "ok"]
    assert word in said(results[1])


def test_what_the_program_itself_holds_is_not_counted() -> None:
    """A forked process has all that its parent has; it would be beyond its bound before it began."""
    held = mmap.mmap(-1, 900 * _MIB, flags=mmap.MAP_PRIVATE)
    assert [code for _, code in kinds(run("a.xlsx", "hog.xlsx", "c.xlsx", memory=400))] == ["ok", "out_of_memory", "ok"]
    held.close()


def test_nothing_but_culprits() -> None:
    results = run("exits1.xlsx", "exits2.xlsx", "abort.xlsx", processes=2)
    assert [code for _, code in kinds(results)] == ["crashed"] * 3


def test_the_culprit_may_come_last() -> None:
    assert [code for _, code in kinds(run("a.xlsx", "b.xlsx", "exits.xlsx"))] == ["ok", "ok", "crashed"]


def test_time_is_counted_for_each_workbook_not_for_all() -> None:
    names = [f"slow{number}.xlsx" for number in range(6)]
    assert [code for _, code in kinds(run(*names, processes=1, seconds=1))] == ["ok"] * 6


def test_what_an_ended_process_was_writing_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".xlaudit-of-others.xlsx").write_text("stays")
    jobs = [Job(tmp_path / name, tmp_path / "copy.xlsx", "id") for name in ("writing1.xlsx", "writing2.xlsx")]
    results = list(audit_all(jobs, lambda: Workers(2, Bounds(1, 600))))
    assert [code for _, code in kinds(results)] == ["timeout", "timeout"]
    assert [path.name for path in tmp_path.iterdir()] == [".xlaudit-of-others.xlsx"]


@pytest.mark.usefixtures("no_orphans")
def test_an_interruption_ends_processes_and_removes_what_they_wrote(tmp_path: Path) -> None:
    jobs = [Job(tmp_path / name, tmp_path / "copy.xlsx", "id") for name in ("writing1.xlsx", "a.xlsx", "b.xlsx")]

    def stop(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        audit_all(jobs, lambda: Workers(2, Bounds(30, 600)), stop)
    assert time.monotonic() - began < 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("no_orphans")
def test_processes_stay_warm_and_are_replaced_when_worn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_MOST_JOBS", 3)
    paths = [one.outcome.path for one in run(*(f"pid{number}.xlsx" for number in range(7)), processes=1)]
    pids = [path.split()[1] for path in paths]
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_a_process_that_leaks_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_MOST_MIB", 1)
    paths = [one.outcome.path for one in run("pid1.xlsx", "pid2.xlsx", "pid3.xlsx", processes=1)]
    assert len({path.split()[1] for path in paths}) == 3


def test_what_is_printed_in_a_process_does_not_reach_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    run("prints.xlsx", "a.xlsx")
    assert capfd.readouterr().out == ""


def test_no_more_processes_than_the_system_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    started = pool.Workers._started
    count = 0

    def seldom(workers: Workers) -> object:
        nonlocal count
        count += 1
        if count > 1:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return started(workers)

    monkeypatch.setattr(pool.Workers, "_started", seldom)
    assert [code for _, code in kinds(run("slow.xlsx", "b.xlsx", "c.xlsx", processes=3))] == ["ok"] * 3


def test_outcomes_survive_the_way_between_processes() -> None:
    assert pickle.loads(pickle.dumps(Result(full()))) == Result(full())


def test_processes_that_are_started_anew_as_on_windows(tmp_path: Path) -> None:
    from test_across import report as write_report

    write_report(tmp_path / "a.xlsx", 2024, 80)
    (tmp_path / "torn.xlsx").write_bytes(b"PK\x03\x04torn")
    jobs = [Job(tmp_path / name, None, "id") for name in ("a.xlsx", "torn.xlsx")]
    results = list(audit_all(jobs, lambda: Workers(1, Bounds(30, 600), fork=False)))
    assert [code for _, code in kinds(results)] == ["ok", "broken"]


def test_no_room_for_interim_results_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def seek(self, *_: int) -> int:
            return 0

        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", lambda *_, **__: Full())
    with pytest.raises(UserError) as error:
        run("a.xlsx", "b.xlsx")
    assert "No space left on device" in error.value.text.en and "TMPDIR" in error.value.text.en
