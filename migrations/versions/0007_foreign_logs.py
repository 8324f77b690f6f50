"""Makes the tables of other desks' logs, with an index of their claims, and of fixity checks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = "text, normalized_text"

SQLITE_UP = (
    f"CREATE VIRTUAL TABLE foreign_claim_fts USING fts5({COLUMNS}, content='foreign_claim', "
    "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER foreign_claim_fts_insert AFTER INSERT ON foreign_claim BEGIN "
    f"INSERT INTO foreign_claim_fts(rowid, {COLUMNS}) "
    "VALUES (new.id, new.text, new.normalized_text); END",
    "CREATE TRIGGER foreign_claim_fts_delete AFTER DELETE ON foreign_claim BEGIN "
    f"INSERT INTO foreign_claim_fts(foreign_claim_fts, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.text, old.normalized_text); END",
)

POSTGRESQL_UP = (
    "CREATE INDEX ix_foreign_claim_fts ON foreign_claim USING gin "
    "(to_tsvector('english', text || ' ' || coalesce(normalized_text, '')))",
)


def upgrade() -> None:
    """Make the tables and the index in the database's own way."""
    op.create_table(
        "foreign_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log", sa.String(length=36), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("vkeys", sa.JSON(), nullable=False),
        sa.Column("taken_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("log"),
    )
    op.create_table(
        "foreign_event",
        sa.Column("foreign_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["foreign_id"], ["foreign_log.id"]),
        sa.PrimaryKeyConstraint("foreign_id", "seq"),
    )
    op.create_table(
        "foreign_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("foreign_id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("normalized_text", sa.Text(), nullable=True),
        sa.Column("claimant_name", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=24), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["foreign_id"], ["foreign_log.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_foreign_claim", "foreign_claim", ["foreign_id", "uuid"], unique=True)
    op.create_index("ix_foreign_claim_uuid", "foreign_claim", ["uuid"])
    op.create_table(
        "fixity_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=False),
        sa.Column("log_size", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("blobs", sa.Integer(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_UP if is_sqlite else POSTGRESQL_UP:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Drop them."""
    if op.get_bind().dialect.name == "sqlite":
        op.get_bind().exec_driver_sql("DROP TABLE foreign_claim_fts")
    for table in ("fixity_check", "foreign_claim", "foreign_event", "foreign_log"):
        op.drop_table(table)
