"""Adds to every projected row the event that gave it its values, for answers about the past."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = (
    "article",
    "article_text",
    "source",
    "snapshot",
    "derivation",
    "claim",
    "claim_topic",
    "claim_entity",
    "claim_quantity",
    "finding",
    "evidence",
    "claim_relation",
    "segment_mark",
)


def upgrade() -> None:
    """Add the columns; -1 asks for a replay, which knows the events of rows that are here."""
    for table in TABLES:
        column = sa.Column("since", sa.Integer(), nullable=False, server_default="-1")
        op.add_column(table, column)


def downgrade() -> None:
    """Drop the columns."""
    for table in TABLES:
        op.drop_column(table, "since")
