"""Workbooks as other programs write them: the same findings, whatever they leave out or spell differently."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import generate  # noqa: F401  (puts the benchmarks' folder on the path)
import pytest
from workbooks import write_budget

from xlaudit.audit import audit_workbook
from xlaudit.outcome import Outcome

Parts = dict[str, str]
SHEET = "xl/worksheets/sheet1.xml"
TRANSITIONAL = "http://schemas.openxmlformats.org"
RELATIONS = "officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml"


def without_styles(parts: Parts) -> None:
    """No styles part, as small generators leave it out."""
    del parts["xl/styles.xml"]
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = re.sub(r"<(Relationship|Override) [^>]*styles[^>]*/>", "", parts[name])


def inline_strings(parts: Parts) -> None:
    """Texts in their cells, no shared strings."""
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", parts.pop("xl/sharedStrings.xml"))
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        parts[name] = re.sub(r"<(Relationship|Override) [^>]*sharedStrings[^>]*/>", "", parts[name])
    parts[SHEET] = re.sub(
        r't="s"><v>(\d+)</v>', lambda m: f't="inlineStr"><is><t>{texts[int(m[1])]}</t></is>', parts[SHEET]
    )


def whole_sheet_dimension(parts: Parts) -> None:
    parts[SHEET] = re.sub(r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>', parts[SHEET])


def no_dimension(parts: Parts) -> None:
    parts[SHEET] = re.sub(r'<dimension ref="[^"]*"/>', "", parts[SHEET])


def no_stored_values(parts: Parts) -> None:
    """Formulas without a value, as programs write them that compute nothing."""
    assert "</f><v>" in parts[SHEET]
    parts[SHEET] = re.sub(r"</f><v>[^<]*</v>", "</f>", parts[SHEET])


def zeros_for_values(parts: Parts) -> None:
    """Formulas with 0 for a value, in a workbook that asks to be recalculated."""
    parts[SHEET] = re.sub(r"</f><v>[^<]*</v>", "</f><v>0</v>", parts[SHEET])
    assert "fullCalcOnLoad" in parts["xl/workbook.xml"]


def no_addresses(parts: Parts) -> None:
    """Rows and cells without their address: each follows the one before (a gap is an empty row or cell)."""
    rows = dict(re.findall(r'<row r="(\d+)"[^>]*>(.*?)</row>', parts[SHEET], flags=re.DOTALL))
    lines = []
    for number in range(1, max(map(int, rows)) + 1):
        cells = dict(re.findall(r'<c r="([A-Z]+)\d+"([^>]*/>|[^>]*>.*?</c>)', rows.get(str(number), ""), re.DOTALL))
        last = max(cells, default="@")
        row = "".join("<c" + cells.get(letter, "/>") for letter in "ABCDEFGHIJ" if letter <= last)
        lines.append(f"<row>{row}</row>")
    parts[SHEET] = re.sub(r"<sheetData>.*</sheetData>", f"<sheetData>{''.join(lines)}</sheetData>", parts[SHEET])


def prefixed(parts: Parts) -> None:
    """Element names with a prefix, as .NET libraries write them."""
    parts[SHEET] = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", parts[SHEET]).replace("xmlns=", "xmlns:x=", 1)


def strict(parts: Parts) -> None:
    """ISO 29500 Strict: other namespaces for everything."""
    for name, text in parts.items():
        if name == "[Content_Types].xml" or name.startswith("docProps"):
            continue
        text = text.replace(f"{TRANSITIONAL}/spreadsheetml/2006/main", f"{STRICT}/spreadsheetml/main")
        parts[name] = text.replace(f"{TRANSITIONAL}/{RELATIONS}", f"{STRICT}/officeDocument/relationships")


def spaced_out(parts: Parts) -> None:
    """Line breaks and blanks between all elements, and a comment."""
    parts[SHEET] = re.sub(r"><(?=row|/row|c |/sheetData|cols)", ">\n  <", parts[SHEET])
    parts[SHEET] = parts[SHEET].replace("<sheetData>", "<sheetData><!-- made by a generator -->")


WAYS: list[Callable[[Parts], None]] = [
    without_styles, inline_strings, whole_sheet_dimension, no_dimension, no_stored_values, zeros_for_values,
    no_addresses, prefixed, strict, spaced_out,
]  # fmt: skip


def rewritten(source: Path, target: Path, way: Callable[[Parts], None]) -> None:
    with zipfile.ZipFile(source) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    before = dict(parts)
    way(parts)
    assert parts != before, "nothing was changed"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)


def said(outcome: Outcome) -> list[tuple[object, ...]]:
    assert outcome.failure is None, outcome.failure
    return [(f.rule, f.severity, f.place, f.stated, f.computed, f.message) for f in outcome.findings]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "budget.xlsx"
    write_budget(path, 40)
    return path


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_same_findings(way: Callable[[Parts], None], source: Path, tmp_path: Path) -> None:
    rewritten(source, tmp_path / "other.xlsx", way)
    expected, found = said(audit_workbook(source)), said(audit_workbook(tmp_path / "other.xlsx"))
    assert len(expected) >= 3
    if way is without_styles:  # and without them a percentage is printed as 73, no longer as 73.00
        expected, found = [one[:3] for one in expected], [one[:3] for one in found]
    assert found == expected
