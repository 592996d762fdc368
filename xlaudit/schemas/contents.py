"""What may stand in the cells of a column: the row constraints of the kinds of table, one declaration each.

A constraint looks at one cell and, where it says so, at cells beside it in the same row. Its predicate sees
nothing but ``Facts``, so that the same function serves the plain loop over rows (``schemas.gate``) and the
checks of the pandera model (``schemas.frames``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from xlaudit.findings import Severity
from xlaudit.patterns import pattern
from xlaudit.schemas.columns import MEASURES
from xlaudit.schemas.unfilled import surely_unfilled
from xlaudit.schemas.words import concept, concepts, fold, one_slip, words
from xlaudit.tables import Column, Figure, Measure, State, Table
from xlaudit.texts import Text

COVERED = "covered"
"""The word for a blank cell under a merge: not left blank, but filled by the merge's own cell."""
EXCUSED = "excused"
"""The word for a text that says why there is no figure (tidak ada anggaran, menyesuaikan)."""
UNFILLED = "unfilled"
"""The word for a blank of the form that was not filled in (``……``), which a rule of its own tells (ST105)."""

FORMULA_ERRORS = frozenset({"#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#N/A"})
KATEGORI_WORDS = (
    "sangat tinggi", "tinggi", "sedang", "rendah", "sangat rendah",
    "sangat berhasil", "berhasil", "cukup berhasil", "kurang berhasil", "tidak berhasil",
    "sangat baik", "baik", "cukup baik", "cukup", "kurang baik", "sangat kurang", "kurang", "buruk",
    "sangat memuaskan", "memuaskan", "tercapai", "tidak tercapai", "melampaui target", "melebihi target",
)  # fmt: skip
"""Words of the scales in use, and of the plain tercapai/tidak tercapai."""

_EXCUSE = pattern(
    r"^\W*(tidak|belum|tanpa|non|nihil|nol|gratis|menunggu|menyesuaikan|sama|idem|sda|s\.d\.a|lihat|termasuk|"
    r"terlampir|ditunda|dibatalkan|batal|refocusing|efisiensi|dihapus|pindah|digabung|bergabung|mandatory)\b"
)
_MAY_BE_NEGATIVE = pattern(
    r"\b(surplus|defisit|pembiayaan|silpa|koreksi|selisih|bertambah|berkurang|pengurangan|kurang bayar|"
    r"perubahan)\b"
)
_FEWEST = 3


class Facts(Protocol):
    """What a predicate may know of a row: the states, values and texts of its columns by canonical name."""

    @property
    def level(self) -> str: ...

    @property
    def label(self) -> str: ...

    def state(self, name: str) -> str:
        """The word of ``state_word`` for a figure column; ``text`` or ``blank`` for a text column."""

    def value(self, name: str) -> Decimal | None:
        """The exact figure, None where the cell holds none."""

    def text(self, name: str) -> str:
        """The text of a text column."""


Beside = Mapping[str, str]
"""The canonical names of the columns that belong to a constrained one, by role."""


def _always(facts: Facts, name: str, beside: Beside) -> bool:
    return True


def _everywhere(table: Table, column: Column) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that must not be in a cell of the columns with these ``roles``.

    ``states`` are the words (``state_word``) under which ``broken`` is asked at all; with ``below_zero`` only
    figures below zero are meant. ``applies`` says whether a column of a table is one to be judged.
    ``message`` may have the gaps ``text`` (what the cell holds) and ``meant`` (the word it resembles).
    """

    name: str
    roles: tuple[str, ...]
    states: frozenset[str]
    message: Text
    advice: Text
    severity: Severity
    beside: tuple[str, ...] = ()
    broken: Callable[[Facts, str, Beside], bool] = _always
    applies: Callable[[Table, Column], bool] = _everywhere
    below_zero: bool = False


class Bound(NamedTuple):
    """A constraint upon one column of one table."""

    constraint: Constraint
    column: str
    beside: Beside

    @property
    def key(self) -> str:
        """The name under which pandera reports it."""
        return f"{self.constraint.name}/{self.column}"

    def broken_by(self, facts: Facts) -> bool:
        """Whether a row breaks it."""
        constraint = self.constraint
        if facts.state(self.column) not in constraint.states:
            return False
        if constraint.below_zero and (facts.value(self.column) or 0) >= 0:
            return False
        return constraint.broken(facts, self.column, self.beside)


def bind(
    constraints: Iterable[Constraint],
    table: Table,
    worth_asking: Callable[[Constraint, Column], bool] = lambda constraint, column: True,
) -> tuple[Bound, ...]:
    """The constraints upon a table's columns, in the order of the constraints, then from left to right."""
    columns = table.columns.values()
    present = {column.role for column in columns}
    return tuple(
        Bound(constraint, column.name, _beside(table, column, constraint.beside))
        for constraint in constraints
        if not present.isdisjoint(constraint.roles)
        for column in columns
        if column.role in constraint.roles
        and worth_asking(constraint, column)
        and constraint.applies(table, column)
    )


def _beside(table: Table, column: Column, roles: tuple[str, ...]) -> dict[str, str]:
    """For each role the nearest column of the same period; of any period where none has the same."""
    found: dict[str, str] = {}
    for role in roles:
        others = [other for other in table.by_role(role) if other.column != column.column]
        same = [other for other in others if other.period == column.period] or others
        if same:
            found[role] = min(same, key=lambda other: abs(other.column - column.column)).name
    return found


def state_word(figure: Figure) -> str:
    """The state of a figure as a word: that of ``State``, or ``covered``, ``excused``, ``unfilled``.

    A formula error that was pasted as text counts as one.
    """
    if figure.state is State.BLANK and figure.from_merge:
        return COVERED
    if figure.state is State.TEXT:
        if figure.text.upper() in FORMULA_ERRORS:
            return State.ERROR.value
        if _EXCUSE.match(fold(figure.text)):
            return EXCUSED
        if surely_unfilled(figure.text):
            return UNFILLED
    return figure.state.value


def meant(text: str) -> str:
    """The word of a scale that a text is one slip away from; empty where it is one itself or none is near."""
    written = fold(text).replace(" ", "")
    known = {word.replace(" ", ""): word for word in KATEGORI_WORDS}
    if written in known or len(written) < 5:
        return ""
    near = [word for squeezed, word in known.items() if len(squeezed) >= 5 and one_slip(written, squeezed)]
    return near[0].title() if len(near) == 1 else ""


def _number(facts: Facts, beside: Beside, role: str) -> bool:
    """Whether a number stands in the column of a role."""
    return role in beside and facts.state(beside[role]) == State.NUMBER.value


def _is_line(facts: Facts) -> bool:
    """Whether a row is an item with figures of its own: not a total, a mean, a ratio, a remark."""
    return bool(facts.label) and facts.level in _LINES


def _mostly_numbers(table: Table, column: Column) -> bool:
    figures = [figure for figure in table.figures(column.name) if figure.state is not State.BLANK]
    numbers = sum(1 for figure in figures if figure.nil_or_filled)
    return numbers >= _FEWEST and numbers * 4 >= len(figures) * 3


def _mostly_filled(table: Table, column: Column) -> bool:
    figures = table.figures(column.name)
    blank = sum(1 for figure in figures if figure.state is State.BLANK and not figure.from_merge)
    return blank * 2 < len(figures)


def _of_spending(table: Table, column: Column) -> bool:
    """Whether a percentage is that of realisasi: ``% Serapan`` or ``%``, not ``% kenaikan``."""
    found = concepts(column.header)
    plain = all(concept(word) is not None for word in words(column.header))
    spent = plain or bool(found & {"realisasi", "serapan", "pagu", "anggaran"})
    return spent and not found & {"perubahan", "selisih", "sisa"}


def _lone_text(facts: Facts, name: str, beside: Beside) -> bool:
    return _is_line(facts) and all(_number(facts, beside, role) for role in beside)


def _amount_text(facts: Facts, name: str, beside: Beside) -> bool:
    return _is_line(facts) and any(_number(facts, beside, role) for role in beside)


def _negative(facts: Facts, name: str, beside: Beside) -> bool:
    return _is_line(facts) and not _MAY_BE_NEGATIVE.search(fold(facts.label))


def _negative_share(facts: Facts, name: str, beside: Beside) -> bool:
    """Where pagu and realisasi stand beside, the percentage is checked by them."""
    judged = all(_number(facts, beside, role) for role in ("pagu", "realisasi"))
    return not judged and _negative(facts, name, beside)


def _achievement_beside(facts: Facts, name: str, beside: Beside) -> bool:
    return _number(facts, beside, "capaian")


def _list_of_figures(facts: Facts, name: str, beside: Beside) -> bool:
    return "capaian" in beside and facts.state(beside["capaian"]) in {State.NUMBER.value, State.STACKED.value}


def _missing(facts: Facts, name: str, beside: Beside) -> bool:
    return _is_line(facts) and len(beside) == 2 and all(_number(facts, beside, role) for role in beside)


def _slip(facts: Facts, name: str, beside: Beside) -> bool:
    return bool(meant(facts.text(name)))


def _error_text(facts: Facts, name: str, beside: Beside) -> bool:
    return facts.text(name).upper() in FORMULA_ERRORS


def _of(*states: State) -> frozenset[str]:
    return frozenset(state.value for state in states)


_LINES = frozenset({"program", "kegiatan", "sub_kegiatan", "item"})
_ALL = tuple(MEASURES)
_AMOUNTS = tuple(role for role, measure in MEASURES.items() if measure is Measure.AMOUNT)
_SHARES = tuple(role for role, measure in MEASURES.items() if measure is Measure.PERCENT)
_QUANTITIES = tuple(role for role, measure in MEASURES.items() if measure is Measure.QUANTITY)

_ERROR_MESSAGE = Text("This cell shows the formula error {text}.")
_ERROR_ADVICE = Text(
    "Correct the formula or the cells it refers to; where the divisor is rightly zero or blank, show “-”.",
)
_TEXT_MESSAGE = Text("This cell holds the text “{text}” while the other cells of the column hold figures.")
_TEXT_ADVICE = Text("Type the figure; if there is none, write 0 or “-” and move the text to the remarks.")
_DATE_MESSAGE = Text("This cell holds a date ({text}), not a figure; Excel at times turns a typed figure into a date.")
_DATE_ADVICE = Text("Format the cell as a number, then type the figure again.")
_STACKED_MESSAGE = Text("This cell holds more than one figure: “{text}”.")
_STACKED_ADVICE = Text("Split them: one figure per cell, each in a row or column of its own.")
_NEGATIVE_MESSAGE = Text("The figure in this cell is negative: {text}.")
_NEGATIVE_ADVICE = Text("Check the sign; if it is right, as after a refund, explain it in the remarks.")

_ERROR = Constraint("formula_error", _ALL, _of(State.ERROR), _ERROR_MESSAGE, _ERROR_ADVICE, Severity.WARNING)

FIGURES = (_ERROR,)
"""What holds for every table."""

BUDGET = (
    *FIGURES,
    Constraint("date", (*_AMOUNTS, *_SHARES), _of(State.DATE), _DATE_MESSAGE, _DATE_ADVICE, Severity.WARNING),
    Constraint(
        "stacked", (*_AMOUNTS, "persen", "share"), _of(State.STACKED), _STACKED_MESSAGE, _STACKED_ADVICE,
        Severity.WARNING,
    ),
    Constraint(
        "text", ("pagu", "realisasi"), _of(State.TEXT), _TEXT_MESSAGE, _TEXT_ADVICE, Severity.WARNING,
        beside=("pagu", "realisasi", "persen", "sisa"), broken=_amount_text, applies=_mostly_numbers,
    ),
    Constraint(
        "text", ("persen",), _of(State.TEXT), _TEXT_MESSAGE, _TEXT_ADVICE, Severity.WARNING,
        beside=("pagu", "realisasi"), broken=_lone_text, applies=_mostly_numbers,
    ),
    Constraint(
        "negative", ("pagu", "realisasi"), _of(State.NUMBER), _NEGATIVE_MESSAGE, _NEGATIVE_ADVICE,
        Severity.WARNING, broken=_negative, below_zero=True,
    ),
    Constraint(
        "negative", ("persen",), _of(State.NUMBER), _NEGATIVE_MESSAGE, _NEGATIVE_ADVICE, Severity.WARNING,
        beside=("pagu", "realisasi"), broken=_negative_share, applies=_of_spending, below_zero=True,
    ),
)  # fmt: skip
"""What holds for amounts and for the percentages made of them."""

PERFORMANCE = (
    Constraint(
        "date", _QUANTITIES, _of(State.DATE), _DATE_MESSAGE, _DATE_ADVICE, Severity.NOTE,
        beside=("capaian",), broken=_achievement_beside,
    ),
    Constraint(
        "stacked", ("target", "realisasi_kinerja"), _of(State.STACKED), _STACKED_MESSAGE,
        Text("Split them: one indicator and one figure per row, so that the capaian can be checked."),
        Severity.NOTE, beside=("capaian",), broken=_list_of_figures,
    ),
    Constraint(
        "text", ("capaian",), _of(State.TEXT), _TEXT_MESSAGE, _TEXT_ADVICE, Severity.WARNING,
        beside=("target", "realisasi_kinerja"), broken=_lone_text, applies=_mostly_numbers,
    ),
    Constraint(
        "spelling", ("kategori",), _of(State.TEXT),
        Text("The category “{text}” is not known; perhaps “{meant}” is meant."),
        Text("Correct the spelling, so that the category can be compared with the scale."),
        Severity.NOTE, broken=_slip,
    ),
    Constraint(
        "formula_error", ("kategori",), _of(State.TEXT), _ERROR_MESSAGE, _ERROR_ADVICE, Severity.WARNING,
        broken=_error_text,
    ),
)  # fmt: skip
"""What holds for indicators, their targets and results."""

MEASURED = (
    Constraint(
        "blank", ("target",), _of(State.BLANK),
        Text("Target is blank although realisasi and capaian are filled in; the capaian cannot be checked."),
        Text("Fill in the target of this indicator as the agreement has it."),
        Severity.WARNING, beside=("realisasi_kinerja", "capaian"), broken=_missing, applies=_mostly_filled,
    ),
    Constraint(
        "blank", ("realisasi_kinerja",), _of(State.BLANK),
        Text("Realisasi is blank although target and capaian are filled in; the capaian cannot be checked."),
        Text("Fill in the realisasi of this indicator."),
        Severity.WARNING, beside=("target", "capaian"), broken=_missing, applies=_mostly_filled,
    ),
    Constraint(
        "blank", ("capaian",), _of(State.BLANK),
        Text("Capaian is blank although target and realisasi are filled in."),
        Text("Compute and fill in the capaian."),
        Severity.NOTE, beside=("target", "realisasi_kinerja"), broken=_missing, applies=_mostly_filled,
    ),
)  # fmt: skip
"""What holds where a table measures performance: no gap in target, realisasi and capaian.

A blank realisasi under a filled pagu is told by a rule of its own (ST106).
"""
