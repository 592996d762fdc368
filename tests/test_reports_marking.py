"""What the annotator is told: one mark per finding, with cause and suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from outcomes import SHEET, finding, full, table

from xlaudit.annotate.marks import count
from xlaudit.findings import Place, Repair, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.marking import outcome_to_marks
from xlaudit.texts import Language
from xlaudit.waivers import written


def test_every_finding_becomes_a_mark_worst_first() -> None:
    marks, heading = outcome_to_marks(full(), "id")
    assert [(mark.cell, mark.severity, mark.root) for mark in marks] == [
        ("C8", "error", True),
        ("C5", "error", False),
        ("F9", "error", False),
        ("D9", "warning", False),
        ("E9", "note", False),
    ]
    assert count(marks, "error") == 2, "the root of an error is not counted as another one"
    assert (heading.file, heading.checks, heading.unjudged, heading.date) == ("dinsos.xlsx", 412, 2, "")


def test_tables_keep_their_order() -> None:
    note = finding("A9", severity=Severity.NOTE, table="t1")
    error = finding("B9", table="t2")
    other = finding("C9", table=None)
    outcome = Outcome("a.xlsx", tables=(table("t1"), table("t2")), findings=(other, error, note))
    assert [mark.cell for mark in outcome_to_marks(outcome, "id")[0]] == ["A9", "B9", "C9"]


def test_a_mark_keeps_the_facts_and_speaks_the_language() -> None:
    mark = outcome_to_marks(full(), "en")[0][2]
    assert (mark.sheet, mark.rule, mark.id, mark.live) == (SHEET, "RA102", "RA102-F9", "C5<>SUM(C6:C7)")
    assert (mark.stated, mark.computed, mark.difference) == ("722400000", "822400000.5", "-100000000.5")
    assert mark.message == "The total in F9 differs."
    assert (mark.cause, mark.suggestion) == ("", "Check its kegiatan.")


def test_cause_and_repair_come_from_the_diagnosis() -> None:
    root, mark = outcome_to_marks(full(), "id")[0][:2]
    for either in (root, mark):
        assert either.cause == "Angka 1 di depan hilang."
        assert either.suggestion == "Ubah C8 dari 75.000.000 menjadi 175.000.000"
    assert (root.cell, root.message, root.id) == ("C8", "Sel ini menjelaskan 1 temuan.", f"sebab-{mark.id}")


def test_the_root_is_no_mark_of_its_own_where_a_finding_stands_or_nothing_is_sure() -> None:
    outcome = full()
    unsure = replace(outcome.diagnoses[0], certainty="unclear")
    there = replace(outcome.diagnoses[0], repairs=(Repair(Place(SHEET, "C5"), "1", "2"),))
    for diagnosis in (unsure, there):
        assert not any(mark.root for mark in outcome_to_marks(replace(outcome, diagnoses=(diagnosis,)), "id")[0])


@pytest.mark.parametrize(("certainty", "between"), [("likely", "; "), ("unclear", "; atau ")])
def test_several_repairs_are_all_needed_or_any_one_of_them(certainty: str, between: str) -> None:
    outcome = full()
    repairs = (Repair(Place(SHEET, "C8"), "1", "2"), Repair(Place("Lain", "C9"), "3", "4"))
    diagnosis = replace(outcome.diagnoses[0], certainty=certainty, repairs=repairs)
    mark = outcome_to_marks(replace(outcome, diagnoses=(diagnosis,)), "id")[0][0]
    assert mark.suggestion == f"Ubah C8 dari 1 menjadi 2{between}ubah Lain!C9 dari 3 menjadi 4"
    assert mark.cause.endswith("(kemungkinan besar)") is (certainty == "likely")


@pytest.mark.parametrize(("language", "day"), [("id", "5 Februari 2025"), ("en", "2025-02-05")])
def test_the_day_is_written_as_it_is_read(language: Language, day: str) -> None:
    assert written(date(2025, 2, 5)).get(language) == day
    assert outcome_to_marks(full(), language, date(2025, 2, 5))[1].date == day
