"""Which workbooks a list of files and folders means, and where each one's annotated copy goes."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlaudit.batch.urls import is_remote, path_of, shown
from xlaudit.errors import BadUsage, UserError, reason
from xlaudit.outcome import Failure, Outcome
from xlaudit.outputs import Places, is_recap, real
from xlaudit.patterns import pattern
from xlaudit.texts import Text

WORKBOOKS = (".xlsx", ".xlsm")
"""Those that can be annotated."""

OTHER_WORKBOOKS = (".xls", ".xlsb", ".ods", ".fods")
"""Those that are read, too, but get no annotated copy, unless they hold an .xlsx under another name."""

NOT_READ = (".csv",)

_EMPTY_FOLDER = Text("There is no workbook (.xlsx, .xlsm, .xls, .xlsb, .ods) to audit in this folder.")
_ONLY_COPIES = Text(
    "This folder holds only annotated copies of an earlier audit (.audit.xlsx); name the files (for instance "
    "*.audit.xlsx) to check them again.",
)
_NO_ENTRY = Text("This folder cannot be read ({why}); ask for the right to read it, or copy it to where you may.")
_SAME_OUTPUT = Text("{one} and {other} would both be written to {target}; audit them separately.")
_IS_INPUT = Text("{target} is an input and will not be overwritten; choose another folder with --output.")


class Input(NamedTuple):
    """A workbook to audit. ``below`` is its folder relative to the folder that was asked for."""

    path: Path
    below: Path


class Found(NamedTuple):
    """What was asked for: workbooks in a stable order, refusals, and files that were passed over.

    ``left_aside`` are spreadsheets of other types in folders, ``own_copies`` annotated copies that
    were named together with their originals.
    """

    inputs: list[Input]
    refused: list[Outcome]
    left_aside: list[Path]
    own_copies: list[Path]


def find(paths: Sequence[str], output: Path | None = None) -> Found:
    """Files as they were named, folders searched to the bottom in the order of names.

    A file that was named is taken, whatever its name, unless it is the annotated copy of another
    one (``*.xlsx`` after an earlier audit). A folder gives its workbooks without the lock files of
    Excel (``~$``), hidden files and folders, and annotated copies; ``output``, the folder for these, is passed over
    where it lies in one that is searched. Links to folders are not followed, so there are no circles; a folder that
    cannot be read is refused. Patterns are filled in where the shell did not do it (Windows). A workbook that was named
    twice counts once.
    """
    found = Found([], [], [], [])
    for path in _filled_in(paths):
        if is_remote(path):
            _look_up(path, found, output)
        elif path.is_dir():
            _search(path, found, None if output is None else real(output))
        else:
            found.inputs.append(Input(path, Path()))
    named: dict[Path, Input] = {}
    places = Places()
    for item in found.inputs:
        named.setdefault(places.of(item.path), item)
    copies = {place.with_name(annotated_name(place)) for place in named}
    return found._replace(
        inputs=[item for place, item in named.items() if place not in copies],
        own_copies=[item.path for place, item in named.items() if place in copies],
    )


def _search(folder: Path, found: Found, output: Path | None) -> None:
    before = len(found.refused)
    items = list(_walk(folder, found.refused, output))
    books = [item for item in items if item.suffix.lower() in WORKBOOKS + OTHER_WORKBOOKS and not is_recap(item)]
    found.inputs.extend(Input(item, item.parent.relative_to(folder)) for item in books)
    found.left_aside.extend(item for item in items if item.suffix.lower() in NOT_READ)
    if not books and len(found.refused) == before:
        copies = any(_is_annotated_name(path) for path in folder.rglob("*"))
        why = _ONLY_COPIES if copies else _EMPTY_FOLDER
        found.refused.append(Outcome(str(folder), failure=Failure("no_workbooks", why)))


def _look_up(url: Path, found: Found, output: Path | None) -> None:
    """What lies at a URL: a workbook, or those of a folder, which are chosen as in one of this machine."""
    from xlaudit.batch.remote import listed

    try:
        names = listed(url)
    except UserError as error:
        found.refused.append(Outcome(shown(url), failure=Failure(error.code, error.text)))
        return
    if names is None:
        found.inputs.append(Input(url, Path()))
        return
    within = [name for name in names if not any(part.startswith((".", "~$")) for part in name.parts)]
    chosen = [name for name in map(Path, within) if output is None or not (url / name).is_relative_to(output)]
    books = [name for name in chosen if name.suffix.lower() in WORKBOOKS + OTHER_WORKBOOKS]
    own = [name for name in books if not _is_annotated_name(name)]
    found.inputs.extend(Input(url / name, name.parent) for name in own)
    found.left_aside.extend(url / name for name in chosen if name.suffix.lower() in NOT_READ)
    if not own:
        why = _ONLY_COPIES if books else _EMPTY_FOLDER
        found.refused.append(Outcome(shown(url), failure=Failure("no_workbooks", why)))


def _filled_in(paths: Iterable[str]) -> Iterator[Path]:
    for name in paths:
        path = path_of(name)
        if is_remote(path):
            yield path
            continue
        name = str(path)
        matches = sorted(glob.glob(name)) if set("*?[") & set(name) and not os.path.lexists(name) else []
        yield from (Path(match) for match in matches or [name])


def _walk(folder: Path, refused: list[Outcome], output: Path | None) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        why = _NO_ENTRY.fill(why=reason(error))
        refused.append(Outcome(str(error.filename or folder), failure=Failure("no_access", why)))

    def searched(path: Path) -> bool:
        return not path.name.startswith(".") and (output is None or real(path) != output)

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if searched(Path(parent, name)))
        for name in sorted(names):
            item = Path(parent, name)
            if name.startswith((".", "~$")) or _is_annotated_name(item):
                continue
            if item.suffix.lower() in WORKBOOKS + OTHER_WORKBOOKS + NOT_READ:
                yield item


_COPY = pattern(r"(?P<stem>.+)\.audit(?P<round>[2-9]|[1-9][0-9]{1,3})?(?P<again> ?\([0-9]{1,3}\))?", re.IGNORECASE)
"""The name of an annotated copy without its ending; a browser adds `` (1)`` where it loads a file a second time."""


def _is_annotated_name(path: Path) -> bool:
    """A copy that was loaded twice came back from somewhere: it is to be audited."""
    name = _COPY.fullmatch(path.stem)
    return path.suffix.lower() in WORKBOOKS and name is not None and name["again"] is None


def annotated_name(path: Path) -> str:
    """``dinsos.xlsx`` becomes ``dinsos.audit.xlsx``; a workbook with macros keeps ``.xlsm``.

    An annotated copy that came back becomes the next one, whatever the folder, so that the one before stays:
    ``dinsos.audit2.xlsx``, ``dinsos.audit3.xlsx``.
    """
    suffix = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
    name = _COPY.fullmatch(path.stem)
    if name is None:
        return f"{path.stem}.audit{suffix}"
    return f"{name['stem']}.audit{int(name['round'] or 1) + 1}{suffix}"


def _takes_annotations(path: Path) -> bool:
    """Whether a file seems to be an .xlsx; a zip of another name may be one."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS or not path.is_file():
        return True
    try:
        with path.open("rb") as file:
            return suffix not in {".ods", ".xlsb"} and file.read(2) == b"PK"
    except OSError:
        return True


def plan(inputs: Sequence[Input], folder: Path | None) -> list[Path | None]:
    """Where each input's annotated copy goes: beside it, or under ``folder`` as it lay in its own.

    None for inputs that cannot be annotated, such as ``.xls``.

    ``BadUsage`` where two inputs would be written to one file, or one over an input.
    """
    targets: list[Path | None] = []
    places = Places()
    protected = {places.of(item.path) for item in inputs}
    taken: dict[Path, Path] = {}
    for item in inputs:
        if not _takes_annotations(item.path):
            targets.append(None)
            continue
        home = item.path.parent if folder is None else folder / item.below
        target = home / annotated_name(item.path)
        place = places.of(target)
        if place in protected:
            raise BadUsage("output_is_input", _IS_INPUT.fill(target=target))
        if place in taken:
            facts = _SAME_OUTPUT.fill(one=taken[place], other=item.path, target=target)
            raise BadUsage("same_output", facts)
        taken[place] = item.path
        targets.append(target)
    return targets
