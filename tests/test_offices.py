"""Which office a name means: what must meet, and what must never."""

from __future__ import annotations

import pytest

from xlaudit.offices import government_key, nearly_same_name, office_of, same, short_names


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dinas Sosial", "DINAS  SOSIAL KAB. CONTOH"),
        ("Dinas Sosial Kabupaten Contoh", "DINAS SOSIAL KAB. CONTOH"),
        ("Dinas Sosial Pemerintah Kabupaten Contoh Provinsi Misal", "Dinas Sosial Kab. Contoh"),
        ("Dinas PU & Penataan Ruang", "Dinas PU dan Penataan Ruang"),
        ("Badan Perencanaan (Bappeda) Kota Contoh", "Badan Perencanaan"),
        ("Dinas Sosial Tahun 2024", "Dinas Sosial"),
        ("1. Dinas Sosial", "Dinas Sosial"),
    ],
)
def test_the_same_office(one: str, two: str) -> None:
    assert same(office_of(one), office_of(two)) and same(office_of(two), office_of(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Dinas Sosial Kabupaten Contoh", "Dinas Sosial Kota Contoh"),
        ("Dinas Sosial", "Dinas Sosial dan Tenaga Kerja"),
        ("Kecamatan Kota Baru", "Kecamatan"),
        ("Kecamatan Kota Baru", "Kecamatan Kota Lama"),
        ("Dinas Tata Kota dan Bangunan", "Dinas Tata Ruang"),
        ("Dinas Perumahan Kota dan Permukiman", "Dinas Perumahan"),
        ("", ""),
        ("", "Dinas Sosial"),
    ],
)
def test_other_offices(one: str, two: str) -> None:
    assert not same(office_of(one), office_of(two)) and not same(office_of(two), office_of(one))


def test_the_government_is_told_apart_or_within_the_name() -> None:
    assert office_of("Dinas Sosial Kab. Contoh") == office_of("Dinas Sosial", "Pemerintah Kabupaten Contoh")
    assert government_key("Kota Contoh") != government_key("Kabupaten Contoh")
    assert government_key("Pemerintah Daerah") == ""
    assert short_names("Badan Perencanaan (BAPPEDA)") == ("bappeda",)


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Inspektorat", "Inspektorat Daerah Kab. Contoh", True),
        ("Badan Pengelola Keuangan dan Aset Daerah", "Badan Pengelolaan Keuangan & Aset Daerah", True),
        ("Badan Perencanaan Pembangunan Daerah", "Badan Perencanan Pembangunan Daerah", True),
        ("Kecamatan Sukamaju", "Kecamatan Sukamulya", False),
        ("Dinas Pertanian", "Dinas Pertanahan", False),
        ("Dinas Perikanan", "Dinas Perikemanusiaan", False),
        ("Sekretariat Daerah", "Sekretariat DPRD", False),
        ("Dinas Kesehatan", "Dinas Kesehatan Hewan", False),
        ("Daerah", "", False),
    ],
)
def test_nearly_the_same_name(one: str, two: str, alike: bool) -> None:
    assert nearly_same_name(one, two) is nearly_same_name(two, one) is alike
