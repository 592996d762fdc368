"""Rules that other packages add: taken in where they are whole, refused with a sentence where not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.plugins import RULES, Plugin, fault, plugins
from xlaudit.rules.base import Book, Flag, Made, Rule, Skip, Verdict, built_in
from xlaudit.rules.pages import examples, halves
from xlaudit.tables import Table
from xlaudit.texts import Text

_CODE = pattern(r"[A-Z]{3,8}[0-9]{3}")
_NAME = pattern(r"[a-z]+(-[a-z]+)*")
_NO_RULE = Text("it must be a Rule or a list of them, not {type}.")
_WRONG_CODE = Text(
    "the code “{code}” must be three to eight capital letters and three digits, such as OFF101; "
    "codes of two letters are xlaudit's own."
)
_WRONG_NAME = Text("the name “{name}” must be small words with hyphens, such as round-budget.")
_CODE_TAKEN = Text("the code {code} belongs to a rule of {package} already.")
_NAME_TAKEN = Text("the name {name} belongs to a rule of {package} already.")
_WRONG_PARTS = Text("of the rule {code}, title, severity and check must be a Text, a Severity and a function.")
_NO_PAGE = Text("the rule {code} has no page as docs/own-rules.md describes it: {why}.")
_BROKEN = Text("it cannot be used: {why}.")


class OwnRules(NamedTuple):
    """The rules of other packages, by code, and what to tell of those that were left out."""

    rules: tuple[Rule, ...] = ()
    faults: tuple[Text, ...] = ()


@lru_cache(maxsize=1)
def own_rules() -> OwnRules:
    """The rules of other packages; of two that clash the first by the names of the packages is taken."""
    found = plugins(RULES)
    faults = list(found.faults)
    codes = {rule.code: "xlaudit" for rule in built_in()} if found.loaded else {}
    names = {rule.name: "xlaudit" for rule in built_in()} if found.loaded else {}
    rules: dict[str, Rule] = {}
    for plugin in found.loaded:
        try:
            given = _given(plugin)
            why = _why_not(given, codes, names) if isinstance(given, list) else given
        except (Exception, SystemExit) as error:  # noqa: BLE001 - their object, their fault
            why = _BROKEN.fill(why=fault(error))
        if why is not None or not isinstance(given, list):
            faults.append(plugin.refused(why or _BROKEN.fill(why="")))
            continue
        rules |= {rule.code: rule for rule in given}
        codes |= {rule.code: plugin.package for rule in given}
        names |= {rule.name: plugin.package for rule in given}
    return OwnRules(tuple(rules[code] for code in sorted(rules)), tuple(faults))


def _given(plugin: Plugin) -> list[Rule] | Text:
    """The rules of a plug-in with their pages and their package; or why they are none."""
    given = [plugin.value] if isinstance(plugin.value, Rule) else plugin.value
    if not isinstance(given, list | tuple) or not given or not all(isinstance(rule, Rule) for rule in given):
        return _NO_RULE.fill(type=type(plugin.value).__name__)
    return [replace(rule, page=rule.page or _page(rule), package=plugin.package) for rule in given]


def _page(rule: Rule) -> str:
    """The docstring of the module that the check stands in."""
    return sys.modules[rule.check.__module__].__doc__ or "" if callable(rule.check) else ""


def _why_not(given: list[Rule], codes: dict[str, str], names: dict[str, str]) -> Text | None:
    """Why rules are refused, None where they are whole: all of a plug-in are taken or none."""
    codes, names = dict(codes), dict(names)
    for rule in given:
        if not _CODE.fullmatch(rule.code):
            return _WRONG_CODE.fill(code=rule.code)
        if not _NAME.fullmatch(rule.name):
            return _WRONG_NAME.fill(name=rule.name)
        if rule.code in codes:
            return _CODE_TAKEN.fill(code=rule.code, package=codes[rule.code])
        if rule.name in names:
            return _NAME_TAKEN.fill(name=rule.name, package=names[rule.name])
        parts = (isinstance(rule.title, Text), isinstance(rule.severity, Severity), callable(rule.check))
        if not all(parts) or not (rule.title.get("id") and rule.title.get("en")):
            return _WRONG_PARTS.fill(code=rule.code)
        try:
            halves(rule)
            examples(rule)
        except ValueError as error:
            return _NO_PAGE.fill(code=rule.code, why=error)
        codes[rule.code], names[rule.name] = rule.package, rule.package
    return None


def checked(rule: Rule, book: Book) -> Iterator[Verdict]:
    """The verdicts of a rule out of another package, each found whole; ``TypeError`` at the first that is not.

    They take no part in the search for causes, and their highlights are not live: what a foreign relation means, and
    whether a spreadsheet takes a foreign formula, nobody knows.
    """
    for verdict in rule.check(book):
        if isinstance(verdict, Flag):
            _check_flag(verdict, book)
            yield replace(verdict, relation=None, live=None)
        elif isinstance(verdict, Skip):
            _must(_is_place(verdict.table, verdict.cell, book) and _reads(verdict.reason), verdict)
            yield replace(verdict, relation=None)
        else:
            _must(isinstance(verdict, Made) and isinstance(verdict.times, int) and verdict.times >= 0, verdict)
            yield verdict


def _check_flag(flag: Flag, book: Book) -> None:
    _must(_is_place(flag.table, flag.cell, book), flag)
    _must(_reads(flag.label) and _reads(flag.message) and (flag.advice is None or _reads(flag.advice)), flag)
    _must(flag.severity is None or isinstance(flag.severity, Severity), flag)
    _must(all(one is None or isinstance(one, str) for one in (flag.stated, flag.computed)), flag)
    _must(flag.difference is None or (isinstance(flag.difference, Decimal) and flag.difference.is_finite()), flag)
    _must(all(_is_place(table, cell, book) for table, cell in flag.because), flag)
    _must(flag.sheet is None or any(table.sheet == flag.sheet for table in book.tables), flag)


def _is_place(table: object, cell: object, book: Book) -> bool:
    own = isinstance(table, Table) and any(table is one for one in book.tables)
    return own and isinstance(cell, Cell) and 1 <= cell.row <= 1_048_576 and 1 <= cell.column <= 16_384


def _reads(text: object) -> bool:
    return isinstance(text, Text) and all(isinstance(said, str) for said in (text.get("id"), text.get("en")))


def _must(whole: bool, verdict: object) -> None:
    if not whole:
        raise TypeError(f"a verdict is not whole: {str(verdict)[:120]}")
