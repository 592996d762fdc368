"""``xlaudit status`` and the recording of audits, as an auditor uses them from the command line."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

import xlaudit.reports
from xlaudit.cli import main
from xlaudit.ledger.mailings import Mailing
from xlaudit.ledger.place import Place
from xlaudit.ledger.store import Ledger

SCHEMA = json.loads((Path(xlaudit.reports.__file__).parent / "status.schema.json").read_text("utf-8"))
LEDGER = "register.db"


def report(path: str, office: str = "DINAS SOSIAL KABUPATEN CONTOH", total: int = 7000, sub: int = 1100) -> None:
    """A budget, in 100,000 rupiah, whose sums hold with the figures that stand here by default."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Realisasi"
    for row in (
        (office,),
        ("Realisasi Anggaran Tahun 2024",),
        (),
        ("Kode", "Uraian", "Pagu (Rp)", "Realisasi (Rp)"),
        ("1", "Program Sosial", 7000, 5100),
        ("1.01", "Kegiatan Anak", 3000, 2000),
        ("1.01.0001", "Sub Panti", 1000, 900),
        ("1.01.0002", "Sub Asuh", 2000, sub),
        ("1.02", "Kegiatan Lansia", 4000, 3100),
        ("1.02.0001", "Sub Lansia", 4000, 3100),
        ("", "Jumlah", total, 5100),
    ):
        sheet.append([one * 100_000 if isinstance(one, int) else one for one in row])
    Path(path).parent.mkdir(exist_ok=True)
    book.save(path)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One sound workbook and one with two wrong totals; the ledger is the user's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XLAUDIT_LEDGER")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    report("masuk/dinsos.xlsx", total=7100, sub=1200)
    report("masuk/dinkes.xlsx", "DINAS KESEHATAN KABUPATEN CONTOH")
    return tmp_path


def audit(*args: str, ledger: str = LEDGER) -> int:
    return main(["audit", *args, "--no-annotate", "--ledger", ledger])


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    got = capsys.readouterr()
    return got.out, got.err


def status(capsys: pytest.CaptureFixture[str], *args: str, code: int = 1) -> str:
    capsys.readouterr()
    assert main(["status", "--ledger", LEDGER, *args]) == code
    return said(capsys)[0]


def data(capsys: pytest.CaptureFixture[str], *args: str, code: int = 1) -> Any:
    found = json.loads(status(capsys, "--format", "json", *args, code=code))
    jsonschema.validate(found, SCHEMA, format_checker=jsonschema.FormatChecker())
    return found


def cells(text: str, name: str) -> list[str]:
    """What stands in the table behind an agency's name."""
    [line] = [line for line in text.splitlines() if line.strip().startswith(name)]
    return re.split(r" {2,}", line.strip())


def test_a_folder_is_recorded_and_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit("masuk") == 1
    assert f"2 hasil audit dicatat dalam buku register {Path(LEDGER).resolve()}" in said(capsys)[1]
    text = status(capsys)
    assert cells(text, "DINAS SOSIAL")[2:5] == ["1", "2", "–"]
    assert cells(text, "DINAS KESEHATAN")[2:] == ["1", "–", "–", "–", "–"]
    assert "Tahunan 2024" in text and "2 perangkat daerah sudah mengirim. 1 di antaranya" in text


def test_the_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    lines = status(capsys).splitlines()
    at = next(at for at, line in enumerate(lines) if line.strip().startswith("Perangkat daerah"))
    head, *rows = lines[at : at + 3]
    for word in ("Kiriman", "Kesalahan", "Peringatan", "Diperbaiki"):
        end = head.index(word) + len(word)
        assert all(row[end - 1].strip() and not row[end : end + 1].strip() for row in rows), word
    assert all(row.index("-20") - 5 == head.index("Masuk") for row in rows)


def test_what_a_resubmission_mended_and_since_when_the_rest_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    report("masuk/dinsos.xlsx", total=7000, sub=1200)
    audit("masuk")
    [group] = data(capsys)["groups"]
    own = next(one for one in group["agencies"] if one["agency"] == "DINAS SOSIAL")
    assert [one["path"] for one in own["submissions"]] == [str(Path("masuk/dinsos.xlsx").resolve())] * 2
    assert [one["cell"] for one in own["fixed"]] == ["C11"] and [one["cell"] for one in own["open"]] == ["D6"]
    assert own["open"][0]["since"] == own["submissions"][0]["received"]
    assert cells(status(capsys), "DINAS SOSIAL")[2:4] == ["2", "1"]
    detail = status(capsys, "--agency", "sosial")
    assert "Realisasi!D6 · sejak " in detail and "tertulis 200.000.000, hasil hitung 210.000.000" in detail
    assert "Sudah diperbaiki sejak kiriman pertama (1)" in detail and "Realisasi!C11" in detail
    assert "KESEHATAN" not in detail and "(terakhir)" in detail


def test_the_same_again_is_no_resubmission(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    audit("masuk")
    assert [len(one["submissions"]) for one in data(capsys)["groups"][0]["agencies"]] == [1, 1]


def test_who_has_not_submitted(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    audit("masuk")
    Path("daftar.csv").write_text(
        "Perangkat Daerah;Email\nDinas Pendidikan;salah\nDinas Sosial Kab. Contoh;\nKecamatan Maju;\n", "utf-8"
    )
    text = status(capsys, "--agencies", "daftar.csv", "--year", "2024")
    assert "Belum masuk (2 dari 3):\n    Dinas Pendidikan\n    Kecamatan Maju\n" in text
    assert "1 dari 3 perangkat daerah sudah mengirim." in text
    assert cells(text, "Dinas Sosial")[0] == "Dinas Sosial Kab. Contoh"
    assert cells(text, "DINAS KESEHATAN")[0] == "DINAS KESEHATAN *" and "* tidak ada dalam daftar" in text
    main(["status", "--ledger", LEDGER, "--agencies", "daftar.csv"])
    assert "baris 2" in said(capsys)[1]
    [group] = data(capsys, "--agencies", "daftar.csv", "--year", "2030", code=0)["groups"]
    assert (group["year"], len(group["missing"]), group["agencies"]) == (2030, 3, [])
    Path("lain.csv").write_text("Perangkat Daerah\nDinas Pendidikan\nKecamatan Maju\n", "utf-8")
    text = status(capsys, "--agencies", "lain.csv", "--year", "2024")
    assert "0 dari 2 perangkat daerah sudah mengirim." in text and "Kecamatan Maju" not in text
    assert "    Kecamatan Maju\n" in status(capsys, "--agencies", "lain.csv", "--year", "2030", code=0)


def test_the_list_joins_what_is_spelled_in_two_ways(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    report("masuk/lagi.xlsx", "DINAS SOSIAL DAERAH KABUPATEN CONTOH", sub=1200)
    audit("masuk/lagi.xlsx")
    assert len(data(capsys)["groups"][0]["agencies"]) == 3
    Path("daftar.csv").write_text("OPD\nDinas Sosial\nDinas Kesehatan\n", "utf-8")
    lines = data(capsys, "--agencies", "daftar.csv")["groups"][0]["agencies"]
    assert [(one["agency"], len(one["submissions"])) for one in lines] == [("Dinas Sosial", 2), ("Dinas Kesehatan", 1)]


def test_an_agency_is_found_by_its_short_name_on_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    Path("daftar.csv").write_text("OPD\nDinas Sosial (Dinsos)\nDinas Kesehatan\n", "utf-8")
    status(capsys, "--agency", "dinsos", code=2)
    text = status(capsys, "--agency", "dinsos", "--agencies", "daftar.csv")
    assert "Realisasi!D6" in text and "Belum masuk" not in text


def test_the_list_knows_a_workbook_by_its_file_where_it_names_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    report("masuk/lkjip dinas-pendidikan.xlsx", "Laporan", sub=1200)
    audit("masuk")
    assert len(data(capsys)["unknown"]) == 1
    Path("daftar.csv").write_text("OPD\nDinas Sosial\nDinas Kesehatan\nDinas Pendidikan\n", "utf-8")
    found = data(capsys, "--agencies", "daftar.csv")
    assert [one["agency"] for one in found["groups"][0]["agencies"]][2:] == ["Dinas Pendidikan"]
    assert found["unknown"] == [] and found["groups"][0]["missing"] == []


def test_who_is_missing_but_for_a_workbook_that_was_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    Path("masuk/dinas pendidikan.xlsx").write_text("rusak")
    audit("masuk")
    Path("daftar.csv").write_text("OPD\nDinas Pendidikan\nDinas Kesehatan\nKecamatan Maju\n", "utf-8")
    [one, other] = data(capsys, "--agencies", "daftar.csv")["groups"][0]["missing"]
    assert (one["rejected"]["error"]["code"], other["rejected"]) == ("not_a_workbook", None)
    text = status(capsys, "--agencies", "daftar.csv")
    assert re.search(r"Dinas Pendidikan \(ada buku kerja yang masuk, tetapi tidak dapat diaudit: #\d\)\n    Kec", text)


def test_a_long_name_goes_on_below(capsys: pytest.CaptureFixture[str]) -> None:
    name = "DINAS PEMBERDAYAAN PEREMPUAN, PERLINDUNGAN ANAK DAN KELUARGA BERENCANA"
    report("masuk/dp3.xlsx", f"{name} KABUPATEN CONTOH")
    audit("masuk")
    lines = status(capsys).splitlines()
    at = next(at for at, line in enumerate(lines) if "PEMBERDAYAAN" in line)
    assert lines[at].split()[-1] == "–" and lines[at + 1] == "    PERLINDUNGAN ANAK DAN KELUARGA BERENCANA"
    assert max(map(len, lines)) < 120


def saved_at(path: str, when: str) -> None:
    """Has a workbook say when it was saved."""
    with zipfile.ZipFile(path) as package:
        content = {name: package.read(name) for name in package.namelist()}
    core = content["docProps/core.xml"].decode()
    content["docProps/core.xml"] = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{when}", core).encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in content.items():
            package.writestr(name, data)


def test_two_workbooks_of_one_agency_in_one_run_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    report("masuk/dinsos-revisi.xlsx")
    for later, earlier in (("dinsos", "dinsos-revisi"), ("dinsos-revisi", "dinsos")):
        saved_at(f"masuk/{earlier}.xlsx", "2025-01-20T08:00:00Z")
        saved_at(f"masuk/{later}.xlsx", "2025-01-20T08:05:00Z")
        audit("masuk")
        told = said(capsys)[1]
        assert "DINAS SOSIAL · KABUPATEN CONTOH, Tahunan 2024: ada beberapa buku kerja" in told
        assert re.search(rf"terakhir adalah masuk.{later}\.xlsx, sedangkan masuk.{earlier}\.xlsx", told), told
    report("masuk/dinsos-revisi.xlsx", total=7100, sub=1200)
    Path("masuk/dinsos-revisi.xlsx").write_bytes(Path("masuk/dinsos.xlsx").read_bytes())
    audit("masuk")
    assert "beberapa buku kerja" not in said(capsys)[1], "the same content twice"


def test_what_could_not_be_audited_or_names_nobody_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("masuk/rusak.xlsx").write_text("rusak")
    report("masuk/anonim.xlsx", "Laporan", sub=1200)
    assert audit("masuk") == 2
    text = " ".join(status(capsys).split())
    assert "1 buku kerja tidak dapat diaudit:" in text and "rusak.xlsx: Ini bukan buku kerja" in text
    assert "1 buku kerja tidak menyebut perangkat daerahnya:" in text and "anonim.xlsx · 1 kesalahan" in text
    found = data(capsys)
    assert [one["error"]["code"] for one in found["rejected"]] == ["not_a_workbook"]
    assert len(found["unknown"]) == 1
    Path("masuk/dinsos.xlsx").write_text("rusak")
    audit("masuk")
    text = " ".join(status(capsys).split())
    assert "DINAS SOSIAL: buku kerja yang masuk sesudahnya tidak dapat diaudit (" in text


def test_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk/dinkes.xlsx")
    status(capsys, code=0)
    audit("masuk")
    status(capsys, code=1)
    status(capsys, "--year", "2023", code=0)
    status(capsys, "--agency", "kesehatan", code=0)
    status(capsys, "--agency", "pendidikan", code=2)
    status(capsys, "--agencies", "tiada.csv", code=2)
    status(capsys, "--period", "tw5", code=2)
    status(capsys, "--period", "TW2", code=0)
    assert main(["status", "--ledger", "tiada.db"]) == 2 and not Path("tiada.db").exists()
    assert "Belum ada buku register" in said(capsys)[1]


def test_a_submission_is_forgotten_by_its_number(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    number = next(one for one in data(capsys)["groups"][0]["agencies"] if one["agency"] == "DINAS SOSIAL")
    number = str(number["submissions"][0]["number"])
    assert f"#{number}  " in status(capsys, "--agency", "sosial")
    status(capsys, "--forget", number, code=0)
    assert [one["agency"] for one in data(capsys, code=0)["groups"][0]["agencies"]] == ["DINAS KESEHATAN"]
    status(capsys, "--forget", number, code=2)


def test_one_workbook_alone_makes_no_ledger_but_is_recorded_where_there_is_one(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    plain = ["audit", "masuk/dinsos.xlsx", "--no-annotate"]
    assert main(plain) == 1
    assert "buku register" not in said(capsys)[1] and not (folder / "data").exists()
    assert main(["audit", "masuk", "--no-annotate", "--no-ledger"]) == 1
    assert not (folder / "data").exists()
    assert main(["audit", "masuk", "--no-annotate"]) == 1
    assert "2 hasil audit dicatat" in said(capsys)[1]
    assert main(plain) == 1
    assert "1 hasil audit dicatat" in said(capsys)[1]
    assert main(["status"]) == 1
    assert main([*plain, "--no-ledger"]) == 1
    assert "dicatat" not in said(capsys)[1]


def test_the_environment_and_the_settings_name_the_ledger(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("masuk/xlaudit.toml").write_text('ledger = "kantor.db"\n', "utf-8")
    assert main(["audit", "masuk/dinsos.xlsx", "--no-annotate"]) == 1
    assert Path("masuk/kantor.db").is_file()
    assert main(["status", "--config", "masuk/xlaudit.toml"]) == 1
    monkeypatch.setenv("XLAUDIT_LEDGER", "lain.db")
    assert main(["audit", "masuk/dinsos.xlsx", "--no-annotate"]) == 1
    assert Path("lain.db").is_file()
    monkeypatch.setenv("XLAUDIT_LEDGER", "off")
    assert main(["status"]) == 2
    Path("masuk/xlaudit.toml").write_text('ledger = "postgresql://a:s3cret@server/x"\n', "utf-8")
    monkeypatch.delenv("XLAUDIT_LEDGER")
    capsys.readouterr()
    assert main(["audit", "masuk", "--no-annotate"]) == 2
    told = said(capsys)[1]
    assert "kata sandi" in told and "s3cret" not in told


def test_a_ledger_that_fails_leaves_the_audit_whole(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    Path("rusak.db").write_text("bukan basis data\n" * 100)
    assert main(["audit", "masuk", "--output", "hasil", "--ledger", "rusak.db"]) == 2, "who asks for it is told by 2"
    out, err = said(capsys)
    assert "Audit selesai, tetapi tidak tercatat: Buku register" in err and "DINAS" not in err
    assert Path("hasil/dinsos.audit.xlsx").is_file() and "710.000.000" in out
    own = folder / "data" / "xlaudit"
    own.mkdir(parents=True)
    (own / "ledger.db").write_text("bukan basis data\n" * 100)
    assert main(["audit", "masuk", "--no-annotate"]) == 1, "the default one is only told"
    assert "tidak tercatat" in said(capsys)[1]


def test_a_ledger_that_holds_another_writer_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    with Ledger.open(Place(Path(LEDGER))) as other, other.writing():
        status(capsys)  # who reads waits for nobody


def test_what_was_mailed_about_a_submission(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    [own] = data(capsys, "--agency", "sosial")["groups"][0]["agencies"]
    with Ledger.open(Place(Path(LEDGER))) as ledger:
        content = own["submissions"][0]["sha256"]
        ledger.mailings.add(Mailing("k", "Dinas Sosial", ("a@contoh.id",), "Hasil", submission_sha256=content))
        ledger.mailings.note("k", "sent")
    assert re.search(r"surel ke a@contoh\.id: terkirim \(\d\d-\d\d-\d{4}\)", status(capsys, "--agency", "sosial"))
    [own] = data(capsys, "--agency", "sosial")["groups"][0]["agencies"]
    assert [one["state"] for one in own["submissions"][0]["mailings"]] == ["sent"]


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    text = status(capsys, "--lang", "en", "--agency", "sosial")
    assert "Annual 2024" in text and "Still open (2)" in text and re.search(r"since \d{4}-\d\d-\d\d", text)


def test_nothing_but_the_account_is_kept_of_who_audits(capsys: pytest.CaptureFixture[str]) -> None:
    audit("masuk")
    with sqlite3.connect(LEDGER) as connection:
        [(who,)] = connection.execute("SELECT DISTINCT recorded_by FROM xlaudit_audits").fetchall()
    assert re.fullmatch(r"[^@\s]+", who)
