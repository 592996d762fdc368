"""Results of earlier audits, kept in a folder of the user's, so that an interrupted run goes on where it was.

The folder may be deleted at any time. Nothing that is wrong with it stops an audit: results are then not kept.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import secrets
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from xlaudit.batch.job import Job, Result, Sealed
from xlaudit.batch.keys import fingerprint, key_of
from xlaudit.batch.remote import digest_of_place
from xlaudit.errors import reason
from xlaudit.limits import MIB
from xlaudit.texts import Text

_DAYS = 90
_MOST_MIB = 1024
"""Results that nobody asked for so many days are removed, and the oldest beyond so many MiB."""
_TIDY_EVERY = 86_400.0
_ENDING = ".result"
_TRY_AGAIN = frozenset({"internal", "crashed", "timeout", "out_of_memory"})
"""Failures that say nothing of the workbook's content."""
_NOT_SAFE = Text(
    "Finished audits are not kept, because other users may write to {folder}; name a folder of your own by "
    "XLAUDIT_CACHE."
)
_CANNOT = Text("Finished audits cannot be kept in {folder} ({why}); a run that is interrupted begins anew.")


class Found(NamedTuple):
    """A result that was kept. ``settled``: the annotated copy is there, too, as it was written with it."""

    pickled: bytes
    settled: bool

    def sealed(self) -> Sealed:
        return Sealed.of(pickle.loads(self.pickled), self.pickled)


class Kept:
    """The folder. ``fresh``: what it holds is not read, only replaced.

    After a run ``taken`` tells how many workbooks had not to be audited, ``trouble`` why results were not kept.
    """

    def __init__(self, folder: Path, fresh: bool = False, today: Callable[[], date] = date.today) -> None:
        self.taken = 0
        self.trouble: Text | None = None
        self._fresh = fresh
        self._folder = folder
        self._today = today
        self._contents: dict[int, str] = {}
        self._fingerprints: dict[tuple[int, int], str] = {}
        self._usable = self._prepare()

    def find(self, number: int, job: Job) -> Found | None:
        """The result that was kept of a job, if it holds today. ``number`` is the job's."""
        if not self._usable:
            return None
        sha256 = self._contents[number] = digest_of_place(job.path)
        if not sha256 or self._fresh:
            return None
        path = self._path(job, sha256)
        entry = _read(path)
        if entry is None or entry.day not in (None, self._today()):
            return None
        with suppress(OSError):
            os.utime(path)
        settled = job.target is None or entry.copy is None or digest_of_place(job.target) == entry.copy
        return Found(entry.pickled, settled)

    def keep(self, number: int, job: Job, result: Result, pickled: bytes) -> None:
        """Keeps a result that the content of the workbook alone decided."""
        outcome = result.outcome
        sha256 = self._contents.get(number, "")
        if not self._usable or not sha256 or sha256 != result.sha256 or result.complaints or outcome.crashes:
            return
        if outcome.failure is not None and outcome.failure.code in _TRY_AGAIN:
            return
        dated = bool(job.settings.waiver or outcome.waivers)
        copy = None if outcome.failure is not None else result.copy_sha256
        entry = _Entry(pickled, copy, self._today() if dated else None)
        try:
            _write(self._path(job, sha256), entry)
        except OSError as error:
            self._give_up(error)

    def tidy(self) -> None:
        """Removes what is old or too much, once a day; others may do the same at the same time."""
        stamp = self._folder / "tidied"
        now = time.time()
        with suppress(OSError):
            if not self._usable or (stamp.exists() and now - stamp.stat().st_mtime < _TIDY_EVERY):
                return
            stamp.write_bytes(b"")
            _tidy(self._folder, now)

    def _path(self, job: Job, sha256: str) -> Path:
        both = id(job.settings), id(job.mapping)  # the jobs of a run share theirs
        if both not in self._fingerprints:
            self._fingerprints[both] = fingerprint(job.settings, job.mapping)
        key = key_of(job, sha256, self._fingerprints[both])
        return self._folder / key[:2] / f"{key}{_ENDING}"

    def _prepare(self) -> bool:
        """What is read is unpickled, so nobody else may write to the folder."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                held = self._folder.stat()
                if held.st_uid != os.getuid() or stat.S_IMODE(held.st_mode) & 0o022:
                    self.trouble = _NOT_SAFE.fill(folder=self._folder)
                    return False
        except OSError as error:
            return self._give_up(error)
        return True

    def _give_up(self, error: OSError) -> bool:
        self.trouble = _CANNOT.fill(folder=self._folder, why=reason(error))
        self._usable = False
        return False


def folder_of(cache: str | None) -> Path | None:
    """Where results are kept; ``cache`` is what XLAUDIT_CACHE says: a folder, or ``off`` for nowhere."""
    if cache and cache.strip().lower() == "off":
        return None
    if cache:
        return Path(cache) / "results"
    import platformdirs

    return Path(platformdirs.user_cache_dir("xlaudit", appauthor=False)) / "results"


class _Entry(NamedTuple):
    """``copy``: the SHA-256 of the annotated copy, empty where there was none, None where it does not matter.

    ``day``: the one day on which the result holds; None for every day.
    """

    pickled: bytes
    copy: str | None
    day: date | None


def _read(path: Path) -> _Entry | None:
    """What was kept; None where there is nothing, or nothing that is whole."""
    try:
        content = path.read_bytes()
        if content[:32] != hashlib.sha256(content[32:]).digest():
            return None
        return _Entry(*pickle.loads(zlib.decompress(content[32:])))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the workbook is audited anew
        return None


def _write(path: Path, entry: _Entry) -> None:
    content = zlib.compress(pickle.dumps(tuple(entry), pickle.HIGHEST_PROTOCOL), 1)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_name(f".{secrets.token_hex(6)}")
    try:
        temporary.write_bytes(hashlib.sha256(content).digest() + content)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _tidy(folder: Path, now: float) -> None:
    entries = sorted(_entries(folder), reverse=True)
    held = 0
    for changed, size, path in entries:
        held += size
        if now - changed > _DAYS * 86_400 or held > _MOST_MIB * MIB:
            path.unlink(missing_ok=True)


def _entries(folder: Path) -> Iterator[tuple[float, int, Path]]:
    for path in folder.glob("??/*"):
        with suppress(OSError):
            known = path.stat()
            yield known.st_mtime, known.st_size, path
