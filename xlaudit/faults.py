"""Our own faults, and how they are told: whatever is raised that is no ``UserError``."""

from __future__ import annotations

from xlaudit.texts import Text

OUR_FAULT = Text("A fault inside xlaudit, not in your file. Please report this line: {detail}")


def crash_line(error: BaseException) -> str:
    """Our own fault in one line: the kind of error and its first words."""
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:300]}" if words else type(error).__name__


def crash_trace(error: BaseException) -> str:
    """Where our own fault happened, for ``--debug``."""
    import traceback

    return "".join(traceback.format_exception(error)).rstrip()
