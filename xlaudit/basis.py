"""By what a workbook was judged: what it or the office declared, what its figures show, what had to be assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import PurePath
from typing import Any, NamedTuple

from xlaudit.constraints import FEW_ROWS, is_relative
from xlaudit.conventions import NO_CAP, EfficiencyForm, ProgressForm
from xlaudit.outcome import Basis, Convention
from xlaudit.relations import Mode
from xlaudit.rules.base import Book
from xlaudit.rules.category import scale_of
from xlaudit.settings import DEFAULT, Settings
from xlaudit.tables import Table
from xlaudit.texts import Text, same, sense

_NO_LIMIT = sense("cap", "none")
_USUAL_LIMITS = Text("not named; 100, 110, 120 or 150 is accepted")
_EITHER_WAY = Text("rounded or cut off, both are accepted")
_MODES = {
    Mode.ROUNDED: Text("rounded"),
    Mode.TRUNCATED: Text("cut off"),
    Mode.MIXED: Text("rounded and cut off, mixed"),
}
_FORMS = {
    EfficiencyForm.DIFFERENCE: same("capaian − serapan"),
    EfficiencyForm.DIFFERENCE_FROM_100: Text("capaian − serapan, only where capaian is 100 or more"),
    EfficiencyForm.RELATIVE: same("(1 − serapan ÷ capaian) × 100"),
}
_NO_FORM = Text("follows no known form; not judged")
_PROGRESS = {
    ProgressForm.RATIO: Text("realisasi ÷ target akhir × 100"),
    ProgressForm.DIFFERENCE: Text("realisasi − target akhir"),
}
_OFF = Text("not run")


def basis(book: Book, mapping: str = "") -> tuple[Convention, ...]:
    """What the findings of a workbook rest on, as far as it matters for its tables.

    ``mapping`` is the path of the mapping by which it was read, empty where there was none.
    """
    found: list[Convention] = []
    if mapping:
        found.append(Convention("mapping", same(PurePath(mapping).name), Basis.DECLARED, same(mapping)))
    for look in (_scale, _cap, _rounding, _efficiency, _progress):
        found += look(book)
    return (*found, *_of_settings(book.settings))


class _Seen(NamedTuple):
    """What holds for one table: in words, why, and where it was said."""

    value: Text
    why: Basis
    source: Text | None = None


def _by_table(name: str, book: Book, look: Callable[[Book, Table], _Seen | None]) -> Iterator[Convention]:
    """What was seen of each table, those alike together."""
    alike: dict[_Seen, list[str]] = {}
    for table in book.tables:
        seen = look(book, table)
        if seen is not None:
            alike.setdefault(seen, []).append(table.id)
    for (value, why, source), tables in alike.items():
        yield Convention(name, value, why, source, tuple(tables))


def _scale(book: Book) -> Iterator[Convention]:
    def look(book: Book, table: Table) -> _Seen | None:
        scale = scale_of(book, table)
        if scale is None:
            return None
        if scale is book.settings.conventions.scale:
            words = scale.name if scale.key else same(", ".join(f"{s.label} ≥ {s.lower}" for s in scale.steps))
            return _Seen(words, Basis.DECLARED, book.policy.origin("scale"))
        if scale.area is not None:
            return _Seen(scale.name, Basis.DECLARED, same(f"{scale.sheet}!{scale.area.a1}"))
        return _Seen(scale.name, Basis.DETECTED)

    return _by_table("scale", book, look)


def _cap(book: Book) -> Iterator[Convention]:
    cap = book.settings.conventions.cap

    def look(book: Book, table: Table) -> _Seen | None:
        if not book.checks(table).compares_capaian:
            return None
        if cap is None:
            return _Seen(_USUAL_LIMITS, Basis.ASSUMED)
        return _Seen(_NO_LIMIT if cap == NO_CAP else same(str(cap)), Basis.DECLARED, book.policy.origin("cap"))

    return _by_table("cap", book, look)


def _rounding(book: Book) -> Iterator[Convention]:
    settled = book.settings.conventions.rounding

    def look(book: Book, table: Table) -> _Seen | None:
        checks = book.checks(table)
        if not checks.compares_percentages:
            return None
        if settled is not None and checks.printed is settled:
            return _Seen(_MODES[settled], Basis.DECLARED, book.policy.origin("rounding"))
        if checks.mode is None:
            return _Seen(_EITHER_WAY, Basis.ASSUMED)
        return _Seen(_MODES[checks.mode], Basis.DETECTED)

    return _by_table("rounding", book, look)


def _efficiency(book: Book) -> Iterator[Convention]:
    settled = book.settings.conventions.efficiency

    def look(book: Book, table: Table) -> _Seen | None:
        checks = book.checks(table)
        if not checks.states_efficiency:
            return None
        if not checks.efficiency:
            return _Seen(_NO_FORM, Basis.DETECTED)
        relative = is_relative(checks.efficiency[0])
        used = EfficiencyForm.RELATIVE if relative else EfficiencyForm.DIFFERENCE
        if settled is not None and (settled is EfficiencyForm.RELATIVE) is relative:
            return _Seen(_FORMS[settled], Basis.DECLARED, book.policy.origin("efficiency"))
        few = len(checks.efficiency) <= FEW_ROWS
        return _Seen(_FORMS[used], Basis.ASSUMED if few and settled is None else Basis.DETECTED)

    return _by_table("efficiency", book, look)


def _progress(book: Book) -> Iterator[Convention]:
    settled = book.settings.conventions.progress
    tables = tuple(table.id for table in book.tables if table.by_role("tingkat_kemajuan"))
    if settled is not None and tables:
        yield Convention("progress", _PROGRESS[settled], Basis.DECLARED, book.policy.origin("progress"), tables)


def _of_settings(settings: Settings) -> Iterator[Convention]:
    """What the settings say of rules and of what is plausible, where that is not what holds anyway."""
    if settings.rules == DEFAULT.rules and settings.plausibility == DEFAULT.plausibility:
        return
    source = same(PurePath(settings.file).name)

    def said(name: str, value: Any) -> Convention:
        return Convention(name, value if isinstance(value, Text) else same(str(value)), Basis.DECLARED, source)

    for rule in settings.rules.off:
        yield said(f"rules.{rule}", _OFF)
    for rule, severity in settings.rules.severity.items():
        yield said(f"rules.{rule}", severity.value)
    for field in fields(settings.plausibility):
        value = getattr(settings.plausibility, field.name)
        if value != getattr(DEFAULT.plausibility, field.name):
            yield said(f"plausibility.{field.name}", value)
