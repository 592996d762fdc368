"""What an audit's result depends on, as one key: the same key, the same result."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from xlaudit import __version__
from xlaudit.batch.job import Job
from xlaudit.outputs import real
from xlaudit.plugins import sources
from xlaudit.settings import DEFAULT, Settings

FORMAT = "1"
"""Of what is kept; another one is not read."""
_PACKAGE = Path(__file__).parents[1]
_COUNTS = {".py", ".json", ".mo"}


def key_of(job: Job, sha256: str, said: str) -> str:
    """The name under which the result of a job is kept. The content of the annotated copy is not in it.

    ``sha256``: of the workbook's content; ``said``: the fingerprint of the job's settings and mapping.
    """
    everything = (
        FORMAT,
        code(),
        sha256,
        job.shown,
        str(real(job.path)),
        job.shown_target,
        job.language,
        job.page,
        said,
        job.others,
    )
    return _hashed(plain(everything))


def fingerprint(settings: Settings, mapping: object) -> str:
    """One word for what settings and mapping say of an audit, the same on every machine.

    Where audits are recorded and how mail is sent has no part in it.
    """
    return _hashed(plain((replace(settings, ledger="", mail=DEFAULT.mail, inbox=DEFAULT.inbox), mapping)))


@lru_cache(maxsize=1)
def code() -> str:
    """One word for the version of xlaudit and the content of its source, and likewise of packages that add to it."""
    parts = [__version__, ".".join(platform.python_version_tuple()[:2])]
    files = [(path.relative_to(_PACKAGE).as_posix(), path) for path in _files([_PACKAGE])]
    for package, places in sources():
        parts.append(package)
        files += ((f"{package} {path}", path) for path in _files(places))
    for name, path in sorted(files):
        parts.append(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return _hashed("\n".join(parts))


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from [place] if place.is_file() else (path for path in place.rglob("*") if path.suffix in _COUNTS)


def plain(value: Any) -> str:
    """A value of ours written out; unlike ``repr`` or ``pickle`` it is the same in every process.

    ``TypeError`` for a kind of value that it does not know: nothing that counts may be left out.
    """
    if is_dataclass(value) and not isinstance(value, type):
        inner = ",".join(f"{one.name}={plain(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}({inner})"
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if value is None or isinstance(value, str | int | float | Decimal | date | PurePath):
        return f"{type(value).__name__}:{value!r}"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{plain(one)}:{plain(other)}' for one, other in value.items()))}}}"
    if isinstance(value, set | frozenset):
        return f"{{{','.join(sorted(map(plain, value)))}}}"
    if isinstance(value, tuple | list):
        return f"{type(value).__name__}[{','.join(map(plain, value))}]"
    raise TypeError(f"no plain form of {type(value).__name__}")


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
