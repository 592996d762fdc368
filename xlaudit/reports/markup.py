"""HTML written so that no text out of a file can become markup: what is not ``Html`` is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from xlaudit import __version__
from xlaudit.texts import Language


class Html(str):
    """A piece of HTML that is whole and safe."""

    __slots__ = ()


def text(value: str) -> Html:
    """A text as HTML. Characters that would steer the reader's program show as a replacement mark."""
    visible = "".join(mark if mark.isprintable() or mark in "\n\t" else "\ufffd" for mark in value)
    return Html(escape(visible))


def element(tag: str, *children: str, **attributes: object) -> Html:
    """An element with its children, of which plain texts are escaped.

    An attribute that is None or False is left out, one that is True stands without a value; ``class_`` and ``for_``
    are written without the underscore, other underscores as dashes.
    """
    opened = [tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        plain = name.rstrip("_").replace("_", "-")
        opened.append(plain if value is True else f'{plain}="{text(str(value))}"')
    return Html(f"<{' '.join(opened)}>{joined(children)}</{tag}>")


def joined(children: Iterable[str]) -> Html:
    """Pieces one after the other, plain texts escaped."""
    return Html("".join(child if isinstance(child, Html) else text(child) for child in children))


def document(language: Language, title: str, style: str, script: str, body: Iterable[str], **attributes: object) -> str:
    """A whole page that needs nothing from outside; of scripts only ``script`` can run in it."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    head = (
        Html(f'<meta charset="utf-8"><meta name="generator" content="xlaudit {__version__}">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        Html(f"<style>{style}</style>"),
    )
    children = [*body, Html(f"<script>{script}</script>")]
    page = joined([element("head", *head), element("body", *children, **attributes)])
    return f'<!DOCTYPE html>\n<html lang="{language}">{page}</html>\n'
