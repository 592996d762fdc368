"""Names of workbooks and copies that may be URLs.

Within the program a URL is a ``Path`` like any other, ``s3:/bucket/a.xlsx``, that ``shown`` turns back; only ``remote``
knows more of it.
"""

from __future__ import annotations

from pathlib import Path

from xlaudit.errors import BadUsage
from xlaudit.patterns import pattern
from xlaudit.texts import Text

_URL = pattern(r"([A-Za-z][A-Za-z0-9+.-]+):/+")
"""A scheme has two letters at least, the drive of a path on Windows has one."""

_SECRET = Text(
    "{url} holds a password, which would stand in every report; leave it out and give it as the store's own settings "
    "have it (environment or configuration of fsspec)."
)


def is_remote(path: Path) -> bool:
    """Whether a path stands for a URL."""
    return _URL.match(path.as_posix()) is not None


def shown(path: Path) -> str:
    """A path as people wrote it: a URL where it stands for one."""
    return _URL.sub(r"\1://", path.as_posix(), count=1) if is_remote(path) else str(path)


def path_of(name: str) -> Path:
    """The path that stands for a name on the command line; ``file://`` is a path of this machine.

    ``BadUsage`` where it holds a password.
    """
    found = _URL.match(name)
    if found is None:
        return Path(name)
    from urllib.parse import urlsplit

    parts = urlsplit(name)
    if parts.scheme.lower() == "file":
        from urllib.request import url2pathname

        return Path(url2pathname(parts.path))
    if parts.password:
        raise BadUsage("bad_url", _SECRET.fill(url=name.replace(parts.password, "***")))
    return Path(name)
