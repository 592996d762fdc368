"""Tidak ada baris yang tertulis dua kali.

Yang diperiksa: dua baris satu tabel yang nama, induk, dan semua angkanya sama, termasuk baris indikator dengan sasaran
yang sama.
Mengapa penting: baris yang tertulis dua kali terhitung dua kali dalam jumlah atau rata-rata.
Toleransi: baris dengan kurang dari dua angka selain nol tidak dinilai, begitu pula tabel yang lebih dari satu di antara
sepuluh barisnya berulang. Kode yang sama dinilai oleh RA106.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Sasaran              | Indikator                   | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan | Persentase PPKS terlayani   | 80     | 84        | 105         |
    | Meningkatnya layanan | Persentase PPKS terlayani * | 80     | 84        | 105         |
    | Meningkatnya layanan | Persentase PSKS aktif       | 75     | 75        | 100         |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Sasaran              | Indikator                   | Target | Realisasi | Capaian (%) |
    | Meningkatnya layanan | Persentase PPKS terlayani   | 80     | 84        | 105         |
    | Meningkatnya layanan | Persentase PSKS aktif       | 75     | 75        | 100         |

English
No row is typed twice.

What is checked: two rows of a table of which the name, the parent and all figures are the same, rows of indicators with
the same sasaran among them.
Why it matters: a row that was typed twice counts twice in its sum or mean.
Tolerance: rows with less than two figures other than zero are not judged, nor tables in which more than one row in ten
is repeated. The same code twice is told by RA106.
Source: reporting practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator

from xlaudit.cells import Cell
from xlaudit.constraints import item_places
from xlaudit.findings import Severity
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.schemas.words import fold
from xlaudit.tables import Row, Table
from xlaudit.texts import Text, same

_FEWEST = 2
_ONE_IN = 10
_MESSAGE = Text("This row repeats row {row}: its name and all of its figures stand twice.")
_ADVICE = Text("Delete one of them if it was typed twice.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the rows of every table with each other."""
    for table in book.tables:
        first: dict[Hashable, Row] = {}
        numbers = _numbers(table)
        labels, repeated = table.labels, table.repeated_labels
        judged = [index for index in table.named(item_places(table)) if numbers[index] >= _FEWEST]
        doubtful = [table.rows[at] for at in judged if labels[at].lower() in repeated] if repeated else []
        names = [(row.parent, row.label.lower()) for row in doubtful]
        times = Counter(names)
        again = [(row, _content(row)) for row, name in zip(doubtful, names, strict=True) if times[name] > 1]
        twice = [(row, other) for row, own in again if (other := first.setdefault(own, row)) is not row]
        twice = [(row, other) for row, other in twice if not (row.code and row.code == other.code)]
        if len(twice) > max(1, len(judged) // _ONE_IN):
            continue
        if len(judged) > len(twice):
            yield Made(len(judged) - len(twice))
        yield from (_flag(table, row, other) for row, other in twice)


def _numbers(table: Table) -> list[int]:
    """How many numbers other than zero each row has, or enough: with too few nothing tells that it is the same as
    another."""
    columns = [values for name in table.columns if (values := table.values(name))]
    if sum(map(all, columns)) >= _FEWEST:  # as where every row has pagu and realisasi: no need to count
        return [_FEWEST] * table.size
    counted = [0] * table.size
    for values in columns:
        counted = [count + 1 if value else count for count, value in zip(counted, values, strict=True)]
    return counted


def _content(row: Row) -> Hashable:
    """What makes two rows the same."""
    figures = tuple((name, figure.value, figure.text) for name, figure in row.figures.items())
    texts = tuple((name, fold(row.texts[name])) for name in ("sasaran", "tujuan", "satuan") if name in row.texts)
    return row.parent, row.label.lower(), figures, texts


def _flag(table: Table, row: Row, other: Row) -> Flag:
    naming = [column for column in table.columns.values() if row.texts.get(column.name) == row.label]
    column = min(naming or table.columns.values(), key=lambda column: column.column)
    return Flag(
        table,
        Cell(row.number, column.column),
        same(row.label),
        _MESSAGE.fill(row=other.number),
        stated=row.label,
        because=((table, Cell(other.number, column.column)),),
        advice=_ADVICE,
    )


RULE = Rule(
    "ST117",
    "row-twice",
    Text("A row is typed twice"),
    Severity.NOTE,
    check,
)
