"""The SARIF report: valid by the official schema, every finding once and at its cell, both languages."""

from __future__ import annotations

import copy
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from outcomes import SHEET, finding, full, quiet, rejected

from xlaudit.cli import main
from xlaudit.findings import Elsewhere, Place
from xlaudit.outcome import Outcome
from xlaudit.reports.formats import report_for
from xlaudit.reports.sarif_report import FINGERPRINT, MOST_RELATED, address, sarif_data, uri_of
from xlaudit.rules.base import all_rules

SCHEMA_FILE = Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json"
SCHEMA = json.loads(SCHEMA_FILE.read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)
SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))


def run_of(*outcomes: Outcome) -> dict[str, Any]:
    data = sarif_data(outcomes)
    VALIDATOR.validate(data)
    [run] = data["runs"]
    assert isinstance(run, dict)
    return run


def test_the_schema_is_the_official_one_unchanged() -> None:
    digest = hashlib.sha256(SCHEMA_FILE.read_bytes()).hexdigest()
    assert digest == "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
    assert SCHEMA["$schema"].startswith("http://json-schema.org/draft-04/")
    jsonschema.Draft4Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("outcomes", [[], [quiet()], [full()], [rejected()], [full(), rejected(), quiet()]])
def test_reports_hold_to_the_schema(outcomes: list[Outcome]) -> None:
    run_of(*outcomes)


@pytest.mark.parametrize("spoil", ["level", "kind", "region", "more", "version"])
def test_the_schema_refuses_what_is_spoiled(spoil: str) -> None:
    data = copy.deepcopy(sarif_data([full()]))
    result = data["runs"][0]["results"][0]
    match spoil:
        case "level":
            result["level"] = "fatal"
        case "kind":
            result["kind"] = "wrong"
        case "region":
            result["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
        case "more":
            result["cell"] = "C5"
        case "version":
            data["version"] = "2.2"
    assert not VALIDATOR.is_valid(data)


def test_every_finding_stands_once_at_its_cell_with_its_level_and_id() -> None:
    outcome = full()
    results = [one for one in run_of(outcome)["results"] if one["kind"] == "fail"]
    assert [one["partialFingerprints"][FINGERPRINT] for one in results] == [one.id for one in outcome.findings]
    assert [one["level"] for one in results] == [str(one.severity) for one in outcome.findings]
    for result, one in zip(results, outcome.findings, strict=True):
        [location] = result["locations"]
        [logical] = location["logicalLocations"]
        assert logical == {"name": one.place.cell, "fullyQualifiedName": f"{SHEET}!{one.place.cell}", "kind": "cell"}
        assert result["message"]["text"].startswith(f"{SHEET}!{one.place.cell} · {one.label.get('id')}: ")
        assert result["properties"]["stated"] == one.stated and result["properties"]["cell"] == one.place.cell
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 9, "startColumn": 5, "endColumn": 6}, "E9: row as line, column as column"


def test_what_was_not_judged_is_open_and_no_failure() -> None:
    results = [one for one in run_of(full())["results"] if one["kind"] != "fail"]
    assert [(one["kind"], one["level"]) for one in results] == [("open", "none")] * 2
    assert results[0]["message"]["text"] == f"{SHEET}!C9: Selnya kosong."


def test_cells_a_finding_rests_on_and_repairs_are_related_locations() -> None:
    [result] = [one for one in run_of(full())["results"] if one["properties"].get("cause")]
    names = [one["logicalLocations"][0]["name"] for one in result["relatedLocations"]]
    assert names == ["C6", "C7", "C8"]
    said = result["relatedLocations"][2]["message"]["text"]
    assert said == f"{SHEET}!C8: usul perbaikan 75.000.000 → 175.000.000 (pasti)"
    assert [one["id"] for one in result["relatedLocations"]] == [0, 1, 2]
    assert result["properties"]["cause"]["certainty"] == "certain"


def test_cells_of_other_workbooks_are_related_locations_too() -> None:
    far = finding("C5", because=(), elsewhere=(Elsewhere("in/dinsos 2023.xlsx", "Realisasi", "D5"),))
    [result] = run_of(replace(full(), findings=(far,), diagnoses=(), unjudged=()))["results"]
    [location] = result["relatedLocations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "in/dinsos%202023.xlsx"
    assert location["message"]["text"] == "dinsos 2023.xlsx · Realisasi!D5: dasar temuan ini"


def test_a_total_of_many_rows_stays_light() -> None:
    many = finding("C5", because=tuple(Place(SHEET, f"C{row}") for row in range(6, 10_006)))
    [result] = run_of(replace(full(), findings=(many,), diagnoses=(), unjudged=()))["results"]
    assert len(result["relatedLocations"]) == MOST_RELATED and result["properties"]["because"] == 10_000


def test_rules_have_titles_pages_and_levels_in_both_languages() -> None:
    run = run_of(full())
    driver, [english] = run["tool"]["driver"], run["translations"]
    assert driver["language"] == "id" and english["language"] == "en"
    assert english["associatedComponent"]["guid"] == driver["guid"]
    for rule, own, other in zip(all_rules(), driver["rules"], english["rules"], strict=True):
        assert own["id"] == other["id"] == rule.code and own["defaultConfiguration"]["level"] == str(rule.severity)
        assert own["shortDescription"]["text"] == rule.title.get("id")
        assert other["shortDescription"]["text"] == rule.title.get("en")
        assert "Yang diperiksa:" in own["help"]["text"] and "What is checked:" in own["help"]["text"]
        assert "Yang diperiksa:" not in other["help"]["text"] and "| --" not in own["help"]["markdown"]
    places = [driver["rules"][one["ruleIndex"]]["id"] for one in run["results"] if "ruleIndex" in one]
    assert places == [one["ruleId"] for one in run["results"] if "ruleIndex" in one] and places


def test_rejected_workbooks_and_broken_rules_are_notifications() -> None:
    run = run_of(full(), rejected(), quiet())
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    told = [(one["descriptor"]["id"], one["level"]) for one in notes]
    assert ("not_a_workbook", "error") in told and ("rule_crash", "error") in told
    assert told.count(("unread_sheet", "warning")) == 2
    refused = next(one for one in notes if one["descriptor"]["id"] == "not_a_workbook")
    assert refused["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "rusak.xlsx", "index": 1}
    assert {one["id"] for one in run["tool"]["driver"]["notifications"]} == {code for code, _ in told}
    assert run_of(quiet())["invocations"][0]["executionSuccessful"] is True


def test_artifacts_are_the_workbooks_in_their_order() -> None:
    artifacts = run_of(full(), rejected("a b/c#1.xls"), quiet())["artifacts"]
    assert [one["location"]["uri"] for one in artifacts] == ["in/dinsos.xlsx", "a%20b/c%231.xls", "rapi.xlsx"]
    assert artifacts[1]["mimeType"] == "application/vnd.ms-excel"


def test_uris_are_uris() -> None:
    assert uri_of("laporan: akhir.xlsx") == "laporan%3A%20akhir.xlsx"
    assert uri_of(str(Path("/tmp/ä.xlsx").absolute())).startswith("file:///")
    assert uri_of("bad\udcff.xlsx") == "bad%FF.xlsx"


def test_addresses_are_written_as_formulas_write_them() -> None:
    assert address(Place("Realisasi", "C5")) == "Realisasi!C5"
    assert address(Place("PK '24", "C5")) == "'PK ''24'!C5"


def test_the_language_changes_nothing() -> None:
    report = report_for("sarif")
    assert report.render([full()], "id") == report.render([full()], "en")


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_hold_to_the_schema_and_lose_no_finding(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["audit", str(sample), "--no-annotate", "--format", "sarif"])
    data = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(data)
    assert main(["audit", str(sample), "--no-annotate", "--format", "json"]) == code
    [book] = json.loads(capsys.readouterr().out)["workbooks"]
    results = [one for one in data["runs"][0]["results"] if one["kind"] == "fail"]
    assert [(one["partialFingerprints"][FINGERPRINT], one["ruleId"], one["level"]) for one in results] == [
        (one["id"], one["rule"], one["severity"]) for one in book["findings"]
    ]


def test_a_sarif_report_is_ours_to_replace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    call = ["audit", str(SAMPLES[0]), "--no-annotate", "--format", "sarif", "--report", "hasil.sarif"]
    assert main(call) == main(call) == 1
    other = {"$schema": SCHEMA["id"], "version": "2.1.0", "runs": [{"tool": {"driver": {"name": "other"}}}]}
    Path("hasil.sarif").write_text(json.dumps(other, indent=2))
    assert main(call) == 2
