"""The rules, one file each. ``all_rules`` finds every module that defines a ``RULE``."""

from xlaudit.rules.base import all_rules

__all__ = ["all_rules"]
