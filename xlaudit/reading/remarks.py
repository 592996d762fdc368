"""What a reader of the report should know of how a table was read."""

from __future__ import annotations

from xlaudit.reading.levels import Levels
from xlaudit.reading.rows import Body
from xlaudit.survey import Sure, Told
from xlaudit.tables import Table
from xlaudit.texts import Text, same


def remarks_on(levels: Levels, body: Body, guessed: bool, mapped: bool = False) -> tuple[Text, ...]:
    """How sure the levels are, what was passed over, and whether the columns were told by contents or a mapping."""
    remarks: list[Text] = []
    if mapped:
        remarks.append(MAPPED)
    if guessed:
        remarks.append(
            Text(
                "Judul kolom tabel ini tidak ada atau tidak dikenal; kolomnya ditetapkan dari isinya.",
                "This table has no column headings, or none that are known; its columns were told by their contents.",
            )
        )
    if levels.misfit > 0 and levels.rivals:
        remarks.append(
            Text(
                "Tingkatan baris dibaca menurut {way}: {fit} induk cocok dengan jumlah rinciannya, {misfit} tidak.",
                "Levels were read by {way}: {fit} parents are the sum of their children, {misfit} are not.",
            ).fill(way=_WAY_NAMES[levels.way], fit=levels.fit, misfit=levels.misfit)
        )
    elif levels.way == "sums":
        remarks.append(
            Text(
                "Tingkatan baris tidak tertulis; ditetapkan dari penjumlahan yang cocok.",
                "The levels are not written; they were settled by the sums that hold.",
            )
        )
    if body.repeated:
        remarks.append(
            Text(
                "{n} baris judul kolom yang berulang dilewati.", "{n} repeated header rows were passed over."
            ).fill(n=len(body.repeated))
        )
    return tuple(remarks)


def levels_told(table: Table) -> Told:
    """By what the levels of a table's rows were told, and how sure that is."""
    fit, misfit = table.levels_fit
    way = _WAY_NAMES.get(table.levels_from, same(table.levels_from))
    if not any(row.depth for row in table.rows):
        return Told(Sure.CERTAIN, Text("semua baris setingkat", "all rows are of one level"))
    if not fit and not misfit:
        untested = Text(
            "menurut {way}; tidak ada penjumlahan yang dapat mengujinya", "by {way}; there is no sum that could test it"
        )
        return Told(Sure.UNTESTED, untested.fill(way=way))
    sure = Sure.CERTAIN if not misfit else Sure.LIKELY if fit > misfit else Sure.DOUBTFUL
    sums = Text(
        "menurut {way}; {fit} dari {all} jumlah induk sama dengan jumlah rinciannya",
        "by {way}; {fit} of {all} parents' figures are the sum of their children",
    )
    return Told(sure, sums.fill(way=way, fit=fit, all=fit + misfit))


MAPPED = Text("Kolom tabel ini dibaca menurut pemetaan.", "This table's columns were read as the mapping says.")
_WAY_NAMES = {
    "columns": Text("kolom terpisah", "separate columns"),
    "code": Text("kode", "codes"),
    "numbering": Text("penomoran", "numbering"),
    "wording": Text("kata Program/Kegiatan/Sub Kegiatan", "the words Program/Kegiatan/Sub Kegiatan"),
    "outline": Text("kelompok baris (outline)", "outline levels"),
    "indent": Text("indentasi", "indentation"),
    "bold": Text("huruf tebal", "bold type"),
    "capitals": Text("huruf besar", "capitals"),
    "steps": Text("letak nama pada kolom", "the column in which the name stands"),
    "fill": Text("warna sel", "fill colours"),
    "looks": Text("gabungan huruf tebal, huruf besar, dan warna", "bold type, capitals and colours together"),
    "sums": Text("penjumlahan", "sums"),
    "map": Text("pemetaan", "the mapping"),
    "flat": Text("satu tingkat", "one level"),
}
