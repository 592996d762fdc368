"""Templates as the writer publishes them, filled, and edited in the ways in which staff edit them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xlaudit.audit import audit_workbook
from xlaudit.findings import Finding
from xlaudit.outcome import Outcome
from xlaudit.schemas.forms import HIGHER, LOWER, SINGLE
from xlaudit.templates import Content, write_template
from xlaudit.templates.content import Value

STRUCTURE = ("ST105", "ST107", "ST108", "ST109", "ST110", "ST111", "ST112")
Row = dict[str, Value]


def _budget(kode: str, uraian: str, *amounts: int) -> Row:
    keys = ("pagu_sebelum", "pagu_setelah", "realisasi")
    return {"kode": kode, "uraian": uraian, **{key: D(amount) for key, amount in zip(keys, amounts, strict=False)}}


def _measured(indikator: str, arah: str, target: str, realisasi: str) -> Row:
    return {
        "sasaran": "Meningkatnya layanan sosial", "indikator": indikator, "satuan": "%", "arah": arah, "sifat": SINGLE,
        "target": D(target), "realisasi": D(realisasi), "sumber_data": "Bidang Data",
    }  # fmt: skip


def _quarterly(kode: str, uraian: str, *tw: int) -> Row:
    row: Row = {"kode": kode, "uraian": uraian, "indikator": "Jumlah layanan", "satuan": "orang", "sifat": SINGLE}
    for n, amount in enumerate(tw, 1):
        row |= {f"tw{n}_k": D(5), f"tw{n}_rp": D(amount)}
    if tw:
        row |= {"target_rp": D(2 * sum(tw)), "renstra_rp": D(9 * sum(tw)), "lalu_rp": D(sum(tw))}
    return row | {"target_k": D(20), "renstra_k": D(90), "lalu_k": D(18)}


BUDGET: tuple[Row, ...] = (
    _budget("1.06.02", "Program Pemberdayaan Sosial"),
    _budget("1.06.02.2.01", "Kegiatan Pengembangan Potensi"),
    _budget("1.06.02.2.01.0001", "Sub Kegiatan Peningkatan TKSK", 150_000_000, 175_000_000, 160_000_000),
    _budget("1.06.02.2.01.0002", "Sub Kegiatan Pembinaan Karang Taruna", 50_000_000, 75_000_000, 71_500_000),
    _budget("1.06.04", "Program Rehabilitasi Sosial"),
    _budget("1.06.04.2.01", "Kegiatan Rehabilitasi Dasar"),
    _budget("1.06.04.2.01.0003", "Sub Kegiatan Penyediaan Permakanan", 400_000_000, 420_000_000, 399_000_000),
    _budget("1.06.04.2.01.0006", "Sub Kegiatan Bimbingan Fisik", 100_000_000, 80_000_000, 79_200_000),
    _budget("1.06.05", "Program Perlindungan Sosial", 90_000_000, 90_000_000, 81_000_000),
)
MEASURES = (
    _measured("Persentase PPKS terlayani", HIGHER, "80", "84"),
    _measured("Angka kemiskinan", LOWER, "10", "9.5"),
    _measured("Persentase PSKS aktif", HIGHER, "75", "60"),
)
ROWS: dict[str, tuple[Row, ...]] = {
    "realisasi_anggaran": BUDGET,
    "pengukuran_kinerja": MEASURES,
    "perjanjian_kinerja": tuple(
        {
            "sasaran": m["sasaran"], "indikator": m["indikator"], "satuan": "%", "target_sebelum": m["target"],
            "target_setelah": m["target"],
        }
        for m in MEASURES
    ),
    "anggaran_perjanjian": tuple(
        {"kode": k, "program": p, "pagu_sebelum": D(a), "pagu_setelah": D(b)}
        for k, p, a, b in (
            ("1.06.02", "Program Pemberdayaan Sosial", 200_000_000, 250_000_000),
            ("1.06.04", "Program Rehabilitasi Sosial", 500_000_000, 500_000_000),
            ("1.06.05", "Program Perlindungan Sosial", 90_000_000, 90_000_000),
        )
    ),
    "kinerja_program": (
        {
            "kode": "1.06.02", "program": "Program Pemberdayaan Sosial", "indikator": "Persentase PSKS", "satuan": "%",
            "arah": HIGHER, "target": D(80), "realisasi": D(76),
        },
        {
            "kode": "1.06.04", "program": "Program Rehabilitasi Sosial", "indikator": "Persentase PPKS", "satuan": "%",
            "arah": HIGHER, "target": D(50), "realisasi": D(55),
        },
    ),
    "efisiensi": ({"kode": "1.06.02"}, {"kode": "1.06.04"}),
    "perbandingan": tuple(
        {"indikator": m["indikator"], "realisasi_lalu": D(70), "target_akhir": D(90)} for m in MEASURES
    ),
    "evaluasi_triwulan": (
        _quarterly("1.06.02", "Program Pemberdayaan Sosial"),
        _quarterly("1.06.02.2.01", "Kegiatan Pengembangan Potensi"),
        _quarterly("1.06.02.2.01.0001", "Sub Kegiatan Peningkatan TKSK", 10_000_000, 20_000_000, 5_000_000, 1_000_000),
        _quarterly("1.06.02.2.01.0002", "Sub Kegiatan Karang Taruna", 11_000_000, 2_000_000, 7_000_000, 3_000_000),
        _quarterly("1.06.04", "Program Rehabilitasi Sosial", 10_000_000, 10_000_000, 10_000_000, 10_000_000),
    ),
}  # fmt: skip
SETTINGS: dict[str, Value] = {"Pemda": "Kabupaten Bumi", "Perangkat_Daerah": "Dinas Sosial", "Tahun": "2025"}


def filled(folder: Path, kind: str) -> Path:
    """The template of a kind, filled consistently."""
    path = folder / f"{kind}.xlsx"
    write_template(kind, path, Content(dict(SETTINGS), ROWS))
    return path


Edit = Callable[[Any], None]


def edited(path: Path, edit: Edit) -> Path:
    """The file after an edit of its openpyxl workbook; its formulas are then without values."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def through_libreoffice(path: Path, profile: Path) -> Path:
    """The file as LibreOffice saves it; skips where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    out = path.parent / "resaved"
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out / path.name


def audited(path: Path) -> Outcome:
    """The audit of a file, which no rule must break down on."""
    outcome = audit_workbook(path)
    assert outcome.failure is None and not outcome.crashes
    return outcome


def structure(path: Path) -> list[Finding]:
    """What the rules about templates find in a file."""
    return [finding for finding in audited(path).findings if finding.rule in STRUCTURE]
