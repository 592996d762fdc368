"""The JSON report holds to the published schema, whatever was found."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outcomes import finding, full, quiet, rejected, table

import xlaudit.reports
from xlaudit.findings import Place, Severity
from xlaudit.outcome import Outcome
from xlaudit.reports.formats import report_for
from xlaudit.reports.json_report import report_data
from xlaudit.texts import both

SCHEMA = json.loads((Path(xlaudit.reports.__file__).parent / "report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CONTRACT = Path(__file__).parents[1].parent / "shared" / "CONTRACT.md"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("outcomes", [[], [quiet()], [full()], [rejected()], [full(), rejected(), quiet()]])
def test_reports_hold_to_the_schema(outcomes: list[Outcome]) -> None:
    VALIDATOR.validate(report_data(outcomes))


def test_the_contracts_example_holds_to_the_schema() -> None:
    if not CONTRACT.exists():
        pytest.skip(f"{CONTRACT.name} is not beside this repository")
    example = re.search(r"```json\n(.*?)```", CONTRACT.read_text("utf-8"), re.S)
    assert example is not None
    VALIDATOR.validate(json.loads(example[1].replace('"…"', '"1"')))


def test_the_documented_example_holds_to_the_schema_and_shows_every_key() -> None:
    page = (Path(__file__).parents[1] / "docs" / "json.md").read_text("utf-8")
    [example] = re.findall(r"^<!-- json: example -->\n```json\n(.*?)^```$", page, re.S | re.M)
    data = json.loads(example)
    VALIDATOR.validate(data)
    book, refused = data["workbooks"]
    shown = {"audited": book, "rejected": refused, "table": book["tables"][0], "finding": book["findings"][1],
             "diagnosis": book["diagnoses"][0], "unjudged": book["unjudged"][0]}  # fmt: skip
    for name, one in shown.items():
        known = set(SCHEMA["$defs"][name]["properties"])
        assert known - set(one) <= {"remarks", "crashes"}, f"the schema knows more of {name} than the example shows"
        assert set(one) <= known, f"the example shows more of {name} than the schema knows"
        assert all(f"`{key}`" in page or f'"{key}"' in page for key in known)
    assert set(data["summary"]) == set(SCHEMA["properties"]["summary"]["properties"])


@pytest.mark.parametrize("outcome", [full(), quiet(), rejected()])
def test_nothing_is_written_that_the_schema_does_not_know(outcome: Outcome) -> None:
    data = report_data([outcome])
    closed = json.loads(json.dumps(SCHEMA))
    for part in (closed, *closed["$defs"].values(), closed["properties"]["tool"], closed["properties"]["summary"]):
        if part.get("type") == "object" and "additionalProperties" not in part and "$ref" not in part:
            part["additionalProperties"] = False
    closed["$defs"]["place"].pop("additionalProperties", None)
    jsonschema.Draft202012Validator(closed).validate(data)


def _spoiled(change: str) -> dict[str, Any]:
    data = copy.deepcopy(report_data([full(), rejected()]))
    book, refused = data["workbooks"]
    match change:
        case "schema":
            data["schema"] = "xlaudit-report/2"
        case "status":
            book["status"] = "rejected"
        case "severity":
            book["findings"][0]["severity"] = "fatal"
        case "float":
            book["findings"][0]["stated"] = 92.02
        case "grouped":
            book["findings"][0]["difference"] = "1.000.000"
        case "absolute":
            book["findings"][0]["cell"] = "$C$5"
        case "no message":
            del book["findings"][0]["message"]
        case "kind":
            book["tables"][0]["kind"] = "neraca"
        case "certainty":
            book["diagnoses"][0]["certainty"] = "sure"
        case "more":
            refused["findings"] = []
        case "code":
            refused["error"]["code"] = "Not A Workbook"
    return data


@pytest.mark.parametrize(
    "change",
    [
        "schema",
        "status",
        "severity",
        "float",
        "grouped",
        "absolute",
        "no message",
        "kind",
        "certainty",
        "more",
        "code",
    ],
)
def test_the_schema_refuses_what_the_contract_refuses(change: str) -> None:
    assert not VALIDATOR.is_valid(_spoiled(change))


def test_a_rejected_workbook_has_its_error_and_nothing_else() -> None:
    [book] = report_data([rejected()])["workbooks"]
    assert book == {
        "path": "rusak.xlsx",
        "status": "rejected",
        "error": {"code": "not_a_workbook", "message": "Berkas ini bukan buku kerja Excel."},
    }


def test_summaries_count_what_stands_above_them() -> None:
    data = report_data([full(), rejected(), full()])
    book = {"error": 2, "warning": 1, "note": 1, "waived": 0, "unjudged": 2, "checks": 412}
    assert data["workbooks"][0]["summary"] == book
    total = {"error": 4, "warning": 2, "note": 2, "waived": 0, "unjudged": 4, "checks": 824}
    assert data["summary"] == {"workbooks": 3, "rejected": 1, **total}


def test_machine_output_does_not_depend_on_the_language() -> None:
    report = report_for("json")
    assert report.render([full()], "en") == report.render([full()], "id")
    assert "Jumlah di C5" in report.render([full()], "en")


def test_a_finding_keeps_every_fact() -> None:
    facts = report_data([full()])["workbooks"][0]["findings"][2]
    assert facts == {
        "id": "RA101-C5",
        "rule": "RA101",
        "name": "program-total",
        "severity": "error",
        "table": "t1",
        "sheet": "Realisasi",
        "cell": "C5",
        "label": "PROGRAM REHABILITASI SOSIAL · Pagu",
        "message": "Jumlah di C5 tidak sama.",
        "advice": "Periksa kegiatannya.",
        "stated": "722400000",
        "computed": "822400000.5",
        "difference": "-100000000.5",
        "because": [{"sheet": "Realisasi", "cell": "C6"}, {"sheet": "Realisasi", "cell": "C7"}],
        "diagnosis": None,
        "live": "C5<>SUM(C6:C7)",
    }


_MARKS = st.sampled_from('aZ19.,- "\\\n\t\x00\x1b\x7f\x9b\u00a0\u202e\u2028\ufeff\udc80\U0001f600')
_TEXT = st.text(_MARKS, max_size=12)
_WORDS = st.text(_MARKS, min_size=1, max_size=12)


@st.composite
def outcomes(draw: st.DrawFn) -> Outcome:
    """Workbooks whose labels, messages and sheet names hold whatever a file can hold."""
    found = [
        finding(
            f"C{row}",
            id=draw(_WORDS),
            severity=draw(st.sampled_from(Severity)),
            place=Place(draw(_WORDS), f"C{row}"),
            label=both(draw(_TEXT), draw(_TEXT)),
            message=both(draw(_WORDS), draw(_WORDS)),
            table=draw(st.sampled_from(["t1", "t9", None])),
            stated=draw(st.none() | _TEXT | st.decimals(allow_nan=True).map(str)),
            diagnosis=draw(st.sampled_from(["d1", "d9", None])),
        )
        for row in draw(st.lists(st.integers(1, 99), max_size=6))
    ]
    basis = full()
    return Outcome(
        draw(_TEXT), tables=(table(title=draw(_TEXT)),), findings=(*found,), diagnoses=basis.diagnoses
    )


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(outcomes(), max_size=2))
def test_any_outcome_makes_a_valid_report(many: list[Outcome]) -> None:
    written = report_for("json").render(many, "id").encode("utf-8", errors="backslashreplace")
    data = json.loads(written)
    VALIDATOR.validate(data)
    assert data == report_data(many)


@given(st.lists(outcomes(), max_size=2), st.sampled_from(["id", "en"]))
def test_any_outcome_makes_a_text_that_steers_no_terminal(many: list[Outcome], language: Any) -> None:
    text = report_for("text", show_all=True).render(many, language)
    assert all(mark.isprintable() or mark == "\n" for mark in text)
    assert text.count("[RA101 program-total]") == sum(len(outcome.findings) for outcome in many)
