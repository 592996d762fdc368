"""What the annotator is told: one mark per finding, with cause and suggestion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from outcomes import SHEET, finding, full, table

from xlaudit.annotate.marks import counted
from xlaudit.annotate.notetext import note_runs, note_text
from xlaudit.findings import Place, Repair, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.marking import outcome_to_marks
from xlaudit.reports.text_report import TextReport
from xlaudit.texts import Language, both, same
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
    assert counted(marks)["error"] == 2, "the root of an error is not counted as another one"
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


def test_the_cause_stands_first_with_its_repair_and_what_follows_refers_to_it() -> None:
    root, mark = outcome_to_marks(full(), "id")[0][:2]
    assert (root.cell, root.id, root.explains) == ("C8", f"sebab-{mark.id}", (mark.id,))
    assert (root.message, root.cause) == ("Angka 1 di depan hilang.", f"Menjelaskan 1 temuan: {mark.cell}")
    assert root.suggestion == "Ubah C8 dari 75.000.000 menjadi 175.000.000"
    assert (mark.cause, mark.suggestion, mark.head) == ("Ikut salah karena C8", "", root.id)


def test_a_finding_at_the_one_wrong_cell_says_it_itself() -> None:
    outcome = full()
    there = outcome.diagnoses[0]._replace(repairs=(Repair(Place(SHEET, "C5"), "1", "2"),))
    marks, _ = outcome_to_marks(replace(outcome, diagnoses=(there,)), "id")
    assert not any(mark.root or mark.head for mark in marks)
    assert (marks[0].cause, marks[0].suggestion) == ("Angka 1 di depan hilang.", "Ubah C5 dari 1 menjadi 2")


def test_where_several_cells_may_be_it_the_cause_is_only_listed() -> None:
    outcome = full()
    repairs = (Repair(Place(SHEET, "C8"), "1", "2"), Repair(Place("Lain", "C9"), "3", "4"))
    two = tuple(one.id for one in outcome.findings[:2])
    unsure = outcome.diagnoses[0]._replace(certainty="unclear", repairs=repairs, explains=two)
    findings = tuple(one._replace(diagnosis=None) for one in outcome.findings)
    marks, _ = outcome_to_marks(replace(outcome, findings=findings, diagnoses=(unsure,)), "id")
    at = next(number for number, mark in enumerate(marks) if mark.root)
    head, one, other = marks[at : at + 3]
    assert head.root and head.listed_only and (head.stated, head.computed) == (None, None)
    assert one.head == other.head == head.id
    assert one.cause == "Ikut salah karena salah satu dari C8, Lain!C9"


def test_every_cell_of_a_cause_in_several_is_marked() -> None:
    outcome = full()
    repairs = (Repair(Place(SHEET, "C8"), "1", "2"), Repair(Place("Lain", "C9"), "3", "4"))
    diagnosis = outcome.diagnoses[0]._replace(certainty="certain", repairs=repairs)
    head, other, finding = outcome_to_marks(replace(outcome, diagnoses=(diagnosis,)), "id")[0][:3]
    assert [(mark.sheet, mark.cell, mark.root) for mark in (head, other, finding)] == [
        (SHEET, "C8", True), ("Lain", "C9", True), (SHEET, "C5", False)
    ]  # fmt: skip
    assert other.head == finding.head == head.id and other.suggestion == "Ubah C9 dari 3 menjadi 4"


def test_the_highlight_of_a_cause_goes_out_with_the_last_of_what_it_explains() -> None:
    outcome = full()
    elsewhere = finding("B2", table=None, place=Place("Lain", "B2"), live="B2>$C$1", diagnosis="d1")
    here = outcome.findings[0]._replace(live="C5<>C6")
    diagnosis = outcome.diagnoses[0]._replace(explains=(here.id, elsewhere.id))
    head = outcome_to_marks(replace(outcome, findings=(here, elsewhere), diagnoses=(diagnosis,)), "id")[0][0]
    assert head.live == "OR(C5<>C6,'Lain'!$B$2>'Lain'!$C$1)"


@pytest.mark.parametrize(("certainty", "between"), [("likely", "; "), ("unclear", "; atau ")])
def test_several_repairs_are_all_needed_or_any_one_of_them(certainty: str, between: str) -> None:
    outcome = full()
    repairs = (Repair(Place(SHEET, "C8"), "1", "2"), Repair(Place("Lain", "C9"), "3", "4"))
    diagnosis = outcome.diagnoses[0]._replace(certainty=certainty, repairs=repairs)
    mark = outcome_to_marks(replace(outcome, diagnoses=(diagnosis,)), "id")[0][0]
    assert mark.suggestion.lower().endswith(f"c8 dari 1 menjadi 2{between}ubah lain!c9 dari 3 menjadi 4")
    assert mark.message.endswith("(kemungkinan besar)") is (certainty == "likely")


@pytest.mark.parametrize(("language", "day"), [("id", "5 Februari 2025"), ("en", "2025-02-05")])
def test_the_day_is_written_as_it_is_read(language: Language, day: str) -> None:
    assert written(date(2025, 2, 5)).get(language) == day
    assert outcome_to_marks(full(), language, date(2025, 2, 5))[1].date == day


def test_a_code_is_no_figure_although_it_looks_like_one() -> None:
    sentence = both("Kode 106.01 mungkin maksudnya 1.06.01.", "The code 106.01 probably means 1.06.01.")
    code = finding("A9", message=sentence, stated="106.01", computed=None, difference=None, live=None)
    outcome = Outcome("a.xlsx", tables=(table("t1"),), findings=(code, finding("B9", stated="106.01")))
    marks, _ = outcome_to_marks(outcome, "id")
    assert [mark.words for mark in marks] == [True, False]
    assert "Tertulis" not in note_text(note_runs(marks[:1], "id")), "the sentence says it"
    assert "Tertulis: 106,01" in note_text(note_runs(marks[1:], "id"))
    report = TextReport().render([outcome], "id")
    assert "tertulis 106.01\n" in report and "tertulis 106,01 " in report


def test_a_note_does_not_say_twice_what_its_sentence_says() -> None:
    said = finding("B9", message=same("Tertulis 89,50 %, seharusnya 300,00 %."), stated="89.5", computed="300")
    (mark,), _ = outcome_to_marks(Outcome("a.xlsx", findings=(said._replace(difference="-3"),)), "id")
    assert "Tertulis:" not in (text := note_text(note_runs([mark], "id"))) and "Hasil hitung:" not in text
    assert "Selisih: -3" in text, "a part of a figure is not the figure"
