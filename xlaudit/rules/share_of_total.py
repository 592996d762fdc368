"""Bagian dari total sama dengan pagu dibagi total.

Yang diperiksa: kolom persentase dari total dibandingkan dengan pagu ÷ total × 100. Totalnya baris jumlah
tabel itu; bila tidak ada, jumlah semua barisnya, atau total di luar tabel yang sama bagi sebagian besar
baris (daftar yang tidak lengkap tidak perlu berjumlah 100).
Mengapa penting: bagian anggaran menunjukkan sasaran mana yang diutamakan; bagian yang keliru menyesatkan
pembacanya.
Toleransi: setengah angka terakhir yang tercetak; persentase yang dipotong juga diterima. Bila totalnya di
luar tabel, temuannya hanya peringatan.
Sumber: praktik pelaporan.

Salah:
    Alokasi Anggaran per Sasaran Tahun 2024
    | Sasaran                  | Anggaran (Rp) | % Anggaran dari Total |
    | Meningkatnya layanan     | 534.200.000   | 73,91 *               |
    | Meningkatnya kesiapan    | 102.400.000   | 13,99                 |
    | Meningkatnya tata kelola | 95.300.000    | 13,02                 |
    | Jumlah                   | 731.900.000   | 100,00                |
Benar:
    Alokasi Anggaran per Sasaran Tahun 2024
    | Sasaran                  | Anggaran (Rp) | % Anggaran dari Total |
    | Meningkatnya layanan     | 534.200.000   | 72,99                 |
    | Meningkatnya kesiapan    | 102.400.000   | 13,99                 |
    | Meningkatnya tata kelola | 95.300.000    | 13,02                 |
    | Jumlah                   | 731.900.000   | 100,00                |

English
A share of the total is the pagu divided by the total.

What is checked: a column of shares is compared with pagu ÷ total × 100. The total is the table's row of
totals; where it has none, the sum of its rows, or a total outside of the table that is the same for most
rows (a list that is not complete need not add up to 100).
Why it matters: the shares show which sasaran come first; a wrong one misleads its readers.
Tolerance: half of the last digit printed; a percentage that was cut off is accepted, too. Where the total
stands outside of the table it is a warning only.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from xlaudit.amounts import Interval, quotient, ratio_meets
from xlaudit.constraints import item_rows
from xlaudit.findings import Severity, plain
from xlaudit.relations import HUNDRED, ZERO, Mode, Relation, Term, places_of, spread, term, total_rows
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Skip, Verdict, label_of
from xlaudit.showing import amount, shown_as
from xlaudit.tables import Column, Measure, State, Table
from xlaudit.texts import Text

CODE = "RA108"
_MESSAGE = Text("The share states {stated}, but pagu ÷ total × 100 = {computed}.")
_OF_SUM = Text("The share states {stated}, but pagu ÷ the sum of all rows ({total}) × 100 = {computed}.")
_OF_OTHERS = Text(
    "The share states {stated}, but by {n} other rows the total is about {total}, which makes it {computed}."
)
_ADVICE = Text("Compute pagu ÷ total × 100 again, with the same total in all rows.")
_NO_TOTAL = Text("the total that this column uses cannot be told from its figures")
_FEWEST = 3


class _Share(NamedTuple):
    """A share with the amount it is the share of."""

    share: Term
    part: Term


def check(book: Book) -> Iterator[Verdict]:
    """Compares every share of a total with the total that its column uses."""
    for table in book.tables:
        for column in table.by_role("persen_dari_total"):
            amounts = [c for role in ("pagu", "jumlah", "realisasi") for c in table.wholes(role)]
            amounts = [c for c in amounts if c.measure is Measure.AMOUNT]
            if amounts:
                yield from _column(book, table, column, amounts[0])


def _column(book: Book, table: Table, column: Column, part: Column) -> Iterator[Verdict]:
    shares = [_Share(term(table, column, row), term(table, part, row)) for row in item_rows(table)]
    shares = [s for s in shares if s.share.figure.filled and s.part.figure.filled]
    if not shares:
        return
    mode = book.mode(table)
    total = next((row for row in reversed(total_rows(table)) if row.figures[part.name].state is State.NUMBER), None)
    if total is not None:
        relations = [_relation(one, term(table, part, total)) for one in shares]
        own = total.figures[column.name]
        if own.filled:
            whole = term(table, part, total)
            relations.append(_relation(_Share(term(table, column, total), whole), whole))
        agree = [_meets(one, Interval.point(total.figures[part.name].amount), mode) for one in shares]
        if sum(agree) * 2 >= len(agree):
            for relation in relations:
                verdict = judge(relation, mode, _MESSAGE, _ADVICE)
                if verdict is not None:
                    yield verdict
            return
    yield from _without_total(table, column, shares, mode)


def _relation(one: _Share, total: Term) -> Relation:
    return Relation(CODE, one.share, (one.part,), total, HUNDRED)


def _meets(one: _Share, total: Interval, mode: Mode) -> bool:
    """Whether a share is that of its amount in a total."""
    part = Interval.point(one.part.figure.amount)
    return any(ratio_meets(spread(one.share, mode, stored), part, total, HUNDRED) is True for stored in (True, False))


def _without_total(table: Table, column: Column, shares: Sequence[_Share], mode: Mode) -> Iterator[Verdict]:
    """The shares against the sum of all rows, or against the total that most of them have in common."""
    top = [one for one in shares if one.part.row.depth == 0]
    total = sum((one.part.figure.amount for one in top), ZERO)
    off = [one for one in shares if not _meets(one, Interval.point(total), mode)]
    if total and len(off) * 2 <= len(shares):
        yield from (MADE for _ in range(len(shares) - len(off)))
        yield from (_flag(one, total, _OF_SUM, Severity.ERROR, len(top)) for one in off)
        return
    found = _common(shares, mode)
    if found is None:
        yield Skip(table, shares[0].share.figure.cell, _NO_TOTAL)
        return
    total, agreeing = found
    for one in shares:
        yield MADE if one in agreeing else _flag(one, total, _OF_OTHERS, Severity.WARNING, len(agreeing))


def _common(shares: Sequence[_Share], mode: Mode) -> tuple[Decimal, list[_Share]] | None:
    """The total that most of the shares have in common, from the finest of them; None where there is none."""
    best: list[_Share] = []
    found = ZERO
    for one in shares:
        if not one.share.figure.amount:
            continue
        total = quotient(one.part.figure.amount * HUNDRED, one.share.figure.amount, 0)
        room = _totals(one, mode)
        agreeing = [other for other in shares if room is not None and _meets(other, room, mode)]
        if len(agreeing) > len(best):
            best, found = agreeing, total
    return (found, best) if len(best) >= _FEWEST and len(best) * 3 >= len(shares) * 2 else None


def _totals(one: _Share, mode: Mode) -> Interval | None:
    """The totals of which a share can be one, None where it is so small that any would do."""
    reach = spread(one.share, mode, stored=True)
    if reach.low <= 0:
        return None
    part = one.part.figure.amount * HUNDRED
    return Interval(quotient(part, reach.high, 0), quotient(part, reach.low, 0))


def _flag(one: _Share, total: Decimal, wording: Text, severity: Severity, count: int) -> Flag:
    figure = one.share.figure
    right = quotient(one.part.figure.amount * HUNDRED, total, max(places_of(figure), 0))
    facts = {"stated": shown_as(one.share, figure.amount), "computed": shown_as(one.share, right)}
    return Flag(
        one.share.table,
        figure.cell,
        label_of(one.share.table, one.share.row, figure),
        wording.fill(total=amount(total), n=count, **facts),
        severity=severity,
        stated=plain(figure.amount),
        computed=plain(right),
        difference=figure.amount - right,
        because=((one.part.table, one.part.figure.cell),),
        advice=_ADVICE,
    )


RULE = Rule(
    CODE,
    "share-of-total",
    Text("A share of the total does not agree"),
    Severity.ERROR,
    check,
)
