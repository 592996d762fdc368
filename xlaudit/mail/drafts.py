"""Drafts of a run as files: all of them are written, or none."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from xlaudit.errors import UserError, reason
from xlaudit.outputs import check_target, make_folder
from xlaudit.patterns import pattern
from xlaudit.reports.words import one_line
from xlaudit.texts import Text

_CANNOT = Text("The drafts cannot be written to {path} ({why}); none was written.")
_FORBIDDEN = pattern(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICE = pattern(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
LONGEST = 120
"""Characters of a file's name without its ending, so that no file system finds it too long."""


def file_name(words: str, suffix: str = "") -> str:
    """A name that every file system takes, and that leads into no other folder."""
    clean = _FORBIDDEN.sub(" ", one_line(words))
    clean = " ".join(clean.split()).strip(". ~$")
    while len(clean.encode()) > LONGEST:
        clean = clean[:-1].rstrip(". ")
    if not clean or _DEVICE.match(clean):
        clean = f"_{clean}"
    return clean + suffix


def names_for(words: Sequence[str], marks: Sequence[str]) -> list[str]:
    """A file name ending in its mark and ``.eml`` for each, told apart by a number where they would meet."""
    taken: set[str] = set()
    names = []
    for one, mark in zip(words, marks, strict=True):
        base = file_name(one) + mark
        name, number = f"{base}.eml", 1
        while name.casefold() in taken:
            number += 1
            name = f"{base} ({number}).eml"
        taken.add(name.casefold())
        names.append(name)
    return names


Made = Callable[[], bytes]
"""Gives a file's bytes when they are to be written, so that not all of a run are in memory."""


def write_drafts(folder: Path, drafts: Mapping[str, Made], inputs: Collection[Path] = (), force: bool = False) -> None:
    """Writes the files, by their names, into the folder, which is made where it is missing.

    Raises ``UserError`` where one cannot be written or must not be replaced; then the folder is as it was before.
    """
    make_folder(folder)
    targets = {folder / name: made for name, made in drafts.items()}
    for target in targets:
        check_target(target, inputs, force)
    try:
        with tempfile.TemporaryDirectory(prefix=".xlaudit-", dir=folder) as temporary:
            _write(targets, Path(temporary))
    except OSError as error:
        why = reason(error)
        raise UserError("cannot_write", _CANNOT.fill(path=folder, why=why)) from error


def _write(targets: Mapping[Path, Made], aside: Path) -> None:
    """Everything goes beside its place first; what fails after that is taken back."""
    for target, made in targets.items():
        with (aside / target.name).open("xb") as file:
            file.write(made())
            file.flush()
            os.fsync(file.fileno())
    old = aside / "old"
    old.mkdir()
    placed: list[Path] = []
    try:
        for target in targets:
            if target.exists():
                os.replace(target, old / target.name)
            placed.append(target)
            os.replace(aside / target.name, target)
    except OSError:
        for target in placed:
            if (old / target.name).exists():
                os.replace(old / target.name, target)
            else:
                target.unlink(missing_ok=True)
        raise
