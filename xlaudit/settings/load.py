"""From ``xlaudit.toml`` to :class:`Settings`, every key and value checked, none ignored.

A field of a section is an ``int``, a whole number from 1 on; other types get their line in ``_KINDS``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

from xlaudit.errors import BadUsage
from xlaudit.nearest import nearest
from xlaudit.settings.values import Settings
from xlaudit.texts import Text

FILE_NAME = "xlaudit.toml"
LARGEST = 1024 * 1024
"""Bytes of a settings file: it is read before there are any limits."""

_CANNOT_READ = Text(
    "Berkas pengaturan {path} tidak dapat dibaca ({why}).", "The settings file {path} cannot be read ({why})."
)
_NO_TOML = Text(
    "Berkas pengaturan {path} bukan TOML yang sah: {why}.", "The settings file {path} is not valid TOML: {why}."
)
_UNKNOWN = Text(
    "Pengaturan “{key}” di {path} tidak dikenal; {hint}.", "There is no setting “{key}” as in {path}; {hint}."
)
_NEAREST = Text("mungkin maksudnya “{name}”", "perhaps “{name}” is meant")
_CHOICES = Text("yang ada: {names}", "there are: {names}")
_WRONG = Text("Pengaturan “{key}” di {path} harus {what}.", "The setting “{key}” in {path} must be {what}.")
_SECTION = Text("sebuah bagian, ditulis [{key}]", "a section, written [{key}]")
_WHOLE = Text("bilangan bulat mulai 1", "a whole number from 1 on")

_Kind = tuple[Text, Callable[[object], bool]]
_KINDS: dict[type, _Kind] = {
    int: (_WHOLE, lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 1),
}


def find_settings(workbook: Path) -> Path | None:
    """The settings file that holds for a workbook: the nearest one, beside it or in a folder above."""
    folder = workbook.resolve()
    return next((file for above in folder.parents if (file := above / FILE_NAME).is_file()), None)


def read_settings(path: Path) -> Settings:
    """The settings in a file; what it does not say stays as it is by default.

    ``BadUsage`` (code ``bad_settings``) where it cannot be read, is no TOML, holds an unknown section or key, or a
    value of another type.
    """
    given = _toml(path)
    sections = {one.name: one.type for one in fields(Settings)}
    _check_names(path, "", given, sections)
    hints = get_type_hints(Settings)
    made: dict[str, Any] = {name: _section(path, name, table, hints[name]) for name, table in given.items()}
    return Settings(**made)


def _toml(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError("> 1 MiB")
        return tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BadUsage("bad_settings", _CANNOT_READ.fill(path=path, why=why)) from error
    except (ValueError, RecursionError) as error:  # also what is no UTF-8
        raise BadUsage("bad_settings", _NO_TOML.fill(path=path, why=error)) from error


def _section(path: Path, name: str, table: object, kind: Any) -> object:
    """One section, as the dataclass ``kind``."""
    if not isinstance(table, dict):
        raise BadUsage("bad_settings", _WRONG.fill(path=path, key=name, what=_SECTION.fill(key=name)))
    hints = get_type_hints(kind)
    _check_names(path, f"{name}.", table, hints)
    for key, value in table.items():
        what, fits = _KINDS[hints[key]]
        if not fits(value):
            raise BadUsage("bad_settings", _WRONG.fill(path=path, key=f"{name}.{key}", what=what))
    return kind(**table)


def _check_names(path: Path, before: str, given: Mapping[str, object], known: Iterable[str]) -> None:
    names = sorted(known)
    for key in given:
        if key not in names:
            near = nearest(key, names)
            hint = _NEAREST.fill(name=before + near) if near is not None else _CHOICES.fill(names=", ".join(names))
            raise BadUsage("bad_settings", _UNKNOWN.fill(key=before + key, path=path, hint=hint))
