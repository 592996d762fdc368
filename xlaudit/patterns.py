"""Regular expressions that are compiled when they are first used.

There are some two hundred beside the code that uses them, and one workbook uses a third of them: compiling the others
took a tenth of the time that an audit of a small one has.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


def pattern(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Like ``re.compile``, except that nothing is compiled before a method or an attribute is asked for.

    For constants of modules only: ``re`` itself takes no such pattern, and what is wrong with one shows late. The
    tests compile them all.
    """
    return cast("re.Pattern[AnyStr]", Later(expression, flags))


class Later(Generic[AnyStr]):
    """What ``pattern`` gives: whatever it is asked for is fetched from the compiled pattern once, and kept."""

    def __init__(self, expression: AnyStr, flags: int) -> None:
        self._expression: AnyStr = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # only of what it does not have yet
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, value)
        return value
