"""xlaudit.toml: found beside or above the workbook, checked to the last key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from minibook import parts, zipped

from xlaudit.cli.main import main
from xlaudit.errors import BadUsage
from xlaudit.limits import Limits
from xlaudit.settings import Settings, find_settings, read_settings


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "xlaudit.toml"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str) -> BadUsage:
    with pytest.raises(BadUsage) as caught:
        read_settings(written(folder, text))
    assert caught.value.code == "bad_settings"
    assert "xlaudit.toml" in caught.value.text.id and "xlaudit.toml" in caught.value.text.en
    return caught.value


def test_what_a_file_does_not_say_stays(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, "")) == Settings()
    assert read_settings(written(tmp_path, "\ufeff# kosong\n[limits]\n")) == Settings()
    assert read_settings(written(tmp_path, "[limits]\ncells = 5_000\n")).limits == Limits(cells=5000)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\ncels = 1\n", "mungkin maksudnya “limits.cells”"),
        ("[limits]\nCELLS = 1\n", "mungkin maksudnya “limits.cells”"),
        ("[limit]\ncells = 1\n", "mungkin maksudnya “limits”"),
        ("[limits]\nqqqqqq = 1\n", "yang ada: cells, depth"),
        ("[limits]\ncells = 0\n", "Pengaturan “limits.cells” di"),
        ("[limits]\ncells = -1\n", "bilangan bulat mulai 1"),
        ("[limits]\ncells = true\n", "bilangan bulat mulai 1"),
        ("[limits]\ncells = 1.0\n", "bilangan bulat mulai 1"),
        ('[limits]\ncells = "1"\n', "bilangan bulat mulai 1"),
        ("[limits]\ncells = {}\n", "bilangan bulat mulai 1"),
        ("limits = 5\n", "sebuah bagian, ditulis [limits]"),
        ("[limits\n", "bukan TOML yang sah"),
        ("[limits]\ncells = 1\ncells = 2\n", "bukan TOML yang sah"),
        ("a = " + "[" * 100_000, "bukan TOML yang sah"),
        ("#" * 1_100_000, "bukan TOML yang sah"),
    ],
)
def test_mistakes_are_said(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text).text.id


def test_what_is_no_text_or_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\0")
    for path in (tmp_path / "a.toml", tmp_path / "tiada.toml", tmp_path):
        with pytest.raises(BadUsage) as caught:
            read_settings(path)
        assert caught.value.code == "bad_settings"


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    workbook = tmp_path / "dinas" / "2024" / "a.xlsx"
    workbook.parent.mkdir(parents=True)
    far = written(tmp_path, "")
    assert find_settings(workbook) == far
    (tmp_path / "dinas" / "xlaudit.toml").mkdir()  # a folder of that name is none
    assert find_settings(workbook) == far
    near = written(workbook.parent, "")
    assert find_settings(workbook) == near


def audit(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["audit", "--no-annotate", *arguments])
    return code, capsys.readouterr().err


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two offices with the same workbook; the first has settings of its own."""
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    for office in ("satu", "dua"):
        written(tmp_path / office, "[limits]\ncells = 1\n")
        (tmp_path / office / "a.xlsx").write_bytes(zipped(parts(rows)))
    os.remove(tmp_path / "dua" / "xlaudit.toml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_workbook_by_the_settings_beside_it(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = audit(capsys, "satu", "dua")
    assert code == 2
    assert f"Pengaturan dibaca dari {Path('satu', 'xlaudit.toml').resolve()}" in said
    assert "satu/a.xlsx: Berkas ini terlalu besar" in said.replace("\\", "/")
    assert "dua/a.xlsx: Tidak ada tabel yang dikenali" in said.replace("\\", "/")


def test_config_overrides_what_was_found(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = inputs / "lain.toml"
    other.write_text("[limits]\ncells = 100\n")
    code, said = audit(capsys, "satu", "--config", str(other))
    assert code == 2
    assert "Tidak ada tabel yang dikenali" in said and "Pengaturan dibaca" not in said


def test_a_faulty_file_stops_the_call(inputs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(inputs / "satu", "[limits]\nsel = 1\n")
    assert audit(capsys, "satu", "dua")[0] == 2
    assert main(["tables", str(Path("satu", "a.xlsx"))]) == 2
    assert "Pengaturan “limits.sel”" in capsys.readouterr().err
    assert main(["audit", "satu", "--config", "tiada.toml"]) == 2
    assert "tiada.toml tidak dapat dibaca" in capsys.readouterr().err
