"""What the invented reports are about: offices, programs with their budgets, sasaran with their indicators.

All names are put together from lists of common words; no report of a real office stands behind them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice

from figures import Fig, computed, entry

AREAS = (
    "Perikanan Tangkap", "Perpustakaan Daerah", "Kearsipan", "Tanaman Pangan", "Peternakan Rakyat", "Wisata Bahari",
    "Persampahan Kota", "Angkutan Darat", "Pasar Rakyat", "Tata Ruang", "Irigasi Desa", "Penerangan Jalan",
    "Kepemudaan", "Olahraga Prestasi", "Benih Ikan", "Kesehatan Hewan", "Taman Kota", "Air Minum", "Bangunan Gedung",
    "Keselamatan Lalu Lintas", "Usaha Mikro", "Koperasi", "Hutan Rakyat", "Pelabuhan Pengumpan", "Permukiman",
    "Data Kependudukan", "Ketahanan Pangan", "Alat Mesin Pertanian", "Cagar Budaya", "Industri Rumahan",
)  # fmt: skip
_DISTRICTS = (
    "Melati", "Kenanga", "Cempaka", "Mawar", "Dahlia", "Anggrek", "Flamboyan", "Seroja", "Teratai", "Kamboja",
    "Bougenvil", "Wijaya", "Tanjung", "Soka", "Alamanda", "Lavender", "Sedap Malam", "Nusa Indah", "Asoka", "Kemuning",
)  # fmt: skip
OFFICES = ("Dinas Perikanan", "Dinas Perpustakaan", "Dinas Pertanian", "Dinas Perhubungan", "Badan Riset Daerah")
REGIONS = ("Kabupaten Tanjung Jelita", "Kota Muara Indah", "Kabupaten Bukit Cempaka", "Kota Teluk Permata")
_PROGRAM = ("Pengelolaan", "Pengembangan", "Pembinaan", "Penataan", "Pelestarian", "Pemberdayaan", "Peningkatan")
_KEGIATAN = (
    "Penyusunan Rencana", "Pelaksanaan Layanan", "Pembinaan Pelaku", "Pengadaan Sarana", "Pemantauan", "Fasilitasi",
)  # fmt: skip
_SUB = (
    "Penyediaan Bahan", "Sosialisasi", "Pendataan", "Pemeliharaan Rutin", "Pelatihan Teknis", "Koordinasi",
    "Rehabilitasi", "Evaluasi", "Penyediaan Jasa", "Bimbingan Teknis",
)  # fmt: skip
_UNIT = (("persen", 2), ("%", 2), ("dokumen", 0), ("orang", 0), ("nilai", 2), ("indeks", 2), ("unit", 0))
_LOWER = ("Jumlah Pengaduan", "Angka Kecelakaan", "Jumlah Temuan", "Prevalensi Penyakit", "Persentase Kehilangan")
_HIGHER = ("Persentase", "Jumlah", "Cakupan", "Indeks", "Nilai", "Tingkat", "Rasio")
_WHAT = (
    "Layanan {} Sesuai Standar", "Kelompok {} yang Dibina", "Kepuasan Pengguna {}", "Sarana {} dalam Kondisi Baik",
    "Kinerja Bidang {}", "Lokasi {} Tertata",
)  # fmt: skip
_GOAL = ("Meningkatnya Mutu", "Terwujudnya Tata Kelola", "Meningkatnya Pemanfaatan", "Terjaganya Keberlanjutan")


@dataclass(eq=False)
class Activity:
    """A program, kegiatan or sub kegiatan with its budget. ``number`` counts within its parent, from 1."""

    name: str
    depth: int
    number: int
    code: str
    pagu: Fig
    spent: Fig
    below: list[Activity] = field(default_factory=list)
    path: tuple[int, ...] = ()


@dataclass(eq=False)
class Indicator:
    """One indicator. ``lower`` says that less is better."""

    name: str
    unit: str
    lower: bool
    target: Fig
    reached: Fig
    capaian: Fig


@dataclass(eq=False)
class Goal:
    """A sasaran."""

    name: str
    indicators: list[Indicator]


def walk(activities: list[Activity]) -> Iterator[Activity]:
    """All activities in the order of a report."""
    for activity in activities:
        yield activity
        yield from walk(activity.below)


def areas(count: int) -> list[str]:
    """So many areas of work, no two alike: those of :data:`AREAS`, then those by district."""
    by_district = (f"{area} Kecamatan {district}" for district in _DISTRICTS for area in AREAS)
    return [*AREAS, *islice(by_district, max(count - len(AREAS), 0))][:count]


_WIDE = 200
"""From so many rows on, programs are as wide as those of a whole government: few of them, with many rows each."""
_MOST_OF_A_ROOT = 90
"""Codes of programs have two digits; after so many the next bidang begins."""


def programs(
    chance: random.Random, depth: int, step: int, fewest: int = 1, rows: int | None = None
) -> list[Activity]:
    """Programs with ``depth`` levels; entries are multiples of ``step`` rupiah, some of them cents.

    ``rows``: as many programs as it takes for about so many rows.
    """
    if rows is not None:
        return _many_programs(chance, depth, step, rows)
    areas = chance.sample(AREAS, chance.randint(fewest, 5))
    root = f"{chance.randint(1, 7)}.{chance.randint(1, 30):02d}"
    cents = step == 1 and chance.random() < 0.15
    found = []
    for number, area in enumerate(areas, start=1):
        name = f"{chance.choice(_PROGRAM)} {area}"
        found.append(_activity(chance, (name, area), 0, depth, (number,), f"{root}.{number:02d}", step, cents))
    return found


def _many_programs(chance: random.Random, depth: int, step: int, rows: int) -> list[Activity]:
    urusan, bidang = chance.randint(1, 7), chance.randint(1, 30)
    cents = step == 1 and chance.random() < 0.15
    found: list[Activity] = []
    left, of = rows, areas(rows)
    while left > 0:
        at = len(found)
        area = of[at]
        root = f"{urusan}.{bidang + at // _MOST_OF_A_ROOT:02d}"
        named, code = (f"{chance.choice(_PROGRAM)} {area}", area), f"{root}.{at % _MOST_OF_A_ROOT + 1:02d}"
        made = _activity(chance, named, 0, depth, (at + 1,), code, step, cents, wide=rows >= _WIDE)
        left -= sum(1 for _ in walk([made]))
        found.append(made)
    return found


def _activity(
    chance: random.Random,
    named: tuple[str, str],
    level: int,
    depth: int,
    path: tuple[int, ...],
    code: str,
    step: int,
    cents: bool,
    wide: bool = False,
) -> Activity:
    name, area = named
    below: list[Activity] = []
    if level + 1 < depth:
        verbs = _KEGIATAN if level == 0 else _SUB
        count = chance.choice((1, 2, 2, 3, 3, 4, 5)) if not wide else chance.randint(3, 10 if level else 6)
        for number, verb in enumerate(chance.sample(verbs, min(count, len(verbs))), start=1):
            child = f"{verb} {area}" if level == 0 else f"{verb} {' '.join(name.split()[:2])} {area}"
            part = f"{code}.2.{number:02d}" if level == 0 else f"{code}.{number:04d}"
            below.append(_activity(chance, (child, area), level + 1, depth, (*path, number), part, step, cents, wide))
        pagu = _sum([child.pagu for child in below])
        spent = _sum([child.spent for child in below])
    else:
        most = chance.choice((90_000, 4_000_000))
        pagu = entry("amount", chance.randint(2_000, most) * 1_000)
        part = 1_000 if chance.random() < 0.08 else 0 if chance.random() < 0.02 else chance.randint(550, 999)
        exact = int(pagu.value) * part // 1_000
        spent = entry("amount", Fraction(exact // step * step))
        if part not in (0, 1_000) and step == 1:
            spent.value -= chance.randint(0, 40_000)
            if cents:
                spent.value -= Fraction(chance.choice((0, 0, 25, 50, 75)), 100)
    return Activity(name, level, path[-1], code, pagu, spent, below, path)


def _sum(parts: list[Fig]) -> Fig:
    total = computed("amount", "sum", parts, 2)
    assert total is not None
    return total


def goals(
    chance: random.Random, places: int, cut: bool, many: int = 4, plain: bool = False, rows: int | None = None
) -> list[Goal]:
    """Sasaran with one to four indicators each. ``plain``: small whole numbers only. ``rows``: so many indicators."""
    found: list[Goal] = []
    used: set[str] = set()
    known = AREAS if rows is None else areas(max(rows, len(AREAS)))
    for area in chance.sample(AREAS, chance.randint(1, many)) if rows is None else known:
        if rows is not None and len(used) >= rows:
            break
        indicators = []
        for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
            indicator = _indicator(chance, chance.choice(known), places, cut, plain)
            if indicator.name not in used:
                used.add(indicator.name)
                indicators.append(indicator)
        if indicators:
            found.append(Goal(f"{chance.choice(_GOAL)} {area}", indicators))
    return found


def _indicator(chance: random.Random, area: str, places: int, cut: bool, plain: bool) -> Indicator:
    unit, decimals = ("dokumen", 0) if plain else chance.choice(_UNIT)
    lower = not plain and chance.random() < 0.2
    words = chance.choice(_LOWER) if lower else chance.choice(_HIGHER)
    name = f"{words} {chance.choice(_WHAT).format(area)}" if not lower else f"{words} {area}"
    scale = 10**decimals
    target = entry("quantity", Fraction(chance.randint(20 * scale, 98 * scale), scale), decimals)
    if chance.random() < 0.5:
        target.value = Fraction(int(target.value))
    reached = entry("quantity", target.value, decimals)
    if chance.random() > 0.15:
        moved = target.value * chance.randint(820, 1150) / 1000
        reached.value = Fraction(int(moved * scale), scale)
    if unit in ("persen", "%") or words.startswith("Persentase"):
        reached.value = min(reached.value, Fraction(100))
    capaian = computed("percent", "lower" if lower else "ratio", [reached, target], places, cut)
    assert capaian is not None
    return Indicator(name, unit, lower, target, reached, capaian)
