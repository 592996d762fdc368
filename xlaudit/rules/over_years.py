"""Tingkat kemajuan dan perubahan antartahun sesuai dengan angka tahunnya.

Yang diperiksa: tingkat kemajuan dibandingkan dengan realisasi ÷ target akhir × 100 atau dengan realisasi −
target akhir, dan kolom kenaikan, penurunan, atau selisih dengan selisih kedua tahunnya (atau
persentasenya), menurut rumus yang cocok dengan paling banyak baris atau conventions.progress dalam
xlaudit.toml. Tabel yang mengikuti rumus lain tidak dinilai.
Mengapa penting: kolom ini menyimpulkan apakah kinerja membaik dan apakah target akhir Renstra akan
tercapai.
Toleransi: setengah angka terakhir yang tercetak; persentase yang dipotong juga diterima. Untuk selisih,
setengah angka terakhir dari setiap angka yang ikut dihitung. Bila tabelnya hanya satu atau dua baris,
temuannya hanya peringatan.
Sumber: kedua rumus tercetak dalam laporan kinerja (praktik pelaporan).

Salah:
    Tingkat Kemajuan terhadap Target Akhir Renstra Tahun 2024
    | Indikator                  | Target Akhir Renstra | Realisasi 2024 | Tingkat Kemajuan (%) |
    | Persentase PPKS terlayani  | 88                   | 89,29          | 101,47               |
    | Persentase desa tangguh    | 60                   | 38             | 36,33 *              |
    | Indeks kepuasan masyarakat | 88                   | 87,45          | 99,38                |
Benar:
    Tingkat Kemajuan terhadap Target Akhir Renstra Tahun 2024
    | Indikator                  | Target Akhir Renstra | Realisasi 2024 | Tingkat Kemajuan (%) |
    | Persentase PPKS terlayani  | 88                   | 89,29          | 101,47               |
    | Persentase desa tangguh    | 60                   | 38             | 63,33                |
    | Indeks kepuasan masyarakat | 88                   | 87,45          | 99,38                |

English
Progress towards the end of the plan and changes between years follow from the figures of the years.

What is checked: tingkat kemajuan is compared with realisasi ÷ final target × 100 or with realisasi − final
target, and a column of increase, decrease or selisih with the difference of its two years (or its
percentage), whichever formula fits most rows or conventions.progress in xlaudit.toml says. A table that
follows another formula is not judged.
Why it matters: these columns conclude whether performance improves and whether the plan's end will be
reached.
Tolerance: half of the last digit printed; a percentage that was cut off is accepted, too. For a difference
half of the last digit of every figure that takes part. In a table of one or two rows it is a warning only.
Source: both formulas are printed in performance reports (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.constraints import PROGRESS, Fitted, is_capped, lower_is_better
from xlaudit.findings import Severity
from xlaudit.relations import Holds, Mode, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.texts import Text

_RATIO = Text("Progress states {stated}, but realisasi ÷ final target × 100 = {computed}.")
_BEYOND = Text("Progress states {stated}, but realisasi − final target = {computed}.")
_CHANGE = Text("Stated {stated}, but the later year less the earlier one = {computed}.")
_GROWTH = Text("Stated {stated}, but the change against the earlier year = {computed}.")
_ADVICE = Text("Compute it again by the same formula in every row, or correct the year's figure that is wrong.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every progress and every change between years with the figures it follows from."""
    for table in book.tables:
        mode = book.mode(table)
        for fitted in book.checks(table).over_years:
            wording = _wording(fitted)
            for relation in fitted.relations():
                if _fits_another_way(relation, mode, book.settings.conventions.caps):
                    yield MADE
                    continue
                verdict = judge(relation, mode, wording, _ADVICE)
                if isinstance(verdict, Flag) and not fitted.sure:
                    yield replace(verdict, severity=Severity.WARNING)
                elif verdict is not None:
                    yield verdict


def _wording(fitted: Fitted) -> Text:
    formula = fitted.formula
    if formula.target.role == "tingkat_kemajuan":
        return _RATIO if formula.divisor is not None else _BEYOND
    return _GROWTH if formula.divisor is not None else _CHANGE


def _fits_another_way(relation: Relation, mode: Mode, caps: tuple[int, ...]) -> bool:
    """Progress of an indicator where lower is better, or cut at a usual limit (RULES K2, K4)."""
    if len(relation.terms) != 1 or not all(member.figure.filled for member in relation.members):
        return False
    return is_capped(relation, caps) or holds(lower_is_better(relation), mode) is Holds.YES


RULE = Rule(
    PROGRESS,
    "over-years",
    Text("Progress or a change between years does not agree"),
    Severity.ERROR,
    check,
)
