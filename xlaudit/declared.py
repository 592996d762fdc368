"""What the header of a table declares of its columns, as relations between figures (RULES E1).

A declaration counts when the figures follow it; one that hardly any row follows was left standing when columns were
moved, and is told once instead of in every row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm
from typing import NamedTuple

from xlaudit.arithmetic import Product, Quotient, constants_in, has_division, may_be_numbers, names_of, quotient
from xlaudit.constraints import ColumnFormula, Formula, is_capped, lower_is_better
from xlaudit.conventions import CAPS
from xlaudit.relations import HUNDRED, ONE, ZERO, Holds, Mode, Relation, Term, holds, term
from xlaudit.tables import OTHER, Column, Declared, Figure, Level, Measure, Row, State, Table

DECLARED = "RK101"

_ENOUGH = 200
"""So many rows tell whether a table follows what it declares."""
FEW_ROWS = 2
"""So few rows cannot show that a declaration is meant otherwise."""
_SCALED = Fraction(100)
_WITHOUT_ITEMS = (Level.MEAN, Level.NOTE, Level.RATIO)
_NOTHING = (State.BLANK, State.NOT_APPLICABLE, State.TEXT)


class DeclaredFormula(NamedTuple):
    """target = factor · times · (constant + terms with their factors) / (divisor · over), in many rows."""

    declared: Declared
    table: Table
    target: Column
    terms: tuple[tuple[Column, Decimal], ...]
    factor: Decimal
    constant: Decimal
    times: Column | None
    divisor: Column | None
    over: int
    derived: frozenset[str]
    """The columns that came out of divisions: their figures are rounded."""
    rows: tuple[Row, ...] = ()

    @property
    def operands(self) -> tuple[Column, ...]:
        """The columns that the target follows from."""
        return tuple(c for c in (*(column for column, _ in self.terms), self.times, self.divisor) if c is not None)

    @property
    def divides(self) -> bool:
        return self.divisor is not None or self.over != 1

    @property
    def says(self) -> Formula | None:
        """What it says in the form in which the usual formulas are compared, None where it is more than that."""
        if self.times is not None or self.constant or self.over != 1:
            return None
        terms = {column.name: factor * self.factor for column, factor in self.terms}
        return self.target.name, frozenset(terms.items()), None if self.divisor is None else self.divisor.name

    @property
    def plain(self) -> ColumnFormula | None:
        """The same as a usual formula: a sum of rupiah or a percentage; None for all else."""
        if self.says is None:
            return None
        points = {self._counts_as_printed(column) or column.measure is Measure.AMOUNT for column in self.operands}
        if self.divisor is None:
            fits = self.factor == ONE and self.target.measure is Measure.AMOUNT
        else:
            fits = len(self.terms) == 1 and self.terms[0][1] == ONE and self.target.measure is Measure.PERCENT
        if not fits or (self.divisor is not None and points != {True}):
            return None
        point = self.divisor is not None and any(map(self._counts_as_printed, self.operands))
        return ColumnFormula(
            DECLARED, self.table, self.rows, self.target, self.terms, self.divisor, self.factor, point
        )

    def relation(self, row: Row) -> Relation:
        """The relation of one row."""
        target = term(self.table, self.target, row)._replace(divided=self.divides)
        terms = tuple(self._term(column, row, factor) for column, factor in self.terms)
        times = None if self.times is None else self._term(self.times, row)
        divisor = None if self.divisor is None else self._term(self.divisor, row)
        return Relation(DECLARED, target, terms, divisor, self.factor, self.over, self.constant, times)

    def _term(self, column: Column, row: Row, factor: Decimal = ONE) -> Term:
        found = term(self.table, column, row, factor)
        whole = self.divisor is not None or found.figure.unit >= 1
        return found._replace(
            point=whole and self._counts_as_printed(column),
            divided=column.name in self.derived,
        )

    def _counts_as_printed(self, column: Column) -> bool:
        """Targets and what was counted count as printed (RULES K1); what was computed was rounded."""
        return column.measure is Measure.QUANTITY and column.name not in self.derived


class Doubtful(NamedTuple):
    """A declaration that only ``fits`` of the rows follow."""

    formula: DeclaredFormula
    fits: int


class Declarations(NamedTuple):
    """The declarations of a table: those that its figures follow, and those that they hardly do.

    ``fits`` and the number of rows are those of each followed formula, by the name of its target.
    """

    followed: tuple[DeclaredFormula, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    fits: dict[str, int] = {}  # noqa: RUF012 - never changed

    @property
    def decided(self) -> frozenset[str]:
        """The columns of which the table itself says how they follow: the usual formulas step back there."""
        return frozenset(formula.target.name for formula in self.followed)


def declarations(table: Table, usual: Sequence[ColumnFormula], by_fit: frozenset[Formula]) -> Declarations:
    """The declarations of a table, without those that say what the ``usual`` formulas check anyway.

    ``by_fit`` are usual formulas of which the table follows one; which one, only its figures tell.
    """
    followed: dict[str, DeclaredFormula] = {}
    doubtful: list[Doubtful] = []
    fits: dict[str, int] = {}
    derived = _derived(table)
    said_usually = {formula.says for formula in usual}
    for declared in table.declared:
        readings = [(formula, _fits(formula)) for formula in formulas(table, declared, derived)]
        if not readings or declared.target in followed:
            continue
        formula, fitting = max(readings, key=lambda reading: reading[1])
        said = {one.says for one, count in readings if count == fitting}
        enough = min(len(formula.rows), _ENOUGH)
        if said & said_usually or (said & by_fit and (fitting * 2 >= enough or enough <= FEW_ROWS)):
            continue
        rivals = any(name == declared.target for name, _, _ in said_usually | by_fit)
        better = any(_clearly_more(one, fitting) for one in usual if one.target.name == declared.target)
        if not better and _is_followed(declared, fitting, enough, rivals):
            followed[declared.target], fits[declared.target] = formula, fitting
        elif declared.numbered and (fitting or enough > FEW_ROWS):
            doubtful.append(Doubtful(formula, fitting))
    return Declarations(tuple(followed.values()), tuple(doubtful), fits)


def _is_followed(declared: Declared, fitting: int, enough: int, rivals: bool) -> bool:
    """Whether a table means what it declares: half of its rows follow, or there are too few to tell otherwise.

    What was declared without a number may be no arithmetic at all: there more than one row has to follow.
    """
    if not declared.numbered:
        return fitting > 1 and fitting * 2 >= enough
    if fitting or not enough:
        return fitting * 2 >= enough
    return enough <= FEW_ROWS and not rivals


def _clearly_more(usual: ColumnFormula, fitting: int) -> bool:
    """Whether a usual formula fits rows of its column that the declared one does not, and not just one of them."""
    fits = sum(1 for row in usual.rows[:_ENOUGH] if holds(usual.relation(row)) is Holds.YES)
    return fits > fitting + 1


def can_be_checked(table: Table, declared: Declared) -> bool:
    """Whether a declaration can be put as a relation between the figures of a row."""
    return any(True for _ in formulas(table, declared, frozenset()))


def formulas(table: Table, declared: Declared, derived: frozenset[str]) -> Iterator[DeclaredFormula]:
    """The ways in which a declaration can be read: a small number may be a column's or be meant as such.

    The likeliest comes first. A percentage may have been declared without its ``x 100``.
    """
    target = table.columns[declared.target]
    names = names_of(declared.expression)
    always = {place for place, label in enumerate(names) if label not in declared.columns}
    open_places = sorted(may_be_numbers(declared.expression) - always)[:3]
    for count in range(len(open_places) + 1):
        for chosen in combinations(open_places, count):
            found = quotient(declared.expression, frozenset(always | {*chosen}))
            for form in () if found is None else _forms(found, target, _SCALED in constants_in(declared.expression)):
                formula = _formula(table, declared, target, form, derived)
                if formula is not None:
                    yield formula._replace(rows=_rows(formula))


def _forms(found: Quotient, target: Column, scaled: bool) -> Iterator[Quotient]:
    if target.measure is Measure.PERCENT and not scaled and any(found.below):
        yield found._replace(above={product: factor * 100 for product, factor in found.above.items()})
    yield found


def _formula(
    table: Table, declared: Declared, target: Column, form: Quotient, derived: frozenset[str]
) -> DeclaredFormula | None:
    """The formula over the table's columns; None for what has no such form, as a sum for divisor."""
    if len(form.below) != 1 or len(below := next(iter(form.below))) > 1:
        return None
    above, times = _without_common_factor(form.above)
    if not above or any(len(product) > 1 for product in above) or not any(above):
        return None
    over = lcm(*(factor.denominator for factor in above.values()))
    whole = {product: int(factor * over) for product, factor in above.items()}
    common = gcd(*whole.values())
    columns = {label: table.columns[name] for label, name in declared.columns.items()}
    terms = tuple(
        (columns[product[0]], Decimal(factor // common) if factor != common else ONE)
        for product, factor in whole.items()
        if product
    )
    if any(column.name == target.name for column, _ in terms):
        return None
    return DeclaredFormula(
        declared,
        table,
        target,
        terms,
        Decimal(common) if common != 1 else ONE,
        Decimal(whole.get((), 0) // common) if () in whole else ZERO,
        columns[times] if times else None,
        columns[below[0]] if below else None,
        over,
        derived - {target.name},
    )


def _without_common_factor(above: Mapping[Product, Fraction]) -> tuple[Mapping[Product, Fraction], str]:
    """The products without the label that all of them share, where some are products of two; and that label."""
    if all(len(product) < 2 for product in above):
        return above, ""
    shared = set.intersection(*(set(product) for product in above))
    if not shared:
        return {}, ""
    label = min(shared)
    rest: dict[Product, Fraction] = {}
    for product, factor in above.items():
        at = product.index(label)
        rest[product[:at] + product[at + 1 :]] = factor
    return rest, label


def _derived(table: Table) -> frozenset[str]:
    """The columns that are declared to come out of a division."""
    return frozenset(declared.target for declared in table.declared if has_division(declared.expression))


def _rows(formula: DeclaredFormula) -> tuple[Row, ...]:
    """The rows in which target and operands are filled in, and which the formula is meant for."""
    names = [column.name for column in formula.operands]
    amount = formula.target.measure is Measure.AMOUNT
    rows: list[Row] = []
    for row in formula.table.rows:
        if row.level in _WITHOUT_ITEMS:
            continue
        target = row.figures[formula.target.name]
        if target.state in _NOTHING or (target.state is State.NIL and not amount):
            continue
        if any(row.figures[name].state in _NOTHING or row.figures[name].is_bound for name in names):
            continue
        if row.level is not Level.TOTAL or _meant_for_total(formula, row):
            rows.append(row)
    return tuple(rows)


def _meant_for_total(formula: DeclaredFormula, row: Row) -> bool:
    """Rupiah of a total follow as any row's; another figure only where it does, for it may be a sum or a mean."""
    if holds(formula.relation(row)) is Holds.YES:
        return True
    rupiah = all(column.measure is Measure.AMOUNT for column in formula.operands) and formula.times is None
    if not rupiah:
        return False
    return not formula.divides or not _adds_or_averages(formula.table, formula.target, row)


def _adds_or_averages(table: Table, column: Column, total: Row) -> bool:
    """Whether a figure of a total is the sum or the mean of those above it."""
    above = [row.figures[column.name] for row in table.rows if row.index < total.index and row.level is not Level.TOTAL]
    filled = [figure.amount for figure in above if figure.filled]
    stated = total.figures[column.name]
    if not filled or not stated.filled:
        return False
    whole = sum(filled, ZERO)
    return any(abs(stated.amount * count - whole) <= stated.unit * count for count in (1, len(filled)))


def blank_operands(formula: DeclaredFormula) -> Iterator[tuple[Figure, Figure]]:
    """Filled figures of the target that cannot be judged for a blank beside others that are filled: both cells."""
    if len(formula.operands) < 2:
        return
    for row in formula.table.rows:
        if row.level in _WITHOUT_ITEMS or row.level is Level.TOTAL or not row.figures[formula.target.name].filled:
            continue
        figures = [row.figures[column.name] for column in formula.operands]
        blank = [figure for figure in figures if figure.state is State.BLANK]
        if blank and len(blank) < len(figures):
            yield row.figures[formula.target.name], blank[0]


def _fits(formula: DeclaredFormula) -> int:
    return sum(1 for row in formula.rows[:_ENOUGH] if _held(formula.relation(row)))


def _held(relation: Relation) -> bool:
    return holds(relation) in (Holds.YES, Holds.DOUBTFUL) or is_excused(relation)


def is_excused(relation: Relation, caps: Collection[int] = CAPS) -> bool:
    """Whether a declared realisasi / target · 100 is an indicator where lower is better, or was capped (K2, K4)."""
    columns = [member.column for member in relation.members]
    if len(relation.terms) != 1 or relation.divisor is None or relation.times is not None or relation.over != 1:
        return False
    if relation.factor != HUNDRED or columns[0].role not in ("capaian", "tingkat_kemajuan", OTHER):
        return False
    if any(column.measure is Measure.AMOUNT for column in columns):
        return False
    if not all(member.figure.filled for member in relation.members):
        return False
    return is_capped(relation, caps) or holds(lower_is_better(relation), Mode.MIXED) is Holds.YES
