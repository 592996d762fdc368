"""Spoils the rules one comparison at a time and runs their tests: what nobody notices is a gap in the tests.

    python benchmarks/mutants.py [MODULE ...] [--rules] [--ways mute,invert,true,false] [--sample N] [--jobs N]

A module is named as Python names it below ``xlaudit``: ``rules.over_budget``, ``checks``; without names all rules and
what they share are spoiled, with ``--rules`` the rules alone. Each rule is muted: it says of everything that it holds.
Each comparison of a function (``a < b``, ``x in y``) is turned round, or taken for true, or for false; with
``--sample`` only so many of each module, evenly spaced. pytest collects once; each mutant is a fork of it, which puts
the spoiled code into the functions where they are, so that whoever imported them has them spoiled as well, and then
runs the rule's tests; what rules share is tried with the tests of all rules. Nothing is written to the source. A line
is printed for each mutant that went unnoticed.
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import cast

import pytest
from printing import print_table, share

import xlaudit
from xlaudit.rules.base import Book, Rule, Verdict

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(xlaudit.__file__).parent
TESTS = ROOT / "tests"
SHARED = (
    "rules._flags", "rules._template", "checks", "sight", "relations", "declared", "means", "agreement", "crosswalk",
)  # fmt: skip
"""What more than one rule compares with."""
MUTE = "mute"
WAYS = (MUTE, "invert", "true", "false")
KEEP = "keep"
"""No way of spoiling: what tests must not notice, or else they notice nothing but that they were tried."""
LONGEST = 120
"""Seconds for the tests of a spoiled rule; one that never ends is noticed."""


@dataclass(frozen=True)
class Mutant:
    """A comparison of a module, counted from the top, and what is done to it; for a muted rule its check."""

    module: str
    place: int
    way: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.module}:{self.line}: {self.way}: {self.text}"


def rule_modules() -> list[str]:
    """The modules that hold a rule, in order."""
    found = sorted(f"rules.{path.stem}" for path in (PACKAGE / "rules").glob("[a-z]*.py"))
    return [name for name in found if _rule(name) is not None]


def mutants(module: str, ways: Iterable[str] = WAYS, sample: int | None = None) -> list[Mutant]:
    """Every comparison of a module, or so many evenly spaced ones, spoiled in each way; a rule is muted but once."""
    rule = _rule(module)
    muted = [Mutant(module, 0, MUTE, 0, rule.name)] if MUTE in ways and rule is not None else []
    ways = [way for way in ways if way != MUTE]
    places = list(enumerate(_comparisons(_tree(module))))
    if sample is not None and len(places) > sample:
        places = [places[number * len(places) // sample] for number in range(sample)]
    spoiled = (Mutant(module, place, way, node.lineno, ast.unparse(node)) for place, node in places for way in ways)
    return [*muted, *spoiled]


def unnoticed(every: Sequence[Mutant], jobs: int = 1, tell: Callable[[Mutant], None] = print) -> list[Mutant]:
    """The mutants with which all tests of their rules pass; ``tell`` hears of each at once."""
    trial = _Trial(every, jobs, tell)
    sys.path.insert(0, str(TESTS))
    quiet = ["-s", "-o", "addopts=", "-p", "no:terminal", "-p", "no:cacheprovider", "-p", "no:xdist"]
    paths = [str(TESTS / "rules"), str(TESTS / "test_rule_pages.py")]
    code = pytest.main([*quiet, "-c", str(ROOT / "setup.cfg"), *paths], plugins=[trial])
    if code != 0 or not trial.ran:
        raise SystemExit("the tests of the rules could not be collected")
    return trial.missed


class _Trial:
    """Takes the place of pytest's loop over the tests."""

    def __init__(self, every: Sequence[Mutant], jobs: int, tell: Callable[[Mutant], None]) -> None:
        self._every, self._jobs, self._tell = every, jobs, tell
        self._running: dict[int, Mutant] = {}
        self.missed: list[Mutant] = []
        self.ran = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.freeze()  # what is there already is shared by all forks as long as nobody touches it
        for mutant in self._every:
            if len(self._running) >= self._jobs:
                self._wait()
            items = _tests_of(mutant.module, session.items)
            assert items, f"{mutant.module} has no tests"
            child = os.fork()
            if child == 0:
                _try(mutant, items)
            self._running[child] = mutant
        while self._running:
            self._wait()
        self.ran = True
        return True

    def _wait(self) -> None:
        child, status = os.wait()
        mutant = self._running.pop(child)
        if status == 0:
            self.missed.append(mutant)
            self._tell(mutant)


def _tests_of(module: str, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """A rule's own tests and those of its page; all tests of rules for what rules share."""
    rule = _rule(module)
    if rule is None:
        return [item for item in items if item.path.parent.name == "rules"]
    own = f"test_{module.removeprefix('rules.')}.py"
    return [item for item in items if item.path.name == own or f"[{rule.code}]" in item.name]


def _try(mutant: Mutant, items: Sequence[pytest.Item]) -> None:
    """Ends the process: with 0 where all tests pass."""
    signal.alarm(LONGEST)
    code = 1
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        _spoil(mutant)
        code = 0
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if item.session.testsfailed:
                code = 1
                break
    finally:
        os._exit(code)


def _spoil(mutant: Mutant) -> None:
    """Gives the functions of the module the code of the spoiled one, and forgets what they computed before."""
    module = _module(mutant.module)
    if mutant.way == MUTE:
        cast(FunctionType, module.RULE.check).__code__ = _silent.__code__
        return
    tree = _tree(mutant.module)
    spoiled = _Spoiled(_comparisons(tree)[mutant.place], mutant.way).visit(tree)
    code = compile(ast.fix_missing_locations(spoiled), str(module.__file__), "exec", dont_inherit=True)
    new = {(one.co_qualname, one.co_firstlineno): one for one in _codes(code)}
    gc.unfreeze()
    for found in gc.get_objects():
        if isinstance(found, FunctionType) and found.__globals__ is module.__dict__:
            old = found.__code__
            found.__code__ = new.get((old.co_qualname, old.co_firstlineno), old)
    for value in vars(module).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()


def _silent(book: Book) -> Iterator[Verdict]:
    from xlaudit.rules.base import MADE  # it runs in the place of a function of another module

    yield MADE


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


class _Spoiled(ast.NodeTransformer):
    """Changes the one comparison. It is still made, so that its function keeps all the variables that it had."""

    def __init__(self, wanted: ast.Compare, way: str) -> None:
        self._wanted, self._way = wanted, way

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if node is not self._wanted:
            return node
        new: dict[str, ast.expr] = {
            "invert": ast.UnaryOp(ast.Not(), node),
            "true": ast.BoolOp(ast.Or(), [node, ast.Constant(True)]),
            "false": ast.BoolOp(ast.And(), [node, ast.Constant(False)]),
            KEEP: node,
        }
        return ast.copy_location(new[self._way], node)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"xlaudit.{name}")


def _rule(name: str) -> Rule | None:
    found = getattr(_module(name), "RULE", None)
    return found if isinstance(found, Rule) else None


def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text("utf-8"))


def _comparisons(tree: ast.Module) -> list[ast.Compare]:
    """Those within functions, from the top."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda))
    found = {id(node): node for one in functions for node in ast.walk(one) if isinstance(node, ast.Compare)}
    return sorted(found.values(), key=lambda node: (node.lineno, node.col_offset))


def main(arguments: list[str]) -> int:
    """Spoils, runs, prints; 1 where something went unnoticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--sample", type=int)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    modules = options.modules or (*rule_modules(), *(() if options.rules else SHARED))
    ways = options.ways.split(",")
    every = {module: mutants(module, ways, options.sample) for module in modules}
    missed = unnoticed(
        [one for module in modules for one in every[module]], options.jobs, lambda one: print(one, flush=True)
    )
    rows = []
    for module in modules:
        left = sum(one.module == module for one in missed)
        rows.append([module, str(len(every[module])), share(len(every[module]) - left, len(every[module]))])
    print_table(["rule", "mutants", "noticed"], rows)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
