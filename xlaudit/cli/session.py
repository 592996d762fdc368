"""What holds for one call of the program: its language, its streams, its exit codes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

import click

from xlaudit.errors import UserError
from xlaudit.texts import Language, Text

_AT_ONCE = 1 << 16
"""Characters of a report that are printed together: printing line by line takes longer than making the lines."""
_UNPRINTED = Text("Nothing more can be printed ({reason}). Make room on the disk, or write to another place.")


class ExitCode(IntEnum):
    """The contract's exit codes. ``FAILED`` wins over ``FINDINGS``."""

    CLEAN = 0
    FINDINGS = 1
    FAILED = 2


class Session(NamedTuple):
    """One call: ``language`` of what people read, ``debug`` shows where our own faults happened.

    ``asked``: the language was asked for by the call, so no settings change it.
    """

    language: Language = "id"
    debug: bool = False
    asked: bool = False

    @classmethod
    def of(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> Session:
        """The session that a command line asks for.

        It is settled before parsing, because a call that cannot be parsed must be told so in
        the right language. The last ``--lang`` wins over ``XLAUDIT_LANG``; Indonesian otherwise.
        """
        options = list(arguments)
        if "--" in options:
            options = options[: options.index("--")]
        wanted = environment.get("XLAUDIT_LANG", "")
        for place, option in enumerate(options):
            if option == "--lang" and place + 1 < len(options):
                wanted = options[place + 1]
            elif option.startswith("--lang="):
                wanted = option.removeprefix("--lang=")
        debug = "--debug" in options or bool(environment.get("XLAUDIT_DEBUG"))
        return cls("en" if wanted.strip().lower().startswith("en") else "id", debug, bool(wanted.strip()))

    def text(self, text: Text) -> str:
        return text.get(self.language)

    def warn(self, text: Text | str) -> None:
        """One line to stderr; a file's name cannot break it or steer the terminal."""
        from xlaudit.reports.words import one_line

        line = text if isinstance(text, str) else self.text(text)
        click.echo(f"xlaudit: {one_line(line)}", err=True)


def prepare_streams() -> None:
    """Make stdout and stderr take every character, also on a Windows console or in a bare pipe."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def emit(text: str) -> None:
    """Print to stdout. A reader that left early (``| head``) is no fault and changes no exit code."""
    emit_pieces([text if text.endswith("\n") else text + "\n"])


def emit_pieces(pieces: Iterable[str]) -> None:
    """Print a text that comes in pieces, likewise.

    Raises:
        UserError: what stdout leads to takes nothing more, such as a file on a full disk.
    """
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length > _AT_ONCE:
            if not _printed("".join(held)):
                return
            held.clear()
            length = 0
    _printed("".join(held))


def _printed(piece: str) -> bool:
    """Print and flush; False where nobody reads on."""
    try:
        click.echo(piece, nl=False)
    except BrokenPipeError:
        silence(sys.stdout)
        return False
    except OSError as error:
        silence(sys.stdout)
        reason = error.strerror or str(error)
        raise UserError("cannot_write", _UNPRINTED.fill(reason=reason)) from error
    return True


def silence(stream: object) -> None:
    """Point a broken stream at nothing, so that the interpreter's last flush stays quiet."""
    if isinstance(stream, io.TextIOWrapper):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Colour only on a terminal, and never where ``NO_COLOR`` is set."""
    return sys.stdout.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
