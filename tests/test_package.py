"""Opening a package: what is turned away, with which code, and how parts are found."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest
from minibook import MAIN, PACKAGE, RELATIONS, parts, relationships, zipped

from xlaudit.errors import UnreadableWorkbook
from xlaudit.limits import DEFAULT, MIB, Limits
from xlaudit.reading.package import Package, file_bytes, package_of

CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def opened(folder: Path, data: bytes, limits: Limits = DEFAULT) -> Package:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    package = package_of(path, file_bytes(path, limits), limits)
    assert package.workbook in package.names
    return package


def refused(folder: Path, data: bytes, limits: Limits = DEFAULT) -> UnreadableWorkbook:
    with pytest.raises(UnreadableWorkbook) as caught:
        opened(folder, data, limits)
    assert caught.value.text.id.endswith("."), "a sentence"
    assert caught.value.text.en.endswith(".")
    assert caught.value.text.id != caught.value.text.en
    return caught.value


def with_part(name: str, data: str | bytes) -> bytes:
    return zipped({**parts(), name: data})


def test_a_good_package_opens_and_gives_its_parts_back(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1"><v>5</v></c></row>')
    package = opened(tmp_path, zipped(content))
    assert package.names == tuple(content)
    assert package.workbook == "xl/workbook.xml"
    for name, data in content.items():
        assert package.read(name) == str(data).encode()


def test_part_names_ignore_case_and_a_leading_slash(tmp_path: Path) -> None:
    package = opened(tmp_path, zipped(parts()))
    assert package.find("/XL/Workbook.XML") == "xl/workbook.xml"
    assert package.read("/XL/Workbook.XML") == package.read("xl/workbook.xml")
    assert package.content_type("/xl/WORKBOOK.xml") == package.content_type("xl/workbook.xml")
    assert package.content_type("xl/worksheets/sheet1.xml") == "application/xml"
    assert package.content_type("xl/gambar.png") is None


@pytest.mark.parametrize("target", ["/buku/Isi.xml", "buku/isi.xml", "./x/../buku/isi.xml", "buku%2Fisi.xml"])
def test_the_workbook_is_found_by_its_relationship_wherever_it_is(tmp_path: Path, target: str) -> None:
    content = parts()
    content["_rels/.rels"] = relationships(("x", "officeDocument", target))
    content["buku/isi.xml"] = content.pop("xl/workbook.xml")
    assert opened(tmp_path, zipped(content)).workbook == "buku/isi.xml"


def test_strict_relationship_types_count_as_the_same(tmp_path: Path) -> None:
    content = parts()
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    content["_rels/.rels"] = str(content["_rels/.rels"]).replace(RELATIONS, strict)
    package = opened(tmp_path, zipped(content))
    assert [item.kind for item in package.relationships()] == ["officeDocument"]


def test_external_and_dangling_relationships_are_no_parts(tmp_path: Path) -> None:
    content = parts()
    content["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="a" Type="{RELATIONS}/hyperlink" Target="http://contoh/" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{RELATIONS}/printerSettings" Target="../hilang.bin"/>'
        '<Relationship Id="c" Type="urn:lain" Target="../workbook.xml"/></Relationships>'
    )
    package = opened(tmp_path, zipped(content))
    first, second, third = package.relationships("xl/worksheets/sheet1.xml")
    assert (first.external, first.target) == (True, "http://contoh/")
    assert (second.kind, second.target) == ("printerSettings", "xl/hilang.bin")
    assert (third.kind, third.target) == ("urn:lain", "xl/workbook.xml")
    assert package.related("xl/worksheets/sheet1.xml", "printerSettings") == ()
    assert package.related("xl/worksheets/sheet1.xml", "urn:lain") == ("xl/workbook.xml",)


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "tiada.xlsx", "not_found"), (tmp_path, "is_folder")):
        with pytest.raises(UnreadableWorkbook) as caught:
            file_bytes(path, DEFAULT)
        assert caught.value.code == code
    with pytest.raises(UnreadableWorkbook) as caught:
        file_bytes(Path("a\0b.xlsx"), DEFAULT)
    assert caught.value.code == "not_found"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.xlsx")
    with pytest.raises(UnreadableWorkbook) as caught:
        file_bytes(tmp_path / "pipa.xlsx", DEFAULT)
    assert caught.value.code == "not_a_workbook"


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "empty", "kosong"),
        (CFB + utf16("EncryptedPackage"), "encrypted", "kata sandi"),
        (CFB + utf16("Workbook"), "old_format", ".xls"),
        (CFB + utf16("Book"), "old_format", ".xls"),
        (CFB + utf16("WordDocument"), "not_a_workbook", "Word"),
        (CFB, "broken", "rusak"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old_format", ".xls"),
        (b"Kode;Uraian;Pagu\n1;Gaji;500\n", "not_a_workbook", "CSV"),
        (b"Kode\tPagu\r\n1\t500\r\n", "not_a_workbook", "CSV"),
        ("Kode,Pagu\n".encode("utf-16"), "not_a_workbook", "CSV"),
        (b'<?xml version="1.0"?><data/>', "not_a_workbook", "XML"),
        (b"%PDF-1.7", "not_a_workbook", "PDF"),
        (b"halo", "not_a_workbook", "teks"),
        (bytes(range(256)), "not_a_workbook", "tidak dikenal"),
        (zipped(parts())[:-30], "broken", "rusak"),
        (zipped(parts())[:200], "broken", "rusak"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook", "ZIP"),
        (zipped({"catatan.txt": "halo"}), "not_a_workbook", "ZIP"),
    ],
)
def test_what_is_no_workbook_is_named(tmp_path: Path, data: bytes, code: str, word: str) -> None:
    error = refused(tmp_path, data)
    assert (error.code, word in error.text.id) == (code, True)


@pytest.mark.parametrize(
    ("content_type", "word"),
    [
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ".docx"),
        ("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", ".pptx"),
    ],
)
def test_other_office_files_are_named(tmp_path: Path, content_type: str, word: str) -> None:
    content = parts()
    content["[Content_Types].xml"] = (
        f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>'
    )
    error = refused(tmp_path, zipped(content))
    assert (error.code, word in error.text.id) == ("not_a_workbook", True)


def test_a_main_part_that_is_no_workbook(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = "<document/>"
    assert refused(tmp_path, zipped(content)).code == "not_a_workbook"


def test_an_opendocument_spreadsheet(tmp_path: Path) -> None:
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"})
    error = refused(tmp_path, data)
    assert (error.code, ".ods" in error.text.id) == ("not_a_workbook", True)


@pytest.mark.parametrize("name", ["/xl/lain.xml", "../lain.xml", "xl/../../lain.xml", "..\\lain.xml"])
def test_names_that_lead_out_of_the_package(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, with_part(name, "x")).code == "broken"


def test_the_same_part_twice_also_in_other_case(tmp_path: Path) -> None:
    assert refused(tmp_path, with_part("XL/workbook.xml", "x")).code == "broken"


def test_an_encrypted_entry(tmp_path: Path) -> None:
    data = bytearray(zipped(parts()))
    position = data.index(b"PK\x01\x02")
    data[position + 8] |= 1
    assert refused(tmp_path, bytes(data)).code == "encrypted"


def test_an_unknown_compression(tmp_path: Path) -> None:
    path = tmp_path / "lzma.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, data in parts().items():
            archive.writestr(name, data)
    assert refused(tmp_path, path.read_bytes()).code == "broken"


def test_a_damaged_byte_within_a_part(tmp_path: Path) -> None:
    content = {**parts(), "xl/besar.xml": os.urandom(4000)}
    data = bytearray(zipped(content))
    data[data.index(b"xl/besar.xml") + 500] ^= 0xFF
    package = opened(tmp_path, bytes(data))
    with pytest.raises(UnreadableWorkbook) as caught:
        package.read("xl/besar.xml")
    assert caught.value.code == "broken"


def test_a_missing_part(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        opened(tmp_path, zipped(parts())).read("xl/tiada.xml")
    assert caught.value.code == "broken"


def test_too_many_parts(tmp_path: Path) -> None:
    error = refused(tmp_path, zipped(parts()), Limits(parts=3))
    assert error.code == "too_large"
    assert "lebih dari 3 bagian" in error.text.id and "“parts” di bagian [limits]" in error.text.id


@pytest.mark.parametrize("bound", ["file_mib", "part_mib", "inflated_mib"])
def test_bounds_on_what_the_directory_declares(tmp_path: Path, bound: str) -> None:
    data = with_part("xl/media/isi.bin", os.urandom(MIB + 1))
    opened(tmp_path, data, Limits(**{bound: 2}))
    error = refused(tmp_path, data, Limits(**{bound: 1}))
    assert error.code == "too_large"
    assert bound in error.text.id and bound in error.text.en


def test_a_part_that_inflates_beyond_reason(tmp_path: Path) -> None:
    data = with_part("xl/nol.bin", bytes(2_000_000))
    opened(tmp_path, data)
    error = refused(tmp_path, data, Limits(ratio_from_mib=1))
    assert error.code == "too_large"
    assert "“ratio”" in error.text.id


def test_a_directory_that_lies_about_a_size(tmp_path: Path) -> None:
    """A megabyte declared as ten bytes must not come out as a megabyte, nor as ten bytes."""
    data = bytearray(with_part("xl/nol.bin", bytes(1_000_000)))
    size = struct.pack("<I", 1_000_000)
    for _ in range(2):
        position = data.rindex(size)
        data[position : position + 4] = struct.pack("<I", 10)
    package = opened(tmp_path, bytes(data))
    with pytest.raises(UnreadableWorkbook) as caught:
        package.read("xl/nol.bin")
    assert caught.value.code == "broken"


def test_the_content_decides_and_not_the_name(tmp_path: Path) -> None:
    path = tmp_path / "laporan.xls"
    path.write_bytes(zipped(parts()))
    assert package_of(path, file_bytes(path, DEFAULT)).workbook == "xl/workbook.xml"


@pytest.mark.parametrize(
    "declaration",
    ["<!DOCTYPE workbook>", '<!DOCTYPE w [<!ENTITY a "b">]>', '<!DOCTYPE w SYSTEM "file:///tiada.dtd">'],
)
def test_no_part_may_declare_a_document_type(tmp_path: Path, declaration: str) -> None:
    content = parts()
    content["xl/workbook.xml"] = declaration + str(content["xl/workbook.xml"])
    error = refused(tmp_path, zipped(content))
    assert (error.code, "DOCTYPE" in error.text.id) == ("broken", True)


def test_a_part_in_utf16(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = (
        '<?xml version="1.0" encoding="UTF-16"?>' + str(content["xl/workbook.xml"])
    ).encode("utf-16")
    assert opened(tmp_path, zipped(content)).tree("xl/workbook.xml").tag == f"{{{MAIN}}}workbook"


def test_no_file_outside_is_opened(tmp_path: Path) -> None:
    """An external subset must not even be looked at: it is no DTD, so reading it would fail."""
    (tmp_path / "luar.dtd").write_text("ini bukan DTD")
    content = parts()
    declaration = f'<!DOCTYPE w SYSTEM "{(tmp_path / "luar.dtd").as_uri()}">'
    content["xl/workbook.xml"] = declaration + str(content["xl/workbook.xml"])
    assert "DOCTYPE" in refused(tmp_path, zipped(content)).text.id
