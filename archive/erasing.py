"""
Erasing values for good: their disclosures are deleted, and an event says so.

The log, its proofs and every export stay valid and report the value as withheld. A value is
erased whole. An article's text is never shown with a gap, since its digest stands in the log: the
gap could be filled by guessing until the digest fits. For the same reason a text takes with it
all that was cut out of it: its claims' words and readings, and quotes from it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from archive import foreign
from archive.models import ForeignClaim, ForeignLog
from archive.rebuilding import forget_blobs, rebuild
from errors import InvalidInputError, NotFoundError
from ledger import log, withholding
from ledger.canonical import parse
from ledger.events import NewEvent
from ledger.models import Disclosure, LogEvent
from permissions import Actor, Permission, require
from sources.models import Blob

#: Why something was erased.
GROUNDS = ("court_order", "data_protection", "source_protection", "safety", "rights", "other")

#: Events whose sealed values are cut out of an article's text.
_CUT_OUT = ("claim.created", "claim.corrected", "claim.reanchored")
_TEXT_EVENTS = ("article.added", "article.revised")
_SNAPSHOT = "snapshot.taken"
_OF_SNAPSHOT = ("text", "http", "final_url")

Value = withholding.Value


@dataclass(slots=True)
class Plan:
    """What an erasure takes: values by the subject of their events, bytes, other desks' claims."""

    values: dict[str, set[Value]] = field(default_factory=dict)
    blobs: set[str] = field(default_factory=set)
    foreign: set[int] = field(default_factory=set)
    #: The texts that are erased, to find answers that repeat them.
    texts: set[str] = field(default_factory=set)
    #: Public facts that hold the text, which cannot be erased.
    left: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Count the values that are erased."""
        return sum(len(values) for values in self.values.values())

    def add(self, subject: str, seq: int, name: str) -> bool:
        """Take a value; says whether it is new."""
        found = self.values.setdefault(subject, set())
        if (seq, name) in found:
            return False
        found.add((seq, name))
        return True


def fold(value: str) -> str:
    """Fold a text for the search: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def strings_in(value: Any) -> Iterator[str]:
    """Yield every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from strings_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings_in(item)


def plan_of_record(session: Session, record: str, names: Sequence[str] = ()) -> Plan:
    """
    Plan to erase values of a record: a claim, article, source, or a piece of evidence or snapshot.

    :param names: the sealed values' names; all of them if none is given
    :raises NotFoundError: if the log knows no such record, or it has no such value
    """
    plan = Plan()
    for row, body in _bodies_about(session, record):
        disclosed = select(Disclosure.name).where(Disclosure.seq == row.seq)
        for name in session.execute(disclosed).scalars().all():
            if not names or name in names:
                plan.add(row.subject, row.seq, name)
        if body["type"] == _SNAPSHOT and (not names or "text" in names):
            plan.blobs.add(body["data"]["sha256"])
    if not plan.count and not plan.blobs:
        raise NotFoundError(f"Nothing of {record} is disclosed under such a name.")
    return _completed(session, plan)


def _bodies_about(session: Session, record: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield the events of a subject, or those that name a piece of evidence or a snapshot."""
    statement = select(LogEvent.seq, LogEvent.subject, LogEvent.line)
    own = session.execute(statement.where(LogEvent.subject == record)).all()
    if own:
        yield from ((row, parse(row.line)) for row in own)
        return
    types = ("evidence.added", "evidence.withdrawn", _SNAPSHOT)
    named = statement.where(LogEvent.type.in_(types)).execution_options(yield_per=log.BATCH)  # type: ignore[attr-defined]
    for row in session.execute(named):
        body = parse(row.line)
        if record in (body["data"].get("evidence"), body["data"].get("snapshot")):
            yield row, body


def plan_containing(session: Session, words: str) -> Plan:
    """
    Plan to erase every value that holds these words, whatever their case and spacing.

    :raises InvalidInputError: if there are no words
    """
    wanted = fold(words)
    if not wanted:
        raise InvalidInputError("There is nothing to look for.", {"containing": "Give words."})
    plan = Plan(texts={words})
    statement = (
        select(Disclosure.seq, Disclosure.name, Disclosure.value, LogEvent.subject)
        .join(LogEvent, LogEvent.seq == Disclosure.seq)
        .execution_options(yield_per=log.BATCH)
    )
    for row in session.execute(statement):
        if any(wanted in fold(found) for found in strings_in(parse(row.value.encode()))):
            plan.add(row.subject, row.seq, row.name)
    _look_in_bytes(session, plan, words)
    _look_abroad(session, plan, wanted)
    _look_in_public(session, plan, wanted)
    return _completed(session, plan)


def _look_in_bytes(session: Session, plan: Plan, words: str) -> None:
    """Take captured bytes that hold the words in UTF-8 or UTF-16; packed formats hide them."""
    forms = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    statement = select(Blob.sha256, Blob.content).execution_options(yield_per=1)
    for digest, content in session.execute(statement):
        if any(form in content for form in forms):
            plan.blobs.add(digest)


def _look_abroad(session: Session, plan: Plan, wanted: str) -> None:
    statement = select(ForeignClaim.id, ForeignClaim.document).execution_options(
        yield_per=log.BATCH
    )
    for key, document in session.execute(statement):
        if any(wanted in fold(found) for found in strings_in(parse(document.encode()))):
            plan.foreign.add(key)


def _look_in_public(session: Session, plan: Plan, wanted: str) -> None:
    """Name the lines whose public facts hold the words: nothing can take them out."""
    for row in log.rows(session, 0, None):
        if any(wanted in fold(found) for found in strings_in(parse(row.line)["data"])):
            plan.left.append(f"event {row.seq}: its public facts hold these words")


def _completed(session: Session, plan: Plan) -> Plan:
    """Add all that would tell what is erased: what a text's parts were cut from and the reverse."""
    articles, digests = _grounds_of(session, plan)
    if articles or digests or plan.blobs:
        _take_dependants(session, plan, articles, digests | plan.blobs)
    plan.blobs |= digests
    for values in plan.values.values():
        for seq, name in values:
            kept = session.get(Disclosure, (seq, name))
            if kept is not None:
                plan.texts.update(strings_in(parse(kept.value.encode())))
                session.expunge(kept)
    return plan


def _grounds_of(session: Session, plan: Plan) -> tuple[set[str], set[str]]:
    """Return the articles whose texts, and the digests of snapshots whose texts, are taken."""
    articles, digests = set(), set()
    for subject, values in plan.values.items():
        for seq, name in values:
            body = parse(session.get_one(LogEvent, seq).line)
            if body["type"] in _TEXT_EVENTS and name == "text":
                articles.add(subject)
            elif body["type"] in _CUT_OUT and name in ("words", "reading"):
                articles.add(_article_of(session, subject))
            elif body["type"] == _SNAPSHOT and name == "text":
                digests.add(body["data"]["sha256"])
    return articles, digests


def _article_of(session: Session, claim: str) -> str:
    """Return the article that a claim was read in."""
    statement = select(LogEvent.line).where(LogEvent.subject == claim, LogEvent.subject_seq == 0)
    found: str = parse(session.execute(statement).scalar_one())["data"]["article"]
    return found


def _take_dependants(session: Session, plan: Plan, articles: set[str], digests: set[str]) -> None:
    """Walk the log once for all that rests on texts and bytes that are taken."""
    claims: set[str] = set()
    own_sources = {_source_of(session, article) for article in articles}
    for row in log.rows(session, 0, None):
        body = parse(row.line)
        data, kind = body["data"], body["type"]
        if kind == "claim.created" and data["article"] in articles:
            claims.add(row.subject)
        if kind in _TEXT_EVENTS and row.subject in articles:
            names: Iterable[str] = ("text",)
        elif kind in _CUT_OUT and row.subject in claims:
            names = body["sealed"]
        elif kind == "evidence.added" and data["source"] in own_sources:
            names = ("quote",)
        elif kind == _SNAPSHOT and (data["sha256"] in digests or row.subject in own_sources):
            names = _OF_SNAPSHOT
            plan.blobs.add(data["sha256"])
        else:
            continue
        for name in names:
            if session.get(Disclosure, (row.seq, name)) is not None:
                plan.add(row.subject, row.seq, name)


def _source_of(session: Session, article: str) -> str:
    statement = select(LogEvent.line).where(LogEvent.subject == article, LogEvent.subject_seq == 0)
    found: str = parse(session.execute(statement).scalar_one())["data"]["source"]
    return found


def erase(
    session: Session, plan: Plan, *, ground: str, note: str | None = None, actor: Actor
) -> None:
    """
    Erase what was planned: disclosures, bytes, and everything that the tables made of them.

    The caller commits, and then has the database forget its free pages (`compact`).

    :raises InvalidInputError: if the note tells what is to be erased
    """
    require(actor, Permission.ADMINISTER)
    folded = fold(note or "")
    if any(len(found) > 3 and fold(found) in folded for found in plan.texts):
        raise InvalidInputError(
            "The note holds what is to be erased.", {"note": "Say why, not what."}
        )
    events = [
        _withheld(session, subject, values, plan.blobs, ground, note)
        for subject, values in sorted(plan.values.items())
        if values
    ]
    log.record_all(session, events, actor=actor.id)
    for values in plan.values.values():
        withholding.forget(session, values)
    forget_blobs(session)
    _erase_abroad(session, plan, actor)
    rebuild(session)


def _withheld(
    session: Session,
    subject: str,
    values: set[Value],
    blobs: set[str],
    ground: str,
    note: str | None,
) -> NewEvent:
    """Return the event that says what of a subject was erased, and on which ground."""
    first = select(LogEvent.type).where(LogEvent.subject == subject, LogEvent.subject_seq == 0)
    kind = session.execute(first).scalar_one().partition(".")[0]
    data: dict[str, Any] = {"ground": ground, "values": [list(value) for value in sorted(values)]}
    own = select(LogEvent.line).where(LogEvent.subject == subject, LogEvent.type == _SNAPSHOT)
    taken = {parse(line)["data"]["sha256"] for line in session.execute(own).scalars()}
    if taken & blobs:
        data["blobs"] = sorted(taken & blobs)
    return NewEvent(
        type=f"{kind}{withholding.SUFFIX}",
        subject=subject,
        data=data,
        sealed={"note": note} if note else {},
    )


def _erase_abroad(session: Session, plan: Plan, actor: Actor) -> None:
    """Drop claims of other desks, and record what is kept of their logs now."""
    if not plan.foreign:
        return
    statement = select(ForeignClaim.foreign_id).where(ForeignClaim.id.in_(plan.foreign)).distinct()  # type: ignore[union-attr]
    logs = sorted(session.execute(statement).scalars())
    session.execute(delete(ForeignClaim).where(ForeignClaim.id.in_(plan.foreign)))  # type: ignore[union-attr]
    for key in logs:
        held = session.get_one(ForeignLog, key)
        foreign.record_taken(session, held, foreign.digest_of(session, key), actor)
