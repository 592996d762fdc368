"""What a reader of the report should know of how a table was read."""

from __future__ import annotations

from xlaudit.reading.levels import Levels
from xlaudit.reading.rows import Body
from xlaudit.texts import Text


def remarks_on(levels: Levels, body: Body, guessed: bool) -> tuple[Text, ...]:
    """How sure the levels are, what was passed over, and whether the columns had to be told by their contents."""
    remarks: list[Text] = []
    if guessed:
        remarks.append(
            Text(
                "Tabel ini tidak mempunyai judul kolom; kolomnya ditetapkan dari isinya.",
                "This table has no column headings; its columns were told by their contents.",
            )
        )
    if levels.misfit > 0 and levels.rivals:
        remarks.append(
            Text(
                f"Tingkatan baris dibaca menurut {_WAY_NAMES[levels.way].id}: {levels.fit} induk cocok dengan jumlah "
                f"rinciannya, {levels.misfit} tidak.",
                f"Levels were read by {_WAY_NAMES[levels.way].en}: {levels.fit} parents are the sum of their children, "
                f"{levels.misfit} are not.",
            )
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
                f"{len(body.repeated)} baris judul kolom yang berulang dilewati.",
                f"{len(body.repeated)} repeated header rows were passed over.",
            )
        )
    return tuple(remarks)


_WAY_NAMES = {
    "columns": Text("kolom terpisah", "separate columns"),
    "code": Text("kode", "codes"),
    "numbering": Text("penomoran", "numbering"),
    "wording": Text("kata Program/Kegiatan/Sub Kegiatan", "the words Program/Kegiatan/Sub Kegiatan"),
    "outline": Text("kelompok baris (outline)", "outline levels"),
    "indent": Text("indentasi", "indentation"),
    "bold": Text("huruf tebal", "bold type"),
    "capitals": Text("huruf besar", "capitals"),
    "sums": Text("penjumlahan", "sums"),
    "flat": Text("satu tingkat", "one level"),
}
