"""LibreOffice computes the recap's formulas anew and finds the values that are stored with them."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import recaps

from xlaudit.cli import main

if shutil.which("soffice") is None:
    pytest.skip("LibreOffice (soffice) is not installed", allow_module_level=True)


def without_values(source: Path, target: Path) -> int:
    """Takes the stored values from all formulas; how many there were."""
    count = 0
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as other:
        for name in package.namelist():
            data = package.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data, times = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
                count += times
            other.writestr(name, data)
    return count


@pytest.mark.parametrize("years", [(2024,), (2023, 2024)])
def test_formulas_give_the_stored_values(years: tuple[int, ...], tmp_path: Path) -> None:
    for number in range(8):
        one = recaps.office(number)
        one.year, one.off = years[number % len(years)], 3 * (number % 3)
        recaps.write(one, tmp_path / "masuk" / f"{number}.xlsx")
    (tmp_path / "masuk" / "rusak.xlsx").write_bytes(b"x")
    (tmp_path / "daftar.csv").write_text("perangkat daerah\nDinas Belum Datang\n")
    stored = tmp_path / "rekap.xlsx"
    call = ["recap", str(tmp_path / "masuk"), "-o", str(stored), "--agencies", str(tmp_path / "daftar.csv")]
    assert main(call) == 2, "one was rejected"
    (tmp_path / "hitung").mkdir()
    bare = tmp_path / "bare.xlsx"
    assert without_values(stored, bare) > 40
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "hitung"), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    formulas = openpyxl.load_workbook(stored)
    ours = openpyxl.load_workbook(stored, data_only=True)
    theirs = openpyxl.load_workbook(tmp_path / "hitung" / "bare.xlsx", data_only=True)
    compared = 0
    for sheet in formulas.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                own, other = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                assert isinstance(own, (int, float)), (sheet.title, cell.coordinate, own)
                assert other == pytest.approx(own, rel=1e-13, abs=0), (sheet.title, cell.coordinate, cell.value)
                compared += 1
    assert compared > 40
