"""What an office sets for its audits: the file ``xlaudit.toml``, found and read."""

from xlaudit.settings.load import FILE_NAME, find_settings, read_settings
from xlaudit.settings.values import DEFAULT, Settings

__all__ = ["DEFAULT", "FILE_NAME", "Settings", "find_settings", "read_settings"]
