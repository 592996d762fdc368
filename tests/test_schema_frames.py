"""Tables as frames, the pandera model of each kind, and the light gate before it: the two never disagree."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest
from draw import book
from hypothesis import given, settings
from hypothesis import strategies as st

from xlaudit.schemas import contents, frames
from xlaudit.schemas.contents import Constraint, meant, state_word
from xlaudit.schemas.gate import may_fail
from xlaudit.schemas.kinds import KINDS
from xlaudit.tables import Figure, Measure, State, Table
from xlaudit.texts import Text

SOUND = """
    | Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % | Ket |
    | Program Satu | 120000000 | 118000000 | 98.33 | baik |
    | Program Dua | 80000000 | - | - | |
    | Program Tiga | 'Rp. 60.000.000,- | 57000000.50 | NA | |
"""


def only_table(text: str) -> Table:
    [table] = book(text).tables
    return table


def test_a_frame_holds_exact_figures_under_canonical_names() -> None:
    table = only_table(SOUND)
    found = frames.frame(table)
    assert list(found.columns) == [
        "level", "label", "program", "pagu", "pagu:state", "realisasi", "realisasi:state", "persen", "persen:state",
        "keterangan",
    ]  # fmt: skip
    assert found.index.tolist() == [2, 3, 4] and found.index.name == "row"
    assert found["pagu"].tolist() == [Decimal(120_000_000), Decimal(80_000_000), Decimal(60_000_000)]
    assert found["realisasi"].tolist() == [Decimal(118_000_000), None, Decimal("57000000.50")]
    assert found["realisasi:state"].tolist() == ["number", "nil", "number"]
    assert found["persen:state"].tolist() == ["number", "nil", "not_applicable"]
    assert found["keterangan"].tolist() == ["baik", "", ""]
    assert found.attrs == {"table": "t1", "kind": "realisasi_anggaran", "sheet": "Lembar"}


def test_a_frame_that_breaks_its_own_promise_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    table = only_table(SOUND)
    spoiled = frames.frame(table).assign(pagu=[1.5, 2.5, 3.5])
    spoiled["pagu"] = spoiled["pagu"].astype(object)
    monkeypatch.setattr(frames, "frame", lambda table: spoiled)
    with pytest.raises(RuntimeError, match="is_exact"):
        frames.failures(table)


def test_failures_stand_at_rows_of_the_sheet() -> None:
    table = only_table(SOUND.replace("118000000", "-118000000").replace("NA", "#DIV/0!"))
    assert [(f.row, f.column, f.constraint.name) for f in frames.failures(table)] == [
        (2, "realisasi", "negative"),
        (4, "persen", "formula_error"),
    ]


def test_a_sound_table_does_not_fail() -> None:
    table = only_table(SOUND)
    assert not may_fail(table) and frames.failures(table) == []


def test_a_clean_audit_loads_no_pandas() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from draw import run\n"
        f"assert run('ST104', {SOUND!r}).made\n"
        "assert 'pandas' not in sys.modules and 'pandera' not in sys.modules\n"
        f"assert run('ST104', {SOUND.replace('NA', '#REF!')!r}).flags\n"
        "assert 'pandera' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=frames.__file__.rsplit("/", 3)[0])


NUMBERS = ["0", "12", "98.33", "120000000", "-5", "-40000000", "'1.234", "'12,5", "'(1.500.000)", "'Rp. 60.000.000,-"]
WORDS = ["-", "NA", "", "", "tidak ada", "APBD", "B (60-70)", "8.7106.000", "3 dokumen, 200 buah", "belum ada hasil"]
STRANGE = ["#DIV/0!", "#N/A", "'#REF!", "45658 as dd/mm/yyyy", "12.000 13.000", "=A1/B1 ->", "<", "^", "0.985 as 0.0%"]
CONTENT = st.sampled_from([*NUMBERS, *NUMBERS, *WORDS, *STRANGE])
LABEL = st.sampled_from(["Program Satu", "Kegiatan dua", "Surplus/Defisit", "Jumlah", "Rata-rata", "Predikat", ""])
CATEGORY = st.sampled_from(["Tinggi", "Tingi", "Sangat Tinggi", "BB", "", "#N/A", "Berhasil", "berhasll"])
HEADERS = st.sampled_from(
    [
        "| Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % | Kategori |",
        "| Indikator Kinerja | Target | Realisasi | Capaian (%) | Kategori |",
        "| Sasaran | Target | Pagu Anggaran | Realisasi Anggaran | Predikat |",
        "| Indikator Kinerja | Capaian Kinerja (%) | Penyerapan Anggaran (%) | Tingkat Efisiensi | Kategori |",
        "| Indikator Kinerja | Realisasi 2023 | Realisasi 2024 | % Capaian | Keterangan |",
        "| Uraian | Jumlah | Selisih | Nilai | Kategori |",
    ]
)


@st.composite
def drawn_tables(draw: st.DrawFn) -> list[Table]:
    lines = [draw(HEADERS)]
    for _ in range(draw(st.integers(1, 6))):
        cells = [draw(LABEL), *(draw(CONTENT) for _ in range(3)), draw(CATEGORY)]
        lines.append("| " + " | ".join(cells) + " |")
    lines = [line.replace("^", "") if at == 1 else line for at, line in enumerate(lines)]
    return list(book("\n".join(lines)).tables)


@settings(max_examples=150)
@given(drawn_tables())
def test_the_gate_and_the_model_agree(tables: list[Table]) -> None:
    for table in tables:
        assert may_fail(table) == bool(frames.failures(table))


def test_both_answers_occur() -> None:
    """Guards the property above against tables that never fail, or always do."""
    header = "| Program | Pagu Anggaran (Rp) | Realisasi Anggaran (Rp) | % | Kategori |\n"
    row = "| Program Satu | 12000000 | {} | 12 | |"
    assert not may_fail(only_table(header + row.format(5000000)))
    assert may_fail(only_table(header + row.format("#REF!")))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_constraint_is_declared_once_and_speaks_both_languages(kind: object) -> None:
    constraints: tuple[Constraint, ...] = kind.constraints  # type: ignore[attr-defined]
    keys = [(constraint.name, role) for constraint in constraints for role in constraint.roles]
    assert len(keys) == len(set(keys))
    for constraint in constraints:
        for text in (constraint.message, constraint.advice):
            assert isinstance(text, Text) and text.id != text.en and text.id.endswith((".", "”."))


def test_models_of_all_kinds_can_be_built() -> None:
    table = only_table(SOUND)
    for kind in KINDS.values():
        model = frames.model(kind, table)
        assert model.name == kind.name
        assert set(model.columns) == set(frames.frame(table).columns)


@pytest.mark.parametrize(
    ("state", "text", "merged", "word"),
    [
        (State.NUMBER, "12", False, "number"),
        (State.BLANK, "", False, "blank"),
        (State.BLANK, "", True, "covered"),
        (State.TEXT, "#REF!", False, "error"),
        (State.TEXT, "Tidak ada anggaran", False, "excused"),
        (State.TEXT, "(belum terealisasi)", False, "excused"),
        (State.TEXT, "APBD", False, "text"),
        (State.NIL, "-", False, "nil"),
    ],
)
def test_words_for_states(state: State, text: str, merged: bool, word: str) -> None:
    assert state_word(Figure(1, 1, state, text, from_merge=merged)) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Sangat Tingi", "Sangat Tinggi"),
        ("Berhasl", "Berhasil"),
        ("SANGAT  BERHASlL", "Sangat Berhasil"),
        ("Sangat Tinggi", ""),
        ("Sang at Tinggi", ""),
        ("BB", ""),
        ("Baiq", ""),
        ("Efisien", ""),
        ("", ""),
    ],
)
def test_a_category_one_letter_off(text: str, word: str) -> None:
    assert meant(text) == word


def test_measures_of_constraints() -> None:
    """Texts among quantities are never told: a target may be qualitative."""
    quantities = {role for role, measure in contents.MEASURES.items() if measure is Measure.QUANTITY}
    for kind in KINDS.values():
        for constraint in kind.constraints:
            assert State.TEXT.value not in constraint.states or not quantities & set(constraint.roles)
