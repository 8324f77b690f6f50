"""Runs migrations on the connection that the program hands over, in one transaction."""

from __future__ import annotations

from alembic import context

from migrations.metadata import metadata

with_connection = context.config.attributes["connection"]
context.configure(
    connection=with_connection,
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=with_connection.dialect.name == "sqlite",
    include_name=lambda name, kind, _parents: (
        not (kind == "table" and (name or "").startswith("claim_fts"))
    ),
)
context.run_migrations()
