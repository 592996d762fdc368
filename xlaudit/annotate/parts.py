"""The parts of a workbook as one workplace: encodings, relationships, content types, journal.

ECMA-376 Part 2 (Open Packaging Conventions). Every change goes through here, so that the journal,
which ``clean`` undoes byte for byte, cannot miss one.
"""

from __future__ import annotations

import codecs
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from xlaudit.annotate.package import COMMON_SIZE, Package
from xlaudit.annotate.xmlscan import Edits, Element, broken, escaped, root
from xlaudit.patterns import pattern

CONTENT_TYPES = "[Content_Types].xml"
_TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARED = pattern(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def codec_of(data: bytes, part: str) -> str:
    """The Python codec of an XML part (XML 1.0 appendix F), ``utf-8`` for most."""
    if data[:2] == b"\xff\xfe" or data[:2] == b"<\0":
        return "utf-16-le"
    if data[:2] == b"\xfe\xff" or data[:2] == b"\0<":
        return "utf-16-be"
    declared = _DECLARED.match(data[3:] if data[:3] == codecs.BOM_UTF8 else data)
    try:
        return codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError as error:
        raise broken(part) from error


def to_utf8(data: bytes, codec: str, part: str) -> bytes:
    """The part in UTF-8; refused where it would not come back the same."""
    if codec == "utf-8":
        return data
    try:
        text = data.decode(codec)
        if text.encode(codec) == data:
            return text.encode()
    except (UnicodeError, LookupError):
        pass
    raise broken(part)


def from_utf8(data: bytes, codec: str) -> bytes:
    """UTF-8 back in the part's own encoding, which holds every character spliced in (``Edits.ascii``)."""
    return data if codec == "utf-8" else data.decode().encode(codec)


class Relation(NamedTuple):
    """One relationship; ``target`` is a part name without a leading slash, or a URI where ``external``."""

    id: str
    kind: str
    target: str
    external: bool
    element: Element


@dataclass(eq=False)
class Part:
    """One part being worked on: its content in UTF-8, its root, the splices so far."""

    name: str
    codec: str
    edits: Edits
    skip: str = ""
    _root: Element | None = None

    @property
    def root(self) -> Element:
        if self._root is None:
            data = self.edits.data
            self._root = _remembered_root(data, self.name) if self.common else root(data, self.name, self.skip)
        return self._root

    @property
    def common(self) -> bool:
        """Whether it is likely to read the same in the next workbook, which was made from the same template."""
        return self.codec == "utf-8" and len(self.edits.data) <= COMMON_SIZE and _is_common(self.name)


@lru_cache(maxsize=32)
def _remembered_root(data: bytes, name: str) -> Element:
    """The root of a part that is common to many workbooks; nothing changes an element."""
    return root(data, name)


def _is_common(name: str) -> bool:
    """Whether a part says how a workbook is made up, not what it says."""
    return name.endswith((".rels", "/styles.xml", "/workbook.xml")) or name == CONTENT_TYPES


@dataclass(eq=False)
class Workplace:
    """A package with the splices planned for it; ``commit`` carries them out and returns the journal."""

    package: Package
    _parts: dict[str, Part] = field(default_factory=dict)
    _new: dict[str, bytes] = field(default_factory=dict)
    _new_relations: dict[str, list[str]] = field(default_factory=dict)
    _relations: dict[str, list[Relation]] = field(default_factory=dict)
    _used_ids: dict[str, set[str]] = field(default_factory=dict)
    _gone_ids: dict[str, set[str]] = field(default_factory=dict)
    _dropped: list[str] = field(default_factory=list)

    def part(self, name: str, skip: str = "") -> Part:
        """A part to work on; the same object each time. ``skip``: see ``xmlscan.root``."""
        key = name.lower()
        if key not in self._parts:
            data = self.package.read(name)
            codec = codec_of(data, name)
            self._parts[key] = Part(
                name, codec, Edits(to_utf8(data, codec, name), not codec.startswith("utf")), skip
            )
        return self._parts[key]

    def has(self, name: str) -> bool:
        return self.package.has(name) or name in self._new

    def new_name(self, pattern: str) -> str:
        """The first of ``xl/comments{}.xml`` 1, 2, ... that no part has."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def add(self, name: str, content: bytes, content_type: str) -> None:
        """A new part with its content type."""
        self._new[name] = content
        if content_type:
            types = self.part(CONTENT_TYPES)
            tag = types.root.qualified("Override")
            types.edits.append(
                types.root, f'<{tag} PartName="/{escaped(name)}" ContentType="{content_type}"/>'
            )

    def default_type(self, extension: str, content_type: str, name: str) -> None:
        """Sees to it that a part of this extension has this content type, by a default if none stands."""
        types = self.part(CONTENT_TYPES)
        for child in types.root.children():
            if child.local == "Default" and child.get("Extension").lower() == extension:
                if child.get("ContentType") == content_type:
                    return
                break
        else:
            if any(name.endswith("." + extension) for name in self._new):
                return
            tag = types.root.qualified("Default")
            line = f'<{tag} Extension="{extension}" ContentType="{content_type}"/>'
            types.edits.insert(types.root.inner, line)
            return
        tag = types.root.qualified("Override")
        types.edits.append(types.root, f'<{tag} PartName="/{escaped(name)}" ContentType="{content_type}"/>')

    def relations(self, source: str) -> list[Relation]:
        """The relationships of a part ("" for the package) as the file has them; each list is looked for once."""
        if source not in self._relations:
            self._relations[source] = self._relations_of(source)
        return self._relations[source]

    def _relations_of(self, source: str) -> list[Relation]:
        name = relations_name(source)
        if not self.package.has(name):
            return []
        found = []
        for child in self.part(name).root.children():
            if child.local != "Relationship":
                continue
            external = child.get("TargetMode") == "External"
            target = child.get("Target")
            if not external:
                target = self._resolved(source, target)
            found.append(Relation(child.get("Id"), child.get("Type"), target, external, child))
        return found

    def _resolved(self, source: str, target: str) -> str:
        name = _part_name(source, target)
        return name if self.has(name) else unquote(name)

    def relate(self, source: str, kind: str, target: str, id: str = "") -> str:
        """A new internal relationship; returns its id, one that is not in use."""
        name = relations_name(source)
        used = self._used_ids.setdefault(name, {relation.id for relation in self.relations(source)})
        number = len(used) + 1
        while not id or id in used:
            id = f"rId{number}"
            number += 1
        used.add(id)
        line = f'Id="{id}" Type="{kind}" Target="/{escaped(target)}"/>'
        if self.package.has(name):
            rels = self.part(name)
            rels.edits.append(rels.root, f"<{rels.root.qualified('Relationship')} {line}")
        else:
            self._new_relations.setdefault(name, []).append(f"<Relationship {line}")
        return id

    def unrelate(self, source: str, target: str) -> None:
        """Takes out the relationships of a part to another; with the last of them the list."""
        standing = self.relations(source)
        gone = self._gone_ids.setdefault(source, set())
        for relation in standing:
            leads_there = not relation.external and relation.target.lower() == target.lower()
            if leads_there and relation.id not in gone:
                gone.add(relation.id)
                self.part(relations_name(source)).edits.remove(relation.element)
        if standing and len(gone) == len(standing):
            self.drop(relations_name(source))

    def drop(self, name: str) -> None:
        """Takes a part out, with its own relationships part and its content type."""
        self._dropped.append(name)
        if self.package.has(relations_name(name)):
            self._dropped.append(relations_name(name))
        gone = {f"/{name}".lower(), f"/{relations_name(name)}".lower()}
        types = self.part(CONTENT_TYPES)
        for child in types.root.children():
            if child.local == "Override" and child.get("PartName").lower() in gone:
                types.edits.remove(child)

    def touched(self) -> Iterator[Part]:
        """The parts with splices planned."""
        dropped = {name.lower() for name in self._dropped}
        return (part for key, part in self._parts.items() if part.edits and key not in dropped)

    def commit(self) -> dict[str, Any]:
        """Carries everything out in the package; the journal says how to undo it."""
        added = sorted(self._new) + sorted(self._new_relations)
        journal: dict[str, Any] = {"added": added, "changed": {}}
        for name, content in self._new.items():
            self.package.put(name, [content])
        for name, lines in self._new_relations.items():
            text = f'{DECLARATION}<Relationships xmlns="{_RELS_NS}">{"".join(lines)}</Relationships>'
            self.package.put(name, [text.encode()], common=True)
        for part in self.touched():
            was = self.package.stamp(part.name)
            if part.codec == "utf-8":
                self.package.put(part.name, part.edits.pieces(), part.common)
            else:
                self.package.put(part.name, [from_utf8(part.edits.result(), part.codec)])
            journal["changed"][part.name] = {
                "was": was,
                "is": self.package.stamp(part.name),
                "splices": _reversed(part.edits),
            }
        for name in self._dropped:
            if self.package.has(name):
                self.package.drop(name)
        self._parts.clear()
        return journal


def _reversed(edits: Edits) -> list[tuple[int, int, str]]:
    """Per splice: where it stands in the new content, how long it is there, what stood there before."""
    shift = 0
    undo = []
    for start, end, text in edits.splices():
        undo.append((start + shift, len(text), edits.data[start:end].decode("latin-1")))
        shift += len(text) - (end - start)
    return undo


@lru_cache(maxsize=256)  # here and below: parts have the same names in most workbooks
def relations_name(source: str) -> str:
    """The name of a part's relationships part."""
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@lru_cache(maxsize=256)
def _part_name(source: str, target: str) -> str:
    """The part that a relationship of another leads to."""
    target = target.replace("\\", "/").partition("#")[0]
    joined = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(source), target)
    return posixpath.normpath(joined).lstrip("/")
