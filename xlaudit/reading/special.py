"""Labels that mark a row as no item of the table: totals, means, ratios, repeating details, remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xlaudit.patterns import pattern
from xlaudit.schemas.words import fold
from xlaudit.tables import Level

_TOTAL = pattern(r"^(sub ?total|sub ?jumlah|grand total|total|jumlah|jml|t o t a l|j u m l a h)\b")
_TOTAL_WORDS = frozenset(
    "total jumlah jml sub grand rata pindahan dipindahkan dipindah akumulasi rekapitulasi "
    "anggaran alokasi belanja pagu realisasi keseluruhan seluruh seluruhnya umum besar besarnya program kegiatan "
    "dan rp a b c d e f i ii iii iv v vi vii viii ix x akhir semua opd skpd dinas".split()
)
_TOTAL_OF = frozenset("program kegiatan sub belanja pendapatan pembiayaan anggaran urusan bidang sasaran".split())
_MAY_BE_SPECIAL = pattern(
    r"\W*(.*rata\W*$|sub(?! ?kegiatan\b[ -~]*$)|total|jumlah|jml|grand|[tj]\s|rata|rerata|capaian|nilai|mean|pers|"
    r"pros|pres|%|termasuk|di|yaitu|dengan|terdiri|-|surplus|defisit|pembiayaan|sisa|silpa|predikat|kategori|kriteria|"
    r"peringkat|faktor|usulan|tindak|nihil|tidak ada|\w+(\s+\w+)?\s+total\b)",
    re.IGNORECASE,
)
"""What every special label begins with. A *Sub Kegiatan*, as many rows as there may be of them, is no *Sub Total*."""
_BEGINNINGS = tuple(
    "sub total jumlah jml grand t j rata rerata capaian nilai mean pers pros pres termasuk di yaitu dengan terdiri "
    "surplus defisit pembiayaan sisa silpa predikat kategori kriteria peringkat faktor usulan tindak nihil "
    "tidak".split()
)
"""The same words: a label of plain letters that begins with none of them may only be special by *rata* or *total*."""
_HEAD = 4
_HEADS = tuple({beginning[:_HEAD] for beginning in _BEGINNINGS})
_MEAN = pattern(r"^(rata ?-? ?rata|rerata|capaian rata|nilai rata|mean|((nilai|total) )?capaian kinerja$)")
_RATIO = pattern(r"^(persentase|prosentase|presentase|persen|%) (realisasi|serapan|penyerapan|capaian)")
_DETAIL = pattern(
    r"^(termasuk|di ?antaranya|diantaranya|yaitu|dengan rincian|terdiri dari|"
    r"surplus|defisit|pembiayaan nett?o|sisa lebih pembiayaan|silpa)"
)
"""Rows that repeat a part of what stands above, or are differences of it: neither adds to a sum."""
_NOTE = pattern(r"^(predikat|kategori|kriteria|peringkat|faktor |usulan |tindak lanjut|(nihil|tidak ada( data)?)$)")


def worded(labels: Sequence[str]) -> set[int]:
    """The places of the labels of which :func:`special_level` may say anything: a quick look at all of them.

    Of their first letters there are few different ones; most labels need no other look.
    """
    heads = [label[:_HEAD] for label in labels]
    doubtful = {head for head in set(heads) if not _is_plain(head) or head.lower().startswith(_HEADS)}
    found = {place for place, head in enumerate(heads) if head in doubtful} if doubtful else set()
    together = "\n".join(labels).lower()
    if "rata" in together or "total" in together:
        found |= {place for place, label in enumerate(labels) if "rata" in (low := label.lower()) or "total" in low}
    return {place for place in found if _MAY_BE_SPECIAL.match(labels[place])}


def _is_plain(head: str) -> bool:
    return head.isascii() and (head[:1].isalnum() or not head)


def special_level(label: str, has_amount: bool, after_total: bool) -> Level | None:
    """Whether a row's label marks a total, a mean, a ratio, a repeating detail or a remark.

    ``has_amount``: the row holds rupiah; ``after_total``: a total stands above it, as above every ratio.
    """
    if not _MAY_BE_SPECIAL.match(label):
        return None
    text = fold(label).strip(" .:*-")
    if _MEAN.match(text):
        return Level.MEAN
    if after_total and _RATIO.match(text) and len(text.split()) <= 5:
        return Level.RATIO
    if _TOTAL.match(text):
        spelled = re.findall(r"[a-z]+", text)
        if set(spelled) <= _TOTAL_WORDS or len(text.replace(" ", "")) <= 6:
            return Level.TOTAL
        if has_amount and len(spelled) > 1 and spelled[1] in _TOTAL_OF:
            return Level.TOTAL
    if re.match(r"^\w+( \w+)? total$", text):
        return Level.TOTAL
    if re.search(r"\brata ?-? ?rata$", text):
        return Level.MEAN
    if _DETAIL.match(text):
        return Level.DETAIL
    if _NOTE.match(text):
        return Level.NOTE
    return None


_OF_MEANS = frozenset(
    "rata rerata mean capaian kinerja per program kegiatan sub subkegiatan sasaran indikator realisasi total seluruh "
    "seluruhnya keseluruhan persentase tingkat nilai opd skpd dinas iku strategis utama target dan".split()
)


def is_plain_mean(label: str) -> bool:
    """Whether a label says no more than that the row is a mean: *Rata-rata Capaian*, not *Rata-rata Lama Sekolah*."""
    return set(re.findall(r"[a-z]+", fold(label))) <= _OF_MEANS
