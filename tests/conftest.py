"""Fixtures that several test files share."""

import os

import hypothesis
import pytest
from standins import book, house

__all__ = ["book", "house"]

os.environ["XLAUDIT_LEDGER"] = "off"
"""No test writes into the ledger of whoever runs it; those of the ledger name their own."""

hypothesis.settings.register_profile("xlaudit", deadline=None)
hypothesis.settings.load_profile("xlaudit")
"""No test fails because the machine is slow."""


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test takes results of another one, or of whoever runs it."""
    monkeypatch.setenv("XLAUDIT_CACHE", str(tmp_path_factory.mktemp("cache")))
