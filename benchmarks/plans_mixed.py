"""The tables that hold performance and budget side by side: efisiensi, kinerja dan anggaran, evaluasi triwulan."""

from __future__ import annotations

from fractions import Fraction

from contents import Activity, Goal, areas, walk
from figures import Fig, entry
from plans import LEFT, OTHER, UP, Cell, Line, Maker, Plan, roman, tell


def efisiensi(make: Maker, goals: list[Goal], tree: list[Activity]) -> Plan:
    """Capaian beside serapan, their difference or the relative form, by indicator."""
    chance = make.chance
    op = chance.choice(("difference", "relative"))
    lines: list[Line] = []
    names = [one for goal in goals for one in goal.indicators]
    shares = [make.percent("ratio", [a.spent, a.pagu]) for a in walk(tree) if a.pagu.value]
    for number, one in enumerate(names, start=1):
        absorbed = shares[number % len(shares)]
        if not isinstance(absorbed, Fig):
            continue
        serapan = Fig("percent", absorbed.value, absorbed.places)
        capaian = make.use(one.capaian)
        efficiency = make.percent(op, [capaian, serapan])
        lines.append(Line([str(number), one.name, capaian, serapan, efficiency]))
    tell([line.cells[-1] for line in lines])
    header = [
        "No",
        "Indikator Kinerja",
        chance.choice(("Capaian Kinerja (%)", "% Capaian Kinerja")),
        chance.choice(("Penyerapan Anggaran (%)", "Serapan Anggaran (%)", "% Penyerapan Anggaran")),
        chance.choice(("Tingkat Efisiensi (%)", "Efisiensi", "Tingkat Efisiensi")),
    ]
    title = make.title("Efisiensi Penggunaan Sumber Daya")
    return Plan("efisiensi", "Efisiensi", title, [header], lines)


def kinerja_anggaran(make: Maker, goals: list[Goal], tree: list[Activity]) -> Plan:
    """Each indicator with a budget of its own, performance left, money right."""
    chance, style = make.chance, make.style
    lines: list[Line] = []
    budgets: list[tuple[Fig, Fig]] = []
    leaves = [activity for activity in walk(tree) if not activity.below]
    number = 0
    for position, goal in enumerate(goals, start=1):
        for first, one in enumerate(goal.indicators):
            leaf = leaves[number % len(leaves)]
            number += 1
            pagu = entry("amount", leaf.pagu.value + 1_000_000 * number)
            spent = entry("amount", min(leaf.spent.value + 930_000 * number, pagu.value))
            budgets.append((pagu, spent))
            label: list[Cell] = [UP, UP] if first else [str(position), goal.name]
            capaian = make.use(one.capaian)
            capaian.either = True
            performance: list[Cell] = [make.use(one.target), make.use(one.reached), capaian]
            lines.append(Line([*label, one.name, *performance, pagu, spent, make.percent("ratio", [spent, pagu])]))
    if style.total:
        pagu, spent = (make.amount("sum", list(column)) for column in zip(*budgets, strict=True))
        share = make.percent("ratio", [spent, pagu])
        cells: list[Cell] = [style.total_word, LEFT, LEFT, None, None, None, pagu, spent, share]
        lines.append(Line(cells, strong=True))
    unit = "" if style.currency else " (Rp)"
    last = chance.choice(("Serapan (%)", "%", "Capaian (%)"))
    header = [
        ["No", "Sasaran", "Indikator Kinerja", "Kinerja", LEFT, LEFT, "Anggaran", LEFT, LEFT],
        [UP, UP, UP, "Target", "Realisasi", "Capaian (%)", "Pagu" + unit, "Realisasi" + unit, last],
    ]
    title = make.title("Capaian Kinerja dan Anggaran")
    return Plan("kinerja_anggaran", "Kinerja dan Anggaran", title, header, lines)


_QUARTERS = ("I", "II", "III", "IV")


def triwulan(make: Maker, tree: list[Activity]) -> Plan:
    """A quarterly evaluation: target and realisasi in kinerja and rupiah, the quarters adding up to the year."""
    chance = make.chance
    groups = [
        f"Target Tahun {make.year}",
        *(f"Realisasi Triwulan {q}" for q in _QUARTERS),
        f"Realisasi Capaian Kinerja dan Anggaran Tahun {make.year}",
        f"Tingkat Capaian Kinerja dan Realisasi Anggaran Tahun {make.year} (%)",
    ]
    header = [["No", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja"], [UP, UP, UP]]
    for group in groups:
        header[0] += [group, LEFT]
        header[1] += ["K", "Rp"]
    budget: dict[int, list[Fig]] = {}
    for activity in reversed(list(walk(tree))):
        below = [budget[id(child)] for child in activity.below]
        sums = [make.amount("sum", list(column)) for column in zip(*below, strict=True)]
        budget[id(activity)] = sums or _quarters(make, activity)
    lines = []
    for activity in walk(tree):
        target, *quarters, spent = budget[id(activity)]
        goal = entry("quantity", chance.randint(4, 60))
        parts = [entry("quantity", chance.randint(0, int(goal.value) // 3)) for _ in range(4)]
        if spent.value == 0:  # what is reached without a rupiah, or not for nearly all of them, asks for an explanation
            parts = [entry("quantity", 0) for _ in parts]
        elif 10 * spent.value >= 9 * target.value:
            parts[3].value = max(parts[3].value, Fraction(1))
        done = Fig("quantity", sum((part.value for part in parts), Fraction(0)), 0, "sum", tuple(parts))
        number = (roman(activity.number), str(activity.number), chr(96 + activity.number))[activity.depth]
        word = ("Program", "Kegiatan", "Sub Kegiatan")[activity.depth]
        cells: list[Cell] = [number, f"{word} {activity.name}", f"Jumlah dokumen {activity.name}", goal, target]
        for part, amount in zip(parts, quarters, strict=True):
            cells += [part, amount]
        cells += [done, spent, make.percent("ratio", [done, goal]), make.percent("ratio", [spent, target])]
        lines.append(Line(cells, activity.depth))
    title = make.title("Evaluasi Hasil Rencana Kerja Triwulan I s.d. IV")
    return Plan("evaluasi_triwulan", "E.81", title, header, lines)


def _quarters(make: Maker, activity: Activity) -> list[Fig]:
    """Pagu, four quarters and the year of a leaf."""
    spent = activity.spent.value
    cuts = sorted(make.chance.randint(0, int(spent)) for _ in range(3))
    parts = [Fraction(b - a) for a, b in zip([0, *cuts], [*cuts, spent], strict=True)]
    quarters = [entry("amount", part) for part in parts]
    return [make.use(activity.pagu), *quarters, make.amount("sum", quarters)]


_SERVICES = ("Rehabilitasi anak", "Rehabilitasi lansia", "Bantuan alat", "Pelatihan kerja", "Rujukan", "Konseling",
             "Layanan antar", "Penjangkauan", "Pendampingan")  # fmt: skip


def layanan(make: Maker) -> Plan:
    """A table under headings that no list of words knows: only its declared arithmetic says what follows from what."""
    chance = make.chance
    left_over, joined = chance.random() < 0.6, chance.random() < 0.5
    header = ["No", "Jenis Layanan", "Pemohon Baru"]
    header += ["Pemohon Lama", "Pemohon"] if joined else []
    header += ["Terlayani", *(["Belum"] if left_over else []), "Rasio"]
    lines = []
    for number, name in enumerate(_services(make), start=1):
        asked = entry("quantity", chance.randint(30, 400))
        cells: list[Cell] = [str(number), name, asked]
        if joined:
            before = entry("quantity", chance.randint(30, 400))
            both = Fig("quantity", asked.value + before.value, 0, "sum", (asked, before))
            cells += [before, both]
            asked = both
        served = entry("quantity", chance.randint(5, int(asked.value)))
        cells.append(served)
        if left_over:
            cells.append(Fig("quantity", asked.value - served.value, 0, "minus", (asked, served)))
        lines.append(Line([*cells, make.percent("ratio", [served, asked])]))
    return Plan(OTHER, "Layanan", make.title("Layanan Rehabilitasi"), [header], lines)


def _services(make: Maker) -> list[str]:
    """As many services as the table has rows."""
    if make.rows is None:
        return make.chance.sample(_SERVICES, make.chance.randint(4, 8))
    return [f"{name} {area}" for area in areas(make.rows // len(_SERVICES) + 1) for name in _SERVICES][: make.rows]
