"""An .xlsx or .xlsm file opened as an OPC package (ECMA-376 Part 2), within bounds and without trust.

Parts are found by relationship type, never by file name: producers put them where they like.
"""

from __future__ import annotations

import posixpath
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from xlaudit.errors import reason
from xlaudit.limits import DEFAULT, MIB, Limits
from xlaudit.properties import cached_property
from xlaudit.reading import refusals, sniff
from xlaudit.reading.workbookpart import WorkbookPart, WorkbookReader
from xlaudit.reading.xmlparts import RELATIONS, local, parse_part, told_by
from xlaudit.texts import Text
from xlaudit.zipped import Zipped

_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships/"
_STRICT_NAMES = {
    "customProperties": "custom-properties",
    "extendedProperties": "extended-properties",
    "coreProperties": "core-properties",
}
_BINARY = "sheet.binary"
_OTHER_KINDS = (
    ("wordprocessingml", Text("a Word document (.docx)")),
    ("ms-word", Text("a Word document (.docm)")),
    ("presentationml", Text("a presentation (.pptx)")),
    ("ms-powerpoint", Text("a presentation (.pptm)")),
)


class Relationship(NamedTuple):
    """One relationship of a part.

    ``kind`` is the last word of its type, the same for Transitional and Strict (``worksheet``, ``styles``),
    or the whole type where that is none of the standard's. ``target`` is the part as the package names it
    (leading slash gone), whether or not it exists; for ``external`` ones, the address as written.
    """

    id: str
    kind: str
    target: str
    external: bool


class Archive:
    """An opened zip package of any kind. ``names`` are its parts in the file's order.

    Part names are matched without regard to case (Part 2, clause 6.2.2.3). The file is held in memory, so
    that it may be replaced or removed meanwhile.
    """

    def __init__(self, path: Path, zipped: Zipped, limits: Limits = DEFAULT) -> None:
        self.path = path
        self.limits = limits
        self._zip = zipped
        self._entries = _entries(self._zip, limits)
        self.names: tuple[str, ...] = tuple(self._entries)
        self._by_name = {name.lower(): name for name in self.names}
        self._relationships: dict[str, tuple[Relationship, ...]] = {}

    def find(self, name: str) -> str | None:
        """The part's own spelling of ``name`` (a leading slash allowed); None where there is no such part."""
        return self._by_name.get(name.lstrip("/").lower())

    def read(self, name: str) -> bytes:
        """The bytes of a part, inflated.

        Raises ``UnreadableWorkbook``: ``broken`` where the part is missing, damaged or longer than the
        directory says, ``too_large`` where it inflates beyond the bounds.
        """
        found = self.find(name)
        if found is None:
            raise refusals.broken(Text("part {part} is missing").fill(part=name))
        return _content(self._zip, self._entries[found], found)

    def tree(self, name: str) -> etree._Element:
        """The root element of a small XML part, parsed safely."""
        return parse_part(name, self.read(name), self.limits)

    def content_type(self, name: str) -> str | None:
        """The content type of a part, from its override or its extension; None where none is given."""
        defaults, overrides = self._content_types
        extension = posixpath.splitext(name)[1].lstrip(".").lower()
        return overrides.get(name.lstrip("/").lower()) or defaults.get(extension)

    def relationships(self, source: str = "") -> tuple[Relationship, ...]:
        """The relationships of a part, in order; those of the package itself for ``""``. Each list is parsed once."""
        if source not in self._relationships:
            self._relationships[source] = self._relationships_of(source)
        return self._relationships[source]

    def _relationships_of(self, source: str) -> tuple[Relationship, ...]:
        folder, base = posixpath.split(source)
        part = self.find(posixpath.join(folder, "_rels", base + ".rels"))
        if part is None:
            return ()
        written = told_by(_relationships_in, part, self.read(part), self.limits)
        return tuple(
            item if item.external else item._replace(target=self._resolve(folder, item.target)) for item in written
        )

    def related(self, source: str, kind: str) -> tuple[str, ...]:
        """The parts that ``source`` (``""``: the package) points to with that kind, if they exist."""
        return tuple(
            item.target
            for item in self.relationships(source)
            if item.kind == kind and not item.external and self.find(item.target) is not None
        )

    def _resolve(self, folder: str, target: str) -> str:
        """A relationship target as a part name: relative to the folder of its source, or from the root."""
        path = target.replace("\\", "/").partition("#")[0]
        for candidate in (path, unquote(path)):
            name = posixpath.normpath(posixpath.join("/" + folder, candidate)).lstrip("/")
            found = self.find(name)
            if found is not None:
                return found
        return name

    @cached_property
    def _content_types(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        part = self.find("[Content_Types].xml")
        return ({}, {}) if part is None else told_by(_content_types_in, part, self.read(part), self.limits)


class Package(Archive):
    """An opened .xlsx, .xlsm or .xlsb package."""

    @property
    def workbook(self) -> str:
        """The main part. Raises ``UnreadableWorkbook`` where there is none, or one of another kind."""
        return self._main[0]

    @property
    def told(self) -> WorkbookPart | None:
        """What the main part says; None where that is binary."""
        return self._main[1]

    def properties(self) -> dict[str, str]:
        """The custom document properties (ECMA-376 Part 1, 22.3), each as the text of its value."""
        found: dict[str, str] = {}
        for part in self.related("", "custom-properties"):
            for element in self.tree(part).iterchildren("{*}property"):
                found[element.get("name") or ""] = "".join(str(piece) for piece in element.itertext()).strip()
        return found

    @cached_property
    def _main(self) -> tuple[str, WorkbookPart | None]:
        self._refuse_open_document()
        found = self.related("", "officeDocument")
        if not found:
            raise refusals.not_a_workbook(
                Text("a ZIP archive without a workbook in it")
            )
        part = found[0]
        content_type = self.content_type(part) or ""
        if _BINARY in content_type:
            return part, None
        for mark, what in _OTHER_KINDS:
            if mark in content_type:
                raise refusals.not_a_workbook(what)
        return part, told_by(WorkbookReader(self.limits.names), part, self.read(part), self.limits)

    def _refuse_open_document(self) -> None:
        mimetype = self.find("mimetype")
        if mimetype is None or not self.read(mimetype).startswith(b"application/vnd.oasis.opendocument"):
            return
        raise refusals.not_a_workbook(
            Text("an OpenDocument file (.ods)"), spreadsheet=True
        )


def package_of(path: Path, data: bytes, limits: Limits = DEFAULT, zipped: Zipped | None = None) -> Package:
    """The package in a file's bytes, or in ``zipped``, which they were opened as before. What its name ends in does
    not matter, its content does.

    Its ``workbook`` is looked for when that is asked for.
    Raises ``UnreadableWorkbook`` and nothing else, with one of the codes ``empty``, ``encrypted``, ``old_format``,
    ``not_a_workbook``, ``broken``, ``too_large``.
    """
    if not data:
        raise refusals.empty()
    if not is_zip(data):
        raise sniff.refusal(data)
    _check_number(data.count(b"PK\x01\x02") if zipped is None else len(zipped.infos), limits)
    return Package(path, _unzip(data) if zipped is None else zipped, limits)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip file does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def file_bytes(path: Path, limits: Limits) -> bytes:
    """The file in memory. Raises ``UnreadableWorkbook``: not there, no file, not to be read, too large."""
    most = limits.file_mib * MIB
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refusals.is_folder()
        if not stat.S_ISREG(status.st_mode):
            raise refusals.not_a_workbook(Text("a special file of the system"))
        with path.open("rb") as file:
            data = file.read(min(status.st_size, most) + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise refusals.not_found() from error
    except OSError as error:
        raise refusals.no_access(reason(error)) from error
    check_length(len(data), limits)
    return data


def check_length(length: int, limits: Limits) -> None:
    """``UnreadableWorkbook`` where a file has too many bytes."""
    if length > limits.file_mib * MIB:
        what = Text("the file exceeds {file_mib} MiB").fill(file_mib=limits.file_mib)
        raise refusals.too_large(what, "file_mib")


def _check_number(parts: int, limits: Limits) -> None:
    """Before it is opened they are counted by their signature: zipfile builds an object for every directory entry."""
    if parts > limits.parts:
        what = Text("more than {parts} parts").fill(parts=limits.parts)
        raise refusals.too_large(what, "parts")


def _unzip(data: bytes) -> Zipped:
    try:
        return Zipped(data)
    except MemoryError:
        raise
    except Exception as error:  # zipfile trips over hostile directories in many ways
        raise refusals.broken(
            Text("its ZIP archive is truncated or faulty")
        ) from error


def _entries(archive: Zipped, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """The parts by name, after everything that the directory declares has been checked."""
    entries: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    total = 0
    for info in archive.infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            raise refusals.broken(
                Text("part name {part} is forbidden").fill(
                    part=refusals.named(name).id
                )
            )
        if name.endswith("/"):
            continue
        if name.lower() in seen:
            raise refusals.broken(
                Text("part {part} is there twice").fill(
                    part=refusals.named(name).id
                )
            )
        seen.add(name.lower())
        total += info.file_size
        _check_entry(info, name, limits)
        if total > limits.inflated_mib * MIB:
            what = _inflates(Text("all content"), limits.inflated_mib)
            raise refusals.too_large(what, "inflated_mib")
        entries[name] = info
    return entries


def _check_entry(info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if info.flag_bits & 0x41:
        raise refusals.encrypted()
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refusals.broken_part(name, Text("unknown kind of compression"))
    _check_size(info.file_size, info.compress_size, name, limits)


def _check_size(size: int, compressed: int, name: str, limits: Limits) -> None:
    if size > limits.part_mib * MIB:
        raise refusals.too_large(_inflates(refusals.named(name), limits.part_mib), "part_mib")
    if size > limits.ratio_from_mib * MIB and size > compressed * limits.ratio:
        what = Text("{part} grows more than {ratio} times larger when opened")
        raise refusals.too_large(what.fill(part=refusals.named(name), ratio=limits.ratio), "ratio")


def _content(archive: Zipped, info: zipfile.ZipInfo, name: str) -> bytes:
    """The content of one entry, whose declared size is within the bounds; the directory's figures may be lies."""
    try:
        return archive.content(info)
    except MemoryError:
        raise
    except Exception as error:  # zlib trips over hostile entries in many ways
        raise refusals.broken_part(name, Text("faulty ZIP data")) from error


def _relationships_in(root: etree._Element) -> tuple[Relationship, ...]:
    """The relationships of a part with their targets as written."""
    return tuple(
        Relationship(
            element.get("Id") or "",
            _kind(element.get("Type") or ""),
            element.get("Target") or "",
            element.get("TargetMode") == "External",
        )
        for element in root.iterchildren("{*}Relationship")
    )


def _content_types_in(root: etree._Element) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The content types by extension, and by part."""
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    for element in root.iterchildren("{*}Default", "{*}Override"):
        kind = element.get("ContentType") or ""
        if local(element) == "Default":
            defaults[(element.get("Extension") or "").lower()] = kind
        else:
            overrides[(element.get("PartName") or "").lstrip("/").lower()] = kind
    return MappingProxyType(defaults), MappingProxyType(overrides)


def _kind(type_name: str) -> str:
    for namespace in (*RELATIONS, _PACKAGE_RELATIONS.rstrip("/")):
        if type_name.startswith(namespace + "/"):
            word = type_name[len(namespace) + 1 :].rpartition("/")[2]
            return _STRICT_NAMES.get(word, word)
    return type_name


def _inflates(what: Text, mib: int) -> Text:
    return Text("{what} exceeds {mib} MiB when opened").fill(
        what=what, mib=mib
    )
