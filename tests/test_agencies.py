"""The list of agencies: every form in which an inspectorate may keep it, and every fault that it may have."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xlaudit.agencies import Agencies, read_agencies
from xlaudit.errors import BadUsage

PLAIN = """Perangkat Daerah;Email;CC
Dinas Sosial;dinsos@contoh.go.id;sekda@contoh.go.id
Badan Perencanaan Pembangunan Daerah (BAPPEDA);bappeda@contoh.go.id, perencana@contoh.go.id;
Kecamatan Sukamaju;;
"""


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "daftar.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def listed(folder: Path, text: str) -> Agencies:
    return read_agencies(written(folder, text))


def complaints(read: Agencies) -> list[str]:
    return [remark.en for remark in read.remarks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_form_of_csv_reads_the_same(tmp_path: Path, encoding: str, mark: str, ends: str) -> None:
    text = PLAIN.replace(", ", " ").replace(";", mark).replace("Sukamaju", "Café").replace("\n", ends)
    read = read_agencies(written(tmp_path, text, encoding))
    assert [one.name for one in read.entries][::2] == ["Dinas Sosial", "Kecamatan Café"]
    first, second, third = read.entries
    assert (first.emails, first.cc, first.line) == (("dinsos@contoh.go.id",), ("sekda@contoh.go.id",), 2)
    assert second.emails == ("bappeda@contoh.go.id", "perencana@contoh.go.id")
    assert (third.emails, third.cc, third.line) == ((), (), 4)
    assert read.remarks == ()


def test_a_workbook_with_a_title_above(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("DAFTAR PERANGKAT DAERAH",), (), ("No", "Nama OPD", "E-mail", "Tembusan"),
                (1, "Dinas Sosial", "dinsos@contoh.go.id", None), (2, "Dinas Kesehatan", None, None)):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "daftar.xlsx")
    read = read_agencies(tmp_path / "daftar.xlsx")
    assert [(one.name, one.emails, one.line) for one in read.entries] == [
        ("Dinas Sosial", ("dinsos@contoh.go.id",), 4), ("Dinas Kesehatan", (), 5)
    ]  # fmt: skip
    assert read.remarks == ()


def test_names_alone_one_on_each_line(tmp_path: Path) -> None:
    read = read_agencies(written(tmp_path, "Dinas Sosial\n\nDinas Kesehatan\n", name="daftar.txt"))
    assert [one.name for one in read.entries] == ["Dinas Sosial", "Dinas Kesehatan"]


def test_a_line_of_excel_that_names_the_mark(tmp_path: Path) -> None:
    assert listed(tmp_path, "sep=;\n" + PLAIN).entries[0].name == "Dinas Sosial"


def test_faults_are_told_with_their_line_and_the_rest_holds(tmp_path: Path) -> None:
    read = listed(
        tmp_path,
        "OPD;Email\nDinas Sosial;dinsos@contoh.go.id; \nDINAS SOSIAL;lain@contoh.go.id\n;tanpa@contoh.go.id\n"
        "Dinas Kesehatan;dinkes@contoh, dinkes@contoh.go.id\nDinas Pendidikan;DINSOS@contoh.go.id\n",
    )
    assert [(one.name, one.emails) for one in read.entries] == [
        ("Dinas Sosial", ("dinsos@contoh.go.id",)),
        ("Dinas Kesehatan", ("dinkes@contoh.go.id",)),
        ("Dinas Pendidikan", ("DINSOS@contoh.go.id",)),
    ]
    twice, nameless, wrong, shared = complaints(read)
    assert "line 3" in twice and "line 2" in twice
    assert "line 4" in nameless
    assert "line 5" in wrong and "dinkes@contoh”" in wrong
    assert "line 6" in shared and "Dinas Sosial" in shared


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("Budi <budi@contoh.go.id>; Ani <ani@contoh.go.id>", ("budi@contoh.go.id", "ani@contoh.go.id")),
        ("a@contoh.go.id A@CONTOH.go.id", ("a@contoh.go.id",)),
        ("mailto:a@contoh.go.id", ("a@contoh.go.id",)),
        ("-", ()),
        ("a..b@contoh.go.id", ()),
        (".a@contoh.go.id", ()),
        ("a@contoh.go.id\\nBcc: x@y.id", ("x@y.id",)),
        ("a@contoh", ()),
        ("a@-contoh.id", ()),
    ],
)
def test_what_is_an_address(tmp_path: Path, text: str, good: tuple[str, ...]) -> None:
    [entry] = listed(tmp_path, f'OPD,Email\nDinas Sosial,"{text}"\n').entries
    assert entry.emails == good


@pytest.mark.parametrize(
    ("agency", "government", "found"),
    [
        ("DINAS SOSIAL KAB. CONTOH", "", "Dinas Sosial"),
        ("dinas sosial", "Kabupaten Contoh", "Dinas Sosial"),
        ("Bappeda", "", "Badan Perencanaan Pembangunan Daerah (BAPPEDA)"),
        ("Badan Perencanan Pembangunan Daerah", "", "Badan Perencanaan Pembangunan Daerah (BAPPEDA)"),
        ("Badan Perencanaan Pembangunan", "", "Badan Perencanaan Pembangunan Daerah (BAPPEDA)"),
        ("Dinas Kesehatan", "", None),
        ("Dinas Sosal", "", None),
        ("", "", None),
    ],
)
def test_the_entry_of_an_agency(tmp_path: Path, agency: str, government: str, found: str | None) -> None:
    match = listed(tmp_path, PLAIN).match(agency, government)
    assert (None if match.entry is None else match.entry.name) == found


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("masuk/rekap_dinas-sosial_2025.xlsx", "Dinas Sosial"),
        ("masuk/Kecamatan Sukamaju.xlsx", "Kecamatan Sukamaju"),
        ("Dinas Sosial/laporan.xlsx", "Dinas Sosial"),
        ("masuk/lkjip bappeda.xlsx", "Badan Perencanaan Pembangunan Daerah (BAPPEDA)"),
        ("masuk/bappedalda.xlsx", None),
        ("masuk/laporan.xlsx", None),
        ("masuk/dinas sosial dan kecamatan sukamaju.xlsx", None),
        ("Kecamatan Sukamaju/dinas sosial dan bappeda.xlsx", "Dinas Sosial"),
    ],
)
def test_the_entry_that_a_file_or_folder_is_called_by(tmp_path: Path, path: str, found: str | None) -> None:
    match = listed(tmp_path, PLAIN).called(path)
    assert (None if match.entry is None else match.entry.name) == found


def test_what_may_be_one_of_two_is_not_guessed(tmp_path: Path) -> None:
    read = listed(tmp_path, "OPD;Kabupaten/Kota\nDinas Sosial;Kabupaten Satu\nDinas Sosial;Kota Satu\n")
    assert read.remarks == ()
    both = read.match("Dinas Sosial")
    assert both.entry is None and len(both.candidates) == 2
    one = read.match("DINAS SOSIAL", "Kota Satu").entry
    assert one is not None and one.government == "Kota Satu"
    assert read.match("Dinas Sosial", "Kota Dua").entry is None


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Alamat;Email\nx;y\n", b"OPD;Email\n;a@b.id\n", b"PK\x03\x04 no workbook", b"\xff\xfe\x00"]
)
def test_a_list_that_cannot_be_used_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "daftar.csv").write_bytes(data)
    with pytest.raises(BadUsage) as caught:
        read_agencies(tmp_path / "daftar.csv")
    assert caught.value.code == "bad_agencies" and "daftar.csv" in caught.value.text.id


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "tiada.csv", tmp_path / "tiada.xlsx"):
        with pytest.raises(BadUsage) as caught:
            read_agencies(path)
        assert caught.value.code == "bad_agencies"
