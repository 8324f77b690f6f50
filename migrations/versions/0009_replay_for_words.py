"""Asks for a replay of the log, which fills in the words of sources that are here already."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark sources as those of no event; the replay that follows gives them theirs."""
    op.execute("UPDATE source SET since = -1")


def downgrade() -> None:
    """Leave all as it is: the rows are those of their events."""
