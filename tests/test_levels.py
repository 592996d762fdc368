"""The hierarchy of rows: from columns, codes, numbering, words, looks, or else the sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from draw import draw
from hypothesis import given, settings
from hypothesis import strategies as st

from xlaudit.model import Workbook
from xlaudit.reading.find import find_tables
from xlaudit.reading.levels import assign
from xlaudit.reading.levelways import children_of, parents_of
from xlaudit.reading.lines import no_fields
from xlaudit.reading.rawcolumns import RawRows
from xlaudit.reading.special import special_level, worded
from xlaudit.tables import Level, State, Table

HEADER = "| No | Program/Kegiatan | Pagu (Rp) | Realisasi (Rp) |"
SHAPE = [0, 1, 2, 2, 1, 2, 0, 1, 2]
"""Two programs; the first with two kegiatan."""
PAGU = [600, 300, 100, 200, 300, 300, 150, 150, 150]
WORDS = ("Program", "Kegiatan", "Sub Kegiatan")


def only(text: str | Workbook) -> Table:
    [table] = find_tables(draw(text).workbook if isinstance(text, str) else text)
    return table


def depths(table: Table) -> list[int | None]:
    return [row.depth for row in table.rows]


def budget(numbers: list[str], names: list[str], header: str = HEADER, total: bool = True) -> str:
    lines = [header]
    for number, name, amount in zip(numbers, names, PAGU, strict=True):
        lines.append(f"| {number} | {name} | {amount}000000 | {amount * 9}00000 |")
    if total:
        lines.append("| Jumlah | | 750000000 | 675000000 |")
    return "\n".join(lines)


def names(prefixed: bool = False) -> list[str]:
    return [f"{WORDS[depth] if prefixed else 'Uraian'} {n}" for n, depth in enumerate(SHAPE)]


NUMBERINGS = {
    "Roman, letters, numbers": ["I", "A", "1", "2", "B", "1", "II", "A", "1"],
    "Roman with points": ["I.", "A.", "1.", "2.", "B.", "1.", "II.", "A.", "1."],
    "letters, numbers, small letters": ["A", "1", "a", "b", "2", "a", "B", "1", "a"],
    "numbers, letters, parentheses": ["1", "a.", "1)", "2)", "b.", "1)", "2", "a.", "1)"],
    "dotted": ["1", "1.1", "1.1.1", "1.1.2", "1.2", "1.2.1", "2", "2.1", "2.1.1"],
    "dotted, ended by points": ["1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "1.2.1.", "2.", "2.1.", "2.1.1."],
    "as text": ["'1", "'1.1", "'1.1.1", "'1.1.2", "'1.2", "'1.2.1", "'2", "'2.1", "'2.1.1"],
}


@pytest.mark.parametrize("numbers", NUMBERINGS.values(), ids=NUMBERINGS)
def test_numbering(numbers: list[str]) -> None:
    table = only(budget(numbers, names()))
    assert depths(table) == [*SHAPE, None]
    assert table.rows[-1].level is Level.TOTAL
    assert [row.parent for row in table.rows] == [None, 0, 1, 1, 0, 4, None, 6, 7, None]


def test_codes() -> None:
    codes = [
        "1.06.01", "1.06.01.2.01", "1.06.01.2.01.0001", "1.06.01.2.01.0002", "1.06.01.2.02", "1.06.01.2.02.0001",
        "1.06.02", "1.06.02.2.01", "1.06.02.2.01.0001",
    ]  # fmt: skip
    table = only(budget(codes, names(), HEADER.replace("No", "Kode Rekening")))
    assert depths(table) == [*SHAPE, None] and table.levels_from == "code"
    assert [row.code for row in table.rows[:-1]] == codes


def test_a_row_whose_code_belongs_to_no_row_above_is_an_orphan() -> None:
    table = only("""
        | Kode | Uraian | Pagu | Realisasi |
        | 1.06.01 | Program satu | 300000000 | 290000000 |
        | 1.06.01.2.01 | Kegiatan satu | 300000000 | 290000000 |
        | 1.06.02.2.01 | Kegiatan program lain | 50000000 | 40000000 |
    """)
    assert [row.orphan for row in table.rows] == [False, False, True]
    assert table.rows[2].parent is None


@pytest.mark.parametrize("repeated", [True, False])
def test_a_code_spread_over_columns(repeated: bool) -> None:
    """Each row with its whole code, or only with the part that is new."""
    codes = ["5 | | |", "5 | 1 | |", "5 | 1 | 01 |", "5 | 1 | 01 | 01", "5 | 1 | 01 | 02", "5 | 2 | |", "5 | 2 | 02 |"]
    if not repeated:
        codes = ["5 | | |", "| 1 | |", "| | 01 |", "| | | 01", "| | | 02", "| 2 | |", "| | 02 |"]
    amounts = [900, 600, 600, 400, 200, 300, 300]
    lines = "\n".join(
        f"| {code} | Belanja {'abcdefg'[n]} | {amounts[n]}000000 | {amounts[n]}000000 |" for n, code in enumerate(codes)
    )
    header = "| Kode Rekening | < | < | < | Uraian | Anggaran (Rp) | Realisasi (Rp) |\n"
    assert depths(only(header + lines)) == [0, 1, 2, 3, 3, 1, 2]


def test_wording() -> None:
    table = only(budget([""] * 9, names(prefixed=True)))
    assert depths(table) == [*SHAPE, None]
    assert [row.level.value for row in table.rows[:3]] == ["program", "kegiatan", "sub_kegiatan"]


def test_a_row_without_a_name_continues_the_row_above() -> None:
    table = only("""
        | No | Program | Anggaran | Keterangan |
        | 1 | Program Satu | 475000000 | APBD |
        | | | 500000000 | P-APBD |
        | 2 | Program Dua | 300000000 | APBD |
        | | | 300000000 | P-APBD |
    """)
    assert depths(table) == [0, 0, 0, 0]


def test_a_word_right_of_the_names_is_no_name() -> None:
    table = only("""
        | No | Program | Sumber Dana | Pagu (Rp) | Realisasi (Rp) |
        | 1 | Program Satu | DAU | 100000000 | 90000000 |
        | | | DAK | 50000000 | 45000000 |
        | Jumlah | | | 150000000 | 135000000 |
    """)
    assert [(row.label, row.depth) for row in table.rows] == [("Program Satu", 0), ("", 0), ("Jumlah", None)]


def test_indentation() -> None:
    looks = [f"{name} as indent {depth}" if depth else name for name, depth in zip(names(), SHAPE, strict=True)]
    table = only(budget([""] * 9, looks))
    assert depths(table) == [*SHAPE, None] and table.levels_from == "indent"


def test_bold_type() -> None:
    looks = ["Belanja pegawai as bold", "Gaji", "Tunjangan", "Belanja barang as bold", "Kertas"]
    amounts = [300, 100, 200, 50, 50]
    lines = [f"| | {name} | {amount}000000 | 0 |" for name, amount in zip(looks, amounts, strict=True)]
    table = only("\n".join([HEADER, *lines]))
    assert depths(table) == [0, 1, 1, 0, 1] and table.levels_from == "bold"


def test_capitals() -> None:
    labels = ["BELANJA PEGAWAI", "Gaji", "Tunjangan", "BELANJA BARANG", "Kertas"]
    amounts = [300, 100, 200, 50, 50]
    lines = [f"| | {name} | {amount}000000 | 0 |" for name, amount in zip(labels, amounts, strict=True)]
    assert depths(only("\n".join([HEADER, *lines]))) == [0, 1, 1, 0, 1]


def test_outline_levels() -> None:
    workbook = draw(budget([""] * 9, names())).workbook
    outline = {row: depth for row, depth in enumerate(SHAPE, start=2) if depth}
    object.__setattr__(workbook.sheets[0], "outline", outline)
    table = only(workbook)
    assert depths(table) == [*SHAPE, None] and table.levels_from == "outline"


def test_where_nothing_is_written_the_sums_decide_and_the_table_says_so() -> None:
    table = only(budget([""] * 9, names()))
    assert [d for d in depths(table) if d is not None][:6] == SHAPE[:6]
    assert table.levels_from == "sums"
    assert any("penjumlahan" in remark.id for remark in table.remarks)


def test_where_two_ways_disagree_the_sums_decide() -> None:
    """All rows are numbered 1, 2, 3 in one run, but the words tell programs from kegiatan."""
    table = only("""
        | No | Uraian | Pagu | Realisasi |
        | 1 | Program Satu | 300000000 | 290000000 |
        | 2 | Kegiatan Satu | 100000000 | 95000000 |
        | 3 | Kegiatan Dua | 200000000 | 195000000 |
        | 4 | Program Dua | 50000000 | 40000000 |
        | 5 | Kegiatan Tiga | 50000000 | 40000000 |
    """)
    assert depths(table) == [0, 1, 1, 0, 1] and table.levels_from == "wording"


def test_one_wrong_sum_does_not_flatten_the_table() -> None:
    spoiled = budget(NUMBERINGS["dotted"], names()).replace("| 600000000 |", "| 601000000 |")
    table = only(spoiled)
    assert depths(table) == [*SHAPE, None]
    assert table.remarks == () or "tidak" in table.remarks[0].id


def test_two_equal_figures_are_no_sum() -> None:
    table = only("""
        | No | Uraian | Pagu |
        | 1 | Satu | 300000000 |
        | 2 | Dua | 300000000 |
        | 3 | Tiga | 100000000 |
    """)
    assert depths(table) == [0, 0, 0]


SEPARATE = """
    | Program | Kegiatan | Sub Kegiatan | Pagu | Realisasi |
    | Program Satu | | | 300000000 | 290000000 |
    | | Kegiatan Satu | | 300000000 | 290000000 |
    | | | Sub satu | 100000000 | 95000000 |
    | | | Sub dua | 200000000 | 195000000 |
    | Program Dua | | | 50000000 | 40000000 |
"""


def test_separate_columns() -> None:
    table = only(SEPARATE)
    assert [row.level.value for row in table.rows] == [
        "program", "kegiatan", "sub_kegiatan", "sub_kegiatan", "program",
    ]  # fmt: skip
    assert table.levels_from == "columns"
    assert table.rows[3].label == "Sub dua" and table.rows[3].texts["kegiatan"] == "Kegiatan Satu"


def test_separate_columns_filled_in_every_row() -> None:
    table = only("""
        | Program | Kegiatan | Sub Kegiatan | Pagu | Realisasi |
        | Program Satu | Kegiatan Satu | Sub satu | 100000000 | 95000000 |
        | ^ | ^ | Sub dua | 200000000 | 195000000 |
        | | Kegiatan Dua | Sub tiga | 50000000 | 40000000 |
    """)
    assert {row.level for row in table.rows} == {Level.SUB_KEGIATAN}
    assert depths(table) == [0, 0, 0]
    assert [row.texts["kegiatan"] for row in table.rows] == ["Kegiatan Satu", "Kegiatan Satu", "Kegiatan Dua"]
    assert {row.texts["program"] for row in table.rows} == {"Program Satu"}


@pytest.mark.parametrize("position", [1, -1], ids=["above", "below"])
def test_a_total_above_or_below(position: int) -> None:
    lines = budget(NUMBERINGS["dotted"], names(), total=False).splitlines()
    total = "| | JUMLAH | 750000000 | 675000000 |"
    lines = [lines[0], total, *lines[1:]] if position == 1 else [*lines, total]
    table = only("\n".join(lines))
    assert [row.number for row in table.rows if row.level is Level.TOTAL] == [2 if position == 1 else 11]
    assert [d for d in depths(table) if d is not None] == SHAPE
    assert [row.depth for row in table.top_rows()] == [0, 0]


def test_the_office_at_the_head_of_its_programs_is_a_total() -> None:
    lines = [
        "| Program/Kegiatan | Pagu (Rp) | Realisasi (Rp) |",
        "| Dinas Sosial | 500500000 | 460000000 |",
        "| Program Satu | 300000000 | 290000000 |",
        "| Kegiatan Satu | 300000000 | 290000000 |",
        "| Program Dua | 200000000 | 170000000 |",
    ]
    table = only("\n".join(lines))
    assert depths(table) == [None, 0, 1, 0] and table.rows[0].level is Level.TOTAL
    sibling = [lines[0], "| Penunjang urusan | 900000000 | 800000000 |", *lines[2:]]
    assert only("\n".join(sibling)).rows[0].level is not Level.TOTAL


def test_rows_of_a_column_headed_program_are_programs() -> None:
    table = only("""
        | No | Program | Pagu (Rp) | Realisasi (Rp) |
        | 1 | Rehabilitasi Sosial | 300000000 | 290000000 |
        | 2 | Penanganan Bencana | 200000000 | 170000000 |
    """)
    assert {row.level for row in table.rows} == {Level.PROGRAM}


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Perjanjian Kinerja Sebelum Perubahan Tahun 2024", "sebelum"),
        ("Perjanjian Kinerja Perubahan Tahun 2024", "setelah"),
        ("Perjanjian Kinerja Tahun 2024", "awal"),
        ("Anggaran Murni", "sebelum"),
        ("Daftar Anggaran", ""),
    ],
)
def test_the_stage_of_an_agreement_stands_in_its_title(title: str, stage: str) -> None:
    assert only(f"{title}\n| No | Program | Anggaran |\n| 1 | Program Satu | 300000000 |").stage == stage


def test_subtotals_are_totals_and_not_children() -> None:
    table = only("""
        | No | Uraian | Pagu | Realisasi |
        | A | Belanja Operasi | | |
        | 1 | Pegawai | 100000000 | 95000000 |
        | 2 | Barang | 200000000 | 195000000 |
        | | Sub Jumlah | 300000000 | 290000000 |
        | B | Belanja Modal | | |
        | 1 | Gedung | 50000000 | 40000000 |
        | | Sub Jumlah | 50000000 | 40000000 |
        | | Total | 350000000 | 330000000 |
    """)
    assert [row.number for row in table.rows if row.level is Level.TOTAL] == [5, 8, 9]


@pytest.mark.parametrize(
    ("label", "has_amount", "after_total", "level"),
    [
        ("Jumlah", True, False, Level.TOTAL),
        ("JUMLAH TOTAL", True, False, Level.TOTAL),
        ("T O T A L", True, False, Level.TOTAL),
        ("Grand Total", True, False, Level.TOTAL),
        ("Sub Total", True, False, Level.TOTAL),
        ("Jml.", True, False, Level.TOTAL),
        ("Total Anggaran Program", True, False, Level.TOTAL),
        ("Jumlah Belanja", True, False, Level.TOTAL),
        ("Jumlah dokumen yang tersusun", False, False, None),
        ("Jumlah penduduk miskin", True, False, None),
        ("Total Quality Management", False, False, None),
        ("Rata-rata", False, False, Level.MEAN),
        ("Rata - rata capaian", False, False, Level.MEAN),
        ("Capaian rata-rata", False, False, Level.MEAN),
        ("Capaian Kinerja", False, False, Level.MEAN),
        ("Capaian kinerja pelayanan publik", False, False, None),
        ("Persentase realisasi", True, True, Level.RATIO),
        ("Persentase realisasi", True, False, None),
        ("Termasuk belanja hibah", True, False, Level.DETAIL),
        ("Surplus/(Defisit)", True, False, Level.DETAIL),
        ("Pembiayaan neto", True, False, Level.DETAIL),
        ("Predikat", False, False, Level.NOTE),
        ("Program Satu", True, False, None),
        ("", True, False, None),
    ],
)
def test_labels_that_mark_a_special_row(label: str, has_amount: bool, after_total: bool, level: Level | None) -> None:
    assert special_level(label, has_amount, after_total) is level


PIECES = (
    "Jumlah", "jml.", "TOTAL", "t o t a l", "Rata-rata", "persyaratan", "Capaian", "termasuk", "di antaranya",
    "Program", "Penyediaan", "%", "-", "(", "–", "é", "1", "silpa", "Sub", "T", "predikat", "realisasi", "\n", " ",
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join), max_size=12))
def test_what_is_told_of_many_labels_at_once_is_what_is_told_of_each(labels: list[str]) -> None:
    found = worded(labels)
    assert found == {place for place, label in enumerate(labels) if worded([label])}
    assert found >= {place for place, label in enumerate(labels) if special_level(label, True, True)}


def test_most_labels_need_no_second_look() -> None:
    assert worded(["Program Satu", "Penyediaan Layanan", "1.1", "", "Jumlah", "– rerata"]) == {4, 5}


def test_an_indicator_that_begins_with_jumlah_is_no_total() -> None:
    table = only("""
        | No | Indikator Kinerja | Target | Realisasi | Capaian |
        | 1 | Jumlah dokumen perencanaan | 10 | 9 | 90 |
        | 2 | Jumlah laporan | 12 | 12 | 100 |
        | | Rata-rata | | | 95 |
    """)
    assert [row.level for row in table.rows] == [Level.ITEM, Level.ITEM, Level.MEAN]


def test_heading_rows_without_figures_carry_no_depth() -> None:
    table = only("""
        | No | Uraian | Pagu | Realisasi |
        | | Urusan Sosial | | |
        | 1 | Program Satu | 100000000 | 95000000 |
        | 2 | Program Dua | 200000000 | 195000000 |
    """)
    assert [row.depth for row in table.rows] == [None, 0, 0] and table.rows[0].level is Level.NOTE


@settings(max_examples=200)
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), max_size=25))
def test_parents_stand_above_and_higher_and_nothing_between_is_as_high(found: list[int | None]) -> None:
    for index, parent in enumerate(parents_of(found)):
        mine = found[index]
        if parent is None:
            assert mine is None or all(d is None or d >= mine for d in found[:index])
            continue
        assert mine is not None
        theirs = found[parent]
        assert parent < index and theirs is not None and theirs < mine
        assert all(d is None or d >= mine for d in found[parent + 1 : index])


def raw(codes: list[str], amounts: list[Decimal | None]) -> RawRows:
    """Rows of which codes and amounts are known and nothing else."""
    count = len(codes)
    kinds = [State.TEXT if amount is None else State.NUMBER for amount in amounts]
    return RawRows(
        labels=[f"Belanja {n}" for n in range(count)],
        numbers=[""] * count,
        codes=codes,
        column_ranks=[None] * count,
        steps=[0] * count,
        outlines=[0] * count,
        amounts={"pagu": amounts},
        kinds=[kinds],
        measured=[],
        grouped=False,
        named_in=[0] * count,
        astray=set(),
        fields=lambda _: no_fields(count),
        formats=(),
    )


@pytest.mark.parametrize(
    ("codes", "depths"),
    [
        (["5.1", "5.1.01", "5.1.02", "5.2", "5.2.01"], [0, 1, 1, 0, 1]),
        (["5.1.00", "5.1.01", "5.1.02", "5.2.00", "5.2.01"], [0, 1, 1, 0, 1]),
        (["10601", "1060101", "1060102", "10602", "1060201"], [0, 1, 1, 0, 1]),
        (["1.A", "1.A.x", "1.A.y", "2.B", "2.B.\n1"], [0, 1, 1, 0, 1]),
        (["5–1", "5–1–01", "5–1–02", "5–2", "5–2–01"], [0, 1, 1, 0, 1]),
    ],
    ids=["parts", "zeros that fill", "digits", "letters and a line break", "long dashes"],
)
def test_how_far_down_a_code_reaches(codes: list[str], depths: list[int]) -> None:
    assert assign(raw(codes, [Decimal(n) for n in (3, 1, 2, 4, 4)])).depths == depths


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(1, 3), st.one_of(st.none(), st.integers(0, 3))), min_size=1, max_size=20))
def test_the_parents_that_are_no_sum_are_those_that_adding_up_finds(drawn: list[tuple[int, int | None]]) -> None:
    rows = raw(
        [".".join(["1"] * depth) for depth, _ in drawn],
        [None if amount is None else Decimal(amount) for _, amount in drawn],
    )
    levels = assign(rows)
    assert levels.parents == parents_of(levels.depths) and levels.children == children_of(levels.parents)
    amounts, off, fit = rows.amounts["pagu"], [], 0
    for parent in dict.fromkeys(found for found in levels.parents if found is not None):
        below = [amounts[row] for row, above in enumerate(levels.parents) if above == parent]
        known = [amount for amount in below if amount is not None]
        if known and amounts[parent] is not None:
            fit += sum(known) == amounts[parent]
            off += [parent] if sum(known) != amounts[parent] else []
    assert (levels.fit, levels.misfit, levels.off) == (fit, len(off), {"pagu": off})


SCHEMES = st.sampled_from(["dotted", "Roman", "code", "words", "indent"])
ROMAN = ["I", "II", "III", "IV", "V", "VI"]


@st.composite
def trees(draw_: st.DrawFn) -> tuple[str, list[int]]:
    """A consistent budget of two or three levels under a scheme, with the depths that were drawn."""
    scheme = draw_(SCHEMES)
    kegiatan = draw_(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=4))
    lines = [HEADER.replace("No", "Kode") if scheme == "code" else HEADER]
    wanted: list[int] = []

    def row(path: tuple[int, ...], amount: int) -> None:
        depth = len(path) - 1
        marks = {
            "dotted": ".".join(map(str, path)),
            "Roman": (ROMAN[path[0] - 1], chr(64 + path[-1]), str(path[-1]))[depth],
            "code": "1.06." + ".".join(f"{part:02d}" for part in path),
        }
        name = f"{WORDS[depth]} uraian {amount}" if scheme == "words" else f"Uraian {amount}"
        look = f" as indent {depth}" if scheme == "indent" and depth else ""
        lines.append(f"| {marks.get(scheme, '')} | {name}{look} | {amount}000000 | {amount * 9}00000 |")
        wanted.append(depth)

    for p, program in enumerate(kegiatan, start=1):
        parts = [[draw_(st.integers(11, 99)) for _ in range(count)] for count in program]
        row((p,), sum(map(sum, parts)))
        for k, part in enumerate(parts, start=1):
            row((p, k), sum(part))
            for s, amount in enumerate(part, start=1):
                row((p, k, s), amount)
    return "\n".join(lines), wanted


@settings(max_examples=120)
@given(trees())
def test_a_consistent_tree_is_read_under_every_scheme(tree: tuple[str, list[int]]) -> None:
    text, wanted = tree
    assert depths(only(text)) == wanted


def test_codes_that_nest_decide_whatever_names_and_sums_say() -> None:
    """A sub kegiatan that does not call itself one, below one that does, in a kegiatan whose sum is off."""
    table = only(
        """
        | Kode | Program/Kegiatan | Pagu (Rp) | Realisasi (Rp) |
        | 1.06.01 | Program Pelayanan | 900000000 | 810000000 |
        | 1.06.01.2.01 | Kegiatan Pelayanan | 900000000 | 810000000 |
        | 1.06.01.2.01.0001 | Sub Kegiatan Penyediaan | 300000000 | 270000000 |
        | 1.06.01.2.01.0002 | Pengadaan baru | 300000000 | 270000000 |
        """
    )
    assert depths(table) == [0, 1, 2, 2] and table.levels_from == "code"
