"""All tables that the models define; the full-text index is kept out and made by hand."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel

import accounts.models
import archive.models
import claims.models
import ledger.models
import sources.models

#: Importing a room's models is what fills the metadata.
rooms = (accounts.models, archive.models, claims.models, ledger.models, sources.models)

metadata = SQLModel.metadata


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Say whether migrations look after a table: not so for indexes of words and for the past."""
    derived = (name or "").startswith(
        ("claim_fts", "article_fts", "foreign_claim_fts")
    ) or "_history" in (name or "")
    return not (kind == "table" and derived)
