"""Nilai yang tersimpan sama dengan hasil rumusnya.

Yang diperiksa: setiap sel berumus dalam tabel dihitung ulang dari nilai sel-sel yang dirujuknya, lalu dibandingkan
dengan nilai yang tersimpan di berkas, yaitu yang terlihat dan tercetak.
Mengapa penting: bila perhitungan otomatis dimatikan, angka yang dibetulkan tidak mengubah jumlah dan persentasenya;
laporan memuat nilai lama padahal rumusnya sudah benar.
Toleransi: selisih yang tidak terlihat pada desimal yang ditampilkan dibiarkan, juga selisih satu satuan desimal
terakhir pada rumus yang membulatkan. Rumus yang hasilnya tidak dapat dipastikan (fungsi yang tidak dikenal, buku kerja
lain) tidak dinilai.
Sumber: cara kerja lembar sebar; tidak bersumber dari peraturan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp)              |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500                  |
    | 2  | Program Penanganan Bencana  | 847300000                 | 790112000                   |
    |    | Jumlah                      | =SUM(C3:C4) -> 2997300000 | =SUM(D3:D4) -> 2743529500 * |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                 | Realisasi (Rp)            |
    | 1  | Program Rehabilitasi Sosial | 2150000000                | 2003417500                |
    | 2  | Program Penanganan Bencana  | 847300000                 | 790112000                 |
    |    | Jumlah                      | =SUM(C3:C4) -> 2997300000 | =SUM(D3:D4) -> 2793529500 |

English
The stored value is what its formula gives.

What is checked: every formula of a table is computed again from the values of the cells that it names, and compared
with the value stored in the file, which is the one that is seen and printed.
Why it matters: with automatic calculation switched off a corrected figure does not change its totals and
percentages; the report carries old values though its formulas are right.
Tolerance: a difference that does not show in the decimals displayed is left alone, and so is one of a single last
unit where the formula rounds. Formulas whose value is not sure (unknown functions, other workbooks) are not judged.
Source: how spreadsheets work; no regulation says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.findings import Severity, Slip, plain
from xlaudit.relations import term
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.showing import in_cell, shown_as
from xlaudit.tables import Row, Table
from xlaudit.texts import Text
from xlaudit.workings import Stale

_MESSAGE = Text("Stored is {stated}, but its formula, ={formula}, now gives {computed}; difference {difference}.")
_ADVICE = Text(
    "Open it in Excel, switch automatic calculation on (Formulas > Calculation Options > Automatic), press F9, save."
)
_LONGEST = 60


def check(book: Book) -> Iterator[Verdict]:
    """Tells of formulas whose stored value is not what they give."""
    for table in book.tables:
        equal = book.workings.recomputed.get(table.id, 0)
        if equal:
            yield Made(equal)
        found = book.workings.stale.get(table.id, ())
        rows = table.by_number if found else {}
        yield from (_flag(table, rows[stale.cell.row], stale) for stale in found)


def _flag(table: Table, row: Row, stale: Stale) -> Flag:
    name = next(name for name, figure in row.figures.items() if figure.cell == stale.cell)
    own = term(table, table.columns[name], row)
    figure = own.figure
    formula = figure.formula or ""
    stated, computed = figure.amount, stale.worth * figure.scale
    message = _MESSAGE.fill(
        stated=shown_as(own, stated),
        computed=shown_as(own, computed),
        difference=shown_as(own, abs(stated - computed)),
        formula=formula if len(formula) <= _LONGEST else f"{formula[:_LONGEST]}…",
    )
    return Flag(
        table,
        stale.cell,
        label_of(table, row, figure),
        message,
        stated=in_cell(own, stated),
        computed=in_cell(own, computed),
        difference=Decimal(in_cell(own, stated - computed)),
        advice=_ADVICE,
        slip=Slip("stale_value", computed),
        live=f"ABS({stale.cell.a1}-({formula}))>{plain(abs(stale.stored - stale.worth) / 2)}"
        if len(formula) <= _LONGEST * 10
        else None,
    )


RULE = Rule(
    "FO105",
    "stale-value",
    Text("A stored value is not what its formula gives"),
    Severity.ERROR,
    check,
)
