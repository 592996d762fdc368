"""A zip in memory: what is read of it is what the directory tells of, or refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlaudit.zipped import Zipped, inflated

_NAME = "bagian.xml"


def packed(content: bytes, method: int = zipfile.ZIP_DEFLATED, name: str = _NAME) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@given(st.binary(max_size=300), st.integers(1, 2000), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
def test_what_was_packed_comes_back(piece: bytes, times: int, method: int) -> None:
    zipped = Zipped(packed(piece * times, method))
    assert [zipped.content(info) for info in zipped.infos * 2] == [piece * times] * 2


def test_a_part_of_many_pieces() -> None:
    """More than what is taken at once, compressed."""
    content = Random(1).randbytes(300_000)
    zipped = Zipped(packed(content))
    assert zipped.content(zipped.infos[0]) == content


def test_no_more_is_inflated_than_was_asked_for() -> None:
    for size in (1_000_000, 100_000_000):  # compressed in one piece, and in several
        packer = zlib.compressobj(wbits=-15)
        raw = memoryview(packer.compress(bytes(size)) + packer.flush())
        assert len(inflated(raw, 11)) == 11
        assert len(inflated(raw, size + 1)) == size


def _flip(at: int) -> Callable[[bytearray], None]:
    def spoil(data: bytearray) -> None:
        data[at] ^= 0xFF

    return spoil


def _lie(size: int, said: int) -> Callable[[bytearray], None]:
    def spoil(data: bytearray) -> None:
        at = data.rindex(struct.pack("<I", size))
        data[at : at + 4] = struct.pack("<I", said)

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_flip(0), id="signature"),
        pytest.param(_flip(31), id="name"),
        pytest.param(_flip(200), id="content"),
        pytest.param(_lie(4000, 3999), id="shorter"),
        pytest.param(_lie(4000, 4001), id="longer"),
    ],
)
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_contradicts_the_directory(spoil: Callable[[bytearray], None], method: int) -> None:
    data = bytearray(packed(Random(2).randbytes(4000), method))
    spoil(data)
    zipped = Zipped(bytes(data))
    with pytest.raises(ValueError):
        zipped.content(zipped.infos[0])


def test_an_entry_beyond_the_end() -> None:
    zipped = Zipped(packed(b"isi"))
    zipped.infos[0].header_offset = len(zipped.data) - 5
    with pytest.raises(ValueError):
        zipped.content(zipped.infos[0])


def test_another_kind_of_compression() -> None:
    zipped = Zipped(packed(b"isi", zipfile.ZIP_LZMA))
    with pytest.raises(ValueError):
        zipped.content(zipped.infos[0])


def test_names_of_both_encodings() -> None:
    for name in ("lembar é.xml", "xl/lembar.xml"):
        zipped = Zipped(packed(b"isi", name=name))
        assert zipped.content(zipped.infos[0]) == b"isi"


def test_small_parts_are_kept_as_long_as_there_is_room() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(60):
            archive.writestr(f"kecil{number}.xml", bytes(40_000))
        archive.writestr("besar.xml", bytes(70_000))
    zipped = Zipped(out.getvalue())
    same = [zipped.content(info) is zipped.content(info) for info in zipped.infos]
    assert same[0] and not same[59] and not same[60]
    assert sum(same) * 40_000 <= 1 << 20
