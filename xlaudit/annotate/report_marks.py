"""Marks from a report: ours (``xlaudit-report/1``), one edited by hand, or one made by hand."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

from xlaudit.annotate.folding import Cause, Mend, fold
from xlaudit.annotate.marks import Mark, MarkSeverity
from xlaudit.errors import BadUsage
from xlaudit.findings import Waived, is_word
from xlaudit.texts import Language, Text
from xlaudit.waivers import acceptance

_NEEDED = ("severity", "sheet", "cell", "message")
_TEXTS = ("id", "rule", "label", "cause")
_FIGURES = ("stated", "computed", "difference", "live")


def marks_from_report(data: object, file: str | None = None, language: Language = "id") -> list[Mark]:
    """The findings of a report, as parsed from JSON, as marks in their order.

    Accepts ``{"workbooks": [...]}`` with one workbook, or with several of which exactly one has a
    path whose file name is that of ``file``; ``{"findings": [...]}``; or a bare list of findings. A
    finding needs ``severity``, ``sheet``, ``cell`` and ``message``; what else ``Mark`` knows is
    taken along; those that name a diagnosis of the report are folded under it, unless they tell a
    cause of their own. ``BadUsage`` says what is wrong.
    """
    findings, diagnoses = _content(data, file)
    by_id = {
        entry["id"]: entry
        for entry in diagnoses
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }
    causes = {name: cause for name, entry in by_id.items() if (cause := _cause(entry)) is not None}
    marks = [_mark(entry, number, language) for number, entry in enumerate(findings, 1)]
    return fold([(mark, _named(entry, mark)) for mark, entry in zip(marks, findings, strict=True)], causes, language)


def _content(data: object, file: str | None) -> tuple[list[Any], list[Any]]:
    """The lists of findings and of diagnoses."""
    if isinstance(data, list):
        return data, []
    if isinstance(data, dict) and "workbooks" in data:
        data = _workbook(data["workbooks"], file)
    if not isinstance(data, dict) or "findings" not in data:
        raise _malformed(Text("there is no list “findings”"))
    findings, diagnoses = data["findings"], data.get("diagnoses", [])
    if not isinstance(findings, list) or not isinstance(diagnoses, list):
        raise _malformed(
            Text("“findings” and “diagnoses” must be lists")
        )
    return findings, diagnoses


def _workbook(workbooks: object, file: str | None) -> dict[str, Any]:
    """The one workbook of a report that is meant."""
    if not isinstance(workbooks, list) or not all(isinstance(entry, dict) for entry in workbooks):
        raise _malformed(Text("“workbooks” must be a list of objects"))
    if len(workbooks) != 1:
        matching = [entry for entry in workbooks if file and _name(str(entry.get("path", ""))) == _name(file)]
        if len(matching) != 1:
            raise _malformed(
                Text(
                    "the report holds {n} workbooks, but it is not clear which of them is this file",
                ).fill(n=len(workbooks))
            )
        workbooks = matching
    chosen: dict[str, Any] = workbooks[0]
    if chosen.get("status") == "rejected":
        raise _malformed(
            Text("the report's workbook was rejected, so it has no findings")
        )
    return chosen


def _name(path: str) -> str:
    """The file name of a path of any system."""
    return re.split(r"[/\\]", path)[-1].casefold()


def _mark(entry: object, number: int, language: Language) -> Mark:
    if not isinstance(entry, dict):
        raise _malformed(Text("finding {number} is not an object").fill(number=number))
    for key in _NEEDED:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _malformed(
                Text("finding {number} has no text “{key}”").fill(number=number, key=key)
            )
    if entry["severity"] not in get_args(MarkSeverity):
        raise _malformed(
            Text("“severity” of finding {number} must be error, warning or note").fill(number=number)
        )
    texts = {key: _text(entry, key, number) for key in (*_TEXTS, *_FIGURES, "suggestion", "advice")}
    return Mark(
        sheet=entry["sheet"],
        cell=entry["cell"],
        severity=entry["severity"],
        message=entry["message"],
        id=texts["id"],
        rule=texts["rule"],
        label=texts["label"],
        stated=texts["stated"] or None,
        computed=texts["computed"] or None,
        difference=texts["difference"] or None,
        cause=texts["cause"],
        suggestion=texts["suggestion"] or texts["advice"],
        live=texts["live"] or None,
        words=is_word(texts["stated"], entry["message"]),
        waived=_waived(entry.get("waived"), number, language),
    )


def _waived(entry: object, number: int, language: Language) -> str:
    """Why a finding was accepted, as a sentence; empty where it was not."""
    if entry is None:
        return ""
    if not isinstance(entry, dict):
        raise _malformed(_NO_OBJECT.fill(number=number))
    reason, by, until, source = (_text(entry, key, number) for key in ("reason", "by", "until", "source"))
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError as error:
        raise _malformed(_NO_DAY.fill(number=number)) from error
    if not reason or not by:
        raise _malformed(_NO_REASON.fill(number=number))
    return acceptance(Waived(reason, by, day, source)).get(language)


_NO_OBJECT = Text("“waived” of finding {number} is no object")
_NO_DAY = Text("“waived.until” of finding {number} is no date such as 2025-12-31")
_NO_REASON = Text("“waived” of finding {number} needs “reason” and “by”")


def _text(entry: dict[str, Any], key: str, number: int) -> str:
    """A text of a finding; a bare number, which a person may write for an amount, is taken as typed."""
    value = entry.get(key)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and key in _FIGURES:
        return repr(value)
    raise _malformed(
        Text("“{key}” of finding {number} must be text").fill(key=key, number=number)
    )


def _named(entry: dict[str, Any], mark: Mark) -> str:
    """The diagnosis that a finding belongs under; none where it was written by hand what its cause is."""
    name = entry.get("diagnosis")
    return name if isinstance(name, str) and not mark.cause and not entry.get("suggestion") else ""


def _cause(diagnosis: dict[str, Any]) -> Cause | None:
    """A diagnosis of the report; repairs that are not as they should be are passed over."""
    message, entries = diagnosis.get("message"), diagnosis.get("repairs")
    keys = ("sheet", "cell", "stated", "suggested")
    mends = [
        Mend(*(entry[key] for key in keys))
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in keys)
    ]
    if not isinstance(message, str):
        return None
    return Cause(message, tuple(mends), diagnosis.get("certainty") == "unclear")


def _malformed(why: Text) -> BadUsage:
    message = Text("The report cannot be read: {why}.")
    return BadUsage("bad_report", message.fill(why=why))
