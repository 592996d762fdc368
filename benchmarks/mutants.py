"""Spoils the rules one comparison at a time and runs their tests: what nobody notices is a gap in the tests.

    python benchmarks/mutants.py [MODULE ...] [--ways invert,true,false] [--jobs N]

A module is named as Python names it below ``xlaudit``: ``rules.over_budget``, ``checks``; without names all rules and
what they share are spoiled. Each comparison (``a < b``, ``x in y``) is turned round, or taken for true, or for false,
in a process of its own that then runs the rule's tests; what rules share is tried with the tests of all rules.
Nothing is written to the source. A line is printed for each comparison whose spoiling went unnoticed.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from printing import print_table, share

import xlaudit
from xlaudit.rules.base import Rule, all_rules, built_in

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(xlaudit.__file__).parent
TESTS = ROOT / "tests"
SHARED = ("rules._flags", "rules._template", "checks", "relations", "declared", "means", "agreement", "crosswalk")
"""What more than one rule compares with."""
WAYS = ("invert", "true", "false")
LONGEST = 120
"""Seconds for the tests of a spoiled rule; one that never ends is noticed."""


@dataclass(frozen=True)
class Mutant:
    """A comparison of a module, counted from the top, and what is done to it."""

    module: str
    place: int
    way: str
    line: int
    text: str


def rule_modules() -> list[str]:
    """The modules that hold a rule, in order."""
    found = sorted(f"rules.{path.stem}" for path in (PACKAGE / "rules").glob("[a-z]*.py"))
    return [name for name in found if _rule(name) is not None]


def mutants(module: str, ways: Iterable[str] = WAYS) -> Iterator[Mutant]:
    """Every comparison of a rule's module, spoiled in each way."""
    for place, node in enumerate(_comparisons(_tree(module))):
        for way in ways:
            yield Mutant(module, place, way, node.lineno, ast.unparse(node))


def warm_up() -> None:
    """Loads all that the tests of rules load, so that each process after this one begins with it."""
    sys.path.insert(0, str(TESTS))
    importlib.import_module("draw").book("| No | Program | Pagu |\n| 1 | A | 1 |")
    importlib.import_module("hypothesis")
    all_rules()


def noticed(mutant: Mutant) -> bool:
    """Whether the tests of the rule fail with it; in a process of its own, so that nothing is left behind."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST)
        code = 1
        try:
            code = _run(mutant)
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1] != 0


def _run(mutant: Mutant) -> int:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    module = _module(mutant.module)
    tree = _tree(mutant.module)
    spoiled = _Spoiled(_comparisons(tree)[mutant.place], mutant.way).visit(tree)
    exec(compile(ast.fix_missing_locations(spoiled), str(module.__file__), "exec"), module.__dict__)
    all_rules.cache_clear()
    built_in.cache_clear()
    rule = _rule(mutant.module)
    own = TESTS / "rules" / f"test_{mutant.module.removeprefix('rules.')}.py"
    quiet = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-c", str(ROOT / "setup.cfg")]
    code = pytest.main([*quiet, str(own if rule is not None else TESTS / "rules")])
    if code == 0:
        code = pytest.main([*quiet, str(TESTS / "test_rule_pages.py"), "-k", "" if rule is None else rule.code])
    return int(code)


class _Spoiled(ast.NodeTransformer):
    """Changes the one comparison."""

    def __init__(self, wanted: ast.Compare, way: str) -> None:
        self._wanted, self._way = wanted, way

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if node is not self._wanted:
            return node
        new: ast.expr = ast.UnaryOp(ast.Not(), node)
        if self._way != "invert":
            new = ast.Constant(self._way == "true")
        return ast.copy_location(new, node)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"xlaudit.{name}")


def _rule(name: str) -> Rule | None:
    found = getattr(_module(name), "RULE", None)
    return found if isinstance(found, Rule) else None


def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module.replace('.', '/')}.py").read_text("utf-8"))


def _comparisons(tree: ast.Module) -> list[ast.Compare]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]


def main(arguments: list[str]) -> int:
    """Spoils, runs, prints; 1 where something went unnoticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE")
    parser.add_argument("--ways", default=",".join(WAYS))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    warm_up()
    rows, unnoticed = [], []
    with ThreadPoolExecutor(options.jobs) as pool:
        for module in options.modules or (*rule_modules(), *SHARED):
            every = list(mutants(module, options.ways.split(",")))
            missed = [one for one, seen in zip(every, pool.map(noticed, every), strict=True) if not seen]
            unnoticed += missed
            rows.append([module, str(len(every)), share(len(every) - len(missed), len(every))])
            for one in missed:
                print(f"{module}:{one.line}: {one.way}: {one.text}", flush=True)
    print_table(["rule", "mutants", "noticed"], rows)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
