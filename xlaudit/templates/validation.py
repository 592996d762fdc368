"""What a cell of the template accepts, and the sentences that Excel shows beside it."""

from __future__ import annotations

from typing import Any

from xlaudit.schemas.forms import Entry, FormColumn
from xlaudit.templates.checks import name
from xlaudit.templates.layout import Layout

_HINTS = {
    "kode": "Ketik kode dengan titik, misalnya 9.99.01 untuk program, 9.99.01.2.01 untuk kegiatan, dan "
    "9.99.01.2.01.0001 untuk sub kegiatan. Jumlah program dan kegiatan dihitung menurut kode ini.",
    "arah": "Makin tinggi: realisasi di atas target itu baik. Makin rendah: realisasi di bawah target itu baik, "
    "misalnya jumlah pengaduan.",
    "sifat": "Kumulatif: angka s.d. triwulan itu, dipakai angka terakhir. Non-kumulatif: angka triwulan itu saja, "
    "keempatnya dijumlahkan.",
    "indikator": "Satu indikator per baris, ditulis sama seperti dalam Perjanjian Kinerja.",
    "target": "Angka saja, tanpa satuan. Predikat seperti BB atau WTP boleh ditulis apa adanya.",
}
_AMOUNT_HINT = (
    "Isi hanya di baris yang tidak punya rincian. Baris program dan kegiatan dijumlahkan otomatis. "
    "Ketik angkanya saja, tanpa Rp dan tanpa ,-"
)
_AMOUNT_ERROR = (
    "Isi dengan angka saja; bila memang tidak ada, tulis 0. Jangan tulis Rp, ,- atau huruf; tanda pemisah ribuan "
    "muncul sendiri."
)
_FIGURE_ERROR = (
    "Yang diketik bukan angka. Capaian hanya dihitung dari angka. Pilih Ya bila memang berupa predikat, "
    "misalnya BB atau WTP."
)


def rule_for(layout: Layout, column: FormColumn, listed: str) -> dict[str, Any] | None:
    """The validation of a column, None for a computed one and for free text.

    ``listed`` is the range that a choice is made from, empty where ``column.choices`` lists them.
    """
    title = name(column)[:32]
    cell = layout.cell(column.key, layout.first)
    if column.entry is Entry.AMOUNT:
        return _rule(
            title, _AMOUNT_HINT, "Harus berupa angka", _AMOUNT_ERROR, "stop",
            validate="decimal", criteria=">=", value=0,
        )  # fmt: skip
    if column.entry is Entry.FIGURE:
        return _rule(
            title, _HINTS["target"], "Bukan angka", _FIGURE_ERROR, "warning",
            validate="custom", value=f"=ISNUMBER({cell})",
        )  # fmt: skip
    if column.entry is Entry.CODE:
        text = f"AND(ISTEXT({cell}),LEN({cell})=LEN(TRIM({cell})))"
        return _rule(
            title, _HINTS["kode"], "Kode belum benar", "Kode diketik sebagai teks, dengan titik dan tanpa spasi.",
            "stop", validate="custom", value=f"={text}",
        )  # fmt: skip
    if column.entry is Entry.CHOICE:
        hint = _HINTS.get(column.key, "Pilih dari daftar.") if not listed else "Pilih dari daftar."
        source: Any = list(column.choices) if column.choices else f"={listed}"
        return _rule(
            title, hint, "Pilih dari daftar", "Isi dengan salah satu pilihan dalam daftar.", "stop",
            validate="list", source=source,
        )  # fmt: skip
    if column.entry is Entry.TEXT and column.key in _HINTS:
        return {"validate": "any", "input_title": title, "input_message": _HINTS[column.key]}
    return None


def _rule(title: str, hint: str, error_title: str, error: str, kind: str, **check: Any) -> dict[str, Any]:
    return {
        **check,
        "input_title": title,
        "input_message": hint,
        "error_title": error_title,
        "error_message": error,
        "error_type": kind,
    }
