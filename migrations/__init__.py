"""Changes of the database's schema, run by alembic in order."""
