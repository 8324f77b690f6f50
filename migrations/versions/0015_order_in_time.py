"""Makes the indexes of the order in time, which is of an expression, and of what is adrift."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

#: As `ORDERS` writes it: an index serves the same expression only. The models do not name it,
#: for what SQLite has of it cannot be compared.
IN_TIME = "coalesce(time_earliest, time_latest, '9999-12-31'), id"


def upgrade() -> None:
    """Add them."""
    op.execute(f"CREATE INDEX ix_claim_in_time ON claim ({IN_TIME})")
    op.create_index("ix_claim_anchor", "claim", ["anchor"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_claim_anchor", "claim")
    op.execute("DROP INDEX ix_claim_in_time")
