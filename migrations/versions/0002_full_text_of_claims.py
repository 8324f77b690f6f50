"""Makes the full-text index over claims: FTS5 kept by triggers, or a GIN index."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = "text, normalized_text"

SQLITE_UP = (
    f"CREATE VIRTUAL TABLE claim_fts USING fts5({COLUMNS}, content='claim', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER claim_fts_insert AFTER INSERT ON claim BEGIN INSERT INTO claim_fts(rowid, "
    f"{COLUMNS}) VALUES (new.id, new.text, new.normalized_text); END",
    f"CREATE TRIGGER claim_fts_delete AFTER DELETE ON claim BEGIN INSERT INTO claim_fts(claim_fts, "
    f"rowid, {COLUMNS}) VALUES ('delete', old.id, old.text, old.normalized_text); END",
    f"CREATE TRIGGER claim_fts_update AFTER UPDATE OF {COLUMNS} ON claim BEGIN "
    f"INSERT INTO claim_fts(claim_fts, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.text, old.normalized_text); "
    f"INSERT INTO claim_fts(rowid, {COLUMNS}) "
    "VALUES (new.id, new.text, new.normalized_text); END",
    "INSERT INTO claim_fts(claim_fts) VALUES ('rebuild')",
)

SQLITE_DOWN = (
    "DROP TRIGGER claim_fts_insert",
    "DROP TRIGGER claim_fts_delete",
    "DROP TRIGGER claim_fts_update",
    "DROP TABLE claim_fts",
)

POSTGRESQL_UP = (
    "CREATE INDEX ix_claim_fts ON claim USING gin "
    "(to_tsvector('english', text || ' ' || coalesce(normalized_text, '')))",
)

POSTGRESQL_DOWN = ("DROP INDEX ix_claim_fts",)


def upgrade() -> None:
    """Make the index in the database's own way."""
    _run(SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP)


def downgrade() -> None:
    """Drop the index."""
    _run(SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN)


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
