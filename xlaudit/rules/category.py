"""Kategori sesuai dengan skala capaian.

Yang diperiksa: kategori, kriteria, atau predikat di samping capaian, juga di bawah rata-ratanya, dibandingkan
dengan skala yang tercetak dalam berkas; bila tidak ada, dengan conventions.scale dalam xlaudit.toml; bila itu
pun tidak ada, dengan skala lazim yang paling cocok dengan tabelnya. Kata di luar skala tidak dinilai.
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

What is checked: the kategori, kriteria or predikat beside a capaian, or below a mean of it, is compared with
the scale that the workbook prints; where it prints none, with conventions.scale in xlaudit.toml; without
that, with the usual scale that fits the table best. Words of no scale are not judged.
Why it matters: the category is the conclusion that people read before the figure.
Tolerance: capaian counts as printed. Where a scale leaves holes (as between 75 and 76) both neighbours
are accepted; a category that another usual scale would give is a warning only.
Source: the scale that the report itself prints; the scale of Permendagri 86/2017; reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.findings import Severity, plain
from xlaudit.relations import places_of
from xlaudit.rules._categories import Labelled, accepts, candidates, categories
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict
from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.words import fold
from xlaudit.showing import percent
from xlaudit.tables import Table
from xlaudit.texts import Text

_MESSAGE = Text("Stated “{stated}”, but by {scale} a capaian of {capaian} is “{computed}”.")
_ADVICE = Text("Bring the category in line with the scale in use, or check the capaian.")


def check(book: Book) -> Iterator[Verdict]:
    """Compares every category with the scale that the workbook declares, or with the known one that fits best."""
    for table in book.tables:
        found, scale = categories(book, table)
        if scale is None:
            continue
        labels = scale.labels()
        settled = scale.sheet or scale is book.settings.conventions.scale
        others = [] if settled else [s for s in candidates(KNOWN, found) if s is not scale]
        for one in found:
            if fold(one.label) not in labels:
                continue
            if accepts(scale, one):
                yield MADE
            else:
                yield _flag(one, scale, doubt=any(accepts(other, one) for other in others))


def scale_of(book: Book, table: Table) -> Scale | None:
    """The scale by which a table's categories are judged, None where it has none or they are of no scale."""
    return categories(book, table).scale


def _flag(one: Labelled, scale: Scale, doubt: bool) -> Flag:
    figure = one.figure
    assert figure.value is not None
    right = scale.label(figure.value)
    capaian = percent(figure.value, max(places_of(figure), 0))
    return Flag(
        one.table,
        one.cell,
        one.name,
        _MESSAGE.fill(scale=scale.name, stated=one.label, capaian=capaian, computed=right),
        severity=Severity.WARNING if doubt else None,
        stated=one.label,
        computed=right,
        because=((one.table, figure.cell),),
        advice=_ADVICE,
        live=None if figure.as_text else _live(one, scale, right),
    )


def _live(one: Labelled, scale: Scale, right: str) -> str:
    """TRUE until the category is the one that the capaian deserves at the moment."""
    figure = one.figure
    value = figure.cell.a1 if figure.scale == 1 else f"{figure.cell.a1}*{plain(figure.scale)}"
    nested = f'"{scale.steps[-1].label}"'
    for step in reversed(scale.steps[:-1]):
        nested = f'IF({value}>={plain(step.lower)},"{step.label}",{nested})'
    return f"TRIM({one.cell.a1})<>{nested}"


RULE = Rule(
    "KI105",
    "category",
    Text("The category does not follow the scale"),
    Severity.ERROR,
    check,
)
