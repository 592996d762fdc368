"""Satu kolom persentase memakai satu skala: persen atau pecahan.

Yang diperiksa: angka pada kolom persentase yang hanya cocok dengan perhitungan bila dibaca dalam skala
lain daripada sebagian besar kolomnya, misalnya 0,9318 di antara 93,25 dan 93,20. Sel berformat % tidak
diragukan.
Mengapa penting: rata-rata dan grafik dari kolom yang tercampur meleset seratus kali.
Toleransi: angka yang tidak dapat dihitung ulang dibaca seperti tertulis.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %        |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 0.9318 * |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93.25    |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93.20    |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %        |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93.18    |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93.25    |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93.20    |

English
A column of percentages uses one scale: percent or fractions.

What is checked: figures of a percentage column that agree with their computation only if read in another
scale than most of the column, such as 0,9318 among 93,25 and 93,20. Cells in a % format leave no doubt.
Why it matters: means and charts of a mixed column are off a hundredfold.
Tolerance: a figure that cannot be computed again is read as it is written.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from xlaudit.findings import Severity, Slip
from xlaudit.relations import ONE, places_of
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import number, percent
from xlaudit.tables import Figure, Measure
from xlaudit.texts import Text

_MESSAGE = Text(
    "{text} was read as {value} because only then it agrees; {others} other figures of this column use another scale.",
)
_ADVICE = Text("Write the whole column in one scale.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of the few figures of a percentage column that stand in another scale than the rest."""
    for table in book.tables:
        for column in table.columns.values():
            if column.measure is not Measure.PERCENT:
                continue
            scales = table.holding(column.name).scales
            if len(scales) < 2 or ONE not in scales:
                yield MADE
                continue
            cells = [(row, f) for row in table.rows if (f := row.figures[column.name]).filled and _bare(f)]
            scaled = [(row, f) for row, f in cells if f.scale != 1]
            usual = [(row, f) for row, f in cells if f.scale == 1]
            few, many = sorted((scaled, usual), key=len)
            for row, figure in few:
                assert figure.value is not None
                facts = {
                    "text": number(figure.value / figure.scale),
                    "value": percent(figure.value, max(places_of(figure), 0)),
                    "others": str(len(many)),
                }
                yield Flag(
                    table,
                    figure.cell,
                    label_of(table, row, figure),
                    _MESSAGE.fill(**facts),
                    stated=figure.text,
                    advice=_ADVICE,
                    slip=Slip("percent_fraction", _in_other_scale(figure)),
                )


def _in_other_scale(figure: Figure) -> Decimal:
    """What the cell would hold in the scale of the rest: a fraction as percentage, or the other way round."""
    assert figure.value is not None
    return figure.value if figure.scale != 1 else figure.value / 100


def _bare(figure: Figure) -> bool:
    """A number without a % sign or % format, which alone leave no doubt about the scale."""
    return not figure.percent_sign


RULE = Rule(
    "NU104",
    "percent-scale",
    Text("Percentages and fractions are mixed"),
    Severity.NOTE,
    check,
)
