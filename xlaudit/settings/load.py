"""From ``xlaudit.toml`` to :class:`Settings`, every key and value checked, none ignored.

What a key may hold follows from the type of its field (``settings.kinds``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from xlaudit.errors import BadUsage
from xlaudit.nearest import nearest
from xlaudit.settings.kinds import kind_of
from xlaudit.settings.values import Settings
from xlaudit.texts import Text

FILE_NAME = "xlaudit.toml"
LARGEST = 1024 * 1024
"""Bytes of a settings file: it is read before there are any limits."""

_CANNOT_READ = Text("The settings file {path} cannot be read ({why}).")
_NO_TOML = Text("The settings file {path} is not valid TOML: {why}.")
_UNKNOWN = Text("There is no setting “{key}” as in {path}; {hint}.")
_NEAREST = Text("perhaps “{name}” is meant")
_CHOICES = Text("there are: {names}")
_WRONG = Text("The setting “{key}” in {path} must be {what}.")
_SECTION = Text("a section, written [{key}]")


def find_settings(workbook: Path) -> Path | None:
    """The settings file that holds for a workbook: the nearest one, beside it or in a folder above."""
    folder = workbook.resolve()
    return next((file for above in folder.parents if (file := above / FILE_NAME).is_file()), None)


def read_settings(path: Path) -> Settings:
    """The settings in a file; what it does not say stays as it is by default.

    ``BadUsage`` (code ``bad_settings``) where it cannot be read, is no TOML, holds an unknown section or key, or a
    value of another type.
    """
    return settings_of(_toml(path), path)


def settings_of(given: Mapping[str, object], path: Path) -> Settings:
    """The settings in what a TOML file at ``path`` holds; raises as ``read_settings`` does."""
    hints = get_type_hints(Settings)
    del hints["file"]
    _check_names(path, "", given, hints)
    made: dict[str, Any] = {name: _value(path, name, value, hints[name]) for name, value in given.items()}
    return Settings(**made, file=str(path))


def _value(path: Path, key: str, value: object, hint: Any) -> object:
    """What stands behind a key: a section, where its field is a dataclass of its own, or a single value."""
    if is_dataclass(hint):
        return _section(path, key, value, hint)
    kind = kind_of(key, hint)
    try:
        return kind.read(value)
    except (ValueError, KeyError) as error:
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=key, what=kind.what)) from error


def _toml(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError("> 1 MiB")
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadUsage("bad_settings", _CANNOT_READ.fill(path=path, why=why)) from error
    except (ValueError, ArithmeticError, RecursionError) as error:  # also what is no UTF-8
        raise BadUsage("bad_settings", _NO_TOML.fill(path=path, why=error)) from error


def _section(path: Path, name: str, table: object, kind: Any) -> object:
    """One section, as the dataclass ``kind``."""
    if not isinstance(table, dict):
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=name, what=_SECTION.fill(key=name)))
    hints = get_type_hints(kind)
    _check_names(path, f"{name}.", table, hints)
    return kind(**{key: _value(path, f"{name}.{key}", value, hints[key]) for key, value in table.items()})


def _check_names(path: Path, before: str, given: Mapping[str, object], known: Iterable[str]) -> None:
    names = sorted(known)
    for key in given:
        if key not in names:
            near = nearest(key, names)
            hint = _NEAREST.fill(name=before + near) if near is not None else _CHOICES.fill(names=", ".join(names))
            raise BadUsage("bad_settings", _UNKNOWN.fill(key=before + key, path=path, hint=hint))
