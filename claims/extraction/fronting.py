"""
What is put in front of a fact that cannot be read alone where it is printed.

`up from 2.1 million in 2022` hangs on what was counted, `becoming the first to default` on what
happened, `to make reporting compulsory` on who promised it. Each gets what it hangs on, as a
replacement that is listed; the printed text stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.records import (
    AttributionSpan,
    Clause,
    Quantity,
    QuantityKind,
    Replacement,
    Span,
    TimeExpression,
)

#: Forms of what hangs on the clause before it in its sentence.
HANGING = frozenset({"appositive", "participle", "relative"})

_CHANGE = re.compile(r"(?:up|down) (?:sharply |slightly )?from ", re.I)
_INFINITIVE = re.compile(r"to [a-z]")
_PREPOSITION = re.compile(r"(?:\b(?:in|on|at|by|during|for|since|over)\s)?(?:the\s)?$", re.I)

#: Longest words that are put in front, in characters.
LONGEST = 240
_LONGEST_CUE = 60


@dataclass(frozen=True, slots=True)
class Host:
    """The clause that others of its sentence hang on, and how it reads alone."""

    clause: Clause
    words: str
    #: In the piece's offsets, like the times.
    quantities: tuple[Quantity, ...]
    #: Who said it: what somebody else says does not hang on it.
    attribution: AttributionSpan | None = None

    def carries(self, clause: Clause, attribution: AttributionSpan | None) -> bool:
        """Say whether a clause of the sentence hangs on this one."""
        is_after = clause.start >= self.clause.end
        return clause.form in HANGING and is_after and self.attribution is attribution


def counted_alike(tail: Sequence[Quantity], host: Sequence[Quantity]) -> list[Quantity]:
    """Return the amounts of a change, counts with the noun that they are compared by."""
    return [_with_unit(tail[0], host), *tail[1:]] if tail else []


def _with_unit(quantity: Quantity, host: Sequence[Quantity]) -> Quantity:
    counts = [q.unit for q in host if q.kind is QuantityKind.COUNT and q.unit]
    if quantity.kind is not QuantityKind.COUNT or quantity.unit or not counts:
        return quantity
    return Quantity(
        start=quantity.start,
        end=quantity.end,
        text=quantity.text,
        kind=quantity.kind,
        value=quantity.value,
        unit=counts[-1],
        lower=quantity.lower,
        upper=quantity.upper,
    )


def is_change(text: str, clause: Clause) -> bool:
    """Say whether a fact is what an amount was before: `up from 2.1 million in 2022`."""
    return clause.form == "appositive" and bool(_CHANGE.match(text, clause.start, clause.end))


def hung(clause: Clause, host: Host, base: int) -> Iterator[Replacement]:
    """Put what a fact hangs on in front of it."""
    if len(host.words) <= LONGEST:
        yield Replacement(base + clause.start, base + clause.start, "", f"{host.words}, ")


def compared(
    text: str,
    base: int,
    clause: Clause,
    host: Host,
    amounts: Sequence[Quantity],
    times: Sequence[TimeExpression],
    resolved: Callable[[int, int], str],
) -> Iterator[Replacement]:
    """
    Say of what an amount was what the clause before says of what it is.

    :param amounts: those of the change, in the piece's offsets
    :param resolved: a stretch of the article with what it refers to in its place
    """
    change = _CHANGE.match(text, clause.start, clause.end)
    now = _same_sort(amounts[0], host.quantities) if amounts else None
    # "Rose to 6%, up from 5%": it did not rise to what it was before.
    is_reached = now is not None and text[max(0, now.start - 24) : now.start].rstrip().endswith(
        (" to", " by", " at")
    )
    if change is None or now is None or not amounts or is_reached:
        yield from hung(clause, host, base)
        return
    dated = [
        _with_preposition(text, t)
        for t in times
        if _lies_in(t, host.clause) and t.type in ("DATE", "TIME")
    ]
    front = _without(text, Span(host.clause.start, now.start), dated, base, resolved)
    rest = _without(text, Span(now.end, host.clause.end), dated, base, resolved)
    before = amounts[0]
    unit = f" {now.unit}" if before.kind is QuantityKind.COUNT and not _names_unit(before) else ""
    yield Replacement(
        base + clause.start, base + change.end(), change[0], f"{_opened(front)} ".lstrip()
    )
    if unit or rest:
        rest = f" {rest}" if rest and rest[0] not in ",;" else rest
        yield Replacement(base + before.end, base + before.end, "", f"{unit}{rest}")


def promised(
    text: str, base: int, clause: Clause, attribution: AttributionSpan | None
) -> Iterator[Replacement]:
    """Put whoever promised or asked for it in front of `to make reporting compulsory`."""
    if attribution is None or attribution.claimant is None or not attribution.source:
        return
    end = attribution.source[-1].end
    if not _INFINITIVE.match(text, clause.start, clause.end) or end > clause.start:
        return
    cue = text[end : clause.start].strip(' ,"“')
    if cue and len(cue) <= _LONGEST_CUE and "\n" not in cue:
        front = f"{attribution.claimant.name} {cue} "
        start = base + clause.start
        yield Replacement(start, start, "", front)


def _same_sort(amount: Quantity, others: Sequence[Quantity]) -> Quantity | None:
    """Return the amount that another one is a change of."""
    alike = [
        q
        for q in others
        if q.kind is amount.kind and (q.unit == amount.unit or q.kind is QuantityKind.COUNT)
    ]
    return alike[-1] if len(alike) == 1 else None


def _names_unit(quantity: Quantity) -> bool:
    return bool(quantity.unit) and quantity.text.endswith(quantity.unit)


def _lies_in(time: TimeExpression, clause: Clause) -> bool:
    return clause.start <= time.start and time.end <= clause.end


def _with_preposition(text: str, time: TimeExpression) -> Span:
    before = _PREPOSITION.search(text, max(0, time.start - 12), time.start)
    return Span(before.start() if before else time.start, time.end)


def _without(
    text: str, span: Span, holes: Sequence[Span], base: int, resolved: Callable[[int, int], str]
) -> str:
    """Return a stretch as it reads alone, without its times."""
    parts, place = [], span.start
    for hole in holes:
        if hole.start < place or hole.end > span.end:
            continue
        parts.append(resolved(base + place, base + hole.start))
        place = hole.end
    parts.append(resolved(base + place, base + span.end) if place < span.end else "")
    words = " ".join(" ".join(part.strip(" ") for part in parts).split())
    return words.strip(" ,")


def _opened(words: str) -> str:
    return words[:1].upper() + words[1:]
