"""Marks from reports and from findings."""

from __future__ import annotations

from typing import Any

import pytest

from xlaudit.annotate import Mark, marks_from_report
from xlaudit.annotate.finding_marks import marks_from_findings
from xlaudit.errors import BadUsage
from xlaudit.findings import Diagnosis, Finding, Place, Repair, Severity
from xlaudit.texts import both, same

BARE = {"severity": "error", "sheet": "S", "cell": "C5", "message": "Salah."}


def test_four_keys_suffice() -> None:
    expected = [Mark("S", "C5", "error", "Salah.")]
    assert marks_from_report([BARE]) == expected
    assert marks_from_report({"findings": [BARE]}) == expected
    assert marks_from_report({"workbooks": [{"findings": [BARE]}]}) == expected


def test_our_report_with_its_diagnosis() -> None:
    finding = BARE | {
        "id": "f1",
        "rule": "RA101",
        "table": "t1",
        "label": "L",
        "stated": "75000000",
        "computed": None,
        "because": [],
        "diagnosis": "d1",
        "live": "C5<>C6",
    }
    repair = {"sheet": "S", "cell": "C8", "stated": "75000000", "suggested": "175000000"}
    diagnosis = {"id": "d1", "certainty": "certain", "message": "Satu angka hilang.", "repairs": [repair]}
    report = {
        "workbooks": [
            {"path": "in/a.xlsx", "status": "audited", "findings": [finding], "diagnoses": [diagnosis]}
        ]
    }
    head, mark = marks_from_report(report)
    assert head == Mark(
        "S",
        "C8",
        "error",
        "Satu angka hilang.",
        id="sebab-f1",
        label="Sumber kesalahan",
        stated="75000000",
        computed="175000000",
        difference="-100000000",
        cause="Menjelaskan 1 temuan: C5",
        suggestion="Ubah C8 dari 75.000.000 menjadi 175.000.000",
        live="OR(C5<>C6)",
        root=True,
        explains=("f1",),
    )
    assert mark == Mark(
        "S",
        "C5",
        "error",
        "Salah.",
        id="f1",
        rule="RA101",
        label="L",
        stated="75000000",
        cause="Ikut salah karena C8",
        live="C5<>C6",
        head="sebab-f1",
    )
    told = finding | {"cause": "Tulisan tangan."}
    (mark,) = marks_from_report({"findings": [told], "diagnoses": [diagnosis]})
    assert (mark.cause, mark.head) == ("Tulisan tangan.", ""), "what was written by hand goes first"


def test_the_workbook_is_chosen_by_its_file_name() -> None:
    report = {
        "workbooks": [
            {"path": "in\\a.xlsx", "findings": []},
            {"path": "in/B.xlsx", "findings": [BARE]},
        ]
    }
    assert len(marks_from_report(report, "/lain/b.xlsx")) == 1
    for file in (None, "c.xlsx"):
        with pytest.raises(BadUsage):
            marks_from_report(report, file)


@pytest.mark.parametrize(
    ("report", "named"),
    [
        ("x", "findings"),
        ({}, "findings"),
        ({"findings": {}}, "findings"),
        ({"workbooks": 3}, "workbooks"),
        ({"workbooks": [{"status": "rejected", "error": {}}]}, "ditolak"),
        ([3], "ke-1"),
        ([BARE, {"severity": "error"}], "ke-2"),
        ([BARE | {"severity": "fatal"}], "severity"),
        ([BARE | {"cell": 5}], "cell"),
        ([BARE | {"message": " "}], "message"),
        ([BARE | {"label": ["x"]}], "label"),
    ],
)
def test_malformed_reports_are_named(report: Any, named: str) -> None:
    with pytest.raises(BadUsage) as caught:
        marks_from_report(report)
    assert caught.value.code == "bad_report"
    assert named in caught.value.text.id


def test_findings_with_their_cause() -> None:
    place = Place("S", "C5")
    finding = Finding(
        "f1",
        "RA101",
        "n",
        Severity.WARNING,
        place,
        same("L"),
        both("salah", "wrong"),
        both("periksa", "check"),
        stated="1",
        diagnosis="d1",
    )
    repairs = (Repair(Place("S", "C8"), "1", "1000"), Repair(Place("T", "D1"), "2.5", "3"))
    diagnosis = Diagnosis("d1", "digit_dropped", "unclear", both("sebab", "cause"), repairs, ("f1",))
    (mark,) = marks_from_findings([finding], {"f1": "d1"}, [diagnosis], "en")
    assert (mark.severity, mark.message, mark.cause) == ("warning", "wrong", "cause")
    assert mark.suggestion == "Change C8 from 1 to 1,000; or change T!D1 from 2.5 to 3"
    assert marks_from_findings([finding], {}, (), "id")[0].suggestion == "periksa"
