"""Labels and reasons in English as well; of audits recorded before only the Indonesian ones are known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("xlaudit_audits", sa.Column("reason_en", sa.Text, nullable=False, server_default=""))
    op.add_column("xlaudit_findings", sa.Column("label_en", sa.Text, nullable=False, server_default=""))
