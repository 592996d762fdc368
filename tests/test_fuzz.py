"""A short run of the fuzzing of ``benchmarks/fuzz.py``, the same cases each time, and that it can find something."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import fuzz
from spoiling import parts_of, spoil
from workbooks import write_budget

CASES = 60


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    path = tmp_path_factory.mktemp("seeds") / "kecil.xlsx"
    write_budget(path, 12, slips=2)
    return [(path.name, path.read_bytes())]


def test_spoiled_workbooks_are_audited_or_refused(small: list[tuple[str, bytes]], tmp_path: Path) -> None:
    words = [fuzz.tried(number, 7, 20.0, small, tmp_path) for number in range(CASES)]
    assert [(number, seen) for number, (word, seen) in enumerate(words) if word == "find"] == []
    assert {"annotated", "broken"} <= {word for word, _ in words}, "both ways were gone"


def test_the_same_chance_spoils_in_the_same_way(small: list[tuple[str, bytes]]) -> None:
    made = [[spoil(small[0][1], random.Random(n)) for n in range(20)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 15


def test_a_breakdown_is_a_find(
    small: list[tuple[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("xlaudit.audit.read_book", breaks)
    with pytest.raises(fuzz.Find, match="ours"):
        fuzz.put_through(small[0][1], small[0][0], tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such timer")
def test_what_takes_too_long_is_a_find(
    small: list[tuple[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            pass

    monkeypatch.setattr("xlaudit.audit.read_book", busy)
    word, seen = fuzz.tried(1, 1, 0.1, small, tmp_path)
    assert (word, seen.splitlines()[0]) == ("find", "took longer than 0 s")


def test_a_copy_that_cannot_be_cleaned_is_a_find(
    small: list[tuple[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "clean", lambda source, target: target.write_bytes(source.read_bytes()))
    with pytest.raises(fuzz.Find, match="differs from the input"):
        fuzz.put_through(small[0][1], small[0][0], tmp_path)


def test_parts_survive_packing(small: list[tuple[str, bytes]]) -> None:
    from spoiling import packed

    assert parts_of(packed(parts_of(small[0][1]))) == parts_of(small[0][1])
