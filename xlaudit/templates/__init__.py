"""The published template, written with xlsxwriter from ``schemas.forms``."""

from xlaudit.templates.book import check_kind, write_template
from xlaudit.templates.content import Content, Value

__all__ = ["Content", "Value", "check_kind", "write_template"]
