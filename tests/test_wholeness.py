"""The comparison of touched parts can fail, and forgives what its list says and no more."""

from __future__ import annotations

import pytest
from wholeness import missing

OLD = b'<a xmlns:x="u"><b x:k="1">one</b><!-- note --><c/><workbookView activeTab="0"/>two</a>'


@pytest.mark.parametrize(
    "new",
    [
        b'<a xmlns:x="u"><b x:k="1">one</b><!-- note --><workbookView activeTab="0"/>two</a>',
        b'<a xmlns:x="u"><c/><b x:k="1">one</b><!-- note --><workbookView activeTab="0"/>two</a>',
        b'<a xmlns:x="u"><b x:k="2">one</b><!-- note --><c/><workbookView activeTab="0"/>two</a>',
        b'<a xmlns:x="u"><b x:k="1">more</b><!-- note --><c/><workbookView activeTab="0"/>two</a>',
        b'<a xmlns:x="u"><b x:k="1">one</b><c/><workbookView activeTab="0"/>two</a>',
        b'<a xmlns:x="u"><b x:k="1">one</b><!-- note --><c/><workbookView activeTab="0"/></a>',
        b'<a xmlns:x="u"><b x:k="1">one<c/></b><!-- note --><workbookView activeTab="0"/>two</a>',
    ],
)
def test_what_goes_or_moves_is_told(new: bytes) -> None:
    assert missing(OLD, OLD) is None
    assert missing(OLD, new) is not None


def test_what_is_added_and_what_is_on_the_list_is_forgiven() -> None:
    new = b'<a xmlns:x="u"><d/><b x:k="1">one</b><!-- note --><c><e/></c><workbookView activeTab="1"/>two</a>'
    assert missing(OLD, new) is None


@pytest.mark.parametrize(("text", "kept"), [("old, and more", True), ("new", False), ("ol", False)])
def test_notes_only_grow_at_their_end(text: str, kept: bool) -> None:
    note = "<comments><commentList><comment ref='A1'><text><t>{}</t></text></comment></commentList></comments>"
    assert (missing(note.format("old").encode(), note.format(text).encode()) is None) == kept
