"""What other packages add by entry points: found, loaded, and refused with a sentence where they are at fault.

Nothing that such a package does may take an audit along: whatever it raises becomes a sentence.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xlaudit.texts import Text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

RULES, KINDS, WORDS = "xlaudit.rules", "xlaudit.kinds", "xlaudit.words"
"""The groups: a ``Rule`` or several, a ``Kind`` or several, header words by concept."""

_MARK = b"[xlaudit."
_FAILED = Text("The package {package} gives “{name}” ({group}), which cannot be loaded: {why}. It was left out.")
REFUSED = Text("The package {package} gives “{name}” ({group}), which was left out: {why}")
"""For what was loaded and is wrong; ``why`` is a sentence."""


class Plugin(NamedTuple):
    """One entry point, loaded. ``package`` is its distribution with the version (``aturan-kantor 1.0``)."""

    group: str
    name: str
    package: str
    value: object

    def refused(self, why: Text) -> Text:
        """What to tell where it is wrong."""
        return REFUSED.fill(package=self.package, name=self.name, group=self.group, why=why)


class Plugins(NamedTuple):
    """What was loaded of one group, by package and name, and what to tell of the rest."""

    loaded: tuple[Plugin, ...] = ()
    faults: tuple[Text, ...] = ()


@lru_cache(maxsize=8)
def plugins(group: str) -> Plugins:
    """The plug-ins of a group. Nothing is imported, and no metadata parsed, where no package has any."""
    loaded: list[Plugin] = []
    faults: list[Text] = []
    for point, package in _entry_points() if _any_package() else ():
        if point.group != group:
            continue
        try:
            loaded.append(Plugin(group, point.name, package, point.load()))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - theirs, whatever it is
            facts = {"package": package, "name": point.name, "group": group, "why": fault(error)}
            faults.append(_FAILED.fill(**facts))
    return Plugins(tuple(loaded), tuple(faults))


def fault(error: BaseException) -> str:
    """What another package raised, in one line."""
    try:
        words = " ".join(str(error).split())[:200]
    except (Exception, SystemExit):  # noqa: BLE001 - an exception that cannot even be printed
        words = ""
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def sources() -> Iterator[tuple[str, list[Path]]]:
    """Each package that adds something, with its version, and the files or folders that its code stands in."""
    from importlib.util import find_spec

    for point, package in _entry_points() if _any_package() else ():
        try:
            spec = find_spec(point.module.partition(".")[0])
        except (ImportError, ValueError):
            continue
        if spec is not None:
            places = spec.submodule_search_locations or ([spec.origin] if spec.origin else [])
            yield package, [Path(place) for place in places]


def forget() -> None:
    """Look for plug-ins anew: for tests, and for programs that install packages while they run."""
    plugins.cache_clear()
    _any_package.cache_clear()
    _entry_points.cache_clear()


@lru_cache(maxsize=1)
def _any_package() -> bool:
    """Whether any installed package may have a plug-in: a look into small files, a fifth of what parsing them takes."""
    return any(_MARK in content for content in _declarations())


def _declarations() -> Iterator[bytes]:
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder or os.curdir, name, "entry_points.txt"), "rb") as file:
                        yield file.read()
                except OSError:
                    continue


@lru_cache(maxsize=1)
def _entry_points() -> tuple[tuple[EntryPoint, str], ...]:
    """Every entry point of our groups with its package, in a stable order; a package counts once."""
    from importlib.metadata import distributions

    found: dict[tuple[str, str, str], tuple[EntryPoint, str]] = {}
    for distribution in distributions():
        try:
            points = [point for point in distribution.entry_points if point.group in (RULES, KINDS, WORDS)]
            name, version = (distribution.name, distribution.version) if points else ("", "")
        except Exception:  # noqa: BLE001 - a package with broken metadata is none of ours
            continue
        for point in points:
            found.setdefault((name, point.group, point.name), (point, f"{name} {version}"))
    return tuple(found[key] for key in sorted(found))
