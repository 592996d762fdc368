"""Outcomes made by hand, for the tests of reports and command line."""

from __future__ import annotations

from xlaudit.findings import Diagnosis, Finding, Place, Repair, Severity, Unjudged
from xlaudit.outcome import Basis, Convention, Failure, Outcome, RuleCrash, TableSummary
from xlaudit.texts import both, same

SHEET = "Realisasi"


def finding(cell: str, rule: str = "RA101", **facts: object) -> Finding:
    """An error at a cell of the table t1, with a total that is off."""
    basis = Finding(
        id=f"{rule}-{cell}",
        rule=rule,
        name="program-total",
        severity=Severity.ERROR,
        place=Place(SHEET, cell),
        label=same("PROGRAM REHABILITASI SOSIAL · Pagu"),
        message=both(id=f"Jumlah di {cell} tidak sama.", en=f"The total in {cell} differs."),
        advice=both(id="Periksa kegiatannya.", en="Check its kegiatan."),
        table="t1",
        stated="722400000",
        computed="822400000.5",
        difference="-100000000.5",
        because=(Place(SHEET, "C6"), Place(SHEET, "C7")),
        live="C5<>SUM(C6:C7)",
    )
    return basis._replace(**facts)  # type: ignore[arg-type]


def table(name: str = "t1", **facts: object) -> TableSummary:
    basis = TableSummary(
        id=name,
        kind="realisasi_anggaran",
        sheet=SHEET,
        range="A4:F61",
        title="Realisasi Anggaran Tahun 2024",
        rows=57,
        columns={"uraian": "B", "pagu": "C"},
        rounding="truncated",
        remarks=(both(id="Tingkat dibaca dari kode.", en="Levels were read from the codes."),),
    )
    return basis._replace(**facts)  # type: ignore[arg-type]


def full() -> Outcome:
    """One of everything: a diagnosis with what it explains, findings of each severity, unjudged figures."""
    caused = finding("C5")
    return Outcome(
        path="in/dinsos.xlsx",
        annotated="in/dinsos.audit.xlsx",
        template=("lkjip", "1"),
        tables=(table(), table("t2", kind="pengukuran_kinerja", sheet="Kinerja", range="A1:G9")),
        findings=(
            finding("E9", "TR001", name="truncated", severity=Severity.NOTE, live=None, stated="92.02"),
            finding("D9", "RA103", name="over-pagu", severity=Severity.WARNING),
            caused,
            finding("F9", "RA102", name="sisa"),
        ),
        diagnoses=(
            Diagnosis(
                id="d1",
                cause="digit_dropped",
                certainty="certain",
                message=both(id="Angka 1 di depan hilang.", en="The leading 1 was dropped."),
                repairs=(Repair(Place(SHEET, "C8"), "75000000", "175000000"),),
                explains=(caused.id,),
            ),
        ),
        unjudged=(
            Unjudged("RA101", Place(SHEET, "C9"), both(id="Selnya kosong.", en="The cell is empty.")),
            Unjudged("RA101", Place(SHEET, "C10"), both(id="Selnya kosong.", en="The cell is empty.")),
        ),
        crashes=(RuleCrash("RA999", "ZeroDivisionError: x"),),
        checks=412,
        conventions=(
            Convention("cap", both("tidak dibatasi", "none"), Basis.DECLARED, same("Identitas!C10"), ("t1",)),
            Convention("rounding", both("dibulatkan", "rounded"), Basis.DETECTED, None, ("t1",)),
        ),
        unread=("Pegawai", "SPM <2024>"),
        remarks=(both(id="Lembar “Rekap” tidak ada.", en="There is no sheet “Rekap”."),),
    )


def rejected(path: str = "rusak.xlsx") -> Outcome:
    text = both(id="Berkas ini bukan buku kerja Excel.", en="This file is no Excel workbook.")
    return Outcome(path, failure=Failure("not_a_workbook", text))


def quiet(path: str = "rapi.xlsx") -> Outcome:
    return Outcome(path, tables=(table(),), checks=10)
