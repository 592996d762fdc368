"""Regular expressions: all compile, and every Python from 3.11.0 on understands them alike.

Before 3.11.5 a possessive group that holds alternatives or repeats that may give back stops at the wrong place
(python/cpython#106052): such a group must be atomic, ``(?>(?:…)*)`` for ``(?:…)*+``. Debian 12 has 3.11.2.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import xlaudit
from xlaudit.patterns import Later, pattern

PACKAGE = Path(__file__).parents[1] / "xlaudit"
GIVES_BACK = {"BRANCH", "MAX_REPEAT", "MIN_REPEAT"}


def wrong(parsed: Iterable[Any], within: bool = False) -> bool:
    """Whether a possessive repeat holds something that may give back."""
    for operation, argument in parsed:
        name = str(operation)
        if within and name in GIVES_BACK:
            return True
        possessive = within or name == "POSSESSIVE_REPEAT"
        if any(wrong(part, possessive and name != "ATOMIC_GROUP") for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> Iterator[Iterable[Any]]:
    """The patterns within an operation's argument."""
    for one in argument if isinstance(argument, tuple | list) else [argument]:
        if isinstance(one, _parser.SubPattern):
            yield one
        elif isinstance(one, tuple | list):
            yield from _parts(one)


def patterns() -> Iterator[tuple[str, str | bytes]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                if re.search(r"[*+?}]\+", text):
                    yield f"{path.name}:{node.lineno}", text


def parsed(text: str | bytes) -> Any:
    try:
        return _parser.parse(text)
    except (re.error, OverflowError, RecursionError):
        return None


def test_possessive_groups_hold_nothing_that_gives_back() -> None:
    found = [(place, tree) for place, text in patterns() if (tree := parsed(text)) is not None]
    assert len(found) >= 8
    assert [place for place, tree in found if wrong(tree)] == []


@pytest.mark.parametrize("text", ["(?:a|bc)*+", "(?:ab?)++", "(?:x(?:a|bc))?+", "(?:(?=a|bc)x)*+"])
def test_what_is_wrong_is_found(text: str) -> None:
    assert wrong(_parser.parse(text))


@pytest.mark.parametrize("text", ["a*+", "(?:a++b)*+", "(?>(?:a|bc)*)", "(?:[ab]{1,3}+)?+", "(?:(?>a|bc)x)*+"])
def test_what_is_right_is_left_alone(text: str) -> None:
    assert not wrong(_parser.parse(text))


def test_every_pattern_compiles() -> None:
    held = [
        (f"{module.name}.{name}", value)
        for module in walk_packages(xlaudit.__path__, "xlaudit.")
        if not module.name.endswith("__main__") and ".migrations" not in module.name
        for name, value in vars(import_module(module.name)).items()
        if isinstance(value, Later)
    ]
    assert len(held) > 150
    assert [name for name, value in held if not isinstance(value.flags, int)] == []


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    wrong_one = pattern("(")
    with pytest.raises(re.error):
        wrong_one.search("a")


@pytest.mark.parametrize("expression", ["a(?P<digit>[0-9])", b"a(?P<digit>[0-9])"])
def test_a_pattern_does_what_a_compiled_one_does(expression: str | bytes) -> None:
    ours, compiled = pattern(expression, re.IGNORECASE), re.compile(expression, re.IGNORECASE)
    text, other = ("xA1a2", "-") if isinstance(expression, str) else (b"xA1a2", b"-")
    for _ in range(2):
        assert ours.findall(text) == compiled.findall(text)
        assert ours.sub(other, text) == compiled.sub(other, text)
        assert (ours.pattern, ours.flags, dict(ours.groupindex)) == (expression, compiled.flags, {"digit": 1})
        assert ours.fullmatch(text) is None
