"""Keeps the catalogue of messages: ``python tests/catalogue.py`` collects the messages of the source into the
Indonesian catalogue and compiles it. Messages without a translation are listed; the tests do not let them pass.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
PO = ROOT / "xlaudit" / "locale" / "id" / "LC_MESSAGES" / "xlaudit.po"
MO = PO.with_suffix(".mo")

KEYWORDS: dict[str, Any] = {"Text": (1,), "plural": (1, 2), "sense": ((1, "c"), 2)}
"""The functions of ``xlaudit.texts`` that make messages, and which of their arguments the message is."""

Key = tuple[str, str]


class Indonesian(Catalog):
    """A catalogue whose head holds nothing that changes from one day or one version of Babel to the next."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        super().__init__(locale="id", fuzzy=False, header_comment="# Messages of xlaudit in Indonesian.")
        for message in messages:
            self[message.id] = message

    @property
    def num_plurals(self) -> int:
        return 1

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "id"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def key_of(message: Message) -> Key:
    """What a message is known by: its context and its English sentence, in the singular."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def indonesian(message: Message) -> str:
    """Its translation; Indonesian has one form whatever the number."""
    said = message.string or ""
    return said if isinstance(said, str) else said[0]


def collected() -> dict[Key, Message]:
    """The messages of the source, with the files that they stand in."""
    found: dict[Key, Message] = {}
    for path in sorted((ROOT / "xlaudit").rglob("*.py")):
        with path.open("rb") as source:
            for line, message, _, context in extract("python", source, KEYWORDS):
                one = Message(message, context=context, locations=[(path.relative_to(ROOT).as_posix(), line)])
                known = found.setdefault(key_of(one), one)
                if known is not one:
                    known.locations += one.locations
                    known.id = max(known.id, one.id, key=lambda id: not isinstance(id, str))
    return found


def translated(path: Path = PO) -> dict[Key, Message]:
    """The messages of the catalogue."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {key_of(message): message for message in read_po(file, locale="id") if message.id}


def updated(messages: dict[Key, Message], known: dict[Key, Message]) -> dict[Key, Message]:
    """The messages of the source with the translations that are known of them; others are left empty."""
    for key, message in messages.items():
        first = indonesian(known[key]) if key in known else ""
        message.string = first if isinstance(message.id, str) else (first,)
    return messages


def written(messages: dict[Key, Message]) -> bytes:
    """The catalogue as a .po file: sorted, unwrapped, without line numbers, so that changes stay small."""
    file = io.BytesIO()
    write_po(file, Indonesian(messages.values()), width=0, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(messages: dict[Key, Message]) -> bytes:
    """The catalogue as a .mo file."""
    file = io.BytesIO()
    write_mo(file, Indonesian(messages.values()))
    return file.getvalue()


def main() -> int:
    """Brings catalogue and source in line; 1 where translations are missing."""
    messages = updated(collected(), translated())
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(written(messages))
    MO.write_bytes(compiled(messages))
    missing = [key[1] for key, message in sorted(messages.items()) if not indonesian(message)]
    for english in missing:
        sys.stdout.write(f"not translated: {english}\n")
    sys.stdout.write(f"{len(messages)} messages in {PO.relative_to(ROOT)}, {len(missing)} not translated\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
