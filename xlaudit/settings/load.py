"""From ``xlaudit.toml`` to :class:`Settings`, every key and value checked, none ignored.

What a key may hold follows from the type of its field (``settings.kinds``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from xlaudit.errors import BadUsage, reason
from xlaudit.nearest import nearest
from xlaudit.settings.kinds import NEEDS_ONE_OF, kind_of
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
_SECTIONS = Text("sections, each written [[{key}]]")
_MISSING = Text("The setting “{key}” is missing in section {number} in {path}.")
_SECTION = Text("a section, written [{key}]")


def find_settings(workbook: Path) -> Path | None:
    """The settings file that holds for a workbook: the nearest one, beside it or in a folder above."""
    return settings_in(Path(os.path.realpath(workbook)).parent)  # stands links that lead to themselves


def settings_in(folder: Path) -> Path | None:
    """The settings file that holds for the workbooks in a folder, no link: in it or in one above."""
    return next((file for above in (folder, *folder.parents) if (file := above / FILE_NAME).is_file()), None)


def read_settings(path: Path) -> Settings:
    """The settings in a file; what it does not say stays as it is by default.

    ``BadUsage`` (code ``bad_settings``) where it cannot be read, is no TOML, holds an unknown section or key, or a
    value of another type.
    """
    return settings_of(_toml(path), path)


def settings_of(given: Mapping[str, object], path: Path) -> Settings:
    """The settings in what a TOML file at ``path`` holds; raises as ``read_settings`` does."""
    made = _filled(path, "", given, Settings)
    return Settings(**made, file=str(path))


def _filled(path: Path, before: str, given: Mapping[str, object], kind: Any) -> dict[str, Any]:
    """The values for the fields of ``kind`` that a section gives; ``before`` begins its keys."""
    hints = get_type_hints(kind)
    keys = [one.name for one in fields(kind) if one.metadata.get("key", True)]
    _check_names(path, before, given, keys)
    return {key: _value(path, f"{before}{key}", value, hints[key]) for key, value in given.items()}


def _value(path: Path, key: str, value: object, hint: Any) -> object:
    """What stands behind a key: sections, where its field holds dataclasses of their own, or a single value."""
    if is_dataclass(hint):
        return _section(path, key, value, hint)
    several = get_args(hint)[:1] if get_origin(hint) is tuple else ()
    if several and is_dataclass(several[0]):
        return _sections(path, key, value, several[0])
    kind = kind_of(key, hint)
    try:
        return kind.read(value)
    except (ValueError, KeyError) as error:
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=key, what=kind.what)) from error


def _toml(path: Path) -> dict[str, object]:
    import tomllib  # most audits read no such file

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError("> 1 MiB")
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        why = reason(error)
        raise BadUsage("bad_settings", _CANNOT_READ.fill(path=path, why=why)) from error
    except (ValueError, ArithmeticError, RecursionError) as error:  # also what is no UTF-8
        raise BadUsage("bad_settings", _NO_TOML.fill(path=path, why=error)) from error


def _section(path: Path, name: str, table: object, kind: Any) -> object:
    """One section, as the dataclass ``kind``."""
    if not isinstance(table, dict):
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=name, what=_SECTION.fill(key=name)))
    return kind(**_filled(path, f"{name}.", table, kind))


def _sections(path: Path, name: str, value: object, kind: Any) -> tuple[object, ...]:
    """Sections of one name, each as the dataclass ``kind``, which is told where it stands (``source``)."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=name, what=_SECTIONS.fill(key=name)))
    made = []
    for number, table in enumerate(value, 1):
        found = _filled(path, f"{name}.", table, kind)
        source = f"{path.name} [[{name}]] {number}"
        needed = [one.name for one in fields(kind) if one.default is MISSING and one.name not in found]
        either = NEEDS_ONE_OF.get(name, ())
        if not needed and either and not any(map(found.get, either)):
            needed = [" / ".join(either)]
        if needed:
            raise BadUsage("bad_settings", _MISSING.fill(path=path, key=f"{name}.{needed[0]}", number=number))
        made.append(kind(**found, source=source))
    return tuple(made)


def _check_names(path: Path, before: str, given: Mapping[str, object], known: Iterable[str]) -> None:
    names = sorted(known)
    for key in given:
        if key not in names:
            near = nearest(key, names)
            hint = _NEAREST.fill(name=before + near) if near is not None else _CHOICES.fill(names=", ".join(names))
            raise BadUsage("bad_settings", _UNKNOWN.fill(key=before + key, path=path, hint=hint))
