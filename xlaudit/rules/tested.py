"""How many test cases hold each rule. An installed package has no tests with it, so the figures travel in a file.

``docs/rules/build.py`` writes them from ``tests/rules``; the tests see to it that no figure says more than there is.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

FILE = "tests.json"


@lru_cache(maxsize=1)
def cases() -> dict[str, int]:
    """Rule code to its number of test cases; a rule out of another package is not in it."""
    recorded: dict[str, int] = json.loads((files("xlaudit.rules") / FILE).read_text("utf-8"))
    return recorded
