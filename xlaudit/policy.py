"""Which conventions hold for a workbook: what it declares of itself, else what the office's settings say.

The workbook goes first, for its figures were computed by what it declares: held against another convention every one
of them would be told as wrong. Where the settings say otherwise, that is one thing to tell (ST118), not a hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import PurePath
from typing import Any, NamedTuple

from xlaudit.conventions import NO_CAP, UNSAID, Conventions, EfficiencyForm
from xlaudit.filled import Field, Template
from xlaudit.relations import Mode
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas import forms
from xlaudit.schemas.words import fold
from xlaudit.settings import DEFAULT, Settings
from xlaudit.texts import Text, same


class Declared(NamedTuple):
    """One convention that the workbook declares on its sheet *Identitas*: its name in ``Conventions``, and where."""

    name: str
    value: Any
    field: Field


class Policy(NamedTuple):
    """What holds for one workbook: ``settings`` with the conventions in force.

    ``declared`` are those that the workbook declares, ``office`` those that the settings were read with.
    """

    settings: Settings = DEFAULT
    declared: tuple[Declared, ...] = ()
    office: Conventions = UNSAID

    def declares(self, name: str) -> Declared | None:
        """What the workbook declares of a convention, None where it says nothing."""
        return next((one for one in self.declared if one.name == name), None)

    def differing(self) -> Iterator[tuple[Declared, Any]]:
        """What the workbook declares otherwise than the office's settings say, with what these say."""
        for one in self.declared:
            wanted = getattr(self.office, one.name)
            alike = wanted.agrees(one.value) if isinstance(wanted, Scale) else wanted == one.value
            if wanted is not None and not alike:
                yield one, wanted

    def origin(self, name: str) -> Text:
        """Where a convention in force was said, as a message names it."""
        own = self.declares(name)
        if own is not None:
            return same(f"{own.field.sheet}!{own.field.cell.a1}")
        return same(PurePath(self.settings.file).name)


NO_POLICY = Policy()


def policy_of(template: Template | None, settings: Settings = DEFAULT) -> Policy:
    """What holds for a workbook. A printed scale is none of it: rules find it where it stands."""
    declared = () if template is None else tuple(_declared(template))
    if not declared:
        return Policy(settings, (), settings.conventions)
    own: dict[str, Any] = {one.name: one.value for one in declared}
    effective = replace(settings, conventions=replace(settings.conventions, **own))
    return Policy(effective, declared, settings.conventions)


def _declared(template: Template) -> Iterator[Declared]:
    for name, (setting, meanings) in _SETTINGS.items():
        field = template.identity.get(setting)
        value = None if field is None else meanings.get(fold(field.text))
        if field is not None and value is not None:
            yield Declared(name, value, field)


def _folded(meanings: dict[str, Any]) -> dict[str, Any]:
    return {fold(text): value for text, value in meanings.items()}


_SETTINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "scale": ("Skala_Predikat", _folded({scale.title: scale for scale in KNOWN})),
    "cap": (
        "Batas_Capaian",
        _folded({forms.NO_CAP: NO_CAP, **{text: int(text) for text in ("100", "110", "120", "150")}}),
    ),
    "rounding": (
        "Cara_Pembulatan",
        _folded({forms.ROUNDED: Mode.ROUNDED, forms.TRUNCATED: Mode.TRUNCATED}),
    ),
    "efficiency": (
        "Rumus_Efisiensi",
        _folded(
            {
                forms.DIFFERENCE: EfficiencyForm.DIFFERENCE,
                forms.DIFFERENCE_FROM_100: EfficiencyForm.DIFFERENCE_FROM_100,
                forms.RELATIVE: EfficiencyForm.RELATIVE,
            }
        ),
    ),
}
"""The settings of *Identitas* by the convention that each declares, and what its choices mean."""

assert _SETTINGS.keys() <= {field.name for field in fields(Conventions)}
