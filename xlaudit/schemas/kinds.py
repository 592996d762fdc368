"""The kinds of table that xlaudit knows: which columns make a table one of them, and which it cannot do without."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from xlaudit.schemas.contents import BUDGET, FIGURES, MEASURED, PERFORMANCE, Constraint
from xlaudit.schemas.words import fold
from xlaudit.texts import Text


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of table. ``required`` lists alternatives: of each group at least one role must be there.

    ``constraints`` say what may stand in its cells. ``titles`` are for kinds that other packages add: a table whose
    title has one of these words or phrases, and all that is ``required``, is of that kind whatever else it could be.
    """

    name: str
    title: Text
    required: tuple[tuple[str, ...], ...]
    constraints: tuple[Constraint, ...] = (*BUDGET, *PERFORMANCE)
    titles: tuple[str, ...] = ()


PENGUKURAN_KINERJA = Kind(
    "pengukuran_kinerja",
    Text("Performance measurement"),
    (("indikator", "sasaran", "uraian", "program", "kegiatan"), ("target",), ("realisasi_kinerja",), ("capaian",)),
    (*BUDGET, *PERFORMANCE, *MEASURED),
)
REALISASI_ANGGARAN = Kind(
    "realisasi_anggaran",
    Text("Budget realisation"),
    (("uraian", "program", "kegiatan", "sub_kegiatan", "sasaran", "indikator"), ("pagu",)),
)
KINERJA_ANGGARAN = Kind(
    "kinerja_anggaran",
    Text("Performance and budget"),
    (("indikator", "sasaran", "uraian", "program", "kegiatan"), ("capaian", "target"), ("pagu", "realisasi")),
    (*BUDGET, *PERFORMANCE, *MEASURED),
)
EFISIENSI = Kind(
    "efisiensi",
    Text("Efficiency in the use of resources"),
    (("capaian",), ("persen", "realisasi"), ("efisiensi",)),
)
PERBANDINGAN = Kind(
    "perbandingan",
    Text("Performance compared"),
    (("indikator", "sasaran", "uraian", "program", "tujuan"),),
)
PERJANJIAN_KINERJA = Kind(
    "perjanjian_kinerja",
    Text("Performance agreement"),
    (("indikator", "sasaran", "uraian", "program", "kegiatan", "sub_kegiatan"), ("target", "pagu")),
)
EVALUASI_TRIWULAN = Kind(
    "evaluasi_triwulan",
    Text("Quarterly evaluation"),
    (("indikator", "uraian", "program", "kegiatan", "sasaran"), ("realisasi_kinerja", "realisasi", "target")),
)
LAINNYA = Kind("lainnya", Text("Other table"), (), FIGURES)

KINDS = {
    kind.name: kind
    for kind in (
        PENGUKURAN_KINERJA,
        REALISASI_ANGGARAN,
        KINERJA_ANGGARAN,
        EFISIENSI,
        PERBANDINGAN,
        PERJANJIAN_KINERJA,
        EVALUASI_TRIWULAN,
        LAINNYA,
    )
}


def kind_of(roles: Collection[str], periods: Collection[str], title: str) -> Kind:
    """The kind that a table's columns make it. ``periods`` are those of its figure columns."""
    have = set(roles)
    own = _own_kind(have, title)
    if own is not None:
        return own
    years = {period for period in periods if period.isdigit()}
    if any(period.startswith("tw") for period in periods) and have & {"realisasi_kinerja", "realisasi", "target"}:
        return EVALUASI_TRIWULAN
    if "efisiensi" in have and have & {"capaian", "persen", "realisasi"}:
        return EFISIENSI
    if (len(years) > 1 or have & {"target_akhir_renstra", "tingkat_kemajuan", "standar"}) and have & {
        "target", "realisasi_kinerja", "capaian", "standar", "tingkat_kemajuan", "target_akhir_renstra", "nilai",
    }:  # fmt: skip
        return PERBANDINGAN
    performance = have & {"target", "realisasi_kinerja", "capaian"}
    measured = have & {"realisasi_kinerja", "capaian"}
    budget = have & {"pagu", "realisasi"}
    if measured and budget:
        return KINERJA_ANGGARAN
    if "realisasi" in have:
        return REALISASI_ANGGARAN
    if measured:
        return PENGUKURAN_KINERJA
    if "jumlah" in have and performance == {"target"} and not have & {"indikator", "sasaran"}:
        return LAINNYA  # volume, price and amount: a cost plan
    if re.search(r"perjanjian|\bpk\b", title.lower()) or performance:
        return PERJANJIAN_KINERJA
    if budget:
        return PERJANJIAN_KINERJA if {"sebelum", "setelah"} & set(periods) else REALISASI_ANGGARAN
    if "jumlah" in have and re.search(r"\b(belanja|anggaran|pagu|dpa)\b", title.lower()):
        return REALISASI_ANGGARAN
    return LAINNYA


def _own_kind(roles: Collection[str], title: str) -> Kind | None:
    """The kind of another package whose title words and columns a table has."""
    folded = fold(title)
    for kind in (one for one in KINDS.values() if one.titles):
        named = any(re.search(rf"\b{re.escape(fold(words))}\b", folded) for words in kind.titles)
        if named and all(any(role in roles for role in group) for group in kind.required):
            return kind
    return None
