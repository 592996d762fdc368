"""A message that is not said yet: in both languages, with facts, alike or not."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest

from xlaudit.texts import NOTHING, Text, both, joined, plural, same, sentences

MISSING = "part {part} is missing"


def test_indonesian_comes_from_the_catalogue_english_is_the_message() -> None:
    text = Text(MISSING).fill(part="xl/workbook.xml")
    assert text.en == text.get("en") == "part xl/workbook.xml is missing"
    assert text.id == text.get("id") == "bagian xl/workbook.xml hilang"


def test_a_text_in_a_gap_is_said_in_the_same_language() -> None:
    text = Text("This file is damaged: {what}.").fill(what=Text(MISSING).fill(part="a"))
    assert text.en == "This file is damaged: part a is missing."
    assert text.id == "Berkas ini rusak: bagian a hilang."


def test_braces_of_a_file_are_left_alone() -> None:
    text = Text(MISSING).fill(part="{part} {0} }{")
    assert text.en == "part {part} {0} }{ is missing"
    assert same("{part} {").id == "{part} {"
    assert sentences(text, same("{x}")).en == "part {part} {0} }{ is missing {x}"


def test_without_facts_the_gaps_stay() -> None:
    assert Text(MISSING).en == MISSING


def test_facts_may_come_one_after_the_other() -> None:
    text = Text("{role} of {stated}").fill(stated=1).fill(role="a")
    assert text.en == "a of 1"
    assert text == Text("{role} of {stated}").fill(role="a", stated=1)


@pytest.mark.parametrize(("n", "english"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_english_counts(n: int, english: str) -> None:
    text = plural("{n} error", "{n} errors").fill(n=n)
    assert (text.en, text.id) == (english, f"{n} kesalahan")


def test_what_the_catalogue_knows_does_not_change_what_an_office_wrote() -> None:
    assert Text("sums").id != "sums"
    assert same("sums").id == "sums"


def test_figures_are_written_as_each_language_does() -> None:
    assert joined(same(" / "), [both("1,5", "1.5"), same("x")]).id == "1,5 / x"
    assert joined(same(" / "), [both("1,5", "1.5"), same("x")]).en == "1.5 / x"


def test_sentences_that_are_none_are_left_out() -> None:
    assert sentences(same("A."), None, same("B.")).id == "A. B."
    assert NOTHING.id == NOTHING.en == ""


MANY = [
    Text(MISSING),
    Text(MISSING).fill(part="a"),
    Text(MISSING).fill(part=Text(MISSING).fill(part=Decimal("1.50"))),
    plural("{n} error", "{n} errors").fill(n=1),
    plural("{n} error", "{n} errors").fill(n=2),
    Text("{n} error").fill(n=2),
    same("a"),
    both("a", "b"),
    joined(same(", "), [same("a"), Text(MISSING)]),
]


def test_equal_only_if_alike_and_fit_for_sets() -> None:
    assert len(set(MANY)) == len(MANY)
    assert all(one == two for one, two in zip(MANY, pickle.loads(pickle.dumps(MANY)), strict=True))
    assert len({*MANY, *pickle.loads(pickle.dumps(MANY))}) == len(MANY)


def test_nothing_can_be_changed() -> None:
    text: Any = Text(MISSING)
    with pytest.raises(AttributeError):
        text.message = "x"


def test_the_old_way_of_writing_two_languages_is_refused() -> None:
    old: Any = Text
    with pytest.raises(ValueError, match="unpack"):
        old("bagian {part} hilang", MISSING).get("en")
