"""Whether a sentence of a note names a figure already."""

from __future__ import annotations

import pytest

from xlaudit.annotate.notetext import _says


@pytest.mark.parametrize(
    ("message", "figure"),
    [
        ("Tertulis 2.162, padahal 5.", "2.162"),
        ("Tertulis 2.162.", "2.162"),
        ("2.162", "-2.162"),
        ("Tertulis 12; lalu 2", "2"),
        ("Tertulis 83,00 %, padahal 1.", "83"),
        ("Tertulis 83,00. Selesai", "83"),
        ("Tertulis 89,50 %", "89,5"),
        ("Tertulis 89,500", "89,5"),
    ],
)
def test_a_figure_that_stands_whole_is_named(message: str, figure: str) -> None:
    assert _says(message, figure)


@pytest.mark.parametrize(
    ("message", "figure"),
    [
        ("Tertulis 2.162.999, padahal 5.", "2.162"),
        ("Tertulis 12.162.", "2.162"),
        ("Tertulis 1,2", "2"),
        ("Tertulis 83,05 %", "83"),
        ("Tertulis 83,000 %", "83"),
        ("Tertulis 89,51 %", "89,5"),
        ("Tertulis 21", "2"),
        ("Tertulis 2,1", "2"),
        ("", "2"),
    ],
)
def test_a_part_of_a_longer_figure_is_not(message: str, figure: str) -> None:
    assert not _says(message, figure)
