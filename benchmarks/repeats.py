"""What is said of workbooks whose sheets repeat one another's figures: in other units, rounded, under other names.

    python benchmarks/repeats.py [--count 200] [--seed 1] [--show]

Every workbook is invented: realisasi, agreement, anggaran per sasaran, efisiensi, measurement, comparison, mean by
sasaran, and last year's report beside it. First they are audited as they are: whatever is said is a false alarm. Then
in each one repeated figure is changed; it is found when an error or a warning is told of its cell or rests on it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
from contents import AREAS, OFFICES, REGIONS
from printing import print_table, share

from xlaudit.audit import audit_workbook
from xlaudit.findings import Finding, Severity

Cell = str | Decimal | None
UNITS = (("Rp", Decimal(1), 0), ("Rp ribu", Decimal(1_000), 1), ("Rp juta", Decimal(1_000_000), 2))
KINDS = ("agreement", "goal", "efficiency", "comparison", "mean", "last year")


class Spot(NamedTuple):
    """A repeated figure: what kind of repetition, its sheet and cell."""

    kind: str
    sheet: str
    row: int
    column: int


class Made(NamedTuple):
    """The sheets of a workbook, those of last year's, and the figures that are repeated."""

    sheets: dict[str, list[list[Cell]]]
    past: dict[str, list[list[Cell]]]
    spots: list[Spot]


def made(seed: int) -> Made:
    """A consistent workbook; the same seed gives the same one."""
    chance = random.Random(seed)
    year, office = chance.randint(2022, 2025), f"{chance.choice(OFFICES)} {chance.choice(REGIONS)}".upper()
    sheets: dict[str, list[list[Cell]]] = {}
    spots: list[Spot] = []

    def put(sheet: str, title: str, header: list[str], rows: list[list[Cell]], columns: dict[int, str]) -> None:
        sheets[sheet] = [[office], [title], [], list(header), *rows]
        for at, row in enumerate(rows, 5):
            spots.extend(Spot(kind, sheet, at, c + 1) for c, kind in columns.items() if isinstance(row[c], Decimal))

    areas = chance.sample(AREAS, chance.randint(3, 6))
    names = [f"Program Pengelolaan {area}" for area in areas]
    pagu = [Decimal(chance.randint(30_000, 4_000_000) * 1_000) for _ in areas]
    spent = [(p * chance.randint(550, 999) / 1_000).quantize(Decimal(1)) for p in pagu]
    rows: list[list[Cell]] = [
        [str(n), name, p, s, _share(s, p, 2, ROUND_HALF_UP), p - s]
        for n, (name, p, s) in enumerate(zip(names, pagu, spent, strict=True), 1)
    ]
    whole: list[Cell] = [None, "Jumlah", sum(pagu), sum(spent), _share(sum(spent), sum(pagu), 2, ROUND_HALF_UP),
                         sum(pagu) - sum(spent)]  # fmt: skip
    put("Realisasi", f"Realisasi Anggaran Tahun {year}",
        ["No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)"], [*rows, whole], {})  # fmt: skip

    unit, scale, places = chance.choice(UNITS)
    step = Decimal(1).scaleb(-places)
    agreed = [[str(n), _other_name(chance, name), (p / scale).quantize(step, ROUND_HALF_UP), "APBD"]
              for n, (name, p) in enumerate(zip(names, pagu, strict=True), 1)]  # fmt: skip
    title = f"Perjanjian Kinerja {chance.choice(('Perubahan ', ''))}Tahun {year}"
    put("PK", title, ["No", "Program", f"Anggaran ({unit})", "Keterangan"], agreed, {2: "agreement"})

    split = chance.randint(1, len(areas) - 1)
    parts = [(f"Meningkatnya Mutu {areas[0]}", pagu[:split], spent[:split]),
             (f"Terjaganya Keberlanjutan {areas[-1]}", pagu[split:], spent[split:])]  # fmt: skip
    goals: list[list[Cell]] = [[str(n), name, sum(p), sum(s)] for n, (name, p, s) in enumerate(parts, 1)]
    if chance.random() < 0.5:
        goals.append([None, "Jumlah", sum(pagu), sum(spent)])
    put("Sasaran", f"Anggaran per Sasaran Tahun {year}", ["No", "Sasaran", "Pagu (Rp)", "Realisasi (Rp)"], goals,
        {2: "goal", 3: "goal"})  # fmt: skip

    digits, way = chance.choice((0, 1, 2)), chance.choice((ROUND_DOWN, ROUND_HALF_UP))
    efficient: list[list[Cell]] = []
    for name, p, s in zip(names, pagu, spent, strict=True):
        reached, absorbed = Decimal(chance.randint(9_800, 11_500)) / 100, _share(s, p, digits, way)
        efficient.append([_other_name(chance, name), reached, absorbed, reached - absorbed])
    put("Efisiensi", f"Efisiensi Penggunaan Sumber Daya Tahun {year}",
        ["Program", "Capaian Kinerja (%)", "Penyerapan Anggaran (%)", "Efisiensi (%)"], efficient,
        {2: "efficiency"})  # fmt: skip

    measured: list[list[Cell]] = []
    compared: list[list[Cell]] = []
    before: list[list[Cell]] = []
    means: list[list[Cell]] = []
    for goal, _, _ in parts:
        own: list[Decimal] = []
        for area in chance.sample(AREAS, chance.randint(1, 4)):
            name = f"Persentase Kelompok {area} {goal.split()[-1]} yang Dibina"
            target = Decimal(chance.randint(2_000, 9_800)) / 100
            result = min((target * chance.randint(900, 1_150) / 1_000).quantize(Decimal("0.01")), Decimal("99.90"))
            capaian = _share(result, target, 2, ROUND_HALF_UP)
            past = Decimal(chance.randint(2_000, 9_800)) / 100
            own.append(capaian)
            measured.append([goal, name, "persen", target, result, capaian])
            short = result.quantize(Decimal("0.1"), ROUND_HALF_UP) if chance.random() < 0.3 else result
            compared.append([_other_name(chance, name), past, short, capaian])
            before.append([goal, name, "persen", past, past, Decimal("100.00")])
        means.append([goal, (sum(own) / len(own)).quantize(Decimal("0.01"), ROUND_HALF_UP)])
    header = ["Sasaran", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)"]
    put("Pengukuran", f"Pengukuran Kinerja Tahun {year}", header, measured, {})
    put("Perbandingan", f"Perbandingan Kinerja Tahun {year}",
        ["Indikator", f"Realisasi {year - 1}", f"Realisasi {year}", f"Capaian {year} (%)"], compared,
        {1: "last year", 2: "comparison", 3: "comparison"})  # fmt: skip
    put("Ringkasan", f"Ringkasan Tahun {year}", ["Sasaran", "Rata-rata Capaian (%)"], means, {1: "mean"})
    last = {"Pengukuran": [[office], [f"Pengukuran Kinerja Tahun {year - 1}"], [], list(header), *before]}
    return Made(sheets, last, spots)


def _share(part: Decimal, whole: Decimal, places: int, way: str) -> Decimal:
    return (part * 100 / whole).quantize(Decimal(1).scaleb(-places), way)


def _other_name(chance: random.Random, name: str) -> str:
    """The same name as another hand writes it."""
    ways = (name, name, name.upper(), name.replace(" ", "  "), name.replace("Persentase", "Prosentase"),
            name.replace("Pengelolaan", "Pengeloaan"), name.replace("Kelompok", "Kelompk"))  # fmt: skip
    return chance.choice(ways)


def write(sheets: dict[str, list[list[Cell]]], path: Path) -> None:
    """The file; every figure with as many decimals as it was printed with."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    cell = sheet.cell(r, c, value)
                    if isinstance(value, Decimal):
                        places = -int(value.as_tuple().exponent)
                        cell.number_format = "#,##0" + ("." + "0" * places if places > 0 else "")
    book.save(path)


def audited(one: Made, folder: Path) -> list[Finding]:
    """Errors and warnings of this year's workbook, in view of last year's."""
    now, then = folder / "now.xlsx", folder / "then.xlsx"
    write(one.sheets, now)
    write(one.past, then)
    outcome = audit_workbook(now, others=(audit_workbook(then).digest,))
    assert outcome.failure is None, outcome.failure
    return [finding for finding in outcome.findings if finding.severity is not Severity.NOTE]


def spoiled(one: Made, spot: Spot, chance: random.Random) -> None:
    """Changes a figure by a twentieth to a half of itself, in the digits that it shows."""
    row = one.sheets[spot.sheet][spot.row - 1]
    value = row[spot.column - 1]
    assert isinstance(value, Decimal)
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    row[spot.column - 1] = (value * chance.choice((50, 80, 95, 105, 120, 150)) / 100).quantize(step)


def found(findings: list[Finding], spot: Spot) -> bool:
    """Whether something is told of a cell, or rests on it."""
    at = spot.sheet, openpyxl.utils.cell.get_column_letter(spot.column) + str(spot.row)
    return any(at in {(p.sheet, p.cell) for p in (f.place, *f.because)} for f in findings)


def main() -> int:
    parser = argparse.ArgumentParser(description="Figures that are repeated over sheets and workbooks.")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name every false alarm and every miss")
    given = parser.parse_args()
    runs: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    said: Counter[str] = Counter()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for seed in range(given.seed, given.seed + given.count):
            for finding in audited(made(seed), Path(name)):
                said[finding.severity] += 1
                lines.append(f"false alarm, seed {seed}: {_line(finding)}")
            one, chance = made(seed), random.Random(f"spoil{seed}")
            kind = KINDS[seed % len(KINDS)]
            spot = chance.choice([s for s in one.spots if s.kind == kind])
            spoiled(one, spot, chance)
            findings = audited(one, Path(name))
            runs[kind] += 1
            hits[kind] += found(findings, spot)
            if not found(findings, spot):
                lines.append(f"missed, seed {seed}: {spot}: " + "; ".join(map(_line, findings)))
    print_table(("repeated figure", "found"), [(kind, share(hits[kind], runs[kind])) for kind in KINDS])
    print(f"consistent: {given.count} workbooks, {said['error']} errors, {said['warning']} warnings")
    for line in lines if given.show else ():
        print(line)
    return 0


def _line(finding: Finding) -> str:
    return f"{finding.rule} {finding.place.sheet}!{finding.place.cell} {finding.message.en}"




if __name__ == "__main__":
    sys.exit(main())
