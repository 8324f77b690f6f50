"""What an amount is for, where it is for each of something: a year, a head, a dose. Pure."""

from __future__ import annotations

import re

from claims.conflicts.amount import Amount
from claims.conflicts.lexicon import noun_of

_RATE = (
    r"(?:(?: of [^,.;0-9]{1,30}?)?,? (?:an?|per|each|every) "
    r"(?P<each>second|minute|hour|day|week|month|year|quarter|night|person|head|household|family|share|litre|tonne|barrel|kilo|kilogram|ticket|passenger|pupil|"
    r"patient|dose|vial|unit|piece|copy|bottle|pack|bag|gallon|pound|ounce|acre|hectare|metre|foot|"
    r"mile|kilometre|vote|seat|student|child|worker|employee|resident|customer|user|player|game|"
    r"match|trip|ride|visit|call|page|word|plane|aircraft|vehicle|car|bus|train|house|home|flat)\b|"
    r"(?: of [^,.;0-9]{1,30}?)?,? (?:per|(?:for|to) (?:each|every)(?: one)?(?: of)?"
    r"(?: (?:its|the|their|these|those))?)"
    r"(?: new)? (?P<of>[^\W\d_]+))"
)
_FOR_EACH = re.compile(r"\W*(?:each|every)(?: one)?(?: of the| of its)? (?P<each>[^\W\d_]+)", re.I)
_EACH_BEFORE = re.compile(r"\b(?:each|every) (?P<each>[^\W\d_]+) $", re.IGNORECASE)
_EACH_AFTER = re.compile(r"[^.;0-9]{1,60} for (?:each|every) (?P<each>[^\W\d_]+)", re.IGNORECASE)


def rate_after(words: str, text: str) -> str | None:
    """Return for what an amount is, where it is for each day or person: "a year", None if not."""
    found = re.search(re.escape(words) + _RATE, text, re.IGNORECASE)
    if found:
        return noun_of(found["each"] or found["of"])
    if re.search(re.escape(words) + r" (?:each|apiece)\b", text):
        return "each"
    # "Each household will receive 150 euros", "give each household 150 euros".
    given = _FOR_EACH.match(text) or _EACH_BEFORE.search(text[: text.find(words)])
    if given and given.end() <= text.find(words):
        return noun_of(given["each"])
    later = _EACH_AFTER.match(text[text.find(words) + len(words) :])
    return noun_of(later["each"]) if later else None


def have_one_rate(one: Amount, other: Amount, text: str, another: str) -> bool:
    """Say whether two amounts are for the same: both a year, or neither for anything."""
    rates = rate_after(one.words, text), rate_after(other.words, another)
    if rates[0] == rates[1] or (all(rates) and "each" in rates):
        return True
    known = rates[0] or rates[1]
    other_words, other_text = (one.words, text) if rates[1] else (other.words, another)
    # "Rs 3,500 a quintal" beside "per quintal".
    found = re.match(
        r" an? ([^\W\d_]+)", other_text[other_text.find(other_words) + len(other_words) :]
    )
    return None in rates and found is not None and noun_of(found[1]) == known
