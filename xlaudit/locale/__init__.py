"""The catalogues of messages: ``LANGUAGE/LC_MESSAGES/xlaudit.po``, and compiled beside it ``xlaudit.mo``.

English needs none: the messages in the source are the English ones. docs/translating.md says how they are kept.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from pathlib import Path


@cache
def catalogue(language: str) -> GNUTranslations:
    """The compiled catalogue of a language, read when it is first asked for."""
    with (Path(__file__).parent / language / "LC_MESSAGES" / "xlaudit.mo").open("rb") as file:
        return GNUTranslations(file)
