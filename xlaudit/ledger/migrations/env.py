"""What Alembic runs: the steps upon the connection of ``store.migrate``, within its transaction."""

from __future__ import annotations

from alembic import context

from xlaudit.ledger.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
