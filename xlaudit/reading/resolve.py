"""Settles what the headers left open, by the neighbouring columns and by the size of the figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import count, islice

from xlaudit.reading.headers import Header
from xlaudit.reading.plainpaths import plain
from xlaudit.schemas.columns import MEASURES, Meaning, part_of
from xlaudit.schemas.words import concepts, words
from xlaudit.tables import OTHER, Column, Measure

_AMOUNT_SIZE = Decimal(100_000)
"""Rupiah figures are at least this large in the middle; targets and percentages hardly ever are."""

_SHORT_NUMBER = 3
_FEWEST_KINDS = 2
_SHARES = ("persen", "persen_dari_total", "share")
_SAYS_WHICH = frozenset("anggaran pagu alokasi realisasi dpa target".split())
_ACTIVITIES = ("uraian", "program", "kegiatan", "sub_kegiatan")
_NUMBER_LENGTH = 5
"""A column whose texts are no longer than this only numbers the rows."""


def resolve(
    header: Header,
    sizes: Mapping[int, Decimal | None],
    text_lengths: Mapping[int, int],
    spacers: Collection[int] = (),
) -> dict[str, Column]:
    """The columns of a table by canonical name, from left to right.

    ``sizes`` gives the middle size of each figure column's numbers, ``text_lengths`` the mean length of texts;
    ``spacers`` are empty columns, which part no neighbours.
    """
    meanings = _with_units(_with_revision(header.meanings(), header), header, sizes)
    if header.told is not None:
        return _named(header.told, header)
    meanings = {**meanings, **_reached(meanings, header)}
    settled: dict[int, Meaning] = {}
    for column in sorted(meanings):
        what = _reached_of_target(meanings, column, settled, header)
        settled[column] = _settle(what, column, settled, sizes.get(column), meanings)
    _skip_numbers(settled, header, text_lengths, spacers)
    _drop_signs(settled, header, sizes)
    _neither_planned_nor_spent(settled, header)
    return _named(settled, header)


def _with_revision(meanings: Mapping[int, Meaning], header: Header) -> Mapping[int, Meaning]:
    """*Murni | Perubahan* under the heading of a budget are two budgets; the second is no difference of the two."""
    paths = {column: header.paths.get(column) or ("",) for column in meanings}
    first = {paths[c][:-1] for c, m in meanings.items() if m.role == "pagu" and m.period == "sebelum"}
    after = {paths[c][:-1] for c, m in meanings.items() if m.role == "pagu" and m.period == "setelah"}
    murni = {path[:-1] for path in header.paths.values() if path and set(words(path[-1])) & {"murni", "induk"}}
    both = first & murni - after
    return {
        column: replace(what, role="pagu", measure=MEASURES["pagu"], period="setelah")
        if words(paths[column][-1]) == ("perubahan",) and paths[column][:-1] in both
        else what
        for column, what in meanings.items()
    }


def _with_units(
    meanings: Mapping[int, Meaning], header: Header, sizes: Mapping[int, Decimal | None]
) -> Mapping[int, Meaning]:
    """Where pagu and realisasi say that they are in thousands or millions, amounts that name no unit are so too."""
    units = {what.unit for what in meanings.values() if what.role in ("pagu", "realisasi")}
    unit = max(units, default=Decimal(1))
    said = [what for what in meanings.values() if what.role in ("pagu", "realisasi") and what.unit == unit]
    if units != {unit} or unit == 1 or len(said) < 2:
        return meanings
    return {
        column: replace(what, unit=unit)
        if what.role in ("sisa", "jumlah", "selisih")
        and what.unit == 1
        and _names_no_unit(header.paths.get(column, ()))
        and (size := sizes.get(column)) is not None and abs(size) < _AMOUNT_SIZE
        else what
        for column, what in meanings.items()
    }


def _names_no_unit(path: Collection[str]) -> bool:
    return not any(concepts(text) & {"rupiah", "persen"} for text in path)


def _last_measured(before: dict[int, Meaning]) -> str:
    """The role of the last column so far that has figures."""
    return next((what.role for what in reversed(before.values()) if what.role in MEASURES), "")


def _settle(
    what: Meaning, column: int, before: dict[int, Meaning], size: Decimal | None, everything: Mapping[int, Meaning]
) -> Meaning:
    large = size is not None and size * what.unit >= _AMOUNT_SIZE
    last = _last_measured(before)
    has_pagu = any(other.role == "pagu" for other in everything.values())
    role = what.role
    if role == "realisasi" and what.measure is None:
        measured = _small(size, what) and _has_target(everything)
        budget = large or (last == "pagu" and (size is None or (has_pagu and not measured)))
        role = "realisasi" if budget else "realisasi_kinerja"
    elif role == "realisasi" and what.budget is None and not has_pagu and _small(size, what):
        role = "realisasi_kinerja"
    elif role == "realisasi_kinerja" and large and has_pagu and what.budget is not False:
        role = "realisasi"
    elif role == "target" and large and what.budget is not False and last not in ("target", "realisasi_kinerja"):
        role = "pagu" if not any(o.role == "pagu" and o.period == what.period for o in everything.values()) else role
    elif role == "persen" and what.budget and _beyond_percent(size) and not has_other(everything, column, "realisasi"):
        role = "realisasi"
    elif role == "share":
        role = "persen" if last in ("pagu", "realisasi", "sisa", "persen", "") else "capaian"
    elif role == "capaian" and what.budget is not False and (last == "realisasi" or _only_budget(last, everything)):
        role = role if has_other(everything, column, "persen") else "persen"
    elif role == "pagu" and size is not None and not large and what.budget is None and what.unit == 1:
        role = "target" if _small(size, what) and not has_other(everything, column, "target") else role
    elif role == "selisih" and last == "pagu" and not any(b.role == "realisasi" for b in before.values()):
        role = "perubahan"
    elif role == "selisih" and (large or last in ("pagu", "realisasi")):
        role = "sisa"
    elif role == "jumlah" and what.period.startswith("20") and not large:
        role = "target"
    elif role == "realisasi_fisik" and large:
        role = "rencana" if has_other(everything, column, "pagu") else "pagu"
    elif role == "jumlah" and _follows_parts(before, large):
        role = "realisasi" if large else "realisasi_kinerja"
    measure = MEASURES.get(role, Measure.TEXT)
    if role == OTHER:
        measure = what.measure or (Measure.AMOUNT if large else Measure.QUANTITY)
    if role == "jumlah" and not large:
        measure = Measure.QUANTITY
    return what if role == what.role and measure is what.measure else replace(what, role=role, measure=measure)


def _reached(everything: Mapping[int, Meaning], header: Header) -> dict[int, Meaning]:
    """The columns headed *Realisasi Capaian Kinerja* beside one of the share itself: what was reached."""
    shares = [column for column, what in everything.items() if what.role == "capaian"]
    named = {column: concepts(header.paths[column][-1]) for column in shares}
    reached = {c for c, found in named.items() if "realisasi" in found and not found & {"persen", "tingkat"}}

    def beside(column: int, *roles: str) -> bool:
        others = (what for c, what in everything.items() if c not in reached)
        return any(what.role in roles and what.period == everything[column].period for what in others)

    return {
        column: replace(everything[column], role="realisasi_kinerja")
        for column in reached
        if beside(column, "capaian", "tingkat_kemajuan") and not beside(column, "realisasi_kinerja")
    }


def _reached_of_target(
    everything: Mapping[int, Meaning], column: int, before: dict[int, Meaning], header: Header
) -> Meaning:
    """*Realisasi (%)* right of a target is what was reached, in percent, where nothing else is; no share of it."""
    what = everything[column]
    if what.role != "share" or _last_measured(before) != "target":
        return what
    named = concepts(plain(header.paths)[column][-1])
    other = any(o.role in ("realisasi", "realisasi_kinerja") and o.period == what.period for o in everything.values())
    if "realisasi" not in named or named & {"capaian", "tingkat"} or other:
        return what
    return replace(what, role="realisasi_kinerja", measure=MEASURES["realisasi_kinerja"])


def _follows_parts(before: dict[int, Meaning], amounts: bool) -> bool:
    """Whether the figures right before are results of months or quarters: then a Jumlah adds them up.

    ``amounts``: of those in rupiah; else of those in the indicator's own satuan.
    """
    role, measure = ("realisasi", Measure.AMOUNT) if amounts else ("realisasi_kinerja", Measure.QUANTITY)
    alike = (what for what in reversed(before.values()) if MEASURES.get(what.role) is measure)
    last = list(islice(alike, 2))
    return len(last) == 2 and all(b.role == role and re.match(r"(bln|tw|smt)\d", b.period) for b in last)


def _beyond_percent(size: Decimal | None) -> bool:
    """Whether figures are too large for percentages: *Serapan* then is the amount that was spent."""
    return size is not None and size >= _AMOUNT_SIZE


def _small(size: Decimal | None, what: Meaning) -> bool:
    return size is not None and size * what.unit <= 1_000


def _has_target(everything: Mapping[int, Meaning]) -> bool:
    return any(other.role in ("target", "capaian") for other in everything.values())


def _only_budget(last: str, everything: Mapping[int, Meaning]) -> bool:
    """Whether a column stands right of sisa in a table that measures no performance."""
    return last == "sisa" and not any(o.role in ("target", "realisasi_kinerja") for o in everything.values())


def has_other(everything: Mapping[int, Meaning], column: int, role: str) -> bool:
    """Whether another column has the role."""
    return any(other.role == role for c, other in everything.items() if c != column)


def _skip_numbers(
    settled: dict[int, Meaning], header: Header, text_lengths: Mapping[int, int], spacers: Collection[int]
) -> None:
    """A heading over a narrow number column and the text itself: the column with the longer texts is meant."""
    for column in sorted(settled):
        what = settled[column]
        beside = next(c for c in count(column + 1) if c not in spacers)
        if what.measure is not Measure.TEXT or what.role in ("no", "kode", "satuan") or beside in header.paths:
            _only_numbers(settled, column, beside, text_lengths)
            same = beside in settled and header.paths.get(column) == header.paths.get(beside)
            if not same or what.measure is not Measure.TEXT:
                continue
        own, following = text_lengths.get(column, 0), text_lengths.get(beside, 0)
        if what.role == "kode" and following <= _NUMBER_LENGTH:
            continue  # a code spread over several columns, a part in each
        if following > own and own <= _NUMBER_LENGTH:
            settled[beside] = what
            settled[column] = replace(what, role="no")
        elif following <= _NUMBER_LENGTH and header.paths.get(column) == header.paths.get(beside, ()):
            settled[beside] = replace(what, role="no")


def _drop_signs(settled: dict[int, Meaning], header: Header, sizes: Mapping[int, Decimal | None]) -> None:
    """Of neighbours under one heading, those without numbers hold but the sign Rp, or are covered by a merge."""
    for column in sorted(settled):
        own = header.paths.get(column)
        if settled[column].measure is Measure.TEXT or not own or sizes.get(column) is not None:
            continue
        if any(sizes.get(other) is not None and header.paths.get(other) == own for other in (column - 1, column + 1)):
            del settled[column]


def _only_numbers(settled: dict[int, Meaning], column: int, beside: int, text_lengths: Mapping[int, int]) -> None:
    """A column of names that holds but short numbers, beside one of names: it numbers these."""
    what, other = settled[column], settled.get(beside)
    named = what.role in _ACTIVITIES and other is not None and other.role in _ACTIVITIES
    if named and 0 < text_lengths.get(column, 0) <= _SHORT_NUMBER < text_lengths.get(beside, 0):
        settled[column] = replace(what, role="no")


def _neither_planned_nor_spent(settled: dict[int, Meaning], header: Header) -> None:
    """*Belanja Pegawai | Belanja Modal | Jumlah Belanja*: kinds of belanja, of which the title knows what they tell."""
    own = {column for column, what in settled.items() if what.role in ("pagu", "realisasi")}
    named = {column: " ".join(header.paths.get(column, ())) for column in own}
    if len(own) < _FEWEST_KINDS or any(
        settled[c].role != "pagu" or "belanja" not in words(text) or set(words(text)) & _SAYS_WHICH
        for c, text in named.items()
    ):
        return
    if len({part_of(header.paths[column], amounts=True) for column in own}) < _FEWEST_KINDS:
        return
    for column in own:
        settled[column] = replace(settled[column], role="jumlah")


def _parts(settled: Mapping[int, Meaning], header: Header) -> dict[int, str]:
    """What tells columns of one role and period apart, where several are told apart so."""
    own: dict[int, str] = {}
    beside: dict[tuple[str, str], set[str]] = {}
    for column, what in settled.items():
        if what.measure is not Measure.TEXT:
            own[column] = part_of(header.paths.get(column, ()), what.measure is Measure.AMOUNT)
            beside.setdefault((what.role, what.period), set()).add(own[column])
    known = {part for parts in beside.values() if len(parts) > 1 for part in parts}
    named = {word for part in known for word in part.split()}
    for column in own:
        if settled[column].role in _SHARES:
            full = part_of(header.paths.get(column, ()), amounts=True)
            own[column] = " ".join(word for word in full.split() if word in named)
    return {column: part for column, part in own.items() if part in known}


def _named(settled: Mapping[int, Meaning], header: Header) -> dict[str, Column]:
    years = {
        what.period
        for what in settled.values()
        if what.measure is not Measure.TEXT and what.period and what.role != "target_akhir_renstra"
    }
    parts = {} if header.told is not None else _parts(settled, header)
    columns: dict[str, Column] = {}
    times: dict[str, int] = {}
    for column in sorted(settled, key=lambda c: (bool(parts.get(c)), c)):
        what = settled[column]
        name = stem = _name(what, several=len(years) > 1)
        while name in columns:
            times[stem] = times.get(stem, 1) + 1
            name = f"{stem}_{times[stem]}"
        measure = what.measure or Measure.TEXT
        period = "" if measure is Measure.TEXT else what.period
        part = parts.get(column, "")
        columns[name] = Column(name, what.role, measure, column, header.heading(column), period, what.unit, part)
    return dict(sorted(columns.items(), key=lambda named: named[1].column))


def _name(what: Meaning, several: bool) -> str:
    if what.measure is Measure.TEXT or not what.period or not several or what.role == "target_akhir_renstra":
        return what.role
    stem = "realisasi" if what.role == "realisasi_kinerja" and what.period.isdigit() else what.role
    return f"{stem}_{what.period}"
