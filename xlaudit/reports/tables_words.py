"""The words in which it is told how tables were read; the text and the HTML page share them."""

from __future__ import annotations

from collections.abc import Iterable

from xlaudit.cells import letters
from xlaudit.reports.words import one_line
from xlaudit.survey import Numbers, SeenSheet, Sure, Survey
from xlaudit.tables import Column, Declared, Level, Measure, Row, Table
from xlaudit.texts import Text, joined, plural, same

TITLE = Text("recognised tables")
_SHEETS = plural("{n} sheet", "{n} sheets")
_RECOGNISED = plural("{n} table recognised.", "{n} tables recognised.")
TEMPLATE = Text("Template: {name} version {version}.")
MAPPED = Text("Read with a mapping (--map).")
DECLARED = Text("Arithmetic that the headings declare")
MEASURES = {
    Measure.AMOUNT: Text("rupiah"),
    Measure.PERCENT: Text("percent"),
    Measure.QUANTITY: Text("quantity"),
    Measure.TEXT: Text("text"),
}
SURE = {
    Sure.CERTAIN: Text("certain"),
    Sure.LIKELY: Text("likely"),
    Sure.UNTESTED: Text("untested"),
    Sure.DOUBTFUL: Text("doubtful"),
}
LEVELS = {
    Level.TOTAL: Text("total"),
    Level.MEAN: Text("mean"),
    Level.RATIO: Text("ratio"),
    Level.DETAIL: Text("repeating detail"),
    Level.NOTE: Text("remark"),
}
"""Rows outside the hierarchy."""
ROUNDING = {
    "rounded": Text("rounded"),
    "truncated": Text("cut off, not rounded"),
    "mixed": Text("partly rounded, partly cut off"),
    None: Text("cannot be told from the figures"),
}
NO_HEADINGS = {
    True: Text("none; the columns were identified by their contents"),
    False: Text("none"),
}
"""Where the columns have no headings: whether they were guessed."""
FATES = {
    "tables": Text("holds tables"),
    "scale": Text("holds a scale of kategori"),
    "template": Text("a sheet of the template, without a report table"),
    "ignored": Text("ignored as the mapping says"),
    "unread": Text("NOT CHECKED: it holds figures, but no table was recognised"),
    "nothing": Text("holds no table"),
}  # fmt: skip
NO_TABLES = Text(
    "No table was recognised. Looked for: a row of headings that name rows (Uraian, Program/Kegiatan, Sasaran, "
    "Indikator) and figures (Pagu, Realisasi, Target, Capaian, %, Sisa), with figures below it. Where the form uses "
    "other words, write a mapping: xlaudit tables FILE --draft-map -o mapping.toml.",
)
_STATES = {
    "blank": Text("{n} blank"),
    "nil": plural("{n} dash (nil)", "{n} dashes (nil)"),
    "not_applicable": Text("{n} not applicable"),
    "text": plural("{n} word", "{n} words"),
    "malformed": Text("{n} malformed"),
    "ambiguous": Text("{n} ambiguous"),
    "stacked": Text("{n} with several figures"),
    "error": plural("{n} formula error", "{n} formula errors"),
    "uncomputed": plural("{n} formula not computed", "{n} formulas not computed"),
    "date": plural("{n} date", "{n} dates"),
}
_PERCENT = {
    "sign": Text("with a % sign"),
    "points": Text("percentage points without a sign (98.5)"),
    "fraction": Text("fractions (0.985)"),
}
_UNITS = {1_000: "ribu", 1_000_000: "juta", 1_000_000_000: "miliar"}
_COMMA = same(", ")


def counts_told(survey: Survey) -> Text:
    """``5 lembar, 3 tabel dikenali.``"""
    return joined(_COMMA, [_SHEETS.fill(n=len(survey.sheets)), _RECOGNISED.fill(n=len(survey.tables))])


def declared_told(declared: Declared) -> str:
    """``“6=4/5*100” → persen = realisasi / pagu * 100``."""
    return f"“{one_line(declared.text)}” → {declared}"


def measure_of(column: Column) -> Text:
    """``rupiah``, ``rupiah (juta)``, ``persen 2024``: measure, unit and period of a column."""
    said = MEASURES[column.measure]
    unit = _UNITS.get(int(column.unit), "" if column.unit == 1 else f"× {column.unit:f}")
    more = " ".join(part for part in (f"({unit})" if unit else "", column.period) if part)
    return joined(same(" "), (said, same(more))) if more else said


def numbers_told(numbers: Numbers) -> Text:
    """How the figures of a column are written, in one line."""
    count = numbers.states.get("number", 0)
    said = [plural("{n} figure", "{n} figures").fill(n=count)]
    if numbers.formulas:
        said.append(plural("{n} formula", "{n} formulas").fill(n=numbers.formulas))
    if numbers.places is not None:
        said.append(plural("{n} decimal", "{n} decimals").fill(n=numbers.places))
    said += _each(_PERCENT, numbers.percent, count)
    if numbers.as_text:
        styles = ", ".join(f"{style} ({n}×)" if len(numbers.as_text) > 1 else style for style, n in _styles(numbers))
        texts = Text("{n} written as text: {styles}")
        said.append(texts.fill(n=sum(numbers.as_text.values()), styles=styles))
    said += (text.fill(n=n) for state, text in _STATES.items() if (n := numbers.states.get(state, 0)))
    return joined(_COMMA, said)


def _styles(numbers: Numbers) -> Iterable[tuple[str, int]]:
    return sorted(numbers.as_text.items(), key=lambda pair: -pair[1])


def _each(words: dict[str, Text], counts: dict[str, int], all_of_them: int) -> list[Text]:
    """Each word that applies, with its number where it does not apply to all."""
    said: list[Text] = []
    for word, n in sorted(counts.items(), key=lambda pair: -pair[1]):
        said.append(words[word] if n == all_of_them else joined(same(" "), (same(str(n)), words[word])))
    return said


def runs(numbers: Iterable[int]) -> str:
    """``4, 7–9``: numbers as people write them."""
    said: list[list[int]] = []
    for number in sorted(numbers):
        if said and number == said[-1][1] + 1:
            said[-1][1] = number
        else:
            said.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in said)


def hidden_told(sheet: SeenSheet) -> Text | None:
    """What of a sheet is hidden; None where nothing is."""
    said: list[Text] = []
    if not sheet.visible:
        said.append(Text("hidden sheet"))
    if sheet.hidden_rows:
        said.append(Text("hidden rows {rows}").fill(rows=runs(sheet.hidden_rows)))
    if sheet.hidden_columns:
        within = [letters(column) for column in sheet.hidden_columns if column <= max(sheet.last[1], 1)]
        if within:
            said.append(Text("hidden columns {c}").fill(c=", ".join(within)))
    return joined(_COMMA, said) if said else None


def label_column(table: Table, row: Row) -> int:
    """The column in which a row's name stands."""
    named = [table.columns[name].column for name, text in row.texts.items() if text and text == row.label]
    return min(named, default=table.area.left)
