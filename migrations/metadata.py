"""All tables that the models define; the full-text index is kept out and made by hand."""

from __future__ import annotations

from sqlmodel import SQLModel

import accounts.models
import claims.models
import ledger.models
import sources.models

#: Importing a room's models is what fills the metadata.
rooms = (accounts.models, claims.models, ledger.models, sources.models)

metadata = SQLModel.metadata
