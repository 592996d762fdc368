"""Whose workbook it is: what its lines name outright, and nothing where they do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from draw import draw

from xlaudit.audit import audit_workbook
from xlaudit.identity import PERIODS, UNKNOWN, Identity
from xlaudit.reading.book import book_of, read_book
from xlaudit.templates import Content, write_template

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xlsx"))
TABLE = """| Uraian | Pagu | Realisasi |
| Program A | 100 | 90 |
| Program B | 200 | 90 |
"""


def of(*lines: str, name: str = "buku.xlsx", table: str = TABLE) -> Identity:
    """The identity of a sheet with these lines above a table."""
    workbook = replace(draw("\n".join([*lines, "", table])).workbook, path=name)
    found = book_of(workbook)
    assert found.tables
    return found.identity


def told(identity: Identity) -> tuple[str, str, int | None, str]:
    return identity.agency, identity.government, identity.year, identity.period


@pytest.mark.parametrize(
    ("line", "agency", "government", "year", "period"),
    [
        ("REALISASI ANGGARAN DINAS SOSIAL KABUPATEN CONTOH TAHUN 2024", "DINAS SOSIAL", "KABUPATEN CONTOH", 2024, ""),
        ("Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana Kota Contoh Jaya",
         "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana", "Kota Contoh Jaya", None, ""),
        ("Dinas Pekerjaan Umum dan Tata Kota", "Dinas Pekerjaan Umum dan Tata Kota", "", None, ""),
        ("Badan Keuangan Daerah Kab. Contoh T.A. 2023", "Badan Keuangan Daerah", "Kabupaten Contoh", 2023, ""),
        ("INSPEKTORAT KABUPATEN CONTOH", "INSPEKTORAT", "KABUPATEN CONTOH", None, ""),
        ("Kecamatan Contoh Timur Tahun Anggaran 2024", "Kecamatan Contoh Timur", "", 2024, ""),
        ("KECAMATAN KOTA LAMA KABUPATEN CONTOH", "KECAMATAN KOTA LAMA", "KABUPATEN CONTOH", None, ""),
        ("Kecamatan Kota Lama Kota Contoh", "Kecamatan Kota Lama", "Kota Contoh", None, ""),
        ("OPD : Bagian Organisasi", "Bagian Organisasi", "", None, ""),
        ("PEMERINTAH KABUPATEN CONTOH", "", "KABUPATEN CONTOH", None, ""),
        ("Realisasi s.d. Triwulan II Tahun 2024", "", "", 2024, "tw2"),
        ("Tahun 2024 (Triwulan I s.d. IV)", "", "", 2024, "tw4"),
        ("Triwulan I, II dan III", "", "", None, "tw3"),
        ("Semester I Tahun 2024", "", "", 2024, "smt1"),
    ],
)  # fmt: skip
def test_what_a_line_names(line: str, agency: str, government: str, year: int | None, period: str) -> None:
    assert told(of(line)) == (agency, government, year, period)


@pytest.mark.parametrize(
    "line",
    [
        "Realisasi Anggaran",
        "Sumber: Badan Pusat Statistik",
        "Sumber: Dinas Kesehatan Kabupaten Contoh, Tahun 2022",
        "Meningkatnya kerja sama dengan Dinas Kesehatan dalam layanan",
        "Kunjungan kerja ke Kota Lain untuk belajar",
        "Renstra Tahun 2021-2026",
        "Rencana Tahun 2021 s.d. Tahun 2026",
        "Realisasi pada dinas terkait",
        "Target Badan Usaha Milik Daerah",
    ],
)
def test_what_a_line_does_not_name(line: str) -> None:
    assert told(of(line)) == ("", "", None, "")


def test_a_name_within_a_sentence_counts_if_it_stands_twice_or_in_the_file_name() -> None:
    line = "Meningkatnya mutu layanan Dinas Contoh dalam setahun"
    assert of(line).agency == ""
    assert of(line, "Membaiknya kinerja Dinas Contoh selama ini").agency == "Dinas Contoh"
    assert of(line, name="lkjip_dinas-contoh_2024.xlsx").agency == "Dinas Contoh"


def test_the_file_name_alone_tells_nothing() -> None:
    assert told(of("Realisasi", name="Dinas Contoh Kabupaten Contoh Tahun 2024 Triwulan II.xlsx")) == ("", "", None, "")


def test_lines_that_disagree_tell_nothing_unless_the_file_name_decides() -> None:
    lines = ("DINAS CONTOH TAHUN 2023", "DINAS SOSIAL TAHUN 2024")
    assert told(of(*lines)) == ("", "", None, "")
    assert told(of(*lines, name="dinas-contoh-2024.xlsx")) == ("DINAS CONTOH", "", 2024, "")
    assert told(of(lines[0], lines[0], lines[1])) == ("DINAS CONTOH", "", 2023, "")


def test_a_quarter_of_one_sheet_is_not_the_workbooks() -> None:
    sheet = "Realisasi Tahun 2024\n\n" + TABLE
    drawing = f"# Lembar: A\n{sheet}\n# Lembar: B\n{sheet}\n# Lembar: C\nTriwulan II\n\n{TABLE}"
    workbook = draw(drawing).workbook
    assert book_of(workbook).identity.period == ""
    assert book_of(replace(workbook, path="dinas-tw-2.xlsx")).identity.period == "tw2"


def test_sources_say_where_it_stands() -> None:
    found = of("PERJANJIAN KINERJA", "DINAS CONTOH TAHUN 2024").sources
    assert {what: (source.sheet, source.cell.a1) for what, source in found.items()} == {
        "agency": ("Lembar", "A2"), "year": ("Lembar", "A2"),
    }  # fmt: skip


def test_a_template_tells_by_its_sheet_identitas(tmp_path: Path) -> None:
    path = tmp_path / "dinas lain 1999.xlsx"
    write_template("realisasi-anggaran", path, Content({"Perangkat_Daerah": "UPTD Contoh", "Tahun": "2025"}))
    assert told(read_book(path).identity) == ("UPTD Contoh", "", 2025, "tahunan")


def test_a_blank_template_names_nobody(tmp_path: Path) -> None:
    write_template("lkjip", tmp_path / "kosong.xlsx", Content({}))
    assert told(read_book(tmp_path / "kosong.xlsx").identity)[:3] == ("", "", None)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_names_its_year_and_government(sample: Path) -> None:
    identity = read_book(sample).identity
    words = sample.stem.removeprefix("templat-").replace("-", " ")
    assert identity.agency and identity.government and identity.period in ("", *PERIODS)
    if "kesalahan" not in words:
        assert identity.government.casefold().split(maxsplit=1)[1] in words and str(identity.year) in words


def test_the_outcome_of_an_audit_carries_it() -> None:
    outcome = audit_workbook(SAMPLES[0])
    assert outcome.identity != UNKNOWN and outcome.identity == read_book(SAMPLES[0]).identity
