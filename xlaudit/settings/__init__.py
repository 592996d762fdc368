"""What an office sets for its audits: the file ``xlaudit.toml``, found and read."""

from xlaudit.settings.load import FILE_NAME, find_settings, read_settings, settings_in, settings_of
from xlaudit.settings.values import DEFAULT, Agency, Inbox, Mail, Plausibility, RuleSettings, Security, Settings

__all__ = [
    "DEFAULT",
    "Agency",
    "FILE_NAME",
    "Inbox",
    "Mail",
    "Plausibility",
    "RuleSettings",
    "Security",
    "Settings",
    "find_settings",
    "read_settings",
    "settings_in",
    "settings_of",
]
