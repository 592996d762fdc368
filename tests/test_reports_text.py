"""The report for people: order, folding, sums, and nothing that steers a terminal."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outcomes import SHEET, finding, full, quiet, rejected, table

from xlaudit import __version__
from xlaudit.findings import Place, Severity, Unjudged
from xlaudit.outcome import Outcome
from xlaudit.reports.formats import report_for
from xlaudit.reports.grouping import groups
from xlaudit.reports.text_report import FOLD_AFTER
from xlaudit.reports.words import WIDTH, wrapped
from xlaudit.texts import Language, Text, both, same


def text(*outcomes: Outcome, language: Language = "id", show_all: bool = False, colour: bool = False) -> str:
    return report_for("text", show_all=show_all, colour=colour).render(outcomes, language)


def test_one_workbook_in_full() -> None:
    """Read by eye: the whole page, as a person gets it."""
    assert text(full()) == FULL


def test_a_clean_workbook_says_what_was_checked_and_names_its_table() -> None:
    page = text(quiet())
    assert "Realisasi Anggaran · lembar Realisasi, A4:F61 · tanpa temuan" in page
    assert "10 pemeriksaan dilakukan: 0 kesalahan, 0 peringatan, 0 catatan." in page


def test_a_rejected_workbook_stands_in_the_report_with_its_sentence() -> None:
    page = text(rejected(), quiet())
    assert "TIDAK DIAUDIT: Berkas ini bukan buku kerja Excel." in page
    assert "Seluruhnya 2 buku kerja, 1 tidak diaudit" in page


def test_nothing_at_all_is_said_to_be_nothing() -> None:
    assert "Tidak ada yang diaudit." in text()


def test_worst_table_first_and_worst_finding_first() -> None:
    note = finding("B2", "AA001", severity=Severity.NOTE, table="t1")
    warning = finding("B3", "AA002", severity=Severity.WARNING, table="t2")
    error = finding("B4", "AA003", table="t2")
    outcome = Outcome("a.xlsx", tables=(table("t1"), table("t2")), findings=(note, warning, error))
    page = text(outcome)
    assert [page.index(code) for code in ("AA003", "AA002", "AA001")] == sorted(
        page.index(code) for code in ("AA001", "AA002", "AA003")
    )


def test_findings_alike_are_folded_and_counted() -> None:
    many = tuple(finding(f"C{row}") for row in range(10, 10 + FOLD_AFTER + 3))
    outcome = Outcome("a.xlsx", tables=(table(),), findings=(*many, finding("D5")))
    page = text(outcome)
    assert page.count("[RA101 ") == FOLD_AFTER + 1
    assert "dan 3 lagi dari aturan RA101 di kolom C (--all menampilkan semua)" in page
    assert f"{FOLD_AFTER + 4} kesalahan" in page
    everything = text(outcome, show_all=True)
    assert everything.count("[RA101 ") == FOLD_AFTER + 4
    assert "lagi" not in everything


def test_exactly_the_limit_is_not_folded() -> None:
    many = tuple(finding(f"C{row}") for row in range(10, 10 + FOLD_AFTER))
    assert "lagi" not in text(Outcome("a.xlsx", tables=(table(),), findings=many))


def test_a_cause_stands_once_with_what_it_explains_beneath() -> None:
    page = text(full())
    assert page.count("KESALAHAN C5") == 1
    assert page.index("PENYEBAB") < page.index("Menjelaskan 1 temuan") < page.index("KESALAHAN C5")
    assert page.index("KESALAHAN C5") < page.index("KESALAHAN F9")


def test_causes_alone() -> None:
    page = report_for("text", top=True).render([full(), quiet()], "id")
    known = full().diagnoses
    assert page.count("PENYEBAB") == len(known) > 0
    assert "[RA101 " not in page
    without = sum(1 for one in full().findings if one.diagnosis is None)
    assert f"{len(known)} penyebab. {without} temuan tanpa penyebab" in page
    assert "0 penyebab. 0 temuan" in page
    assert "1 cause. 4 findings have no known cause" in report_for("text", top=True).render([full()], "en")


def test_a_cause_in_another_sheet_names_the_sheet() -> None:
    outcome = full()
    far = outcome.diagnoses[0].repairs[0]._replace(place=Place("Lampiran", "B2"))
    diagnosis = outcome.diagnoses[0]._replace(repairs=(far,))
    assert "Lampiran!B2 75.000.000 → 175.000.000" in text(replace(outcome, diagnoses=(diagnosis,)))


def test_a_diagnosis_named_by_the_finding_alone_is_enough() -> None:
    outcome = full()
    diagnosis = outcome.diagnoses[0]._replace(explains=())
    caused = outcome.findings[2]._replace(diagnosis="d1")
    [group, _] = groups(replace(outcome, diagnoses=(diagnosis,), findings=(caused,)))
    assert [one.id for one in group.diagnoses[0].findings] == [caused.id]
    assert group.findings == ()


def test_findings_without_table_and_of_unknown_tables_are_not_lost() -> None:
    lost = finding("A1", "XX001", table=None), finding("A2", "XX002", table="t77")
    page = text(Outcome("a.xlsx", tables=(table(),), findings=lost))
    assert "XX001" in page and "XX002" in page
    assert f"{SHEET}!A1" in page


def test_reasons_are_grouped_the_most_frequent_first() -> None:
    blank, odd = both("Selnya kosong.", "Blank."), both("Tulisannya tidak terbaca.", "Unreadable.")
    ones = [Unjudged("RA101", Place(SHEET, "B1"), odd)]
    ones += [Unjudged("RA101", Place(SHEET, f"C{row}"), blank) for row in range(1, 10)]
    page = text(replace(quiet(), unjudged=tuple(ones)))
    assert "10 pemeriksaan tidak dapat dinilai" in page
    assert page.index("9 × Selnya kosong.") < page.index("1 × Tulisannya")
    assert "Realisasi!C6, …" in page


def test_crashes_of_ours_are_said_to_be_ours() -> None:
    assert "Aturan RA999 gagal karena kesalahan di dalam xlaudit" in text(full())


def test_english_counts_one_and_many() -> None:
    page = text(full(), language="en")
    assert "412 checks made: 2 errors, 1 warning, 1 note." in page
    assert "stated 722,400,000 · computed 822,400,000.5" in page


@pytest.mark.parametrize("colour", [False, True])
def test_colour_only_where_asked_for(colour: bool) -> None:
    assert ("\033[" in text(full(), rejected(), colour=colour)) is colour


def test_what_stands_in_a_file_cannot_steer_the_terminal() -> None:
    evil = "a\x1b[2Jb\u202ec\nd"
    spoiled = finding("C5", label=same(evil), message=same(evil), stated=evil, place=Place(evil, "C5"))
    outcome = Outcome(evil, tables=(table(title=evil),), findings=(spoiled,))
    for colour in (False, True):
        page = text(outcome, colour=colour)
        assert "\x1b[2J" not in page and "\u202e" not in page
        assert "a\ufffd[2Jb\ufffdc d" in page


def test_a_long_head_goes_on_in_the_next_line_with_its_rule_whole() -> None:
    long = finding("C5", label=same("Jumlah karang taruna yang dibina dan menerima bantuan " * 4 + "· Target"))
    lines = text(Outcome("a.xlsx", tables=(table(),), findings=(long,))).splitlines()
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if line.endswith("[RA101 program-total]")]


_WORDS = st.lists(st.one_of(st.text("ab-%", min_size=1, max_size=12), st.just("%"), st.just("x" * 120)), max_size=60)


@given(_WORDS, st.integers(0, 12), st.integers(0, 3))
def test_lines_are_filled_as_the_standard_library_fills_them(words: list[str], indent: int, hang: int) -> None:
    """``textwrap`` fills lines likewise, but for the sign of percentages, which stays with its number."""
    margin, text = " " * indent, " ".join(words)
    filled = textwrap.wrap(
        text.replace(" %", "\u00a0%"),
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin + " " * hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert wrapped(text, indent, hang) == [line.replace("\u00a0%", " %") for line in filled]


def test_reasons_that_differ_in_their_cells_only_are_told_once() -> None:
    reason = Text("the divisor in {cell} is zero")
    ones = tuple(Unjudged("RA103", Place(SHEET, f"D{n}"), reason.fill(cell=f"C{n}")) for n in (5, 6, 7))
    page = text(replace(quiet(), unjudged=ones), language="en")
    assert "3 × such as: the divisor in C5 is zero (Realisasi!D5, Realisasi!D6, Realisasi!D7)" in page
    assert "1 × the divisor" in text(replace(quiet(), unjudged=ones[:1]), language="en")


def test_tables_without_findings_stand_close() -> None:
    page = text(Outcome("a.xlsx", tables=(table(remarks=()), table("t2", range="A70:F80", remarks=()))))
    assert "A4:F61 · tanpa temuan\n  Realisasi Anggaran · lembar Realisasi, A70:F80 · tanpa temuan" in page


FULL = (
    f"xlaudit {__version__} · hasil audit\n"
    + """\

in/dinsos.xlsx
  Salinan bertanda: in/dinsos.audit.xlsx
  Templat: lkjip versi 1

  Realisasi Anggaran · lembar Realisasi, A4:F61
    Realisasi Anggaran Tahun 2024
    Tingkat dibaca dari kode.
    PENYEBAB (pasti)
      Angka 1 di depan hilang.
      Usul perbaikan: C8 75.000.000 → 175.000.000
      Menjelaskan 1 temuan:
        KESALAHAN C5 · PROGRAM REHABILITASI SOSIAL · Pagu · selisih -100.000.000,5
          [RA101 program-total]
    KESALAHAN F9 · PROGRAM REHABILITASI SOSIAL · Pagu [RA102 sisa]
      tertulis 722.400.000 · hasil hitung 822.400.000,5 · selisih -100.000.000,5
      Jumlah di F9 tidak sama.
      Tindak lanjut: Periksa kegiatannya.
    PERINGATAN D9 · PROGRAM REHABILITASI SOSIAL · Pagu [RA103 over-pagu]
      tertulis 722.400.000 · hasil hitung 822.400.000,5 · selisih -100.000.000,5
      Jumlah di D9 tidak sama.
      Tindak lanjut: Periksa kegiatannya.
    CATATAN E9 · PROGRAM REHABILITASI SOSIAL · Pagu [TR001 truncated]
      tertulis 92,02 · hasil hitung 822.400.000,5 · selisih -100.000.000,5
      Jumlah di E9 tidak sama.
      Tindak lanjut: Periksa kegiatannya.

  Pengukuran Kinerja · lembar Kinerja, A1:G9 · tanpa temuan
    Tingkat dibaca dari kode.

  Ringkasan
    412 pemeriksaan dilakukan: 2 kesalahan, 1 peringatan, 1 catatan.
    Dasar pemeriksaan:
      Batas atas capaian: tidak dibatasi (ditetapkan di Identitas!C10)
      Persentase: dibulatkan (terlihat dari angkanya)
    2 pemeriksaan tidak dapat dinilai:
      2 × Selnya kosong. (Realisasi!C9, Realisasi!C10)
    Lembar yang tidak diperiksa karena tabelnya tidak dikenali: Pegawai, SPM <2024>.
    Lembar “Rekap” tidak ada.
    Aturan RA999 gagal karena kesalahan di dalam xlaudit, bukan pada berkas Anda: ZeroDivisionError:
    x

Apa yang diperiksa sebuah aturan dan mengapa: xlaudit explain TR001
"""
)
