"""Makes the full-text index over titles, and the tables of how many claims hold each word."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SQLITE_UP = (
    "CREATE VIRTUAL TABLE article_fts USING fts5(title, content='article', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER article_fts_insert AFTER INSERT ON article BEGIN "
    "INSERT INTO article_fts(rowid, title) VALUES (new.id, new.title); END",
    "CREATE TRIGGER article_fts_delete AFTER DELETE ON article BEGIN "
    "INSERT INTO article_fts(article_fts, rowid, title) VALUES ('delete', old.id, old.title); END",
    "CREATE TRIGGER article_fts_update AFTER UPDATE OF title ON article BEGIN "
    "INSERT INTO article_fts(article_fts, rowid, title) VALUES ('delete', old.id, old.title); "
    "INSERT INTO article_fts(rowid, title) VALUES (new.id, new.title); END",
    "INSERT INTO article_fts(article_fts) VALUES ('rebuild')",
    "CREATE VIRTUAL TABLE article_fts_words USING fts5vocab('article_fts', 'row')",
    "CREATE VIRTUAL TABLE claim_fts_words USING fts5vocab('claim_fts', 'row')",
)

SQLITE_DOWN = (
    "DROP TABLE claim_fts_words",
    "DROP TABLE article_fts_words",
    "DROP TRIGGER article_fts_insert",
    "DROP TRIGGER article_fts_delete",
    "DROP TRIGGER article_fts_update",
    "DROP TABLE article_fts",
)

POSTGRESQL_UP = (
    "CREATE INDEX ix_article_fts ON article USING gin "
    "(to_tsvector('english', coalesce(title, '')))",
)

POSTGRESQL_DOWN = ("DROP INDEX ix_article_fts",)


def upgrade() -> None:
    """Make the index in the database's own way."""
    _run(SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP)


def downgrade() -> None:
    """Drop the index."""
    _run(SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN)


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)
