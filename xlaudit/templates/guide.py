"""The sheet *Petunjuk*: one page that tells staff how to fill the workbook, with a small example."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlaudit.schemas.forms import AGREEMENT, CHECK_SHEET, EXAMPLES, IDENTITY_SHEET, MEASUREMENT, REALISATION, Form
from xlaudit.templates import looks
from xlaudit.templates.looks import Looks

_LETTERS = 112
"""Letters of a step on one line of the page."""
_LAST = 6
"""The last column (from 0) of the page."""


def write_guide(sheet: Any, look: Looks, forms: Sequence[Form]) -> None:
    """Fills the page for a workbook with these forms."""
    sheet.hide_gridlines(2)
    for place, width in enumerate((4, 22, 30, 17, 17, 13, 17)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, "PETUNJUK PENGISIAN", look.title())
    row = 2
    for number, text in enumerate(_steps(forms), 1):
        sheet.write_string(row, 0, f"{number}.", look.of(bold=True, font_size=11, font_color=looks.INK, valign="top"))
        sheet.merge_range(row, 1, row, _LAST, text, look.of(text_wrap=True, font_size=11, valign="top"))
        sheet.set_row(row, 15 * -(-len(text) // _LETTERS) + 6)
        row += 1
    row = _colours(sheet, look, row + 1)
    if any(form.folded for form in forms):
        row = _budget_example(sheet, look, row + 1)
    if MEASUREMENT in forms or AGREEMENT in forms:
        row = _performance_example(sheet, look, row + 1)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, row, _LAST)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _steps(forms: Sequence[Form]) -> list[str]:
    """The steps, in order."""
    sheets = ", ".join(form.sheet for form in forms)
    steps = [
        _step(
            f"Mulai dari lembar {IDENTITY_SHEET}: isi pemerintah daerah, perangkat daerah, dan tahun. Pilihan lain",
            "sudah terisi; ubah hanya bila kantor Anda memakai cara yang berbeda.",
        ),
        _step(
            f"Lalu isi lembar berikut, dari kiri ke kanan: {sheets}. Isi kolom putih saja. Kolom abu-abu dihitung",
            "sendiri dan terkunci (tanpa kata sandi).",
        ),
        _step(
            "Ketik angka saja: 2300170000, tanpa Rp, tanpa titik, tanpa ,- di belakang. Pemisah ribuan muncul sendiri.",
            "Desimal diketik dengan koma, misalnya 87,5. Yang belum ada dikosongkan; yang memang nihil ditulis 0.",
        ),
    ]
    if any(form.folded for form in forms):
        steps.append(
            _step(
                "Program, kegiatan, dan sub kegiatan dibedakan oleh kodenya. Ketik rupiah hanya di baris yang tidak",
                "punya rincian (biasanya sub kegiatan); baris di atasnya dan Jumlah dihitung sendiri. Pagu tidak",
                "berubah? Tulis angka yang sama di kolom sebelum dan setelah perubahan.",
            )
        )
    steps += [
        _step(
            "Menyalin dari berkas lain: pakai Tempel Khusus > Nilai (Paste Special > Values), agar warna, rumus, dan",
            "peringatan tidak ikut tertimpa.",
        ),
        _step(
            "Baris kurang? Buka proteksi: Tinjau > Buka Proteksi Lembar (Review > Unprotect Sheet), tanpa kata sandi;",
            "sisipkan baris di atas garis abu-abu tipis, lalu salin satu baris kosong ke sana supaya rumusnya ikut.",
            "Baris berlebih boleh dikosongkan, disembunyikan, atau dihapus. Bila diurutkan, urutkan menurut Kode.",
        ),
        _step(
            "Kolom Periksa di kanan tabel langsung memberi tahu bila ada yang belum cocok, dan selnya berwarna.",
            f"Sebelum dikirim, buka lembar {CHECK_SHEET}: semua baris harus “Sesuai”. Klik tautannya untuk menuju sel",
            "yang bermasalah.",
        ),
        _step(
            "Kirim berkas .xlsx ini apa adanya. Jangan menghapus kolom, mengganti nama lembar, atau mengubah judul",
            "kolom. Untuk laporan di Word, salin tabelnya seperti biasa.",
        ),
    ]
    return steps


def _step(*lines: str) -> str:
    return " ".join(lines)


def _colours(sheet: Any, look: Looks, row: int) -> int:
    """What the colours of cells say."""
    sheet.write_string(row, 0, "Arti warna", look.of(bold=True, font_color=looks.INK))
    meanings = (
        (looks.TYPED, "diisi oleh Anda"),
        (looks.COMPUTED, "dihitung sendiri, terkunci"),
        (looks.MISSING, "belum diisi"),
        (looks.WRONG, "tidak cocok; baca kolom Periksa"),
    )
    for at, (colour, text) in enumerate(meanings, row + 1):
        sheet.write_blank(at, 0, None, look.of(bg_color=colour, border=1, border_color=looks.LINE))
        sheet.write_string(at, 1, text, look.of())
    return row + len(meanings) + 1


def _budget_example(sheet: Any, look: Looks, row: int) -> int:
    """The example of *Realisasi Anggaran*: two typed rows, and what follows from them."""
    heads = (
        "",
        "Kode",
        "Program/Kegiatan/Sub Kegiatan",
        "Pagu Setelah Perubahan",
        "Realisasi",
        "Serapan (%)",
        "Sisa Anggaran",
    )
    row = _example_heads(sheet, look, row, "Contoh: lembar Realisasi Anggaran. Yang tebal dihitung sendiri.", heads)
    for line in EXAMPLES[REALISATION.key]:
        budget, spent = Decimal(line["pagu_setelah"]), Decimal(line["realisasi"])
        typed = line["kode"].count(".") == 5
        sheet.write_string(row, 1, line["kode"], _cell(look))
        sheet.write_string(row, 2, line["uraian"], _cell(look))
        sheet.write_number(row, 3, int(budget), _cell(look, computed=not typed, num_format=looks.AMOUNT))
        sheet.write_number(row, 4, int(spent), _cell(look, computed=not typed, num_format=looks.AMOUNT))
        share = (spent * 100 / budget).quantize(Decimal("0.01"))
        sheet.write_number(row, 5, float(share), _cell(look, computed=True, num_format=looks.CENTS))
        sheet.write_number(row, 6, int(budget - spent), _cell(look, computed=True, num_format=looks.AMOUNT))
        row += 1
    return row


def _performance_example(sheet: Any, look: Looks, row: int) -> int:
    """The example of *Pengukuran Kinerja*: an indicator of either direction."""
    heads = ("", "Sasaran", "Indikator Kinerja", "Arah", "Target", "Realisasi", "Capaian (%)")
    row = _example_heads(sheet, look, row, "Contoh: lembar Pengukuran Kinerja. Yang tebal dihitung sendiri.", heads)
    for line in EXAMPLES[MEASUREMENT.key]:
        target, result = Decimal(line["target"]), Decimal(line["realisasi"])
        reached = (2 * target - result if "rendah" in line["arah"] else result) * 100 / target
        for place, key in ((1, "sasaran"), (2, "indikator"), (3, "arah")):
            sheet.write_string(row, place, line[key], _cell(look, text_wrap=True))
        sheet.write_number(row, 4, float(target), _cell(look))
        sheet.write_number(row, 5, float(result), _cell(look))
        share = float(reached.quantize(Decimal("0.01")))
        sheet.write_number(row, 6, share, _cell(look, computed=True, num_format=looks.CENTS))
        sheet.set_row(row, 28)
        row += 1
    return row


def _example_heads(sheet: Any, look: Looks, row: int, caption: str, heads: Sequence[str]) -> int:
    sheet.write_string(row, 0, caption, look.of(bold=True, font_color=looks.INK))
    for place, text in enumerate(heads):
        if text:
            sheet.write_string(row + 1, place, text, look.header())
    sheet.set_row(row + 1, 28)
    return row + 2


def _cell(look: Looks, computed: bool = False, **properties: Any) -> Any:
    """A cell of the example, shown as *Periksa* shows computed ones."""
    if computed:
        properties |= {"bold": True, "bg_color": looks.COMPUTED}
    return look.of(border=1, border_color=looks.LINE, **properties)
