"""Target, realisasi, dan capaian satu indikator sama di semua tabel.

Yang diperiksa: angka indikator yang sama untuk tahun yang sama dibandingkan antartabel dan antarlembar.
Nama dicocokkan tanpa membedakan huruf besar, nomor, dan ejaan yang meleset satu huruf; kemiripannya
disebutkan.
Mengapa penting: dua angka untuk satu indikator membuat laporan bertentangan dengan dirinya sendiri.
Toleransi: angka yang dicetak dengan desimal berbeda dianggap sama bila dapat berasal dari satu nilai.
Target yang berbeda antara dua tabel saja menjadi peringatan, karena mungkin sudah diubah; menjadi
kesalahan bila tabel itu menyalin target lain dari rencana yang sama dan angkanya target tahun sebelum atau
sesudahnya, atau berbeda satu digit saja dan tertinggal dari target tahun sebelumnya.
Sumber: praktik pelaporan.

Salah:
    # Lembar: Pengukuran
    Pengukuran Kinerja Tahun 2024
    | Indikator                    | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani    | 80     | 84        | 105,00      |
    # Lembar: Efisiensi
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Indikator                    | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Persentase PPKS terlayani    | 105,50 *            | 95,50                   | 10,00         |
Benar:
    # Lembar: Pengukuran
    Pengukuran Kinerja Tahun 2024
    | Indikator                    | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani    | 80     | 84        | 105,00      |
    # Lembar: Efisiensi
    Efisiensi Penggunaan Sumber Daya Tahun 2024
    | Indikator                    | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Efisiensi (%) |
    | Persentase PPKS terlayani    | 105,00              | 95,50                   | 9,50          |

English
Target, realisasi and capaian of an indicator are the same in all tables.

What is checked: the figures of one indicator for one year are compared between tables and sheets. Names
are matched regardless of capitals, numbering and one mistyped letter; their similarity is stated.
Why it matters: two figures for one indicator make a report contradict itself.
Tolerance: figures printed with different decimals are the same where one value can give both. A target
that differs between no more than two tables is a warning, for it may have been revised; an error where
the table copies other targets of the same plan and the figure is the plan's for the year before or after,
or differs in one digit only and falls behind the target of the year before.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.agreement import INDICATOR, Odd
from xlaudit.crosswalk import Subject
from xlaudit.findings import Severity, plain
from xlaudit.relations import Relation
from xlaudit.rules._live import sheet_prefix
from xlaudit.rules._names import similar
from xlaudit.rules._plans import alike, mistaken
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.texts import Text, sentences

_ROLES = {
    "target": Text("The target"),
    "realisasi_kinerja": Text("The realisasi"),
    "capaian": Text("The capaian"),
}
_MESSAGE = Text("{role} of this indicator{year} is stated as {stated}, but as {computed} in {where}.")
_ADVICE = Text("Settle the right figure from its source and print the same everywhere.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every print of an indicator's figures with the others of the same year."""
    subjects = book.several.indicators
    pairs = alike(subject for subject, _ in subjects)
    for subject, odd in subjects:
        yield from (MADE for _ in range(len(subject.mentions) - len(odd)))
        yield from (_flag(subject, one, mistaken(one, pairs)) for one in odd)


def _flag(subject: Subject, odd: Odd, proof: Text | None) -> Flag:
    """``proof`` tells that a target was copied wrongly: then it cannot be a revised one."""
    term, other = odd.mention.term, odd.against[0].term
    stated, computed = term.figure.amount, other.figure.amount
    tail = similar(odd.mention.name, (mention.name for mention in odd.against))
    where = f"{other.table.sheet}!{other.figure.cell.a1}"
    role = _ROLES[subject.role]
    facts = {
        "year": Text(" for {year}").fill(year=subject.year) if subject.year else "",
        "stated": shown_as(term, stated),
        "computed": shown_as(other, computed),
        "where": where,
    }
    text = _MESSAGE.fill(role=role, **facts)
    return Flag(
        term.table,
        term.figure.cell,
        label_of(term.table, term.row, term.figure),
        sentences(text, proof, tail),
        severity=None if proof is not None else _severity(subject, odd),
        stated=plain(stated),
        computed=plain(computed),
        difference=stated - computed,
        because=tuple((mention.term.table, mention.term.figure.cell) for mention in odd.against),
        advice=_ADVICE,
        relation=Relation(INDICATOR, term, (other,)),
        live=None
        if term.figure.as_text or other.figure.as_text
        else f"ABS(ROUND({term.figure.cell.a1}*{plain(term.figure.scale)}-"
        f"{sheet_prefix(other.table.sheet)}{other.figure.cell.a1}*{plain(other.figure.scale)},6))"
        f">={plain(max(term.figure.unit, other.figure.unit))}",
    )


def _severity(subject: Subject, odd: Odd) -> Severity | None:
    """A target may have been revised: it is an error only against two tables, or against the plan's own end."""
    term = odd.mention.term
    if odd.mention.baseline or odd.as_planned:
        return Severity.WARNING
    if subject.role == "target" and not odd.outvoted and not odd.mention.final:
        return Severity.WARNING
    cut = term.figure.amount == odd.against[0].term.figure.amount // 1
    return Severity.WARNING if cut and subject.role == "realisasi_kinerja" else None


RULE = Rule(
    INDICATOR,
    "same-indicator",
    Text("An indicator's figures differ between tables"),
    Severity.ERROR,
    check,
)
