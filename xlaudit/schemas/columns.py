"""From header texts to columns: role, period, measure and unit of each.

A column's header is the path of texts above it, outermost first (``Tahun 2023 > Realisasi > Rp``). The last
text with a role decides; the texts above it give context (kinerja or anggaran) and period.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from xlaudit.schemas.words import (
    FILLERS,
    ROMAN,
    THOUSANDS,
    YEAR,
    concept,
    concepts,
    fold,
    month,
    rests_on_words,
    words,
)
from xlaudit.tables import OTHER, Measure

TEXT_ROLES = (
    "no", "kode", "uraian", "sasaran", "tujuan", "indikator", "satuan", "program", "kegiatan", "sub_kegiatan",
    "kategori", "keterangan", "sumber_data", "penanggung_jawab", "arah", "sifat", "rumus", "interval", "tahun",
)  # fmt: skip
LABEL_ROLES = ("uraian", "sub_kegiatan", "kegiatan", "program", "indikator", "sasaran", "tujuan")
"""Columns that can name a row, best first."""

MEASURES: dict[str, Measure] = {
    "pagu": Measure.AMOUNT,
    "realisasi": Measure.AMOUNT,
    "sisa": Measure.AMOUNT,
    "rencana": Measure.AMOUNT,
    "perubahan": Measure.AMOUNT,
    "jumlah": Measure.AMOUNT,
    "persen": Measure.PERCENT,
    "capaian": Measure.PERCENT,
    "share": Measure.PERCENT,
    "realisasi_fisik": Measure.PERCENT,
    "persen_perubahan": Measure.PERCENT,
    "efisiensi": Measure.PERCENT,
    "tingkat_kemajuan": Measure.PERCENT,
    "persen_dari_total": Measure.PERCENT,
    "rata_rata": Measure.PERCENT,
    "target": Measure.QUANTITY,
    "realisasi_kinerja": Measure.QUANTITY,
    "target_akhir_renstra": Measure.QUANTITY,
    "standar": Measure.QUANTITY,
    "selisih": Measure.QUANTITY,
    "nilai": Measure.QUANTITY,
}

SCALES = {"ribu": Decimal(1_000), "juta": Decimal(1_000_000), "miliar": Decimal(1_000_000_000)}

_ADDED_UP = ("pagu", "realisasi", "target", "realisasi_kinerja", "sisa")
_ACTIVITY_WORDS = frozenset({"uraian", "program", "kegiatan", "sub"})
_BUDGET = frozenset({"pagu", "anggaran", "alokasi", "serapan", "rupiah"})
_FIGURE = frozenset(
    {"pagu", "anggaran", "alokasi", "realisasi", "serapan", "persen", "sisa", "selisih", "target", "volume",
     "capaian", "efisiensi", "kemajuan", "perubahan", "jumlah"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header says of its column. ``measure`` is None where only the figures can tell."""

    role: str
    period: str = ""
    measure: Measure | None = None
    unit: Decimal = Decimal(1)
    budget: bool | None = None
    """True under a budget heading, False under a performance heading, None where neither is named."""


@lru_cache(maxsize=4096)
def meaning(path: tuple[str, ...]) -> Meaning | None:
    """The meaning of a header path, None where no part of it names a role."""
    budget, unit = _context(path), _unit(path)
    leaf_first = list(reversed(path))
    for position, text in enumerate(leaf_first):
        role = _role(text, budget, path)
        if role is not None and position and YEAR.fullmatch(leaf_first[0]) and role not in MEASURES:
            break  # a year under the heading of a column of names is a figure of that year
        if role is not None:
            period = _period(path, leaf_first[:position])
            role = _of_group(role, text, leaf_first[position + 1 :], budget, path)
            return Meaning(role, period, _measure(role, text, path), unit, budget)
    years = [year for text in path for year in YEAR.findall(text)]
    return Meaning("nilai", years[-1], Measure.QUANTITY, unit, budget) if years and YEAR.fullmatch(path[-1]) else None


rests_on_words(meaning.cache_clear)


def _of_group(role: str, text: str, above: list[str], budget: bool | None, path: tuple[str, ...]) -> str:
    """*Jumlah* under *Realisasi* is the realisasi of all that stands beside it there."""
    if role != "jumlah" or concepts(text) != {"jumlah"}:
        return role
    roles = (_role(heading, budget, path) for heading in above)
    return next((found for found in roles if found in _ADDED_UP), role)


def part_of(path: tuple[str, ...], amounts: bool) -> str:
    """The words of a heading that we do not know, which tell a part from its whole: ``dak``, ``barang jasa``.

    Where a column holds no ``amounts``, only headings that say nothing else count.
    """
    unknown: dict[str, None] = {}
    for text in path:
        if amounts or (len(path) > 1 and not concepts(text)):
            unknown |= dict.fromkeys(word for word in words(text) if word == "tidak" or _is_unknown(word))
    return " ".join(unknown)


def _is_unknown(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and concept(word) is None and word not in FILLERS


def period_of(path: tuple[str, ...]) -> str:
    """The period that a header path names, whatever else it says; empty where it names none."""
    return _period(path, []) if path else ""


def without_meaning(path: tuple[str, ...], percentage: bool) -> Meaning:
    """What can be said of a column whose heading names no role, where the table's own arithmetic asks for it.

    ``percentage``: the arithmetic makes it one.
    """
    found = frozenset().union(*(concepts(text) for text in path))
    measure = Measure.PERCENT if percentage or "persen" in found else Measure.AMOUNT if "rupiah" in found else None
    return Meaning(OTHER, measure=measure, unit=_unit(path))


def _context(path: tuple[str, ...]) -> bool | None:
    for text in reversed(path):
        found = concepts(text)
        budget, performance = bool(found & _BUDGET), "kinerja" in found or "indikator" in found
        if budget != performance:
            return budget
        leaf = words(text)
        if leaf == ("k",):
            return False
    return None


def _unit(path: tuple[str, ...]) -> Decimal:
    for text in reversed(path):
        for word, scale in SCALES.items():
            if word in concepts(text):
                return scale
        if THOUSANDS.search(text):
            return SCALES["ribu"]
    return Decimal(1)


def _measure(role: str, deciding: str, path: tuple[str, ...]) -> Measure | None:
    leaf = concepts(deciding)
    if role == "realisasi" and leaf - {"tahun", "berjalan", "lalu"} == {"realisasi"} and _context(path) is None:
        return None
    if role in ("sisa", "selisih", "jumlah"):
        return Measure.AMOUNT if any("rupiah" in concepts(text) for text in path) or role == "sisa" else None
    return MEASURES.get(role, Measure.TEXT)


def _role(text: str, budget: bool | None, path: tuple[str, ...]) -> str | None:
    """The role that one header text names, or None. The order of the questions is the meaning."""
    found, spelled = concepts(text), words(text)
    if not found and spelled != ("k",):
        return None
    if spelled == ("k",) or (_is_unit(found) and len(path) > 1):
        return _under_group(spelled == ("k",), path)
    if found == {"tahun"} and text is path[-1] and not YEAR.search(text):
        return "tahun"
    return _text_role(found, spelled, text) or _figure_role(found, budget, path)


def _is_unit(found: frozenset[str]) -> bool:
    """Whether a heading says nothing but that its column is in rupiah: ``Rp``, ``Rp juta``."""
    return "rupiah" in found and found <= {"rupiah", *SCALES}


def _text_role(found: frozenset[str], spelled: tuple[str, ...], text: str) -> str | None:
    figure = found & _FIGURE - {"jumlah", "anggaran", "selisih", "perubahan"}
    if "dpa" in spelled and "pagu" not in spelled and concept(spelled[0]) in _ACTIVITY_WORDS:
        figure -= {"pagu"}  # the programs as the DPA names them
    if "kategori" in found and "persen" not in found:
        return "kategori"
    if found == {"no"} or (found == {"no", "kode"} and spelled[0] == "no"):
        return "no"
    if "kode" in found and not figure:
        return "kode"
    if "sumber" in found and "data" in found:
        return "sumber_data"
    if "keterangan" in found or spelled[:2] == ("rencana", "aksi"):
        return "keterangan"
    if "penanggung" in found:
        return "penanggung_jawab"
    if "rumus" in found and not figure:
        return "rumus"
    if "interval" in found:
        return "interval"
    if "arah" in found and not figure:
        return "arah"
    if "sifat" in found and not figure and "uraian" not in found and "anggaran" not in found:
        return "sifat"
    if "satuan" in found and not found & {"rupiah", "harga"} and not figure:
        return "satuan"
    if found & {"program", "kegiatan", "sub"} and not figure and "indikator" not in found and "sasaran" not in found:
        return _activity_role(found, text)
    if figure:
        return None
    for role in ("indikator", "sasaran", "tujuan", "uraian"):
        if role in found:
            return role
    if "belanja" in spelled and "sifat" in found:
        return "uraian"
    if "kinerja" in found and not found & _BUDGET and set(spelled) & {"utama", "lainnya"}:
        return "sasaran"
    return None


def _activity_role(found: frozenset[str], text: str) -> str:
    """``Program`` alone names a column of programs; ``Program/Kegiatan`` one with all levels in it."""
    folded = fold(text)
    if "sub" in found and "program" not in found and folded.count("kegiatan") <= 1:
        return "sub_kegiatan"
    if found & {"program", "kegiatan", "sub"} == {"program"}:
        return "program"
    if found & {"program", "kegiatan", "sub"} == {"kegiatan"}:
        return "kegiatan"
    return "uraian"


def _figure_role(found: frozenset[str], budget: bool | None, path: tuple[str, ...]) -> str | None:
    everything = frozenset().union(*(concepts(text) for text in path))
    if "fisik" in found:
        return "realisasi_fisik"
    if found == {"bulan"} and month(path[-1]):
        return ("pagu" if budget else "target") if "target" in everything else "realisasi"
    if "harga" in found:
        return None
    if "naik" in found:
        return "perubahan" if budget is not False and "persen" not in found else None
    if "keuangan" in words(" ".join(path)) and "target" in everything:
        return "pagu" if "rupiah" in everything else "realisasi_fisik"
    if "keuangan" in words(" ".join(path)) and "realisasi" in everything and not found & {"pagu", "alokasi", "sisa"}:
        return "persen" if "persen" in everything else "realisasi"
    if words(path[-1]) == ("keuangan",) and "capaian" in everything:
        return "persen"
    if "efisiensi" in found:
        return "efisiensi"
    if "persen" in found and _is_share_of_total(path[-1], found, budget):
        return "persen_dari_total"
    if {"tingkat", "persen"} <= found and found & {"realisasi", "target"}:
        return "persen" if budget else "capaian"
    if "kemajuan" in found or ({"persen", "renstra"} <= found and found & {"realisasi", "capaian"}):
        return "tingkat_kemajuan"
    if "standar" in everything and found & {"realisasi", "target", "capaian", "standar"}:
        return "standar"
    if "sisa" in found:
        return "sisa"
    if "perubahan" in found and "persen" in found:
        return "persen_perubahan"
    if "perubahan" in found and "apbd" in words(path[-1]):
        return "pagu"
    if "perubahan" in found and not found & {"target", "realisasi", "sebelum", "setelah", "pagu", "anggaran"}:
        return "perubahan"
    if "selisih" in found:
        return "sisa" if budget else "selisih"
    if {"data", "sebelum"} <= everything and not everything & _BUDGET:
        return "realisasi_kinerja"
    if "kondisi" in words(path[-1]) and not everything & _BUDGET:
        return "target_akhir_renstra" if "akhir" in found else "realisasi_kinerja" if "sebelum" in found else None
    if found & {"target", "volume"} and (not found & {"realisasi", "capaian"} or _begins_with_target(path[-1], found)):
        if "renstra" in found and ("akhir" in found or not YEAR.search(" ".join(path))):
            return "target_akhir_renstra"
        return "pagu" if "rupiah" in found or ("anggaran" in found and "kinerja" not in found) else "target"
    if "rata" in found:
        return "rata_rata"
    if "persen" in found or "capaian" in found or ("serapan" in found and "rupiah" not in found):
        return _share_role(found, budget)
    if found & {"realisasi", "serapan"}:
        return "realisasi_kinerja" if budget is False or "volume" in found else "realisasi"
    if found & {"pagu", "anggaran", "alokasi"} or found & {"sebelum", "setelah"}:
        return "pagu"
    if "triwulan" in found and words(path[-1])[-1] == "k":
        return "realisasi_kinerja"
    if "triwulan" in found and "rupiah" in everything and not everything & {"target", "pagu", "anggaran", "alokasi"}:
        return "realisasi"
    if "jumlah" in found:
        return "jumlah"
    if "nilai" in found:
        return "nilai"
    return None


def _begins_with_target(text: str, found: frozenset[str]) -> bool:
    """``Target Kinerja Capaian Program (Renstra)``: what is to be reached, not what was."""
    return "persen" not in found and concepts(words(text)[0] if words(text) else "") == {"target"}


def _is_share_of_total(text: str, found: frozenset[str], budget: bool | None) -> bool:
    """``% dari Total``, ``Proporsi (%)``, ``Bobot (%)``: what part of all a row takes, not what was spent of it."""
    if found & {"bagian", "bobot"}:
        return budget is not False and not found & {"realisasi", "capaian", "kinerja", "target"}
    spelled = words(text)
    of = next((place for place, word in enumerate(spelled) if word in ("dari", "terhadap", "thd", "atas")), None)
    if of is None or not any(concept(word) == "jumlah" for word in spelled[of:]):
        return False
    return not concepts(" ".join(spelled[:of])) & {"realisasi", "serapan", "capaian", "kinerja"}


def _share_role(found: frozenset[str], budget: bool | None) -> str:
    if "jumlah" in found and "anggaran" in found:
        return "persen_dari_total"
    if found & {"realisasi", "capaian", "target", "kinerja"} == {"realisasi"} and budget is False:
        return "realisasi_kinerja"
    if "serapan" in found or (budget and "capaian" in found) or (found & _BUDGET and "kinerja" not in found):
        return "persen"
    if "capaian" in found or "kinerja" in found:
        return "capaian"
    return "persen" if budget else "share"


def _under_group(performance: bool, path: tuple[str, ...]) -> str | None:
    """The role of a column headed only ``K`` or ``Rp``: its group says whether target, realisasi or capaian."""
    for text in reversed(path[:-1]):
        found = concepts(text)
        if found & {"triwulan", "semester"} or words(text) in (("i",), ("ii",), ("iii",), ("iv",)):
            return "realisasi_kinerja" if performance else "realisasi"
        if "tingkat" in found or "persen" in found:
            return "capaian" if performance else "persen"
        if "target" in found:
            return "target" if performance else "pagu"
        if found & {"realisasi", "capaian", "serapan"}:
            return "realisasi_kinerja" if performance else "realisasi"
        if "sisa" in found:
            return None if performance else "sisa"
        if found & {"pagu", "anggaran", "alokasi"}:
            return None if performance else "pagu"
    return None


def _period(path: tuple[str, ...], below: list[str]) -> str:
    """The period a column belongs to: a quarter, a year, or the stage of the budget."""
    years: list[str] = []
    under_group = words(path[-1]) == ("k",) or _is_unit(concepts(path[-1]))
    for text in reversed(path):
        spelled = words(text)
        if under_group and "renstra" in concepts(text) and "lalu" not in concepts(text):
            return "renstra"
        if "triwulan" in concepts(text) or text in below or spelled in (("i",), ("ii",), ("iii",), ("iv",)):
            for word in spelled:
                if word in ROMAN and (word.isalpha() or "triwulan" in concepts(text)):
                    return f"tw{ROMAN[word]}"
        found = concepts(text)
        if text is path[-1] and (number := month(text)):
            return f"bln{number}"
        if "semester" in found:
            return next((f"smt{ROMAN[word]}" for word in spelled if word in ROMAN), "smt")
        years += YEAR.findall(text)
        if not years and "sebelum" in found:
            return "sebelum"
        if not years and ("setelah" in found or found == {"perubahan"} or "apbd perubahan" in " ".join(spelled)):
            return "setelah"
        if years:
            break
    return years[-1] if years else ""
