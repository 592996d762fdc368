"""Capaian sama dengan realisasi dibagi target.

Yang diperiksa: capaian setiap indikator dibandingkan dengan realisasi ÷ target × 100. Diterima pula rumus
makin rendah makin baik, (2 × target − realisasi) ÷ target × 100, dan capaian yang dibatasi tepat pada
100, 110, 120, atau 150 bila hasil hitungnya lebih tinggi. Bila batasnya ditetapkan (lembar Identitas, atau
conventions.cap dalam xlaudit.toml), hanya batas itu yang diterima dan capaian di atasnya dilaporkan. Target
berupa batas atau teks (misalnya ">B") tidak dihitung.
Mengapa penting: capaian menentukan kategori kinerja, rata-rata, dan efisiensi.
Toleransi: setengah angka terakhir yang tercetak; target dan realisasi dipakai persis seperti tercetak.
Sumber: kedua rumus tercetak dalam laporan kinerja (praktik pelaporan).

Salah:
    Pengukuran Kinerja Tahun 2024
    | Sasaran                  | Indikator                     | Satuan | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan     | Persentase PPKS terlayani     | %      | 87     | 89,29     | 102,36 *    |
    | Meningkatnya kesiapan    | Persentase desa tangguh       | %      | 40     | 38        | 95,00       |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Sasaran                  | Indikator                     | Satuan | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan     | Persentase PPKS terlayani     | %      | 87     | 89,29     | 102,63      |
    | Meningkatnya kesiapan    | Persentase desa tangguh       | %      | 40     | 38        | 95,00       |

English
Capaian is realisasi divided by target.

What is checked: the capaian of every indicator is compared with realisasi ÷ target × 100. Also accepted
are the formula for lower-is-better, (2 × target − realisasi) ÷ target × 100, and a capaian cut at exactly
100, 110, 120 or 150 where the computed one is higher. Where the limit was settled (sheet Identitas, or
conventions.cap in xlaudit.toml) only that one is accepted, and a capaian above it is reported. Targets that
are bounds or words (such as ">B") are not computed.
Why it matters: capaian decides on the category of performance, on means and on efficiency.
Tolerance: half of the last digit printed; target and realisasi count exactly as printed.
Source: both formulas are printed in performance reports (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import ACHIEVEMENT, is_capped, lower_is_better
from xlaudit.findings import Severity, plain
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules._flags import judge
from xlaudit.rules.base import MADE, Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.rules.direction import says_lower
from xlaudit.rules.target_zero import has_zero_target
from xlaudit.schemas.kinds import EVALUASI_TRIWULAN
from xlaudit.showing import shown_as
from xlaudit.texts import Text

_MESSAGE = Text("Capaian states {stated}, but realisasi ÷ target × 100 = {computed}.")
_LOWER = Text(
    "Capaian states {stated}, but for an indicator where lower is better (target − (realisasi − target)) ÷ target × "
    "100 = {computed}.",
)
_ADVICE = Text("Compute capaian again from the target and realisasi as printed, or correct one of those two.")
_BEYOND = Text("Capaian states {stated}, but {where} sets a limit of {limit} on capaian.")
_CUT = Text("Write {limit}, or correct the limit on capaian if there is none.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every capaian with its row's target and realisasi, in either direction of the indicator."""
    for table in book.tables:
        checked = book.checks(table).achievements
        yield Made(checked.held)
        for relation in checked.open:
            if _fits_another_way(relation, book):
                yield MADE
                continue
            if has_zero_target(relation):
                continue
            wording = _MESSAGE if len(relation.terms) == 1 else _LOWER
            verdict = judge(relation, book.mode(table), wording, _ADVICE)
            if verdict is not None:
                yield verdict
        if table.kind == EVALUASI_TRIWULAN.name:
            continue  # the degrees of form E.81, over a year and over a Renstra, are not cut off
        for relation in book.checks(table).beyond_limit:
            if _holds_either_way(relation, book):
                yield _beyond(relation, book)


def _fits_another_way(relation: Relation, book: Book) -> bool:
    """Lower is better (KI102 tells), or cut at a limit."""
    if not all(member.figure.nil_or_filled for member in relation.members):
        return False
    if _holds_either_way(relation, book) or _nothing_of_nothing(relation):
        return True
    return is_capped(relation, book.settings.conventions.caps)


def _holds_either_way(relation: Relation, book: Book) -> bool:
    """By the formula of its row, or, where the row names no direction, by that for lower-is-better."""
    mode = book.mode(relation.target.table)
    if holds(relation, mode) is Holds.YES:
        return True
    return len(relation.terms) == 1 and holds(lower_is_better(relation), mode) is Holds.YES


def _beyond(relation: Relation, book: Book) -> Flag:
    """A capaian above the limit that was settled: an error where the workbook itself sets the limit."""
    target, limit = relation.target, book.settings.conventions.limit
    assert limit is not None
    facts = {"stated": shown_as(target, target.figure.amount), "limit": limit, "where": book.policy.origin("cap")}
    return Flag(
        target.table,
        target.figure.cell,
        label_of(target.table, target.row, target.figure),
        _BEYOND.fill(**facts),
        severity=None if book.policy.declares("cap") else Severity.WARNING,
        stated=plain(target.figure.amount),
        computed=str(limit),
        difference=target.figure.amount - limit,
        because=tuple((target.table, member.figure.cell) for member in relation.members[1:]),
        advice=_CUT.fill(limit=limit),
    )


def _nothing_of_nothing(relation: Relation) -> bool:
    """Target 0 and realisasi 0 are fully achieved where lower is better, as with accidents (RULES K3)."""
    goal = relation.divisor.figure if relation.divisor is not None else None
    figures = [term.figure for term in relation.terms]
    nothing = goal is not None and goal.amount == 0 and all(figure.amount == 0 for figure in figures)
    return nothing and relation.target.figure.value == 100 and says_lower(relation)


RULE = Rule(
    ACHIEVEMENT,
    "achievement",
    Text("Capaian is not realisasi ÷ target"),
    Severity.ERROR,
    check,
)
