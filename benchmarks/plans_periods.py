"""The tables over years and quarters, and those that say what their figures mean: kemajuan, rencana, bagian, status."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from contents import Activity, Goal, Indicator, walk
from figures import Fig, entry, printed
from plans import LEFT, UP, Cell, Line, Maker, Plan, tell

_QUARTERS = ("I", "II", "III", "IV")


def _indicators(goals: list[Goal]) -> list[Indicator]:
    return [one for goal in goals for one in goal.indicators]


def _either(result: Cell) -> Cell:
    """Nothing says whether more or less is better."""
    if isinstance(result, Fig):
        result.either = True
    return result


def kemajuan(make: Maker, goals: list[Goal]) -> Plan:
    """Progress towards the target at the end of the plan: the ratio or the difference, one of them throughout."""
    chance = make.chance
    ratio = chance.random() < 0.7
    lines: list[Line] = []
    for number, one in enumerate(_indicators(goals), start=1):
        value = Fraction(min(int(one.target.value * chance.randint(950, 1100) / 1000) + 1, 100))
        final, reached = entry("quantity", value), Fig("quantity", one.reached.value, one.reached.places)
        result: Cell = Fig("quantity", reached.value - value, one.reached.places, "minus", (reached, final))
        if ratio:
            result = _either(make.percent("lower" if one.lower else "ratio", [reached, final]))
        lines.append(Line([str(number), one.name, final, reached, result]))
    tell([line.cells[-1] for line in lines])
    header = ["No", "Indikator Kinerja", chance.choice(("Target Akhir Renstra", "Target Akhir RPJMD")),
              f"Realisasi {make.year}", chance.choice(("Tingkat Kemajuan (%)", "Tingkat Kemajuan"))]  # fmt: skip
    return Plan("perbandingan", "Kemajuan", make.title("Realisasi terhadap Target Akhir Renstra"), [header], lines)


def antartahun(make: Maker, goals: list[Goal]) -> Plan:
    """This year's realisasi less last year's."""
    chance = make.chance
    lines: list[Line] = []
    for number, one in enumerate(_indicators(goals), start=1):
        places = one.reached.places
        last = min(one.reached.value * chance.randint(900, 1100) / 1000, Fraction(100))
        before = entry("quantity", printed(last, places, True), places)
        now = Fig("quantity", one.reached.value, places)
        change = Fig("quantity", now.value - before.value, places, "minus", (now, before))
        lines.append(Line([str(number), one.name, one.unit, before, now, change]))
    tell([line.cells[-1] for line in lines])
    header = ["No", "Indikator Kinerja", "Satuan", f"Realisasi {make.year - 1}", f"Realisasi {make.year}",
              chance.choice(("Kenaikan/Penurunan", "Selisih"))]  # fmt: skip
    return Plan("perbandingan", "Antartahun", make.title("Perbandingan Realisasi Kinerja"), [header], lines)


def rencana(make: Maker, goals: list[Goal]) -> Plan:
    """Quarterly targets: added up or cumulative, row by row."""
    chance = make.chance
    running = not make.style.declared and "sum" not in make.style.live
    lines: list[Line] = []
    for number, one in enumerate(_indicators(goals), start=1):
        parts = [entry("quantity", chance.randint(1, 30)) for _ in _QUARTERS]
        unit = "dokumen"
        if running and chance.random() < 0.5:
            unit = one.unit
            for before, after in pairwise(parts):
                after.value = before.value + chance.randint(0, 20)
            year = Fig("quantity", parts[-1].value, 0, "copy", (parts[-1], *parts[:-1]))
        else:
            year = Fig("quantity", sum((part.value for part in parts), Fraction(0)), 0, "sum", tuple(parts))
        year.either = True
        lines.append(Line([str(number), one.name, unit, *parts, year]))
    header = ["No", "Indikator Kinerja", "Satuan", *(f"Target TW {q}" for q in _QUARTERS), f"Target {make.year}"]
    return Plan("evaluasi_triwulan", "Target Triwulan", make.title("Rencana Aksi"), [header], lines)


def kumulatif(make: Maker, tree: list[Activity]) -> Plan:
    """Realisasi up to each quarter; the last is the year's."""
    chance = make.chance
    unit = " (Rp)" if make.style.currency == "" else ""
    lines: list[Line] = []
    for number, activity in enumerate(tree, start=1):
        spent = activity.spent.value
        cuts = sorted(Fraction(chance.randint(0, int(spent))) for _ in range(3))
        parts = [entry("amount", cut) for cut in cuts] + [entry("amount", spent)]
        year = make.amount("copy", [parts[-1]])
        pagu = Fig("amount", activity.pagu.value)
        make.limits += pairwise([*parts, pagu])
        lines.append(Line([str(number), f"Program {activity.name}", pagu, *parts, year]))
    header = ["No", "Program", "Pagu" + unit, *(f"Realisasi s.d. TW {q}{unit}" for q in _QUARTERS)]
    header.append(f"Realisasi {make.year}{unit}")
    return Plan("evaluasi_triwulan", "Kumulatif", make.title("Realisasi Anggaran Kumulatif"), [header], lines)


def bagian(make: Maker, tree: list[Activity]) -> Plan:
    """The share of every program in the whole budget, with or without a row of totals."""
    style = make.style
    budgets = [Fig("amount", activity.pagu.value) for activity in tree]
    total = make.amount("sum", budgets)
    lines = [
        Line([str(number), f"Program {activity.name}", budget, make.percent("ratio", [budget, total])])
        for number, (activity, budget) in enumerate(zip(tree, budgets, strict=True), start=1)
    ]
    if style.total:
        lines.append(Line([style.total_word, LEFT, total, make.percent("ratio", [total, total])], strong=True))
    unit = " (Rp)" if style.currency == "" else ""
    header = ["No", "Program", "Anggaran" + unit, "% Anggaran dari Total"]
    return Plan("realisasi_anggaran", "Alokasi", make.title("Alokasi Anggaran per Program"), [header], lines)


_LETTERS = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50))


def status(make: Maker, goals: list[Goal]) -> Plan:
    """Whether each target was reached, in words; a SAKIP score with its letter."""
    chance, style = make.chance, make.style
    lines: list[Line] = []
    for number, one in enumerate(_indicators(goals), start=1):
        target, reached = Fig("quantity", one.target.value, one.target.places), Fig("quantity", one.reached.value,
                                                                                    one.reached.places)  # fmt: skip
        met = reached.value <= target.value if one.lower else reached.value >= target.value
        word = chance.choice(("Tercapai", "Telah tercapai") if met else ("Tidak tercapai", "Belum tercapai"))
        result = _either(make.percent("lower" if one.lower else "ratio", [reached, target]))
        lines.append(Line([str(number), one.name, one.unit, target, reached, result, word]))
    header = ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"]
    header.append(chance.choice(("Keterangan", "Status", "Kriteria")))
    plan = Plan("pengukuran_kinerja", "Status", make.title("Capaian Indikator Kinerja"), [header], lines)
    if "ratio" in style.live:
        return plan  # a figure typed among formulas asks for an explanation
    scores = [Fraction(chance.randint(5_100, 9_900), 100) for _ in range(2)]
    texts: list[Cell] = [_lettered(score, style.english) for score in scores]
    result = entry("percent", printed(100 * scores[1] / scores[0], style.places, style.cut), style.places)
    word = "Tercapai" if scores[1] >= scores[0] else "Tidak tercapai"
    lines.append(Line([str(len(lines) + 1), "Nilai SAKIP", "nilai", *texts, result, word]))
    return plan


def _lettered(score: Fraction, english: bool) -> str:
    letter = next(letter for letter, lower in _LETTERS if score > lower)
    text = f"{int(score)}.{int(score * 100) % 100:02d}"
    return f"{letter} ({text if english else text.replace('.', ',')})"


def efisiensi_total(make: Maker, goals: list[Goal], tree: list[Activity]) -> Plan:
    """Efisiensi beside the budgets, some shared by the indicators of a sasaran, and its total in one of the forms."""
    chance, style = make.chance, make.style
    op = chance.choice(("difference", "relative"))
    leaves = [activity for activity in walk(tree) if not activity.below and activity.spent.value]
    budgets = [(leaf.pagu.value, leaf.spent.value) for leaf in leaves]
    budgets = budgets or [(Fraction(500_000_000), Fraction(450_000_000))]
    lines: list[Line] = []
    shares: list[tuple[Fraction, Fraction, Fraction]] = []
    results: list[Fig] = []
    for goal, (granted, used) in zip(goals, budgets, strict=False):
        pagu, spent = Fig("amount", granted), Fig("amount", used)
        absorbed = make.percent("ratio", [spent, pagu])
        achieved = [Fig("percent", one.capaian.value, one.capaian.places) for one in goal.indicators]
        mean = sum((one.value for one in achieved), Fraction(0)) / len(achieved)
        shares.append((pagu.value, spent.value, mean))
        for first, (one, capaian) in enumerate(zip(goal.indicators, achieved, strict=True)):
            result = make.percent(op, [capaian, absorbed]) if isinstance(absorbed, Fig) else "-"
            results += [result] if isinstance(result, Fig) else []
            budget: list[Cell] = [UP, UP, UP] if first else [pagu, spent, absorbed]
            lines.append(Line([UP if first else goal.name, one.name, capaian, *budget, result]))
    tell(results)
    if len(results) > 1:
        due = sum((pagu * mean / 100 for pagu, _, mean in shares), Fraction(0))
        weighted = 100 - 100 * sum((spent for _, spent, _ in shares), Fraction(0)) / due
        average = sum((one.value for one in results), Fraction(0)) / len(results)
        total = entry("percent", printed(chance.choice((weighted, average)), style.places, style.cut), style.places)
        lines.append(Line(["Efisiensi Total", LEFT, None, None, None, None, total], strong=True))
    unit = " (Rp)" if style.currency == "" else ""
    header = ["Sasaran", "Indikator Kinerja", "Capaian Kinerja (%)", "Pagu" + unit, "Realisasi" + unit,
              "Serapan Anggaran (%)", "Efisiensi (%)"]  # fmt: skip
    return Plan("efisiensi", "Efisiensi Sasaran", make.title("Efisiensi Kinerja Sasaran"), [header], lines)
