"""Belanja sama dengan jumlah jenis-jenisnya, dan surplus sama dengan pendapatan dikurangi belanja.

Yang diperiksa: dalam tabel yang memuat pos-pos LRA, apakah belanja operasi, belanja modal, belanja tidak terduga, dan
belanja transfer berjumlah belanja, dan apakah surplus/(defisit) sama dengan pendapatan dikurangi belanja, di setiap
kolom rupiah. Pos dikenali dari kodenya (5.1, 5.2, 5.3, 5.4) atau namanya.
Mengapa penting: pos-pos itu dicocokkan dengan LRA. Belanja yang tidak sama dengan jenis-jenisnya, atau surplus yang
tidak sama dengan selisihnya, berarti ada angka yang salah.
Toleransi: tidak ada untuk rupiah penuh. Belanja yang sudah dijumlahkan sebagai induk dinilai oleh RA101, sebagai baris
jumlah oleh RA102. Tabel dengan pos transfer di luar belanja, atau pos yang sama dua kali, tidak dinilai surplusnya.
Sumber: PP 71/2010 PSAP 02 (susunan pos LRA).

Salah:
    Realisasi APBD Tahun 2024
    | Uraian                | Anggaran (Rp) | Realisasi (Rp) |
    | Pendapatan            | 900000000     | 880000000      |
    | Belanja               | 1000000000    | 910000000      |
    | Surplus/(Defisit)     | -100000000    | -20000000 *    |
Benar:
    Realisasi APBD Tahun 2024
    | Uraian                | Anggaran (Rp) | Realisasi (Rp) |
    | Pendapatan            | 900000000     | 880000000      |
    | Belanja               | 1000000000    | 910000000      |
    | Surplus/(Defisit)     | -100000000    | -30000000      |

English
Belanja is the sum of its kinds, and surplus is pendapatan less belanja.

What is checked: in a table with the posts of an LRA, whether belanja operasi, modal, tidak terduga and transfer add up
to belanja, and whether surplus/(defisit) is pendapatan less belanja, in every column of rupiah. Posts are known by
their codes (5.1, 5.2, 5.3, 5.4) or names.
Why it matters: these posts are held against the LRA. Belanja that is not the sum of its kinds, or a surplus that is not
the difference, means that a figure is wrong.
Tolerance: none for whole rupiah. Belanja that is added up as a parent is judged by RA101, as a total by RA102. Where
transfers stand outside of belanja, or a post stands twice, the surplus is not judged.
Source: PP 71/2010 PSAP 02 (the posts of an LRA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.relations import Relation, amount_columns, term
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Rule, Verdict
from xlaudit.schemas.words import fold
from xlaudit.tables import Column, Level, Row, State, Table
from xlaudit.texts import Text

_CODE = "RA109"
_NUMBER = pattern(r"^([0-9a-z]{1,3}[.)]\s+|[ivx]+\s+)")
_KIND = pattern(r"belanja (operasi|operasional|modal|tidak terduga|tak terduga|transfer)( daerah)?")
_KIND_CODE = pattern(r"5\.0?[1-4]")
_WHOLE = pattern(r"((jumlah|total) )?belanja( daerah)?")
_INCOME = pattern(r"((jumlah|total) )?pendapatan( daerah)?")
_SURPLUS = pattern(r"(jumlah )?surplus\W*(defisit)?\W*")
_POST = pattern("belanja|pendapatan|surplus", re.IGNORECASE)
_FEWEST = 2
_KINDS = Text("Belanja is stated as {stated}, but its {n} kinds add up to {computed}; difference {difference}.")
_REST = Text("Stated {stated}, but pendapatan less belanja = {computed}; difference {difference}.")
_ADVICE = Text("Hold these posts against the LRA and mend the one that is wrong.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at the posts of every table that has some, column by column."""
    for table in book.tables:
        if not book.mentions(table, "belanja", "pendapatan", "surplus"):
            continue
        posts = [row for row in table.rows if _POST.search(row.label)]
        named = [(row, _name(row)) for row in posts]
        wholes = [row for row, name in named if _WHOLE.fullmatch(name)]
        kinds = [row for row, name in named if _is_kind(row, name)]
        incomes = [row for row, name in named if _INCOME.fullmatch(name)]
        rests = [row for row, name in named if _SURPLUS.fullmatch(name)]
        for column in amount_columns(table) if wholes else ():
            relations = [*_of_kinds(table, column, wholes, kinds), *_of_rests(table, column, rests, incomes, wholes)]
            for wording, relation in relations:
                verdict = judge(relation, book.mode(table), wording, _ADVICE)
                if isinstance(verdict, Flag):
                    verdict = replace(verdict, relation=None)  # no other rule knows of it, nor does the diagnosis
                if verdict is not None:
                    yield verdict


def _name(row: Row) -> str:
    return _NUMBER.sub("", fold(row.label))


def _is_kind(row: Row, name: str) -> bool:
    return bool(_KIND.fullmatch(name)) or (name.startswith("belanja") and bool(_KIND_CODE.fullmatch(row.code)))


def _of_kinds(
    table: Table, column: Column, wholes: list[Row], kinds: list[Row]
) -> Iterator[tuple[Text, Relation]]:
    """Belanja = the sum of its kinds, where neither the levels nor a total say so already."""
    if len(wholes) != 1 or len(kinds) < _FEWEST or len({_name(row) for row in kinds}) < len(kinds):
        return
    whole = wholes[0]
    below = set(table.children.get(whole.index, ()))
    depths = {row.depth for row in kinds}
    if whole.level is Level.TOTAL or below & {row.index for row in kinds} or len(depths) > 1:
        return
    if whole.figures[column.name].filled and any(row.figures[column.name].filled for row in kinds):
        parts = [row for row in kinds if row.figures[column.name].state is not State.BLANK]
        yield _KINDS, Relation(_CODE, term(table, column, whole), tuple(term(table, column, row) for row in parts))


def _of_rests(
    table: Table, column: Column, rests: list[Row], incomes: list[Row], wholes: list[Row]
) -> Iterator[tuple[Text, Relation]]:
    """Surplus = pendapatan less belanja, where all three stand once and nothing else is taken away."""
    transfers = any(_name(row).removeprefix("jumlah ").startswith("transfer") for row in table.rows)
    if len(rests) != 1 or transfers:
        return
    rest = rests[0]
    before = [[row for row in rows if row.index != rest.index] for rows in (incomes, wholes)]
    one, two = (_only(column, rows) for rows in before)
    if one is None or two is None or rest.index in table.children or not rest.figures[column.name].filled:
        return
    spent = term(table, column, two, Decimal(-1) if two.figures[column.name].amount > 0 else Decimal(1))
    yield _REST, Relation(_CODE, term(table, column, rest), (term(table, column, one), spent))


def _only(column: Column, rows: list[Row]) -> Row | None:
    """The row of a post; where it stands as a heading and as a sum below, both must say the same."""
    filled = [row for row in rows if row.figures[column.name].filled]
    return filled[-1] if len({row.figures[column.name].value for row in filled}) == 1 else None


RULE = Rule(
    _CODE,
    "belanja-kinds",
    Text("Posts of belanja or surplus do not agree"),
    Severity.ERROR,
    check,
)
