"""Kategori memakai kata dari skala yang tercetak.

Yang diperiksa: kata kategori di samping capaian yang tidak ada pada skala yang tercetak dalam berkas (atau yang
dipakai tabelnya), tetapi ada pada skala lazim lain, misalnya "Sangat Berhasil" di samping skala Sangat
Tinggi–Sangat Rendah.
Mengapa penting: pembaca tidak dapat mencocokkan kata itu dengan skala mana pun dalam laporan, dan dua skala
memberi arti berbeda pada capaian yang sama.
Toleransi: tidak ada. Satu temuan untuk setiap kata dalam satu tabel; temuannya peringatan.
Sumber: skala yang dicetak laporan itu sendiri; skala peringkat kinerja Permendagri 86/2017; praktik
pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) | Kategori          |
    | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      | Sangat Berhasil * |
    | Persentase desa tangguh    | 40     | 34        | 85,00       | Tinggi            |
    | Indeks kepuasan masyarakat | 80     | 80        | 100,00      | Sangat Tinggi     |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) | Kategori          |
    | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      | Sangat Tinggi     |
    | Persentase desa tangguh    | 40     | 34        | 85,00       | Tinggi            |
    | Indeks kepuasan masyarakat | 80     | 80        | 100,00      | Sangat Tinggi     |

English
Categories use the words of the scale that is printed.

What is checked: words of kategori beside a capaian that are not on the scale which the workbook prints (or which
the table uses), but on another usual scale, such as "Sangat Berhasil" beside the scale Sangat Tinggi to Sangat
Rendah.
Why it matters: readers cannot hold that word against any scale of the report, and two scales mean different
things by the same capaian.
Tolerance: none. One finding for each word in a table; it is a warning.
Source: the scale that the report itself prints; the scale of Permendagri 86/2017; reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity
from xlaudit.rules._categories import Labelled, categories
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.words import fold
from xlaudit.texts import Text

_MESSAGE = Text("“{stated}” is not on the {scale}; it is a word of the {other}.")
_ADVICE = Text("Use the words of one scale throughout the report.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks for words of another scale than the one that is printed or in use."""
    for table in book.tables:
        found, in_use = categories(book, table)
        scale = _printed(book) or in_use
        if scale is None:
            continue
        known = frozenset().union(*(one.labels() for one in (scale, *book.scales)))
        words: dict[str, list[Labelled]] = {}
        for one in found:
            if fold(one.label) in known:
                yield MADE
            elif _scale_with(one.label) is not None:
                words.setdefault(fold(one.label), []).append(one)
        yield from (_flag(same, scale) for same in words.values())


def _printed(book: Book) -> Scale | None:
    """The one scale that the workbook prints; None where it prints several or none."""
    return book.scales[0] if len(book.scales) == 1 else None


def _scale_with(label: str) -> Scale | None:
    return next((scale for scale in KNOWN if fold(label) in scale.labels()), None)


def _flag(same: list[Labelled], scale: Scale) -> Flag:
    first, other = same[0], _scale_with(same[0].label)
    assert other is not None
    return Flag(
        first.table,
        first.cell,
        first.name,
        _MESSAGE.fill(stated=first.label, scale=scale.name, other=other.name),
        stated=first.label,
        because=tuple((one.table, one.cell) for one in same[1:]),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI106",
    "other-scale",
    Text("A category is a word of another scale"),
    Severity.WARNING,
    check,
)
