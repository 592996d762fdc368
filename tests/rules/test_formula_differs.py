"""ST109: the formulas in one column of the template are the same in all rows."""

from __future__ import annotations

import pytest
from draw import must_find, must_stay_quiet

CODE = "ST109"
HEADS = (
    "| Kode | Program | Anggaran Sebelum Perubahan | Anggaran Setelah Perubahan | Bertambah/(Berkurang) | Keterangan |"
)
TOP = f"""# Templat: perjanjian-kinerja
# Lembar: Anggaran PK
ANGGARAN PERJANJIAN KINERJA
DINAS SOSIAL TAHUN 2025


{HEADS}
| (1) | (2) | (3) | (4) | (5)=(4)-(3) | (6) |
"""


def rows(*fifth: str) -> str:
    return TOP + "".join(
        f"| 1.0{n} | Program {n} | 100000 | 90000 | ={content} -> -10000 | |\n" for n, content in enumerate(fifth, 2)
    )


def test_the_same_formula_seen_from_each_row() -> None:
    must_stay_quiet(CODE, rows("$D7-$C7", "$d8-$C8", "$D9 - $C9", "$D10-$C10"))


def test_fixed_references_and_names_and_texts_are_part_of_it() -> None:
    text = 'IF(Cara="A1",$D{0}-$C{0},SUM($D$6:$D$20,\'Lembar A1\'!A{0},LOG10(1)))'
    must_stay_quiet(CODE, rows(*(text.format(row) for row in range(7, 11))))


@pytest.mark.parametrize("other", ["$D7-$C8", "$D$8-$C8", "D8-C8", "SUM($D8)-$C8", "-10000", "$D8-$C8+1"])
def test_another_formula(other: str) -> None:
    (flag,) = must_find(CODE, rows("$D7-$C7", f"{other}", "$D9-$C9", "$D10-$C10").replace(
        f"={other} -> -10000", f"={other} -> -10000 *"
    ))
    assert f"={other}" in flag.message.id


def test_where_formulas_disagree_nothing_tells_which_is_right() -> None:
    must_stay_quiet(CODE, rows("$D7-$C7", "D8-C8", "$D9-$C9", "D10-C10"))
