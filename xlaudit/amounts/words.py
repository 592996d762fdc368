"""The words and signs that stand around figures in these tables, as patterns."""

from __future__ import annotations

import re

from xlaudit.patterns import pattern

_FLAGS = re.IGNORECASE

_COMPARISON = (
    r">=|<=|=>|=<|>|<|≥|≤|±|~|=|"
    r"(?:sama\ dengan\ atau\ )?(?:lebih|kurang)\ (?:dari|lebih)(?:\ sama\ dengan)?|"
    r"di\ ?(?:atas|bawah)|minimal|maksimal|min\.?|maks\.?|max\.?|"
    r"paling\ (?:banyak|sedikit|tinggi|rendah|lambat)|sekitar|sebesar|sebanyak|sejumlah"
)
_GRADE = (
    r"(?:AA|BB|CC|[A-E])[+-]?|(?:sangat|cukup|kurang)?\ ?(?:baik|tinggi|rendah|memuaskan)|"
    r"cukup|sedang|kurang|istimewa|nilai|skor|indeks|predikat|level|peringkat|strata"
)
PREFIX = rf"(?:{_COMPARISON}|(?:{_GRADE})(?=[\ :(]))\ ?:?"
COMPARISON = pattern(rf"(?:{_COMPARISON})\ ?:?".replace(r"\ ", "[ ]"), _FLAGS)
SINGLE_LETTER = pattern(r"[A-E][+-]?[ ]?:?", _FLAGS)

NIL = pattern(r"(?:Rp\.?|IDR)?[ ]?(?:[.,]?-+|nihil\.?|nil)(?:[ ]?%)?|\([ ]?-+[ ]?\)", _FLAGS)
NOT_APPLICABLE = pattern(
    r"\(?(?:#?N[ ]?/[ ]?A|N\.?A\.?|N[.]/A[.]|"
    r"(?:data[ ])?belum[ ](?:ada|di\w+|rilis|terbit|keluar|tersedia|selesai)(?:[ ][\w/]+){0,3}|"
    r"(?:data[ ])?tidak[ ](?:tersedia|dinilai|diukur|berlaku)|tidak[ ]ada[ ](?:data|hasil|nilai)|"
    r"menunggu[ ](?:hasil|rilis|penilaian|data)(?:[ ][\w/]+){0,3})[.*]?\)?",
    _FLAGS,
)

DATE = pattern(r"(?:0?[1-9]|[12][0-9]|3[01])[.](?:0?[1-9]|1[0-2])[.](?:19|20)[0-9]{2}")
_MONTHS = (
    "jan(?:uar[iy])?|feb(?:ruar[iy])?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?|agu?s?(?:tus)?|"
    "aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?"
)
CALENDAR = pattern(
    r"(?<![0-9])[0-9]{1,2}[ ]?[-/][ ]?[0-9]{1,2}[ ]?[-/][ ]?(?:[0-9]{2}){1,2}(?![0-9])"
    r"|(?<![0-9])[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}(?![0-9])"
    r"|(?<![0-9.,])(?:19|20)[0-9]{2}[ ]?/[ ]?(?:19|20)[0-9]{2}(?![0-9.,])"
    rf"|(?<![0-9])[0-9]{{1,2}}[ -](?:{_MONTHS})[ -](?:[0-9]{{2}}){{1,2}}(?![0-9])",
    _FLAGS,
)
RANGE = pattern(
    r"[0-9%][ ]?(?:-|s[./]?[ ]?d[./]?|sampai(?:[ ]dengan)?|hingga|to)[ ]?(?:[<>≤≥][ ]?)?"
    r"(?:Rp[ ]?[.]?[ ]?)?[0-9]",
    _FLAGS,
)
LIST = pattern(r"[0-9]{1,3}(?:,[0-9]{1,3})+,?")
NOT_A_LIST = pattern(
    r"[=<>≤≥*×^]|\b(?:tahun|nomor|no|pasal|ayat|tabel|bab)\b|[0-9][xXeE][-+]?[0-9]", _FLAGS
)
LEAD = pattern(r"\W*(?:Rp[ ]?[.]?[ ]?|IDR[ ]?)?\W*", _FLAGS)

PERCENT = pattern(r"%|(?:persen|prosen|percent)\b", _FLAGS)
SCALE = pattern(r"(?:ribu|rb|juta|jt|mil[iy]ar|milyard|triliun|trilyun|M|T)\b", _FLAGS)
_POWERS = {"ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "milyard": 9}
_POWERS |= {"triliun": 12, "trilyun": 12}
_RUPIAH_POWERS = {"M": 9, "T": 12}

_COUNTED = (
    "dokumen|orang|laporan|unit|paket|kali|desa|kelurahan|kecamatan|bulan|tahun|hari|jam|angka|poin|point|"
    "buah|set|lembar|kegiatan|kk|keluarga|lokasi|titik|kelompok|lembaga|sekolah|opd|skpd|"
    "asn|jiwa|ha|km|ton|kg|liter|berkas|perkara|kasus|usulan|rekomendasi|peserta|rumah|sertifikat|persen"
)
_COUNTED_UNIT = pattern(rf"(?:{_COUNTED})\b(?:[ ][^ ]+){{0,4}}[.]?", _FLAGS)
_SHORT_UNIT = pattern(r"[^\W\d][\w/²³.-]*(?:[ ][^\W\d][\w/².-]*)?[.]?")
_WORD = r"[^\W\d][\w-]*"
_IN_PARENTHESES = pattern(rf"(?:{_WORD}[ ])?\([^()0-9]*\)(?:[ ]{_WORD}){{0,2}}[.*]?")
_MARK = pattern(r"[*]+\)?|[;.]|%[*]*\)?|/[ ]?(?:AA|BB|CC|[A-E])[+-]?")
RUPIAH = pattern(r"(?:Rp|IDR|rupiah)\b", _FLAGS)


def power_of(word: str, currency: bool) -> int:
    """The power of ten that a scale word stands for; a lone ``M`` or ``T`` counts only after Rp."""
    return _POWERS.get(word.lower(), _RUPIAH_POWERS.get(word, 0) if currency else 0)


def is_unit(suffix: str, *, attached: bool, enumerated: bool) -> bool:
    """Whether the words after a figure leave it a figure, rather than the number of a list item.

    ``attached``: no space before the words; ``enumerated``: a point stood between ("1. Kegiatan").
    """
    if not suffix:
        return True
    scale = SCALE.match(suffix)
    if scale and power_of(scale[0], True):
        suffix = suffix[scale.end() :].strip()
        if not suffix:
            return True
    percent = PERCENT.match(suffix)
    if percent:
        suffix = suffix[percent.end() :].strip()
        if not suffix:
            return True
    if _MARK.fullmatch(suffix) or _IN_PARENTHESES.fullmatch(suffix):
        return True
    if enumerated or not suffix[0].isalpha() or (attached and len(suffix) == 1):
        return False
    return bool(_COUNTED_UNIT.fullmatch(suffix) or _SHORT_UNIT.fullmatch(suffix))
