"""The one family of errors that a user can cause.

Whatever else is raised inside xlaudit is our own fault: it is shown as ours and ends in exit code 2.
"""

from __future__ import annotations

from xlaudit.texts import Text

NOT_ANNOTATABLE = Text(
    "Marks and notes can be written into .xlsx and .xlsm only: save this file as .xlsx in Excel or LibreOffice and "
    "use the new file.",
)
"""How to come to an annotated copy of a workbook in another format."""

OUT_OF_MEMORY = "out_of_memory"
NO_MEMORY = Text(
    "Memory did not suffice for this workbook. Close other programs, or delete sheets and rows that are not needed; "
    "where several are audited, use fewer --jobs or allow more with --memory.",
)


class UserError(Exception):
    """Something the user can mend.

    ``code`` is the stable word of the JSON report (``encrypted``, ``no_tables``, ...);
    ``text`` is one sentence in both languages that says what is wrong and what to do.
    """

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text.id)
        self.code = code
        self.text = text


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return error.strerror or type(error).__name__


class UnreadableWorkbook(UserError):
    """The file is not a workbook that can be read: wrong type, broken, encrypted, too large."""


class NoTables(UserError):
    """The workbook was read, but none of the tables that xlaudit knows stands in it."""


class BadUsage(UserError):
    """The call itself cannot be carried out: wrong option, an output that must not be replaced."""
