"""Which kind of spreadsheet a file is, told by its content: what it is named does not matter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xlaudit.limits import Limits
from xlaudit.model import Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.formats.compound import SIGNATURE
from xlaudit.reading.package import Archive
from xlaudit.reading.sniff import text_kind

_BIFF = pattern(rb"\x09\x08[\x04-\x10]\x00\x00[\x05\x06]")
_SAMPLE = 8192


def read_zipped(package: Archive) -> Workbook | None:
    """The workbook in a zip archive that is no .xlsx; None for .xlsx and for all that is no spreadsheet.

    Raises ``UnreadableWorkbook``, here and below. The readers come in when they are needed.
    """
    kind = package.find("mimetype")
    if kind is None or not package.read(kind).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return None
    from xlaudit.reading.formats.ods import read_ods

    return replace(read_ods(package), annotatable=False)


def read_plain(path: Path, data: bytes, limits: Limits) -> Workbook | None:
    """The workbook in a file that is no zip archive; None for all that is no spreadsheet."""
    found = _plain(path, data, limits)
    return None if found is None else replace(found, annotatable=False)


def _plain(path: Path, data: bytes, limits: Limits) -> Workbook | None:
    if data.startswith(SIGNATURE):
        if _has_stream(data, "EncryptedPackage") or not _has_stream(data, "Workbook", "Book"):
            return None
        from xlaudit.reading.formats.xls import read_xls

        return read_xls(str(path), data, limits)
    if _BIFF.match(data):
        from xlaudit.reading.formats.xls import read_xls

        return read_xls(str(path), data, limits)
    sample = data[:_SAMPLE]
    if b"urn:oasis:names:tc:opendocument:xmlns:office:1.0" in sample and b"document" in sample:
        from xlaudit.reading.formats.ods import read_flat

        return read_flat(str(path), data, limits)
    seen = text_kind(data)
    if seen == "xml2003":
        from xlaudit.reading.formats.xml2003 import read_xml2003

        return read_xml2003(str(path), data, limits)
    if seen == "html":
        from xlaudit.reading.formats.html import read_html

        return read_html(str(path), data, limits)
    return None


def _has_stream(data: bytes, *names: str) -> bool:
    """Whether a stream of one of these names may be there; some programs write ``WORKBOOK``."""
    return any((word + "\0").encode("utf-16-le") in data for name in names for word in (name, name.upper()))
