"""Writes a page for every rule, their index and the number of test cases that hold each.

    python docs/rules/build.py

The pages come out of the rules' docstrings, the numbers (``xlaudit/rules/tests.json``) out of ``tests/rules``.
Nothing else is edited by hand here; a test says when this is to be run again.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from xlaudit.reports.words import SEVERITIES  # noqa: E402 - of this tree, not of an installed one
from xlaudit.rules.base import Rule, all_rules  # noqa: E402
from xlaudit.rules.markdown import escaped, markdown  # noqa: E402
from xlaudit.rules.tested import FILE  # noqa: E402

TESTS = ROOT / "tests" / "rules"
INDEX = "README.md"
_GENERATED = "<!-- Written by docs/rules/build.py out of the rule's docstring; edit that and run it again. -->\n"
_PAGE = """{generated}
# {code} · {name}

{title_id} · *{title_en}*

Tingkat: **{severity_id}** · *Severity: **{severity_en}*** · [semua aturan · *all rules*](README.md)

## Bahasa Indonesia

{page_id}
## English

{page_en}"""
_HEAD = """{generated}
# Semua aturan · *All rules*

{n} aturan. Halaman tiap aturan berbahasa Indonesia, lalu Inggris; di terminal: `xlaudit explain KODE`.

*{n} rules. Each page is in Indonesian, then in English; on a terminal: `xlaudit explain CODE`. Severity: error, two
figures contradict each other; warning, needs an explanation; note, a convention. The severity is the usual one: a rule
says less where it is less sure. `xlaudit rules` also lists how many test cases hold each rule.*

| kode · *code* | nama · *name* | tingkat · *severity* | bila dilanggar · *when broken* |
|---|---|---|---|
"""


def page(rule: Rule) -> str:
    """The page of a rule in both languages."""
    severity = SEVERITIES[rule.severity]
    return _PAGE.format(
        generated=_GENERATED,
        code=rule.code,
        name=rule.name,
        title_id=escaped(rule.title.get("id")),
        title_en=escaped(rule.title.get("en")),
        severity_id=severity.get("id").lower(),
        severity_en=severity.get("en").lower(),
        page_id=markdown(rule, "id"),
        page_en=markdown(rule, "en"),
    )


def index(rules: tuple[Rule, ...]) -> str:
    """The list of all rules, each with a link to its page."""
    lines = []
    for rule in rules:
        severity = SEVERITIES[rule.severity]
        said = f"{severity.get('id').lower()} · *{severity.get('en').lower()}*"
        titles = f"{escaped(rule.title.get('id'))} · *{escaped(rule.title.get('en'))}*"
        lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {said} | {titles} |\n")
    return _HEAD.format(generated=_GENERATED, n=len(rules)) + "".join(lines)


def pages() -> Iterator[tuple[str, str]]:
    """Every file of this folder that is generated: its name and its text."""
    rules = all_rules()
    yield INDEX, index(rules)
    yield from ((f"{rule.code}.md", page(rule)) for rule in rules)


def counted(rule: Rule) -> int:
    """The test cases in the file of a rule's name: each test function as often as its parameters have it run."""
    path = TESTS / f"test_{rule.name.replace('-', '_')}.py"
    spec = importlib.util.spec_from_file_location(f"counted_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    tests = [one for name, one in vars(module).items() if name.startswith("test_") and callable(one)]
    return sum(math.prod(_lengths(test)) for test in tests)


def _lengths(test: object) -> Iterator[int]:
    for mark in getattr(test, "pytestmark", []):
        if mark.name == "parametrize":
            yield len(list(mark.args[1]))


def main() -> None:
    here = Path(__file__).parent
    sys.path.insert(0, str(ROOT / "tests"))
    wanted = dict(pages())
    for old in here.glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for name, text in wanted.items():
        (here / name).write_text(text, "utf-8")
    counts = {rule.code: counted(rule) for rule in all_rules()}
    (ROOT / "xlaudit" / "rules" / FILE).write_text(json.dumps(counts, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
