"""Keeps how a fetched page was answered, so that it can be written as WARC."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("snapshot", sa.Column("http", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("snapshot") as batch:
        batch.drop_column("http")
