"""Where the ledger is: a file for SQLite, or the URL of a PostgreSQL database. Loads no database library."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from xlaudit.errors import BadUsage
from xlaudit.patterns import pattern
from xlaudit.texts import Text

FILE_NAME = "ledger.db"
VARIABLE = "XLAUDIT_LEDGER"
NONE = frozenset({"off", "none", "no", "0"})
"""Words in ``XLAUDIT_LEDGER`` or the settings by which nothing is recorded."""

_WHICH = Text(
    "{place} is no place for a ledger: name a file, or a PostgreSQL database as postgresql://user@host/database."
)
_SECRET = Text(
    "There is a password in the ledger's address given by {where}, where others can read it. Leave it out there and "
    "use the variable PGPASSWORD or the file ~/.pgpass, or put the whole address into the variable XLAUDIT_LEDGER."
)
_OPTION = Text("the option --ledger")
_SETTINGS = Text("the settings in {path}")
_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Place(NamedTuple):
    """Where a ledger is: either ``file`` or ``url``. ``asked``: somebody named it, it is not just the default."""

    file: Path | None
    url: str = ""
    asked: bool = True

    @property
    def shown(self) -> str:
        """The place as it may be printed, without any password."""
        return str(self.file) if self.file is not None else without_password(self.url)

    @property
    def there(self) -> bool:
        """Whether there is a ledger already, as far as it can be told without asking a server."""
        return self.file is None or self.file.exists()

    def scrubbed(self, text: str) -> str:
        """A message of a database in one line and without the password, which it hardly ever repeats."""
        for secret in _passwords(self.url):
            text = text.replace(secret, "***")
        return " ".join(text.split())


def place_of(
    option: str | None, environment: Mapping[str, str], setting: str = "", settings_file: str = ""
) -> Place | None:
    """The ledger that holds: of ``--ledger``, else of the environment, else of the settings, else the user's own.

    None where nothing is to be recorded. A file in the settings counts from their folder. ``BadUsage`` where an
    address is none, or a password stands where others can read it.
    """
    if option:
        return _read(option, Path.cwd(), _OPTION)
    told = environment.get(VARIABLE, "").strip()
    if told:
        return None if told.casefold() in NONE else _read(told, Path.cwd(), None)
    if setting:
        where = _SETTINGS.fill(path=settings_file)
        return None if setting.casefold() in NONE else _read(setting, Path(settings_file).resolve().parent, where)
    return Place(_own_folder() / FILE_NAME, asked=False)


def _own_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("xlaudit", appauthor=False))


def _read(text: str, base: Path, where: Text | None) -> Place:
    """What was named; ``where`` says by what, if that is no place for a password."""
    if text.startswith(("postgresql://", "postgres://")):
        if where is not None and _passwords(text):
            raise BadUsage("ledger_secret", _SECRET.fill(where=where))
        _check(text)
        return Place(None, text)
    if _SCHEME.match(text):
        raise BadUsage("bad_ledger", _WHICH.fill(place=without_password(text)))
    return Place(base / Path(os.path.expanduser(text)))


def _check(url: str) -> None:
    try:
        parts = urlsplit(url)
        well = bool(parts.path.strip("/")) and (parts.port is None or parts.port > 0)
    except ValueError:
        well = False
    if not well:
        raise BadUsage("bad_ledger", _WHICH.fill(place=without_password(url)))


def _passwords(url: str) -> tuple[str, ...]:
    """The passwords in a URL, as written there and as meant; rather too much than too little."""
    rest = url.partition("://")[2]
    found = []
    user, at, _ = rest.rpartition("@")
    if at and "/" not in user.partition("?")[0] and ":" in user:
        found.append(user.partition(":")[2])
    user, at, _ = rest.partition("?")[0].rpartition("@")
    if at and ":" in user:
        found.append(user.partition(":")[2])
    found += [value for name, value in parse_qsl(rest.partition("?")[2]) if "pass" in name.casefold()]
    return tuple(dict.fromkeys(one for text in found for one in (text, unquote(text)) if one))


def without_password(url: str) -> str:
    """A URL that may be printed: user, host and database only, whatever else stands in it."""
    scheme, _, rest = url.partition("://")
    before, at, tail = rest.rpartition("@")
    user = re.split(r"[:/?#]", before)[0]
    return f"{scheme}://{user}{at}{re.split(r'[?#]', tail)[0]}"
