"""Names looked up in many give what comparing with each gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.matching import Names, key, same_name

WORDS = ("meningkatnya", "pelayanan", "kesehatan", "pendidikan", "ppks", "pmks", "dan", "kualitas", "daerah")


def slipped(word: str) -> st.SearchStrategy[str]:
    """A word with at most one letter left out, doubled, or swapped with the next."""
    places = st.integers(0, len(word) - 1)
    return st.one_of(
        st.just(word),
        places.map(lambda at: word[:at] + word[at + 1 :]),
        places.map(lambda at: word[: at + 1] + word[at:]),
        places.map(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :]),
    )


NAMES = st.lists(st.sampled_from(WORDS).flatmap(slipped), min_size=1, max_size=5).map(" ".join)


@given(st.lists(NAMES, max_size=30), NAMES)
def test_all_that_mean_the_same_are_found_and_no_others(names: list[str], wanted: str) -> None:
    assert set(Names(names).alike(wanted)) == {name for name in names if same_name(name, wanted)}


@given(st.lists(NAMES, max_size=30), NAMES)
def test_all_that_a_name_begins_with(names: list[str], wanted: str) -> None:
    begun = {name for name in names if len(key(name)) >= 12 and key(wanted).startswith(key(name))}
    assert set(Names([*names, wanted]).beginning(wanted, 12)) - {wanted} == begun - {wanted}


@pytest.mark.parametrize("other", ["1. Meningkatnya Pelayanan Dasar", "meningkatnya pelayanan  dasar"])
def test_each_name_is_given_once(other: str) -> None:
    assert Names(["Meningkatnya pelayanan dasar", other, other]).alike(other) == ["Meningkatnya pelayanan dasar", other]


def test_a_very_long_word() -> None:
    word = "ab" * 5_000
    names = Names([f"Meningkatnya {word} daerah", f"Meningkatnya {word[:-1]}c kotamu"])
    assert names.alike(f"Meningkatnya {word[1:]} daerah") == [f"Meningkatnya {word} daerah"]
