"""Header words: how offices name their columns, with the slips they make.

A header text is cut into words and each word is brought to one concept (``prosentase`` and ``%`` are both
``persen``). Nothing here knows a table; ``schemas.columns`` gives the concepts their meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from xlaudit.patterns import pattern

CONCEPTS: dict[str, tuple[str, ...]] = {
    "pagu": ("pagu", "plafon", "plafond", "dpa", "dppa"),
    "anggaran": ("anggaran", "angg", "keuangan", "budget", "belanja"),
    "alokasi": ("alokasi",),
    "realisasi": ("realisasi", "real", "terealisasi", "spj", "realization", "realisation"),
    "harga": ("harga", "tarif"),
    "serapan": ("serapan", "penyerapan", "terserap"),
    "persen": ("persen", "persentase", "prosentase", "presentase", "percent", "percentage", "persentasi"),
    "fisik": ("fisik",),
    "sisa": ("sisa", "saldo"),
    "selisih": ("selisih", "deviasi", "gap", "lebih"),
    "target": ("target", "tgt", "rencana"),
    "volume": ("volume", "vol"),
    "capaian": ("capaian", "cap", "pencapaian", "ketercapaian"),
    "kinerja": ("kinerja", "performance"),
    "kategori": ("kategori", "kriteria", "predikat", "peringkat", "status", "interpretasi", "klasifikasi",
                 "kualifikasi"),
    "efisiensi": ("efisiensi",),
    "kemajuan": ("kemajuan", "progres", "progress"),
    "tingkat": ("tingkat",),
    "rata": ("rata", "rerata"),
    "akhir": ("akhir", "menengah"),
    "renstra": ("renstra", "rpjmd", "rpd", "strategis"),
    "tahun": ("tahun", "thn", "th", "ta"),
    "lalu": ("lalu", "sebelumnya"),
    "berjalan": ("berjalan", "ini", "dievaluasi"),
    "triwulan": ("triwulan", "tw", "twl", "trw", "kuartal"),
    "semester": ("semester", "smt"),
    "sebelum": ("sebelum", "murni", "awal", "induk", "semula"),
    "setelah": ("setelah", "sesudah", "menjadi"),
    "perubahan": ("perubahan", "bertambah", "berkurang", "penambahan", "pengurangan"),
    "naik": ("kenaikan", "penurunan", "naik", "turun", "pertumbuhan"),
    "bulan": tuple(
        "bulan januari jan februari feb maret mar april apr mei juni jun juli jul agustus agt ags agust september sep "
        "sept oktober okt november nov nop nopember desember des".split()
    ),
    "sasaran": ("sasaran",),
    "tujuan": ("tujuan",),
    "indikator": ("indikator", "iku", "ikk", "iksk"),
    "satuan": ("satuan", "sat", "unit"),
    "program": ("program",),
    "kegiatan": ("kegiatan", "aktivitas", "activity"),
    "sub": ("sub", "subkegiatan"),
    "uraian": ("uraian", "rincian", "nama", "komponen"),
    "no": ("no", "nomor", "nmr", "urut"),
    "kode": ("kode", "kd", "rekening"),
    "keterangan": ("keterangan", "ket", "analisis", "analisa", "penyebab", "penjelasan", "catatan", "menunjang"),
    "sumber": ("sumber",),
    "data": ("data",),
    "penanggung": ("penanggung", "pengampu", "pelaksana"),
    "jumlah": ("jumlah", "total", "jml"),
    "rupiah": ("rp", "rupiah", "idr"),
    "ribu": ("ribu", "ribuan"),
    "juta": ("juta", "jutaan", "jt"),
    "miliar": ("miliar", "milyar", "miliaran"),
    "arah": ("arah", "polaritas"),
    "sifat": ("sifat", "jenis"),
    "standar": ("standar", "nasional", "provinsi", "propinsi", "spm", "benchmark"),
    "kumulatif": ("sd", "kumulatif"),
    "nilai": ("nilai", "skor"),
    "interval": ("interval", "rentang", "range", "skala"),
    "rumus": ("rumus", "formula", "formulasi", "perhitungan"),
    "bobot": ("bobot",),
    "bagian": ("proporsi", "porsi", "kontribusi", "komposisi"),
}

FILLERS = frozenset(
    "dan atau per pada yang dari di ke dalam untuk dengan sampai utama lainnya kepala opd skpd pd perangkat daerah "
    "kabupaten kota penilaian evaluasi hasil menurut atas terhadap periode jangka dokumen perencanaan pembangunan "
    "jawab bidang apbd anggota s d sd i ii iii iv v vi k antara tidak faktor pendukung tercapai penunjang".split()
)

_WORD = {word: concept for concept, words in CONCEPTS.items() for word in words}


def meaning_of(word: str) -> str | None:
    """The concept of a word as it is written; ``(filler)`` for one that says nothing; None for an unknown one."""
    return "(filler)" if word in FILLERS else _WORD.get(word)


def know_more(more: Mapping[str, str]) -> None:
    """Words of another package, each with its concept, from now on."""
    _WORD.update(more)
    _MORE.update(more)
    _read_anew()


def forget_more() -> None:
    """Only our own words again."""
    for word in _MORE:
        del _WORD[word]
    _MORE.clear()
    _read_anew()


def _read_anew() -> None:
    for forget in _FORGET:
        forget()


def rests_on_words(forget: Callable[[], None]) -> None:
    """Has something remembered that the words told forgotten, once other packages have brought more of them."""
    _FORGET.append(forget)


_FORGET: list[Callable[[], None]] = []
_MORE: dict[str, str] = {}


def _single(word: str) -> str:
    """A word with every doubled letter once: what a finger that stayed too long has typed."""
    return re.sub(r"(.)\1+", r"\1", word)


_SINGLE = {_single(word): concept for word, concept in _WORD.items() if len(word) > 3}
_LONG_WORDS = tuple(word for word in _WORD if len(word) >= 6)
_MONTHS = {word: 1 + number // 2 for number, word in enumerate(
    "januari jan februari feb maret mar april apr mei mei juni jun juli jul agustus agt september sep oktober okt "
    "november nov desember des".split()
)} | {"nop": 11, "nopember": 11}
_TOKEN = pattern(r"[a-z]+|[0-9]+|%")
_ZERO_FOR_O = pattern(r"\bn0\b")
_PERCENT = pattern(r"%")
_END_OF_QUARTER = pattern(r"\bb ?-?(03|06|09|12)\b")
"""How plans of action write the quarters: by the month that each ends with."""
_SLASH_TO = pattern(r"\bs\s*[./]\s*d\b\.?")


def fold(text: str) -> str:
    """Lower case, plain letters, single spaces: the form in which words are compared."""
    if text.isascii():  # as nearly all are: nothing to take apart
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """What ``fold`` makes of each of many texts: all at once where they are tidy already, as those of cells are."""
    lines = "\n".join(texts)
    if lines.isascii() and not any(untidy in f"\n{lines}\n" for untidy in _UNTIDY):
        folded = lines.lower().split("\n")
        if len(folded) == len(texts):
            return folded
    return list(map(fold, texts))


_UNTIDY = ("  ", " \n", "\n ", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f")
"""What ``fold`` would change in lines of plain letters."""


@lru_cache(maxsize=4096)
def concept(word: str) -> str | None:
    """The concept a header word stands for, also with one slip of the pen in a long word."""
    if word == "%":
        return "persen"
    known = _WORD.get(word)
    if known is not None or word in FILLERS:
        return known
    single = _single(word)
    if len(word) > 3 and single in _SINGLE:
        return _SINGLE[single]
    if len(word) < 6:
        return None
    for candidate in _LONG_WORDS:
        if abs(len(candidate) - len(word)) <= 1 and one_slip(word, candidate):
            return _WORD[candidate]
    return None


def one_slip(one: str, two: str) -> bool:
    """Whether two words differ by at most one letter typed wrong, left out, added, or two swapped."""
    if one == two:
        return True
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    a, b = one[start:], two[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (len(a) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words, numbers and percent signs of a header text, folded.

    A word broken by a narrow column (``Realisas i``) is joined again where the joined word is known.
    """
    plain = _END_OF_QUARTER.sub(lambda month: f"tw {int(month[1]) // 3}", fold(text))
    found = _TOKEN.findall(_SLASH_TO.sub(" sd ", _ZERO_FOR_O.sub("no", plain)))
    joined: list[str] = []
    for token in found:
        if joined and joined[-1].isalpha() and token.isalpha() and concept(token) is None and token not in FILLERS:
            glued = joined[-1] + token
            if glued in _WORD or glued in FILLERS:
                joined[-1] = glued
                continue
        if joined and len(token) == 1 and joined[-1] + token in _WORD and len(joined[-1]) > 3:
            joined[-1] += token
            continue
        joined.append(token)
    return tuple(joined)


@lru_cache(maxsize=8192)
def concepts(text: str) -> frozenset[str]:
    """All concepts that a header text names."""
    return frozenset(found for word in words(text) if (found := concept(word)) is not None)


def month(text: str) -> int:
    """The month that a heading names and nothing else, 1 to 12; 0 for any other text."""
    spelled = [word for word in words(text) if word not in ("bulan", "rp", "realisasi")]
    return _MONTHS.get(spelled[0], 0) if len(spelled) == 1 else 0


THOUSANDS = pattern(r"\brp\.?\s*(x\s*)?1?[.,]?000\b|(?<![0-9.,])000[.,]-", re.IGNORECASE)
"""A unit written as zeros: (Rp 000), (Rp. 000,-), Rp x 1.000."""
_NUMBER = pattern(r"[(+-]?\s*(rp\.?)?\s*[0-9][0-9.,\s]*(%|-|persen)?[)-]?", re.IGNORECASE)
YEAR = pattern(r"\b(20[0-9]{2})\b")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@lru_cache(maxsize=8192)
def header_like(text: str) -> bool:
    """Whether a text can be a column's header: short, and mostly made of header words."""
    if not text or len(text) > 120:
        return False
    if _NUMBER.fullmatch(text.strip()) and not THOUSANDS.search(text):
        return False
    if text[:1].isdigit() and "%" in text and "=" not in text:
        return False  # an interval: 91% s.d. 100%
    found = words(text)
    if not found:
        return False
    known = sum(1 for word in found if concept(word) is not None)
    neutral = sum(1 for word in found if concept(word) is None and (word in FILLERS or word.isdigit()))
    return known > 0 and (2 * known + neutral) * 5 >= len(found) * 6


for _reading in (concept, words, concepts, header_like):
    rests_on_words(_reading.cache_clear)
