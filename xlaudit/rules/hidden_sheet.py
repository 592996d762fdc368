"""Tidak ada lembar berisi angka yang disembunyikan.

Yang diperiksa: lembar tersembunyi yang memuat angka. Peringatan bila rumus di lembar yang terlihat mengambil angka dari
sana, atau bila lembarnya disembunyikan sedemikian rupa sehingga tidak muncul di menu Unhide (very hidden); selain itu
catatan.
Mengapa penting: angka yang dipakai harus dapat ditelusuri oleh penerima laporan, dan lembar lama yang terlupa ikut
terkirim bersama laporan.
Toleransi: lembar tersembunyi tanpa angka, dan lembar bantu templat, tidak dilaporkan.
Sumber: praktik pelaporan.

Salah:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | =Rincian!A1 -> 2150000000 | 2003417500    |
    | 2  | Program Penanganan Bencana  | =Rincian!A2 -> 847300000  | 790112000     |
    |    | Jumlah                      | 2997300000               | 2793529500     |
    # Lembar tersembunyi: Rincian
    | 2150000000 * |
    | 847300000    |
Benar:
    Realisasi Anggaran Tahun 2024
    | No | Program                     | Pagu (Rp)                | Realisasi (Rp) |
    | 1  | Program Rehabilitasi Sosial | =Rincian!A1 -> 2150000000 | 2003417500    |
    | 2  | Program Penanganan Bencana  | =Rincian!A2 -> 847300000  | 790112000     |
    |    | Jumlah                      | 2997300000               | 2793529500     |
    # Lembar: Rincian
    | 2150000000 |
    | 847300000  |

English
No sheet with figures is hidden.

What is checked: hidden sheets that hold figures. A warning where formulas of sheets that show take figures from there,
or where the sheet is hidden so that the menu Unhide does not list it (very hidden); else a note.
Why it matters: whoever receives the report must be able to trace the figures in use, and old sheets that were forgotten
are handed in along with the report.
Tolerance: hidden sheets without figures, and the helper sheets of the template, are not reported.
Source: reporting practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.rules.base import Book, Flag, Made, Rule, Verdict
from xlaudit.tables import Table
from xlaudit.texts import Text, plural, same, sentences
from xlaudit.workings import HiddenSheet

_HIDDEN = plural(
    "The sheet “{name}” is hidden though it holds {n} figure.",
    "The sheet “{name}” is hidden though it holds {n} figures.",
)
_VERY = plural(
    "The sheet “{name}” holds {n} figure and is hidden so that the menu Unhide does not list it (very hidden).",
    "The sheet “{name}” holds {n} figures and is hidden so that the menu Unhide does not list it (very hidden).",
)
_USED = Text("Its figures are used by the formula in {where}.")
_ADVICE = Text("Show the sheet (right click on a sheet's name > Unhide), or delete it if it is not used.")
_VERY_ADVICE = Text("Show it in the VBA editor (Alt+F11, set Visible to -1), or ask for a file without that sheet.")


def check(book: Book) -> Iterator[Verdict]:
    """Tells of hidden sheets with figures; the template hides none of its forms, only lists of its own."""
    if not book.tables:
        return
    if book.workings.sheets:
        yield Made(book.workings.sheets)
    if book.template is None:
        yield from (_flag(book.tables, sheet) for sheet in book.workings.hidden_sheets)


def _flag(tables: tuple[Table, ...], sheet: HiddenSheet) -> Flag:
    table = next((table for table in tables if table.sheet == sheet.name), tables[0])
    wording = _VERY if sheet.very else _HIDDEN
    used = [f"{name}!{cell.a1}" for name, cell in sheet.used_by]
    return Flag(
        table,
        Cell(1, 1),
        same(sheet.name),
        sentences(
            wording.fill(name=same(sheet.name), n=sheet.figures),
            _USED.fill(where=", ".join(used)) if used else None,
        ),
        severity=Severity.WARNING if sheet.very or used else None,
        advice=_VERY_ADVICE if sheet.very else _ADVICE,
        sheet=sheet.name,
    )


RULE = Rule(
    "HI102",
    "hidden-sheet",
    Text("A sheet with figures is hidden"),
    Severity.NOTE,
    check,
)
