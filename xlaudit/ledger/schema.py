"""The tables of the ledger as they are now. ``migrations`` makes them; a test holds both to be the same.

Times are UTC. Amounts are texts of plain decimals, exact, as in the JSON report.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

VERSION_TABLE = "xlaudit_version"
STATES = ("drafted", "sending", "sent", "refused", "failed", "doubtful")
"""Of a mailing. ``doubtful``: the process died while sending, so nobody knows whether it went out."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC; neither database is left to think of time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()

audits = Table(
    "xlaudit_audits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", String, nullable=False),
    Column("path", String, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("annotated", String, nullable=False),
    Column("annotated_sha256", String(64), nullable=False),
    Column("tool_version", String, nullable=False),
    Column("settings", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("agency_key", String, nullable=False),
    Column("government", String, nullable=False),
    Column("government_key", String, nullable=False),
    Column("year", Integer),
    Column("period", String, nullable=False),
    Column("document", String, nullable=False),
    Column("status", String, nullable=False),
    Column("code", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("reason_en", Text, nullable=False, server_default=""),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("waived", Integer, nullable=False),
    Column("unjudged", Integer, nullable=False),
    Column("checks", Integer, nullable=False),
    Column("findings_sha256", String(64), nullable=False),
    Column("same_as", Integer, ForeignKey("xlaudit_audits.id", ondelete="CASCADE")),
    Index("xlaudit_audits_whose", "agency_key", "year", "period"),
    Index("xlaudit_audits_content", "sha256"),
    Index("xlaudit_audits_path", "path"),
    sqlite_autoincrement=True,
)
"""One row for each audit of a workbook. ``document`` is one of ``standing.DOCUMENTS``. ``same_as`` names the audit of
the same file that found the very same: its findings are not kept twice. Ids are never used again."""

findings = Table(
    "xlaudit_findings",
    metadata,
    Column("audit_id", Integer, ForeignKey("xlaudit_audits.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("finding_id", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("name", String, nullable=False),
    Column("severity", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("label", Text, nullable=False),
    Column("label_en", Text, nullable=False, server_default=""),
    Column("message", Text, nullable=False),
    Column("stated", Text),
    Column("computed", Text),
    Column("difference", Text),
    Column("cause", String, nullable=False),
    Column("certainty", String, nullable=False),
    Column("waived", Boolean, nullable=False),
)
"""The findings of an audit in reading order, with those that were accepted (``waived``). ``label`` and ``message`` are
Indonesian, as in the JSON report; ``label_en`` is empty where the step that added it found the finding there."""

mailings = Table(
    "xlaudit_mailings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("audit_id", Integer, ForeignKey("xlaudit_audits.id", ondelete="SET NULL")),
    Column("submission_sha256", String(64), nullable=False),
    Column("agency", String, nullable=False),
    Column("agency_key", String, nullable=False),
    Column("government_key", String, nullable=False),
    Column("year", Integer),
    Column("period", String, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("cc", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("attachment_sha256", String(64), nullable=False),
    Column("message_id", String, nullable=False),
    Column("in_reply_to", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("key", name="xlaudit_mailings_key"),
    Index("xlaudit_mailings_whose", "agency_key", "year", "period"),
    sqlite_autoincrement=True,
)
"""What is mailed, one row for each. ``key`` is what makes a mailing the same one, so that it is there once only.
``recipients`` and ``cc`` are addresses with commas between."""

incoming = Table(
    "xlaudit_incoming",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("message_id", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("state", String, nullable=False),
    Column("handled_at", Moment, nullable=False),
    UniqueConstraint("mailbox", "uidvalidity", "uid", name="xlaudit_incoming_uid"),
    Index("xlaudit_incoming_message", "mailbox", "message_id"),
    sqlite_autoincrement=True,
)
"""Mails of an inbox that were dealt with, as IMAP numbers them. ``mailbox`` is ``user@host/folder``."""
