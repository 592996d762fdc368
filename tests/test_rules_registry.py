"""The registry: what every rule must have, and that a new rule takes one file."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import xlaudit.rules
from xlaudit.rules.base import Book, Rule, all_rules, built_in
from xlaudit.rules.pages import halves

PACKAGE = Path(xlaudit.rules.__file__).parent
TESTS = Path(__file__).parent / "rules"
MODULES = sorted(path.stem for path in PACKAGE.glob("[a-z]*.py"))
EVERY = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)

ONE_FILE = '''"""Kalimat.

Yang diperiksa: a.
"""
from xlaudit.findings import Severity
from xlaudit.rules.base import MADE, Rule
from xlaudit.texts import Text, both

RULE = Rule("{code}", "new-rule", both("Judul", "Title"), Severity.NOTE, lambda book: iter([MADE]))
'''


def rule_modules() -> dict[str, Rule]:
    """Every module of the package that defines a rule, by its name."""
    found: dict[str, Rule] = {}
    for name in MODULES:
        rule = getattr(importlib.import_module(f"xlaudit.rules.{name}"), "RULE", None)
        if rule is not None:
            found[name] = rule
    return found


def test_every_module_with_a_rule_is_registered_once_and_by_code() -> None:
    registered = [rule.code for rule in all_rules()]
    assert registered == sorted(set(registered))
    assert registered == sorted(rule.code for rule in rule_modules().values())
    assert len(registered) > 20


def test_names_are_unique_too() -> None:
    names = [rule.name for rule in all_rules()]
    assert len(set(names)) == len(names)


@EVERY
def test_codes_and_names_have_their_form(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@EVERY
def test_a_rule_has_a_title_in_both_languages(rule: Rule) -> None:
    assert rule.title.id and rule.title.en and rule.title.id != rule.title.en
    assert not rule.title.id.endswith(".") and not rule.title.en.endswith(".")


@EVERY
def test_a_rule_has_a_page_in_both_languages(rule: Rule) -> None:
    assert set(halves(rule)) == {"id", "en"}


@pytest.mark.parametrize("module", sorted(rule_modules()))
def test_a_rule_stands_in_a_module_of_its_name_with_tests_of_that_name(module: str) -> None:
    rule = rule_modules()[module]
    assert rule.name == module.replace("_", "-")
    tests = TESTS / f"test_{module}.py"
    assert tests.is_file(), f"{tests.name} is missing"
    text = tests.read_text("utf-8")
    assert f'"{rule.code}"' in text
    assert "must_stay_quiet(" in text and "must_find(" in text


@EVERY
def test_a_book_without_tables_gives_a_rule_nothing_to_say(rule: Rule) -> None:
    assert list(rule.check(Book(()))) == []


Add = Callable[[str, str], None]


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Add]:
    """Puts a file into the package for the time of a test."""
    added: list[str] = []

    def put(name: str, text: str) -> None:
        (tmp_path / f"{name}.py").write_text(text, "utf-8")
        added.append(name)

    monkeypatch.setattr(xlaudit.rules, "__path__", [*xlaudit.rules.__path__, str(tmp_path)])
    all_rules.cache_clear()
    built_in.cache_clear()
    importlib.invalidate_caches()
    yield put
    for name in added:
        sys.modules.pop(f"xlaudit.rules.{name}", None)
        xlaudit.rules.__dict__.pop(name, None)
    all_rules.cache_clear()
    built_in.cache_clear()


def test_a_new_rule_takes_one_file(add: Add) -> None:
    before = {rule.code for rule in rule_modules().values()}
    add("new_rule", ONE_FILE.format(code="ZZ999"))
    assert {rule.code for rule in all_rules()} == before | {"ZZ999"}
    new = all_rules()[-1]
    assert (new.code, new.name) == ("ZZ999", "new-rule")
    assert new.page.startswith("Kalimat.")


def test_the_same_code_twice_is_refused(add: Add) -> None:
    add("new_rule", ONE_FILE.format(code="RA101"))
    with pytest.raises(RuntimeError, match="RA101"):
        all_rules()


def test_private_modules_and_modules_without_a_rule_are_passed_over(add: Add) -> None:
    before = [rule.code for rule in rule_modules().values()]
    add("_private", ONE_FILE.format(code="ZZ999"))
    add("helper", "RULE = 'no rule'\n")
    assert sorted(rule.code for rule in all_rules()) == sorted(before)


def test_what_was_added_is_gone_again() -> None:
    assert "ZZ999" not in {rule.code for rule in all_rules()}
