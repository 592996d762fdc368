"""What several tables of a workbook say of one thing, looked up once: for the rules, the digest and the diagnosis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlaudit.absorbed import Copied, copied
from xlaudit.agreement import BUDGET, INDICATOR, Odd, equalities, odd_ones
from xlaudit.closing import Closing, closing_totals
from xlaudit.crosswalk import Subject, every_budget, every_indicator, told_often
from xlaudit.properties import cached_property
from xlaudit.relations import Relation
from xlaudit.summaries import Summary, summaries
from xlaudit.tables import Table
from xlaudit.wholes import Compared, compared, equal_wholes

_FEWEST = 2
"""Of fewer tables none says what another one says: most workbooks have just one, so nothing is looked for there."""


class Several:
    """The tables of one workbook, held against one another; everything when it is first asked for, and kept."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._alone = len(tables) < _FEWEST

    @cached_property
    def every_indicator(self) -> list[Subject]:
        """Target, realisasi and capaian of every indicator, by year."""
        return every_indicator(self._tables)

    @cached_property
    def every_budget(self) -> list[Subject]:
        """Pagu and realisasi of every program and kegiatan, by year."""
        return every_budget(self._tables)

    @cached_property
    def indicators(self) -> list[tuple[Subject, list[Odd]]]:
        """Those indicators that several tables print, each with the prints that disagree."""
        subjects = () if self._alone else self.every_indicator
        return [(subject, list(odd_ones(subject))) for subject in subjects if told_often(subject)]

    @cached_property
    def budgets(self) -> list[tuple[Subject, list[Odd]]]:
        """Those programs and kegiatan that several tables print, each with the prints that disagree."""
        subjects = () if self._alone else self.every_budget
        return [(subject, list(odd_ones(subject))) for subject in subjects if told_often(subject)]

    @cached_property
    def copied(self) -> list[Copied]:
        """Every serapan that is printed without its amounts, with these."""
        return copied(self._tables)

    @cached_property
    def wholes(self) -> list[Compared]:
        """Every whole of a budget that several tables print."""
        return [] if self._alone else list(compared(self._tables))

    @cached_property
    def summaries(self) -> list[Summary]:
        """Every mean that is printed apart from the rows it is over."""
        return [] if self._alone else summaries(self._tables)

    @cached_property
    def closing_totals(self) -> list[Closing]:
        """The closing total of every table that has one, column by column."""
        return list(closing_totals(self._tables))

    def relations(self) -> Iterator[Relation]:
        """Every relation between figures of several tables."""
        yield from (one.relations()[0] for one in self.copied)
        yield from equalities(INDICATOR, self.indicators)
        yield from equalities(BUDGET, self.budgets)
        yield from equal_wholes(self.wholes)
        yield from (one.relations[0] for one in self.summaries)
        yield from (one.relation for one in self.closing_totals)
