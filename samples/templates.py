"""Fills the published template with the figures of the five reports in ``data``, as staff would have typed them.

    python samples/templates.py [--output DIR]

writes ``templat-NAME.xlsx`` for each report, ``templat-pacitan-2024-e81.xlsx`` from Pacitan's form E.81, and
``templat-sepuluh-kesalahan.xlsx`` of ``mistakes.py`` below DIR, by default beside this file. Building again gives the
same bytes. What the template computes is not typed; README.md says what was typed where a report lacks something.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from mistakes import write_ten_mistakes
from office import GROUPED, LEVELS, PLAIN, Table, load

from xlaudit.schemas.forms import CUMULATIVE, DIFFERENCE_FROM_100, HIGHER, LOWER, RELATIVE, SINGLE, TRUNCATED
from xlaudit.templates import Content, Value, write_template
from xlaudit.templates.identity import scale_names

HERE = Path(__file__).parent

Row = dict[str, Value]
Tables = dict[str, Table]

_COMMAS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+,[0-9]{2}")
"""A comma for both separators, readable in one way only: ``19,639,237,601,00``."""
_FIGURE = re.compile(r"([0-9]+(?:,[0-9]+)?) ?(%|\(.+\)|[A-Za-z]+)?")
"""A figure with its satuan, or with its predikat in brackets."""
_NUMBERING = re.compile(r"[0-9]+(?:\.[0-9]+)*\.? ")


# from print to keyboard


def amount(printed: str) -> Value:
    """Rupiah as typed: the number, or the print where it is no number."""
    bare = printed.removesuffix(",-")
    if _COMMAS.fullmatch(bare):
        whole, _, cents = bare.rpartition(",")
        return Decimal(f"{whole.replace(',', '')}.{cents}")
    if GROUPED.fullmatch(bare) or PLAIN.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return printed


def figure(printed: str) -> Value:
    """A target or result as typed: the number without satuan or predikat, or the print where it is no number."""
    match = _FIGURE.fullmatch(printed)
    return Decimal(match[1].replace(",", ".")) if match else printed


def unit(printed: str) -> str:
    """The satuan printed behind a figure; empty where there is none."""
    match = _FIGURE.fullmatch(printed)
    behind = (match[2] or "") if match else ""
    return "" if behind.startswith("(") else behind


def name(printed: str) -> str:
    """A name without the numbering before it and the mark of a list behind it."""
    return _NUMBERING.sub("", printed, count=1).rstrip(";. ")


def row(**cells: Value) -> Row:
    """The cells of a row that have something to type."""
    return {key: value for key, value in cells.items() if value != ""}


def down(texts: Iterable[str]) -> list[str]:
    """A printed column whose cells stand for the rows below them as well."""
    filled: list[str] = []
    for text in texts:
        filled.append(text or (filled[-1] if filled else ""))
    return filled


def column(table: Table, key: str) -> list[str]:
    """One column as printed; empty texts where the table has none of that name."""
    return [cells[table.columns.index(key)] if key in table.columns else "" for cells in table.rows]


def lines(table: Table) -> list[int]:
    """The places of the rows of programs, kegiatan and sub kegiatan."""
    return [at for at in range(len(table.rows)) if table.level(at) in LEVELS]


def codes(table: Table, tops: Sequence[str] = ()) -> dict[int, str]:
    """Codes numbered by level, by the place of the row; ``tops`` are the codes of the programs, else 1, 2, 3."""
    found: dict[int, str] = {}
    counts = [0, 0, 0]
    for at in lines(table):
        level = LEVELS.index(table.level(at))
        counts = [*counts[:level], counts[level] + 1, *[0] * (2 - level)]
        top = tops[counts[0] - 1] if tops else str(counts[0])
        found[at] = ".".join([top, *map(str, counts[1 : level + 1])])
    return found


# the sheets


def identity(agency: str, year: int, **settings: Value) -> dict[str, Value]:
    return {"Pemda": agency, "Perangkat_Daerah": "Dinas Sosial", "Tahun": str(year), **settings}


def measured(agreed: Sequence[Row], *tables: Table, lower: Sequence[str] = ()) -> list[Row]:
    """Pengukuran Kinerja: the printed rows in order, sasaran, indikator and satuan copied from the agreement."""
    found: list[Row] = []
    for table in tables:
        for at in range(len(table.rows)):
            if table.level(at) == "total":
                continue
            like = agreed[len(found)]
            found.append(
                row(
                    **{key: like[key] for key in ("sasaran", "indikator", "satuan") if key in like},
                    arah=LOWER if like["indikator"] in lower else HIGHER,
                    target=figure(table.cell(at, "target")),
                    realisasi=figure(table.cell(at, "realisasi_kinerja")),
                    sumber_data=column(table, "sumber_data")[at],
                )
            )
    return found


def spent(
    table: Table, numbered: dict[int, str], before: Callable[[int], str] = lambda at: "", revised: bool = True
) -> list[Row]:
    """Realisasi Anggaran: rupiah in the rows that have none below them. ``before`` gives the print of the pagu before
    the revision; without a revision both are the same."""
    found = []
    for at, code in numbered.items():
        line = row(kode=code, uraian=name(table.cell(at, "uraian")))
        if not any(other.startswith(f"{code}.") for other in numbered.values()):
            pagu = table.cell(at, "pagu")
            earlier = before(at) if revised else pagu
            amounts = (("pagu_sebelum", earlier), ("pagu_setelah", pagu), ("realisasi", table.cell(at, "realisasi")))
            line |= row(**{key: amount(printed) for key, printed in amounts})
        found.append(line)
    return found


def tops(budget: Sequence[Row]) -> dict[str, str]:
    """The codes of the programs by their names in small letters."""
    return {str(line["uraian"]).casefold(): str(line["kode"]) for line in budget if line["kode"] in _outermost(budget)}


def _outermost(budget: Sequence[Row]) -> list[str]:
    known = [str(line["kode"]) for line in budget]
    return [code for code in known if not any(code.startswith(f"{other}.") for other in known)]


def code_of(program: str, budget: Sequence[Row]) -> str:
    return tops(budget)[program.casefold()]


def result(code: str, program: str, indicator: str, target: str, achieved: str, satuan: str = "") -> Row:
    """A row of Kinerja Program."""
    return row(
        kode=code, program=program, indikator=indicator, satuan=satuan or unit(target), arah=HIGHER,
        target=figure(target), realisasi=figure(achieved),
    )  # fmt: skip


def efficient(results: Sequence[Row]) -> list[Row]:
    return [{"kode": line["kode"]} for line in results]


def compared(indicators: Sequence[Row], last_year: Sequence[str], final: Sequence[str]) -> list[Row]:
    return [
        row(indikator=line["indikator"], realisasi_lalu=figure(then), target_akhir=figure(aim))
        for line, then, aim in zip(indicators, last_year, final, strict=True)
    ]


def content(settings: dict[str, Value], **rows: Sequence[Row]) -> Content:
    return Content(settings, {key: tuple(lines) for key, lines in rows.items() if lines})


# the reports


def pacitan(tables: Tables) -> Content:
    first, revised = tables["pk-awal-sasaran"], tables["pk-perubahan-sasaran"]
    agreed = [
        row(
            sasaran=revised.cell(0, "sasaran"), indikator=revised.cell(0, "indikator"),
            satuan=unit(first.cell(0, "target")), target_sebelum=figure(first.cell(0, "target")),
            target_setelah=figure(revised.cell(0, "target")),
        )
    ]  # fmt: skip
    budget = tables["pk-perubahan-anggaran"]
    agreed_budget = [
        row(
            kode=budget.cell(at, "kode"), program=budget.cell(at, "program"),
            pagu_sebelum=amount(budget.cell(at, "pagu_sebelum")), pagu_setelah=amount(budget.cell(at, "pagu_setelah")),
            keterangan=budget.cell(at, "keterangan"),
        )
        for at in lines(budget)
    ]  # fmt: skip
    table = tables["realisasi-anggaran"]
    realised = spent(table, codes(table, column(budget, "kode")))
    programs = tables["3-2"]
    results = [
        result(
            code_of(programs.cell(at, "program"), realised), programs.cell(at, "program"),
            programs.cell(at, "indikator"), programs.cell(at, "target_2024"), programs.cell(at, "realisasi_2024"),
        )
        for at in lines(programs)
    ]  # fmt: skip
    measures = measured(agreed, tables["3-1"])
    return content(
        identity("Kabupaten Pacitan", 2024, Cara_Pembulatan=TRUNCATED),
        perjanjian_kinerja=agreed, anggaran_perjanjian=agreed_budget, pengukuran_kinerja=measures,
        kinerja_program=results, realisasi_anggaran=realised, efisiensi=efficient(results),
        perbandingan=compared(
            measures, column(tables["3-3"], "realisasi_2023"), column(tables["3-4"], "target_akhir_renstra")
        ),
    )  # fmt: skip


def pacitan_e81(tables: Tables) -> Content:
    """The rows of the form that the data have, save for a sub kegiatan whose siblings are missing there."""
    table = tables["e81-evaluasi"]
    places = [at for at in lines(table) if table.cell(at, "kode") != "106.02.2.03.0001"]
    known = [table.cell(at, "kode") for at in places]
    filled = []
    for at in places:
        code = table.cell(at, "kode")
        quarters = [figure(table.cell(at, f"tw{n}_k")) for n in range(1, 5)]
        year = figure(table.cell(at, "realisasi_2024_k"))
        line = row(
            kode=code,
            **{key: table.cell(at, key) for key in ("uraian", "indikator", "satuan", "penanggung_jawab")},
            sifat=SINGLE if year == sum(q for q in quarters if isinstance(q, Decimal)) else CUMULATIVE,
        )
        pairs = [("renstra", "target_rpjmd"), ("lalu", "realisasi_sd_2023"), ("target", "target_2024")]
        pairs += [(f"tw{n}", f"tw{n}") for n in range(1, 5)]
        for key, printed in pairs:
            line[f"{key}_k"] = figure(table.cell(at, f"{printed}_k"))
            if not any(other.startswith(f"{code}.") for other in known):
                line[f"{key}_rp"] = amount(table.cell(at, f"{printed}_rp"))
        filled.append(line)
    return content(identity("Kabupaten Pacitan", 2024), evaluasi_triwulan=filled)


def magetan(tables: Tables) -> Content:
    revised = tables["2-7"]
    agreed = [
        row(
            sasaran=sasaran, indikator=revised.cell(at, "indikator"), satuan=revised.cell(at, "satuan"),
            target_sebelum="-", target_setelah=figure(revised.cell(at, "target")),
        )
        for at, sasaran in enumerate(down(column(revised, "sasaran")))
    ]  # fmt: skip
    table, earlier, later = tables["3-9"], tables["2-6"], tables["2-8"]
    numbered = {at: table.cell(at, "no").strip(".") for at in lines(table)}
    pagu = {earlier.cell(at, "no").strip("."): earlier.cell(at, "pagu") for at in lines(earlier)}
    realised = spent(table, numbered, lambda at: pagu[numbered[at]])
    agreed_budget = [
        row(
            kode=code, program=later.cell(at, "uraian"), pagu_sebelum=amount(pagu[code]),
            pagu_setelah=amount(later.cell(at, "pagu")),
        )
        for at in lines(later) if "." not in (code := later.cell(at, "no").strip("."))
    ]  # fmt: skip
    programs = tables["3-10"]
    results = [
        result(
            programs.cell(at, "no").strip("."), programs.cell(at, "uraian"), later.cell(at, "indikator"),
            programs.cell(at, "target"), programs.cell(at, "realisasi_kinerja"),
        )
        for at in lines(programs) if programs.level(at) == "program"
    ]  # fmt: skip
    measures = measured(agreed, tables["3-2"])
    last_year = {
        tables["3-3"].cell(at, "indikator"): tables["3-3"].cell(at, "realisasi_2023")
        for at in range(len(tables["3-3"].rows))
    }
    return content(
        identity("Kabupaten Magetan", 2024, Skala_Predikat=scale_names()[1], Rumus_Efisiensi=RELATIVE),
        perjanjian_kinerja=agreed, anggaran_perjanjian=agreed_budget, pengukuran_kinerja=measures,
        kinerja_program=results, realisasi_anggaran=realised, efisiensi=efficient(results),
        perbandingan=compared(
            measures, [last_year[str(line["indikator"])] for line in agreed],
            [printed.removesuffix(" persen") for printed in column(tables["3-4"], "target_akhir_renstra")],
        ),
    )  # fmt: skip


def mojokerto_2024(tables: Tables) -> Content:
    units = column(tables["2-5"], "satuan")
    agreed: list[Row] = []
    for table in (tables["2-7a"], tables["2-7b"]):
        for at, sasaran in enumerate(down(column(table, "sasaran"))):
            agreed.append(
                row(
                    sasaran=sasaran, indikator=name(table.cell(at, "indikator")), satuan=units[len(agreed)],
                    target_sebelum=figure(table.cell(at, "target")),
                )
            )  # fmt: skip
    table = tables["3-8"]
    realised = spent(table, codes(table), revised=False)
    budget = tables["2-7c"]
    agreed_budget = [
        row(
            kode=code_of(budget.cell(at, "uraian"), realised), program=budget.cell(at, "uraian"),
            pagu_sebelum=amount(budget.cell(at, "pagu")), pagu_setelah=amount(budget.cell(at, "pagu")),
        )
        for at in lines(budget)
    ]  # fmt: skip
    results = [
        result(
            code_of(programs.cell(at, "uraian"), realised), programs.cell(at, "uraian"),
            programs.cell(at, "indikator"), programs.cell(at, "target"), programs.cell(at, "realisasi_kinerja"),
        )
        for programs in (tables["3-14"], tables["3-16"]) for at in lines(programs)
    ]  # fmt: skip
    measures = measured(agreed, tables["3-1"], tables["3-2"])
    return content(
        identity("Kabupaten Mojokerto", 2024),
        perjanjian_kinerja=agreed, anggaran_perjanjian=agreed_budget, pengukuran_kinerja=measures,
        kinerja_program=results, realisasi_anggaran=realised, efisiensi=efficient(results),
        perbandingan=compared(
            measures, [tables["3-3"].cell(0, "realisasi_2023"), *column(tables["3-4"], "realisasi_2023")],
            [*column(tables["3-5"], "target_akhir_renstra"), *column(tables["3-6"], "target_akhir_renstra")],
        ),
    )  # fmt: skip


def mojokerto_2021(tables: Tables) -> Content:
    table = tables["III-sasaran"]
    agreed = [
        row(
            sasaran=sasaran, indikator=table.cell(at, "indikator"), satuan=unit(table.cell(at, "target")),
            target_setelah=figure(table.cell(at, "target")),
        )
        for at, sasaran in enumerate(down(column(table, "sasaran")))
    ]  # fmt: skip
    budget = tables["III-anggaran"]
    pagu = column(budget, "pagu")
    stages = {
        budget.cell(at, "no").strip("."): (budget.cell(at, "program"), pagu[at], pagu[at + 1])
        for at in lines(budget)
        if budget.cell(at, "no")
    }
    agreed_budget = [
        row(kode=code, program=program, pagu_sebelum=amount(before), pagu_setelah=amount(after))
        for code, (program, before, after) in stages.items()
    ]
    realised = _details_2021(tables, {program: code for code, (program, _, _) in stages.items()})
    matrix, measures_of = tables["II"], tables["3-2-1-b"]
    programs = {matrix.cell(at, "indikator").casefold(): matrix.cell(at, "program") for at in range(len(matrix.rows))}
    results = []
    for at in lines(measures_of):
        program = programs[measures_of.cell(at, "indikator").casefold()]
        results.append(
            result(
                code_of(program, realised), program, measures_of.cell(at, "indikator"),
                measures_of.cell(at, "target"), measures_of.cell(at, "realisasi_kinerja"),
            )
        )  # fmt: skip
    printed = tables["3-1-1"]
    subjects = [
        row(sasaran=sasaran, indikator=printed.cell(at, "indikator"))
        for at, sasaran in enumerate(down(column(printed, "sasaran")))
    ]
    measures = measured(subjects, printed)
    return content(
        identity("Kabupaten Mojokerto", 2021),
        perjanjian_kinerja=agreed, anggaran_perjanjian=agreed_budget, pengukuran_kinerja=measures,
        kinerja_program=results, realisasi_anggaran=realised, efisiensi=efficient(results),
        perbandingan=compared(
            measures, column(tables["3-1-2"], "realisasi_2020"), column(tables["3-1-3"], "target_akhir_renstra")
        ),
    )  # fmt: skip


def _details_2021(tables: Tables, known: dict[str, str]) -> list[Row]:
    """Programs and their budget in the order of the agreement. Details are those of the sentences of chapter III; the
    program without any there (its pages are missing in part) has its own two figures, one above the other in PPS."""
    stacked, told = tables["pengukuran-pencapaian-sasaran"], tables["narasi-sub-kegiatan"]
    numbered = codes(told)
    order = ("Pemberdayaan Sosial", "Rehabilitasi Sosial", "Perlindungan dan Jaminan Sosial", "Penanganan Bencana")
    details: dict[str, list[Row]] = {}
    for line in spent(told, numbered):
        top, _, rest = str(line["kode"]).partition(".")
        program = f"Program {order[int(top) - 1]}"
        if rest:
            details.setdefault(program, []).append({**line, "kode": f"{known[program]}.{rest}"})
    found: list[Row] = []
    for program, code in known.items():
        line = row(kode=code, uraian=program)
        if program not in details:
            [both] = [
                stacked.cell(at, "perhitungan")
                for at in lines(stacked)
                if stacked.cell(at, "program_prioritas").casefold() == program.casefold()
            ]
            pagu, realised = both.split("\n")
            line |= row(pagu_setelah=amount(pagu), realisasi=amount(realised))
        found += [line, *details.get(program, [])]
    return found


def kutai(tables: Tables) -> Content:
    table = tables["2-4"]
    agreed = [
        row(
            sasaran=sasaran, indikator=table.cell(at, "indikator"), satuan=table.cell(at, "satuan"),
            target_sebelum=figure(table.cell(at, "target")),
        )
        for at, sasaran in enumerate(down(column(table, "sasaran")))
    ]  # fmt: skip
    budget = tables["3-12"]
    realised = spent(budget, codes(budget), revised=False)
    programs = tables["3-11b"]
    indicators = down(column(programs, "indikator"))
    results = [
        result(
            code_of(programs.cell(at, "program"), realised), programs.cell(at, "program"), indicators[at],
            programs.cell(at, "target"), programs.cell(at, "realisasi_kinerja"),
        )
        for at in lines(programs)
    ]  # fmt: skip
    measures = measured(agreed, tables["3-2"], lower=("Penurunan Prevalensi stunting",))
    return content(
        identity(
            "Kabupaten Kutai Kartanegara", 2023, Cara_Pembulatan=TRUNCATED, Rumus_Efisiensi=DIFFERENCE_FROM_100
        ),
        perjanjian_kinerja=agreed, pengukuran_kinerja=measures, kinerja_program=results,
        realisasi_anggaran=realised, efisiensi=efficient(results),
        perbandingan=compared(
            measures[:2], column(tables["3-3"], "realisasi_2022"), column(tables["3-4"], "target_akhir_renstra")
        ),
    )  # fmt: skip


REPORTS: dict[str, tuple[str, str, Callable[[Tables], Content]]] = {
    "templat-pacitan-2024": ("pacitan-2024", "lkjip", pacitan),
    "templat-pacitan-2024-e81": ("pacitan-2024", "evaluasi-triwulan", pacitan_e81),
    "templat-magetan-2024": ("magetan-2024", "lkjip", magetan),
    "templat-mojokerto-2024": ("mojokerto-2024", "lkjip", mojokerto_2024),
    "templat-mojokerto-2021": ("mojokerto-2021", "lkjip", mojokerto_2021),
    "templat-kutai-kartanegara-2023": ("kutai-kartanegara-2023", "lkjip", kutai),
}
"""By the name of the workbook: whose figures, which template, and what is typed into it."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Fill the template for the samples.")
    parser.add_argument("--output", type=Path, default=HERE)
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    for title, (source, kind, fill) in REPORTS.items():
        write_template(kind, output / f"{title}.xlsx", fill(load(HERE / "data" / f"{source}.json")))
    write_ten_mistakes(output / "templat-sepuluh-kesalahan.xlsx")


if __name__ == "__main__":
    main()
