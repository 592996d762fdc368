"""The arithmetic that offices declare between the columns of a table: ``6=4/5*100``, ``(c-d)``, ``5 = (4/3) x 100%``.

Nothing here knows a table; which column a number means, and whether it means a column at all, is told where the
columns are known.
"""

from xlaudit.arithmetic.declarations import Declaration, embedded, parse
from xlaudit.arithmetic.expressions import (
    Constant,
    Expression,
    Name,
    Negative,
    Operation,
    constants_in,
    has_division,
    is_percentage,
    may_be_numbers,
    names_of,
    printed,
)
from xlaudit.arithmetic.normalform import Product, Quotient, quotient

__all__ = [
    "Constant",
    "Declaration",
    "Expression",
    "Name",
    "Negative",
    "Operation",
    "Product",
    "Quotient",
    "constants_in",
    "embedded",
    "has_division",
    "is_percentage",
    "may_be_numbers",
    "names_of",
    "parse",
    "printed",
    "quotient",
]
