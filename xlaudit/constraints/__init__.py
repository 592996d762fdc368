"""The relations that the tables of RULES promise, table by table.

Each function lists the relations of one kind; rules check them, the diagnosis solves them.
"""

from xlaudit.constraints.budget import (
    CHANGE,
    QUARTERS,
    REST,
    SHARE,
    changes,
    lone_ratios,
    quarters,
    remainders,
    shares,
)
from xlaudit.constraints.efficiency import (
    DIFFERENCE,
    FEW_ROWS,
    RELATIVE,
    differences,
    efficiency,
    efficiency_formulas,
    relatives,
)
from xlaudit.constraints.formula import ColumnFormula, Formula
from xlaudit.constraints.items import is_excerpt, item_rows
from xlaudit.constraints.performance import (
    ACHIEVEMENT,
    MEAN,
    achievements,
    declared_lower,
    is_capped,
    lower_is_better,
)
from xlaudit.constraints.sums import SUM, TOTAL, closing_row, is_net, parent_sum, parents, total_options, totals

__all__ = [
    "ACHIEVEMENT",
    "CHANGE",
    "DIFFERENCE",
    "FEW_ROWS",
    "MEAN",
    "QUARTERS",
    "RELATIVE",
    "REST",
    "SHARE",
    "SUM",
    "TOTAL",
    "ColumnFormula",
    "Formula",
    "achievements",
    "changes",
    "closing_row",
    "declared_lower",
    "differences",
    "efficiency",
    "efficiency_formulas",
    "is_capped",
    "is_excerpt",
    "is_net",
    "item_rows",
    "lone_ratios",
    "lower_is_better",
    "parent_sum",
    "parents",
    "quarters",
    "relatives",
    "remainders",
    "shares",
    "total_options",
    "totals",
]
