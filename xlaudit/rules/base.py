"""What a rule is, and how rules are found: every module of this package that has a ``RULE``.

A rule stays cheap, for all together must cost less than reading: it goes over the lists that ``Table`` keeps
(``values``, ``labels``, ``rows_of``) rather than over rows, asks first whether there is anything to look for
(``Table.holding``, ``Book.mentions``), takes what is the same for all rows (columns in order, partners, patterns) out
of the loop, asks ``Book.checks`` for relations instead of building them and ``Book.once`` for what another rule has
worked out, tells equal things by dictionary and never compares rows or tables each with each, and looks at a figure's
state before its text. ``benchmarks/phases.py`` names the costliest ones, ``tests/test_growth.py`` those that
grow faster than the workbook.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from types import ModuleType
from typing import NamedTuple, TypeVar, cast

from xlaudit.cells import Cell
from xlaudit.checks import TableChecks
from xlaudit.digest import Digest
from xlaudit.digesting import digest_of
from xlaudit.filled import Template
from xlaudit.findings import Elsewhere, Severity, Slip
from xlaudit.identity import UNKNOWN, Identity
from xlaudit.policy import NO_POLICY, Policy
from xlaudit.relations import Mode, Relation
from xlaudit.scale import Scale
from xlaudit.settings import Settings
from xlaudit.several import Several
from xlaudit.tables import Figure, Row, Table
from xlaudit.texts import Text, same
from xlaudit.workings import Workings

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Book:
    """What rules look at: the tables of one workbook and what it declares.

    ``template`` is None where the workbook is no filled copy of a published template. ``workings`` tell how its
    figures came about, ``identity`` whose workbook it is, ``path`` is that of the file as it was given.
    ``policy`` says what was settled, by the workbook itself and by the office.
    """

    tables: tuple[Table, ...]
    scales: tuple[Scale, ...] = ()
    known: dict[str, TableChecks] = field(default_factory=dict)
    """The checks of each table, by its id, once they were asked for."""
    found: dict[tuple[str, str], object] = field(default_factory=dict)
    """What was asked for by ``once``."""
    template: Template | None = None
    workings: Workings = field(default_factory=Workings)
    identity: Identity = UNKNOWN
    path: str = ""
    policy: Policy = NO_POLICY
    others: tuple[Digest, ...] = ()
    """Earlier workbooks of the same office, the latest first."""
    several: Several = field(init=False, compare=False, repr=False)
    """What several of the tables say of one thing."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "several", Several(self.tables))

    @property
    def settings(self) -> Settings:
        """The settings for this workbook; their ``conventions`` are those in force, the workbook's own first."""
        return self.policy.settings

    def digest(self) -> Digest:
        """The workbook's own digest."""
        several = self.several
        return digest_of(
            self.path, self.identity, self.tables, lambda: (*several.every_indicator, *several.every_budget)
        )

    def checks(self, table: Table) -> TableChecks:
        """What must hold between the figures of a table, and whether it does."""
        found = self.known.get(table.id)
        if found is None:
            found = self.known[table.id] = TableChecks(table, self.settings.conventions)
        return found

    def names(self, table: Table) -> list[str]:
        """The names of a table's rows as words are compared (``fold``), in their order."""
        return self.checks(table).names

    def mentions(self, table: Table, *words: str) -> bool:
        """Whether the name of any row has one of these words, or parts of words, in it.

        Looking through all names at once costs next to nothing; a rule asks before it looks at each.
        """
        checks = self.checks(table)
        return any(map(checks.is_named, words))

    def once(self, what: str, table: Table, find: Callable[[], _Found]) -> _Found:
        """What several rules ask of a table: found out for the first of them, and kept."""
        key = (what, table.id)
        if key not in self.found:
            self.found[key] = find()
        return cast(_Found, self.found[key])

    def mode(self, table: Table) -> Mode:
        """How a table prints its percentages; mixed, the most lenient, where nothing tells."""
        return self.checks(table).printed


@dataclass(frozen=True, slots=True)
class Flag:
    """What a rule yields where something is wrong: an address and facts. The engine stamps the rest.

    ``sheet`` is the sheet of the cell where that is not the table's own: a fault outside of all tables is told
    with the table that is nearest to it. ``slip`` is given where the finding itself shows what went wrong in its cell.
    """

    table: Table
    cell: Cell
    label: Text
    message: Text
    severity: Severity | None = None
    stated: str | None = None
    computed: str | None = None
    difference: Decimal | None = None
    because: tuple[tuple[Table, Cell], ...] = ()
    advice: Text | None = None
    live: str | None = None
    relation: Relation | None = None
    sheet: str | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """What a rule yields where it cannot judge: the address and the reason."""

    table: Table
    cell: Cell
    reason: Text
    relation: Relation | None = None


class Made(NamedTuple):
    """Yielded for comparisons that were made and held."""

    times: int = 1


MADE = Made()
Verdict = Flag | Skip | Made
Check = Callable[[Book], Iterable[Verdict]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``check`` is a pure generator over the workbook's tables; ``page`` is the module's docstring.

    ``package`` names the distribution that it comes from, with its version; empty for our own.
    """

    code: str
    name: str
    title: Text
    severity: Severity
    check: Check
    page: str = ""
    package: str = ""


def label_of(table: Table, row: Row, figure: Figure) -> Text:
    """``PROGRAM REHABILITASI SOSIAL · Pagu``: the row's name and the column's heading."""
    heading = ""
    for column in table.columns.values():
        if column.column == figure.column:
            heading = column.header.rpartition(" · ")[2]
            break
    name = row.label or row.code or f"baris {row.number}"
    return same(f"{name} · {heading}")


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by code, those of other packages behind ours."""
    from xlaudit.rules.own import own_rules

    return (*built_in(), *own_rules().rules)


@lru_cache(maxsize=1)
def built_in() -> tuple[Rule, ...]:
    """Our own rules, by code. ``RuntimeError`` where two modules claim the same code: our own mistake."""
    package = importlib.import_module("xlaudit.rules")
    rules: dict[str, Rule] = {}
    for name in _rule_modules(package):
        module = importlib.import_module(f"xlaudit.rules.{name}")
        rule = getattr(module, "RULE", None)
        if not isinstance(rule, Rule):
            continue
        if rule.code in rules:
            raise RuntimeError(f"two rules have the code {rule.code}")
        rules[rule.code] = Rule(rule.code, rule.name, rule.title, rule.severity, rule.check, module.__doc__ or "")
    return tuple(rules[code] for code in sorted(rules))


def _rule_modules(package: ModuleType) -> Iterator[str]:
    for found in pkgutil.iter_modules(package.__path__):
        if not found.name.startswith("_") and found.name != "base":
            yield found.name
