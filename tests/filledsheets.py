"""A filled template as a spreadsheet saved it, and what its formulas must show, computed from the typed cells.

Columns are found by the defined names, which move with whatever is inserted or deleted. Nothing here looks at a
formula: amounts are added over codes in any order of rows, percentages are divided in decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string

from xlaudit.schemas.forms import CHECK_SHEET, CUMULATIVE, LOWER, TEMPLATES, Entry, Form

Shown = Decimal | str
Cell = tuple[str, int, str]
"""Form, row, column by its key."""

_PLACE = re.compile(r"\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)$")
_SCALE = ((91, "Sangat Tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"), (0, "Sangat Rendah"))


class Page:
    """One form of a saved template."""

    def __init__(self, book: Any, form: Form) -> None:
        self.form = form
        self._columns: dict[str, int] = {}
        for column in form.columns:
            text = book.defined_names[form.anchor(column.key)].attr_text
            match = _PLACE.search(text)
            assert match is not None and match[1] == match[3], text
            self._columns[column.key] = column_index_from_string(match[1])
            self.numbers, self.end = int(match[2]), int(match[4])
        self._sheet = book[form.sheet]
        self.rows = [
            row
            for row in range(self.numbers + 1, self.end)
            if any(self.at(row, c.key) != "" for c in form.columns if c.entry is not Entry.COMPUTED)
        ]

    def at(self, row: int, key: str) -> Shown:
        value = self._sheet.cell(row, self._columns[key]).value
        if isinstance(value, (int, float)):
            return Decimal(str(value))
        return "" if value is None else str(value)

    def closing(self, label: str) -> int:
        return self.end + 1 + self.form.closing.index(label)

    def codes(self) -> dict[int, str]:
        return {row: str(self.at(row, "kode")) for row in self.rows}

    def leaves(self, row: int | None = None) -> list[int]:
        """The rows without rows below them, of all or of one code."""
        codes = self.codes()
        under = "" if row is None else f"{codes[row]}."
        return [
            leaf
            for leaf, code in codes.items()
            if (not code or not any(other.startswith(f"{code}.") for other in codes.values()))
            and (row is None or code.startswith(under))
        ]

    def added(self, key: str, rows: list[int]) -> Shown:
        amounts = [amount for row in rows if isinstance(amount := self.at(row, key), Decimal)]
        return sum(amounts, Decimal(0)) if amounts else ""


class Filled:
    """All forms of a saved template, and its sheet *Cek*."""

    def __init__(self, path: Path, kind: str) -> None:
        book = openpyxl.load_workbook(path, data_only=True)
        self.pages = {form.key: Page(book, form) for form in TEMPLATES[kind]}
        self.told: dict[str, tuple[str, int, list[str]]] = {
            str(name): (str(state), int(count), [str(text) for text in texts if text])
            for name, state, count, *texts in book[CHECK_SHEET].iter_rows(min_row=5, max_col=6, values_only=True)
            if name
        }

    def differences(self) -> list[tuple[Cell, Shown, Shown]]:
        """The cells that do not show what they must: which, what they show, what they must show."""
        return [
            ((page.form.key, row, key), page.at(row, key), value)
            for page in self.pages.values()
            for row, key, value in self._expected(page)
            if page.at(row, key) != value
        ]

    def expected(self) -> int:
        """How many cells can be told."""
        return sum(1 for page in self.pages.values() for _ in self._expected(page))

    def _expected(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        if page.form.folded:
            yield from _folded(page)
        computed = {
            "anggaran_perjanjian": self._agreed, "pengukuran_kinerja": self._measured, "kinerja_program": self._program,
            "realisasi_anggaran": self._spent, "efisiensi": self._efficient, "perbandingan": self._compared,
            "evaluasi_triwulan": self._evaluated,
        }.get(page.form.key)  # fmt: skip
        if computed is not None:
            yield from computed(page)

    def _agreed(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        for row in [*page.rows, page.closing("Jumlah")]:
            yield row, "perubahan", _less(page.at(row, "pagu_setelah"), page.at(row, "pagu_sebelum"))

    def _spent(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        for row in [*page.rows, page.closing("Jumlah")]:
            budget, spent = page.at(row, "pagu_setelah"), page.at(row, "realisasi")
            yield row, "persen", _percent(spent, budget)
            yield row, "sisa", _less(budget, spent)

    def _measured(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        yield from _achieved(page, "Rata-rata capaian")

    def _program(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        yield from _achieved(page, "Rata-rata capaian")
        budget = self.pages["realisasi_anggaran"]
        for row in page.rows:
            for key, source in (("pagu", "pagu_setelah"), ("realisasi_anggaran", "realisasi")):
                yield row, key, _looked_up(budget, "kode", page.at(row, "kode"), source)
        last = page.closing("Jumlah")
        for key in ("pagu", "realisasi_anggaran"):
            yield last, key, page.added(key, page.rows)
        for row in [*page.rows, last]:
            yield row, "persen", _percent(page.at(row, "realisasi_anggaran"), page.at(row, "pagu"))

    def _efficient(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        programs = self.pages["kinerja_program"]
        of: dict[Shown, list[Shown]] = {}
        code: Shown = ""
        for row in range(programs.numbers + 1, programs.end):
            code = programs.at(row, "kode") or code
            of.setdefault(code, []).append(programs.at(row, "capaian"))
        for row in page.rows:
            for key, source in (("program", "uraian"), ("pagu", "pagu_setelah"), ("realisasi", "realisasi")):
                yield row, key, _looked_up(self.pages["realisasi_anggaran"], "kode", page.at(row, "kode"), source)
            yield row, "capaian", _mean(of.get(page.at(row, "kode"), []))
            yield row, "persen", _percent(page.at(row, "realisasi"), page.at(row, "pagu"))
            yield row, "efisiensi", _less(page.at(row, "capaian"), page.at(row, "persen"))

    def _compared(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        measured = self.pages["pengukuran_kinerja"]
        for row in page.rows:
            for key in ("satuan", "arah", "target", "realisasi", "capaian"):
                yield row, key, _looked_up(measured, "indikator", page.at(row, "indikator"), key)
            result = page.at(row, "realisasi")
            yield row, "selisih", _less(result, page.at(row, "realisasi_lalu"))
            yield row, "kemajuan", _capaian(page.at(row, "target_akhir"), result, page.at(row, "arah"))

    def _evaluated(self, page: Page) -> Iterator[tuple[int, str, Shown]]:
        total = page.closing("Jumlah")
        for row in [*page.rows, total]:
            year = _plus(*(page.at(row, f"tw{n}_rp") for n in range(1, 5)))
            yield row, "realisasi_rp", year
            yield row, "jumlah_rp", _plus(page.at(row, "lalu_rp"), year)
            yield row, "capaian_rp", _percent(year, page.at(row, "target_rp"))
            yield row, "kemajuan_rp", _percent(page.at(row, "jumlah_rp"), page.at(row, "renstra_rp"))
            if row == total:
                continue
            quarters = [amount for n in range(1, 5) if isinstance(amount := page.at(row, f"tw{n}_k"), Decimal)]
            cumulative = page.at(row, "sifat") == CUMULATIVE
            result: Shown = quarters[-1] if quarters and cumulative else _plus(*quarters)
            yield row, "realisasi_k", result
            past = page.at(row, "lalu_k")
            yield row, "jumlah_k", (result or past) if cumulative else _plus(past, result)
            yield row, "capaian_k", _percent(result, page.at(row, "target_k"))
            yield row, "kemajuan_k", _percent(page.at(row, "jumlah_k"), page.at(row, "renstra_k"))
        depth = {row: code.count(".") for row, code in page.codes().items() if code}
        top = [row for row in depth if depth[row] == min(depth.values())]
        for key in ("capaian_k", "capaian_rp"):
            mean = _mean([page.at(row, key) for row in top])
            yield page.closing("Rata-rata capaian (%)"), key, mean
            yield page.closing("Predikat kinerja"), key, _label(mean)


def _folded(page: Page) -> Iterator[tuple[int, str, Shown]]:
    leaves = page.leaves()
    for key in (column.key for column in page.form.columns if column.entry is Entry.AMOUNT):
        yield page.closing("Jumlah"), key, page.added(key, leaves)
        for row in page.rows:
            if row not in leaves:
                yield row, key, page.added(key, page.leaves(row))


def _achieved(page: Page, label: str) -> Iterator[tuple[int, str, Shown]]:
    for row in page.rows:
        yield row, "capaian", _capaian(page.at(row, "target"), page.at(row, "realisasi"), page.at(row, "arah"))
        yield row, "kategori", _label(page.at(row, "capaian"))
    figures = [page.at(row, "capaian") for row in page.rows]
    yield page.closing(label), "capaian", _mean(figures)
    counted = sum(1 for figure in figures if isinstance(figure, Decimal))
    yield page.closing(label), "indikator", f"{label} ({counted} indikator)"


def _looked_up(page: Page, by: str, subject: Shown, key: str) -> Shown:
    return next((page.at(row, key) for row in page.rows if subject and page.at(row, by) == subject), "")


def _rounded(figure: Decimal) -> Decimal:
    return figure.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _percent(part: Shown, whole: Shown) -> Shown:
    if not (isinstance(part, Decimal) and isinstance(whole, Decimal)):
        return ""
    return _rounded(part * 100 / whole) if whole else "-"


def _capaian(target: Shown, result: Shown, direction: Shown) -> Shown:
    if not (isinstance(target, Decimal) and isinstance(result, Decimal)):
        return ""
    return _percent(2 * target - result if direction == LOWER else result, target)


def _less(minuend: Shown, subtrahend: Shown) -> Shown:
    return minuend - subtrahend if isinstance(minuend, Decimal) and isinstance(subtrahend, Decimal) else ""


def _plus(*figures: Shown) -> Shown:
    numbers = [figure for figure in figures if isinstance(figure, Decimal)]
    return sum(numbers, Decimal(0)) if numbers else ""


def _mean(figures: list[Shown]) -> Shown:
    numbers = [figure for figure in figures if isinstance(figure, Decimal)]
    return _rounded(sum(numbers, Decimal(0)) / len(numbers)) if numbers else ""


def _label(figure: Shown) -> Shown:
    if not isinstance(figure, Decimal):
        return ""
    return next(label for bound, label in _SCALE if max(figure, Decimal(0)) >= bound)
