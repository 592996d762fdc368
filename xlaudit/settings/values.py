"""The settings as values, one field for each section of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from xlaudit.conventions import Conventions
from xlaudit.findings import SEVERITY_ORDER, Severity
from xlaudit.limits import Limits
from xlaudit.texts import Language
from xlaudit.waivers import Waiver, is_like


@dataclass(frozen=True, slots=True)
class Plausibility:
    """From where on a figure that is possible asks for an explanation (RULES K11, A11)."""

    capaian_above: Decimal = Decimal(200)
    """Percent: a capaian above it is unlikely."""

    percent_above: Decimal = Decimal(100)
    """Percent: an indicator in % is unlikely above it."""

    equal_siblings: int = 3
    """So many equal amounts right below one another look as if they were dragged down."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Which rules are off, and how severe the others are; rules by their code or their name."""

    off: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def is_off(self, code: str, name: str) -> bool:
        """Whether a rule is not to be run."""
        return code in self.off or name in self.off

    def severity_of(self, code: str, name: str, usual: Severity, said: Severity | None) -> Severity:
        """How severe a finding is, of a rule that is ``usual`` severe; ``said`` is what the rule says of this one.

        What a rule finds doubtful, and so tells below its usual severity, is not raised.
        """
        own = self.severity.get(code, self.severity.get(name))
        found = said or usual
        if own is None:
            return found
        if SEVERITY_ORDER[found] <= SEVERITY_ORDER[usual]:
            return own
        return max(own, found, key=SEVERITY_ORDER.__getitem__)


@dataclass(frozen=True, slots=True)
class Agency:
    """What holds for the workbooks of one agency, known by patterns of their names or of their paths."""

    files: tuple[str, ...]
    map: str
    source: str = field(default="", metadata={"key": False})


class Security(StrEnum):
    """How a line to a mail server is encrypted."""

    STARTTLS = "starttls"
    """Begins in the clear and is encrypted before anything is said (port 587; IMAP 143)."""
    TLS = "tls"
    """Encrypted from the first byte (port 465; IMAP 993)."""
    NONE = "none"
    """Not at all: to this very machine only, and without logging in."""


@dataclass(frozen=True, slots=True)
class Mail:
    """Who sends the mails, what stands below them, and by which server they go. No password: that is asked for."""

    sender: str = ""
    signature: tuple[str, ...] = ()
    host: str = ""
    port: int = 0
    """0 for the usual one of ``security``."""
    security: Security | None = None
    user: str = ""
    ca: str = ""
    """A file with certificates (PEM) to trust instead of those of the system, from the folder of the settings."""
    per_minute: int = 20
    archive: str = ""
    """An address that gets a copy of each mail without the others being told."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The mailbox from which workbooks are fetched."""

    host: str = ""
    port: int = 0
    security: Security | None = None
    user: str = ""
    ca: str = ""
    folder: str = "INBOX"
    days: int = 30
    """How many days back mails are looked at."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for the audit of a workbook. Sections and keys are named as the fields are.

    ``file`` is where it was read from, empty for what holds without any file; it is no key.
    """

    limits: Limits = field(default_factory=Limits)
    conventions: Conventions = field(default_factory=Conventions)
    plausibility: Plausibility = field(default_factory=Plausibility)
    rules: RuleSettings = field(default_factory=RuleSettings)
    language: Language | None = None
    agency: tuple[Agency, ...] = ()
    waiver: tuple[Waiver, ...] = ()
    mail: Mail = field(default_factory=Mail)
    inbox: Inbox = field(default_factory=Inbox)
    workbook_waivers: bool = True
    """Whether decisions that stand in the findings sheet of an annotated copy are heeded."""
    ledger: str = field(default="", compare=False)
    """Where audits are recorded, a file or the address of a database; it has no bearing on what is found."""
    file: str = field(default="", compare=False, metadata={"key": False})

    @property
    def folder(self) -> Path:
        """The folder of the file, from which paths in it count; the current one where there is no file."""
        return Path(self.file).resolve().parent if self.file else Path.cwd()

    def mapping_of(self, workbook: Path) -> Path | None:
        """The file with the mapping for a workbook: that of the first agency whose it is; None where it is nobody's."""
        for agency in self.agency:
            if any(is_like(workbook, self.folder, pattern) for pattern in agency.files):
                return self.folder / agency.map
        return None


    def __reduce__(self) -> str | tuple[Any, ...]:
        """Those that hold without any file are known by name in every process that a job goes to."""
        return "DEFAULT" if self is DEFAULT else (Settings, tuple(getattr(self, one.name) for one in fields(self)))


DEFAULT = Settings()
