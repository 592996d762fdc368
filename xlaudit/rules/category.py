"""Kategori sesuai dengan skala capaian.

Yang diperiksa: kategori, kriteria, atau predikat di samping capaian dibandingkan dengan skala yang
tercetak dalam berkas; bila tidak ada, dengan conventions.scale dalam xlaudit.toml; bila itu pun tidak ada,
dengan skala lazim yang paling cocok dengan tabelnya. Kata di luar skala tidak dinilai.
Mengapa penting: kategori adalah kesimpulan yang dibaca lebih dulu daripada angkanya.
Toleransi: capaian dipakai seperti tercetak. Skala yang meninggalkan celah (misalnya antara 75 dan 76)
membolehkan kedua kategori di sisi celah itu; kategori yang benar menurut skala lazim lain hanya
diperingatkan.
Sumber: skala yang dicetak laporan itu sendiri; skala peringkat kinerja Permendagri 86/2017; praktik
pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                    | Target | Realisasi | Capaian (%) | Kategori      |
    | Persentase PPKS terlayani    | 87     | 89,29     | 102,63      | Sangat Tinggi |
    | Persentase desa tangguh      | 40     | 34        | 85,00       | Sedang *      |

    | No | Interval Nilai Realisasi Kinerja | Kriteria      |
    | 1  | 91 ≤ 100                         | Sangat Tinggi |
    | 2  | 76 ≤ 90                          | Tinggi        |
    | 3  | 66 ≤ 75                          | Sedang        |
    | 4  | 51 ≤ 65                          | Rendah        |
    | 5  | ≤ 50                             | Sangat Rendah |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                    | Target | Realisasi | Capaian (%) | Kategori      |
    | Persentase PPKS terlayani    | 87     | 89,29     | 102,63      | Sangat Tinggi |
    | Persentase desa tangguh      | 40     | 34        | 85,00       | Tinggi        |

    | No | Interval Nilai Realisasi Kinerja | Kriteria      |
    | 1  | 91 ≤ 100                         | Sangat Tinggi |
    | 2  | 76 ≤ 90                          | Tinggi        |
    | 3  | 66 ≤ 75                          | Sedang        |
    | 4  | 51 ≤ 65                          | Rendah        |
    | 5  | ≤ 50                             | Sangat Rendah |

English
The category follows the scale of capaian.

What is checked: the kategori, kriteria or predikat beside a capaian is compared with the scale that the
workbook prints; where it prints none, with conventions.scale in xlaudit.toml; without that, with the usual
scale that fits the table best. Words of no scale are not judged.
Why it matters: the category is the conclusion that people read before the figure.
Tolerance: capaian counts as printed. Where a scale leaves holes (as between 75 and 76) both neighbours
are accepted; a category that another usual scale would give is a warning only.
Source: the scale that the report itself prints; the scale of Permendagri 86/2017; reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity, plain
from xlaudit.relations import partner, places_of, shown
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.words import fold
from xlaudit.showing import percent
from xlaudit.tables import Column, Figure, Row, Table
from xlaudit.texts import Text, same

_MESSAGE = Text("Stated “{stated}”, but by {scale} a capaian of {capaian} is “{computed}”.")
_ADVICE = Text("Bring the category in line with the scale in use, or check the capaian.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every category with the scale that the workbook declares, or with the known one that fits best."""
    for table in book.tables:
        labelled = list(_labelled(table, book.scales))
        scale = _scale(book, labelled)
        if scale is None:
            continue
        settled = scale.sheet or scale is book.settings.conventions.scale
        others = [] if settled else [s for s in _candidates(KNOWN, labelled) if s is not scale]
        for row, column, figure, label in labelled:
            assert figure.value is not None
            if fold(label) not in scale.labels():
                continue
            if _accepts(scale, figure, label):
                yield MADE
                continue
            doubt = any(_accepts(other, figure, label) for other in others)
            yield _flag(table, row, column, figure, label, scale, doubt)


def _accepts(scale: Scale, figure: Figure, label: str) -> bool:
    """Whether a label is right for a capaian as it is stored, or else as it is shown."""
    assert figure.value is not None
    return scale.accepts(figure.value, label) or (figure.finer and scale.accepts(shown(figure), label))


def _labelled(table: Table, scales: tuple[Scale, ...]) -> Iterator[tuple[Row, Column, Figure, str]]:
    """Every row that has both a capaian and a category. A scale printed right below is no part of its table."""
    areas = [scale.area for scale in scales if scale.area is not None and scale.sheet == table.sheet]
    for column in (c for c in table.columns.values() if c.role == "kategori"):
        achieved = partner(table, column, "capaian")
        if achieved is None:
            continue
        for row in table.rows:
            label, figure = row.texts.get(column.name, ""), row.figures[achieved.name]
            if label and figure.filled and not any(area.top <= row.number <= area.bottom for area in areas):
                yield row, column, figure, label


def _candidates(scales: tuple[Scale, ...], labelled: list[tuple[Row, Column, Figure, str]]) -> list[Scale]:
    """The scales that know most of the labels in use, those that fit most rows first."""
    used = {fold(label) for *_, label in labelled}

    def misfits(scale: Scale) -> int:
        return sum(1 for *_, figure, label in labelled if not _accepts(scale, figure, label))

    knowing = [scale for scale in scales if used and len(used & scale.labels()) * 2 > len(used)]
    return sorted(knowing, key=misfits)


def scale_of(book: Book, table: Table) -> Scale | None:
    """The scale by which a table's categories are judged, None where it has none or they are of no scale."""
    return _scale(book, list(_labelled(table, book.scales)))


def _scale(book: Book, labelled: list[tuple[Row, Column, Figure, str]]) -> Scale | None:
    """The scale that the workbook prints, else the one in the settings, else the usual one that fits best."""
    settled = book.settings.conventions.scale
    known = KNOWN if settled is None else (settled,)
    found = _candidates(book.scales, labelled) or _candidates(known, labelled)
    return found[0] if found else None


def _flag(table: Table, row: Row, column: Column, figure: Figure, label: str, scale: Scale, doubt: bool) -> Flag:
    assert figure.value is not None
    right = scale.label(figure.value)
    name = row.texts.get("indikator", "") or row.label
    capaian = percent(figure.value, max(places_of(figure), 0))
    facts = {"stated": label, "capaian": capaian, "computed": right}
    return Flag(
        table,
        figure.cell._replace(column=column.column),
        same(f"{name} · {column.header}"),
        _MESSAGE.fill(scale=scale.name, **facts),
        severity=Severity.WARNING if doubt else None,
        stated=label,
        computed=right,
        because=((table, figure.cell),),
        advice=_ADVICE,
        live=None if figure.as_text else _live(figure, column, scale, right),
    )


def _live(figure: Figure, column: Column, scale: Scale, right: str) -> str:
    """TRUE until the category is the one that the capaian deserves at the moment."""
    value = figure.cell.a1 if figure.scale == 1 else f"{figure.cell.a1}*{plain(figure.scale)}"
    nested = f'"{scale.steps[-1].label}"'
    for step in reversed(scale.steps[:-1]):
        nested = f'IF({value}>={plain(step.lower)},"{step.label}",{nested})'
    return f"TRIM({figure.cell._replace(column=column.column).a1})<>{nested}"


RULE = Rule(
    "KI105",
    "category",
    Text("The category does not follow the scale"),
    Severity.ERROR,
    check,
)
