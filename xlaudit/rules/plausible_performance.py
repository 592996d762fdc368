"""Target, realisasi, dan capaian masuk akal menurut satuannya.

Yang diperiksa: capaian di atas 200 % atau di bawah 0 %; target atau realisasi indikator persentase di atas
100 % (kecuali persentase yang memang dapat melebihi 100, seperti pertumbuhan, kenaikan, atau capaian); target
dan realisasi yang ditulis dengan satuan berbeda.
Mengapa penting: capaian yang luar biasa biasanya berarti target terlalu rendah, angka salah satuan, atau
salah ketik; pemeriksa pasti menanyakannya.
Toleransi: batasnya 200, 0, dan 100 persen; tepat pada batas tidak dipersoalkan. Batas atasnya dapat diubah
dengan plausibility.capaian_above dan plausibility.percent_above dalam xlaudit.toml. Temuannya peringatan:
angkanya dapat saja benar, tetapi perlu penjelasan.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Sasaran               | Indikator                 | Satuan | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan  | Jumlah PPKS terlayani     | orang  | 20     | 90        | 450,00 *    |
    | Meningkatnya kesiapan | Persentase desa tangguh   | %      | 80     | 104 *     | 130,00      |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Sasaran               | Indikator                 | Satuan | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan  | Jumlah PPKS terlayani     | orang  | 80     | 90        | 112,50      |
    | Meningkatnya kesiapan | Persentase desa tangguh   | %      | 80     | 84        | 105,00      |

English
Target, realisasi and capaian are plausible for what they measure.

What is checked: a capaian above 200 % or below 0 %; a target or realisasi above 100 % of an indicator that is
a percentage (save those that may well be, such as growth, increase or capaian); target and realisasi that
are written in different units.
Why it matters: an extraordinary capaian mostly means that the target was too low, a figure stands in another
unit or was mistyped; a reviewer is sure to ask.
Tolerance: the bounds are 200, 0 and 100 percent; what is right on them is left alone. The upper ones can be
changed by plausibility.capaian_above and plausibility.percent_above in xlaudit.toml. It is a warning: the
figure may be right, but needs to be explained.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.constraints import achievements, is_percentage, item_rows
from xlaudit.findings import Severity, plain
from xlaudit.patterns import pattern
from xlaudit.relations import ZERO, Term, partner
from xlaudit.rules._live import worth
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.schemas.words import fold
from xlaudit.settings import Plausibility
from xlaudit.showing import shown_as
from xlaudit.tables import Column, Figure, Table
from xlaudit.texts import Text

_MAY_EXCEED = pattern(
    r"pertumbuhan|pertambahan|peningkatan|kenaikan|perkembangan|capaian|pencapaian|realisasi|laju|rasio|"
    r"dibanding|terhadap target|swasembada|kecukupan|ketersediaan|perubahan"
)
_UNIT = pattern(r"[^\W\d_]+|%")
_HIGH = Text(
    "A capaian of {stated} is beyond {bound}; perhaps the target is too low or a figure stands in another unit."
)
_NEGATIVE = Text("A capaian of {stated} is below zero; capaian is hardly ever negative.")
_OVER = Text("This indicator is a percentage, but its figure is {stated}, more than {bound}.")
_UNITS = Text("The realisasi is written in “{one}”, but its target in “{two}”.")
_EXPLAIN = Text("Check target and realisasi; if they are right, explain the cause in the report.")
_SAME_UNIT = Text("Use one unit for target and realisasi.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks for what is beyond all expectation in the columns of performance."""
    bounds = book.settings.plausibility
    for table in book.tables:
        for formula in achievements(table):
            for row in formula.rows:
                if row.figures[formula.target.name].filled:
                    yield _achieved(Term(table, formula.target, row, row.figures[formula.target.name]), bounds)
        for column in (*table.by_role("target"), *table.by_role("realisasi_kinerja")):
            yield from _percentages(table, column, bounds)
        for column in table.by_role("realisasi_kinerja"):
            goal = partner(table, column, "target")
            if goal is not None:
                yield from _units(table, column, goal)


def _achieved(here: Term, bounds: Plausibility) -> Verdict:
    if ZERO <= here.figure.amount <= bounds.capaian_above:
        return MADE
    return _flag(here, _NEGATIVE if here.figure.amount < 0 else _HIGH, bounds.capaian_above)


def _percentages(table: Table, column: Column, bounds: Plausibility) -> Iterator[Verdict]:
    for row in item_rows(table):
        figure = row.figures[column.name]
        if not figure.filled or not is_percentage(row, figure):
            continue
        if _MAY_EXCEED.search(fold(f"{row.texts.get('indikator', '')} {row.label}")):
            continue
        highest = bounds.percent_above
        yield MADE if figure.amount <= highest else _flag(Term(table, column, row, figure), _OVER, highest)


def _units(table: Table, column: Column, goal: Column) -> Iterator[Verdict]:
    for row in item_rows(table):
        reached, target = row.figures[column.name], row.figures[goal.name]
        one, two = _unit(reached), _unit(target)
        if not one or not two:
            continue
        if one == two:
            yield MADE
            continue
        facts = {"one": reached.suffix.strip() or "%", "two": target.suffix.strip() or "%"}
        yield Flag(
            table,
            reached.cell,
            label_of(table, row, reached),
            _UNITS.fill(**facts),
            stated=facts["one"],
            computed=facts["two"],
            because=((table, target.cell),),
            advice=_SAME_UNIT,
        )


def _unit(figure: Figure) -> str:
    """The unit that is written behind a figure, ``%`` for all words of percentages; empty for none."""
    if figure.percent_sign and not figure.suffix.strip(" %"):
        return "%" if figure.as_text else ""
    if not figure.filled or "(" in figure.suffix:
        return ""
    found = _UNIT.findall(fold(figure.suffix))
    return "%" if found and found[0] in ("persen", "persentase", "%") else " ".join(found)


def _flag(here: Term, wording: Text, bound: Decimal) -> Flag:
    stated = here.figure.amount
    return Flag(
        here.table,
        here.figure.cell,
        label_of(here.table, here.row, here.figure),
        wording.fill(stated=shown_as(here, stated), bound=shown_as(here, bound)),
        stated=plain(stated),
        live=None if here.figure.as_text else f"{worth(here.figure)}{'<0' if stated < 0 else f'>{plain(bound)}'}",
        advice=_EXPLAIN,
    )


RULE = Rule(
    "KI112",
    "plausible-performance",
    Text("A performance figure is implausible"),
    Severity.WARNING,
    check,
)
