"""ST118: what a workbook declares is in line with what the office settled."""

from __future__ import annotations

import pytest
from draw import book, must_find, must_pass_over, must_stay_quiet

from xlaudit.findings import Severity
from xlaudit.relations import Mode
from xlaudit.rules.base import all_rules

CODE = "ST118"
TABLE = """# Templat: pengukuran-kinerja
# Lembar: Identitas
{identity}
# Lembar: Pengukuran Kinerja
PENGUKURAN KINERJA
| Sasaran | Indikator Kinerja | Satuan | Arah | Sifat | Target | Realisasi | Capaian (%) | Kategori | Sumber Data |
| (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8) | (9) | (10) |
| Layanan | Persentase PPKS terlayani | % | Makin tinggi | Non-kumulatif | 80 | 76 | 95 | | |
| Layanan | Persentase desa tangguh | % | Makin tinggi | Non-kumulatif | 40 | 38 | 95 | | |
"""
SCALE = """# Lembar: Pengukuran
| Indikator                 | Target | Realisasi | Capaian (%) | Kategori |
| Persentase PPKS terlayani | 80     | 76        | 95,00       | Baik     |
| Persentase desa tangguh   | 40     | 20        | 50,00       | Kurang   |
| Persentase layanan        | 40     | 30        | 75,00       | Cukup    |
# Lembar: Skala
| Interval  | Kriteria |
| {baik}    | Baik     |
| 60 – 79   | Cukup    |
| < 60      | Kurang   |
"""
OWN = (
    '# Pengaturan: conventions.scale = [{label = "Baik", from = 80}, {label = "Cukup", from = 60}, '
    '{label = "Kurang", from = 0}]\n'
)


def filled(settings: str, *identity: str) -> str:
    lines = "".join(f"# Pengaturan: {line}\n" for line in settings.splitlines())
    return lines + TABLE.format(identity="\n".join(identity))


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("cap = 120", "| Batas atas capaian | 120 |"),
        ('cap = "none"', "| Batas atas capaian | Tidak dibatasi |"),
        ('rounding = "truncated"', "| Cara pembulatan persentase | Dipotong |"),
        ('rounding = "rounded"', "| Cara pembulatan persentase | dibulatkan |"),
        ('efficiency = "difference-from-100"', "| Rumus efisiensi | Selisih bila capaian 100 atau lebih |"),
    ],
)
def test_in_line(setting: str, line: str) -> None:
    must_stay_quiet(CODE, filled(f"conventions.{setting}", line))


def test_nothing_settled_or_nothing_declared_is_not_compared() -> None:
    must_pass_over(CODE, filled("", "| Batas atas capaian | 120 |"))
    must_pass_over(CODE, filled("conventions.cap = 120", "| Rumus efisiensi | Selisih |"))
    must_pass_over(CODE, filled("conventions.cap = 120", "| Batas atas capaian | lihat catatan |"))
    must_pass_over(CODE, filled("conventions.cap = 120", "| Batas atas capaian | |"))


def test_each_difference_at_its_own_cell() -> None:
    drawn = filled(
        'conventions.cap = 120\nconventions.rounding = "truncated"\nconventions.efficiency = "relative"',
        "| Batas atas capaian | Tidak dibatasi * |",
        "| Cara pembulatan persentase | Dibulatkan * |",
        "| Rumus efisiensi | Relatif |",
    )
    cap, rounding = must_find(CODE, drawn)
    assert cap.message.id == "Di sini tertulis “Tidak dibatasi”, sedangkan menurut xlaudit.toml seharusnya “120”."
    assert rounding.computed == "Dipotong"


def test_the_workbook_goes_first() -> None:
    """Its figures are held against what it declares: only the declaration itself is told."""
    known = book(filled('conventions.cap = 120\nconventions.rounding = "truncated"', "| Batas atas capaian | 110 |"))
    assert known.settings.conventions.cap == 110
    assert known.settings.conventions.rounding is Mode.TRUNCATED
    assert known.policy.origin("cap").id == "Identitas!B1" and known.policy.origin("rounding").id == "xlaudit.toml"


def test_a_printed_scale_like_the_office_s() -> None:
    must_stay_quiet(CODE, OWN + SCALE.format(baik="≥ 80"))
    must_pass_over(CODE, SCALE.format(baik="≥ 85"))


def test_a_printed_scale_unlike_the_office_s() -> None:
    (flag,) = must_find(CODE, OWN + SCALE.replace("{baik}    | Baik ", "≥ 85 *    | Baik "))
    assert "Baik ≥ 80, Cukup ≥ 60, Kurang ≥ 0" in flag.message.id
    assert next(rule for rule in all_rules() if rule.code == CODE).severity is Severity.WARNING


def test_the_scale_that_identitas_names() -> None:
    line = "| Skala predikat | Permendagri 86/2017{} |"
    must_stay_quiet(CODE, filled('conventions.scale = "permendagri-86-2017"', line.format("")))
    must_pass_over(CODE, filled('conventions.scale = "lan-4"', "| Skala predikat | Skala sendiri |"))
    (flag,) = must_find(CODE, filled('conventions.scale = "lan-4"', line.format(" *")))
    assert flag.computed == "LAN empat kelas"


def test_it_is_told_with_a_table_of_its_own_sheet() -> None:
    drawn = OWN + SCALE.replace("{baik}    | Baik ", "≥ 85 *    | Baik ")
    (flag,) = must_find(CODE, drawn)
    assert flag.table.sheet == "Pengukuran"  # there is no table beside the scale
    lists = "| Program | Pagu (Rp) | Realisasi (Rp) |\n| Program A | 5.000.000 | 4.000.000 |\n| Program B | 6 | 5 |\n\n"
    (flag,) = must_find(CODE, drawn.replace("# Lembar: Skala\n", f"# Lembar: Skala\n{lists}"))
    assert flag.table.sheet == "Skala"
