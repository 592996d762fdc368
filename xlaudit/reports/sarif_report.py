"""The report as SARIF 2.1.0 (OASIS), for the viewers and services that collect results of checks.

A cell is expressed twice. Its logical location is its address, ``Realisasi!C5``, of kind ``cell``: that is what
holds. Its physical location is the workbook with the sheet's row as line and the column's number as column, because
viewers sort by them and refuse results without a line; a workbook is no text, so this bends section 3.30.1 of the
standard, knowingly. Every message begins with the address, for viewers that show nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from xlaudit import __version__
from xlaudit.cells import parse_cell
from xlaudit.findings import Diagnosis, Elsewhere, Finding, Place, Severity, Unjudged
from xlaudit.outcome import Outcome
from xlaudit.reports.formats import Report
from xlaudit.reports.grouping import causes_of
from xlaudit.reports.jsontext import dumped, listed
from xlaudit.reports.words import CERTAINTY, crash_words, shown
from xlaudit.rules.base import Rule, all_rules
from xlaudit.rules.markdown import markdown
from xlaudit.rules.pages import halves, page
from xlaudit.texts import Language, Text
from xlaudit.waivers import acceptance

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "xlauditFinding/v1"
MOST_RELATED = 200
"""More cells that a finding rests on are only counted (``properties.because``): a total can have 10,000 children."""
_GUID = "6f4c1c0e-9f0f-4d0a-8a0c-3d1d5b1f7a52"
"""Names xlaudit among tools, whatever its version."""
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_MIME = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".fods": "application/vnd.oasis.opendocument.spreadsheet-flat-xml",
}
_BOTH: tuple[Language, Language] = ("id", "en")
_BECAUSE = Text("{cell}: what this finding rests on")
_REPAIR = Text("{cell}: suggested {stated} → {suggested}")
_UNREAD = Text("The sheet “{sheet}” was not checked: it holds figures, but no table was recognised in it.")

Data = dict[str, Any]


class SarifReport(Report):
    """Sentences are Indonesian whatever the language, their English stands in ``properties`` and ``translations``."""

    def pieces(self, outcomes: Sequence[Outcome], language: Language) -> Iterator[str]:
        head, tail = dumped(_log(outcomes, [])).split('"results": []')  # no text in quotes holds quotes as they are
        yield f'{head}"results": '
        yield from listed(_results(outcomes), 4)
        yield f"{tail}\n"


def sarif_data(outcomes: Sequence[Outcome]) -> Data:
    """The report as plain dictionaries and lists: one run with every workbook."""
    return _log(outcomes, list(_results(outcomes)))


def _results(outcomes: Iterable[Outcome]) -> Iterator[Data]:
    places = {rule.code: place for place, rule in enumerate(all_rules())}
    for artifact, outcome in enumerate(outcomes):
        yield from _Workbook(outcome, artifact, places).results()


def _log(outcomes: Iterable[Outcome], results: list[Data]) -> Data:
    """Everything but the results, which are by far the most."""
    rules = all_rules()
    places = {rule.code: place for place, rule in enumerate(rules)}
    notes: list[Data] = []
    artifacts: list[Data] = []
    whole = True
    for number, outcome in enumerate(outcomes):
        notes += _notifications(outcome, number, places)
        artifacts.append(_artifact(outcome))
        whole = whole and outcome.failure is None and not outcome.crashes
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(rules, sorted({note["descriptor"]["id"] for note in notes}))},
                "language": "id",
                "translations": [_translation(rules)],
                "invocations": [{"executionSuccessful": whole, "toolExecutionNotifications": notes}],
                "artifacts": artifacts,
                "results": results,
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _driver(rules: Iterable[Rule], notifications: Iterable[str]) -> Data:
    return {
        "name": "xlaudit",
        "guid": _GUID,
        "version": __version__,
        "semanticVersion": __version__,
        "language": "id",
        "isComprehensive": True,
        "contents": ["localizedData", "nonLocalizedData"],
        "rules": [_rule(rule) for rule in rules],
        "notifications": [{"id": name} for name in notifications],
    }


def _rule(rule: Rule) -> Data:
    """A rule with its page. Viewers seldom know translations, so the help holds both languages, Indonesian first."""
    texts = "\n\n".join(page(rule, language) for language in _BOTH)
    marked = "\n---\n\n".join(markdown(rule, language) for language in _BOTH)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title.get("id")},
        "fullDescription": {"text": halves(rule)["id"].summary},
        "help": {"text": texts, "markdown": marked},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"name": rule.name, "tags": [rule.code[:2]]},
    }


def _translation(rules: Iterable[Rule]) -> Data:
    return {
        "name": "xlaudit",
        "version": __version__,
        "language": "en",
        "contents": ["localizedData"],
        "translationMetadata": {"name": "xlaudit: English"},
        "associatedComponent": {"name": "xlaudit", "guid": _GUID},
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title.get("en")},
                "fullDescription": {"text": halves(rule)["en"].summary},
                "help": {"text": page(rule, "en"), "markdown": markdown(rule, "en")},
            }
            for rule in rules
        ],
    }


def _artifact(outcome: Outcome) -> Data:
    artifact: Data = {"location": {"uri": uri_of(outcome.path)}, "roles": ["analysisTarget"]}
    mime = _MIME.get(PurePath(outcome.path).suffix.lower())
    if mime is not None:
        artifact["mimeType"] = mime
    return artifact


def uri_of(path: str) -> str:
    """A path as a URI: relative as it was given, ``file:///…`` where it is absolute."""
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    # a colon in the first segment would begin a scheme, so it is not among the safe ones
    return quote(os.fsencode(pure.as_posix()), safe="/!$&'()*+,;=@~")


class _Workbook:
    """The results of one workbook. ``places`` are the rules' positions in the catalogue."""

    def __init__(self, outcome: Outcome, artifact: int, places: dict[str, int]) -> None:
        self.outcome = outcome
        self.artifact = artifact
        self.places = places
        self.causes = causes_of(outcome)
        self.diagnoses = {diagnosis.id: diagnosis for diagnosis in outcome.diagnoses}

    def results(self) -> Iterator[Data]:
        yield from map(self.finding, (*self.outcome.findings, *self.outcome.waived))
        yield from map(self.unjudged, self.outcome.unjudged)

    def finding(self, finding: Finding) -> Data:
        cause = self.diagnoses.get(self.causes.get(finding.id, ""))
        related = [self.location(place, _BECAUSE.fill(cell=address(place))) for place in finding.because[:MOST_RELATED]]
        related += [_elsewhere(one) for one in finding.elsewhere]
        related += [] if cause is None else self.repairs(cause)
        result: Data = {
            **self.rule(finding.rule),
            "kind": "fail",
            "level": _LEVELS[finding.severity],
            "message": {"text": _told(finding, "id")},
            "locations": [self.location(finding.place)],
            "partialFingerprints": {FINGERPRINT: finding.id},
            "properties": self.facts(finding, cause),
        }
        if finding.waived is not None:
            justification = acceptance(finding.waived).get("id")
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
        if related:
            result["relatedLocations"] = [{"id": number, **one} for number, one in enumerate(related)]
        return result

    def unjudged(self, one: Unjudged) -> Data:
        """``open``: the rule was asked, and what stands there was not enough to decide."""
        return {
            **self.rule(one.rule),
            "kind": "open",
            "level": "none",
            "message": {"text": f"{address(one.place)}: {one.reason.get('id')}"},
            "locations": [self.location(one.place)],
            "properties": {"en": {"message": f"{address(one.place)}: {one.reason.get('en')}"}},
        }

    def rule(self, code: str) -> Data:
        place = self.places.get(code)
        return {"ruleId": code} if place is None else {"ruleId": code, "ruleIndex": place}

    def facts(self, finding: Finding, cause: Diagnosis | None) -> Data:
        facts: Data = {
            "name": finding.name,
            "sheet": finding.place.sheet,
            "cell": finding.place.cell,
            "label": finding.label.get("id"),
            "stated": finding.stated,
            "computed": finding.computed,
            "difference": finding.difference,
            "table": finding.table,
            "because": len(finding.because),
            "en": {"message": _told(finding, "en")},
        }
        if cause is not None:
            facts["cause"] = {
                "id": cause.id,
                "cause": cause.cause,
                "certainty": cause.certainty,
                "message": cause.message.get("id"),
            }
            facts["en"]["cause"] = cause.message.get("en")
        return facts

    def repairs(self, cause: Diagnosis) -> list[Data]:
        found = []
        for repair in cause.repairs:
            stated, suggested = shown(repair.stated, "id"), shown(repair.suggested, "id")
            said = _REPAIR.fill(cell=address(repair.place), stated=stated, suggested=suggested).get("id")
            found.append(self.location(repair.place, f"{said} ({CERTAINTY[cause.certainty].get('id')})"))
        return found

    def location(self, place: Place, message: Text | str | None = None) -> Data:
        book = uri_of(self.outcome.path)
        physical: Data = {"artifactLocation": {"uri": book, "index": self.artifact}}
        try:
            cell = parse_cell(place.cell)
        except ValueError:  # an address out of a report made by hand
            pass
        else:
            physical["region"] = {"startLine": cell.row, "startColumn": cell.column, "endColumn": cell.column + 1}
        logical = {"name": place.cell, "fullyQualifiedName": address(place), "kind": "cell"}
        location: Data = {"physicalLocation": physical, "logicalLocations": [logical]}
        if message is not None:
            location["message"] = {"text": message if isinstance(message, str) else message.get("id")}
        return location


def _elsewhere(one: Elsewhere) -> Data:
    """A cell of another workbook, which is no artifact of this run if it was not audited with it."""
    named = address(Place(one.sheet, one.cell))
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri_of(one.path)}},
        "logicalLocations": [{"name": one.cell, "fullyQualifiedName": named, "kind": "cell"}],
        "message": {"text": _BECAUSE.fill(cell=f"{PurePath(one.path).name} · {named}").get("id")},
    }


def address(place: Place) -> str:
    """``Realisasi!C5``, ``'Kinerja 2024'!C5``: as a formula writes it."""
    plain = place.sheet.isidentifier()
    quoted = place.sheet.replace("'", "''")
    return f"{place.sheet}!{place.cell}" if plain else f"'{quoted}'!{place.cell}"


def _told(finding: Finding, language: Language) -> str:
    label = finding.label.get(language)
    head = f"{address(finding.place)} · {label}" if label else address(finding.place)
    advice = "" if finding.advice is None else f" {finding.advice.get(language)}"
    return f"{head}: {finding.message.get(language)}{advice}"


def _notifications(outcome: Outcome, artifact: int, places: dict[str, int]) -> Iterator[Data]:
    """What went not as it should with a workbook: rejected, rules that broke down, sheets without a table."""
    where = [{"physicalLocation": {"artifactLocation": {"uri": uri_of(outcome.path), "index": artifact}}}]

    def note(code: str, level: str, text: Text) -> Data:
        return {
            "descriptor": {"id": code},
            "level": level,
            "message": {"text": text.get("id")},
            "locations": where,
            "properties": {"en": {"message": text.get("en")}},
        }

    if outcome.failure is not None:
        yield note(outcome.failure.code, "error", outcome.failure.message)
    for crash in outcome.crashes:
        told = note("rule_crash", "error", crash_words(crash))
        if crash.rule in places:
            told["associatedRule"] = {"id": crash.rule, "index": places[crash.rule]}
        yield told
    yield from (note("unread_sheet", "warning", _UNREAD.fill(sheet=sheet)) for sheet in outcome.unread)
    yield from (note("remark", "note", remark) for remark in outcome.remarks)
