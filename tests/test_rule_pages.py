"""Every rule's page: all parts in both languages, and its drawn tables do what the page says."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from draw import book, must_find, must_stay_quiet, place, rules

from xlaudit.audit import run_rule
from xlaudit.findings import Severity
from xlaudit.rules.base import Flag, Rule, all_rules
from xlaudit.rules.markdown import markdown
from xlaudit.rules.pages import PARTS, examples, halves, page, settings_of
from xlaudit.rules.tested import cases
from xlaudit.settings import DEFAULT

DOCS = Path(__file__).parents[1] / "docs" / "rules"
AGAIN = "run: python docs/rules/build.py"

EVERY = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


@EVERY
def test_the_right_tables_leave_every_rule_quiet_but_for_notes(rule: Rule) -> None:
    drawn = examples(rule).right
    must_stay_quiet(rule.code, drawn)
    assert not complaints(drawn)


@EVERY
def test_the_wrong_tables_yield_the_rule_at_the_marked_cell_and_no_other(rule: Rule) -> None:
    drawn = examples(rule).wrong
    must_find(rule.code, drawn)
    others = [f"{code} {place(flag)}" for code, flag in complaints(drawn) if code != rule.code]
    assert others == PROPER_COMPANY.get(rule.code, [])


PROPER_COMPANY = {
    "FO102": ["RA102 ('Lembar', 'D6')"],  # a total one row short is a wrong total too
    "FO103": ["RA101 ('Lembar', 'C3')"],
    "FO105": ["RA102 ('Lembar', 'D5')"],  # a total that was not computed again is a wrong total too
    "NU103": ["RA102 ('Lembar', 'D6')"],  # the SUM that passes over a text is a wrong total too
}
"""What other rules say of a wrong table because its very fault makes them."""


def complaints(drawn: str) -> list[tuple[str, Flag]]:
    """All errors and warnings of all rules."""
    known = book(drawn)
    found: list[tuple[str, Flag]] = []
    for rule in rules().values():
        _, flags, _, crash = run_rule(rule, known)
        assert crash is None, crash
        found += ((rule.code, f) for f in flags if (f.severity or rule.severity) is not Severity.NOTE)
    return found


@EVERY
def test_a_page_has_all_parts_in_both_languages(rule: Rule) -> None:
    indonesian, english = halves(rule)["id"], halves(rule)["en"]
    assert indonesian.summary.endswith(".") and english.summary.endswith(".")
    for one, two in zip((indonesian.summary, *indonesian.parts), (english.summary, *english.parts), strict=True):
        assert one != two, "the same in both languages: one of the two is not translated"


@EVERY
def test_a_page_reads_in_one_language_at_a_time(rule: Rule) -> None:
    indonesian, english = page(rule, "id"), page(rule, "en")
    for part in PARTS:
        assert f"{part.id}: " in indonesian and f"{part.en}: " not in indonesian
        assert f"{part.en}: " in english and f"{part.id}: " not in english
    assert "Salah (tanda * = sel yang dilaporkan):" in indonesian and "Benar:" in indonesian
    assert "Wrong (* marks the cell that is reported):" in english and "Right:" in english
    for text in (indonesian, english):
        assert "English\n" not in text
        for drawn in examples(rule):
            assert all(line.strip() in text for line in drawn.splitlines())


SOUND = """Kalimat.

Yang diperiksa: satu
dua.
Mengapa penting: tiga.
Toleransi: empat.
Sumber: lima.

Salah:
    | A | B |
    | 1 | 2 * |
Benar:
    | A | B |

    | 1 | 3 |

English
Sentence.

What is checked: one.
Why it matters: three.
Tolerance: four.
Source: five.
"""


def made(text: str) -> Rule:
    return replace(all_rules()[0], code="ZZ101", page=text)


def test_wrapped_lines_are_joined_and_drawings_kept() -> None:
    rule = made(SOUND)
    assert halves(rule)["id"] == ("Kalimat.", ("satu dua.", "tiga.", "empat.", "lima."))
    assert halves(rule)["en"] == ("Sentence.", ("one.", "three.", "four.", "five."))
    assert examples(rule) == ("| A | B |\n| 1 | 2 * |", "| A | B |\n\n| 1 | 3 |")


@pytest.mark.parametrize(
    "lost",
    [
        "Kalimat.",
        "Mengapa penting: tiga.\n",
        "tiga.",
        "Salah:\n",
        "Benar:\n",
        "English\n",
        "Sentence.",
        "Source: five.",
    ],
)
def test_a_page_that_lacks_something_is_refused(lost: str) -> None:
    assert SOUND.count(lost) == 1
    with pytest.raises(ValueError, match="ZZ101"):
        page(made(SOUND.replace(lost, "")), "id")


def test_parts_in_another_order_are_refused() -> None:
    turned = SOUND.replace("Tolerance: four.\nSource: five.", "Source: five.\nTolerance: four.")
    assert turned != SOUND
    with pytest.raises(ValueError, match="ZZ101"):
        page(made(turned), "en")


def build() -> ModuleType:
    """The generator of docs/rules."""
    spec = importlib.util.spec_from_file_location("build_rules", DOCS / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stale(folder: Path) -> list[str]:
    """The files of docs/rules that are not as the generator would write them."""
    wanted: dict[str, str] = dict(build().pages())
    names = wanted.keys() | {path.name for path in folder.glob("*.md")}
    there = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in names if there.get(name) != wanted.get(name))


def test_the_pages_in_docs_are_those_of_the_docstrings() -> None:
    assert stale(DOCS) == [], AGAIN


def test_stale_pages_are_caught(tmp_path: Path) -> None:
    shutil.copytree(DOCS, tmp_path / "docs")
    (tmp_path / "docs" / "RA101.md").write_text("old", "utf-8")
    (tmp_path / "docs" / "RA102.md").unlink()
    (tmp_path / "docs" / "ZZ999.md").write_text("of a rule that is gone", "utf-8")
    assert stale(tmp_path / "docs") == ["RA101.md", "RA102.md", "ZZ999.md"]


@EVERY
def test_settings_that_a_page_names_exist(rule: Rule) -> None:
    for key in settings_of(rule):
        section, _, name = key.partition(".")
        assert hasattr(getattr(DEFAULT, section), name), key
    for text in (page(rule, "id"), markdown(rule, "id")):
        assert "Pengaturan:" in text and all(key in text.replace("\\", "") for key in settings_of(rule))


@EVERY
def test_no_more_test_cases_are_claimed_than_there_are(rule: Rule) -> None:
    assert 2 <= cases().get(rule.code, 0) <= build().counted(rule), AGAIN


def test_parameters_count_as_cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = build()
    monkeypatch.setattr(module, "TESTS", tmp_path)
    (tmp_path / "test_new_rule.py").write_text(
        "import pytest\n\n"
        "def test_one(): ...\n\n"
        "def helper(): ...\n\n"
        "@pytest.mark.parametrize('a', [1, 2])\n@pytest.mark.parametrize('b', 'xyz')\ndef test_six(a, b): ...\n"
    )
    assert module.counted(replace(made(SOUND), name="new-rule")) == 7


def test_tests_are_claimed_for_known_rules_only() -> None:
    assert cases().keys() == {rule.code for rule in all_rules()}, AGAIN
    assert json.loads((Path(build().ROOT) / "xlaudit" / "rules" / "tests.json").read_text("utf-8")) == cases()


def test_markdown_shows_drawings_as_tables() -> None:
    text = markdown(made(SOUND), "en")
    assert "| A | B |\n|---|---|\n| 1 | **2** ◀ |\n" in text
    assert "| A | B |\n|---|---|\n|  |  |\n| 1 | 3 |\n" in text, "a blank row stays one"
    assert "**What is checked:** one." in text and "satu" not in text


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("2 *", "**2** ◀"),
        ("*", "◀"),
        ("", ""),
        ("<", ""),
        ("'0012", "0012"),
        ("a_b*c", r"a\_b\*c"),
        ("=C1+D1 -> 5", "5 `=C1+D1`"),
        ('=IF(A1=2,"","") ->', '`=IF(A1=2,"","")`'),
        ("-5", r"\-5"),
        ("0.985 as 0.0%", "0.985 `0.0%`"),
        ("Program as bold", "Program"),
    ],
)
def test_markdown_of_a_cell(cell: str, shown: str) -> None:
    drawn = SOUND.replace("| 1 | 2 * |", f"| 1 | {cell} |")
    assert f"\n| 1 | {shown} |\n" in markdown(made(drawn), "id")


def test_lines_without_pipes_stand_between_tables() -> None:
    lines = ["# Lembar: L", "Judul", "| A | B |", "", "| C | D | E |"]
    drawn = SOUND.replace("    | A | B |\n    | 1 | 2 * |", "\n".join(f"    {line}".rstrip() for line in lines))
    found = re.findall(r"^(\*.*\*|\|[^-]*\|)$", markdown(made(drawn), "en").partition("**Right")[0], re.MULTILINE)
    assert found == ["*Sheet L*", "*Judul*", "| A | B |", "| C | D | E |"]
