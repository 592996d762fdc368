"""``xlaudit mail``: drafts that mail programs open, one for each agency, all of them or none."""

from __future__ import annotations

import errno
import os
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mailbooks import listed, workbook
from outcomes import full, quiet, rejected

from xlaudit.cli.main import main
from xlaudit.mail.drafts import file_name, names_for
from xlaudit.mail.letter import letter_of
from xlaudit.mail.message import as_bytes, draft, mail
from xlaudit.mail.parcel import Attachment, Book, Parcel, Thread, told_apart
from xlaudit.mail.rendering import page, plain
from xlaudit.reports.words import one_line


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLAUDIT_CACHE", str(tmp_path / "cache"))


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def enclosed(message: EmailMessage) -> dict[str, bytes]:
    parts = message.iter_attachments()
    return {part.get_filename() or "": part.get_payload(decode=True) for part in parts}  # type: ignore[misc]


def test_a_draft_holds_what_the_agency_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = workbook(tmp_path / "in" / "Laporan “Dinsos” – Triwulan Ⅳ é.xlsx")
    list_ = listed(tmp_path, "Dinas Sosial;dinsos@contoh.go.id;sekda@contoh.go.id, a@contoh.go.id")
    assert main(["mail", "in", "--to", str(list_), "-o", "draf", "--due", "2025-02-28"]) == 1
    [path] = (tmp_path / "draf").iterdir()
    assert path.name == "Dinas Sosial, tahun 2024.eml" and path.read_bytes().startswith(b"X-Unsent: 1\r\n")
    message = read(path)
    assert message["X-Unsent"] == "1" and message["Date"] is message["Message-ID"] is message["From"] is None
    assert message["Subject"] == "Hasil pemeriksaan laporan kinerja Dinas Sosial, tahun 2024"
    assert str(message["To"]) == "Dinas Sosial <dinsos@contoh.go.id>"
    assert str(message["Cc"]) == "sekda@contoh.go.id, a@contoh.go.id"
    copy = source.with_name(source.stem + ".audit.xlsx")
    assert enclosed(message) == {copy.name: copy.read_bytes()}
    [part] = message.iter_attachments()
    assert part.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert part.get_content_disposition() == "attachment"
    text = body(message, "plain")
    for words in ("Yth. Bapak/Ibu Pimpinan Dinas Sosial", "kesalahan", "Realisasi!C10", "28 Februari 2025", copy.name):
        assert words in text.replace("\n   ", " ").replace("\n", " ")
    assert "Realisasi!C10" in body(message, "html") and "<script" not in body(message, "html")
    assert max(len(line) for line in path.read_bytes().split(b"\r\n")) <= 998
    assert path.read_bytes().isascii()
    assert "1 draf ditulis" in capsys.readouterr().err


def test_every_line_of_a_draft_is_short_enough_whatever_the_names(tmp_path: Path) -> None:
    name = "Laporan Kinerja Instansi Pemerintah – „Übergröße“ " * 4 + ".audit.xlsx"
    before = tuple(f"<{'y' * 200}{number}@contoh.id>" for number in range(60))
    thread = Thread("<" + "x" * 300 + "@contoh.id>", before, "Laporan é")
    books = (Book("a.xlsx", full(), "", Attachment(name, b"x")),)
    cc = tuple(f"{'c' * 40}{number}@{'d' * 30}.id" for number in range(60))
    parcel = Parcel("Dinas „Über“ " * 20, books, ("a@b.id",), cc, "", thread)
    message = mail(parcel, letter_of(parcel), "id", "Inspektorat Ü <i@contoh.id>")
    data = as_bytes(message)
    assert max(map(len, data.split(b"\r\n"))) <= 998 and b"\n" not in data.replace(b"\r\n", b"")
    again = message_from_bytes(data, policy=policy.default)
    assert isinstance(again, EmailMessage)
    assert list(enclosed(again)) == [" ".join(name.split())]
    assert again["Subject"] == "Re: Laporan é"
    assert str(again["In-Reply-To"]) == thread.message_id
    references = str(again["References"]).split()
    assert references[0] == thread.references[0] and references[-1] == thread.message_id and len(references) == 21
    assert again["From"].addresses[0].display_name == "Inspektorat Ü"


@pytest.mark.parametrize(
    "agency",
    [
        "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana (DP3AP2KB)",
        "Dinas Pemberdayaan Perempuan Ü, Perlindungan Anak, Pengendalian Penduduk dan Keluarga Berencana (DP3AP2KB)",
        'Badan "A" \\ <b@c.id>; d@e.id, f',
        "=?utf-8?q?x=2C?= <y@z.id>,",
        "Kantor", "Ü" * 150, "Badan " + "😀" * 60,
    ],
)  # fmt: skip
def test_whatever_the_name_it_is_one_address(agency: str) -> None:
    parcel = Parcel(agency, (Book("a.xlsx", quiet(), ""),), ("a@b.id",))
    data = as_bytes(mail(parcel, letter_of(parcel), "id", "Inspektorat, Irban „II“ <i@contoh.id>"))
    for lines in (data, data.replace(b"\r\n", b"\n")):
        message = message_from_bytes(lines, policy=policy.default)
        [to], [sender] = message["To"].addresses, message["From"].addresses
        assert to.addr_spec == "a@b.id" and to.display_name.replace(" ", "") == agency.replace(" ", "")
        assert (sender.display_name, sender.addr_spec) == ("Inspektorat, Irban „II“", "i@contoh.id")
        assert message["Subject"] == f"Laporan kinerja {agency}: tidak ada temuan"
    head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 120 and not any(line.endswith(b":") or line.endswith(b": ") for line in head)


@given(st.text(max_size=300), st.text(max_size=150), st.binary(max_size=200))
@hypothesis.settings(max_examples=60)
def test_any_name_and_any_content_come_through(agency: str, name: str, content: bytes) -> None:
    books = (Book(name, full(), "", Attachment(f"{name}.xlsx", content)),)
    parcel = Parcel(agency, books, ("a@b.id",))
    data = as_bytes(mail(parcel, letter_of(parcel), "id"))
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage) and max(map(len, data.split(b"\r\n"))) <= 998
    assert [one.addr_spec for one in message["To"].addresses] == ["a@b.id"] and not message.defects
    [enclosed_name] = enclosed(message)
    assert enclosed(message)[enclosed_name] == content
    assert one_line(f"{name}.xlsx").startswith(enclosed_name.removesuffix(".xlsx"))


def test_a_name_that_no_line_holds_is_cut() -> None:
    books = (Book("x", full(), "", Attachment("😀" * 300 + ".xlsx", b"x")),)
    parcel = Parcel("Dinas", books, ("a@b.id",))
    data = as_bytes(mail(parcel, letter_of(parcel), "id"))
    [name] = enclosed(message_from_bytes(data, policy=policy.default))  # type: ignore[arg-type]
    assert name.endswith("😀.xlsx") and max(map(len, data.split(b"\r\n"))) <= 998


def test_outlook_finds_the_name_where_it_looks() -> None:
    parcel = Parcel("Dinas", (Book("a.xlsx", full(), "", Attachment("Laporan é.xlsx", b"x")),), ("a@b.id",))
    data = as_bytes(mail(parcel, letter_of(parcel), "id"))
    assert b"filename*=utf-8''Laporan%20%C3%A9.xlsx" in data and b'name="=?utf-8?' in data


def test_what_comes_from_outside_cannot_add_headers_or_markup() -> None:
    evil = "Dinas\r\nBcc: x@y.id\n<script>alert(1)</script>"
    thread = Thread("<a@b>\r\nBcc: z@z.id", ("<c@d>", "e\r\nf"), "Hai\r\nBcc: x@y.id")
    books = (Book(evil + ".xlsx", full(), "", Attachment(evil + '".xlsx', b"x")),)
    parcel = Parcel(evil, books, ("a@b.id",), (), "", thread)
    data = draft(mail(parcel, letter_of(parcel, (evil,)), "id"))
    message = message_from_bytes(data, policy=policy.default)
    assert message["Bcc"] is None and message["In-Reply-To"] is None
    assert b"\r\nBcc" not in data and "<script" not in body(message, "html")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_outcome_has_its_mail(language: str) -> None:
    said = {}
    for name, outcome in (("full", full()), ("quiet", quiet()), ("bad", rejected())):
        enclosure = Attachment("x.audit.xlsx", b"x") if name == "full" else None
        parcel = Parcel("Dinas", (Book("x.xlsx", outcome, "", enclosure),), ("a@b.id",))
        letter = letter_of(parcel)
        said[name] = plain(letter, language)  # type: ignore[arg-type]
        assert "{" not in said[name] + page(letter, language)  # type: ignore[arg-type]
        message = mail(parcel, letter, language)  # type: ignore[arg-type]
        assert len(list(message.iter_attachments())) == (name == "full")
    if language == "id":
        assert "Tidak ada angka yang saling bertentangan" in said["quiet"] and "kirimkan kembali" not in said["quiet"]
        assert "belum dapat kami periksa. Berkas ini bukan buku kerja Excel." in said["bad"].replace("\n", " ")
        assert "1 temuan telah" not in said["full"]


def test_the_three_main_roots_are_told_causes_first() -> None:
    parcel = Parcel("Dinas", (Book("x.xlsx", full(), "", Attachment("x.audit.xlsx", b"x")),), ("a@b.id",))
    text = plain(letter_of(parcel), "id")
    cause, error, warning = (text.index(words) for words in ("Angka 1 di depan", "Realisasi!F9", "Realisasi!D9"))
    assert cause < error < warning
    assert "Masih ada 1 temuan lain" in text and "E9" not in text


def test_who_gets_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(tmp_path / "in" / "a.xlsx")
    workbook(tmp_path / "in" / "b.xlsx", wrong=False, year=2023)
    workbook(tmp_path / "in" / "c.xlsx", "Dinas Entah")
    workbook(tmp_path / "in" / "d.xlsx", "Dinas Perhubungan")
    (tmp_path / "in" / "LKjIP Dinas Kesehatan 2024.xlsx").write_text("x")
    (tmp_path / "in" / "e.xlsx").write_text("x")
    lines = (
        "Dinas Sosial;satu@contoh.go.id; dua@contoh", "Dinas Kesehatan;kes@contoh.go.id;", "Dinas Perhubungan;;",
        "Dinas Sosial;lain@contoh.go.id;", "Badan Keuangan;uang@contoh.go.id;",
    )  # fmt: skip
    assert main(["mail", "in", "--to", str(listed(tmp_path, *lines)), "-o", "draf"]) == 2
    drafts = sorted(path.name for path in (tmp_path / "draf").iterdir())
    assert drafts == ["Dinas Kesehatan.eml", "Dinas Sosial, tahun 2024 dan tahun 2023.eml"]
    both = read(tmp_path / "draf" / drafts[1])
    assert list(enclosed(both)) == ["a.audit.xlsx"] and str(both["To"]) == "Dinas Sosial <satu@contoh.go.id>"
    text = body(both, "plain")
    assert "a.xlsx" in text and "b.xlsx" in text
    refused = body(read(tmp_path / "draf" / drafts[0]), "plain")
    assert "belum dapat kami periksa" in refused
    said = capsys.readouterr().err
    for words in (
        "baris 2: “dua@contoh” bukan alamat", "baris 5: Dinas Sosial", "c.xlsx: DINAS ENTAH", "e.xlsx: buku kerja ini",
        "Dinas Perhubungan: alamatnya tidak ada", "2 buku kerja digabung", "Belum ada buku kerja dari: Badan Keuangan",
    ):  # fmt: skip
        assert words in said


def test_what_cannot_be_annotated_goes_as_a_list(tmp_path: Path) -> None:
    from dataclasses import replace

    from xlaudit.mail.enclosing import book_of

    outcome = replace(full(), path="in/lama.xls", annotated=None, annotatable=False)
    made = book_of(outcome, "", "id").enclosed
    assert made is not None and made.name == "lama.audit.txt" and "Realisasi" in made.data.decode()
    parcel = Parcel("Dinas", (book_of(outcome, "", "id"),), ("a@b.id",))
    assert "lama.audit.txt, yang memuat semua temuan" in plain(letter_of(parcel), "id").replace("\n   ", " ")
    assert book_of(replace(outcome, annotatable=True), "", "id").enclosed is None


def test_drafts_are_replaced_only_if_they_are_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook(tmp_path / "in" / "a.xlsx")
    call = ["mail", "in", "--to", str(listed(tmp_path)), "-o", "draf"]
    assert main(call) == 1 and main(call) == 1
    [path] = (tmp_path / "draf").iterdir()
    path.write_text("Subject: punya saya\n\n")
    assert main(call) == 2 and path.read_text().startswith("Subject: punya")
    assert main([*call, "--force"]) == 1 and path.read_bytes().startswith(b"X-Unsent")


def test_all_drafts_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "in" / "a.xlsx")
    workbook(tmp_path / "in" / "b.xlsx", "Dinas Perhubungan")
    call = ["mail", "in", "--to", str(listed(tmp_path)), "-o", "draf"]
    assert main(call) == 1
    before = {path.name: path.read_bytes() for path in (tmp_path / "draf").iterdir()}
    assert len(before) == 2
    real = os.replace
    moved = []

    def full_disk(source: object, target: object) -> None:
        if str(target).endswith(".eml") and ".xlaudit-" not in str(target):
            moved.append(target)
            if len(moved) == 2:
                raise OSError(errno.ENOSPC, "No space left on device")
        real(source, target)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "replace", full_disk)
    workbook(tmp_path / "in" / "a.xlsx", wrong=False)
    assert main([*call, "--due", "2025-01-31"]) == 2
    assert {path.name: path.read_bytes() for path in (tmp_path / "draf").iterdir()} == before


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook(tmp_path / "in" / "a.xlsx")

    def full_disk(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    assert main(["mail", "in", "--to", str(listed(tmp_path)), "-o", "draf"]) == 2
    assert list((tmp_path / "draf").iterdir()) == []


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["mail"], "Buku kerja yang mana?"),
        (["mail", "x.xlsx"], "Kepada siapa?"),
        (["mail", "x.xlsx", "--to", "daftar.csv"], "Draf disimpan di mana?"),
        (["mail", "x.xlsx", "--to", "tiada.csv", "-o", "d"], "tiada.csv"),
        (["mail", "x.xlsx", "--to", "daftar.csv", "-o", "d", "--sender", "bukan alamat"], "bukan pengirim"),
        (["mail", "x.xlsx", "--to", "daftar.csv", "--send"], "Siapa pengirimnya?"),
        (["mail", "x.xlsx", "--to", "daftar.csv", "--send", "--sender", "a@b.id"], "Server surel belum disebut"),
        (["mail", "x.xlsx", "--inbox", "-o", "d"], "tidak dapat dipakai bersama"),
        (["mail", "--inbox", "-o", "d", "--send"], "tidak dapat dipakai bersama"),
        (["mail", "--inbox", "-o", "d"], "--save"),
        (["mail", "--inbox", "--save", "s"], "--append"),
        (["mail", "x.xlsx", "--append", "--to", "daftar.csv"], "tidak dapat dipakai bersama"),
    ],
)
def test_calls_that_lack_something(
    tmp_path: Path, call: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listed(tmp_path)
    assert main(call) == 2 and said in capsys.readouterr().err


def test_names_of_files_are_harmless() -> None:
    assert file_name("../../etc/passwd") == "etc passwd"
    assert file_name("a:b*c?.") == "a b c"
    assert file_name("CON") == "_CON" and file_name("") == "_" and file_name("com1.x") == "_com1.x"
    assert len(file_name("ß" * 500).encode()) <= 120
    assert names_for(["A", "a", "A"], ["", "", ""]) == ["A.eml", "a (2).eml", "A (3).eml"]
    assert [one.name for one in told_apart([Attachment("a.x", b""), Attachment("A.x", b"")])] == ["a.x", "A (2).x"]


def test_the_same_mailing_is_known_whatever_the_day_and_the_address() -> None:
    book = Book("x.xlsx", full(), "11", Attachment("x.audit.xlsx", b"1"))
    one = Parcel("Dinas Sosial", (book,), ("a@b.id",))
    other_day = Book("y.xlsx", full(), "11", Attachment("y.audit.xlsx", b"2"))
    assert one.key == Parcel("DINAS SOSIAL", (other_day,), ("c@b.id",)).key
    assert one.key != Parcel("Dinas Kesehatan", (book,), ("a@b.id",)).key
    assert one.key != Parcel("Dinas Sosial", (Book("x.xlsx", full(), "22"),), ("a@b.id",)).key
    assert one.key != Parcel("Dinas Sosial", (Book("x.xlsx", quiet(), "11"),), ("a@b.id",)).key
