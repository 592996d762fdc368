"""What slipped between the figure that stands there and the one that should: the hand's usual errors.

The classes follow the deductive correction of typing errors (Damerau-Levenshtein on the digits).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil, floor

from xlaudit.findings import plain
from xlaudit.texts import Text

CAUSES: dict[str, Text] = {
    "digit_transposed": Text("two digits are swapped"),
    "digit_dropped": Text("a digit is missing"),
    "digit_doubled": Text("there is a digit too many"),
    "digit_mistyped": Text("one digit is mistyped"),
    "factor_of_ten": Text("zeros are missing or too many"),
    "separator": Text("a point or comma is misplaced"),
    "sign": Text("the sign is reversed"),
    "swapped": Text("two figures stand in each other's place"),
    "copied_neighbour": Text("the figure of a neighbouring cell was copied"),
    "child_omitted": Text("a row below was left out of the sum"),
    "child_double_counted": Text("a row below was counted twice"),
    "range_short": Text("its formula leaves rows out"),
    "stale_value": Text("the stored value is older than the figures of its formula"),
    "typed_over": Text("a figure was typed over the formula"),
    "text_skipped": Text("a text, which sums skip"),
    "before_revision": Text("it is the figure from before the revision"),
    "mean_of_ratios": Text("it is the mean of the rows' percentages, not the ratio of the sums"),
    "serapan_copied": Text("the serapan was copied into it"),
    "percent_fraction": Text("fraction and percentage are mixed"),
    "other_direction": Text("it was computed by the formula for the other direction"),
    "not_recomputed": Text("a computed figure does not follow its sources"),
    "other_agreement": Text("it differs from another table"),
    "unexplained": Text("the figures do not show what went wrong"),
}
COSTS: dict[str, int] = {
    "range_short": 3,
    "separator": 4,
    "stale_value": 4,
    "typed_over": 4,
    "other_direction": 14,
    "before_revision": 24,
    "mean_of_ratios": 14,
    "serapan_copied": 14,
    "digit_transposed": 17,
    "digit_dropped": 17,
    "factor_of_ten": 16,
    "sign": 18,
    "swapped": 18,
    "copied_neighbour": 20,
    "child_omitted": 20,
    "child_double_counted": 20,
    "digit_doubled": 20,
    "percent_fraction": 20,
    "digit_mistyped": 26,
    "not_recomputed": 34,
    "other_agreement": 46,
    "unexplained": 60,
}
"""How unlikely it is that a wrong cell went wrong in this very way: ten times the common logarithm, roughly.

A way that leaves few figures to choose from (two digits swapped) costs less than one that could have given anything.
"""


_TELLING = 4
"""Figures of fewer digits are alike by chance; each missing one makes that ten times as likely."""


def cost_of(cause: str, stated: Decimal) -> int:
    """How unlikely a wrong cell that holds ``stated`` went wrong in this way."""
    if cause != "copied_neighbour":
        return COSTS[cause]
    return COSTS[cause] + 10 * max(0, _TELLING - len(stated.normalize().as_tuple().digits))


def slip(stated: Decimal, right: Decimal, parts: Sequence[Decimal] = ()) -> str:
    """The likeliest cause that turns ``right`` into ``stated``. ``parts`` are the figures that a total adds up."""
    if right == -stated:
        return "sign"
    bigger, smaller = max(abs(stated), abs(right)), min(abs(stated), abs(right))
    if smaller and _is_power_of_ten_times(bigger, smaller):
        return "factor_of_ten"
    spelled = digits_slip(stated, right)
    if spelled in ("digit_transposed", "digit_dropped", "digit_doubled"):
        return spelled
    missing = right - stated
    if missing in parts and len(parts) > 1:
        return "child_omitted"
    if -missing in parts and len(parts) > 1:
        return "child_double_counted"
    return spelled or "unexplained"


def _is_power_of_ten_times(bigger: Decimal, smaller: Decimal) -> bool:
    """Found by moving the point: a quotient would be worked out to as many digits as the context has."""
    zeros = bigger.adjusted() - smaller.adjusted()
    return zeros > 0 and smaller.scaleb(zeros) == bigger


def digits_slip(stated: Decimal, right: Decimal) -> str | None:
    """How the digits of two figures differ: by one swap, one lost, one too many, one wrong; None by more."""
    if (stated < 0) != (right < 0):
        return None
    one, two = _aligned(stated, right)
    if one == two:
        return None
    if len(one) == len(two):
        differing = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(differing) == 1:
            return "digit_mistyped"
        first, last = differing[0], differing[-1]
        swapped = len(differing) == 2 and last == first + 1
        if swapped and one[first] == two[last] and one[last] == two[first]:
            return "digit_transposed"
        return None
    if len(one) + 1 == len(two) and _is_shortened(one, two):
        return "digit_dropped"
    if len(one) == len(two) + 1 and _is_shortened(two, one):
        return "digit_doubled"
    return None


def _aligned(stated: Decimal, right: Decimal) -> tuple[str, str]:
    """The digits of both figures, with as many decimals as the finer one."""
    texts = [plain(abs(value)) for value in (stated, right)]
    places = max(len(text.partition(".")[2]) for text in texts)
    digits = [text.partition(".")[0] + text.partition(".")[2].ljust(places, "0") for text in texts]
    return digits[0].lstrip("0") or "0", digits[1].lstrip("0") or "0"


def _is_shortened(short: str, long: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


_MOST_DIGITS = 24
"""Nobody mistypes a single digit of more; each digit gives twenty candidates, every one as long."""


def variants(stated: Decimal, within: tuple[Decimal, Decimal] | None = None) -> Iterator[Decimal]:
    """The figures from which one slip of the hand gives ``stated``: the candidates where no sum fixes the value.

    Only those from one bound to the other where ``within`` gives bounds. None for figures of more than 24 digits.
    """
    if len(stated.as_tuple().digits) > _MOST_DIGITS:
        return
    exponent = min(int(stated.as_tuple().exponent), 0)
    digits = "".join(map(str, abs(stated).scaleb(-exponent).to_integral_value().as_tuple().digits))
    sign = -1 if stated < 0 else 1
    seen = {digits}
    if stated and (within is None or within[0] <= -stated <= within[1]):
        yield -stated
    least, most = (None, None) if within is None else _whole(within, exponent, sign)
    for text in _spelled_variants(digits):
        if text not in seen:
            seen.add(text)
            number = int(text)
            if least is None or most is None or least <= number <= most:
                yield sign * Decimal(number).scaleb(exponent)


def _whole(within: tuple[Decimal, Decimal], exponent: int, sign: int) -> tuple[int, int]:
    """The least and the greatest whole number that, with this sign and exponent, stands within bounds."""
    low, high = sorted(sign * bound for bound in within)
    return ceil(low.scaleb(-exponent)), floor(high.scaleb(-exponent))


def _spelled_variants(digits: str) -> Iterator[str]:
    for i in range(len(digits) - 1):
        yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
    for i in range(len(digits)):
        yield digits[:i] + digits[i + 1 :] or "0"
    for i in range(len(digits) + 1):
        for digit in "0123456789":
            yield digits[:i] + digit + digits[i:]
    for zeros in ("00", "000"):
        yield digits + zeros
        if digits.endswith(zeros):
            yield digits[: -len(zeros)]
    for i in range(len(digits)):
        for digit in "0123456789":
            yield digits[:i] + digit + digits[i + 1 :]
