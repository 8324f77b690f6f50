"""Desks for the tests of the archive: a decision to export, exports of it, imports of these."""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from pathlib import Path

import factories
from archive.exporting import describe, reading_at_checkpoint, write_export
from archive.importing import import_bag
from archive.records import Level, Scope
from claims import evidence, review
from claims.statuses import Action, Layer
from db import Database
from ledger.keys import load_ring
from migrations.running import upgrade
from permissions import SYSTEM, Actor, Role
from schemas.archive import json_schemas

ORIGIN = "desk.example/log"

ANA, BEN = Actor("a" * 8, Role.REVIEWER), Actor("b" * 8, Role.REVIEWER)


def open_desk(path):
    """Return an empty database."""
    path.write_bytes(_migrated())
    return Database(f"sqlite:///{path}")


@cache
def _migrated():
    """Return the bytes of a database with the newest schema and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        upgrade(database)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.engine.dispose()
        return Path(folder, "empty.db").read_bytes()


def decide(session, claim):
    """Give a claim evidence with a note, and a decision of two people."""
    source = factories.make_source(session)
    given = {"layer": "fact", "relation": "supports", "basis": "primary", "note": "a secret"}
    evidence.add_evidence(session, claim, source, given, actor=ANA)
    common = {"layer": Layer.FACT, "policy": review.Policy()}
    verdict = {"verdict": "verified", "rationale": "It is in the report."}
    session.refresh(claim)
    claim = review.act(session, claim, action=Action.PROPOSE, actor=ANA, **common, **verdict)
    review.act(session, claim, action=Action.APPROVE, actor=BEN, **common)


def open_decided(path):
    """Open a new desk that decided one claim."""
    database = open_desk(path)
    with database.writing() as session:
        decide(session, factories.make_claim(session))
    return database


def export_to(path, database, *, scope=None, level=Level.FULL, key=None, origin=ORIGIN):
    """Write an export of a database."""
    ring = load_ring(key or path.parent / "log.key")
    with reading_at_checkpoint(database, ring, origin) as (session, made):
        found = describe(session, made, scope or Scope(), level)
        write_export(session, path, found, origin=origin, schemas=json_schemas())
    return path


def take(database, path, **options):
    """Import a bag into a database."""
    with database.writing() as session:
        return import_bag(session, path, actor=SYSTEM, most=10**9, **options)


def unpacked(path, folder):
    """Unpack a bag and return its folder."""
    zipfile.ZipFile(path).extractall(folder)
    return next(folder.iterdir())
