"""
Suspicions that a source got it from another, looked up when its text comes in.

Candidates come from an index of hashed shingles, so the cost follows from what a text shares with
others, not from how many others there are. Each suspicion is recorded as a `detected` derivation by
Dateline itself; a person confirms or rejects it, and what a person judged is never judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from sqlalchemy import bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from ledger import clock, log
from permissions import SYSTEM
from sources import detection, services
from sources.models import (
    Article,
    ArticleText,
    Derivation,
    DerivationKind,
    Fingerprint,
    Snapshot,
    Source,
    SourceKind,
)

#: Sources whose texts are compared word by word.
MOST_COMPARED = 10

#: A quote that more sources print than this says nothing of who had it from whom.
MOST_QUOTING = 5

#: Of the sources that share a shingle, as a publisher's all share some, so many are looked at: the
#: oldest, from which the others have it.
MOST_HOLDERS = 50

#: Shared shingles that are kept of what may be a copy.
LEAST_KEPT = detection.LEAST_SHARED / detection.SAMPLED / 2

#: Sources that are looked up at once.
_AT_ONCE = 250

#: Sources that are held to be compared with the next text, too.
_MOST_OTHERS = 32

#: Days in which a publisher's story counts as the one that a credit means, or as of one event.
NEAR_DAYS = 7

_OWN = Fingerprint.__table__.alias("own")  # type: ignore[attr-defined]
_HOLDER = Fingerprint.__table__.alias("holder")  # type: ignore[attr-defined]
_KEPT = Fingerprint.__table__  # type: ignore[attr-defined]
_SOURCE = Source.__table__  # type: ignore[attr-defined]
# Of long and short texts alike, one shingle in four is among these.
_IS_SAMPLED = case((_KEPT.c.hash % detection.SAMPLED == 0, 1), else_=0)

#: The last of the oldest sources that share a hash.
_LAST_HOLDER = (
    select(_HOLDER.c.source_id)
    .where(_HOLDER.c.hash == _OWN.c.hash)
    .order_by(_HOLDER.c.source_id)
    .offset(MOST_HOLDERS)
    .limit(1)
    .scalar_subquery()
)

#: What other sources share with some sources, where it may be enough: all that is kept, and of
#: that the sample.
_SHARING = (
    select(_OWN.c.source_id, _KEPT.c.source_id, func.count(), func.sum(_IS_SAMPLED))
    .join(_OWN, _OWN.c.hash == _KEPT.c.hash)
    .where(
        _OWN.c.source_id.in_(bindparam("sources", expanding=True)),
        _KEPT.c.source_id != _OWN.c.source_id,
        _KEPT.c.source_id < func.coalesce(_LAST_HOLDER, 2**31 - 1),
    )
    .group_by(_OWN.c.source_id, _KEPT.c.source_id)
    .having(func.count() >= LEAST_KEPT)
)

#: How many shingles of some sources are in the sample.
_SAMPLES = (
    select(_KEPT.c.source_id, func.sum(_IS_SAMPLED))
    .where(_KEPT.c.source_id.in_(bindparam("sources", expanding=True)))
    .group_by(_KEPT.c.source_id)
)

#: How many of some hashes other sources have.
_QUOTING = (
    select(_KEPT.c.source_id, func.count())
    .where(
        _KEPT.c.hash.in_(bindparam("hashes", expanding=True)),
        _KEPT.c.source_id != bindparam("source"),
    )
    .group_by(_KEPT.c.source_id)
)

#: The newest of the sources that share a hash and are too old.
_FIRST_HOLDER = (
    select(_HOLDER.c.source_id)
    .where(_HOLDER.c.hash == _OWN.c.hash)
    .order_by(_HOLDER.c.source_id.desc())
    .offset(MOST_HOLDERS)
    .limit(1)
    .scalar_subquery()
)

#: The newest sources that pass on unnamed people who are described alike.
_SPEAKING = (
    select(_KEPT.c.source_id, _SOURCE.c.published_on)
    .join(_OWN, _OWN.c.hash == _KEPT.c.hash)
    .join(_SOURCE, _SOURCE.c.id == _KEPT.c.source_id)
    .where(
        _OWN.c.source_id == bindparam("source"),
        _OWN.c.hash.in_(bindparam("hashes", expanding=True)),
        _KEPT.c.source_id != bindparam("source"),
        _KEPT.c.source_id > func.coalesce(_FIRST_HOLDER, -1),
    )
    .group_by(_KEPT.c.source_id, _SOURCE.c.published_on)
    .order_by(func.count().desc(), _KEPT.c.source_id.desc())
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That the child got it from the parent, how, and by which sign."""

    child: Source
    parent: Source
    kind: DerivationKind
    reason: str


@dataclass(frozen=True, slots=True)
class _Read:
    """A source with its text, and what of it others are looked up by besides its shingles."""

    source: Source
    text: str
    quotes: frozenset[int]
    speakers: frozenset[int]

    @classmethod
    def of(cls, source: Source, text: str) -> _Read:
        """Read a source's text."""
        return cls(source, text, detection.quote_hashes(text), detection.speaker_hashes(text))


#: Other sources that share shingles with one: how many that are kept, and how many of the sample.
_Shared = Mapping[int, tuple[int, int]]

#: Two sources by their keys, the smaller one first.
_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Other:
    """A source that a text is compared with."""

    source: Source
    text: str
    shingles: frozenset[int]
    credits: Sequence[detection.Mention]

    @classmethod
    def read(cls, session: Session, key: int) -> _Other:
        """Read a source with its newest text."""
        source = session.get_one(Source, key)
        text = newest_text(session, source) or ""
        return cls(source, text, detection.shingles_of(text), detection.credits_in(text))


def suggest(session: Session, source: Source, text: str | None = None) -> list[Suspicion]:
    """
    Record what a source's newest text makes suspicious; returns what was recorded.

    :param text: that text, where it is at hand
    """
    text = text or newest_text(session, source)
    return suggest_all(session, [(source, text)]) if text else []


def suggest_all(session: Session, texts: Sequence[tuple[Source, str]]) -> list[Suspicion]:
    """Record what the newest texts of some sources make suspicious, in their order."""
    recorded: list[Suspicion] = []
    # What many have copied is compared with many.
    other = lru_cache(_MOST_OTHERS)(partial(_Other.read, session))
    for start in range(0, len(texts), _AT_ONCE):
        chunk = texts[start : start + _AT_ONCE]
        shared = _sharing(session, [source.id for source, _ in chunk])
        found: dict[_Pair, Suspicion] = {}
        for source, text in chunk:
            suspicions = _suspicions(session, _Read.of(source, text), shared[source.id], other)
            _take_new(session, source, suspicions, found)
        events = [
            services.suspected(s.child, s.parent, kind=s.kind.value, reason=s.reason)
            for s in found.values()
        ]
        log.record_all(session, events, actor=SYSTEM.id)
        recorded += found.values()
    return recorded


def _take_new(
    session: Session,
    source: Source,
    suspicions: Iterable[Suspicion],
    found: dict[_Pair, Suspicion],
) -> None:
    """Add suspicions about pairs of which nothing is recorded or found yet, in either direction."""
    known: set[_Pair] | None = None
    for suspicion in suspicions:
        known = _known_pairs(session, source) if known is None else known
        pair = _pair(suspicion.child.id, suspicion.parent.id)
        if pair not in known:
            found.setdefault(pair, suspicion)


def _pair(one: int, other: int) -> _Pair:
    return (one, other) if one < other else (other, one)


def _known_pairs(session: Session, source: Source) -> set[_Pair]:
    statement = select(Derivation.child_id, Derivation.parent_id).where(
        or_(Derivation.child_id == source.id, Derivation.parent_id == source.id)
    )
    return {_pair(child, parent) for child, parent in session.execute(statement)}


def _sharing(session: Session, sources: Sequence[int]) -> dict[int, _Shared]:
    """Return what others share with each of some sources, where it may be enough for a copy."""
    found: dict[int, dict[int, tuple[int, int]]] = {key: {} for key in sources}
    for own, key, count, sampled in session.execute(_SHARING, {"sources": sources}):
        found[own][key] = (count, sampled)
    return {**found}


def newest_text(session: Session, source: Source) -> str | None:
    """Return a source's text as it is kept: its article's, or its newest snapshot's."""
    if source.article_uuid:
        return session.execute(
            select(ArticleText.text)
            .join(Article, Article.id == ArticleText.article_id)
            .where(Article.uuid == source.article_uuid, ArticleText.number == Article.text_version)
        ).scalar_one()
    statement = select(Snapshot.text).where(
        Snapshot.source_id == source.id,
        Snapshot.text.is_not(None),  # type: ignore[union-attr]
    )
    newest = statement.order_by(Snapshot.id.desc()).limit(1)  # type: ignore[attr-defined]
    return session.execute(newest).scalar_one_or_none()


def _suspicions(
    session: Session, read: _Read, shared: _Shared, other: Callable[[int], _Other]
) -> Iterator[Suspicion]:
    """Yield the strongest sign first: of several about one pair, only the first is recorded."""
    source, text = read.source, read.text
    credited = detection.credits_in(text)
    candidates = map(other, _candidates(session, read, shared))
    copies = _by_credit(source, list(_copies(read, candidates, credited)), credited)
    yield from copies
    publishers = {_folded(copy.parent.publisher) for copy in copies}
    for mention in credited:
        parent = _credited(session, source, mention)
        if parent is not None and _folded(parent.publisher) not in publishers:
            reason = f"It prints the credit “{mention.words}”."
            yield Suspicion(source, parent, DerivationKind.REPUBLISHES, reason)
    for mention in detection.citations_in(text):
        parent = _known(session, source, mention.name)
        if parent is not None and _folded(parent.publisher) not in publishers:
            reason = f"It says “{mention.words}”."
            yield Suspicion(source, parent, DerivationKind.CITES, reason)
    yield from _sharing_quotes(session, read)
    yield from _sharing_speakers(session, read)


def _copies(
    read: _Read, candidates: Iterable[_Other], credited: Sequence[detection.Mention]
) -> Iterator[Suspicion]:
    """Yield the sources that share too many words with this one for chance."""
    shingles = frozenset[int]()
    for other in candidates:
        shingles = shingles or detection.shingles_of(read.text)
        overlap = detection.overlap_of(shingles, other.shingles)
        if not overlap.is_copy:
            continue
        child, parent = _in_order(read.source, other.source, credited, other.credits)
        reason = (
            f"{overlap.contained:.0%} of the shorter text stands in the other "
            f"({overlap.shared} runs of five words)."
        )
        yield Suspicion(child, parent, DerivationKind.REPUBLISHES, reason)


def _by_credit(
    source: Source, copies: list[Suspicion], credited: Sequence[detection.Mention]
) -> list[Suspicion]:
    """Where a text says whose story it is, leave out who else only has the same one from there."""
    named = [each for each in copies if each.child is source and _names(credited, each.parent)]
    if not named:
        return copies
    return named + [each for each in copies if each.child is not source]


def _candidates(session: Session, read: _Read, shared: _Shared) -> list[int]:
    """Return the sources that may share enough with this one, those that share most first."""
    if not shared:
        return []
    beside = _holding(session, read.source, read.quotes | read.speakers)
    counts = {key: count - beside[key] for key, (count, _) in shared.items()}
    ranked = [(float(count), str(key)) for key, count in counts.items() if count >= LEAST_KEPT]
    best = [int(key) for key in detection.best_of(ranked, MOST_COMPARED)]
    if not best:
        return []
    held = session.execute(_SAMPLES, {"sources": [read.source.id, *best]})
    sizes: dict[int, int] = {row[0]: row[1] for row in held}
    own = sizes.get(read.source.id, 0)
    return [
        key for key in best if detection.can_be_copy(shared[key][1], min(own, sizes.get(key, 0)))
    ]


def _holding(session: Session, source: Source, hashes: Collection[int]) -> Counter[int]:
    """Count how many of some hashes other sources hold, by source."""
    if not hashes:
        return Counter()
    found = session.execute(_QUOTING, {"source": source.id, "hashes": sorted(hashes)})
    return Counter({row[0]: row[1] for row in found})


def _in_order(
    one: Source,
    other: Source,
    credited: Sequence[detection.Mention],
    credited_there: Sequence[detection.Mention],
) -> tuple[Source, Source]:
    """Return child and parent: who credits the other got it from there, else who came later."""
    if _names(credited, other):
        return one, other
    if _names(credited_there, one):
        return other, one
    earlier, later = sorted((one, other), key=lambda s: (s.published_on or s.created_at, s.id))
    return later, earlier


def _names(mentions: Sequence[detection.Mention], source: Source) -> bool:
    publisher = _folded(source.publisher)
    return bool(publisher) and any(
        publisher == _folded(form)
        for mention in mentions
        for form in detection.name_forms(mention.name)
    )


def _folded(name: str | None) -> str:
    return " ".join((name or "").removeprefix("The ").casefold().split())


def _credited(session: Session, source: Source, mention: detection.Mention) -> Source | None:
    """Return the source that a credit means; an agency that nobody knows yet is added."""
    if _is_itself(source, mention.name) or not detection.is_agency_name(mention.name):
        return None
    known = _known(session, source, mention.name)
    if known is not None:
        return known
    given = {"kind": SourceKind.WIRE.value, "title": mention.name, "publisher": mention.name}
    return services.add_source(session, given, actor=SYSTEM)


def _is_itself(source: Source, name: str) -> bool:
    own = {_folded(source.publisher), _folded(source.author)} - {""}
    return any(_folded(form) in own for form in detection.name_forms(name))


def _known(session: Session, source: Source, name: str) -> Source | None:
    """Return the source of a publisher with this name that the text most likely means."""
    if _is_itself(source, name):
        return None
    forms = detection.name_forms(name)
    held = select(Source.publisher).where(
        Source.publisher.in_(forms),  # type: ignore[union-attr]
        Source.id != source.id,
    )
    known = set(session.execute(held.distinct()).scalars())
    form = next((form for form in forms if form in known), None)
    if form is None:
        return None
    statement = select(Source).where(Source.publisher == form, Source.id != source.id)
    rows = session.execute(statement.order_by(Source.id).limit(200)).scalars().all()
    return _nearest(source, rows)


def _nearest(source: Source, found: Sequence[Source]) -> Source | None:
    """Return a publisher's story of the days before, else what stands for the publisher itself."""
    if source.published_on:
        day = date.fromisoformat(source.published_on)
        first = clock.shifted(day, -NEAR_DAYS).isoformat()
        near = [s for s in found if s.published_on and first <= s.published_on <= day.isoformat()]
        if near:
            return max(near, key=lambda s: (s.published_on or "", -s.id))
    standing = [s for s in found if s.article_uuid is None and not s.published_on]
    return standing[0] if standing else (found[0] if len(found) == 1 else None)


def _sharing_quotes(session: Session, read: _Read) -> Iterator[Suspicion]:
    """Yield the sources that print the same long quote, where only a few do."""
    source, text = read.source, read.text
    counts = _holding(session, source, read.quotes)
    if not 0 < len(counts) <= MOST_QUOTING:
        return
    for key in sorted(counts):
        other = session.get_one(Source, key)
        quote = detection.shared_quote(text, newest_text(session, other) or "")
        if quote is not None:
            child, parent = _in_order(source, other, (), ())
            reason = f"Both print the same words: “{quote}”."
            yield Suspicion(child, parent, DerivationKind.SAME_SPEAKER, reason)


def _sharing_speakers(session: Session, read: _Read) -> Iterator[Suspicion]:
    """Yield the sources of the same days that have the same from somebody whom neither names."""
    source, text = read.source, read.text
    if not read.speakers:
        return
    given = {"source": source.id, "hashes": sorted(read.speakers)}
    rows = session.execute(_SPEAKING, given)
    near = [key for key, day in rows if _is_near(source.published_on, day)]
    for key in near[:MOST_COMPARED]:
        other = session.get_one(Source, key)
        described = detection.shared_speaker(text, newest_text(session, other) or "")
        if described is not None:
            child, parent = _in_order(source, other, (), ())
            reason = f"Both have the same from somebody whom they do not name: “{described}”."
            yield Suspicion(child, parent, DerivationKind.SAME_SPEAKER, reason)


def _is_near(one: str | None, other: str | None) -> bool:
    """Say whether two days may be of one event: few days apart, or not known."""
    if not (one and other):
        return True
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= NEAR_DAYS
