"""The command line: parse, call, print. What is decided here is only what a command line decides.

Every command stands in its own module and imports what it needs when it runs, so that
``xlaudit --help`` answers at once.
"""

from xlaudit.cli.main import main

__all__ = ["main"]
