"""Workbooks and copies that lie in an object store or behind another URL, reached through fsspec."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from xlaudit.batch.job import Job, Result, digest_of, rejected, run_here
from xlaudit.batch.urls import is_remote, shown
from xlaudit.errors import UserError
from xlaudit.outputs import temporary_folder
from xlaudit.texts import Text

_NOT_INSTALLED = Text("Workbooks behind a URL need the package {package}: pip install {package}.")
_NOT_THERE = Text("There is nothing at {url}; check the address.")
_CANNOT_FETCH = Text("The workbook cannot be fetched ({why}); check the address, the rights and the network.")
_CANNOT_PUT = Text("The annotated copy cannot be written to {url} ({why}); choose another place with --output.")


def listed(url: Path) -> list[PurePosixPath] | None:
    """All files below a folder, by name, relative to it; None where the URL is a file.

    ``UserError`` where there is nothing or it cannot be reached.
    """
    with _reached(url):
        files, place = _system(url)
        if not files.exists(place):
            raise UserError("not_found", _NOT_THERE.fill(url=shown(url)))
        if not files.isdir(place):
            return None
        base = place.rstrip("/") + "/"
        return sorted(PurePosixPath(name.removeprefix(base)) for name in files.find(place))


def digest_of_place(path: Path) -> str:
    """The SHA-256 of what lies there, here or elsewhere; empty where there is nothing."""
    if not is_remote(path):
        return digest_of(path)
    try:
        files, place = _system(path)
        return hashlib.sha256(files.cat_file(place)).hexdigest()
    except Exception:  # noqa: BLE001 - stores raise what they like, and the audit will tell
        return ""


def run_elsewhere(job: Job) -> Result:
    """Audits a job of which workbook or copy lie behind a URL: fetched, audited here, the copy brought back."""
    name = job.path.name
    with temporary_folder() as folder:
        path, target = job.path, job.target
        if is_remote(path):
            path = folder / name
            try:
                with _reached(job.path):
                    files, place = _system(job.path)
                    files.get_file(place, str(path))
            except UserError as error:
                return rejected(job, error.code, error.text)
        if target is not None and is_remote(target):
            target = folder / "copy" / target.name
            target.parent.mkdir()
            _fetch_if_there(job.target, target)
        before = "" if target is None else digest_of(target)
        result = run_here(replace(job, path=path, name=job.shown, target=target, target_name=job.shown_target))
        result = result._replace(complaints=tuple(_renamed(one, job, path, target) for one in result.complaints))
        if target == job.target or result.copy_sha256 in ("", before):
            return result
        return _put(job, target, result)


def _put(job: Job, target: Path | None, result: Result) -> Result:
    assert job.target is not None
    try:
        with _reached(job.target):
            files, place = _system(job.target)
            if "/" in place.strip("/"):
                files.makedirs(place.rpartition("/")[0], exist_ok=True)
            files.put_file(str(target), place)
    except UserError as error:
        why = dict(error.text.facts).get("why", "")
        complaint = _CANNOT_PUT.fill(url=shown(job.target), why=why)
        outcome = replace(result.outcome, annotated=None)
        return result._replace(outcome=outcome, complaints=(*result.complaints, complaint), copy_sha256="")
    return result


def _fetch_if_there(url: Path | None, target: Path) -> None:
    """The annotated copy that is replaced, for the answers in it."""
    if url is None:
        return
    try:
        files, place = _system(url)
        if files.exists(place):
            files.get_file(place, str(target))
    except Exception:  # noqa: BLE001 - if it cannot be reached, it cannot be written either, and that is told
        return


def _renamed(text: Text, job: Job, path: Path, target: Path | None) -> Text:
    """A sentence that names files of ours, with the names that people know."""
    known = {str(path): job.shown, str(target): job.shown_target}
    return text.fill(**{key: known.get(str(fact), fact) for key, fact in text.facts})


@contextmanager
def _reached(url: Path) -> Iterator[None]:
    """Whatever a store raises becomes a sentence."""
    try:
        yield
    except UserError:
        raise
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UserError("not_found", _NOT_THERE.fill(url=shown(url))) from error
    except Exception as error:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        raise UserError("no_access", _CANNOT_FETCH.fill(why=why)) from error


def _system(url: Path) -> tuple[Any, str]:
    """The file system of a URL and the place in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UserError("not_installed", _NOT_INSTALLED.fill(package="'xlaudit[cluster]'")) from error
    to_fs: Callable[[str], tuple[Any, str]] = url_to_fs
    try:
        return to_fs(shown(url))
    except ImportError as error:
        needed = re.search(r"[Ii]nstall (?:the )?[\"'`]?([A-Za-z0-9_-]+)", str(error))
        package = needed[1] if needed else urlsplit(shown(url)).scheme
        raise UserError("not_installed", _NOT_INSTALLED.fill(package=package)) from error
