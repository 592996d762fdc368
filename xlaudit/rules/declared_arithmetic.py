"""Angka kolom mengikuti rumus yang tertulis pada judul kolomnya.

Yang diperiksa: baris nomor kolom sering memuat rumus, misalnya 6=4/5*100, (6) = (3-5), 12=8+9+10+11, atau
f = e/d x 100; ada juga yang menuliskannya dalam judul, misalnya Sisa (3-4). Setiap baris dihitung ulang
menurut rumus itu, juga pada kolom yang tidak dikenal namanya. Rumus yang sama dengan aturan lain (misalnya
persen = realisasi ÷ pagu) diperiksa oleh aturan itu saja; rumus lain menggantikan aturan itu untuk kolomnya.
Kolom rupiah berjudul Jumlah atau Total di samping rinciannya (sumber dana, jenis belanja) dijumlahkan ulang
bila sebagian besar barisnya memang demikian.
Pada persentase realisasi terhadap target diterima pula rumus makin rendah makin baik dan batas 100, 110, 120,
atau 150. Kinerja triwulan yang bukan hitungan (persen, indeks, keadaan akhir) hanya diperingatkan.
Mengapa penting: rumus di judul adalah janji tabel itu sendiri tentang cara angkanya diperoleh.
Toleransi: setengah angka terakhir yang tercetak untuk setiap angka hasil hitungan, dan satu angka terakhir
bila hasilnya dipotong; target dan hasil hitungan orang atau barang dipakai persis seperti tercetak.
Sumber: rumus yang tercetak pada tabel itu sendiri.

Salah:
    Layanan Rehabilitasi Tahun 2024
    | No | Jenis Layanan           | Pemohon | Terlayani | Rasio Layanan |
    | 1  | 2                       | 3       | 4         | 5=4/3x100     |
    | 1  | Rehabilitasi anak       | 120     | 96        | 80,00         |
    | 2  | Rehabilitasi lansia     | 75      | 69        | 29,00 *       |
    | 3  | Rehabilitasi disabilitas| 64      | 48        | 75,00         |
Benar:
    Layanan Rehabilitasi Tahun 2024
    | No | Jenis Layanan           | Pemohon | Terlayani | Rasio Layanan |
    | 1  | 2                       | 3       | 4         | 5=4/3x100     |
    | 1  | Rehabilitasi anak       | 120     | 96        | 80,00         |
    | 2  | Rehabilitasi lansia     | 75      | 69        | 92,00         |
    | 3  | Rehabilitasi disabilitas| 64      | 48        | 75,00         |

English
The figures of a column follow the arithmetic that its heading declares.

What is checked: the row that numbers the columns often declares arithmetic, such as 6=4/5*100, (6) = (3-5),
12=8+9+10+11 or f = e/d x 100; some put it into the heading, such as Sisa (3-4). Every row is computed again
by it, also in columns whose name is not known. Arithmetic that another rule checks anyway (such as
percentage = realisasi ÷ pagu) is left to that rule; any other takes the place of that rule in its column.
A column of rupiah headed Jumlah or Total beside its parts (sources of funds, kinds of belanja) is added up again
where most rows say so.
For percentages of realisasi to target the formula for lower-is-better and limits of 100, 110, 120 or 150
are accepted as well. Quarters of what cannot be added up (percentages, an index, a state) are only warned of.
Why it matters: what the heading declares is the table's own promise of how its figures came about.
Tolerance: half of the last digit printed for every figure that was computed, and one last digit where a result
was cut off; targets and counts of people or things are taken exactly as printed.
Source: the arithmetic printed in the table itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xlaudit.checks import TableChecks
from xlaudit.declared import DECLARED, FEW_ROWS, DeclaredFormula, blank_operands
from xlaudit.findings import Severity
from xlaudit.relations import Relation
from xlaudit.rules._flags import judge
from xlaudit.rules.base import Book, Flag, Made, Rule, Skip, Verdict
from xlaudit.schemas.words import fold
from xlaudit.tables import Measure
from xlaudit.texts import Text

_MESSAGE = Text("States {stated}, but by the column formula “{declared}” in {cell} it is {computed}.")
_ADVICE = Text(
    "Compute it again by the heading's formula; if it is right, check the other figures of the row, or the formula."
)
_NO_COUNT = Text(
    "Percentages, indices and states are not added up over quarters: if this indicator is one, explain how its year "
    "is computed; if not, compute it again.",
)
_NO_COUNTS = ("%", "persen", "indeks", "nilai", "skor", "predikat", "rasio")
_BLANK = Text("cell {cell}, which the column formula “{declared}” needs, is not filled in")


def check(book: Book) -> Iterator[Verdict]:
    """Computes every column again by what its table declares of it."""
    for table in book.tables:
        checks = book.checks(table)
        followed = {formula.target.name: formula for formula in checks.declarations.followed}
        if not followed:
            continue
        yield Made(checks.declared.held)
        for relation in checks.declared.open:
            formula = followed[relation.target.column.name]
            declared = formula.declared
            message = _MESSAGE.fill(declared=declared.text, cell=declared.cell.a1)
            verdict = judge(relation, checks.mode_of(relation), message, _ADVICE)
            if isinstance(verdict, Flag) and _adds_no_count(relation):
                yield replace(verdict, severity=Severity.WARNING, advice=_NO_COUNT)
            elif isinstance(verdict, Flag) and _alone(checks, formula):
                yield replace(verdict, severity=Severity.WARNING)
            elif verdict is not None:
                yield verdict
        for formula in followed.values():
            yield from _blanks(formula)


def _alone(checks: TableChecks, formula: DeclaredFormula) -> bool:
    """Whether none of the few rows follows the declaration: then it may be the declaration that is wrong."""
    return not checks.declarations.fits[formula.target.name] and len(formula.rows) <= FEW_ROWS


def _adds_no_count(relation: Relation) -> bool:
    """Whether quarters are added up that do not add: percentages, an index, or the same things again (RULES E2)."""
    columns = [part.column for part in relation.terms]
    if relation.divisor is not None or not all(c.period.startswith("tw") for c in columns):
        return False
    if any(column.measure is not Measure.QUANTITY for column in columns):
        return False
    last = next((part.figure.amount for part in reversed(relation.terms) if part.figure.amount), None)
    unit = fold(relation.target.row.texts.get("satuan", ""))
    return relation.target.figure.value == last or any(word in unit for word in _NO_COUNTS)


def _blanks(formula: DeclaredFormula) -> Iterator[Skip]:
    for target, blank in blank_operands(formula):
        reason = _BLANK.fill(cell=blank.cell.a1, declared=formula.declared.text)
        yield Skip(formula.table, target.cell, reason)


RULE = Rule(
    DECLARED,
    "declared-arithmetic",
    Text("A figure does not follow its column's declared formula"),
    Severity.ERROR,
    check,
)
