"""Lets a piece of evidence name the contrary one that it answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("evidence", sa.Column("answers", sa.String(length=36), nullable=True))


def downgrade() -> None:
    """Drop the column."""
    with op.batch_alter_table("evidence") as batch:
        batch.drop_column("answers")
