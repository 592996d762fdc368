"""Number text: first what must be read, then what must not be guessed, then the properties."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import category

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from xlaudit.amounts import Reading, State, Style, choose, read_number_text, settle

D = Decimal

NUMBERS = """
1.234.567              | 1234567        |  0 | INDONESIAN
1.234.567,00           | 1234567        |  2 | INDONESIAN
1,234,567.00           | 1234567        |  2 | ENGLISH
1,234,567              | 1234567        |  0 | ENGLISH
94.930.562,50          | 94930562.5     |  2 | INDONESIAN
4183467857             | 4183467857     |  0 | PLAIN
4183467857,5           | 4183467857.5   |  1 | INDONESIAN
1234,567               | 1234.567       |  3 | INDONESIAN
92,09                  | 92.09          |  2 | INDONESIAN
92.09                  | 92.09          |  2 | ENGLISH
0,259                  | 0.259          |  3 | INDONESIAN
0.038                  | 0.038          |  3 | ENGLISH
,5                     | 0.5            |  1 | INDONESIAN
1.234,567              | 1234.567       |  3 | INDONESIAN
19,639,237,601,00      | 19639237601    |  2 | COMMA_BOTH
1.234.567.00           | 1234567        |  2 | DOT_BOTH
1 234 567              | 1234567        |  0 | SPACED
12 345,67              | 12345.67       |  2 | SPACED
12 345 678.90          | 12345678.9     |  2 | SPACED_POINT
1.234 .567             | 1234567        |  0 | INDONESIAN
1.234. 567,00          | 1234567        |  2 | INDONESIAN
1.234.567 ,00          | 1234567        |  2 | INDONESIAN
1.234.567,             | 1234567        |  0 | INDONESIAN
Rp. 2.300.170.000,-    | 2300170000     |  0 | INDONESIAN
Rp 7,164,456,150,-     | 7164456150     |  0 | ENGLISH
Rp. 7,164,456,150,-    | 7164456150     |  0 | ENGLISH
Rp2.300.170.000        | 2300170000     |  0 | INDONESIAN
rp 2.300.170.000,--    | 2300170000     |  0 | INDONESIAN
IDR 5.000.000          | 5000000        |  0 | INDONESIAN
Rp 5.000.000,=         | 5000000        |  0 | INDONESIAN
5.000.000.-            | 5000000        |  0 | INDONESIAN
Rp 5.000,-             | 5000           |  0 | INDONESIAN
5,000,-                | 5000           |  0 | ENGLISH
5.000.000 rupiah       | 5000000        |  0 | INDONESIAN
(1.234,00)             | -1234          |  2 | INDONESIAN
Rp (1.234,00)          | -1234          |  2 | INDONESIAN
(Rp 1.234,00)          | -1234          |  2 | INDONESIAN
-1.234,5               | -1234.5        |  1 | INDONESIAN
- 1.234,5              | -1234.5        |  1 | INDONESIAN
\u22121.234,5          | -1234.5        |  1 | INDONESIAN
\u20131.234,5          | -1234.5        |  1 | INDONESIAN
Rp -1.234,50           | -1234.5        |  2 | INDONESIAN
1.234,50-              | -1234.5        |  2 | INDONESIAN
+5,2                   | 5.2            |  1 | INDONESIAN
-0                     | 0              |  0 | PLAIN
\uff11\uff12\uff0e\uff15 | 12.5         |  1 | ENGLISH
1\u00a0234\u202f567    | 1234567        |  0 | SPACED
'1.234.567             | 1234567        |  0 | INDONESIAN
Rp. 1,2 juta           | 1200000        | -5 | INDONESIAN
1,25 miliar            | 1250000000     | -7 | INDONESIAN
1,25 Milyar            | 1250000000     | -7 | INDONESIAN
2 triliun              | 2000000000000  | -12 | PLAIN
5 ribu orang           | 5000           | -3 | PLAIN
Rp 4,5 M               | 4500000000     | -8 | INDONESIAN
4,5 M                  | 4.5            |  1 | INDONESIAN
84,00 (A)              | 84             |  2 | INDONESIAN
A (81,10)              | 81.1           |  2 | INDONESIAN
BB (75,50)             | 75.5           |  2 | INDONESIAN
54 Dokumen             | 54             |  0 | PLAIN
13 (tiga belas)        | 13             |  0 | PLAIN
5 (lima) dokumen       | 5              |  0 | PLAIN
100 m\u00b2            | 100            |  0 | PLAIN
Level 3                | 3              |  0 | PLAIN
85,44*)                | 85.44          |  2 | INDONESIAN
Rp\\n1.234.567,00      | 1234567        |  2 | INDONESIAN
84,00\\n(A)            | 84             |  2 | INDONESIAN
"""

NOT_NUMBERS = """
BLANK: | \t \u00a0| \\n |\u200b
NIL: -|\u2013|\u2014|--|Rp -|Rp. -|Rp-|nihil|Nihil|NIHIL|-%|(-)| - |\u2212
NOT_APPLICABLE: NA|N/A|n/a|n.a.|N.A|#N/A|belum ada hasil|Belum ada hasil penilaian|belum dinilai
NOT_APPLICABLE: tidak ada data|Belum rilis|data belum tersedia|menunggu hasil penilaian
STACKED: 9, 50, 3|100 2 16 70 5|116, 134|304/18|36/12|9,50,3|999 999|100 100 100|99.999.999 9|1. 250.000
STACKED: 100\\n200|1.234.\\n567|Rp 5.000.000\\nRp 4.000.000|3 dokumen, 200 buah|100 (100%)|12 bulan 5 hari
STACKED: 1.234.567.890 1.234.567.890|Rp 1.000.000 / Rp 900.000|9, 99, 9, 9, 9., 99, 99,|999, 999, 999 / 99
TEXT: 60-70|60 - 70|60 \u2013 70|B (60-70)|2021-2026|85% - 90%|60 s/d 70|90% s.d.\u2264 100%|2023/2024
TEXT: 31/12/2024|31-12-2024|31.12.2024|2024-12-31|31 Desember 2024|12 Mei 2024|Tahun 2024|Target 2024
TEXT: >B|WTP|A|TAP|...|\u2026|#DIV/0!|Rp|%|III.9|E.81|P2K|85\u00b2|10\u00b3|\u00bd|1\u00bd|5b
TEXT: 1-cascading|3.10-spm|5.2.1 Nilai|1.3 Indeks Profesionalitas ASN|1.23E+10|9=8/7*100|3,5x
TEXT: 1.06.01.2.01.0001|5.1.02.01.001.00001|1.06.01|01.02.003|1. Penyediaan Makanan|9)|A 5|(5|5)
TEXT: 1 PROGRAM PENANGANAN BENCANA|Perda Nomor 5 Tahun 2019|tersedianya stok dalam 1 tahun
TEXT: \u0663\u0664\u0665|\u0967\u0968|kolom (9) kosong|0.123.456
"""


def unescaped(text: str) -> str:
    return text.replace("\\n", "\n")


def rows() -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in NUMBERS.strip().split("\n")]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_reads(row: list[str]) -> None:
    text, value, places, style = row
    reading = read_number_text(unescaped(text))
    assert reading.state is State.NUMBER
    assert reading.readings == ((D(value), int(places), Style[style], False),)
    assert reading.value == D(value)


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (State[line.split(":", 1)[0]], unescaped(text))
        for line in NOT_NUMBERS.strip().split("\n")
        for text in line.split(":", 1)[1].removeprefix(" ").split("|")
    ],
)
def test_does_not_read_as_a_number(state: State, text: str) -> None:
    assert read_number_text(text) == Reading(state)
    assert read_number_text(f" {text}  ").state is state


@pytest.mark.parametrize("text", ["85,44 %", "85,44%", "%85,44", "85,44 persen", "85,44 Persen", "(85,44%)"])
def test_percent_signs_and_words(text: str) -> None:
    reading = read_number_text(text)
    assert reading.percent
    assert abs(reading.readings[0].value) == D("85.44")
    assert not read_number_text("85,44").percent


def test_prefix_suffix_and_currency_are_kept() -> None:
    assert read_number_text("\u2265 90 %").prefix == "\u2265"
    assert read_number_text(">80").prefix == ">"
    assert read_number_text("maksimal 5").prefix == "maksimal"
    assert read_number_text("A (81,10)").prefix == "A"
    assert read_number_text("84,00 (A)").suffix == "(A)"
    assert read_number_text("54 Dokumen").suffix == "Dokumen"
    assert read_number_text("85 Persen").suffix == "Persen"
    assert read_number_text("Rp 1.234.567").currency
    assert not read_number_text("1.234.567").currency


@pytest.mark.parametrize(
    "text", ["1.234", "12.345", "999.999", "100.000", "Rp. 750.000", "98.125 %", "-1.234"]
)
def test_a_single_separator_before_three_digits_is_ambiguous(text: str) -> None:
    reading = read_number_text(text)
    assert reading.state is State.AMBIGUOUS
    assert reading.value is None
    thousands, decimals = reading.readings
    assert (thousands.style, thousands.places) == (Style.INDONESIAN, 0)
    assert (decimals.style, decimals.places) == (Style.ENGLISH, 3)
    assert thousands.value == 1000 * decimals.value
    swapped = read_number_text(text.replace("Rp.", "Rp").replace(".", ","))
    assert [c.value for c in swapped.readings] == [c.value for c in reading.readings]
    assert [c.style for c in swapped.readings] == [Style.ENGLISH, Style.INDONESIAN]


def test_a_trailing_minus_after_rp_may_be_half_a_currency_tail() -> None:
    reading = read_number_text("Rp 1.234.567-")
    assert reading.state is State.AMBIGUOUS
    assert {c.value for c in reading.readings} == {D(1234567), D(-1234567)}
    assert choose(reading, Style.INDONESIAN) is None


@pytest.mark.parametrize(
    ("text", "best", "also"),
    [
        ("8.7106.000", "87106000", "8106000 8706000 8716000 8710000"),
        ("8.662.479.43,00", "866247943", "8662479430 8662479439 8662479043 8662479493 8662479143"),
        ("1.2345.678,00", "12345678", "1345678 1234678"),
        ("12,34,567", "1234567", "12340567 12034567 12934567"),
        ("8.662479.430", "8662479430", ""),
        ("1234.567.890", "1234567890", "234567890 123567890"),
        ("1.2345.67.890", "1234567890", ""),
        ("1..234.567", "1234567", ""),
        ("1,234.567,89", "1234567.89", ""),
        ("Rp. 8.7106.000,-", "87106000", "8710000"),
        ("(8.7106.000)", "-87106000", "-8710000"),
        ("1.234.567,890,00", "1234567890", ""),
        ("1.234.5678", "12345678", "1234567 1234568 1234578 1234678"),
    ],
)
def test_malformed_grouping_gives_its_repairs(text: str, best: str, also: str) -> None:
    reading = read_number_text(text)
    assert reading.state is State.MALFORMED
    assert reading.value is None
    assert reading.readings[0].value == D(best)
    assert all(candidate.repaired for candidate in reading.readings)
    completed = {candidate.value for candidate in reading.completions()}
    assert {D(value) for value in also.split()} <= completed
    assert choose(reading, Style.INDONESIAN) is None


def test_a_short_group_has_every_place_where_a_digit_can_be_lost_and_nothing_else() -> None:
    values = {int(c.value) for c in read_number_text("8.662.479.43,00").completions()}
    head = "8662479"
    expected = {int(f"{head}{tail:03d}") for tail in range(1000) if "43" in {
        f"{tail:03d}"[:2], f"{tail:03d}"[1:], f"{tail:03d}"[0] + f"{tail:03d}"[2]}}  # fmt: skip
    assert values == expected


def test_decimals_behind_the_thousands_sign_are_certain_only_when_they_are_zero() -> None:
    reading = read_number_text("1,234,567,50")
    assert reading.state is State.MALFORMED
    assert choose(reading, Style.COMMA_BOTH) == (D("1234567.50"), 2, Style.COMMA_BOTH, False)
    assert choose(reading, Style.ENGLISH) is None
    assert D(1234567509) in {c.value for c in reading.completions()}


def test_zeros_behind_the_thousands_sign_are_decimals_but_the_lost_digit_is_offered() -> None:
    reading = read_number_text("1.000.000.00")
    assert reading.value == 1000000
    assert 1000000000 in {c.value for c in reading.completions()}
    assert read_number_text("1.000.000,00").completions() == ()


def column(*texts: str) -> list[Reading]:
    return [read_number_text(text) for text in texts]


def test_the_column_settles_what_is_ambiguous() -> None:
    indonesian = column("1.234.567", "92,5", "1,234,567", "1.234", "17", "-", "")
    assert settle(indonesian) is Style.INDONESIAN
    chosen = choose(indonesian[3], settle(indonesian))
    assert chosen is not None
    assert chosen.value == 1234
    english = column("92.09", "91.96", "8.125")
    chosen = choose(english[2], settle(english))
    assert chosen is not None
    assert chosen.value == D("8.125")


def test_a_column_without_majority_settles_nothing() -> None:
    assert settle(column("92,09", "92.10", "1.234")) is None
    assert settle(column("1.234", "2.345")) is None
    assert settle(column("17", "1 234 567", "-", "")) is None
    assert settle([]) is None
    assert choose(read_number_text("1.234"), None) is None
    chosen = choose(read_number_text("17"), None)
    assert chosen is not None
    assert chosen.value == 17


# --- properties -------------------------------------------------------------------------------------

WRITTEN = [Style.PLAIN, Style.INDONESIAN, Style.ENGLISH, Style.COMMA_BOTH, Style.DOT_BOTH, Style.SPACED,
           Style.SPACED_POINT]  # fmt: skip


def write(digits: str, decimals: str, style: Style) -> str:
    thousands, point = {
        Style.PLAIN: ("", ","),
        Style.INDONESIAN: (".", ","),
        Style.ENGLISH: (",", "."),
        Style.COMMA_BOTH: (",", ","),
        Style.DOT_BOTH: (".", "."),
        Style.SPACED: (" ", ","),
        Style.SPACED_POINT: (" ", "."),
    }[style]
    whole = thousands.join(groups_of(digits))
    return f"{whole}{point}{decimals}" if decimals else whole


def groups_of(digits: str) -> list[str]:
    first = len(digits) % 3 or 3
    return [digits[:first]] + [digits[i : i + 3] for i in range(first, len(digits), 3)]


whole_parts = st.integers(0, 10**14).map(str)
decimal_parts = st.text("0123456789", max_size=4)
frames = st.sampled_from(
    ["{}", "-{}", "({})", "Rp {}", "Rp. {}", "{} %", "{}%", " {} ", "{} Dokumen", "\u2212{}"]
)


@given(whole_parts, decimal_parts, st.sampled_from(WRITTEN), frames)
@example("1234", "", Style.INDONESIAN, "{}")
@example("1234567", "50", Style.COMMA_BOTH, "{}")
def test_what_is_written_reads_back(digits: str, decimals: str, style: Style, frame: str) -> None:
    if style in (Style.COMMA_BOTH, Style.DOT_BOTH):
        assume(len(decimals) == 2 and len(digits) > 3)
    value = D(f"{digits}.{decimals}" if decimals else digits)
    value = -value if frame[0] in "-(\u2212" else value
    reading = read_number_text(frame.format(write(digits, decimals, style)))
    if reading.state is State.STACKED:  # "999 999" may be two figures
        assert style in (Style.SPACED, Style.SPACED_POINT)
        assert not decimals
        return
    assert (value, len(decimals)) in {(c.value, c.places) for c in reading.readings}
    if reading.state is State.NUMBER:
        assert reading.readings[0].value == value
    elif reading.state is State.AMBIGUOUS:
        thousands = 4 <= len(digits) <= 6 and not decimals
        assert thousands or (len(digits) <= 3 and len(decimals) == 3)
    else:
        assert reading.state is State.MALFORMED
        assert style in (Style.COMMA_BOTH, Style.DOT_BOTH)
        assert decimals != "00"


@given(st.integers(10**9, 10**13).map(str), st.sampled_from(["", ",00", ",50"]), st.data())
def test_one_slip_in_a_long_amount_is_seen_and_can_be_undone(
    digits: str, tail: str, data: st.DataObject
) -> None:
    groups = groups_of(digits)
    which = data.draw(st.integers(1, len(groups) - 1), label="group")
    slip = data.draw(st.sampled_from(["lost", "extra", "no sign", "sign moved"]), label="slip")
    position = data.draw(st.integers(0, 2), label="position")
    spoiled = list(groups)
    if slip == "lost":
        spoiled[which] = spoiled[which][:position] + spoiled[which][position + 1 :]
    elif slip == "extra":
        spoiled[which] = spoiled[which][:position] + "7" + spoiled[which][position:]
    elif slip == "no sign":
        spoiled[which - 1 : which + 1] = ["".join(spoiled[which - 1 : which + 1])]
    else:
        joined = spoiled[which - 1] + spoiled[which]
        cut = len(spoiled[which - 1]) + 1
        spoiled[which - 1 : which + 1] = [joined[:cut], joined[cut:]]
    text = ".".join(spoiled) + tail
    reading = read_number_text(text)
    if reading.state is State.NUMBER:
        if slip == "lost":  # "1.000.000.00" is sound with a point for both; the way back is offered
            assert reading.readings[0].style is Style.DOT_BOTH
            assert text.endswith(".00")
            assert D(digits) in {candidate.value for candidate in reading.completions()}
            return
        # A sign lost or moved at the front may leave sound groups: nothing in the text shows the slip.
        assert slip in ("no sign", "sign moved")
        assert which == 1
        assert reading.readings[0].value == D(digits + tail.replace(",", "."))
        return
    assert reading.state is State.MALFORMED, text
    found = {candidate.value for candidate in reading.readings + reading.completions()}
    assert D(digits + tail.replace(",", ".")) in found


ALPHABET = "0123456789.,- ()%+/RpABn\u00a0\u2013\n'=*"


@given(st.one_of(st.text(ALPHABET, max_size=30), st.text(max_size=30)))
def test_any_text_gets_a_sound_answer(text: str) -> None:
    reading = read_number_text(text)
    sound = [candidate for candidate in reading.readings if not candidate.repaired]
    if reading.state is State.NUMBER:
        assert len(reading.readings) == len(sound) == 1
    elif reading.state is State.AMBIGUOUS:
        assert len(reading.readings) == len(sound) > 1
    elif reading.state is State.MALFORMED:
        assert len(sound) < len(reading.readings)
    else:
        assert reading.readings == ()
    digits = [character for character in text if category(character) == "Nd"]
    for candidate in reading.readings + reading.completions():
        assert candidate.value.is_finite()
        if not candidate.repaired and candidate.places >= 0:
            assert len(candidate.value.as_tuple().digits) <= len(digits) + 1
    if reading.completions() and reading.state is not State.MALFORMED:
        assert reading.readings[0].style in (Style.COMMA_BOTH, Style.DOT_BOTH)


@pytest.mark.parametrize(
    "text",
    ["1" * 10_000, "1 " * 5_000, "1." * 5_000, "(" * 10_000, "Rp " * 3_000, "1.234" * 50, "1 " * 124 + "x",
     "belum ada " * 24, "1,-" * 80, ". " * 125, "1 ,.-=%)-" * 27, "a" * 249 + "1", "-" * 249 + "x"],
)  # fmt: skip
def test_long_and_hostile_texts_are_answered(text: str) -> None:
    assert read_number_text(text).state in (State.TEXT, State.STACKED)


def test_a_long_text_is_not_looked_at() -> None:
    assert read_number_text("1" * 251).state is State.TEXT
    assert read_number_text(" " * 10_000).state is State.BLANK
