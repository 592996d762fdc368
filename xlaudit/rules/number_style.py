"""Satu kolom memakai satu cara menulis angka.

Yang diperiksa: angka yang ditulis sebagai teks dengan titik dan koma lain daripada sebagian besar
kolomnya, dan kolom yang seluruhnya memakai titik desimal di samping kolom dengan koma desimal. Nilainya
tetap terbaca.
Mengapa penting: 1.234 dan 1,234 mudah tertukar, dan angka yang disalin ke lembar lain dapat berubah
seribu kali.
Toleransi: angka tanpa pemisah tidak dinilai; kolom tanpa gaya yang terbanyak tidak dinilai.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847,300,000 *   | 790.112.000     | 93,25   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                       | Pagu (Rp)       | Realisasi (Rp)  | %       |
    | 1  | Program Rehabilitasi Sosial   | 2.150.000.000   | 2.003.417.500   | 93,18   |
    | 2  | Program Penanganan Bencana    | 847.300.000     | 790.112.000     | 93,25   |
    |    | Jumlah                        | 2.997.300.000   | 2.793.529.500   | 93,20   |

English
One column writes its figures in one style.

What is checked: figures typed as text with other points and commas than most of their column, and columns
that use a decimal point throughout beside columns with a decimal comma. The values can still be read.
Why it matters: 1.234 and 1,234 are easily confused, and a figure copied elsewhere may change a
thousandfold.
Tolerance: figures without separators are not judged, nor are columns in which no style prevails.
Source: reporting practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlaudit.amounts import Style
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text, plural, same

_STYLES = frozenset(style.value for style in (Style.INDONESIAN, Style.ENGLISH, Style.COMMA_BOTH, Style.DOT_BOTH))
"""Styles that a reader can tell apart; their values are what a message shows. Plain digits have none."""
_MINORITY = Text("“{text}” is written in the style {own}; {others} other figures of this column use {usual}.")
_ENGLISH = plural(
    "{n} figure of this column uses a decimal point (“{text}”), other columns a comma.",
    "{n} figures of this column use a decimal point (such as “{text}”), other columns a comma.",
)
_ADVICE = Text("Write all figures alike: 1.234,56.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of figures written in another style than the rest of their column, and of columns than the rest."""
    for table in book.tables:
        usual: dict[str, str] = {}
        for column in table.columns.values():
            if not table.holding(column.name).texts:
                continue
            written = [(r, f) for r in table.rows if (f := r.figures.get(column.name)) and f.style in _STYLES]
            if not written:
                continue
            style, count = Counter(figure.style for _, figure in written).most_common(1)[0]
            usual[column.name] = style
            if count == len(written) or count * 2 <= len(written):
                yield MADE
                continue
            yield from (_minority(table, r, f, style, count) for r, f in written if f.style != style)
        if Style.INDONESIAN.value in usual.values():
            for name, style in usual.items():
                if style == Style.ENGLISH.value:
                    yield _whole_column(table, table.columns[name])


def _minority(table: Table, row: Row, figure: Figure, style: str, count: int) -> Flag:
    facts = {"text": figure.text, "own": figure.style, "usual": style, "others": str(count)}
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        _MINORITY.fill(**facts),
        stated=figure.text,
        advice=_ADVICE,
    )


def _whole_column(table: Table, column: Column) -> Flag:
    rows = [row for row in table.rows if row.figures[column.name].style == Style.ENGLISH.value]
    first = rows[0].figures[column.name]
    facts = {"n": len(rows), "text": first.text}
    return Flag(
        table,
        first.cell,
        same(column.header),
        _ENGLISH.fill(**facts),
        stated=first.text,
        advice=_ADVICE,
    )


RULE = Rule(
    "NU101",
    "number-style",
    Text("Figures are written in different styles"),
    Severity.NOTE,
    check,
)
