"""The list of agencies that an inspectorate keeps: who is to submit, and where mail for each goes.

A CSV file or a workbook with the columns *perangkat daerah* (or *OPD*, *SKPD*, *nama*), *email* and *cc*; only the
first is needed. *kabupaten/kota* may tell agencies of several governments apart.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from xlaudit.errors import BadUsage, UserError, reason
from xlaudit.limits import DEFAULT, Limits
from xlaudit.matching import EMPTY, spelled
from xlaudit.offices import differ, nearly_same_name, office_of, same, short_names
from xlaudit.patterns import pattern
from xlaudit.reading.grid import read_workbook
from xlaudit.schemas.words import fold
from xlaudit.texts import Text

_NAME = frozenset(
    "perangkat daerah|nama perangkat daerah|opd|nama opd|skpd|nama skpd|nama|instansi|nama instansi|unit kerja|"
    "organisasi perangkat daerah|satuan kerja|agency|name|perangkat daerah/opd|opd/perangkat daerah".split("|")
)
_EMAIL = frozenset("email|e mail|surel|alamat email|alamat surel|alamat e mail|mail|to|kepada".split("|"))
_CC = frozenset("cc|tembusan|salinan".split("|"))
_GOVERNMENT = frozenset(
    "pemda|pemerintah daerah|kabupaten|kab/kota|kabupaten/kota|pemerintah|government|provinsi|kota".split("|")
)
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_PLAIN_EMAIL = pattern(rf"(?=.{{1,64}}@){_LOCAL}(?:\.{_LOCAL})*@{_DOMAIN}")
_BETWEEN = pattern(r"[,;\s]+")
_WITH_NAME = pattern(r"[^<>,;]*<([^<>]*)>")
_LARGEST = 16 * 1024 * 1024
_SEPARATORS = pattern(r"[-_.,()]+")
_HEAD_ROWS = 20
"""So many rows are looked at for the headings."""

_CANNOT_READ = Text("The list of agencies {path} cannot be read ({why}).")
_NOT_READ = Text("The list of agencies {path} cannot be read: {why}")
_NO_HEADINGS = Text(
    "The list of agencies {path} has no column of names: put “perangkat daerah” (and “email”, “cc”) above its columns."
)
_NOBODY = Text("The list of agencies {path} names no agency.")
_TWICE = Text("{path}, line {line}: {name} stands in line {first} already; the first one counts.")
_NO_NAME = Text("{path}, line {line}: there is no name of an agency; the line was passed over.")
_NO_EMAIL = Text("{path}, line {line}: “{text}” is no e-mail address; it was left out.")
_SHARED = Text("{path}, line {line}: the address {email} stands in line {first} too, for {other}.")


class Entry(NamedTuple):
    """One agency of the list. ``line`` is its line in the file, or its row in the sheet."""

    name: str
    government: str = ""
    emails: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    line: int = 0


class Match(NamedTuple):
    """The entry that is meant; None where none is, or where it may be one of several ``candidates``."""

    entry: Entry | None
    candidates: tuple[Entry, ...] = ()


class Agencies(NamedTuple):
    """The list as read. ``remarks`` say what in it is wrong or doubtful; the rest of it holds all the same."""

    path: Path
    entries: tuple[Entry, ...]
    remarks: tuple[Text, ...] = ()

    def match(self, agency: str, government: str = "") -> Match:
        """The entry that a workbook's agency is: of the same name, else of one spelled nearly so; never guessed.

        ``DINAS SOSIAL KAB. X`` is *Dinas Sosial*; an abbreviation only if the list has it in brackets.
        """
        own = office_of(agency, government)
        if not own.agency:
            return Match(None)
        for alike in (self._of_same_name, self._of_short_name, self._of_like_name):
            found = tuple(alike(agency, government))
            if found:
                return Match(found[0], found) if len(found) == 1 else Match(None, found)
        return Match(None)

    def called(self, path: str) -> Match:
        """The entry after which a file is called, or else its folder, for workbooks that do not say whose they are.

        ``rekap_dinas-sosial_2025.xlsx`` is *Dinas Sosial*, and not *Dinas*, if the list has both.
        """
        file = Path(path)
        candidates: list[Entry] = []
        for name in (file.stem, file.parent.name or file.resolve().parent.name):
            found = _named_in(name, self.entries)
            if len(found) == 1:
                return Match(found[0], (found[0],))
            candidates += found
        return Match(None, tuple(dict.fromkeys(candidates)))

    def _of_same_name(self, agency: str, government: str) -> Iterator[Entry]:
        own = office_of(agency, government)
        return (one for one in self.entries if same(own, office_of(one.name, one.government)))

    def _of_short_name(self, agency: str, government: str) -> Iterator[Entry]:
        own = office_of(agency, government)
        names = {own.agency, *short_names(agency)}
        for one in self.entries:
            other = office_of(one.name, one.government)
            if not differ(own.government, other.government) and names & {other.agency, *short_names(one.name)}:
                yield one

    def _of_like_name(self, agency: str, government: str) -> Iterator[Entry]:
        own = office_of(agency, government)
        for one in self.entries:
            other = office_of(one.name, one.government)
            if not differ(own.government, other.government) and nearly_same_name(agency, one.name):
                yield one


def _named_in(name: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries whose names stand in a name; of two one of which holds the other the longer alone."""
    words = [word for word in spelled(_SEPARATORS.sub(" ", name)) if word not in EMPTY]
    runs = {"".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
    found = [(entry, own) for entry in entries if (own := office_of(entry.name).agency) in runs]
    longest = [entry for entry, own in found if not any(own != other and own in other for _, other in found)]
    return longest or [entry for entry in entries if any(short in words for short in short_names(entry.name))]


def read_agencies(path: Path, limits: Limits = DEFAULT) -> Agencies:
    """The list in a CSV file (``,``, ``;`` or tabs between; UTF-8, UTF-16 or Windows' own letters) or a workbook.

    ``BadUsage`` where it cannot be read, has no headings or names nobody.
    """
    rows = [(line, cells) for line, cells in _rows(path, limits) if any(cells)]
    for at, (_, cells) in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(cells)
        if "name" in columns:
            return _read(path, columns, rows[at + 1 :])
    if rows and all(len([cell for cell in cells if cell]) == 1 for _, cells in rows):
        return _read(path, {"name": 0}, [(line, [cell for cell in cells if cell]) for line, cells in rows])
    raise BadUsage("bad_agencies", (_NO_HEADINGS if rows else _NOBODY).fill(path=path))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its heading; the first of a kind counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        heading = " ".join(re.sub(r"[-_.:*]+", " ", fold(cell)).split())
        for what, words in (("name", _NAME), ("email", _EMAIL), ("cc", _CC), ("government", _GOVERNMENT)):
            if heading in words:
                found.setdefault(what, at)
    return found


def _read(path: Path, columns: dict[str, int], rows: Iterable[tuple[int, Sequence[str]]]) -> Agencies:
    entries: list[Entry] = []
    remarks: list[Text] = []
    owners: dict[str, Entry] = {}

    def cell(cells: Sequence[str], what: str) -> str:
        at = columns.get(what)
        return "" if at is None or at >= len(cells) else " ".join(cells[at].split())

    for line, cells in rows:
        name, government = cell(cells, "name"), cell(cells, "government")
        own = office_of(name, government)
        if not own.agency or name.isdigit():
            remarks.append(_NO_NAME.fill(path=path.name, line=line))
            continue
        emails, wrong = _addresses(cell(cells, "email"))
        cc, wrong_too = _addresses(cell(cells, "cc"))
        remarks += (_NO_EMAIL.fill(path=path.name, line=line, text=text) for text in (*wrong, *wrong_too))
        entry = Entry(name, government, emails, tuple(one for one in cc if one not in emails), line)
        first = next((one for one in entries if same(own, office_of(one.name, one.government))), None)
        if first is not None:
            remarks.append(_TWICE.fill(path=path.name, line=line, name=name, first=first.line))
            continue
        for email in emails:
            other = owners.setdefault(email.casefold(), entry)
            if other is not entry:
                facts = {"line": line, "email": email, "first": other.line, "other": other.name}
                remarks.append(_SHARED.fill(path=path.name, **facts))
        entries.append(entry)
    if not entries:
        raise BadUsage("bad_agencies", _NOBODY.fill(path=path))
    return Agencies(path, tuple(entries), tuple(remarks))


def _addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The e-mail addresses in a cell, each once, and what is none; ``Nama <a@b.id>`` is its address."""
    good: dict[str, str] = {}
    wrong: list[str] = []
    text = re.sub(r"(?i)\bmailto:", "", text)
    for one in _BETWEEN.split(_WITH_NAME.sub(r" \1 ", text)):
        if _PLAIN_EMAIL.fullmatch(one):
            good.setdefault(one.casefold(), one)
        elif one.strip("-–—"):
            wrong.append(one)
    return tuple(good.values()), tuple(wrong)


def _rows(path: Path, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The lines of the file, or the rows of the first sheet that has any, with their numbers."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if path.suffix.lower() not in {".csv", ".txt", ".tsv"} or data[:2] in (b"PK", b"\xd0\xcf"):
            sheets = read_workbook(path, limits).sheets
            cells = next((sheet.rows for sheet in sheets if sheet.visible and sheet.rows), {})
            for number in sorted(cells):
                row = cells[number]
                yield number, [row[at].text.strip() if at in row else "" for at in range(1, max(row) + 1)]
            return
        if len(data) > _LARGEST:
            raise ValueError("> 16 MiB")
        text = _decoded(data)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        for cells_ in reader:
            yield reader.line_num, [cell.strip() for cell in cells_]
    except UserError as error:
        raise BadUsage("bad_agencies", _NOT_READ.fill(path=path, why=error.text)) from error
    except OSError as error:
        why = reason(error)
        raise BadUsage("bad_agencies", _CANNOT_READ.fill(path=path, why=why)) from error
    except (ValueError, csv.Error) as error:
        raise BadUsage("bad_agencies", _CANNOT_READ.fill(path=path, why=error)) from error


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """What stands between the columns: of tab, semicolon and comma the first that the headings have."""
    lines = [line for line in text.splitlines()[:_HEAD_ROWS] if line.strip()]
    for line in lines:
        for mark in "\t;,":
            if mark in line and "name" in _columns(next(csv.reader([line], delimiter=mark), [])):
                return mark
    return next((mark for mark in "\t;" if any(mark in line for line in lines)), ",")
