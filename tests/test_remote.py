"""Workbooks and copies behind a URL, in a store that fsspec keeps in memory: as on a disk, but for their names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_across import report as write_report

from xlaudit.batch.inputs import find, plan
from xlaudit.batch.job import Job, run
from xlaudit.batch.kept import Kept
from xlaudit.batch.urls import is_remote, path_of, shown
from xlaudit.cli import main
from xlaudit.errors import BadUsage

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed (xlaudit[cluster])")


@pytest.fixture
def store() -> Iterator[Any]:
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    yield memory
    memory.store.clear()


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    write_report(tmp_path / "made.xlsx", 2024, 80)
    return (tmp_path / "made.xlsx").read_bytes()


class TestNames:
    @pytest.mark.parametrize("url", ["s3://bucket/in/a.xlsx", "memory://in", "https://host:80/x.xlsx?a=1", "gs://b"])
    def test_a_url_goes_through_a_path_and_back(self, url: str) -> None:
        assert is_remote(path_of(url)) and shown(path_of(url)) == url
        assert shown(path_of(url) / "sub" / "b.xlsx").startswith(url)

    @pytest.mark.parametrize("name", ["a.xlsx", "in/s3/a.xlsx", "/x/a.xlsx", "C:/x/a.xlsx", "C:\\x", "a: b.xlsx"])
    def test_an_ordinary_name_is_none(self, name: str) -> None:
        assert not is_remote(path_of(name)) and shown(path_of(name)) == str(Path(name))

    def test_a_file_url_is_a_path(self) -> None:
        assert path_of("file:///in/a%20b.xlsx") == Path("/in/a b.xlsx")

    def test_passwords_are_refused_and_not_repeated(self) -> None:
        with pytest.raises(BadUsage) as error:
            path_of("ftp://me:geheim@host/a.xlsx")
        assert "geheim" not in error.value.text.en and "***" in error.value.text.en


class TestFolders:
    def test_chosen_as_on_a_disk(self, store: Any) -> None:
        for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".h/c.xlsx", "a.audit.xlsx", "x.csv", "sub/d.xls", "out/e.xlsx"):
            store.pipe_file(f"/in/{name}", b"x")
        found = find(["memory://in"], path_of("memory://in/out"))
        assert [shown(one.path) for one in found.inputs] == [
            "memory://in/a.xlsx", "memory://in/b.xlsx", "memory://in/sub/d.xls",
        ]  # fmt: skip
        assert [shown(one) for one in found.left_aside] == ["memory://in/x.csv"]
        assert [shown(one) for one in plan(found.inputs, path_of("memory://out")) if one] == [
            "memory://out/a.audit.xlsx", "memory://out/b.audit.xlsx", "memory://out/sub/d.audit.xlsx",
        ]  # fmt: skip
        assert plan(found.inputs, Path("here"))[2] == Path("here/sub/d.audit.xlsx")

    def test_nothing_there_or_nothing_to_audit_is_refused(self, store: Any) -> None:
        store.pipe_file("/in/notes.txt", b"x")
        refused = find(["memory://in", "memory://nowhere"]).refused
        assert [(one.path, one.failure.code if one.failure else "") for one in refused] == [
            ("memory://in", "no_workbooks"), ("memory://nowhere", "not_found"),
        ]  # fmt: skip

    def test_a_store_whose_package_is_missing_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(_: str) -> object:
            raise ImportError("Install s3fs to access S3")

        monkeypatch.setattr("fsspec.core.url_to_fs", missing)
        [refused] = find(["s3://bucket/a"]).refused
        assert refused.failure is not None and "pip install s3fs" in refused.failure.message.en


class TestAudits:
    def test_as_from_a_disk_but_for_the_names(self, store: Any, book: bytes, tmp_path: Path) -> None:
        store.pipe_file("/in/made.xlsx", book)
        job = Job(path_of("memory://in/made.xlsx"), path_of("memory://out/made.audit.xlsx"), "id")
        there, here = run(job), run(Job(tmp_path / "made.xlsx", tmp_path / "made.audit.xlsx", "id"))
        assert (there.outcome.path, there.outcome.annotated) == ("memory://in/made.xlsx", "memory://out/made.audit.xlsx")
        assert there.outcome.digest.path == "memory://in/made.xlsx"
        assert there.outcome.findings == here.outcome.findings
        assert there.sha256 == here.sha256 == hashlib.sha256(book).hexdigest()
        assert store.cat_file("/out/made.audit.xlsx") == (tmp_path / "made.audit.xlsx").read_bytes()
        assert there.copy_sha256 == here.copy_sha256

    def test_by_the_command_line(
        self, store: Any, book: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store.pipe_file("/in/made.xlsx", book)
        main(["audit", "memory://in/made.xlsx", "--output", str(tmp_path / "out"), "--format", "json"])
        [said] = json.loads(capsys.readouterr().out)["workbooks"]
        assert (said["path"], said["status"]) == ("memory://in/made.xlsx", "audited")
        assert Path(said["annotated"]).is_file()

    def test_what_cannot_be_fetched_is_rejected(self, store: Any) -> None:
        result = run(Job(path_of("memory://in/gone.xlsx"), None, "id"))
        assert result.outcome.failure is not None and result.outcome.failure.code == "not_found"

    def test_a_copy_that_cannot_be_brought_back_is_told(
        self, store: Any, book: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError("Forbidden")

        store.pipe_file("/in/made.xlsx", book)
        monkeypatch.setattr(type(store), "put_file", refuse)
        result = run(Job(path_of("memory://in/made.xlsx"), path_of("memory://out/made.audit.xlsx"), "id"))
        [complaint] = result.complaints
        assert "memory://out/made.audit.xlsx" in complaint.en and "Forbidden" in complaint.en
        assert result.outcome.annotated is None and result.outcome.failure is None

    def test_a_foreign_file_in_the_place_of_the_copy_stays(self, store: Any, book: bytes) -> None:
        store.pipe_file("/in/made.xlsx", book)
        store.pipe_file("/out/made.audit.xlsx", book)
        result = run(Job(path_of("memory://in/made.xlsx"), path_of("memory://out/made.audit.xlsx"), "id"))
        assert "memory://out/made.audit.xlsx" in result.complaints[0].en
        assert store.cat_file("/out/made.audit.xlsx") == book

    def test_kept_results_hold_as_long_as_store_and_copy_do(self, store: Any, book: bytes, tmp_path: Path) -> None:
        import pickle

        store.pipe_file("/in/made.xlsx", book)
        job = Job(path_of("memory://in/made.xlsx"), path_of("memory://out/made.audit.xlsx"), "id")
        kept = Kept(tmp_path / "kept", today=lambda: date(2026, 1, 1))
        assert kept.find(0, job) is None
        result = run(job)
        kept.keep(0, job, result, pickle.dumps(result))
        found = kept.find(0, job)
        assert found is not None and found.settled
        store.pipe_file("/out/made.audit.xlsx", b"changed")
        found = kept.find(0, job)
        assert found is not None and not found.settled
        store.pipe_file("/in/made.xlsx", book + b" ")
        assert kept.find(0, job) is None
