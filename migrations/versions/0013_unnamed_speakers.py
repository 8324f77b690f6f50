"""Asks for a replay of the log, which adds what unnamed speakers are looked up by."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark sources as those of no event; the replay that follows gives them theirs."""
    op.execute("UPDATE source SET since = -1")


def downgrade() -> None:
    """Leave all as it is: what is not looked for is not found."""
