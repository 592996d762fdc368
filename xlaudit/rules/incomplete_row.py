"""Baris templat terisi lengkap.

Yang diperiksa: dalam berkas yang dibuat dari templat, indikator yang targetnya angka tetapi realisasinya kosong atau
berupa kata, atau yang angkanya tersimpan sebagai teks; baris program atau kegiatan yang jumlahnya kosong padahal
rinciannya terisi; baris berkode yang tidak berisi rupiah satu pun atau yang kode induknya tidak ada; dan realisasi
anggaran tanpa pagu.
Mengapa penting: capaian dan jumlah yang tidak terhitung membuat tabelnya tampak selesai padahal belum.
Toleransi: tanda "-" dan NA pada realisasi berarti tidak ada hasil dan boleh. Bila belum ada satu pun realisasi yang
terisi, kolomnya memang belum waktunya diisi.
Sumber: templat xlaudit.

Salah:
    # Templat: pengukuran-kinerja
    # Lembar: Pengukuran Kinerja
    PENGUKURAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Arah | Sifat | Target | Realisasi | Capaian (%) | Kategori | Sumber Data |
    | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) |
    | Meningkatnya layanan | Layanan tepat waktu | % | Makin tinggi | | 80 | 84 | =$G6/$F6*100 -> 105 | | |
    | Meningkatnya layanan | Nilai SAKIP | nilai | Makin tinggi | | 82 | * | =IF(F7=82,"","") -> | | |
Benar:
    # Templat: pengukuran-kinerja
    # Lembar: Pengukuran Kinerja
    PENGUKURAN KINERJA
    DINAS SOSIAL TAHUN 2025

    | Sasaran | Indikator Kinerja | Satuan | Arah | Sifat | Target | Realisasi | Capaian (%) | Kategori | Sumber Data |
    | (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) |
    | Meningkatnya layanan | Layanan tepat waktu | % | Makin tinggi | | 80 | 84 | =$G6/$F6*100 -> 105 | | |
    | Meningkatnya layanan | Nilai SAKIP | nilai | Makin tinggi | | 82 | 82 | =$G7/$F7*100 -> 100 | | |

English
The rows of the template are complete.

What is checked: in a workbook made from the template, indicators whose target is a figure while the result is blank
or a word, or a figure kept as text; rows of programs and kegiatan whose sum is blank although rows below them are
filled in; rows with a code that hold no amount at all, or whose parent's code is missing; and realisasi without pagu.
Why it matters: a capaian or a sum that is not computed makes a table look finished that is not.
Tolerance: a dash "-" and NA in the result mean that there is none and are allowed. While no result is filled in at
all, it is not yet time for the column.
Source: the template of xlaudit.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlaudit.cells import Cell
from xlaudit.findings import Severity
from xlaudit.relations import partner
from xlaudit.rules.base import MADE, Book, Flag, Rule, Verdict, label_of
from xlaudit.schemas.forms import EXAMPLES
from xlaudit.tables import BLANK, Column, Figure, Measure, Row, State, Table
from xlaudit.texts import Text, same

_EXAMPLE_CODES = {line["kode"] for lines in EXAMPLES.values() for line in lines if "kode" in line}
_MEASURED = ("pengukuran_kinerja", "kinerja_anggaran")

_NO_RESULT = Text("The result of this indicator is not filled in although its target is {target}.")
_NO_RESULT_ADVICE = Text("Fill it in; if there is no result, write “-”.")
_WORD = Text("The result holds “{text}” although the target is a figure ({target}); its capaian is not computed.")
_WORD_ADVICE = Text("Type the result as a figure, as the target is.")
_NO_SUM = Text("The sum of this row is blank although the rows below it are filled in.")
_NO_SUM_ADVICE = Text(
    "Sort the rows by Kode, so that parts stand below their parent; if the formula is gone, copy it from another "
    "row.",
)


_NO_AMOUNT = Text("This row holds no amount at all.")
_NO_AMOUNT_ADVICE = Text("Fill in its pagu and realisasi, or delete the row if it is not used.")

_NO_BUDGET = Text("The pagu is blank although realisasi is filled in.")
_NO_BUDGET_ADVICE = Text("Fill in the pagu after revision; where nothing was revised it is that before.")
_ORPHAN = Text("The row above the code {code} is not in this table, so that its figures are in the sum of no kegiatan.")
_ORPHAN_ADVICE = Text("Correct the code, or add the row of its program or kegiatan.")
_TEXT = Text("“{text}” is stored as text, so that the formula of capaian cannot compute with it.")
_TEXT_ADVICE = Text("Type the figure alone, without unit or percent sign.")


def check(book: Book) -> Iterator[Verdict]:
    """Looks at every indicator and every parent of a filled template."""
    if book.template is None:
        return
    for table in book.tables:
        if table.kind in _MEASURED:
            yield from _results(table)
        amounts = [column for column in table.columns.values() if column.measure is Measure.AMOUNT]
        if amounts and "kode" in table.columns:
            yield from _lines(table, amounts)


def _results(table: Table) -> Iterator[Verdict]:
    pairs = [
        (row, row.figures[goal.name], row.figures[reached.name])
        for goal in table.by_role("target")
        for reached in table.by_role("realisasi_kinerja")
        for row in table.rows
        if row.figures[goal.name].filled and row.texts.get("indikator")
    ]
    begun = any(reached.state is not BLANK for _, _, reached in pairs)
    for row, goal, reached in pairs:
        if reached.state is BLANK and begun and not reached.from_merge:
            yield _flag(table, row, reached, _NO_RESULT.fill(target=goal.text), _NO_RESULT_ADVICE, goal)
        elif (kept := next((f for f in (goal, reached) if f.filled and f.as_text), None)) is not None:
            yield _flag(table, row, kept, _TEXT.fill(text=kept.text), _TEXT_ADVICE)
        elif reached.state is State.TEXT:
            text = _WORD.fill(text=reached.text, target=goal.text)
            yield _flag(table, row, reached, text, _WORD_ADVICE, goal)
        else:
            yield MADE


def _lines(table: Table, amounts: list[Column]) -> Iterator[Verdict]:
    """One verdict for each row with a code and a name, at its first blank amount; ST105 tells of the example."""
    named = [row for row in table.rows if row.code and row.label and row.code not in _EXAMPLE_CODES]
    empty = {row.index for row in named if all(row.figures[column.name].state is BLANK for column in amounts)}
    begun = len(empty) * 2 <= len(named)
    for row in named:
        blank = next(
            (c for c in amounts if _has_parts(named, row, c) and row.figures[c.name].state is BLANK), None
        )
        bare = _budget(amounts) if row.index in empty and begun else None
        unplanned = _unplanned(table, row)
        if _without_parent(row, {other.code for other in named}):
            yield _orphan(table, row)
            continue
        if blank is not None:
            yield _flag(table, row, row.figures[blank.name], _NO_SUM, _NO_SUM_ADVICE)
        elif bare is not None:
            yield _flag(table, row, row.figures[bare.name], _NO_AMOUNT, _NO_AMOUNT_ADVICE)
        elif unplanned is not None:
            yield _flag(table, row, unplanned, _NO_BUDGET, _NO_BUDGET_ADVICE)
        else:
            yield MADE


def _without_parent(row: Row, codes: set[str]) -> bool:
    """Whether the code that a row's code goes on from is missing, although other rows stand at that level (RULES A6).

    A sub kegiatan adds one part to the code of its kegiatan, a kegiatan two parts to that of its program.
    """
    parts = row.code.split(".")
    lengths = {code.count(".") + 1 for code in codes}
    for added in (1, 2):
        if len(parts) - added in lengths and (added == 1 or len(parts) > 3):
            return ".".join(parts[:-added]) not in codes
    return False


def _orphan(table: Table, row: Row) -> Flag:
    column = table.columns["kode"]
    return Flag(
        table,
        Cell(row.number, column.column),
        same(f"{row.label} · {column.header}"),
        _ORPHAN.fill(code=row.code),
        stated=row.code,
        advice=_ORPHAN_ADVICE,
    )


def _has_parts(named: list[Row], row: Row, column: Column) -> bool:
    """Whether a row below this one, told by its code, is filled in; wherever it stands."""
    return any(other.code.startswith(f"{row.code}.") and other.figures[column.name].filled for other in named)


def _budget(amounts: list[Column]) -> Column:
    """The last column of pagu, which is the one after the revision."""
    return next((column for column in reversed(amounts) if column.role == "pagu"), amounts[0])


def _unplanned(table: Table, row: Row) -> Figure | None:
    """The blank pagu beside a realisasi."""
    for column in table.by_role("realisasi"):
        budget = partner(table, column, "pagu")
        if budget is None or column.period.startswith("tw") or not row.figures[column.name].filled:
            continue
        if row.figures[budget.name].state is BLANK:
            return row.figures[budget.name]
    return None


def _flag(table: Table, row: Row, figure: Figure, message: Text, advice: Text, beside: Figure | None = None) -> Flag:
    return Flag(
        table,
        figure.cell,
        label_of(table, row, figure),
        message,
        stated=figure.text or None,
        because=() if beside is None else ((table, beside.cell),),
        advice=advice,
    )


RULE = Rule(
    "ST113",
    "incomplete-row",
    Text("A row of the template is incomplete"),
    Severity.WARNING,
    check,
)
