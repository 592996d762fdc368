"""Capaian yang sama mendapat kategori yang sama.

Yang diperiksa: dua baris dengan capaian yang sama persis dalam satu tabel, tetapi dengan kategori yang berbeda.
Kategori yang tidak sesuai skala sudah dilaporkan aturan KI105 dan tidak diulang di sini.
Mengapa penting: kategori berlaku untuk angkanya, bukan untuk indikatornya; dua kategori untuk satu angka
membuat penilaian tampak tidak konsisten.
Toleransi: capaian dibandingkan seperti tercetak. Temuannya peringatan.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) | Kategori  |
    | Persentase PPKS terlayani  | 80     | 80        | 100,00      | Memuaskan |
    | Persentase desa tangguh    | 40     | 40        | 100,00      | Cukup *   |
    | Indeks kepuasan masyarakat | 80     | 76        | 95,00       | Cukup     |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) | Kategori  |
    | Persentase PPKS terlayani  | 80     | 80        | 100,00      | Memuaskan |
    | Persentase desa tangguh    | 40     | 40        | 100,00      | Memuaskan |
    | Indeks kepuasan masyarakat | 80     | 76        | 95,00       | Cukup     |

English
The same capaian has the same category.

What is checked: two rows of a table with exactly the same capaian, but with different categories. A category
that does not follow the scale is told by KI105 and not again here.
Why it matters: a category is that of a figure, not of an indicator; two categories for one figure make the
assessment look inconsistent.
Tolerance: capaian is compared as printed. It is a warning.
Source: reporting practice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from xlaudit.findings import Severity
from xlaudit.relations import places_of, shown
from xlaudit.rules._categories import Labelled, accepts, categories
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.schemas.contents import KATEGORI_WORDS
from xlaudit.schemas.words import fold
from xlaudit.showing import percent
from xlaudit.texts import Text

_MESSAGE = Text("A capaian of {capaian} is “{stated}” here, but “{computed}” in {cell}.")
_ADVICE = Text("Give the same capaian the same category, by one scale.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares the categories of equal capaian within each table."""
    for table in book.tables:
        found, scale = categories(book, table)
        labels = frozenset() if scale is None else scale.labels()
        words = labels.union(KATEGORI_WORDS)
        same: dict[Decimal, list[Labelled]] = {}
        for one in found:
            word = fold(one.label)
            told = scale is not None and word in labels and not accepts(scale, one)
            if word in words and not told:
                same.setdefault(shown(one.figure).normalize(), []).append(one)
        for group in same.values():
            yield from _group(group)


def _group(group: list[Labelled]) -> Iterator[Verdict]:
    """The labels of one capaian against the one that most of them are, the first of two."""
    counted = Counter(fold(one.label) for one in group)
    most = max(counted.values())
    usual = next(one for one in group if counted[fold(one.label)] == most)
    for one in group:
        if one is usual:
            continue
        yield MADE if fold(one.label) == fold(usual.label) else _flag(one, usual)


def _flag(one: Labelled, usual: Labelled) -> Flag:
    capaian = percent(shown(one.figure), max(places_of(one.figure), 0))
    return Flag(
        one.table,
        one.cell,
        one.name,
        _MESSAGE.fill(capaian=capaian, stated=one.label, computed=usual.label, cell=usual.cell.a1),
        stated=one.label,
        computed=usual.label,
        because=((usual.table, usual.cell), (usual.table, usual.figure.cell)),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI108",
    "same-category",
    Text("The same capaian has another category"),
    Severity.WARNING,
    check,
)
