"""Makes consistent workbooks of any size for the benchmarks: a table of budget realisation with all levels."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import xlsxwriter

HEADER = ("Kode", "Program / Kegiatan / Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)")


def budget_rows(count: int, seed: int = 1) -> list[tuple[str, str, int, int]]:
    """About ``count`` rows (kode, uraian, pagu, realisasi), every parent the sum of its children, the total last."""
    chance = random.Random(seed)
    rows: list[tuple[str, str, int, int]] = []
    program = 0
    total = [0, 0]
    while len(rows) + 1 < count:
        program += 1
        top = len(rows)
        rows.append(("", "", 0, 0))
        sums = [0, 0]
        for kegiatan in range(1, chance.randint(2, 5)):
            at = len(rows)
            rows.append(("", "", 0, 0))
            below = [0, 0]
            for sub in range(1, chance.randint(2, 6)):
                pagu = chance.randint(1_000, 900_000) * 1_000
                spent = pagu * chance.randint(600, 1_000) // 1_000
                code = f"1.06.{program:05d}.2.{kegiatan:02d}.{sub:04d}"
                rows.append((code, f"Penyediaan layanan {program} {kegiatan} {sub}", pagu, spent))
                below = [below[0] + pagu, below[1] + spent]
            rows[at] = (f"1.06.{program:05d}.2.{kegiatan:02d}", f"Kegiatan pelayanan {program} {kegiatan}", *below)
            sums = [sums[0] + below[0], sums[1] + below[1]]
        rows[top] = (f"1.06.{program:05d}", f"PROGRAM PELAYANAN {program}", *sums)
        total = [total[0] + sums[0], total[1] + sums[1]]
    rows.append(("", "JUMLAH", *total))
    return rows


def write_budget(path: Path, count: int, slips: int = 3, seed: int = 1) -> None:
    """Writes a workbook with about ``count`` rows, typed figures and formulas mixed, and some slips in it."""
    rows = budget_rows(count, seed)
    chance = random.Random(seed + 1)
    leaves = [i for i, row in enumerate(rows) if row[0].count(".") == 5]
    wrong = set(chance.sample(leaves, min(slips, len(leaves))))
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet("Realisasi")
    amount, percent = workbook.add_format({"num_format": "#,##0"}), workbook.add_format({"num_format": "0.00"})
    sheet.merge_range("A1:F1", "REALISASI ANGGARAN TAHUN ANGGARAN 2024", workbook.add_format({"bold": True}))
    sheet.write_row(2, 0, HEADER)
    for number, (code, label, pagu, spent) in enumerate(rows, start=3):
        at = number + 1
        sheet.write(number, 0, code)
        sheet.write(number, 1, label)
        sheet.write(number, 2, pagu, amount)
        sheet.write(number, 3, spent * 10 if number - 3 in wrong else spent, amount)
        share = (Decimal(spent) * 100 / pagu).quantize(Decimal("0.01"), ROUND_HALF_UP)
        sheet.write(number, 4, float(share), percent)
        stated = spent * 10 if number - 3 in wrong else spent
        sheet.write_formula(number, 5, f"=C{at}-D{at}", amount, pagu - stated)
    workbook.close()
