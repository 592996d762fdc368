"""The first tables: audits, their findings, mailings sent and mails received."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "xlaudit_audits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("recorded_at", sa.DateTime, nullable=False),
        sa.Column("recorded_by", sa.String, nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("annotated", sa.String, nullable=False),
        sa.Column("annotated_sha256", sa.String(64), nullable=False),
        sa.Column("tool_version", sa.String, nullable=False),
        sa.Column("settings", sa.String, nullable=False),
        sa.Column("agency", sa.String, nullable=False),
        sa.Column("agency_key", sa.String, nullable=False),
        sa.Column("government", sa.String, nullable=False),
        sa.Column("government_key", sa.String, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("document", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("code", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("errors", sa.Integer, nullable=False),
        sa.Column("warnings", sa.Integer, nullable=False),
        sa.Column("notes", sa.Integer, nullable=False),
        sa.Column("waived", sa.Integer, nullable=False),
        sa.Column("unjudged", sa.Integer, nullable=False),
        sa.Column("checks", sa.Integer, nullable=False),
        sa.Column("findings_sha256", sa.String(64), nullable=False),
        sa.Column("same_as", sa.Integer, sa.ForeignKey("xlaudit_audits.id", ondelete="CASCADE")),
        sqlite_autoincrement=True,
    )
    op.create_index("xlaudit_audits_whose", "xlaudit_audits", ["agency_key", "year", "period"])
    op.create_index("xlaudit_audits_content", "xlaudit_audits", ["sha256"])
    op.create_index("xlaudit_audits_path", "xlaudit_audits", ["path"])
    op.create_table(
        "xlaudit_findings",
        sa.Column(
            "audit_id", sa.Integer, sa.ForeignKey("xlaudit_audits.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("finding_id", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("severity", sa.String, nullable=False),
        sa.Column("sheet", sa.String, nullable=False),
        sa.Column("cell", sa.String, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("stated", sa.Text),
        sa.Column("computed", sa.Text),
        sa.Column("difference", sa.Text),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("certainty", sa.String, nullable=False),
        sa.Column("waived", sa.Boolean, nullable=False),
    )
    op.create_table(
        "xlaudit_mailings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("audit_id", sa.Integer, sa.ForeignKey("xlaudit_audits.id", ondelete="SET NULL")),
        sa.Column("submission_sha256", sa.String(64), nullable=False),
        sa.Column("agency", sa.String, nullable=False),
        sa.Column("agency_key", sa.String, nullable=False),
        sa.Column("government_key", sa.String, nullable=False),
        sa.Column("year", sa.Integer),
        sa.Column("period", sa.String, nullable=False),
        sa.Column("recipients", sa.Text, nullable=False),
        sa.Column("cc", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("attachment_sha256", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("in_reply_to", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("key", name="xlaudit_mailings_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("xlaudit_mailings_whose", "xlaudit_mailings", ["agency_key", "year", "period"])
    op.create_table(
        "xlaudit_incoming",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mailbox", sa.String, nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False),
        sa.Column("uid", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.String, nullable=False),
        sa.Column("sender", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("handled_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("mailbox", "uidvalidity", "uid", name="xlaudit_incoming_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("xlaudit_incoming_message", "xlaudit_incoming", ["mailbox", "message_id"])
