"""What a file that is no zip package seems to be, told from its first bytes."""

from __future__ import annotations

import re

from xlaudit.errors import UnreadableWorkbook
from xlaudit.patterns import pattern
from xlaudit.reading.refusals import broken, encrypted, not_a_workbook, old_format
from xlaudit.texts import Text

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = pattern(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_SIGNATURES = (
    (b"%PDF-", Text("a PDF file")),
    (b"{\\rtf", Text("an RTF document")),
    (b"\x89PNG", Text("a PNG picture")),
    (b"\xff\xd8\xff", Text("a JPEG picture")),
    (b"Rar!", Text("a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Text("a 7-Zip archive")),
    (b"\x1f\x8b", Text("a gzip archive")),
)
_SAMPLE = 8192


def refusal(data: bytes) -> UnreadableWorkbook:
    """Why ``data``, which does not begin as a zip file does, is turned away."""
    if data.startswith(_OLE2):
        return _ole2(data)
    if _BIFF.match(data):
        return old_format()
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            return not_a_workbook(what)
    return _text(data[:_SAMPLE])


def text_kind(data: bytes) -> str | None:
    """``xml2003`` or ``html`` where the text begins as such a file does, else None."""
    text = _decoded(data[:_SAMPLE])
    start = "" if text is None else text.lstrip("\ufeff \t\r\n").lower()
    if not start.startswith("<"):
        return None
    if re.search(r"<(?:\w+:)?workbook\s", start) and "urn:schemas-microsoft-com:office:spreadsheet" in start:
        return "xml2003"
    named = start.startswith(("<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div"))
    return "html" if named or "<table" in start or "<html" in start else None


def _ole2(data: bytes) -> UnreadableWorkbook:
    """An OLE2 container, told by the stream names of its directory ([MS-CFB] 2.6, [MS-OFFCRYPTO] 2.3)."""
    if _stream(data, "EncryptedPackage"):
        return encrypted()
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return old_format()
    if _stream(data, "WordDocument"):
        return not_a_workbook(Text("an old Word document (.doc)"))
    if _stream(data, "PowerPoint Document"):
        return not_a_workbook(Text("an old presentation (.ppt)"))
    return broken(Text("it holds no workbook"))


def _stream(data: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in data


def _text(sample: bytes) -> UnreadableWorkbook:
    text = _decoded(sample)
    if text is None:
        return not_a_workbook(Text("a file of an unknown kind"))
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("<"):
        return not_a_workbook(Text("an XML file"))
    if start.startswith("id;p"):
        return not_a_workbook(Text("a SYLK file"), spreadsheet=True)
    if any(mark in line for line in start.splitlines()[:5] for mark in ",;\t|"):
        return not_a_workbook(Text("a text file (CSV)"), spreadsheet=True)
    return not_a_workbook(Text("a text file"))


def _decoded(sample: bytes) -> str | None:
    """The sample as text, or None where it is binary."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample[: len(sample) // 2 * 2].decode("utf-16", errors="replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample):
        return None
    return sample.decode("utf-8", errors="replace")
