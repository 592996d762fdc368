"""Finished audits are kept: what is done is not done again, and nothing else is ever taken for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from outcomes import quiet
from standins import MARKED, House, Make
from test_across import report as write_report

from xlaudit.batch import kept, keys
from xlaudit.batch.job import Job, Result
from xlaudit.batch.kept import Kept, folder_of
from xlaudit.batch.keys import code, fingerprint, key_of, plain
from xlaudit.cli import main
from xlaudit.settings import DEFAULT
from xlaudit.waivers import Waiver

forked = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are not forked here, so they would not inherit the stand-in"
)
Run = Callable[..., list[str]]


@pytest.fixture
def run(house: House, book: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Audits the folder ``in`` and gives the names of the workbooks that were really audited."""
    log = tmp_path / "log"

    def audit(path: Path, *rest: object, **more: object) -> object:
        with log.open("a") as file:
            file.write(f"{path.name}\n")
        return house.audit_workbook(path)

    monkeypatch.setattr(sys.modules["xlaudit.audit"], "audit_workbook", audit)
    for name, kind in {"a": "full", "b": "quiet", "c": "bad", "d": "warning"}.items():
        book(f"in/{name}.xlsx", kind)

    def audited(*options: str) -> list[str]:
        log.write_text("")
        main(["audit", "in", "--output", "out", "--format", "json", "--report", "r.json", *options])
        return sorted(log.read_text().split())

    return audited


ALL = ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]


@forked
class TestWhatIsTaken:
    def test_nothing_is_audited_twice_and_the_report_is_the_same(
        self, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run() == ALL
        before = (tmp_path / "r.json").read_bytes()
        copies = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
        assert "--fresh" not in capsys.readouterr().err
        assert run("--jobs", "2") == []
        assert (tmp_path / "r.json").read_bytes() == before
        assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == copies
        assert "4 dari 4 buku kerja" in capsys.readouterr().err

    def test_only_what_changed_is_audited_again(self, run: Run, book: Make) -> None:
        run()
        book("in/b.xlsx", "full")
        book("in/e.xlsx", "quiet")
        assert run() == ["b.xlsx", "e.xlsx"]
        assert run() == []

    @pytest.mark.parametrize("option", [["--lang", "en"], ["--no-annotate"], ["--config", "other.toml"], ["--fresh"]])
    def test_another_call_audits_anew(self, run: Run, tmp_path: Path, option: list[str]) -> None:
        (tmp_path / "other.toml").write_text("[limits]\ncells = 5\n")
        run()
        assert run(*option) == ALL

    def test_another_version_audits_anew(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        run()
        monkeypatch.setattr(keys, "code", lambda: "changed")
        assert run() == ALL

    def test_a_copy_that_is_gone_is_written_anew(self, run: Run, tmp_path: Path) -> None:
        run()
        (tmp_path / "out/a.audit.xlsx").unlink()
        assert run() == ["a.xlsx"]
        assert (tmp_path / "out/a.audit.xlsx").read_bytes() == MARKED + b"full"

    def test_a_copy_that_was_answered_is_read_again(self, run: Run, tmp_path: Path) -> None:
        run()
        with (tmp_path / "out/d.audit.xlsx").open("ab") as file:
            file.write(b"an answer")
        assert run() == ["d.xlsx"]

    def test_our_own_fault_is_tried_again(self, run: Run, book: Make) -> None:
        book("in/b.xlsx", "crash")
        run()
        assert run() == ["b.xlsx"]

    def test_one_workbook_alone_keeps_nothing(self, run: Run, tmp_path: Path) -> None:
        main(["audit", "in/a.xlsx", "--output", "out"])
        assert not Path(os.environ["XLAUDIT_CACHE"], "results").exists()


@forked
class TestTroubleWithTheFolder:
    def results(self) -> list[Path]:
        return list(Path(os.environ["XLAUDIT_CACHE"]).rglob("*.result"))

    @pytest.mark.parametrize(
        "spoil",
        [lambda old: b"", lambda old: old[:-5], lambda old: old[:40] + b"?" + old[41:], lambda old: b"junk"],
        ids=["empty", "short", "altered", "junk"],
    )
    def test_a_spoiled_entry_is_passed_over(self, run: Run, spoil: Callable[[bytes], bytes]) -> None:
        run()
        assert len(self.results()) == 4
        for path in self.results():
            path.write_bytes(spoil(path.read_bytes()))
        assert run() == ALL
        assert run() == []

    def test_a_folder_that_cannot_be_made_is_told_and_the_audit_goes_on(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv("XLAUDIT_CACHE", str(tmp_path / "file"))
        assert run() == run() == ALL
        assert "tidak dapat disimpan" in capsys.readouterr().err

    @pytest.mark.skipif(os.name != "posix", reason="no rights of files as POSIX has them")
    def test_a_folder_that_others_may_write_to_is_not_read(
        self, run: Run, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run()
        Path(os.environ["XLAUDIT_CACHE"], "results").chmod(0o777)
        assert run() == ALL
        assert "XLAUDIT_CACHE" in capsys.readouterr().err

    def test_the_folder_is_the_users_alone(self, run: Run) -> None:
        run()
        assert Path(os.environ["XLAUDIT_CACHE"], "results").stat().st_mode & 0o777 == 0o700

    def test_a_full_disk_is_told_and_the_audit_goes_on(
        self, run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(kept, "_write", full)
        assert run() == ALL
        assert "No space left on device" in capsys.readouterr().err
        assert self.results() == []

    def test_off_keeps_nothing(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XLAUDIT_CACHE", "off")
        assert run() == run() == ALL
        assert folder_of("off") is None

    def test_the_users_own_folder_otherwise(self) -> None:
        usual = folder_of(None)
        assert usual is not None and usual.is_absolute() and usual.parts[-1] == "results" and "xlaudit" in usual.parts


class TestTheStore:
    def job(self, tmp_path: Path, **more: object) -> Job:
        path = tmp_path / "a.xlsx"
        path.write_text("quiet")
        return Job(path, None, "id", **more)  # type: ignore[arg-type]

    def keep(self, store: Kept, job: Job) -> None:
        import pickle

        from xlaudit.batch.job import digest_of

        store.find(0, job)
        result = Result(quiet(str(job.path)), sha256=digest_of(job.path))
        store.keep(0, job, result, pickle.dumps(result))

    def test_what_depends_on_the_day_holds_for_a_day(self, tmp_path: Path) -> None:
        days = [date(2026, 3, 1)]
        store = Kept(tmp_path / "kept", today=lambda: days[-1])
        plainly = self.job(tmp_path)
        self.keep(store, plainly)
        from dataclasses import replace

        waived = Waiver(reason="x", by="", rule="RA101", until=date(2026, 3, 1), source="s")
        dated = self.job(tmp_path, settings=replace(DEFAULT, waiver=(waived,)))
        self.keep(store, dated)
        assert store.find(0, plainly) and store.find(0, dated)
        days.append(date(2026, 3, 2))
        assert store.find(0, plainly) and not store.find(0, dated)

    def test_a_workbook_that_changed_meanwhile_is_not_kept(self, tmp_path: Path) -> None:
        store = Kept(tmp_path / "kept")
        job = self.job(tmp_path)
        store.find(0, job)
        store.keep(0, job, Result(quiet(str(job.path)), sha256="of another content"), b"")
        assert store.find(0, job) is None

    def test_old_ones_go_and_so_do_the_oldest_beyond_the_size(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = Kept(tmp_path / "kept")
        folder = tmp_path / "kept" / "ab"
        folder.mkdir()
        for days in (1, 2, 3, 91):
            path = folder / f"{days}.result"
            path.write_bytes(bytes(400_000))
            os.utime(path, (time.time() - days * 86_400,) * 2)
        monkeypatch.setattr(kept, "_MOST_MIB", 1)
        store.tidy()
        assert sorted(path.name for path in folder.iterdir()) == ["1.result", "2.result"]
        (folder / "old.result").write_bytes(b"")
        os.utime(folder / "old.result", (0, 0))
        store.tidy()
        assert (folder / "old.result").exists(), "once a day is enough"

    def test_keys_differ_by_everything_that_counts_and_by_nothing_else(self, tmp_path: Path) -> None:
        from dataclasses import replace

        job = self.job(tmp_path)
        others = [
            replace(job, path=tmp_path / "b.xlsx"),
            replace(job, target=tmp_path / "c.xlsx"),
            replace(job, language="en"),
            replace(job, page=True),
            replace(job, others=(quiet().digest,)),
        ]
        names = [key_of(one, "0", "s") for one in (job, *others)] + [key_of(job, "1", "s"), key_of(job, "0", "t")]
        assert len(set(names)) == len(names)
        assert key_of(replace(job, force=True), "0", "s") == key_of(job, "0", "s")

    def test_fingerprints_do_not_depend_on_the_process(self) -> None:
        program = "from xlaudit.batch.keys import *; from xlaudit.settings import DEFAULT; "
        program += "print(fingerprint(DEFAULT, None), plain(frozenset('abcdefgh')), code())"
        environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(kept.__file__).parents[2])}
        call = [sys.executable, "-c", program]
        said = subprocess.run(call, env=environment, capture_output=True, text=True, check=True)
        assert said.stdout.split() == [fingerprint(DEFAULT, None), plain(frozenset("abcdefgh")), code()]

    def test_where_audits_are_recorded_and_how_mail_is_sent_changes_no_result(self) -> None:
        from dataclasses import replace

        for same in (replace(DEFAULT, ledger="lain.db"), replace(DEFAULT, mail=replace(DEFAULT.mail, host="surat"))):
            assert fingerprint(same, None) == fingerprint(DEFAULT, None)
        assert fingerprint(replace(DEFAULT, workbook_waivers=False), None) != fingerprint(DEFAULT, None)

    def test_what_cannot_be_written_out_is_not_passed_over(self) -> None:
        with pytest.raises(TypeError):
            plain(object())


def _offices(folder: Path, count: int) -> None:
    folder.mkdir()
    for number in range(count):
        write_report(folder / f"dinas{number:02d}.xlsx", 2024, 80, f"DINAS NOMOR {number} KABUPATEN CONTOH")


def _state(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _command(*more: str) -> list[str]:
    call = [sys.executable, "-m", "xlaudit", "audit", "in", "--output", "out", "--format", "json", "--report", "r.json"]
    return [*call, *more]


def test_workbooks_of_one_office_are_not_audited_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    write_report(Path("in/a-2023.xlsx"), 2023, 70)
    write_report(Path("in/a-2024.xlsx"), 2024, 99)
    call = _command()[3:]
    main(call)
    first = _state(tmp_path)
    found = json.loads(first["r.json"])["workbooks"][1]["findings"]
    assert any(one["rule"] == "XT110" for one in found), "the workbooks must disagree"
    times = [path.stat().st_mtime_ns for path in Path("out").iterdir()]
    main(call)
    assert _state(tmp_path) == first
    assert [path.stat().st_mtime_ns for path in Path("out").iterdir()] == times, "no copy was written again"
    write_report(Path("in/b-2023.xlsx"), 2023, 70, "DINAS LAIN KABUPATEN CONTOH")
    Path("in/a-2023.xlsx").unlink()
    main(call)
    found = json.loads(Path("r.json").read_text())["workbooks"][0]["findings"]
    assert not any(one["rule"] == "XT110" for one in found), "nothing is left to disagree with"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_killed_in_the_middle_it_does_the_rest_only(tmp_path: Path) -> None:
    _offices(tmp_path / "in", 16)
    environment = {**os.environ, "PYTHONPATH": str(Path(kept.__file__).parents[2])}
    undisturbed = {**environment, "XLAUDIT_CACHE": "off"}
    subprocess.run(_command("--jobs", "2"), cwd=tmp_path, env=undisturbed, capture_output=True, check=False)
    wanted = _state(tmp_path)
    assert len(wanted) == 16 + 16 + 1
    for name in wanted.keys() - {f"in/dinas{number:02d}.xlsx" for number in range(16)}:
        (tmp_path / name).unlink()

    cache = Path(os.environ["XLAUDIT_CACHE"])
    process = subprocess.Popen(_command("--jobs", "2"), cwd=tmp_path, env=environment, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while len(list(cache.rglob("*.result"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    done = len(list(cache.rglob("*.result")))
    assert 4 <= done < 16, "it was to be killed in the middle"
    time.sleep(2)  # its processes notice within a second that they are alone
    assert not list(tmp_path.rglob(".xlaudit-*"))

    again = subprocess.run(_command("--jobs", "2"), cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert f"{done} dari 16 buku kerja" in again.stderr
    assert _state(tmp_path) == wanted


def test_who_stops_a_run_is_told_that_it_goes_on_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    _offices(tmp_path / "in", 2)
    monkeypatch.setattr("xlaudit.batch.together.audit_all", stopped)
    assert main(["audit", str(tmp_path / "in")]) == 2
    assert "untuk melanjutkan" in capsys.readouterr().err
    monkeypatch.setenv("XLAUDIT_CACHE", "off")
    assert main(["audit", str(tmp_path / "in")]) == 2
    assert "untuk melanjutkan" not in capsys.readouterr().err
