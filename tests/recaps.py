"""Workbooks of made-up agencies with a known truth, for the tests of the recap."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import openpyxl

LABELS = (("Sangat Tinggi", 91), ("Tinggi", 76), ("Sedang", 66), ("Rendah", 51), ("Sangat Rendah", 0))


@dataclass
class Office:
    """What a workbook says: pagu and realisasi of its programs, capaian of its indicators."""

    name: str
    year: int = 2024
    programs: list[tuple[int, int]] = field(default_factory=list)
    capaian: list[Decimal] = field(default_factory=list)
    off: int = 0
    """By how much the printed total of pagu is off."""
    period: str = ""

    @property
    def pagu(self) -> int:
        return sum(pagu for pagu, _ in self.programs) + self.off

    @property
    def realisasi(self) -> int:
        return sum(spent for _, spent in self.programs)

    @property
    def mean(self) -> Decimal:
        return sum(self.capaian, Decimal(0)) / len(self.capaian)


def label(capaian: Decimal) -> str:
    return next(word for word, lower in LABELS if capaian >= lower)


def office(number: int, name: str = "") -> Office:
    """An office by its number; the same number gives the same one."""
    chance = random.Random(number)
    programs = []
    for _ in range(chance.randint(2, 5)):
        pagu = chance.randint(10_000_000, 9_000_000_000)
        programs.append((pagu, pagu * chance.randint(60, 100) // 100))
    capaian = [Decimal(chance.randint(4_000, 13_000)) / 100 for _ in range(chance.randint(1, 6))]
    return Office(name or f"Dinas Contoh {chr(65 + number)}lpha", 2024, programs, capaian)


def write(one: Office, path: Path, sheet: str = "Realisasi") -> Path:
    """The workbook of an office."""
    book = openpyxl.Workbook()
    budget = book.active
    budget.title = sheet
    when = f"{one.period} Tahun {one.year}".strip()
    budget.append([one.name.upper()])
    budget.append([f"Realisasi Anggaran {when}"])
    budget.append(["No", "Program", "Pagu (Rp)", "Realisasi (Rp)"])
    for number, (pagu, spent) in enumerate(one.programs, start=1):
        budget.append([number, f"Program Nomor {'ABCDEFGH'[number]}", pagu, spent])
    budget.append([None, "Jumlah", one.pagu, one.realisasi])
    if one.capaian:
        kinerja = book.create_sheet("Kinerja")
        kinerja.append([one.name.upper()])
        kinerja.append([f"Pengukuran Kinerja {when}"])
        kinerja.append(["No", "Sasaran", "Indikator", "Target", "Realisasi", "Capaian (%)", "Kategori"])
        for number, value in enumerate(one.capaian, start=1):
            about = [f"Sasaran {'ABCDEFGH'[number]}", f"Indikator nomor {'ABCDEFGH'[number]}"]
            kinerja.append([number, *about, 100, float(value), float(value), label(value)])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
