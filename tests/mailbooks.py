"""Small workbooks of agencies, and a list of these, for the tests of mail."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

NAMES = ("Dinas Sosial", "Dinas Perhubungan", "Dinas Kesehatan")


def workbook(path: Path, agency: str = "Dinas Sosial", *, wrong: bool = True, year: int = 2024) -> Path:
    """A table of budget and realisation; ``wrong``: the total of the pagu is not the sum of its parts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": None})
        sheet = book.add_worksheet("Realisasi")
        for at, line in enumerate(("REALISASI ANGGARAN", agency.upper(), "KABUPATEN CONTOH", f"TAHUN {year}")):
            sheet.write(at, 0, line)
        sheet.write_row(5, 0, ("No", "Program", "Pagu (Rp)", "Realisasi (Rp)", "%", "Sisa (Rp)"))
        rows = [(400_000_000, 300_000_000), (200_000_000, 150_000_000), (100_000_000, 50_000_000)]
        for at, (pagu, spent) in enumerate(rows, 1):
            name = f"Program {'Satu Dua Tiga'.split()[at - 1]}"
            sheet.write_row(5 + at, 0, (at, name, pagu, spent, round(spent / pagu * 100, 2), pagu - spent))
        total = 700_000_000 + (90_000_000 if wrong else 0)
        sheet.write_row(9, 0, ("", "Jumlah", total, 500_000_000, 71.43 if not wrong else 63.29, total - 500_000_000))
    return path


def listed(folder: Path, *lines: str) -> Path:
    """A list of agencies as CSV; by default the three, each with an address of its own."""
    path = folder / "daftar.csv"
    usual = [f"{name};{name.split()[1].lower()}@contoh.go.id;" for name in NAMES]
    path.write_text("\n".join(["perangkat daerah;email;cc", *(lines or usual)]) + "\n", "utf-8")
    return path
