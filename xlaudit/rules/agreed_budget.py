"""Pagu dan realisasi satu program sama di semua tabel, juga dengan Perjanjian Kinerja sesudah perubahan.

Yang diperiksa: pagu dan realisasi setiap program dan kegiatan untuk tahun yang sama dibandingkan
antartabel dan antarlembar. Perjanjian Kinerja sebelum perubahan tidak ikut dibandingkan. Nama dicocokkan
tanpa membedakan huruf besar, nomor, dan ejaan yang meleset satu huruf; kemiripannya disebutkan.
Mengapa penting: pagu yang berbeda menandakan tabel yang masih memakai anggaran sebelum perubahan.
Toleransi: angka dalam ribuan atau jutaan dianggap sama bila dapat berasal dari satu nilai. Dua tabel yang
tidak mempunyai sedikitnya dua angka yang sama hanya diperingatkan, karena mungkin memuat anggaran yang
berbeda.
Sumber: praktik pelaporan.

Salah:
    # Lembar: PK Perubahan
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                       | Anggaran (Rp)   |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   |
    | 2  | Program Penanganan Bencana    | 847.300.000     |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     |
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 897.300.000 *   | 790.112.000     |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     | 431.000.000     |
Benar:
    # Lembar: PK Perubahan
    Perjanjian Kinerja Perubahan Tahun 2024
    | No | Program                       | Anggaran (Rp)   |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   |
    | 2  | Program Penanganan Bencana    | 847.300.000     |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     |
    # Lembar: Realisasi
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     |
    | 3  | Program Pemberdayaan Sosial   | 500.000.000     | 431.000.000     |

English
Pagu and realisasi of a program are the same in all tables, the revised Perjanjian Kinerja included.

What is checked: pagu and realisasi of every program and kegiatan for the same year are compared between
tables and sheets. A Perjanjian Kinerja before revision takes no part. Names are matched regardless of
capitals, numbering and one mistyped letter; their similarity is stated.
Why it matters: a pagu that differs is the sign of a table that still uses the budget before its revision.
Tolerance: figures in thousands or millions are the same where one value can give both. Two tables that do
not share at least two equal figures give a warning only, for they may be about different budgets.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.agreement import BUDGET, Odd
from xlaudit.crosswalk import Subject
from xlaudit.findings import Severity, plain
from xlaudit.relations import Relation
from xlaudit.rules._alike import PrintedAlike
from xlaudit.rules._live import sheet_prefix
from xlaudit.rules._names import similar
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.schemas.kinds import KINDS, PERJANJIAN_KINERJA
from xlaudit.showing import amount
from xlaudit.texts import Text, sentences

_MESSAGE = Text("{role} is stated as {stated}, but as {computed} in {kind} ({where}); difference {difference}.")
_AGREEMENT = Text("the Perjanjian Kinerja")
_ADVICE = Text("Check against the DPA in force; if the budget moved after the agreement, explain how.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every print of a program's or kegiatan's amounts with the others of the same year."""
    subjects = book.several.budgets
    together = PrintedAlike(subject for subject, _ in subjects)
    for subject, odd in subjects:
        yield from (MADE for _ in range(len(subject.mentions) - len(odd)))
        yield from (_flag(subject, one, together) for one in odd)


def _flag(subject: Subject, odd: Odd, together: PrintedAlike) -> Flag:
    term, other = odd.mention.term, odd.against[0].term
    stated, computed = term.figure.amount, other.figure.amount
    kind = _AGREEMENT if other.table.kind == PERJANJIAN_KINERJA.name else KINDS[other.table.kind].title
    facts = {
        "role": subject.role.capitalize(),
        "stated": amount(stated),
        "computed": amount(computed),
        "difference": amount(abs(stated - computed)),
        "where": f"{other.table.sheet}!{other.figure.cell.a1}",
    }
    return Flag(
        term.table,
        term.figure.cell,
        label_of(term.table, term.row, term.figure),
        sentences(_MESSAGE.fill(kind=kind, **facts), similar(odd.mention.name, (m.name for m in odd.against))),
        severity=None if together.twice(term.table, other.table) else Severity.WARNING,
        stated=plain(stated),
        computed=plain(computed),
        difference=stated - computed,
        because=tuple((mention.term.table, mention.term.figure.cell) for mention in odd.against),
        advice=_ADVICE,
        relation=Relation(BUDGET, term, (other,)),
        live=None
        if term.figure.as_text or other.figure.as_text
        else f"ABS(ROUND({term.figure.cell.a1}*{plain(term.figure.scale)}-"
        f"{sheet_prefix(other.table.sheet)}{other.figure.cell.a1}*{plain(other.figure.scale)},2))>0.005",
    )


RULE = Rule(
    BUDGET,
    "agreed-budget",
    Text("A program's budget differs between tables"),
    Severity.ERROR,
    check,
)
