"""Runs migrations on the connection that the program hands over, in one transaction."""

from __future__ import annotations

from alembic import context

from claims import past_words
from ledger import history
from migrations.metadata import is_ours, metadata

with_connection = context.config.attributes["connection"]
context.configure(
    connection=with_connection,
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=with_connection.dialect.name == "sqlite",
    include_name=is_ours,
)
# Triggers and views on the past follow the tables, whatever a migration does to these.
history.release(with_connection, metadata.sorted_tables)
context.run_migrations()
history.follow(with_connection, metadata.sorted_tables)
past_words.index(with_connection)
