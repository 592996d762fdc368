"""Filled templates at random, and what their formulas must give, computed from the typed cells by the rules alone.

Nothing here reads a formula of the template: amounts are added over codes, percentages divided exactly and then
rounded or cut off, labels looked up on the scale, with ``fractions.Fraction`` throughout.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from xlaudit.scale import KNOWN, Scale
from xlaudit.schemas.forms import (
    CUMULATIVE,
    DIFFERENCE,
    DIFFERENCE_FROM_100,
    HIGHER,
    LOWER,
    NO_CAP,
    RELATIVE,
    ROUNDED,
    SINGLE,
    TEMPLATES,
    TRUNCATED,
)
from xlaudit.templates import Content, Value
from xlaudit.templates.identity import scale_names

Rows = list[dict[str, Value]]
Given = dict[tuple[str, int, str], Decimal | str]
"""What a cell must show, by the key of its form, its line (from 0, or a closing label's place as -1, -2, ...) and
the key of its column; a text for a label, ``-`` or a blank."""


def content(kind: str, seed: int) -> Content:
    """A template of a kind filled without a slip."""
    pick = random.Random(f"{kind}{seed}")
    settings: dict[str, Value] = {
        "Pemda": "Kabupaten Uji",
        "Perangkat_Daerah": f"Dinas Uji {seed}",
        "Tahun": "2024",
        "Satuan_Rupiah": pick.choice(("Rp", "Rp", "Rp", "Rp ribu", "Rp juta")),
        "Cara_Pembulatan": pick.choice((ROUNDED, ROUNDED, TRUNCATED)),
        "Skala_Predikat": pick.choice(scale_names()[:-1]),
        "Batas_Capaian": pick.choice((NO_CAP, NO_CAP, "100", "120", "150")),
        "Rumus_Efisiensi": pick.choice((DIFFERENCE, DIFFERENCE_FROM_100, RELATIVE)),
    }
    budget = _budget(pick, str(settings["Satuan_Rupiah"]))
    indicators = _indicators(pick, pick.randrange(3, 14))
    rows = {
        "perjanjian_kinerja": [
            {**_only(one, "sasaran", "indikator", "satuan"), "target_sebelum": one["target"],
             "target_setelah": one["target"]} for one in indicators
        ],
        "anggaran_perjanjian": [
            {"kode": line["kode"], "program": line["uraian"], **_sums(budget, line, "pagu_sebelum", "pagu_setelah")}
            for line in _tops(budget)
        ],
        "pengukuran_kinerja": indicators,
        "kinerja_program": _program_lines(pick, budget),
        "realisasi_anggaran": budget,
        "efisiensi": [{"kode": line["kode"]} for line in _tops(budget)],
        "perbandingan": [_compared(pick, one) for one in indicators],
        "evaluasi_triwulan": _evaluated(pick, budget),
    }  # fmt: skip
    wanted = {form.key for form in TEMPLATES[kind]}
    return Content(settings, {key: tuple(lines) for key, lines in rows.items() if key in wanted})


def _only(line: dict[str, Value], *keys: str) -> dict[str, Value]:
    return {key: line[key] for key in keys if key in line}


def _amount(pick: random.Random, unit: str) -> Decimal:
    """Whole rupiah, now and then with sen; thousands and millions with two decimals."""
    if unit == "Rp":
        cents = Decimal(pick.choice((0, 0, 0, 0, 50))) / 100
        return pick.randrange(1, 90) * Decimal(10) ** pick.randrange(5, 8) + pick.randrange(10**5) + cents
    return Decimal(pick.randrange(10_000, 90_000_000)) / 100


def _budget(pick: random.Random, unit: str) -> Rows:
    """Programs, kegiatan and sub kegiatan; some programs end at the kegiatan."""
    lines: Rows = []
    urusan = pick.choice(("1.06", "X.XX", "2.16", "5.01"))
    for program in range(1, pick.randrange(2, 6)):
        top = f"{urusan}.{program:02d}"
        lines.append({"kode": top, "uraian": f"PROGRAM UJI {program}"})
        deep = pick.random() < 0.8
        for kegiatan in range(1, pick.randrange(2, 4)):
            middle = f"{top}.2.{kegiatan:02d}"
            lines.append({"kode": middle, "uraian": f"Kegiatan uji {program} {kegiatan}"})
            if not deep:
                lines[-1] |= _spent(pick, unit)
                continue
            for sub in range(1, pick.randrange(2, 5)):
                code = f"{middle}.{sub:04d}"
                lines.append({"kode": code, "uraian": f"Sub kegiatan uji {program} {kegiatan} {sub}"})
                lines[-1] |= _spent(pick, unit)
    return lines


def _spent(pick: random.Random, unit: str) -> dict[str, Value]:
    before = _amount(pick, unit)
    after = before if pick.random() < 0.5 else _amount(pick, unit)
    share = pick.choice((Decimal(1), Decimal(pick.randrange(0, 10_000)) / 10_000))
    places = Decimal(1) if after == after.to_integral() else Decimal("0.01")
    return {"pagu_sebelum": before, "pagu_setelah": after, "realisasi": (after * share).quantize(places)}


def _indicators(pick: random.Random, count: int) -> Rows:
    """Indicators of either direction; some at zero, some in words, some tied with a half of the last digit."""
    lines: Rows = []
    for number in range(count):
        target = Decimal(pick.randrange(100, 20_000)) / pick.choice((1, 10, 100))
        result = target * Decimal(pick.randrange(40, 130)) / 100
        direction = pick.choice((HIGHER, HIGHER, LOWER))
        line: dict[str, Value] = {
            "sasaran": f"Meningkatnya hal ke {number // 3 + 1}", "indikator": f"Indikator uji nomor {number + 1}",
            "satuan": pick.choice(("nilai", "orang", "indeks")), "arah": direction, "target": target,
            "realisasi": result.quantize(Decimal("0.01")), "sumber_data": "Bidang Uji",
        }  # fmt: skip
        special = pick.random()
        if special < 0.08:
            line |= {"target": Decimal(0), "realisasi": Decimal(pick.choice((0, 3))), "arah": LOWER}
        elif special < 0.14:
            line |= {"target": "WTP", "realisasi": "WTP", "satuan": "opini"}
        elif special < 0.22:
            line |= {"target": Decimal(800), "realisasi": Decimal("680.04"), "arah": HIGHER}
        lines.append(line)
    return lines


def _program_lines(pick: random.Random, budget: Rows) -> Rows:
    """One indicator for each program, for some a second one on the line below, without code."""
    lines: Rows = []
    for program in _tops(budget):
        for place in range(pick.choice((1, 1, 2))):
            [line] = _indicators(pick, 1)
            named = {"kode": program["kode"], "program": program["uraian"]} if place == 0 else {}
            result = _only(line, "satuan", "arah", "target", "realisasi")
            lines.append({**named, "indikator": f"Indikator {place + 1} {program['uraian']}", **result})
    return lines


def _compared(pick: random.Random, one: dict[str, Value]) -> dict[str, Value]:
    target = one["target"]
    final = target + Decimal(pick.randrange(0, 500)) / 100 if isinstance(target, Decimal) else target
    last = one["realisasi"]
    return {
        "indikator": one["indikator"],
        "realisasi_lalu": last - Decimal(1) if isinstance(last, Decimal) and last > 1 else last,
        "target_akhir": final,
    }


def _evaluated(pick: random.Random, budget: Rows) -> Rows:
    lines: Rows = []
    for line in budget:
        cumulative = pick.random() < 0.5
        quarters = [Decimal(pick.randrange(0, 9)) for _ in range(pick.choice((2, 4, 4)))]
        if cumulative:
            quarters.sort()
        made: dict[str, Value] = {
            **_only(line, "kode", "uraian"), "indikator": f"Jumlah dokumen {line['uraian']}", "satuan": "dokumen",
            "sifat": CUMULATIVE if cumulative else SINGLE, "renstra_k": Decimal(pick.randrange(60, 90)),
            "lalu_k": Decimal(pick.randrange(0, 20)), "target_k": Decimal(pick.randrange(9, 30)),
            "penanggung_jawab": "Dinas Uji",
        }  # fmt: skip
        made |= {f"tw{number}_k": value for number, value in enumerate(quarters, 1)}
        if "realisasi" in line:
            budgeted, spent = line["pagu_setelah"], line["realisasi"]
            assert isinstance(budgeted, Decimal) and isinstance(spent, Decimal)
            first = (spent / 4).quantize(Decimal(1) if spent == spent.to_integral() else Decimal("0.01"), "ROUND_DOWN")
            made |= {"renstra_rp": budgeted * 5, "lalu_rp": budgeted * 2, "target_rp": budgeted}
            made |= {"tw1_rp": first, "tw2_rp": first, "tw3_rp": first, "tw4_rp": spent - 3 * first}
        lines.append(made)
    return lines


def _tops(budget: Rows) -> Rows:
    codes = [str(line["kode"]) for line in budget]
    return [line for line in budget if not any(str(line["kode"]).startswith(f"{code}.") for code in codes)]


def _leaves(budget: Rows, code: str = "") -> Rows:
    """The lines without lines below them, of all or below one code (itself where it is one)."""
    codes = [str(line["kode"]) for line in budget]
    return [
        line
        for line in budget
        if not any(other.startswith(f"{line['kode']}.") for other in codes)
        and (not code or line["kode"] == code or str(line["kode"]).startswith(f"{code}."))
    ]


def _sums(budget: Rows, line: dict[str, Value], *keys: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key in keys:
        amounts = [leaf[key] for leaf in _leaves(budget, str(line["kode"])) if isinstance(leaf.get(key), Decimal)]
        if amounts:
            found[key] = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))
    return found


class Oracle:
    """What every computed cell of a filled template must show."""

    def __init__(self, made: Content) -> None:
        self._settings = {key: str(value) for key, value in made.settings.items()}
        self._rows = {key: [dict(line) for line in lines] for key, lines in made.rows.items()}
        self._scale: Scale = KNOWN[scale_names().index(self._settings["Skala_Predikat"])]

    def cells(self) -> Given:
        """All of them, form by form."""
        found: Given = {}
        for key in self._rows:
            for line, column, value in getattr(self, f"_{key}")():
                found[key, line, column] = value
        return found

    def _hundredths(self, ratio: Fraction) -> Decimal:
        """A percentage with two decimals: half away from zero, or towards zero."""
        steps = abs(ratio) * 100
        whole = int(steps) if self._settings["Cara_Pembulatan"] == TRUNCATED else int(steps + Fraction(1, 2))
        return Decimal(whole if ratio >= 0 else -whole) / 100

    def _percent(self, part: Value, whole: Value) -> Decimal | str:
        if not isinstance(part, Decimal) or not isinstance(whole, Decimal):
            return ""
        return "-" if whole == 0 else self._hundredths(Fraction(part) * 100 / Fraction(whole))

    def _achieved(self, target: Value, result: Value, direction: Value, capped: bool = True) -> Decimal | str:
        if not isinstance(target, Decimal) or not isinstance(result, Decimal):
            return Decimal(100) if target == result and target else ""
        lower = direction == LOWER
        if target == 0:
            return Decimal(100) if lower and result == 0 else "-"
        reached = self._percent(2 * target - result if lower else result, target)
        cap = self._settings["Batas_Capaian"]
        assert isinstance(reached, Decimal)
        return min(reached, Decimal(cap)) if capped and cap.isdigit() else reached

    def _label(self, capaian: Decimal | str) -> str:
        return self._scale.label(max(capaian, Decimal(0))) if isinstance(capaian, Decimal) else ""

    def _mean(self, figures: list[Decimal | str]) -> Decimal | str:
        numbers = [Fraction(figure) for figure in figures if isinstance(figure, Decimal)]
        return self._hundredths(sum(numbers, Fraction(0)) / len(numbers)) if numbers else ""

    def _folded(self, form: str, *keys: str) -> Iterator[tuple[int, str, Decimal | str]]:
        """The sums of parents, and the total as line -1."""
        lines = self._rows[form]
        leaves = _leaves(lines)
        for place, line in enumerate(lines):
            if line not in leaves:
                sums = _sums(lines, line, *keys)
                line |= sums
                for key in keys:
                    value = sums.get(key, "")
                    yield place, key, value
        for key in keys:
            amounts = [leaf[key] for leaf in leaves if isinstance(leaf.get(key), Decimal)]
            total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))
            yield self._total_line(form), key, total if amounts else ""

    def _total_line(self, form: str) -> int:
        return -3 if form == "evaluasi_triwulan" else -1

    def _perjanjian_kinerja(self) -> Iterator[tuple[int, str, Decimal | str]]:
        yield from ()

    def _anggaran_perjanjian(self) -> Iterator[tuple[int, str, Decimal | str]]:
        totals: dict[str, Decimal | str] = {}
        for place, key, value in self._folded("anggaran_perjanjian", "pagu_sebelum", "pagu_setelah"):
            yield place, key, value
            totals |= {key: value} if place == -1 else {}
        for place, line in [*enumerate(self._rows["anggaran_perjanjian"]), (-1, totals)]:
            yield place, "perubahan", _less(line.get("pagu_setelah", ""), line.get("pagu_sebelum", ""))

    def _pengukuran_kinerja(self) -> Iterator[tuple[int, str, Decimal | str]]:
        yield from self._measured("pengukuran_kinerja", -1)

    def _measured(self, form: str, mean: int) -> Iterator[tuple[int, str, Decimal | str]]:
        reached: list[Decimal | str] = []
        for place, line in enumerate(self._rows[form]):
            capaian = self._achieved(line["target"], line["realisasi"], line.get("arah", ""))
            reached.append(capaian)
            line["capaian"] = capaian
            yield place, "capaian", capaian
            yield place, "kategori", self._label(capaian)
        yield mean, "capaian", self._mean(reached)
        yield mean, "kategori", self._label(self._mean(reached))

    def _kinerja_program(self) -> Iterator[tuple[int, str, Decimal | str]]:
        yield from self._measured("kinerja_program", -2)
        budget = self._rows["realisasi_anggaran"]
        totals = {"pagu": Decimal(0), "realisasi_anggaran": Decimal(0)}
        for place, line in enumerate(self._rows["kinerja_program"]):
            sums = _sums(budget, line, "pagu_setelah", "realisasi") if "kode" in line else {}
            for key, source in (("pagu", "pagu_setelah"), ("realisasi_anggaran", "realisasi")):
                value = sums.get(source, "")
                totals[key] += value if isinstance(value, Decimal) else 0
                yield place, key, value
            yield place, "persen", self._percent(sums.get("realisasi", ""), sums.get("pagu_setelah", ""))
        yield from ((-1, key, value) for key, value in totals.items())
        yield -1, "persen", self._percent(totals["realisasi_anggaran"], totals["pagu"])

    def _realisasi_anggaran(self) -> Iterator[tuple[int, str, Decimal | str]]:
        totals: dict[str, Value] = {}
        for place, key, value in self._folded("realisasi_anggaran", "pagu_sebelum", "pagu_setelah", "realisasi"):
            yield place, key, value
            totals |= {key: value} if place == -1 else {}
        for place, line in [*enumerate(self._rows["realisasi_anggaran"]), (-1, totals)]:
            budget, spent = line.get("pagu_setelah", ""), line.get("realisasi", "")
            yield place, "persen", self._percent(spent, budget)
            yield place, "sisa", _less(budget, spent)

    def _efisiensi(self) -> Iterator[tuple[int, str, Decimal | str]]:
        budget, results = self._rows["realisasi_anggaran"], self._rows["kinerja_program"]
        for place, line in enumerate(self._rows["efisiensi"]):
            sums = _sums(budget, line, "pagu_setelah", "realisasi")
            reached, current = [], ""
            for result in results:
                current = str(result.get("kode", current))
                if current == line["kode"]:
                    reached.append(result["capaian"])
            capaian = self._mean(reached)
            spent = self._percent(sums["realisasi"], sums["pagu_setelah"])
            yield place, "capaian", capaian
            yield place, "persen", spent
            yield place, "efisiensi", self._efficiency(capaian, spent)

    def _efficiency(self, capaian: Decimal | str, spent: Decimal | str) -> Decimal | str:
        if not isinstance(capaian, Decimal) or not isinstance(spent, Decimal):
            return ""
        form = self._settings["Rumus_Efisiensi"]
        if form == RELATIVE:
            return self._percent(capaian - spent, capaian)
        return "-" if form == DIFFERENCE_FROM_100 and capaian < 100 else capaian - spent

    def _perbandingan(self) -> Iterator[tuple[int, str, Decimal | str]]:
        measured = {str(line["indikator"]): line for line in self._rows["pengukuran_kinerja"]}
        for place, line in enumerate(self._rows["perbandingan"]):
            one = measured[str(line["indikator"])]
            yield from ((place, key, one[key]) for key in ("satuan", "arah", "target", "realisasi"))
            yield place, "selisih", _less(one["realisasi"], line["realisasi_lalu"])
            capaian = self._achieved(one["target"], one["realisasi"], one["arah"])
            yield place, "capaian", capaian
            kemajuan = self._achieved(line["target_akhir"], one["realisasi"], one["arah"], capped=False)
            yield place, "kemajuan", kemajuan

    def _evaluasi_triwulan(self) -> Iterator[tuple[int, str, Decimal | str]]:
        quarters = [f"tw{number}_rp" for number in range(1, 5)]
        totals: dict[str, Value] = {}
        for place, key, value in self._folded("evaluasi_triwulan", "renstra_rp", "lalu_rp", "target_rp", *quarters):
            yield place, key, value
            totals |= {key: value} if place == -3 else {}
        lines = self._rows["evaluasi_triwulan"]
        degrees: dict[str, list[Decimal | str]] = {"capaian_k": [], "capaian_rp": []}
        tops = _tops(lines)
        for place, line in [*enumerate(lines), (-3, totals)]:
            spent = [line[key] for key in quarters if isinstance(line.get(key), Decimal)]
            year = sum((amount for amount in spent if isinstance(amount, Decimal)), Decimal(0)) if spent else ""
            past = line.get("lalu_rp", "")
            both = [amount for amount in (past, year) if isinstance(amount, Decimal)]
            until = sum(both, Decimal(0)) if both else ""
            given = {
                "realisasi_rp": year, "jumlah_rp": until, "capaian_rp": self._percent(year, line.get("target_rp", "")),
                "kemajuan_rp": self._percent(until, line.get("renstra_rp", "")),
            }  # fmt: skip
            if place >= 0:
                given |= self._quantities(line)
                for key in degrees if line in tops else ():
                    degrees[key].append(given[key])
            yield from ((place, key, value) for key, value in given.items())
        for key, figures in degrees.items():
            yield -2, key, self._mean(figures)
            yield -1, key, self._label(self._mean(figures))

    def _quantities(self, line: dict[str, Value]) -> dict[str, Decimal | str]:
        """The columns K of form E.81."""
        quarters = [line[key] for n in range(1, 5) if isinstance(line.get(key := f"tw{n}_k"), Decimal)]
        numbers = [number for number in quarters if isinstance(number, Decimal)]
        cumulative = line["sifat"] == CUMULATIVE
        year = (numbers[-1] if cumulative else sum(numbers, Decimal(0))) if numbers else ""
        past = line["lalu_k"]
        assert isinstance(past, Decimal)
        until = (year if cumulative else past + year) if isinstance(year, Decimal) else past
        return {
            "realisasi_k": year, "jumlah_k": until, "capaian_k": self._percent(year, line["target_k"]),
            "kemajuan_k": self._percent(until, line["renstra_k"]),
        }  # fmt: skip


def _less(minuend: Value, subtrahend: Value) -> Decimal | str:
    if isinstance(minuend, Decimal) and isinstance(subtrahend, Decimal):
        return minuend - subtrahend
    return ""
