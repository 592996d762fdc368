"""The formulas of the template, as text. They compute what ``constraints`` demand, with the same rounding.

Spreadsheets calculate in binary fractions. A ratio is therefore taken as hundredths of a percent, which for whole
rupiah are whole numbers wherever the true result is one, and then cleaned beyond the eighth digit, so that a
figure is cut off or rounded where the exact one would be. Nothing here needs more than Excel 2010.
"""

from __future__ import annotations

from collections.abc import Callable

from xlaudit.schemas.forms import (
    CUMULATIVE,
    DIFFERENCE_FROM_100,
    LOWER,
    RELATIVE,
    SINGLE,
    TRUNCATED,
    Form,
)
from xlaudit.templates.layout import BELOW, FOUND, GROUP, LEVEL, Layout

At = Callable[[str], str]
"""From a column's key to its cell in the row that a formula stands in."""


def hundredths(ratio: str) -> str:
    """A percentage from a ratio in hundredths of a percent, rounded or cut off as *Identitas* says."""
    return f'IF(Cara_Pembulatan="{TRUNCATED}",TRUNC(ROUND({ratio},8)),ROUND(ROUND({ratio},8),0))/100'


def percent(part: str, whole: str) -> str:
    """Part of a whole in percent; blank until both are there, ``-`` for a whole of nothing."""
    return f'IF(COUNT({whole},{part})<2,"",IF({whole}=0,"-",{hundredths(f"{part}*10000/{whole}")}))'


def difference(minuend: str, subtrahend: str, places: int = 2) -> str:
    return f'IF(COUNT({minuend},{subtrahend})<2,"",ROUND({minuend}-{subtrahend},{places}))'


def achievement(target: str, result: str, direction: str, capped: bool = True) -> str:
    """Capaian in either direction (RULES K1-K4). Where target and result are the same word it is 100."""
    lower = f'{direction}="{LOWER}"'
    reached = hundredths(f"IF({lower},2*{target}-{result},{result})*10000/{target}")
    if capped:
        reached = f"IF(ISNUMBER(Batas_Capaian),MIN(Batas_Capaian,{reached}),{reached})"
    words = f'IF(AND(ISTEXT({target}),LEN({target})>0,TRIM({target})=TRIM({result})),100,"")'
    nothing = f'IF(AND({lower},{result}=0),100,"-")'
    return f"IF(COUNT({target},{result})<2,{words},IF({target}=0,{nothing},{reached}))"


def category(capaian: str) -> str:
    """The label of a capaian on the scale of *Identitas*."""
    return f'IF(ISNUMBER({capaian}),LOOKUP(MAX(0,{capaian}),Skala_Batas,Skala_Label),"")'


def efficiency(capaian: str, spent: str) -> str:
    """Efisiensi by the form that *Identitas* names (RULES F1-F3)."""
    relative = f'IF({capaian}=0,"-",{hundredths(f"({capaian}-{spent})*10000/{capaian}")})'
    plain = f'IF(AND(Rumus_Efisiensi="{DIFFERENCE_FROM_100}",{capaian}<100),"-",ROUND({capaian}-{spent},2))'
    return f'IF(COUNT({capaian},{spent})<2,"",IF(Rumus_Efisiensi="{RELATIVE}",{relative},{plain}))'


def looked_up(anchor: str, position: str) -> str:
    """The cell of an anchor at a position; blank where that cell is blank or there is no position."""
    return f'IF({position}="","",IF(INDEX({anchor},{position})="","",INDEX({anchor},{position})))'


def place_of(subject: str, anchor: str) -> str:
    return f'IF({subject}="","",IFERROR(MATCH({subject},{anchor},0),""))'


def mean(span: str) -> str:
    return f'IF(COUNT({span})=0,"",{hundredths(f"AVERAGE({span})*100")})'


def rolled_up(layout: Layout, key: str, row: int) -> str:
    """The sum of all rows below this one whose code begins with this one's and that have no rows below themselves.

    The ranges start one row further down by OFFSET: a plain reference would leave out a row inserted right below,
    and one that takes in the formula's own cell would go in circles.
    """
    anchor = layout.cell("kode", row)

    def down(column: str) -> str:
        steps = f"COLUMNS({layout.fixed('kode', layout.number_row)}:{layout.fixed(column, layout.number_row)})-1"
        return f"OFFSET({anchor},1,{steps}):{layout.fixed(column, layout.end)}"

    added = _added(down(key), down("kode"), down(BELOW), anchor)
    return f'IF(N({layout.cell(BELOW, row)})=0,"",{added})'


def sum_of_parts(layout: Layout, key: str, row: int) -> str:
    """The same sum without regard to the order of rows, to hold what stands in a parent's cell against."""
    return _added(layout.span(key), layout.span("kode"), layout.span(BELOW), layout.cell("kode", row))


def _added(amounts: str, codes: str, below: str, code: str) -> str:
    """The amounts below a code, blank while none is filled in.

    What has rows below itself is taken off again, for a row that was inserted without formulas counts no rows below
    itself, not even none.
    """
    parts = f'{codes},{code}&".*"'
    sums = f'{parts},{below},">0"'
    filled = f'COUNTIFS({parts},{amounts},">=0")-COUNTIFS({sums},{amounts},">=0")'
    return f'IF({filled}=0,"",ROUND(SUMIFS({amounts},{parts})-SUMIFS({amounts},{sums}),2))'


def total(layout: Layout, key: str) -> str:
    """The sum of a column, blank while nothing is filled in: in a folded form of the rows without rows below them."""
    span = layout.span(key)
    added = f"SUM({span})"
    if layout.form.folded:
        added += f'-SUMIFS({span},{layout.span(BELOW)},">0")'
    return f'IF(COUNT({span})=0,"",ROUND({added},2))'


def _evaluation(at: At, key: str) -> str:
    """The computed columns of form E.81. The result of a year is the last quarter's where figures are cumulative."""
    nature = at("sifat")
    if key == "realisasi_k":
        quarters = [at(f"tw{n}_k") for n in range(1, 5)]
        latest = '""'
        for quarter in quarters:
            latest = f"IF(ISNUMBER({quarter}),{quarter},{latest})"
        added = f"ROUND(SUM({','.join(quarters)}),6)"
        return _by_nature(nature, f"COUNT({','.join(quarters)})", latest, added)
    if key == "jumlah_k":
        past, now = at("lalu_k"), at("realisasi_k")
        latest = f"IF(ISNUMBER({now}),{now},{past})"
        return _by_nature(nature, f"COUNT({past},{now})", latest, f"ROUND(SUM({past},{now}),6)")
    if key == "realisasi_rp":
        quarters_rp = ",".join(at(f"tw{n}_rp") for n in range(1, 5))
        return f'IF(COUNT({quarters_rp})=0,"",ROUND(SUM({quarters_rp}),2))'
    if key == "jumlah_rp":
        both = f"{at('lalu_rp')},{at('realisasi_rp')}"
        return f'IF(COUNT({both})=0,"",ROUND(SUM({both}),2))'
    part, whole = {"capaian": ("realisasi", "target"), "kemajuan": ("jumlah", "renstra")}[key.split("_")[0]]
    which = key.split("_")[1]
    return percent(at(f"{part}_{which}"), at(f"{whole}_{which}"))


def _by_nature(nature: str, filled: str, latest: str, added: str) -> str:
    return f'IF({filled}=0,"",IF({nature}="{CUMULATIVE}",{latest},IF({nature}="{SINGLE}",{added},"")))'


def _achieved(at: At, key: str) -> str:
    """Capaian and kategori of an indicator."""
    if key == "kategori":
        return category(at("capaian"))
    return achievement(at("target"), at("realisasi"), at("arah"))


def _program_results(at: At, key: str) -> str:
    if key == "pagu":
        return looked_up("RA_pagu_setelah", at(FOUND))
    if key == "realisasi_anggaran":
        return looked_up("RA_realisasi", at(FOUND))
    if key == "persen":
        return percent(at("realisasi_anggaran"), at("pagu"))
    return _achieved(at, key)


def _realisation(at: At, key: str) -> str:
    if key == "persen":
        return percent(at("realisasi"), at("pagu_setelah"))
    return difference(at("pagu_setelah"), at("realisasi"))


def _agreed_budget(at: At, key: str) -> str:
    return difference(at("pagu_setelah"), at("pagu_sebelum"))


def _efficiency(at: At, key: str) -> str:
    if key == "capaian":
        # a letter before the code, for a criterion such as 1.06.01 is a time of day to an Indonesian Excel
        found = f'AVERAGEIFS(KP_capaian,KP_{GROUP},"k"&{at("kode")})*100'
        return f'IF({at("kode")}="","",IFERROR({hundredths(found)},""))'
    if key == "persen":
        return percent(at("realisasi"), at("pagu"))
    if key == "efisiensi":
        return efficiency(at("capaian"), at("persen"))
    anchor = {"program": "RA_uraian", "pagu": "RA_pagu_setelah", "realisasi": "RA_realisasi"}[key]
    return looked_up(anchor, at(FOUND))


def _comparison(at: At, key: str) -> str:
    if key == "selisih":
        return difference(at("realisasi"), at("realisasi_lalu"), 6)
    if key == "kemajuan":
        return achievement(at("target_akhir"), at("realisasi"), at("arah"), capped=False)
    return looked_up(f"PN_{key}", at(FOUND))


_ROWS: dict[str, Callable[[At, str], str]] = {
    "anggaran_perjanjian": _agreed_budget,
    "pengukuran_kinerja": _achieved,
    "kinerja_program": _program_results,
    "realisasi_anggaran": _realisation,
    "efisiensi": _efficiency,
    "perbandingan": _comparison,
    "evaluasi_triwulan": _evaluation,
}


def computed(layout: Layout, key: str, row: int) -> str:
    """The formula, without ``=``, of a computed column in a row; ``KeyError`` for a form that computes nothing."""
    return _ROWS[layout.form.key](lambda other: layout.cell(other, row), key)


def helper(layout: Layout, key: str, row: int) -> str:
    """The formula, without ``=``, of a hidden helper column in a row."""

    def at(other: str) -> str:
        return layout.cell(other, row)

    if key == BELOW:
        below = f'COUNTIF({layout.span("kode")},{at("kode")}&".*")'
        return f'IF({at("kode")}="",IF({at(layout.form.label)}="","",0),{below})'
    if key == LEVEL:
        return f'IF(LEN(T({at("kode")}))=0,"",LEN({at("kode")})-LEN(SUBSTITUTE({at("kode")},".","")))'
    if key == GROUP:
        # from the code's cell, for a plain reference to the row above is lost when that row is deleted
        steps = f"COLUMNS({layout.fixed('kode', layout.number_row)}:{layout.fixed(GROUP, layout.number_row)})-1"
        return f'IF({at("kode")}<>"","k"&{at("kode")},OFFSET({at("kode")},-1,{steps})&"")'
    subject, anchor = _subject(layout.form)
    return place_of(at(subject), anchor)


def _subject(form: Form) -> tuple[str, str]:
    """What a form looks up, and in which anchor."""
    if form.key == "perbandingan":
        return "indikator", "PN_indikator"
    if form.key == "pengukuran_kinerja":
        return "indikator", "PK_indikator"
    return "kode", "RA_kode"
