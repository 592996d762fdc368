"""The relations of a table, run once: what holds at sight is only counted, what does not is a relation to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator

from xlaudit.constraints import (
    ACHIEVEMENT,
    NET_WORDS,
    PROGRESS,
    ColumnFormula,
    Fitted,
    Plan,
    Portions,
    Way,
    achievements,
    changes,
    differences,
    efficiency,
    efficiency_formulas,
    is_net_name,
    lone_ratios,
    lower_is_better,
    parent_sum,
    parents,
    plans,
    portions,
    progress,
    quarters,
    remainders,
    shares,
    totals,
    year_changes,
)
from xlaudit.constraints.formula import CUT_OFF_ONLY, ROUNDED_ONLY, Fit
from xlaudit.conventions import UNSAID, Conventions
from xlaudit.declared import DECLARED, Declarations, DeclaredFormula, declarations, is_excused
from xlaudit.means import means
from xlaudit.properties import cached_property
from xlaudit.relations import Holds, Mode, Relation, amount_columns, holds
from xlaudit.schemas.words import fold_all
from xlaudit.sight import Checked, Fits, both_ways, linear, places_of, ratios, sums_off
from xlaudit.tables import Column, Row, Table


class TableChecks:
    """The relations of one table, checked once and kept."""

    def __init__(self, table: Table, conventions: Conventions = UNSAID) -> None:
        self.table = table
        self.conventions = conventions
        self._named: dict[str, bool] = {}

    @cached_property
    def names(self) -> list[str]:
        """The names of the table's rows as words are compared (``fold``), in their order."""
        known = self.table.known_folded
        return fold_all(self.table.labels) if known is None else known

    @cached_property
    def all_names(self) -> str:
        """These names, a line each."""
        return "\n".join(self.names)

    def is_named(self, word: str) -> bool:
        """Whether the name of any row has a word, or part of a word, in it."""
        if word not in self._named:
            self._named[word] = word in self.all_names
        return self._named[word]

    def folded(self, column: str) -> list[str]:
        """The texts of a column as words are compared, in the order of the rows."""
        texts = self.table.texts(column)
        return self.names if texts == self.table.labels else fold_all(texts)

    @cached_property
    def sums(self) -> Checked:
        held = 0
        left: list[Relation] = []
        net = [place for place in self._parents if is_net_name(self.names[place])] if self._has_nets else []
        for column in amount_columns(self.table):
            doubtful = sorted({*sums_off(self.table, column, self._parents), *net})
            held += len(self._parents) - len(doubtful)
            relations = (self._sum_of(column, self.table.rows[place]) for place in doubtful)
            left += (relation for relation in relations if relation is not None)
        return Checked(held, tuple(left))

    @property
    def _has_nets(self) -> bool:
        return any(map(self.is_named, NET_WORDS))

    @cached_property
    def totals(self) -> Checked:
        open_ways = [way for way in self._totals if not way.surely]
        return Checked(len(self._totals) - len(open_ways), tuple(way.relation() for way in open_ways))

    @cached_property
    def _totals(self) -> tuple[Way, ...]:
        return tuple(totals(self.table))

    @cached_property
    def remainders(self) -> Checked:
        return linear(self._remainders)

    @cached_property
    def changes(self) -> Checked:
        return linear(self._changes)

    @cached_property
    def quarters(self) -> Checked:
        return linear(self._quarters)

    @cached_property
    def efficiency(self) -> tuple[Relation, ...]:
        """Efisiensi in the form that the table uses."""
        found = efficiency(self.table, self.printed, self.conventions.efficiency)
        return tuple(r for r in found if r.target.column.name not in self.declarations.decided)

    @cached_property
    def declared(self) -> Checked:
        """What the table itself declares of its columns; what only a usual exception explains counts as held."""
        plain = [f.plain for f in self.declarations.followed if f.plain is not None]
        sums = linear(formula for formula in plain if formula.divisor is None)
        shared = ratios(self._declared_shares, self._declared_fits, self.printed)
        held, left = sums.held + shared.held, [*sums.open, *shared.open]
        for formula in self.declarations.followed:
            if formula.plain is None:
                left += map(formula.relation, formula.rows)
        wrong = tuple(relation for relation in left if not is_excused(relation, self.conventions.caps))
        return Checked(held + len(left) - len(wrong), wrong)

    @cached_property
    def declarations(self) -> Declarations:
        """What the header declares, and whether the figures follow it."""
        table = self.table
        if not table.declared:
            return Declarations()
        usual = [*shares(table), *achievements(table), *remainders(table), *changes(table), *quarters(table)]
        return declarations(table, usual, frozenset(efficiency_formulas(table)))

    @cached_property
    def over_years(self) -> tuple[Fitted, ...]:
        """Progress towards the end of the plan and changes between years, in the forms that the table uses."""
        decided = self.declarations.decided
        found = (*progress(self.table, self.conventions.progress), *year_changes(self.table))
        return tuple(fitted for fitted in found if fitted.formula.target.name not in decided)

    @cached_property
    def portions(self) -> tuple[Portions, ...]:
        """The percentages of a total, each column with the total that it goes by."""
        return tuple(portions(self.table, self.printed))

    @cached_property
    def plans(self) -> tuple[Plan, ...]:
        """Targets and budgets of a year's parts against those of the year."""
        decided = self.declarations.decided
        return tuple(plan for plan in plans(self.table) if plan.total.target.column.name not in decided)

    @cached_property
    def plans_add_up(self) -> bool:
        """Whether parts that do not agree with their year are meant to add up: most that do so, do it that way."""
        only_sums = sum(1 for plan in self.plans if plan.adds and not plan.ends)
        return only_sums >= sum(1 for plan in self.plans if plan.ends and not plan.adds)

    def plan_as_meant(self, plan: Plan) -> Relation:
        """The way in which the parts of a year should agree with it."""
        if plan.holds:
            return plan.total if plan.adds else plan.last
        return plan.total if self.plans_add_up else plan.last

    def _undeclared(self, formulas: Iterable[ColumnFormula]) -> tuple[ColumnFormula, ...]:
        """The formulas without those of columns of which the table itself says something else."""
        return tuple(formula for formula in formulas if formula.target.name not in self.declarations.decided)

    def mode_of(self, relation: Relation) -> Mode:
        """How the figures of a relation may have been printed; mixed, the most lenient, where nothing tells."""
        if relation.rule == DECLARED and relation.divisor is None:
            return Mode.MIXED
        return self.printed

    @cached_property
    def shares(self) -> Checked:
        checked = ratios(self._share_formulas, self._share_fits, self.printed)
        return Checked(checked.held, (*checked.open, *self._lone_ratios))

    @cached_property
    def achievements(self) -> Checked:
        return ratios(self._achievement_formulas, self._achievement_fits, self.printed)

    @property
    def compares_percentages(self) -> bool:
        """Whether the table has percentages whose rounding matters."""
        return any(map(any, self._fits))

    @property
    def compares_capaian(self) -> bool:
        """Whether the table has a capaian beside its target and realisasi."""
        return any(formula.rows for formula in self._achievement_formulas)

    @cached_property
    def states_efficiency(self) -> bool:
        """Whether the table has efisiensi beside capaian and serapan, and declares no other way to it."""
        decided = self.declarations.decided
        return any(r.target.column.name not in decided for r in differences(self.table))

    @cached_property
    def beyond_limit(self) -> tuple[Relation, ...]:
        """The capaian that stand above the limit that was settled (RULES K4)."""
        limit = self.conventions.limit
        if limit is None:
            return ()
        declared = (formula for formula in self._declared_shares if formula.target.role == "capaian")
        return tuple(
            formula.relation(row)
            for formula in (*self._achievement_formulas, *declared)
            for row in formula.rows
            if (figure := row.figures[formula.target.name]).filled and figure.amount > limit
        )

    @cached_property
    def _share_formulas(self) -> tuple[ColumnFormula, ...]:
        return self._undeclared(shares(self.table))

    @cached_property
    def _achievement_formulas(self) -> tuple[ColumnFormula, ...]:
        return self._undeclared(achievements(self.table))

    @cached_property
    def _remainders(self) -> tuple[ColumnFormula, ...]:
        return self._undeclared(remainders(self.table))

    @cached_property
    def _changes(self) -> tuple[ColumnFormula, ...]:
        return self._undeclared(changes(self.table))

    @cached_property
    def _quarters(self) -> tuple[ColumnFormula, ...]:
        return self._undeclared(quarters(self.table))

    @cached_property
    def _declared_shares(self) -> tuple[ColumnFormula, ...]:
        plain = [formula.plain for formula in self.declarations.followed]
        return tuple(formula for formula in plain if formula is not None and formula.divisor is not None)

    @cached_property
    def _share_fits(self) -> list[Fits]:
        return [both_ways(formula) for formula in self._share_formulas]

    @cached_property
    def _achievement_fits(self) -> list[Fits]:
        return [both_ways(formula) for formula in self._achievement_formulas]

    @cached_property
    def _declared_fits(self) -> list[Fits]:
        return [both_ways(formula) for formula in self._declared_shares]

    @cached_property
    def printed(self) -> Mode:
        """The way of printing percentages to judge by: mixed, the most lenient, where neither figures nor office tell.

        Where figures fit only another way than the one that was settled, what they show goes first: RO101 tells of
        it once instead of every figure.
        """
        settled = self.conventions.rounding
        only_otherwise = {Mode.ROUNDED: CUT_OFF_ONLY, Mode.TRUNCATED: ROUNDED_ONLY}
        if settled is not None and only_otherwise.get(settled) not in self._fits:
            return settled
        return self.mode or Mode.MIXED

    @cached_property
    def mode(self) -> Mode | None:
        """How the table prints its percentages, from those that only one way explains (RULES T4).

        None where every figure fits both ways or nothing can be told.
        """
        fits = self._fits
        only_rounded = fits[ROUNDED_ONLY]
        only_truncated = fits[CUT_OFF_ONLY]
        if only_truncated and only_rounded:
            return Mode.MIXED
        if only_truncated > 1:
            return Mode.TRUNCATED
        return Mode.ROUNDED if only_rounded else Mode.MIXED if only_truncated else None

    @cached_property
    def _fits(self) -> Counter[Fit]:
        """How many percentages fit in which way."""
        found: Counter[Fit] = Counter()
        for fits in (*self._share_fits, *self._achievement_fits, *self._declared_fits):
            found += fits.times
        return found

    def fitting_only(self, way: Mode) -> tuple[list[Relation], int]:
        """The percentages that fit only as rounded, or only as truncated, and how many percentages there are."""
        wanted = ROUNDED_ONLY if way is Mode.ROUNDED else CUT_OFF_ONLY
        only: list[Relation] = []
        count = 0
        for formulas, fits in (
            (self._share_formulas, self._share_fits),
            (self._achievement_formulas, self._achievement_fits),
            (self._declared_shares, self._declared_fits),
        ):
            for formula, column in zip(formulas, fits, strict=True):
                count += len(column.each)
                places = places_of(column, (wanted,)) if column.times[wanted] else ()
                only += (formula.relation(formula.rows[place]) for place in places)
        return only, count

    def near(self, rows: set[int]) -> Iterator[Relation]:
        """Every relation, holding or not, that has a figure in one of these sheet rows."""
        here = [row for number in sorted(rows) if (row := self.table.row_at(number)) is not None]
        parents = self._parents_near(here)
        for column in amount_columns(self.table) if parents else ():
            for parent in parents:
                relation = self._sum_of(column, parent)
                if relation is not None:
                    yield relation
        yield from (relation() for lines, relation in self._single if not lines.isdisjoint(rows))
        for place, (formula, indexes) in enumerate(self._formulas):
            for row in here:
                if row.index in indexes:
                    yield self._meant(place, formula, row)
        for declared, named in self._declared_rows:
            own = (declared.relation(named[number]) for number in sorted(rows) if number in named)
            yield from (one for one in own if not is_excused(one, self.conventions.caps))

    def everything(self) -> Iterator[Relation]:
        """Every relation of the table."""
        return self.near(set(self.table.numbers))

    @cached_property
    def _single(self) -> list[tuple[frozenset[int], Callable[[], Relation]]]:
        """The relations that stand by themselves, each behind the sheet rows of its figures."""

        def told(relation: Relation) -> tuple[frozenset[int], Callable[[], Relation]]:
            return frozenset(member.figure.row for member in relation.members), lambda: relation

        totals = ((frozenset(way.lines()), way.relation) for way in self._totals)
        return [*totals, *map(told, self._lone_ratios), *map(told, self._loose)]

    @cached_property
    def _loose(self) -> tuple[Relation, ...]:
        """Efisiensi in the form that the table uses, and the means that no other way of taking them explains."""
        mode = self.printed
        wrong = [
            relation
            for relation, others in means(self.table)
            if not any(holds(other, mode) is Holds.YES for other in others)
        ]
        of_totals = (relation for column in self.portions for relation in column.relations)
        return (*self.efficiency, *wrong, *of_totals, *self._off_over_time)

    @cached_property
    def _off_over_time(self) -> tuple[Relation, ...]:
        """Plans and progress that do not hold. Those that do prove nothing: they were computed from what was copied."""
        mode = self.mode or Mode.MIXED
        plans = (self.plan_as_meant(plan) for plan in self.plans if not plan.holds and plan.falls is None)
        years = (self._as_meant(one) for fitted in self.over_years for one in fitted.relations())
        return (*plans, *(one for one in years if holds(one, mode) is Holds.NO))

    def _as_meant(self, relation: Relation) -> Relation:
        """A capaian or progress that only the formula for lower-is-better explains is meant by that formula."""
        if relation.rule not in (ACHIEVEMENT, PROGRESS) or len(relation.terms) != 1 or relation.divisor is None:
            return relation
        mode = self.printed
        if holds(relation, mode) is Holds.NO and holds(lower_is_better(relation), mode) is Holds.YES:
            return lower_is_better(relation)
        return relation

    def _sum_of(self, column: Column, parent: Row) -> Relation | None:
        """The sum of a parent; here and below each is made once, for the search for causes asks again and again."""
        name = column.name, parent.index
        if name not in self._made:
            self._made[name] = parent_sum(self.table, column, parent)
        return self._made[name]

    def _meant(self, place: int, formula: ColumnFormula, row: Row) -> Relation:
        """The relation of a row by the formula at a place of ``_formulas``."""
        relation = self._made.get((place, row.index))
        if relation is None:
            relation = self._made[place, row.index] = self._as_meant(formula.relation(row))
        return relation

    @cached_property
    def _made(self) -> dict[tuple[str | int, int], Relation | None]:
        return {}

    @cached_property
    def _parents(self) -> list[int]:
        """The places of the rows that are the sum of those right below them."""
        return parents(self.table)

    @cached_property
    def _parent_places(self) -> frozenset[int]:
        return frozenset(self._parents)

    def _parents_near(self, rows: Iterable[Row]) -> list[Row]:
        """Those of some rows that are parents, and their parents."""
        near = {place for row in rows for place in (row.index, row.parent) if place is not None}
        return [self.table.rows[place] for place in sorted(near & self._parent_places)]

    @cached_property
    def _lone_ratios(self) -> tuple[Relation, ...]:
        return tuple(lone_ratios(self.table))

    @cached_property
    def _declared_rows(self) -> tuple[tuple[DeclaredFormula, dict[int, Row]], ...]:
        """The declared formulas that the table follows, each with its rows by sheet row."""
        return tuple((formula, {row.number: row for row in formula.rows}) for formula in self.declarations.followed)

    @cached_property
    def _formulas(self) -> tuple[tuple[ColumnFormula, Container[int]], ...]:
        """The column formulas, each with the places of its rows."""
        formulas = (
            *self._share_formulas,
            *self._achievement_formulas,
            *self._remainders,
            *self._changes,
            *self._quarters,
        )
        return tuple((formula, formula.indexes()) for formula in formulas)
