"""``xlaudit template``: what it writes, what it takes from an old workbook, and what it refuses."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlaudit.audit import audit_workbook
from xlaudit.cli import main
from xlaudit.reading.book import read_book
from xlaudit.reading.grid import read_workbook
from xlaudit.schemas.forms import PROPERTY, TEMPLATES
from xlaudit.tables import Table

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def table(path: str, sheet: str) -> Table:
    return next(table for table in read_book(Path(path)).tables if table.sheet == sheet)


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("kind", list(TEMPLATES))
def test_each_kind_is_written_with_agency_and_year(kind: str) -> None:
    assert main(["template", kind, "-o", "t.xlsx", "--agency", "Dinas Sosial", "--year", "2026"]) == 0
    workbook = read_workbook(Path("t.xlsx"))
    assert workbook.properties[PROPERTY] == kind
    texts = {cell.text for sheet in workbook.sheets for line in sheet.rows.values() for cell in line.values()}
    assert {"Dinas Sosial", "2026", "DINAS SOSIAL TAHUN 2026"} <= texts


def test_without_a_kind_it_is_everything() -> None:
    assert main(["template", "-o", "t.xlsx"]) == 0
    assert read_workbook(Path("t.xlsx")).properties[PROPERTY] == "lkjip"


class TestFrom:
    def test_programs_and_pagu_are_taken_and_results_left_empty(self) -> None:
        source = SAMPLES / "pacitan-2024.xlsx"
        assert main(["template", "realisasi-anggaran", "-o", "t.xlsx", "--from", str(source)]) == 0
        new = table("t.xlsx", "Realisasi Anggaran")
        old = max((t for t in read_book(source).tables if t.kind == new.kind), key=lambda t: len(t.rows))
        pairs = [
            [(row.label, row.figures[column].value) for row in one.rows if row.depth is not None]
            for one, column in ((new, "pagu_setelah"), (old, "pagu"))
        ]
        assert pairs[0] == pairs[1] and len(pairs[0]) > 40
        assert not any(row.figures["realisasi"].filled for row in new.rows)
        said = audit_workbook(Path("t.xlsx")).findings
        assert {finding.rule for finding in said} == {"ST114"}, "nobody said whose workbook it is"

    def test_indicators_and_targets_are_those_of_the_agreement(self) -> None:
        book = Workbook()
        sheet = book.active
        sheet.title = "PK"
        for line in (
            ["PERJANJIAN KINERJA TAHUN 2025"],
            ["Sasaran", "Indikator Kinerja", "Satuan", "Target"],
            ["Meningkatnya layanan", "Persentase layanan tepat waktu", "%", 87.5],
            ["", "Jumlah pengaduan", "kasus", 20],
            ["Meningkatnya tata kelola", "Nilai SAKIP", "nilai", 81],
        ):
            sheet.append(line)
        book.save("pk.xlsx")
        assert main(["template", "-o", "t.xlsx", "--from", "pk.xlsx", "--year", "2025"]) == 0
        for name, column in (("Perjanjian Kinerja", "target_sebelum"), ("Pengukuran Kinerja", "target")):
            found = table("t.xlsx", name)
            rows = [(row.texts["indikator"], row.figures[column].value) for row in found.rows if row.depth is not None]
            assert rows == [
                ("Persentase layanan tepat waktu", Decimal("87.5")),
                ("Jumlah pengaduan", Decimal(20)),
                ("Nilai SAKIP", Decimal(81)),
            ]
        goals = [row.texts["sasaran"] for row in table("t.xlsx", "Pengukuran Kinerja").rows[:3]]
        assert goals == ["Meningkatnya layanan", "Meningkatnya layanan", "Meningkatnya tata kelola"]

    def test_a_budget_without_codes_is_numbered_by_its_levels(self) -> None:
        book = Workbook()
        for line in (
            ["REALISASI ANGGARAN TAHUN 2024"],
            ["Program/Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"],
            ["Program Pelayanan", 300_000_000, 200_000_000],
            ["Kegiatan Umum", 100_000_000, 90_000_000],
            ["Kegiatan Khusus", 200_000_000, 110_000_000],
            ["Program Penunjang", 50_000_000, 40_000_000],
            ["Kegiatan Kantor", 50_000_000, 40_000_000],
            ["Jumlah", 350_000_000, 240_000_000],
        ):
            book.active.append(line)
        book.save("old.xlsx")
        assert main(["template", "realisasi-anggaran", "-o", "t.xlsx", "--from", "old.xlsx"]) == 0
        rows = [(row.code or row.texts["kode"], row.label) for row in table("t.xlsx", "Realisasi Anggaran").rows]
        assert rows[:3] == [("1", "Program Pelayanan"), ("1.1", "Kegiatan Umum"), ("1.2", "Kegiatan Khusus")]
        total = table("t.xlsx", "Realisasi Anggaran").rows[-1]
        assert total.figures["pagu_setelah"].value == 350_000_000

    def test_last_quarter_of_form_e81_keeps_its_quarters_and_last_year_becomes_the_past(self) -> None:
        lines = (
            {"kode": "1.06.01", "uraian": "PROGRAM UJI"},
            {"kode": "1.06.01.2.01", "uraian": "Kegiatan uji", "satuan": "dokumen", "sifat": "Non-kumulatif",
             "renstra_k": Decimal(50), "renstra_rp": Decimal(5_000_000), "lalu_k": Decimal(10),
             "lalu_rp": Decimal(1_000_000), "target_k": Decimal(12), "target_rp": Decimal(1_200_000),
             "tw1_k": Decimal(3), "tw1_rp": Decimal(300_000)},
        )  # fmt: skip
        from xlaudit.templates import Content, write_template

        content = Content({"Tahun": "2025", "Perangkat_Daerah": "Dinas Uji"}, {"evaluasi_triwulan": lines})
        write_template("evaluasi-triwulan", Path("tw1.xlsx"), content)
        assert main(["template", "evaluasi-triwulan", "-o", "tw2.xlsx", "--from", "tw1.xlsx"]) == 0
        assert main(["template", "evaluasi-triwulan", "-o", "next.xlsx", "--from", "tw1.xlsx", "--year", "2026"]) == 0
        same, later = (
            {
                (column.role, column.period): row.figures[name].value
                for name, column in found.columns.items()
                for row in found.rows[1:2]
                if name in row.figures
            }
            for found in (table("tw2.xlsx", "Evaluasi Triwulan"), table("next.xlsx", "Evaluasi Triwulan"))
        )
        assert same["realisasi", "tw1"] == 300_000 and same["pagu", "2025"] == 1_200_000
        assert later["realisasi", "tw1"] is None and later["pagu", "2026"] is None
        assert later["realisasi", "2025"] == 1_300_000 and later["realisasi_kinerja", "2025"] == 13
        assert later["pagu", "renstra"] == 5_000_000
        identity = read_book(Path("next.xlsx")).template
        assert identity is not None and identity.setting("Perangkat_Daerah") == "Dinas Uji"

    def test_it_says_what_it_took(self, capsys: pytest.CaptureFixture[str]) -> None:
        source = str(SAMPLES / "pacitan-2024.xlsx")
        assert main(["template", "realisasi-anggaran", "-o", "t.xlsx", "--from", source]) == 0
        assert "Realisasi Anggaran 45 baris" in capsys.readouterr().err


class TestRefused:
    def test_an_unknown_kind_names_the_known_ones(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["template", "lkpj", "-o", "t.xlsx"]) == 2
        said = capsys.readouterr().err
        assert "lkpj" in said and "evaluasi-triwulan" in said and left_in(tmp_path) == []

    def test_nothing_usable_in_the_old_workbook(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        book = Workbook()
        book.active.append(["Yth. Bapak Inspektur"])
        book.save("surat.xlsx")
        assert main(["template", "-o", "t.xlsx", "--from", "surat.xlsx"]) == 2
        assert "tidak ditemukan indikator" in capsys.readouterr().err
        assert left_in(tmp_path) == ["surat.xlsx"]

    def test_a_table_of_the_wrong_kind_is_nothing_usable(self, tmp_path: Path) -> None:
        book = Workbook()
        for line in (["Indikator Kinerja", "Satuan", "Target"], ["Nilai SAKIP", "nilai", 80], ["Indeks", "%", 70]):
            book.active.append(line)
        book.save("pk.xlsx")
        assert main(["template", "realisasi-anggaran", "-o", "t.xlsx", "--from", "pk.xlsx"]) == 2
        assert left_in(tmp_path) == ["pk.xlsx"]

    @pytest.mark.parametrize(
        ("name", "content"), [("broken.xlsx", b"PK\x03\x04 no"), ("note.xlsx", b"x"), ("empty.xlsx", b"")]
    )
    def test_a_file_that_is_no_workbook(self, name: str, content: bytes, tmp_path: Path) -> None:
        Path(name).write_bytes(content)
        assert main(["template", "-o", "t.xlsx", "--from", name]) == 2
        assert left_in(tmp_path) == [name]

    def test_a_missing_file_and_a_folder(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["template", "-o", "t.xlsx", "--from", "gone.xlsx"]) == 2
        assert main(["template", "-o", "t.xlsx", "--from", str(tmp_path)]) == 2
        assert "Kesalahan di dalam xlaudit" not in capsys.readouterr().err
        assert left_in(tmp_path) == []

    def test_a_place_that_cannot_be_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["template", "-o", "no/such/folder/t.xlsx"]) == 2
        assert main(["template", "-o", str(tmp_path)]) == 2
        assert main(["template", "-o", "t.docx"]) == 2
        assert "Kesalahan di dalam xlaudit" not in capsys.readouterr().err
        assert left_in(tmp_path) == []

    def test_an_existing_file_stays_unless_forced(self) -> None:
        assert main(["template", "-o", "t.xlsx"]) == 0
        filled = Path("t.xlsx").read_bytes() + b"\0"
        Path("t.xlsx").write_bytes(filled)
        assert main(["template", "-o", "t.xlsx"]) == 2
        assert Path("t.xlsx").read_bytes() == filled
        assert main(["template", "-o", "t.xlsx", "--force"]) == 0

    def test_the_source_is_never_the_target(self) -> None:
        assert main(["template", "-o", "t.xlsx"]) == 0
        assert main(["template", "-o", "t.xlsx", "--from", "t.xlsx", "--force"]) == 2

    def test_a_year_out_of_reach(self) -> None:
        assert main(["template", "-o", "t.xlsx", "--year", "25"]) == 2
