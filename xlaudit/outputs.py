"""Files that xlaudit writes: whole or not at all, never over an input, never over what it did not make."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from xlaudit.errors import BadUsage, UserError, reason
from xlaudit.patterns import pattern
from xlaudit.texts import Text

_OURS = pattern(
    r'\ufeff?(\s*\{\s*"schema"\s*:\s*"xlaudit-(report|tables|comparison|whatif|recap)/|xlaudit \d+\.\d+'
    r'|\s*\{\s*"\$schema": "[^"]*sarif[^"]*",\s*"version": "2.1.0",\s*"runs": \[\s*\{\s*"tool": \{\s*"driver": '
    r'\{\s*"name": "xlaudit"'
    r'|X-Unsent: 1\s+X-Mailer: xlaudit '
    r'|<!DOCTYPE html>\n<html lang="..">\s*<head><meta charset="utf-8"><meta name="generator" content="xlaudit )'
)

RECAP_PROPERTY = "xlaudit-recap"
"""The document property by which a recap is known, however its file is called."""
_PROPERTIES = "docProps/custom.xml"
_MOST_PROPERTIES = 65_536
_DIRECTORY = 65_536

_IS_INPUT = Text("{path} is an input file and will not be overwritten; choose another name for the output.")
_NOT_OURS = Text("{path} exists and was not made by xlaudit; choose another name, or use --force to replace it.")
_NO_FILE = Text("{path} is not an ordinary file and cannot be an output.")
_NO_FOLDER = Text("There is no folder {path}; make it first or choose another one.")
_CANNOT_WRITE = Text("{path} cannot be written ({why}); close it in Excel or choose another folder.")
_FULL = Text("{path} cannot be written: the disk is full. Free some space or choose another folder.")

SIGNED = Text(
    "{path}: this workbook is digitally signed. Its signature does not hold for the annotated copy; for the file "
    "itself it still does, and again for what `xlaudit clean` gives back.",
)


def real(path: Path) -> Path:
    """Where a path leads in the end; unlike ``Path.resolve`` it stands links that lead to themselves."""
    return Path(os.path.realpath(path))


class Places:
    """Where many paths lead in the end: each folder is followed once."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}

    def of(self, path: Path) -> Path:
        """``real`` of a path, as long as no folder becomes another one meanwhile."""
        if path.name in ("", "..") or os.path.islink(path):
            return real(path)
        folder = path.parent
        if folder not in self._folders:
            self._folders[folder] = real(folder)
        return self._folders[folder] / path.name


def check_target(target: Path, inputs: Collection[Path], force: bool) -> None:
    """``BadUsage`` where ``target`` must not be written.

    That is: one of the ``inputs`` (also with ``force``), something that is no ordinary file, or a
    file that xlaudit did not make (unless ``force``).
    """
    there = os.path.lexists(target)  # what is not there leads to no input
    if target in inputs or (there and real(target) in map(real, inputs)):
        raise BadUsage("output_is_input", _IS_INPUT.fill(path=target))
    if not there:
        return
    if not target.is_file():
        raise BadUsage("output_no_file", _NO_FILE.fill(path=target))
    if not force and not made_by_us(target):
        raise BadUsage("output_exists", _NOT_OURS.fill(path=target))


def check_folder(target: Path) -> None:
    """``BadUsage`` where there is no folder for a file that is to be written."""
    if not target.parent.is_dir():
        raise BadUsage("no_folder", _NO_FOLDER.fill(path=target.parent))


def made_by_us(path: Path) -> bool:
    """Whether a file is an annotated workbook, a report, a draft of a mail or an extract of ours."""
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        from xlaudit.annotate import is_annotated

        return is_annotated(path) or is_recap(path)
    with path.open(encoding="utf-8", errors="replace") as file:
        if _OURS.match(file.read(400)) is not None:
            return True
    from xlaudit.extract import made_by_us as is_extract

    return is_extract(path)


def is_recap(path: Path) -> bool:
    """Whether a file is a recap, which is no workbook to audit."""
    try:
        if not _may_be_recap(path):
            return False
        with zipfile.ZipFile(path) as package, package.open(_PROPERTIES) as part:
            return f'name="{RECAP_PROPERTY}"'.encode() in part.read(_MOST_PROPERTIES)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _may_be_recap(path: Path) -> bool:
    """Whether the directory of a zip, which stands at its end and which few parts do not fill, names the properties.

    Of a thousand workbooks that are audited hardly one does, and opening each takes longer.
    """
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _DIRECTORY))
        return _PROPERTIES.encode() in file.read()


_mark = ""


def mark_temporaries(mark: str) -> None:
    """Temporary files of this process carry ``mark`` in their names from now on, so that ``sweep`` finds them."""
    global _mark
    _mark = mark


def sweep(folder: Path, mark: str) -> None:
    """Removes temporary files that a process with this ``mark`` left in a folder, or by itself, when it was ended."""
    import tempfile

    for place in (folder, Path(tempfile.gettempdir())):
        for left in place.glob(f".xlaudit-{mark}*") if place.is_dir() else ():
            with suppress(OSError):
                if left.is_dir():
                    shutil.rmtree(left)
                else:
                    left.unlink(missing_ok=True)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for the time of the ``with`` statement; ``sweep`` finds it, too."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix=f".xlaudit-{_mark}") as folder:
        yield Path(folder)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside ``target`` to write to; it becomes ``target`` if all went well, else it is gone.

    A failure of the file system (disk full, file open in Excel) is a ``UserError``.
    """
    check_folder(target)
    temporary = target.parent / f".xlaudit-{_mark}{secrets.token_hex(6)}{target.suffix}"
    done = False
    try:
        yield temporary
        os.replace(temporary, target)
        done = True
    except OSError as error:
        raise _cannot_write(target, error) from error
    except UserError as error:  # whoever wrote knows the temporary name only
        named = {name: target for name, fact in error.text.facts if str(fact) == str(temporary)}
        if not named:
            raise
        raise UserError(error.code, error.text.fill(**named)) from error
    finally:
        if not done:
            temporary.unlink(missing_ok=True)


_IS_A_FILE = Text("{path} is a file, not a folder; choose another folder for the results.")


def make_folder(folder: Path) -> None:
    """The folder with all above it; ``UserError`` where it cannot be made."""
    if folder.is_dir():
        return
    if folder.exists():
        raise UserError("cannot_write", _IS_A_FILE.fill(path=folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _cannot_write(path: Path, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError("cannot_write", _FULL.fill(path=path))
    return UserError("cannot_write", _CANNOT_WRITE.fill(path=path, why=reason(error)))


def write_text(target: Path, text: str) -> None:
    """A report as UTF-8, whole or not at all."""
    write_pieces(target, [text])


def write_pieces(target: Path, pieces: Iterable[str]) -> None:
    """A report as UTF-8 piece by piece, whole or not at all."""
    with replacing(target) as temporary, temporary.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", errors="backslashreplace"))
