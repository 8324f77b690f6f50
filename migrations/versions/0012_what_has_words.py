"""Sets aside the stretches that extraction left and that have no letter or digit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXTS = sa.table(
    "article_text",
    sa.column("article_id", sa.Integer()),
    sa.column("number", sa.Integer()),
    sa.column("text", sa.Text()),
    sa.column("segments", sa.JSON()),
    sa.column("unchecked", sa.Integer()),
)


def upgrade() -> None:
    """Go through the texts one by one, and keep what changes."""
    connection = op.get_bind()
    some = sa.select(TEXTS.c.article_id, TEXTS.c.number).where(TEXTS.c.unchecked > 0)
    for key in connection.execute(some).all():
        this = sa.tuple_(TEXTS.c.article_id, TEXTS.c.number) == tuple(key)
        row = connection.execute(sa.select(TEXTS.c.text, TEXTS.c.segments).where(this)).one()
        segments = [_worded(row.text, segment) for segment in row.segments]
        if segments != row.segments:
            left = sum(segment[2] == "unchecked" for segment in segments)
            values = {"segments": segments, "unchecked": left}
            connection.execute(sa.update(TEXTS).where(this).values(values))


def downgrade() -> None:
    """Leave all as it is: it was shown so before."""


def _worded(text: str, segment: list[Any]) -> list[Any]:
    start, end, state, _ = segment
    if state == "unchecked" and not any(map(str.isalnum, text[start:end])):
        return [start, end, "not_a_claim", "marks and spaces"]
    return segment
