"""Where agencies stand, reckoned from recorded audits: what is one submission, one series, and open since when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from xlaudit.findings import Severity
from xlaudit.offices import office_of
from xlaudit.overview import Listed, Overview, Wanted, overview
from xlaudit.standing import (
    Audit,
    Noted,
    Series,
    Standing,
    all_series,
    before,
    document_of,
    needed,
    series_for,
    standing,
)

FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def audit(number: int, path: str = "a.xlsx", sha: str = "", **facts: object) -> Audit:
    """The audit of that number, on the day of that number in 2026."""
    plain = Audit(
        id=number,
        recorded_at=FIRST + timedelta(days=number),
        recorded_by="ani",
        path=path,
        sha256=sha or f"sha{number}",
        annotated="",
        annotated_sha256="",
        tool_version="0.1.0",
        agency="Dinas Sosial",
        government="",
        year=2025,
        period="",
        document="laporan",
        code="",
        reason="",
        errors=0,
        warnings=0,
        notes=0,
        waived=0,
        unjudged=0,
        checks=0,
        findings_in=number,
    )
    return plain._replace(**facts)  # type: ignore[arg-type]


def noted(name: str, severity: Severity = Severity.ERROR, waived: bool = False) -> Noted:
    return Noted(name, "RA101", "x", severity, "S", "A1", "label", "kalimat", "1", "2", "-1", "", "", waived)


def day(number: int) -> datetime:
    return FIRST + timedelta(days=number)


def only(*audits: Audit) -> Series:
    [series] = all_series(audits).series
    return series


def stands(*contents: tuple[Audit, str]) -> Standing:
    """The standing of one series: audits with the ids of their findings, each a letter; capitals were accepted."""
    findings = {one.id: [noted(name.lower(), waived=name.isupper()) for name in names] for one, names in contents}
    return standing(only(*(one for one, _ in contents)), findings)


def test_the_same_content_audited_again_is_one_submission_and_its_latest_audit_counts() -> None:
    series = only(audit(1, sha="a"), audit(2, sha="b"), audit(3, sha="a"))
    assert [(one.number, one.received, one.audit.id) for one in series.submissions] == [
        (1, day(1), 3), (2, day(2), 2)
    ]  # fmt: skip


def test_an_earlier_workbook_looked_at_again_does_not_become_the_last_one() -> None:
    assert only(audit(1, sha="a"), audit(2, sha="b"), audit(3, sha="a")).last.audit.sha256 == "b"


def test_an_annotated_copy_that_nobody_changed_is_the_workbook_that_it_was_made_of() -> None:
    series = only(
        audit(1, sha="a", annotated_sha256="a+"),
        audit(2, "a.audit.xlsx", "a+", annotated_sha256="a++"),
        audit(3, "a.audit2.xlsx", "a++"),
        audit(4, "a.audit.xlsx", "changed"),
    )
    assert [(one.number, one.audit.id, one.audit.sha256) for one in series.submissions] == [
        (1, 3, "a"), (4, 4, "changed")
    ]  # fmt: skip
    assert only(audit(1, sha="a", annotated_sha256="a")).last.audit.sha256 == "a"


def test_the_same_content_under_two_paths_is_one_submission() -> None:
    for other in ("b.xlsx", "a.xlsx"):
        series = only(audit(1, "a.xlsx", "a"), audit(2, other, "a"))
        assert [(one.number, one.audit.id) for one in series.submissions] == [(1, 2)]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (audit(2, agency="DINAS SOSIAL KAB. CONTOH"), True),
        (audit(2, period="tahunan"), True),
        (audit(2, government="Kabupaten Contoh"), True),
        (audit(2, year=2024), False),
        (audit(2, period="tw2"), False),
        (audit(2, document="evaluasi_triwulan"), False),
        (audit(2, agency="Dinas Kesehatan"), False),
        (audit(2, agency=""), False),
    ],
)
def test_what_belongs_together(other: Audit, same: bool) -> None:
    assert len(all_series([audit(1, sha="a"), other]).series) == (1 if same else 2)


def test_agencies_of_one_name_and_two_governments_are_apart_and_who_names_none_joins_neither() -> None:
    some = [audit(1, government="Kabupaten A"), audit(2, government="Kota A"), audit(3)]
    assert len(all_series(some).series) == 3
    assert len(all_series(some[1:]).series) == 1


def test_workbooks_that_do_not_say_whose_they_are_go_by_their_path() -> None:
    found = all_series([audit(1, "a.xlsx", agency=""), audit(2, "b.xlsx", agency=""), audit(3, "a.xlsx", agency="")])
    assert [[one.number for one in series.submissions] for series in found.series] == [[2], [1, 3]]


def test_a_newer_xlaudit_that_knows_whose_it_is_moves_the_submission() -> None:
    series = only(audit(1, sha="a", agency=""), audit(2, sha="a"))
    assert (series.agency, series.last.number, series.last.received) == ("Dinas Sosial", 1, day(1))


def test_open_since_the_first_of_the_unbroken_submissions() -> None:
    found = stands((audit(1), "abc"), (audit(2), "ac"), (audit(3), "abcd"))
    assert {one.finding.id: one.since for one in found.open} == {"a": day(1), "c": day(1), "b": day(3), "d": day(3)}
    assert found.fixed == ()


def test_fixed_is_what_was_found_once_and_is_found_no_more() -> None:
    found = stands((audit(1), "ab"), (audit(2), "bc"), (audit(3), "b"))
    assert [one.id for one in found.fixed] == ["a", "c"]
    assert [one.finding.id for one in found.open] == ["b"]


def test_accepted_is_neither_open_nor_fixed_and_does_not_break_a_series() -> None:
    found = stands((audit(1), "ab"), (audit(2), "Ab"))
    assert [one.id for one in found.waived] == ["a"] and found.fixed == ()
    again = stands((audit(1), "a"), (audit(2), "A"), (audit(3), "a"))
    assert [one.since for one in again.open] == [day(1)]


def test_a_submission_without_findings() -> None:
    found = stands((audit(1), "ab"), (audit(2), ""))
    assert found.open == () and [one.id for one in found.mended] == ["a", "b"]
    assert stands((audit(1), "")).pressing == ()


def test_notes_press_nobody() -> None:
    found = standing(only(audit(1)), {1: [noted("n", Severity.NOTE), noted("w", Severity.WARNING)]})
    assert [one.finding.id for one in found.pressing] == ["w"]
    assert [found.count(severity) for severity in Severity] == [0, 1, 1]


def test_a_later_workbook_that_was_rejected_is_told_with_its_agency() -> None:
    series = only(audit(1), audit(2, agency="", code="broken"))
    assert series.rejected is not None and series.rejected.id == 2 and len(series.submissions) == 1
    found = all_series([audit(1), audit(2, agency="", code="broken"), audit(3)])
    assert found.series[0].rejected is None and found.rejected == ()


def test_a_rejected_workbook_that_nobody_knows() -> None:
    found = all_series([audit(1, "x.xlsx", agency="", code="broken")])
    assert [one.id for one in found.rejected] == [1] and found.series == ()
    assert all_series([audit(1, "x.xlsx", "a", agency="", code="timeout"), audit(2, "y.xlsx", "a")]).rejected == ()


def test_which_submission_was_before() -> None:
    series = only(audit(1, sha="a"), audit(2, sha="b"), audit(3, sha="c"))
    found = {sha: before(series, sha) for sha in ("a", "b", "c", "new")}
    assert {sha: one and one.audit.sha256 for sha, one in found.items()} == {"a": None, "b": "a", "c": "b", "new": "c"}


def test_the_series_of_a_workbook() -> None:
    some = all_series([audit(1, government="Kabupaten A"), audit(2, agency="Dinas Kesehatan")]).series
    own = series_for(some, office_of("DINAS SOSIAL", "Kab. A"), 2025, "", "laporan")
    assert own is not None and own.agency == "Dinas Sosial"
    assert series_for(some, office_of("Dinas Sosial"), 2024, "", "laporan") is None
    assert series_for(some, office_of(""), 2025, "", "laporan") is None


def test_what_a_workbook_is_by_its_tables() -> None:
    assert document_of(["evaluasi_triwulan", "lainnya"]) == "evaluasi_triwulan"
    assert document_of(["perjanjian_kinerja"]) == "perjanjian_kinerja"
    assert document_of(["perjanjian_kinerja", "realisasi_anggaran"]) == document_of(["efisiensi"]) == "laporan"
    assert document_of([]) == "laporan"


def shown(
    audits: list[Audit], wanted: Wanted | None = None, listed: list[Listed] | None = None
) -> Overview:
    found = all_series(audits)
    wanted = wanted or Wanted()
    own = [standing(one, {}) for one in found.series if wanted.takes(one)]
    names = {office_of(one.name): one for one in listed or ()}
    return overview("x.db", own, found.rejected, wanted, listed, lambda series: names.get(series.office))


def test_the_latest_year_comes_first_and_the_year_after_its_quarters() -> None:
    found = shown([audit(1, year=2024), audit(2, period="tw1"), audit(3), audit(4, period="tw3"), audit(5, year=None)])
    assert [(group.year, group.period) for group in found.groups] == [
        (2025, "tahunan"), (2025, "tw3"), (2025, "tw1"), (2024, "tahunan"), (None, "tahunan")
    ]  # fmt: skip


def test_who_is_missing_and_who_is_not_on_the_list() -> None:
    listed = [Listed("Dinas Pendidikan"), Listed("Dinas Sosial")]
    [group] = shown([audit(1), audit(2, agency="Dinas Kesehatan")], listed=listed).groups
    assert [(line.name, line.listed) for line in group.lines] == [("Dinas Sosial", True), ("Dinas Kesehatan", False)]
    assert group.missing == (listed[0],)


def test_all_are_missing_where_nobody_submitted() -> None:
    listed = [Listed("Dinas Sosial")]
    [group] = shown([audit(1)], Wanted(2030, "tw2"), listed).groups
    assert (group.year, group.period, group.lines, group.missing) == (2030, "tw2", (), tuple(listed))
    assert shown([audit(1)], Wanted(2030)).groups == ()


def test_findings_are_asked_for_of_every_submission_once_recorded() -> None:
    some = all_series([audit(1, sha="a"), audit(2, sha="b"), audit(3, sha="b", findings_in=2)]).series
    assert sorted(needed(some)) == [1, 2]
