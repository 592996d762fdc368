"""Filled templates edited in LibreOffice as staff edit them: rows put in and taken out, sorted, pasted, typed over.

After each edit every computed cell agrees with the typed ones, the sheet *Cek* points at the row that is wrong and at
no other, and so does the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from filledsheets import Cell, Filled
from filledtemplate import ROWS, SETTINGS
from officedriver import edit

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome
from xlaudit.schemas.forms import (
    EVALUATION,
    HIGHER,
    MEASUREMENT,
    PROGRAM_RESULTS,
    REALISATION,
    TEMPLATES,
    VERSION,
    Entry,
    Form,
)
from xlaudit.templates import Content, write_template
from xlaudit.templates.layout import CHECK, Layout

Edit = list[object]
BUDGET, MEASURES, QUARTERS, LKJIP = "realisasi-anggaran", "pengukuran-kinerja", "evaluasi-triwulan", "lkjip"


@dataclass(frozen=True)
class Case:
    """Edits of the template of a kind. ``wrong`` are the rows that *Cek* must name, of the form ``form``; ``at`` is
    the one of them with the mistake itself, at which the audit must point as well.

    ``told`` are the rules that may speak, and must, where no figure is wrong. ``typed`` are cells that hold what was
    typed over their formula. ``gap`` says why the audit misses what *Cek* finds.
    """

    kind: str
    edits: list[Edit]
    form: Form = REALISATION
    wrong: tuple[int, ...] = ()
    at: int = 0
    told: tuple[str, ...] = ()
    typed: tuple[Cell, ...] = ()
    gap: str = ""


def layout(form: Form, kind: str = BUDGET) -> Layout:
    return Layout(form, form.ready, agreed=form is MEASUREMENT and kind == LKJIP)


def put(form: Form, row: int, **typed: object) -> list[Edit]:
    return [["put", form.sheet, f"{layout(form).letter(key)}{row}", value] for key, value in typed.items()]


def inserted(form: Form, row: int, like: int = 0, parent: bool = False, **typed: object) -> list[Edit]:
    """A row put in at ``row``, its formulas copied from the row ``like`` as it stands then, none without it."""
    edits: list[Edit] = [["insert_rows", form.sheet, row, 1]]
    if like:
        where = layout(form)
        entries = (Entry.COMPUTED, Entry.AMOUNT) if parent else (Entry.COMPUTED,)
        letters = [where.letter(column.key) for column in form.columns if column.entry in entries]
        areas = [(letter, letter) for letter in letters] + [(where.letter(CHECK), where.letter(where.helpers[-1]))]
        edits += [["copy", form.sheet, f"{a}{like}:{b}{like}", f"{a}{row}"] for a, b in areas]
    return [*edits, *put(form, row, **typed)]


def spent(kode: str) -> dict[str, object]:
    return {
        "kode": kode, "uraian": f"Baris baru {kode}", "pagu_sebelum": 5_000_000, "pagu_setelah": 6_000_001,
        "realisasi": 4_500_000.5,
    }  # fmt: skip


def quarterly(kode: str) -> dict[str, object]:
    quarters = {f"tw{n}_{unit}": value for n in range(1, 5) for unit, value in (("k", 2), ("rp", 1_250_000))}
    return {
        "kode": kode, "uraian": f"Baris baru {kode}", "indikator": "Jumlah layanan baru", "satuan": "orang",
        "sifat": "Kumulatif", "renstra_k": 60, "renstra_rp": 30_000_000, "lalu_k": 7, "lalu_rp": 6_000_000,
        "target_k": 9, "target_rp": 7_000_000, **quarters,
    }  # fmt: skip


def measured(indikator: str) -> dict[str, object]:
    return {
        "indikator": indikator, "satuan": "orang", "arah": "Makin tinggi", "target": 700, "realisasi": 613,
    }  # fmt: skip


PROGRAMS = (
    *ROWS[PROGRAM_RESULTS.key],
    {
        "kode": "1.06.05", "program": "Program Perlindungan Sosial", "indikator": "Persentase korban tertangani",
        "satuan": "%", "arah": HIGHER, "target": Decimal(95), "realisasi": Decimal("93.4"),
    },
)  # fmt: skip
"""Every program, for their pagu must add up to the total."""
RA, PN, ET, KP = (form.sheet for form in (REALISATION, MEASUREMENT, EVALUATION, PROGRAM_RESULTS))
DATA, WHOLE, SPARE_TOO = "A6:H14", "A6:L14", "A6:H65"
"""The rows of *Realisasi Anggaran*: the printed columns, with the helper columns, with the rows not yet filled."""
SHARES = ("persen", "sisa")


def overtyped(form: Form, rows: range, *keys: str) -> tuple[Cell, ...]:
    return tuple((form.key, row, key) for row in rows for key in keys)


STRUCTURE = {
    "nothing": Case(BUDGET, []),
    "row below a program": Case(BUDGET, inserted(REALISATION, 7, 8, **spent("1.06.02.2.03"))),
    "row below a kegiatan": Case(BUDGET, inserted(REALISATION, 8, 7, **spent("1.06.02.2.01.0009"))),
    "row above the first": Case(BUDGET, inserted(REALISATION, 6, 7, **spent("1.06.01"))),
    "row above the closing line": Case(BUDGET, inserted(REALISATION, 66, 65, **spent("1.06.06"))),
    "kegiatan with its parts": Case(
        BUDGET,
        [
            *inserted(REALISATION, 10, 9, **spent("1.06.02.2.05.0001")),
            *inserted(REALISATION, 10, 7, parent=True, kode="1.06.02.2.05", uraian="Kegiatan baru"),
        ],
    ),
    "bare row below a program": Case(
        BUDGET, inserted(REALISATION, 7, **spent("1.06.02.2.03")), wrong=(7,), at=7,
        typed=overtyped(REALISATION, range(7, 8), *SHARES),
    ),
    "bare row below a kegiatan": Case(
        BUDGET, inserted(REALISATION, 8, **spent("1.06.02.2.01.0009")), wrong=(8,), at=8,
        typed=overtyped(REALISATION, range(8, 9), *SHARES),
    ),
    "bare row above the first": Case(
        BUDGET, inserted(REALISATION, 6, **spent("1.06.01")), wrong=(6,), at=6,
        typed=overtyped(REALISATION, range(6, 7), *SHARES),
    ),
    "bare row above the closing line": Case(
        BUDGET, inserted(REALISATION, 66, **spent("1.06.06")), wrong=(66,), at=66,
        typed=overtyped(REALISATION, range(66, 67), *SHARES),
    ),
    "rows deleted in the middle": Case(BUDGET, [["delete_rows", RA, 12, 1], ["delete_rows", RA, 8, 1]]),
    "first program deleted": Case(BUDGET, [["delete_rows", RA, 6, 4]]),
    "spare rows deleted": Case(BUDGET, [["delete_rows", RA, 15, 51]]),
    "spare rows deleted, then one put in": Case(
        BUDGET, [["delete_rows", RA, 15, 51], *inserted(REALISATION, 15, 14, **spent("1.06.06"))]
    ),
    "all parts of a kegiatan deleted": Case(
        BUDGET, [["delete_rows", RA, 12, 2]], wrong=(11,), at=11,
    ),
    "rows above the table": Case(BUDGET, [["insert_rows", RA, 3, 2], ["insert_rows", RA, 1, 3]]),
    "column left of everything": Case(BUDGET, [["insert_column", RA, 1]]),
    "quarters, row below a program": Case(
        QUARTERS, inserted(EVALUATION, 8, 9, **quarterly("1.06.02.2.03")), EVALUATION
    ),
    "quarters, row above the first": Case(QUARTERS, inserted(EVALUATION, 7, 8, **quarterly("1.06.01")), EVALUATION),
    "quarters, row above the closing line": Case(
        QUARTERS, inserted(EVALUATION, 67, 66, **quarterly("1.06.06")), EVALUATION
    ),
    "quarters, bare row below a kegiatan": Case(
        QUARTERS, inserted(EVALUATION, 9, **quarterly("1.06.02.2.01.0009")), EVALUATION, wrong=(9,), at=9,
        typed=overtyped(EVALUATION, range(9, 10), *(c.key for c in EVALUATION.columns if c.entry is Entry.COMPUTED)),
    ),
    "quarters, rows deleted": Case(QUARTERS, [["delete_rows", ET, 12, 55], ["delete_rows", ET, 9, 1]], EVALUATION),
    "quarters, rows above and a column left": Case(
        QUARTERS, [["insert_rows", ET, 1, 2], ["insert_column", ET, 1]], EVALUATION
    ),
    "measures, row above the first": Case(
        MEASURES, inserted(MEASUREMENT, 6, 7, **measured("Jumlah pendamping")), MEASUREMENT
    ),
    "measures, row above the closing line": Case(
        MEASURES, inserted(MEASUREMENT, 36, 35, **measured("Jumlah pendamping")), MEASUREMENT
    ),
    "measures, bare row in the middle": Case(
        MEASURES, inserted(MEASUREMENT, 7, **measured("Jumlah pendamping")), MEASUREMENT, wrong=(7,), at=7,
        typed=overtyped(MEASUREMENT, range(7, 8), "capaian", "kategori"),
    ),
    "measures, rows deleted": Case(
        MEASURES, [["delete_rows", PN, 9, 27], ["delete_rows", PN, 6, 1], ["insert_rows", PN, 1, 2]], MEASUREMENT
    ),
    "measures, column left of everything": Case(MEASURES, [["insert_column", PN, 1]], MEASUREMENT),
    "report, rows and columns on two sheets": Case(
        LKJIP,
        [
            ["insert_column", RA, 1], ["insert_rows", PN, 1, 2], ["delete_rows", RA, 15, 40],
            ["insert_rows", KP, 1, 1], ["delete_rows", KP, 12, 20],
        ],
    ),
    "report, a program measured twice": Case(
        LKJIP,
        [
            *inserted(PROGRAM_RESULTS, 8, 7, **{**measured("Jumlah pendamping program"), "realisasi": 690}),
            *inserted(PROGRAM_RESULTS, 9, 8, **measured("Jumlah lembaga program")),
            ["delete_rows", KP, 8, 1],
        ],
    ),
}  # fmt: skip

ORDER = {
    "sorted by code, downwards and back": Case(BUDGET, [["sort", RA, DATA, 1, False], ["sort", RA, DATA, 1, True]]),
    "sorted by code with the spare rows": Case(
        BUDGET, [["sort", RA, SPARE_TOO, 2, False], ["sort", RA, SPARE_TOO, 1, True]]
    ),
    "sorted by code with the helper columns": Case(
        BUDGET, [["sort", RA, WHOLE, 2, True], ["sort", RA, WHOLE, 1, True]]
    ),
    "sorted by name, parents still above": Case(BUDGET, [["sort", RA, DATA, 2, True]]),
    "quarters, sorted by code": Case(
        QUARTERS, [["sort", ET, "A7:AB11", 1, False], ["sort", ET, "A7:AB11", 1, True]], EVALUATION
    ),
    "measures, sorted by indicator": Case(MEASURES, [["sort", PN, "A6:J8", 2, True]], MEASUREMENT),
    "measures, sorted downwards with the spare rows": Case(
        MEASURES, [["sort", PN, "A6:L35", 2, False]], MEASUREMENT
    ),
    "report, sorted": Case(
        LKJIP,
        [["sort", PN, "A6:J8", 2, True], ["sort", "Perbandingan", "A6:K8", 1, False], ["sort", KP, "A7:L9", 1, False]],
    ),
}  # fmt: skip

BLOCK = (*SHARES, "pagu_sebelum", "pagu_setelah", "realisasi")
PASTED = {
    "typed cells": Case(BUDGET, [["paste_values", RA, "A8:E9"], ["paste_values", RA, "A14:E14"]]),
    "computed cells": Case(BUDGET, [["paste_values", RA, "F6:G14"]], told=("ST107",)),
    "sums of parents": Case(BUDGET, [["paste_values", RA, "C6:E7"]], told=("ST107",)),
    "everything": Case(BUDGET, [["paste_values", RA, "A6:H14"]], told=("ST107",)),
    "everything, then a figure changed": Case(
        BUDGET, [["paste_values", RA, "A6:H14"], *put(REALISATION, 8, realisasi=150_000_000)], wrong=(6, 7, 8), at=8,
        typed=overtyped(REALISATION, range(6, 15), *BLOCK),
    ),
    "quarters, computed cells": Case(QUARTERS, [["paste_values", ET, "T7:AA11"]], EVALUATION, told=("ST107", "ST108")),
    "measures, typed cells": Case(MEASURES, [["paste_values", PN, "A6:G8"]], MEASUREMENT),
    "measures, computed cells": Case(MEASURES, [["paste_values", PN, "H6:I8"]], MEASUREMENT, told=("ST107",)),
}  # fmt: skip

TYPED = {
    "a digit too many": Case(BUDGET, put(REALISATION, 8, realisasi=1_600_000_000), wrong=(6, 7, 8), at=8),
    "a wrong sum": Case(
        BUDGET, put(REALISATION, 6, pagu_setelah=250_000_001), wrong=(6,), at=6,
        typed=overtyped(REALISATION, range(6, 7), "pagu_setelah"),
    ),
    "a word": Case(BUDGET, put(REALISATION, 8, pagu_setelah="seratus juta"), wrong=(6, 7, 8), at=8),
    "a figure with Rp": Case(BUDGET, put(REALISATION, 8, pagu_setelah="Rp175.000.000,-"), wrong=(6, 7, 8), at=8),
    "blank": Case(BUDGET, [["clear", RA, "E8"]], wrong=(8,), at=8),
    "a code twice": Case(
        BUDGET, put(REALISATION, 9, kode="1.06.02.2.01.0001"), wrong=(8, 9), at=9,
    ),
    "a percentage": Case(
        BUDGET, put(REALISATION, 8, persen=99.99), wrong=(8,), at=8,
        typed=overtyped(REALISATION, range(8, 9), "persen"),
    ),
    "sorted by code downwards": Case(
        BUDGET, [["sort", RA, DATA, 1, False]], wrong=(9, 10, 13, 14), at=9,
        typed=overtyped(REALISATION, range(6, 15), *BLOCK),
    ),
    "quarters, a digit too many": Case(
        QUARTERS, put(EVALUATION, 9, tw2_rp=200_000_000), EVALUATION, wrong=(7, 8, 9), at=9
    ),
    "quarters, a wrong sum": Case(
        QUARTERS, put(EVALUATION, 8, tw1_rp=20_000_000), EVALUATION, wrong=(8,), at=8,
        typed=overtyped(EVALUATION, range(8, 9), "tw1_rp"),
    ),
    "quarters, a word": Case(
        QUARTERS, put(EVALUATION, 9, tw2_rp="dua puluh juta"), EVALUATION, wrong=(9,), at=9
    ),
    "quarters, a code twice": Case(
        QUARTERS, put(EVALUATION, 10, kode="1.06.02.2.01.0001"), EVALUATION, wrong=(9, 10), at=10,
    ),
    "measures, capaian": Case(
        MEASURES, put(MEASUREMENT, 7, capaian=12), MEASUREMENT, wrong=(7,), at=7,
        typed=overtyped(MEASUREMENT, range(7, 8), "capaian"),
    ),
    "measures, a word": Case(
        MEASURES, put(MEASUREMENT, 7, realisasi="sembilan"), MEASUREMENT, wrong=(7,), at=7,
    ),
    "measures, blank": Case(
        MEASURES, [["clear", PN, "G7"]], MEASUREMENT, wrong=(7,), at=7,
    ),
    "report, a digit too many": Case(LKJIP, put(REALISATION, 8, realisasi=1_600_000_000), wrong=(6, 7, 8), at=8),
    "report, a target unlike the agreement": Case(
        LKJIP, put(MEASUREMENT, 6, target=85), MEASUREMENT, wrong=(6,), at=6
    ),
}  # fmt: skip

CASES = {
    f"{group}: {name}": case
    for group, cases in (("structure", STRUCTURE), ("order", ORDER), ("pasted", PASTED), ("typed over", TYPED))
    for name, case in cases.items()
}


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The file that each case leaves, all made in one session of LibreOffice."""
    folder = tmp_path_factory.mktemp("edits")
    source = {kind: folder / f"{kind}.xlsx" for kind in TEMPLATES}
    for kind, path in source.items():
        write_template(kind, path, Content(dict(SETTINGS), {**ROWS, PROGRAM_RESULTS.key: PROGRAMS}))
    paths = {name: folder / f"{number}.xlsx" for number, name in enumerate(CASES)}
    edit(folder, [(source[case.kind], paths[name], case.edits) for name, case in CASES.items()])
    return paths


EACH = pytest.mark.parametrize("name", CASES)


@EACH
def test_computed_cells_agree_with_the_typed_ones(name: str, edited: dict[str, Path]) -> None:
    case = CASES[name]
    read = Filled(edited[name], case.kind)
    assert [found for found in read.differences() if found[0] not in case.typed] == []
    assert read.expected() >= 6


@EACH
def test_the_check_points_at_what_is_wrong(name: str, edited: dict[str, Path]) -> None:
    case = CASES[name]
    told = Filled(edited[name], case.kind).told
    assert {part: line for part, line in told.items() if line != ("Sesuai", 0, [])}.keys() <= {case.form.sheet}
    state, count, texts = told[case.form.sheet]
    assert (state, count) == ("Perlu diperiksa" if case.wrong else "Sesuai", len(case.wrong))
    assert [text.split(":")[0] for text in texts] == [f"Baris {row}" for row in case.wrong[:3]]


def _audited(path: Path, kind: str) -> Outcome:
    outcome = audit_workbook(path)
    assert outcome.failure is None and not outcome.crashes
    assert outcome.template == (kind, VERSION)
    return outcome


@EACH
def test_the_audit_points_at_what_is_wrong(name: str, edited: dict[str, Path], request: pytest.FixtureRequest) -> None:
    case = CASES[name]
    outcome = _audited(edited[name], case.kind)
    if not case.wrong:
        assert {finding.rule for finding in outcome.findings} == set(case.told)
        return
    if case.gap:
        request.applymarker(pytest.mark.xfail(reason=case.gap, strict=True))
    rows = {
        int("".join(filter(str.isdigit, finding.place.cell)))
        for finding in outcome.findings
        if finding.place.sheet == case.form.sheet
    }
    assert case.at in rows
