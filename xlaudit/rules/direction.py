"""Arah indikator disebutkan bila makin rendah makin baik.

Yang diperiksa: capaian yang hanya cocok dengan rumus makin rendah makin baik, padahal tidak ada kolom
arah, tanda ≤ pada target, atau kata pada nama indikator (misalnya kemiskinan, temuan, pengaduan) yang
menyatakannya.
Mengapa penting: tanpa arah, pembaca tidak dapat menghitung ulang capaian, dan rumus yang salah mudah
terlewat.
Toleransi: seperti pada capaian, setengah angka terakhir yang tercetak.
Sumber: rumus makin rendah makin baik tercetak dalam laporan kinerja (praktik pelaporan).

Salah:
    Pengukuran Kinerja Tahun 2024
    | Sasaran                  | Indikator                     | Satuan | Target | Realisasi | Capaian |
    | Meningkatnya layanan     | Lama proses rekomendasi       | hari   | 5      | 4         | 120 *       |
    | Meningkatnya kesiapan    | Persentase desa tangguh       | %      | 40     | 38        | 95          |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Sasaran               | Indikator               | Arah   | Satuan | Target | Realisasi | Capaian |
    | Meningkatnya layanan  | Lama proses rekomendasi | rendah | hari   | 5      | 4         | 120     |
    | Meningkatnya kesiapan | Persentase desa tangguh | tinggi | %      | 40     | 38        | 95      |

English
The direction of an indicator is stated where lower is better.

What is checked: a capaian that fits only the formula for lower-is-better, although no column arah, no
sign ≤ at the target and no word in the indicator's name (such as kemiskinan, temuan, pengaduan) says so.
Why it matters: without the direction a reader cannot compute capaian again, and a wrong formula goes
unseen.
Tolerance: as for capaian, half of the last digit printed.
Source: the formula for lower-is-better is printed in performance reports (reporting practice).
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import declared_lower, lower_is_better
from xlaudit.findings import Severity, plain
from xlaudit.relations import Holds, Relation, holds
from xlaudit.rules.base import MADE, Book, Flag, Made, Rule, Verdict, label_of
from xlaudit.schemas.words import fold
from xlaudit.showing import shown_as
from xlaudit.texts import Text

_LOWER_WORDS = (
    "kemiskinan", "temuan", "pengaduan", "maksimal", "prevalensi", "kesalahan", "inflasi", "pengangguran",
    "stunting", "kematian", "angka putus", "kehilangan", "kerugian", "pelanggaran", "kasus", "waktu tunggu",
    "gini", "penurunan", "miskin", "menurun", "berkurang",
    "tingkat kemiskinan", "kejadian", "kemacetan", "kebakaran", "kecelakaan",
)  # fmt: skip
_MESSAGE = Text("Capaian {stated} was computed as lower-is-better, but the table does not say so of this indicator.")
_ADVICE = Text("If lower really is better, state the direction; if not, capaian is realisasi ÷ target × 100.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of a capaian that only the formula for lower-is-better explains, unless the words suggest it."""
    for table in book.tables:
        mode = book.mode(table)
        checked = book.checks(table).achievements
        yield Made(checked.held)
        for relation in (r for r in checked.open if len(r.terms) == 1):
            if not all(member.figure.filled for member in relation.members):
                continue
            if holds(relation, mode) is not Holds.NO or holds(lower_is_better(relation), mode) is not Holds.YES:
                yield MADE
                continue
            if says_lower(relation):
                yield MADE
                continue
            target = relation.target
            yield Flag(
                table,
                target.figure.cell,
                label_of(table, target.row, target.figure),
                _MESSAGE.fill(stated=shown_as(target, target.figure.amount)),
                stated=plain(target.figure.amount),
                because=tuple((table, member.figure.cell) for member in relation.members[1:]),
                advice=_ADVICE,
            )


def says_lower(relation: Relation) -> bool:
    """Whether the direction is written, in a column *arah* or in the indicator's own words."""
    row = relation.target.row
    if declared_lower(row):
        return True
    goal = relation.divisor.figure.prefix if relation.divisor is not None else ""
    name = fold(f"{row.texts.get('indikator', '') or row.label} {row.texts.get('sasaran', '')}")
    return bool(goal.strip(" <≤")) != bool(goal) or any(word in name for word in _LOWER_WORDS)


RULE = Rule(
    "KI102",
    "direction",
    Text("The direction of the indicator is not stated"),
    Severity.WARNING,
    check,
)
