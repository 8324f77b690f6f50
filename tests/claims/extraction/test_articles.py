"""
Whole articles against what a fact-checker would want out of them: `tests/articles/`.

Each article is a text with its expected claims beside it in JSON. A claim is found where a
candidate shares at least seven tenths of the characters that either has (`alternatives` are cuts
as good); a key that an expected claim does not have is not looked at. `optional` may be taken.
A new case is two new files.
"""

import functools
import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.pipeline import extract
from claims.extraction.records import Candidate, Extraction

ARTICLES = Path(__file__).resolve().parents[2] / "articles"
NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))

#: Shared characters over all characters of both spans.
OVERLAP = 0.7


class Article:
    """A text, what is expected of it, and what was read out of it."""

    def __init__(self, name: str) -> None:
        self.text = (ARTICLES / f"{name}.txt").read_text("utf-8")
        self.expected: dict[str, Any] = json.loads((ARTICLES / f"{name}.json").read_text("utf-8"))
        day = date.fromisoformat(self.expected["dateline"])
        self.found: Extraction = extract(self.text, dateline=day)
        self.pairs = list(self._paired())

    def span(self, quote: str) -> tuple[int, int]:
        """Return where words stand in the text."""
        start = self.text.index(quote)
        return start, start + len(quote)

    def words(self, candidate: Candidate) -> str:
        """Return a candidate as printed."""
        return self.text[candidate.start : candidate.end]

    def _paired(self) -> Iterator[tuple[dict[str, Any], Candidate | None]]:
        taken: set[int] = set()
        for claim in self.expected["claims"]:
            spans = [self.span(q) for q in (claim["quote"], *claim.get("alternatives", ()))]
            best = max(
                (c for c in self.found.candidates if c.start not in taken),
                key=lambda c: _best_overlap(c, spans),
                default=None,
            )
            if best is None or _best_overlap(best, spans) < OVERLAP:
                yield claim, None
            else:
                taken.add(best.start)
                yield claim, best

    def checked(self, key: str) -> Iterator[tuple[Any, Candidate, str]]:
        """Yield what is expected under a key, with the candidate and the claim's words."""
        for claim, candidate in self.pairs:
            if key in claim and candidate is not None:
                yield claim[key], candidate, claim["quote"]


def _best_overlap(candidate: Candidate, spans: list[tuple[int, int]]) -> float:
    return max(_overlap(*span, candidate.start, candidate.end) for span in spans)


def _overlap(start: int, end: int, first: int, last: int) -> float:
    shared = max(0, min(end, last) - max(start, first))
    return shared / ((end - start) + (last - first) - shared)


def missed(article: Article) -> list[str]:
    """Return the claims that were not found."""
    return [claim["quote"] for claim, candidate in article.pairs if candidate is None]


def taken(article: Article) -> list[str]:
    """Return the candidates that are no claim of the article's."""
    known = {candidate.start for _, candidate in article.pairs if candidate is not None}
    allowed = [article.span(item["quote"]) for item in article.expected.get("optional", [])]
    return [
        article.words(candidate)
        for candidate in article.found.candidates
        if candidate.start not in known
        and not any(
            _overlap(*span, candidate.start, candidate.end) >= OVERLAP / 2 for span in allowed
        )
    ]


def not_set_aside(article: Article) -> list[str]:
    """Return what is not prose and was not set aside for the reason expected."""
    problems = []
    for item in article.expected["not_claims"]:
        start, end = article.span(item["quote"])
        if any(c.start < end and c.end > start for c in article.found.candidates):
            problems.append(f"taken for a claim: {item['quote']}")
        covering = [s for s in article.found.segments if s.start < end and s.end > start]
        reasons = {s.reason for s in covering if article.text[s.start : s.end].strip()}
        if "reason_any" in item and not reasons <= set(item["reason_any"]):
            problems.append(f"{item['quote']}: {reasons} instead of {item['reason_any']}")
    return problems


def wrong_claimants(article: Article) -> list[str]:
    """Return who is named wrongly, or at all where the article speaks for itself."""
    problems = []
    for expected, candidate, quote in article.checked("speaker"):
        name = candidate.claimant.name if candidate.claimant else None
        wanted = expected if isinstance(expected, list) else [expected]
        if not any(_same_name(name, one) for one in wanted):
            problems.append(f"{quote}: {name!r} instead of {expected!r}")
    return problems


def _same_name(found: str | None, wanted: str | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return found.lower().split()[-1] == wanted.lower().split()[-1]


def wrong_roles(article: Article) -> list[str]:
    """Return the roles that are missing or read wrongly."""
    problems = []
    for expected, candidate, quote in article.checked("role"):
        role = (candidate.claimant.role or "") if candidate.claimant else ""
        if not role or not (expected.lower() in role.lower() or role.lower() in expected.lower()):
            problems.append(f"{quote}: {role!r} instead of {expected!r}")
    return problems


def wrong_sayings(article: Article) -> list[str]:
    """Return the days and places of saying that are read wrongly."""
    problems = []
    for expected, candidate, quote in article.checked("said_on"):
        said = candidate.attribution.said_on if candidate.attribution else None
        days = (said.earliest, said.latest) if said else None
        if days != (expected, expected):
            problems.append(f"{quote}: said on {days} instead of {expected}")
    for expected, candidate, quote in article.checked("venue"):
        venue = candidate.attribution.venue if candidate.attribution else None
        if not venue or not (venue in expected or expected in venue):
            problems.append(f"{quote}: said at {venue!r} instead of {expected!r}")
    return problems


def wrong_times(article: Article) -> list[str]:
    """Return the times of what is claimed that are read wrongly."""
    problems = []
    for expected, candidate, quote in article.checked("time"):
        time = candidate.time
        for end in expected or {}:
            day = getattr(time, end) if time else None
            if day != expected[end]:
                problems.append(f"{quote}: {end} {day} instead of {expected[end]}")
    return problems


def wrong_amounts(article: Article) -> list[str]:
    """Return the amounts that are missing, and the money that nobody printed."""
    problems = []
    for expected, candidate, quote in article.checked("quantities"):
        found = {_amount(q.value, _unit(q.kind, q.unit)) for q in candidate.quantities}
        wanted = {_amount(q["value"], q["unit"]) for q in expected}
        money = {amount for amount in found if len(amount[1]) == 3 and amount[1].isupper()}
        if wanted - found or money - wanted:
            problems.append(f"{quote}: {sorted(found)} instead of {sorted(wanted)}")
    return problems


def _unit(kind: str, unit: str) -> str:
    return "item" if kind == "count" else unit


def _amount(value: str | None, unit: str) -> tuple[Decimal | None, str]:
    return (None if value is None else Decimal(value), unit)


def wrong_kinds(article: Article) -> list[str]:
    """Return the kinds, modalities and checkability that are told wrongly."""
    problems = [
        f"{quote}: kind {candidate.kind} instead of {expected}"
        for expected, candidate, quote in article.checked("kind_any")
        if candidate.kind not in expected
    ]
    problems += [
        f"{quote}: modality {candidate.modality} instead of {expected}"
        for expected, candidate, quote in article.checked("modality")
        if candidate.modality != expected
    ]
    return problems + [
        f"{quote}: checkable is {candidate.is_checkable}"
        for expected, candidate, quote in article.checked("checkable")
        if candidate.is_checkable is not expected
    ]


def missing_topics(article: Article) -> list[str]:
    """Return the topics that a claim lacks."""
    return [
        f"{quote}: {candidate.topics} lacks {expected}"
        for expected, candidate, quote in article.checked("topics")
        if not set(expected) <= set(candidate.topics)
    ]


def wrong_names(article: Article) -> list[str]:
    """Return the named things that a claim lacks, by the name and type they share."""
    problems = []
    for expected, candidate, quote in article.checked("entities"):
        found = {(entity.name, str(entity.type)) for entity in candidate.entities}
        wanted = {(entity["name"], entity["type"]) for entity in expected}
        if wanted - found:
            problems.append(f"{quote}: {sorted(found)} lacks {sorted(wanted - found)}")
    return problems


GROUPS: tuple[Callable[[Article], list[str]], ...] = (
    missed,
    taken,
    not_set_aside,
    wrong_claimants,
    wrong_roles,
    wrong_sayings,
    wrong_times,
    wrong_amounts,
    wrong_kinds,
    missing_topics,
    wrong_names,
)


@pytest.fixture(scope="module")
def articles():
    """Read each article once, whichever of its cases comes first."""
    return functools.cache(Article)


class TestArticles:
    def test_there_are_more_than_forty(self):
        assert len(NAMES) > 40

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
    def test_what_is_read_is_what_a_checker_wants(self, articles, name, group):
        assert group(articles(name)) == []

    @pytest.mark.parametrize("name", NAMES)
    def test_the_coverage_map_is_gapless(self, articles, name):
        article = articles(name)

        assert (
            "".join(article.text[s.start : s.end] for s in article.found.segments) == article.text
        )
