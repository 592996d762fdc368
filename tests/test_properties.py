"""Properties that are worked out once."""

from __future__ import annotations

import pytest

from xlaudit.properties import cached_property


class Thing:
    def __init__(self) -> None:
        self.asked = 0

    @cached_property
    def value(self) -> int:
        """What it is worth."""
        self.asked += 1
        return self.asked

    @cached_property
    def broken(self) -> int:
        self.asked += 1
        raise ValueError(self.asked)


def test_a_value_is_worked_out_once_for_each_object() -> None:
    one, two = Thing(), Thing()
    assert (one.value, one.value, two.value, one.asked) == (1, 1, 1, 1)
    one.value = 5
    assert (one.value, two.value) == (5, 1)
    del one.value
    assert one.value == 2


def test_what_fails_is_tried_again() -> None:
    thing = Thing()
    for time in (1, 2):
        with pytest.raises(ValueError, match=str(time)):
            thing.broken  # noqa: B018 - it raises


def test_the_class_tells_what_it_is() -> None:
    assert Thing.value.__doc__ == "What it is worth."
