"""Batas atas capaian berlaku untuk semua baris.

Yang diperiksa: capaian yang dibatasi tepat pada 100, 110, 120, atau 150 walaupun realisasi ÷ target lebih tinggi,
padahal baris lain dalam tabel yang sama mencetak capaian di atas batas itu.
Mengapa penting: batas yang hanya dikenakan pada sebagian indikator mengubah rata-rata dan peringkatnya; pembaca
tidak tahu aturan mana yang berlaku.
Toleransi: tidak ada; temuannya peringatan. Bila batasnya ditetapkan (conventions.cap dalam xlaudit.toml), capaian
di atasnya dilaporkan aturan KI101.
Sumber: praktik pelaporan.

Salah:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      |
    | Jumlah desa tangguh        | 40     | 44        | 100,00 *    |
    | Indeks kepuasan masyarakat | 80     | 76        | 95,00       |
Benar:
    Pengukuran Kinerja Tahun 2024
    | Indikator                  | Target | Realisasi | Capaian (%) |
    | Persentase PPKS terlayani  | 87     | 89,29     | 102,63      |
    | Jumlah desa tangguh        | 40     | 44        | 110,00      |
    | Indeks kepuasan masyarakat | 80     | 76        | 95,00       |

English
An upper limit of capaian is that of all rows.

What is checked: a capaian cut at exactly 100, 110, 120 or 150 although realisasi ÷ target is higher, while other
rows of the same table print a capaian above that limit.
Why it matters: a limit put on some indicators only changes their mean and their rank; readers cannot tell which
rule holds.
Tolerance: none; it is a warning. Where the limit is settled (conventions.cap in xlaudit.toml), a capaian above it
is told by KI101.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.constraints import achievements, is_capped
from xlaudit.findings import Severity, plain
from xlaudit.relations import Holds, Mode, Relation, computed, holds
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.showing import shown_as
from xlaudit.texts import Text

_MESSAGE = Text("Capaian is cut at {stated} (computed, it is {computed}), but the capaian in {cell} states {other}.")
_ADVICE = Text("Cut the capaian of all indicators at the same figure or of none, and state the rule.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks for a limit that only some rows of a table keep."""
    conventions = book.settings.conventions
    if conventions.cap is not None:
        return
    for table in book.tables:
        for formula in achievements(table):
            known = [r for r in formula.relations() if all(member.figure.filled for member in r.members)]
            highest = max(known, key=lambda r: r.target.figure.amount, default=None)
            for relation in known:
                assert highest is not None
                beyond = highest.target.figure.amount > relation.target.figure.amount
                uneven = beyond and _is_cut(relation, book.mode(table), conventions.caps)
                yield _flag(relation, highest) if uneven else MADE


def _is_cut(relation: Relation, mode: Mode, caps: tuple[int, ...]) -> bool:
    """Whether a limit is the only explanation of a capaian.

    The formula for the other direction cannot be one: it gives less than 100 where this one gives more than the limit.
    """
    return is_capped(relation, caps) and holds(relation, mode) is not Holds.YES


def _flag(relation: Relation, highest: Relation) -> Flag:
    target = relation.target
    reached, above = computed(relation, 2), highest.target
    assert reached is not None
    facts = {
        "stated": shown_as(target, target.figure.amount),
        "computed": shown_as(target, reached),
        "other": shown_as(above, above.figure.amount),
    }
    return Flag(
        target.table,
        target.figure.cell,
        label_of(target.table, target.row, target.figure),
        _MESSAGE.fill(cell=above.figure.cell.a1, **facts),
        stated=plain(target.figure.amount),
        computed=plain(reached),
        difference=target.figure.amount - reached,
        because=((target.table, above.figure.cell), *((target.table, m.figure.cell) for m in relation.members[1:])),
        advice=_ADVICE,
    )


RULE = Rule(
    "KI104",
    "uneven-cap",
    Text("Only some rows keep a limit on capaian"),
    Severity.WARNING,
    check,
)
