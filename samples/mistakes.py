"""A filled template of an agency that does not exist, with ten mistakes as staff make them; README.md lists them.

Everything is written by the template's own writer. The three mistakes that it cannot write, because it computes those
cells and names those sheets itself, are made in the parts of the file as Excel would leave them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

from xlaudit.schemas.forms import EXAMPLES, HIGHER, LOWER, SINGLE
from xlaudit.templates import Content, Value, write_template

Row = dict[str, Value]

_BUDGET: tuple[tuple[str, str, int, int], ...] = (
    ("2.23.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA", 0, 0),
    ("2.23.01.2.01", "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah", 0, 0),
    ("2.23.01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah", 42_500_000, 41_870_500),
    ("2.23.01.2.01.0007", "Evaluasi Kinerja Perangkat Daerah", 18_750_000, 18_215_000),
    ("2.23.01.2.02", "Administrasi Keuangan Perangkat Daerah", 0, 0),
    ("2.23.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", 2_684_310_000, 2_597_446_218),
    ("2.23.01.2.02.0005", "Koordinasi dan Penyusunan Laporan Keuangan Akhir Tahun SKPD", 36_400_000, 35_912_750),
    ("2.23.01.2.06", "Administrasi Umum Perangkat Daerah", 0, 0),
    ("2.23.01.2.06.0002", "Penyediaan Peralatan dan Perlengkapan Kantor", 96_250_000, 93_184_000),
    ("2.23.01.2.06.0004", "Penyediaan Bahan Logistik Kantor", 54_800_000, 52_637_400),
    ("2.23.01.2.06.0009", "Penyelenggaraan Rapat Koordinasi dan Konsultasi SKPD", 128_640_000, 126_905_325),
    ("2.23.02", "PROGRAM PEMBINAAN PERPUSTAKAAN", 0, 0),
    ("2.23.02.2.01", "Pengelolaan Perpustakaan Tingkat Daerah Kabupaten/Kota", 0, 0),
    ("2.23.02.2.01.0003", "Peningkatan Kapasitas Tenaga Perpustakaan", 73_500_000, 71_260_000),
    ("2.23.02.2.01.0004", "Pengembangan Bahan Pustaka", 412_900_000, 407_318_600),
    ("2.23.02.2.01.0006", "Pengembangan Layanan Perpustakaan Rujukan", 189_300_000, 184_250_000),
    ("2.23.02.2.02", "Pembudayaan Gemar Membaca Tingkat Daerah Kabupaten/Kota", 0, 0),
    ("2.23.02.2.02.0001", "Sosialisasi Budaya Baca dan Literasi", 65_000_000, 68_500_000),
    ("2.23.02.2.02.0003", "Pemilihan Duta Baca Tingkat Daerah Kabupaten/Kota", 47_200_000, 46_115_000),
    ("2.23.03", "PROGRAM PELESTARIAN KOLEKSI NASIONAL DAN NASKAH KUNO", 0, 0),
    ("2.23.03.2.01", "Pelestarian Naskah Kuno Milik Daerah Kabupaten/Kota", 0, 0),
    ("2.23.03.2.01.0001", "Pendataan Naskah Kuno Milik Masyarakat", 58_600_000, 57_233_900),
    ("2.23.03.2.01.0002", "Alih Media Naskah Kuno", 83_150_000, 0),
    ("2.23.03.2.01.0005", "Konservasi Naskah Kuno", 39_720_000, 38_964_250),
)
"""Code, name, pagu (the same after the revision) and realisasi; nothing where the template adds up."""

_INDICATORS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("Meningkatnya budaya literasi masyarakat", "Tingkat Kegemaran Membaca", "Nilai", HIGHER, "68.5", "71.24"),
    ("Meningkatnya budaya literasi masyarakat", "Rasio kunjungan perpustakaan per 1.000 penduduk", "Kunjungan",
     HIGHER, "145", "138"),
    ("Meningkatnya kualitas layanan perpustakaan", "Indeks Kepuasan Masyarakat", "Nilai", HIGHER, "87", "88.16"),
    ("Meningkatnya kualitas layanan perpustakaan", "Rata-rata lama proses pinjam antarperpustakaan", "Hari", LOWER,
     "4", "3.5"),
    ("Meningkatnya akuntabilitas kinerja", "Nilai SAKIP Perangkat Daerah", "Nilai", HIGHER, "81", "79.65"),
)  # fmt: skip
"""Sasaran, indikator, satuan, arah, target and realisasi."""

_PROGRAMS: tuple[tuple[str, str, str, str, str], ...] = (
    ("2.23.01", "Persentase layanan kesekretariatan tepat waktu", "%", "95", "96.4"),
    ("2.23.02", "Persentase perpustakaan yang dibina sesuai standar", "%", "62", "60.5"),
    ("2.23.03", "Persentase naskah kuno yang dilestarikan", "%", "40", "41.3"),
)
"""Code of the program, indikator, satuan, target and realisasi."""

_LAST_YEAR = ("66.92", "131", "86.4", "4.2", "78.9")
_FINAL = ("72", "160", "90", "3", "85")
_RENAMED = ("Perbandingan", "Perbandingan 2024-2025")


def write_ten_mistakes(path: Path) -> None:
    """Writes the workbook to ``path``; the numbers in the comments are those of README.md."""
    write_template("lkjip", path, _content())
    parts = _read(path)
    budget = _sheet(parts, "Realisasi Anggaran")
    _overtype(parts, budget, "G9", "1235000")  # 1
    _overtype(parts, budget, "E13", "272526725")  # 2
    _overtype(parts, _sheet(parts, "Pengukuran Kinerja"), "I7", "Sangat Berhasil")  # 8
    _rename(parts, *_RENAMED)  # 7
    _write(path, parts)


def _content() -> Content:
    targets = [Decimal(line[4]) for line in _INDICATORS]
    agreed: list[Row] = [
        {"sasaran": goal, "indikator": indicator, "satuan": unit, "target_sebelum": target, "target_setelah": target}
        for (goal, indicator, unit, *_), target in zip(_INDICATORS, targets, strict=True)
    ]
    targets[2] = Decimal(85)  # 9
    measured: list[Row] = [
        {"sasaran": goal, "indikator": indicator, "satuan": unit, "arah": direction, "sifat": SINGLE,
         "target": target, "realisasi": Decimal(result)}
        for (goal, indicator, unit, direction, _, result), target in zip(_INDICATORS, targets, strict=True)
    ]  # fmt: skip
    names = {code: name for code, name, *_ in _BUDGET}
    results: list[Row] = [
        {"kode": code, "program": names[code], "indikator": indicator, "satuan": unit, "arah": HIGHER,
         "target": Decimal(target), "realisasi": Decimal(result)}
        for code, indicator, unit, target, result in _PROGRAMS
    ]  # fmt: skip
    compared: list[Row] = [
        {"indikator": line[1], "realisasi_lalu": Decimal(then), "target_akhir": Decimal(aim)}
        for line, then, aim in zip(_INDICATORS, _LAST_YEAR, _FINAL, strict=True)
    ]
    rows: dict[str, list[Row]] = {
        "perjanjian_kinerja": agreed,
        "anggaran_perjanjian": _agreed_budget(names),
        "pengukuran_kinerja": measured,
        "kinerja_program": results,
        "realisasi_anggaran": _spent(),
        "efisiensi": [{"kode": code} for code, *_ in _PROGRAMS],
        "perbandingan": compared,
    }
    settings: dict[str, Value] = {
        "Pemda": "Kabupaten Lembah Kencana", "Perangkat_Daerah": "Dinas Perpustakaan", "Tahun": "2025",
    }  # fmt: skip
    return Content(settings, {key: tuple(lines) for key, lines in rows.items()})


def _agreed_budget(names: dict[str, str]) -> list[Row]:
    found: list[Row] = []
    for program, *_ in _PROGRAMS:
        amount = Decimal(sum(pagu for code, _, pagu, _ in _BUDGET if code.startswith(f"{program}.")))
        found.append({"kode": program, "program": names[program], "pagu_sebelum": amount, "pagu_setelah": amount})
    assert found[2]["pagu_setelah"] == Decimal(181_470_000)
    found[2]["pagu_setelah"] = Decimal(184_170_000)  # 4
    return found


def _spent() -> list[Row]:
    found: list[Row] = []
    for code, name, pagu, spent in _BUDGET:
        line: Row = {"kode": code, "uraian": name}
        if pagu:
            line |= {"pagu_sebelum": Decimal(pagu), "pagu_setelah": Decimal(pagu), "realisasi": Decimal(spent)}
        if code == "2.23.02.2.01.0006":
            line["realisasi"] = "Rp 184.250.000,-"  # 5
        if code == "2.23.03.2.01.0002":
            del line["realisasi"]  # 10
        found.append(line)
    example = EXAMPLES["realisasi_anggaran"][0]
    found.append({"kode": example["kode"], "uraian": example["uraian"]})  # 6
    return found


# the file


def _read(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as package:
        return {part: package.read(part).decode("utf-8") for part in package.namelist()}


def _write(path: Path, parts: dict[str, str]) -> None:
    """The same parts in the same order, with the same date: the same bytes every time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, text in parts.items():
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, text.encode("utf-8"))


def _sheet(parts: dict[str, str], name: str) -> str:
    """The part of a sheet; the writer numbers them in the order of the tabs."""
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"


def _overtype(parts: dict[str, str], sheet: str, cell: str, typed: str) -> None:
    """Puts a typed value where a formula stands; the look of the cell stays."""
    number = typed.isdigit()

    def put(match: re.Match[str]) -> str:
        if number:
            return f'<c r="{cell}"{match[1]}><v>{typed}</v></c>'
        return f'<c r="{cell}"{match[1]} t="s"><v>{_shared(parts, typed)}</v></c>'

    _change(parts, sheet, rf'<c r="{cell}"( s="\d+")(?: t="\w+")?><f>[^<]*</f><v>[^<]*</v></c>', put)


def _shared(parts: dict[str, str], text: str) -> int:
    """The number of a new shared text."""
    part = "xl/sharedStrings.xml"
    number = parts[part].count("<si>")
    _change(parts, part, "</sst>", lambda match: f"<si><t>{escape(text)}</t></si></sst>")
    _change(parts, part, r' count="(\d+)" uniqueCount="\d+"',
            lambda match: f' count="{int(match[1]) + 1}" uniqueCount="{number + 1}"')  # fmt: skip
    return number


def _rename(parts: dict[str, str], old: str, new: str) -> None:
    """Renames a sheet as Excel does: names and formulas follow, texts within formulas do not."""
    _change(parts, "xl/workbook.xml", f'<sheet name="{old}"', lambda match: f'<sheet name="{new}"')
    _change(parts, "docProps/app.xml", f"<vt:lpstr>{old}</vt:lpstr>", lambda match: f"<vt:lpstr>{new}</vt:lpstr>")
    reference = re.compile(rf"(?<![#\w])(?:'{old}'|{old})!")
    for part, text in parts.items():
        parts[part] = reference.sub(f"'{new}'!", text)


def _change(parts: dict[str, str], part: str, pattern: str, put: Callable[[re.Match[str]], str]) -> None:
    text, times = re.subn(pattern, put, parts[part])
    if times != 1:
        raise ValueError(f"{part}: {pattern} stands there {times} times")
    parts[part] = text
