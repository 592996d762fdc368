"""Whose workbook it is: told by the sheet *Identitas* of a template, else by the lines above the tables.

A line counts for what it names outright (``DINAS SOSIAL``, ``Kabupaten Contoh``, ``Tahun 2024``, ``Triwulan II``).
Where the lines disagree, what most of them say must stand twice as often as anything else; a file name only
decides between what lines say, never by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import NamedTuple

from xlaudit.cells import Area, Cell
from xlaudit.filled import Template
from xlaudit.identity import Identity, Source
from xlaudit.model import Sheet, Stored, Workbook
from xlaudit.patterns import pattern
from xlaudit.reading.view import SheetView
from xlaudit.schemas.forms import EXAMPLES, OWN_SHEETS
from xlaudit.schemas.words import ROMAN, YEAR, fold
from xlaudit.tables import Measure, Table

_TOP_ROWS = 30
_ABOVE_TABLE = 8
_LONGEST = 250
"""Longer texts tell a story, they name nothing."""

_WORD = r"[A-Z][\w'’-]*(?:\.(?=\s))?"
_IN_NAME = r"(?<!(?i:tata)\s)(?<!(?i:kecamatan)\s)(?<!(?i:kelurahan)\s)"
"""After these words *kota* belongs to the name: ``Kecamatan Kota Baru``."""
_STOP = (
    rf"(?:Kabupaten|Kab\.?|{_IN_NAME}Kota|Provinsi|Propinsi|Tahun|Thn|T\.?A\.?|Triwulan|Tw|Semester|Smt|Periode|"
    r"Bulan|Sebelum|Sesudah|Setelah|Perubahan|Dengan|Pada|Dalam|Untuk|Terhadap|Yang|Visi|Misi|Renstra|Renja|Rencana|Per|"
    r"Sampai|Target|Realisasi|Capaian|Tabel|Lampiran|Se|Lain|Lainnya|Republik|Menurut|Berdasarkan|Tentang|Nomor|No)"
)
_NEXT = rf"(?!(?i:{_STOP})(?![\w]))(?:{_WORD})"
_NAME = rf"{_NEXT}(?:(?:,?\s+(?i:dan|serta|&)\s+|,\s*|\s+|/){_NEXT})*"
_ALONE = (
    r"(?:Inspektorat|INSPEKTORAT|Sekretariat Daerah|SEKRETARIAT DAERAH|Sekretariat DPRD|SEKRETARIAT DPRD|"
    r"Satpol PP|SATPOL PP|Bappeda|BAPPEDA|RSUD)"
)
_NAMED = (
    r"(?:Dinas|DINAS|Badan(?! Usaha| Publik| Pusat)|BADAN(?! USAHA| PUBLIK| PUSAT)|Kecamatan|KECAMATAN|Kelurahan|"
    r"KELURAHAN|Satuan Polisi|SATUAN POLISI|Sekretariat|SEKRETARIAT|Rumah Sakit|RUMAH SAKIT)"
)
_AGENCY = pattern(rf"\b(?:{_NAMED}\s+{_NAME}|{_ALONE}(?:\s+{_NAME})?)")
_FOLLOWS = pattern(r"\s*[,(]?\s*(?:kabupaten|kab\b|kota|provinsi|tahun|t\.?\s?a\b|\)?$)", re.IGNORECASE)
_UNFINISHED = pattern(r"(?:,|&|\b(?:dan|serta|dinas|badan|kabupaten|kota|provinsi))\s*$", re.IGNORECASE)
_LABELLED = pattern(
    r"(?:nama\s+)?(?:perangkat daerah|opd|skpd|instansi|unit kerja|unit organisasi|satuan kerja)\s*:\s*(\S.{2,120})",
    re.IGNORECASE,
)
_GOVERNMENT = pattern(
    rf"\b(Kabupaten|KABUPATEN|Kab\.|KAB\.|{_IN_NAME}(?:Kota|KOTA)|Provinsi|PROVINSI)\s+({_NEXT}(?:\s+{_NEXT}){{0,3}})"
)
_YEAR = pattern(
    r"\b(?:tahun|thn|t\.?\s?a\.?)\s*(?:anggaran\s*)?:?\s*(20\d\d)\b(?!\s*[-–—/]\s*(?:20)?\d\d)", re.IGNORECASE
)
_PERIOD = pattern(
    r"\b(triwulan|tw|semester|smt)\s*[.:]?\s*(?:\b(?:i{1,3}|[1-4])\s*(?:s\.?\s*/?\s*d\.?|sampai(?:\s+dengan)?|hingga|dan|"
    r"[-–,&/])+\s*(?:(?:triwulan|tw|semester|smt)\s*)?)*(iv|i{1,3}|[1-4])\b",
    re.IGNORECASE,
)
_NOT_OURS = pattern(r"(sumber|catatan|keterangan|ket|nip)\b|\*")


class _Hint(NamedTuple):
    """One line's word on one question. A name within a sentence is a weak one: it may be another's."""

    what: str
    value: str
    source: Source
    weak: bool = False


def identity_of(workbook: Workbook, tables: Sequence[Table], template: Template | None) -> Identity:
    """What the workbook says of itself. A filled template's *Identitas* comes before everything else."""
    hints: dict[str, list[_Hint]] = defaultdict(list)
    for hint in _hints(workbook, tables, template is not None):
        hints[hint.what].append(hint)
    told = {} if template is None else _of_template(template)
    name = fold(re.sub(r"[-_.]+", " ", PurePath(workbook.path).stem))
    for what in ("agency", "government", "year", "period"):
        chosen = _chosen(hints[what], name)
        if what == "period" and chosen is not None and not _of_the_whole(chosen, hints[what], tables, name):
            continue
        if what not in told and chosen is not None:
            told[what] = chosen
    year = told.get("year")
    return Identity(
        agency=told["agency"].value if "agency" in told else "",
        government=told["government"].value if "government" in told else "",
        year=_year_of_columns(tables, name) if year is None else int(year.value),
        period=told["period"].value if "period" in told else "",
        sources={what: hint.source for what, hint in told.items()},
    )


def _of_template(template: Template) -> dict[str, _Hint]:
    """What *Identitas* says; the published example is nobody's name."""
    told: dict[str, _Hint] = {}
    settings = {"agency": "Perangkat_Daerah", "government": "Pemda", "year": "Tahun", "period": "Periode"}
    examples = {str(value) for example in EXAMPLES["identitas"] for value in example.values()}
    for what, setting in settings.items():
        field = template.identity.get(setting)
        if field is None or not field.text or field.text in examples:
            continue
        value = field.text
        if what == "year":
            value = value if YEAR.fullmatch(value) else ""
        elif what == "period":
            value = "tahunan" if fold(value) == "tahunan" else _period(value)
        if value:
            told[what] = _Hint(what, value, Source(field.sheet, field.cell, field.text))
    return told


def _hints(workbook: Workbook, tables: Sequence[Table], template: bool) -> Iterator[_Hint]:
    for sheet in workbook.sheets:
        if template and sheet.name in OWN_SHEETS:
            continue
        for source, line in _lines(SheetView(workbook, sheet), [t.area for t in tables if t.sheet == sheet.name]):
            yield from _heard(source, line)


def _lines(view: SheetView, areas: Sequence[Area]) -> Iterator[tuple[Source, str]]:
    """The texts at the top of a sheet and right above its tables. A name that a line breaks off goes on below."""
    first = min((area.top for area in areas), default=_TOP_ROWS + 1)
    near = {row for area in areas for row in range(area.top - _ABOVE_TABLE, area.top)}
    near.update(range(1, min(first, _TOP_ROWS + 1)))
    for row in sorted(near.intersection(view.sheet.rows)):
        if any(area.top <= row <= area.bottom for area in areas):
            continue
        columns = [column for column in view.filled_columns(row) if _is_text(view.sheet, row, column)]
        texts = [(column, view.text(row, column)) for column in columns]
        whole = " ".join(text for _, text in texts)
        if _NOT_OURS.match(fold(whole)) or not whole:
            continue
        if len(texts) > 1 and ":" in whole and len(whole) <= _LONGEST:
            yield Source(view.sheet.name, Cell(row, texts[0][0]), whole), whole
            continue
        for column, text in texts:
            if len(text) <= _LONGEST:
                more = f" {view.text(row + 1, column)}" if _UNFINISHED.search(text) else ""
                yield Source(view.sheet.name, Cell(row, column), text), text + more


def _is_text(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.at(row, column)
    return cell is not None and (cell.kind is Stored.TEXT or YEAR.fullmatch(cell.text) is not None)


def _heard(source: Source, line: str) -> Iterator[_Hint]:
    labelled = _LABELLED.match(line)
    agency = _AGENCY.search(line)
    if labelled is not None:
        inner = _AGENCY.match(labelled[1])
        yield _Hint("agency", (inner[0] if inner else labelled[1]).strip(" .,:"), source)
    elif agency is not None:
        weak = not (_FOLLOWS.match(line, agency.end()) or _alone(line, agency.start()))
        yield _Hint("agency", agency[0].strip(" .,:"), source, weak)
    governments = {_government(match): match for match in _GOVERNMENT.finditer(line)}
    lower = {one for one in governments if not fold(one).startswith("provinsi")} or set(governments)
    if len(lower) == 1:
        [own] = lower
        weak = agency is None and labelled is None and not _alone(line, governments[own].start())
        yield _Hint("government", own, source, weak)
    years = set(_YEAR.findall(line))
    if len(years) == 1 and set(YEAR.findall(line)) == years:
        yield _Hint("year", years.pop(), source)
    period = _period(line)
    if period:
        yield _Hint("period", period, source)


def _alone(line: str, start: int) -> bool:
    """Whether a name begins its line, or stands in one of capitals as titles do."""
    return line.isupper() or not re.sub(r"(?i)\bpemerintah(?: daerah)?\b|\W", "", line[:start])


def _government(match: re.Match[str]) -> str:
    kind = match[1]
    if fold(kind).startswith("kab"):
        kind = "KABUPATEN" if kind.isupper() else "Kabupaten"
    return f"{kind} {match[2]}".strip(" .,")


def _period(text: str) -> str:
    """The last quarter or half that a text names: ``s.d. Triwulan II`` reports on the second."""
    found = _PERIOD.findall(text)
    if not found:
        return ""
    word, number = fold(found[-1][0]), ROMAN[fold(found[-1][1])]
    if word.startswith("s"):
        return f"smt{number}" if number <= 2 else ""
    return f"tw{number}"


def _chosen(hints: Sequence[_Hint], file_name: str) -> _Hint | None:
    """What the hints agree on, as most of them spell it; capitals throughout only where nobody spells otherwise."""
    said: dict[str, list[_Hint]] = defaultdict(list)
    for hint in hints:
        said[fold(hint.value)].append(hint)
    ranked = sorted(said.items(), key=lambda item: len(item[1]), reverse=True)
    if not ranked:
        return None
    best = ranked[0][1]
    if len(ranked) > 1 and len(best) < 2 * len(ranked[1][1]):
        confirmed = [own for value, own in ranked if _names(file_name, value)]
        if len(confirmed) != 1:
            return None
        best = confirmed[0]
    if all(hint.weak for hint in best) and len(best) < 2 and not _names(file_name, fold(best[0].value)):
        return None
    return next((hint for hint in best if not hint.value.isupper()), best[0])


def _of_the_whole(chosen: _Hint, hints: Sequence[_Hint], tables: Sequence[Table], file_name: str) -> bool:
    """Whether a quarter is the whole workbook's: a report on a year has a sheet on a quarter, too."""
    named = {hint.source.sheet for hint in hints if hint.value == chosen.value}
    return 2 * len(named) >= len({table.sheet for table in tables}) or _period(file_name) == chosen.value


def _names(file_name: str, value: str) -> bool:
    words = re.findall(r"[a-z0-9]+", file_name)
    wanted = re.findall(r"[a-z0-9]+", value)
    return any(words[start : start + len(wanted)] == wanted for start in range(len(words)))


def _year_of_columns(tables: Sequence[Table], file_name: str) -> int | None:
    """The one year that the columns of all dated tables name, if several do or the file's name says it too."""
    years = [
        {int(c.period) for c in table.columns.values() if c.measure is not Measure.TEXT and c.period.isdigit()}
        for table in tables
    ]
    dated = [named for named in years if named]
    if not dated or any(named != dated[0] for named in dated) or len(dated[0]) != 1:
        return None
    [year] = dated[0]
    return year if len(dated) > 1 or _names(file_name, str(year)) else None
