"""ST105: examples and dotted blanks of the template were replaced."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "ST105"
HEAD = "| No | Sasaran | Indikator | Satuan | Target | Realisasi |\n"


@pytest.mark.parametrize(
    "rows",
    [
        "| 1 | Layanan | Persentase layanan | % | 80 | 84 |",
        "| 1 | Layanan | Persentase layanan | - | - | - |",
        "| 1 | Layanan | Persentase layanan | ... | … | ... |",
        "| 1 | Layanan | Persentase layanan | - | NA | n/a |",
        "| 1 | Layanan | Persentase layanan | % | 80 | 84 |\n| ... | ... | ... | ... | ... | ... |",
        "| 1 | Layanan | Persentase layanan | % | 80 | 84 |\n| … | … | … | … | … | … |\n"
        "| 9 | Layanan | Jumlah aduan | kasus | 80 | 84 |",
        "| 1 | Layanan | Nilai Program Contoh Kota Layak Anak | Nilai | 80 | 84 |",
        "| 1 | Layanan | Predikat SAKIP (isi: nilai) | Nilai | 80 | 84 |",
        "| 1 | Layanan ....... prima | Indeks (diisi petugas) layanan | Indeks | 80 | 84 |",
        "| 1 | Layanan | Persentase layanan | % | 80 | xx |",
    ],
)
def test_what_offices_write(rows: str) -> None:
    must_stay_quiet(CODE, HEAD + rows)


@pytest.mark.parametrize(
    "below",
    [
        "| | | | | | (........................) |",
        "| | (........................) | | | | (........................) |",
        "| | ........................ | | | | ........................ |",
        "| | ____________________ | | | | ____________________ |",
        "| | | | | .........., ...... 2025 | |\n| | | | | Kepala Dinas | |\n| | | | | | ................... |",
    ],
)
def test_lines_to_sign_on_below_a_table(below: str) -> None:
    must_stay_quiet(CODE, HEAD + "| 1 | Layanan | Persentase layanan | % | 80 | 84 |\n" + below)


def test_a_spoiled_code_is_none_of_the_example() -> None:
    must_stay_quiet(
        CODE,
        "| Kode | Program | Pagu (Rp) | Realisasi (Rp) |\n| X.XX.01 | Program Penunjang | 500000000 | 431000000 |",
    )


@pytest.mark.parametrize(
    "blank",
    ["……", "....", ". . . . .", "____", "(diisi indikator)", "[nama indikator]", "xxx", "XXXX", "<isi di sini>", "…"],
)
def test_an_indicator_that_was_not_filled_in(blank: str) -> None:
    drawing = (
        HEAD + f"| 1 | Layanan | Persentase layanan | % | 80 | 84 |\n| 2 | Layanan | {blank} * | % | 80 | 84 |\n"
    )
    (flag,) = must_find(CODE, drawing)
    assert flag.stated == blank
    assert flag.live == f'TRIM(C3)="{blank}"'


@pytest.mark.parametrize("blank", ["....", "………", "Rp. .........,-", "___", "xxx", "x.xxx.xxx", "(diisi)", "..... %"])
def test_a_figure_that_was_not_filled_in(blank: str) -> None:
    must_find(CODE, HEAD + f"| 1 | Layanan | Persentase layanan | % | 80 | {blank} * |\n| 2 | A | B | % | 80 | 84 |")


def test_dotted_blanks_are_one_finding_per_table() -> None:
    (flag,) = must_find(
        CODE,
        HEAD + "| 1 | Layanan | Persentase | % | 80 | 84 |\n"
        "| 2 | …… * | ……… | …… | …… | …… |\n| 3 | …… | ……… | …… | …… | …… |",
    )
    assert "Sel ini belum diisi: isinya masih “……”. Begitu pula" in flag.message.id
    assert {cell.a1 for _, cell in flag.because} >= {"C3", "D3", "E3", "F3", "E4", "F4"}


def test_each_row_of_the_example_is_told_once() -> None:
    must_find(
        CODE,
        "| Kode | Program | Pagu (Rp) | Realisasi (Rp) |\n"
        "| 9.99.01 * | Program Contoh | 250000000 | 231500000 |\n"
        "| 9.99.01.2.01 * | Kegiatan Pembinaan | 250000000 | 231500000 |\n"
        "| 1.06.02 | PROGRAM CONTOH * | 250000000 | 231500000 |\n"
        "| 1.06.03 | Program Pembinaan | 250000000 | 231500000 |",
    )


def test_an_example_indicator() -> None:
    (flag,) = must_find(CODE, HEAD + "| 1 | Layanan | Jumlah pengaduan contoh * | kasus | 20 | 17 |")
    assert flag.message.id == "Baris ini masih berisi contoh dari templat: “Jumlah pengaduan contoh”."


IDENTITY = """# Templat: realisasi-anggaran
# Lembar: Identitas
| Pemerintah daerah | {} |
| Perangkat daerah | {} |
# Lembar: Realisasi Anggaran
| Kode | Program | Pagu (Rp) | Realisasi (Rp) |
| 1.06.02 | Program Penunjang | 500000000 | 431000000 |
"""


def test_the_identity_of_the_example() -> None:
    must_stay_quiet(CODE, IDENTITY.format("Kabupaten Baru", "Dinas Sosial"))
    must_stay_quiet(CODE, IDENTITY.format("", ""))
    flags = must_find(CODE, IDENTITY.format("Kabupaten Baru", "DINAS CONTOH *"))
    assert [flag.message.id for flag in flags] == ["Identitas masih berisi contoh dari templat: “DINAS CONTOH”."]
    must_find(CODE, IDENTITY.format("Kabupaten Contoh *", "Dinas Contoh *"))


def test_a_blank_merged_over_several_rows_is_told_once() -> None:
    (flag,) = must_find(
        CODE,
        HEAD + "| 1 | …… * | Persentase layanan | % | 80 | 84 |\n"
        "| 2 | ^ | Jumlah aduan | kasus | 80 | 84 |\n| 3 | Layanan | Jumlah unit | unit | 80 | 84 |",
    )
    assert flag.because == ()
    (flag,) = must_find(
        CODE,
        HEAD + "| 1 | Layanan | Persentase layanan | % | 80 | …… * |\n"
        "| 2 | Layanan | Jumlah aduan | kasus | 80 | …… |\n| 3 | Layanan | Jumlah unit | unit | 80 | 84 |",
    )
    assert [cell.a1 for _, cell in flag.because] == ["F3"]
