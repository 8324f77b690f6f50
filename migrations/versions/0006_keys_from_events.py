"""Makes signing keys follow from the log's events, and remembers what came undisclosed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables anew; keys that signed before are added by an event at the next checkpoint."""
    op.drop_table("log_key")
    op.create_table(
        "log_key",
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("added_seq", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_seq", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("vkey"),
    )
    op.create_table(
        "log_absent",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["log_event.seq"]),
        sa.PrimaryKeyConstraint("seq", "name"),
    )
    with op.batch_alter_table("log_state") as batch:
        batch.drop_column("created_at")


def downgrade() -> None:
    """Bring back the columns that held the time of writing."""
    op.add_column("log_state", sa.Column("created_at", sa.String(length=27), nullable=True))
    op.drop_table("log_absent")
    op.drop_table("log_key")
    op.create_table(
        "log_key",
        sa.Column("vkey", sa.String(length=300), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("vkey"),
    )
