"""Angka ditulis dengan pengelompokan digit yang benar.

Yang diperiksa: angka yang titik dan komanya tidak membagi digit tiga-tiga, sehingga tidak terbaca dengan
pasti. Bacaan yang mungkin diusulkan; angkanya sendiri tidak ditebak dan tidak ikut dihitung.
Mengapa penting: tidak jelas apakah titiknya salah tempat, atau digitnya kurang atau lebih.
Toleransi: gaya 1.234,56 dan 1,234.56, "Rp", ",-", dan tanda kurung untuk angka negatif diterima.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 8.7106.000 *    | 79.011.200      |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   |
    | 2  | Program Penanganan Bencana    | 87.106.000      | 79.011.200      |

English
Figures are written with their digits grouped properly.

What is checked: figures whose points and commas do not part the digits by threes, so that they cannot be
read for certain. Possible readings are offered; the figure itself is not guessed and takes part in no
computation.
Why it matters: it is not clear whether a point is misplaced or a digit is missing or one too many.
Tolerance: the styles 1.234,56 and 1,234.56, "Rp", ",-" and parentheses for negative figures are accepted.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules._live import not_a_number
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import number
from xlaudit.tables import Figure, State
from xlaudit.texts import Text, joined, same

_MESSAGE = Text("“{text}” is not a proper number: its points and commas do not group the digits by threes.")
_ADVICE = Text("Type the figure again; perhaps {readings}.")
_MOST_READINGS = 2


def check(book: Book) -> Iterator[Verdict]:
    """Tells of every figure whose separators cannot be right."""
    for table in book.tables:
        written = [name for name in table.columns if table.holding(name).texts]
        for row in table.rows if written else ():
            for figure in map(row.figures.__getitem__, written):
                if figure.state is State.MALFORMED:
                    yield Flag(
                        table,
                        figure.cell,
                        label_of(table, row, figure),
                        _MESSAGE.fill(text=figure.text),
                        stated=figure.text,
                        advice=_advice(figure),
                        live=not_a_number(figure.cell),
                    )
                elif figure.as_text and figure.filled:
                    yield MADE


def _advice(figure: Figure) -> Text:
    """What the digits most likely mean, in their order."""
    readings = [number(value) for value in figure.readings[:_MOST_READINGS]] or [same(figure.text)]
    return _ADVICE.fill(readings=joined(same(" / "), readings))


RULE = Rule(
    "NU102",
    "malformed-number",
    Text("A figure is written wrongly"),
    Severity.ERROR,
    check,
)
