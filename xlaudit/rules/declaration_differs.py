"""Lembar Identitas sejalan dengan pengaturan kantor.

Yang diperiksa: skala predikat, batas atas capaian, cara pembulatan, dan rumus efisiensi pada lembar Identitas
templat, serta skala predikat yang tercetak dan dipakai, dibandingkan dengan bagian conventions dalam
xlaudit.toml. Angka tetap diperiksa menurut yang dinyatakan buku kerja itu sendiri; perbedaannya disebutkan
sekali di sini.
Mengapa penting: perangkat daerah yang menghitung dengan cara lain tidak dapat dibandingkan dengan yang lain.
Toleransi: yang tidak disebut dalam pengaturan, atau tidak dinyatakan buku kerja, tidak dibandingkan.
Sumber: pengaturan kantor itu sendiri (xlaudit.toml).

Salah:
    # Pengaturan: conventions.cap = 120
    # Templat: perjanjian-kinerja
    # Lembar: Identitas
    | Batas atas capaian | Tidak dibatasi * |
    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1)     | (2)               | (3)    | (4)                      | (5)                      | (6)        |
    | Layanan | Layanan anak      | %      | 80                       | 85                       |            |
    | Layanan | Layanan lansia    | %      | 40                       | 45                       |            |
Benar:
    # Pengaturan: conventions.cap = 120
    # Templat: perjanjian-kinerja
    # Lembar: Identitas
    | Batas atas capaian | 120 |
    # Lembar: Perjanjian Kinerja
    PERJANJIAN KINERJA
    | Sasaran | Indikator Kinerja | Satuan | Target Sebelum Perubahan | Target Setelah Perubahan | Keterangan |
    | (1)     | (2)               | (3)    | (4)                      | (5)                      | (6)        |
    | Layanan | Layanan anak      | %      | 80                       | 85                       |            |
    | Layanan | Layanan lansia    | %      | 40                       | 45                       |            |

English
The sheet Identitas is in line with the office's settings.

What is checked: the scale of predicates, the limit on capaian, the way of rounding and the form of efisiensi on
the template's sheet Identitas, and the scale of predicates that is printed and used, are held against the
section conventions of xlaudit.toml. Figures are checked by what the workbook itself declares; the difference
is told once, here.
Why it matters: agencies that compute in another way cannot be compared with the others.
Tolerance: what the settings do not name, or the workbook does not declare, is not compared.
Source: the office's own settings (xlaudit.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import PurePath
from typing import Any

from xlaudit.conventions import NO_CAP, EfficiencyForm
from xlaudit.findings import Severity
from xlaudit.relations import Mode
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.rules.category import scale_of
from xlaudit.scale import Scale
from xlaudit.schemas import forms
from xlaudit.tables import Table
from xlaudit.texts import Text, same

_NAMES = {setting.name: setting.label for setting in forms.SETTINGS}
_SETTINGS = {
    "scale": "Skala_Predikat",
    "cap": "Batas_Capaian",
    "rounding": "Cara_Pembulatan",
    "efficiency": "Rumus_Efisiensi",
}
_WORDS: dict[Any, str] = {
    NO_CAP: forms.NO_CAP,
    Mode.ROUNDED: forms.ROUNDED,
    Mode.TRUNCATED: forms.TRUNCATED,
    EfficiencyForm.DIFFERENCE: forms.DIFFERENCE,
    EfficiencyForm.DIFFERENCE_FROM_100: forms.DIFFERENCE_FROM_100,
    EfficiencyForm.RELATIVE: forms.RELATIVE,
}
_MESSAGE = Text("This says “{stated}”, but by {where} it should be “{wanted}”.")
_ADVICE = Text(
    "Bring it in line with what the office settled and check the figures that follow from it, or explain why."
)
_SCALE = Text("Scale of predicates")
_OTHER_SCALE = Text("The scale of predicates printed here differs from the one by {where}: {wanted}.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of every declaration that differs from the settings, at its own cell."""
    where = PurePath(book.settings.file).name
    differing = dict(book.policy.differing())
    for one in book.policy.declared if book.tables else ():
        if one not in differing:
            if getattr(book.policy.office, one.name) is not None:
                yield MADE
            continue
        stated, wanted = one.field.text, _word(differing[one])
        yield Flag(
            _nearest(book, one.field.sheet),
            one.field.cell,
            same(_NAMES[_SETTINGS[one.name]]),
            _MESSAGE.fill(stated=stated, wanted=wanted, where=where),
            stated=stated,
            computed=wanted,
            advice=_ADVICE,
            sheet=one.field.sheet,
        )
    settled = book.policy.office.scale
    if settled is None or not book.tables or book.policy.declares("scale"):
        return
    in_use = [scale for table in book.tables if (scale := scale_of(book, table)) is not None and scale.sheet]
    for scale in dict.fromkeys(in_use):
        if scale.agrees(settled):
            yield MADE
        else:
            yield _other_scale(book, scale, settled, where)


def _other_scale(book: Book, scale: Scale, settled: Scale, where: str) -> Flag:
    assert scale.area is not None
    return Flag(
        _nearest(book, scale.sheet),
        scale.area.first,
        _SCALE,
        _OTHER_SCALE.fill(where=where, wanted=_classes(settled)),
        advice=_ADVICE,
        sheet=scale.sheet,
    )


def _classes(scale: Scale) -> str:
    return ", ".join(f"{step.label} ≥ {step.lower}" for step in scale.steps)


def _nearest(book: Book, sheet: str) -> Table:
    """The table to tell it with: one on that sheet, else the first."""
    return next((table for table in book.tables if table.sheet == sheet), book.tables[0])


def _word(value: Any) -> str:
    """A convention in the words of *Identitas*."""
    if isinstance(value, Scale):
        return value.title if value.key else _classes(value)
    return _WORDS.get(value) or str(value.value if isinstance(value, Enum) else value)


RULE = Rule(
    "ST118",
    "declaration-differs",
    Text("A declaration differs from the office's settings"),
    Severity.WARNING,
    check,
)
