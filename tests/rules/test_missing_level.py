"""KO105: a row without the details that others of its level have."""

from __future__ import annotations

from draw import must_find, must_pass_over, must_stay_quiet

CODE = "KO105"


def tree(count: int, bare: str = "", pagu: str = "50000000") -> str:
    lines = ["| Kode | Uraian | Pagu (Rp) | Realisasi (Rp) |"]
    for n in range(1, count + 1):
        lines += [
            f"| 1.06.{n:02} | Program {n} | 100000000 | 90000000 |",
            f"| 1.06.{n:02}.2.01 | Kegiatan {n} | 100000000 | 90000000 |",
        ]
    if bare:
        lines.append(f"| 1.06.99 | {bare} | {pagu} | 1000000 |")
    return "\n".join(lines)


def test_all_have_details() -> None:
    must_stay_quiet(CODE, tree(4))


def test_no_row_has_details() -> None:
    must_pass_over(CODE, "| Kode | Uraian | Pagu (Rp) |\n| 1.06.01 | A | 100000000 |\n| 1.06.02 | B | 100000000 |")


def test_too_few_that_have_details() -> None:
    must_pass_over(CODE, tree(3, "Program lain"))


def test_without_a_budget_none_is_needed() -> None:
    must_stay_quiet(CODE, tree(4, "Program lain", "0"))
    must_stay_quiet(CODE, tree(4, "Program lain", ""))


def test_accounts_need_no_details() -> None:
    must_stay_quiet(CODE, tree(4, "Belanja Tidak Terduga"))


def test_a_total_has_no_details() -> None:
    must_stay_quiet(CODE, tree(4) + "\n| | Jumlah | 400000000 | 360000000 |")


def test_a_program_without_kegiatan() -> None:
    (flag,) = must_find(CODE, tree(4, "Program lain *"))
    assert flag.severity is None
    assert flag.message.id == (
        "Baris ini tidak mempunyai rincian di bawahnya, padahal 4 baris setingkat lainnya dirinci."
    )
    assert flag.label.id == "Program lain"


def test_levels_that_only_looks_tell_are_not_judged() -> None:
    lines = ["| Uraian | Pagu (Rp) | Realisasi (Rp) |"]
    for n in range(1, 6):
        lines += [f"| Bidang {n} as bold | 100000000 | 90000000 |", f"| Kerja {n} | 100000000 | 90000000 |"]
    lines.append("| Bidang 9 as bold | 50000000 | 40000000 |")
    must_pass_over(CODE, "\n".join(lines))


def test_tables_of_another_kind() -> None:
    lines = ["| Kode | Sasaran | Indikator | Target | Realisasi | Capaian (%) |"]
    for n in range(1, 6):
        lines += [
            f"| 1.06.{n:02} | Sasaran {n} | Indikator {n} | 10 | 10 | 100 |",
            f"| 1.06.{n:02}.2.01 | Sasaran {n} | Indikator {n}a | 10 | 10 | 100 |",
        ]
    lines.append("| 1.06.99 | Sasaran 9 | Indikator 9 | 10 | 10 | 100 |")
    must_pass_over(CODE, "\n".join(lines))
