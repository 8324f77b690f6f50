"""Keeps a digest of each source's words, and finds a source's fingerprints by its key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("source", sa.Column("text_key", sa.String(length=64), nullable=True))
    op.create_index("ix_fingerprint_source_id", "fingerprint", ["source_id"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_fingerprint_source_id", table_name="fingerprint")
    op.drop_column("source", "text_key")
