"""The mapping of an agency's form: a file that says which ranges and columns of its workbooks are what."""

from xlaudit.mapping.load import load_mapping
from xlaudit.mapping.model import MappedColumn, MappedTable, Mapping

__all__ = ["MappedColumn", "MappedTable", "Mapping", "load_mapping"]
