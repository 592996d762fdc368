"""Two submissions of one workbook beside each other: what was mended, what is open, what changed unasked."""

from xlaudit.resubmission.compare import compare
from xlaudit.resubmission.files import Resubmission, compare_files, compare_recorded

__all__ = ["Resubmission", "compare", "compare_files", "compare_recorded"]
