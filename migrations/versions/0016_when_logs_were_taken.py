"""Gives each foreign log the moment that our own log says it was taken at."""

from __future__ import annotations

import json

from alembic import op
from sqlalchemy import column, select, table, update

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LOGS = table("foreign_log", column("log"), column("taken_at"))
EVENTS = table("log_event", column("seq"), column("type"), column("line"), column("at"))


def upgrade() -> None:
    """Take the moment of the newest event about each."""
    connection = op.get_bind()
    taken = select(EVENTS.c.line, EVENTS.c.at).where(EVENTS.c.type == "log.foreign_taken")
    for row in connection.execute(taken.order_by(EVENTS.c.seq)).all():
        log = json.loads(bytes(row.line))["data"]["log"]
        connection.execute(update(LOGS).where(LOGS.c.log == log).values(taken_at=row.at))


def downgrade() -> None:
    """Leave it: no other moment is known."""
