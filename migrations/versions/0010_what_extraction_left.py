"""Counts in each text the stretches that extraction left for people to look at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a replay of the log, asked for by -1, fills it."""
    column = sa.Column("unchecked", sa.Integer(), nullable=False, server_default="0")
    op.add_column("article_text", column)
    op.execute("UPDATE article SET since = -1")


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("article_text", "unchecked")
