"""Many tuples at once: a table's columns made into its rows, cells or figures without a step of Python for each."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

_Made = TypeVar("_Made", bound=NamedTuple)


def made(kind: type[_Made], *fields: Iterable[Any]) -> list[_Made]:
    """A named tuple for each place of some columns, which are given in the order of its fields, every one of them.

    What is the same everywhere is given as ``itertools.repeat``; the shortest column tells how many there are.
    """
    assert len(fields) == len(kind._fields)
    return list(map(tuple.__new__, repeat(kind), zip(*fields, strict=False)))
