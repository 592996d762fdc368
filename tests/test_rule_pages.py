"""Every rule's page: all parts in both languages, and its drawn tables do what the page says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from draw import book, must_find, must_stay_quiet, place, rules

from xlaudit.audit import run_rule
from xlaudit.findings import Severity
from xlaudit.rules.base import Flag, Rule, all_rules
from xlaudit.rules.pages import PARTS, examples, halves, page

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
