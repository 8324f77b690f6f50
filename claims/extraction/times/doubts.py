"""What looks like a time and is none: counts, models, verbs, names of papers and people."""

from __future__ import annotations

import re

from claims.extraction.times.context import Context, Match
from claims.extraction.times.words import word_list

_COUNTED = word_list("counted")
_NAMED = word_list("named")
_PAPERS = word_list("papers")
_SURNAMES = word_list("surnames")

#: Words after which a four-digit number is a year unless what follows is counted.
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|during|early|late|mid|circa|year|year of|fall of|spring of|summer of|winter of|autumn of|as of|late in|early in|and in)[ -]|[(\[]|^|\n)$",
    re.I,
)
#: Words after which it may as well be a number.
_WEAK_CUE = re.compile(
    r"(?:\b(?:by|of|until|till|from|before|after|around|about|and|or|to|through|for|between|than|throughout|the|its|their|his|with|on|that|first|last|in|a|ending|ended)|[;,:–—-]) $",
    re.I,
)
_MONEY = re.compile(
    r"(?:[$€£¥₹#]|\b(?:Rs|USD?|EUR|GBP|INR|No|Nos|section|article|page|room|flight|route|highway|chapter|resolution|law|act no|model|version)\.?) ?$",
    re.I,
)
_GLUED = re.compile(r"[\w.,:/$€£¥₹#+'’@-]$")
_NEXT_WORD = re.compile(r"[ \n]([A-Za-z][A-Za-z]*)(?![\w.]*@)")
_LAST_WORD = re.compile(r"([\w’']+)[.,]? $")
_NOT_COUNTED = word_list("not_counted")


def is_year(context: Context, found: Match) -> bool:
    """Say whether four digits are a year, by the words before and after."""
    before, after = context.before(found), context.after(found)
    is_open = before[-1:] in ("-", "–", "'", "’") and before[-4:].lower() in (
        "mid-",
        "ely-",
        "ate-",
        "rly-",
        "pre-",
        "ost-",
    )
    if (_GLUED.search(before) and not is_open) or _MONEY.search(before):
        return False
    if re.match(r"[-–][A-Za-z0-9]|[A-Za-z°%$€£]| ?(?:%|-?mm\b|°)", after) and not re.match(
        r"-(?:[a-z]+)", after
    ):
        return False
    following = _NEXT_WORD.match(after)
    word = following[1] if following else ""
    if word.lower() in _COUNTED:
        return False
    if _YEAR_CUE.search(before) or is_open:
        return True
    number = int(found[0][:4])
    if _WEAK_CUE.search(before):
        is_count = word.islower() and word.endswith("s") and word not in _NOT_COUNTED
        return 1500 <= number <= 2099 and not is_count
    last = _LAST_WORD.search(before)
    if last is None:
        return 1800 <= number <= 2099 and before[-1:] in ('"', "“", "‘") and not word
    name = last[1]
    is_named = name.lower() in _NAMED or (name.isupper() and len(name) > 2)
    # "the US 2004 election": a year between two names.
    return 1900 <= number <= 2099 and (is_named or (word.lower() in _NAMED))


_VERSION = re.compile(
    r"(?:\b(?:version|v|release|build|firmware|section|kernel|update)\s?|[\w.,/$€£-])$", re.I
)


def is_version(context: Context, found: Match) -> bool:
    """Say whether digits with dots or strokes are a version or go on before them."""
    return bool(_VERSION.search(context.before(found)))


def is_short_decade(context: Context, found: Match) -> bool:
    """Say whether `80s` is a decade and not an age or a temperature."""
    before = context.before(found).lower().rstrip("'’‘")
    if _GLUED.search(before[-1:]) or re.search(
        r"\b(?:his|her|their|my|your|our) (?:\w+ )?$", before
    ):
        return False
    return "the " in found[0].lower() or bool(
        re.search(r"\b(?:the|and|early|late|mid|or|to)[ -]$", before)
    )


def is_named_month(context: Context, found: Match, name: str) -> bool:
    """Say whether the month of a form is a name: printed with a capital."""
    return context.text[found.start(name)].isupper()


_MONTH_CUE = re.compile(
    r"\b(?:in|since|by|of|until|till|from|before|after|during|between|through|throughout|early|late|mid|for|this|last|next|on|to|and|or|every|each|around|about|around|as of|than|the|year|year’s|year's|its|their|a)[ -]$",
    re.I,
)
_ABLE_TO_BE_OTHERS = frozenset({"may", "march", "mar", "jan", "dec", "sep", "jun"})


def is_month(context: Context, found: Match) -> bool:
    """Say whether a capitalised month without a day is one, and not a verb or a name."""
    if not is_named_month(context, found, "m"):
        return False
    if context.before(found, 1) in ("-", "'", "’", "$", "@", "/", "_") and context.before(
        found, 4
    ) not in ("mid-",):
        return False
    if found["of"]:
        return True
    name = found["m"].lower().rstrip(".")
    before, after = context.before(found), context.after(found)
    following = re.match(r" ([A-Za-z][\w’']*)", after)
    word = following[1] if following else ""
    has_cue = bool(_MONTH_CUE.search(before))
    last = re.search(r"([A-Za-z]+)\.? $", before)
    previous = last[1] if last else ""
    if previous.lower() in _SURNAMES:
        return False
    if name in _ABLE_TO_BE_OTHERS:
        return _is_hard_month(context, name, has_cue, previous, word)
    if not has_cue and (
        word[:1].isupper() or (previous[:1].isupper() and before[-2:-1] not in ".,")
    ):
        return False
    return (
        not after.startswith(("’s ", "'s "))
        or has_cue
        or before.endswith((". ", "\n"))
        or not before
    )


def _is_hard_month(context: Context, name: str, has_cue: bool, previous: str, word: str) -> bool:
    """Say whether `May` or `March` is the month: only a preposition of time tells."""
    if not has_cue or word[:1].isupper():
        return False
    if name == "may" and previous.lower() in (
        "by",
        "of",
        "from",
        "for",
        "to",
        "the",
        "a",
        "on",
        "and",
        "or",
        "than",
        "its",
        "about",
    ):
        return (
            previous.lower() in ("by", "of", "from", "for", "to", "and", "on")
            and not context.has_person_called_may
            and previous.lower() != "on"
        )
    if name == "march" and previous.lower() in (
        "the",
        "a",
        "its",
        "their",
        "on",
        "to",
        "for",
        "than",
        "this",
        "or",
        "and",
    ):
        return previous.lower() not in ("a", "its", "their", "than") and word not in (
            "on",
            "to",
            "for",
            "of",
            "through",
            "against",
            "by",
            "in",
            "into",
            "past",
            "with",
            "was",
            "is",
        )
    return True


def is_quarter(context: Context, found: Match) -> bool:
    """Say whether `Q3` is a quarter and not a model or a question."""
    return found[0][0] == "Q" and not re.match(r"[:.)-]?[A-Z0-9]", context.after(found))


def is_weekday(context: Context, found: Match) -> bool:
    """Say whether a weekday is a day and not a part of a name (`Sunday Times`)."""
    start = found.start("wd")
    if not context.text[start].isupper():
        return False
    before, after = context.before(found, 16), context.after(found)
    if before[-1:] in ("-", "@", "_", "/", "#") and before[-4:].lower() != "mid-":
        return False
    if re.search(
        r"\b(?:Black|Bloody|Super|Good|Ash|Cyber|Easter|Palm|Holy|Fat|Ruby|Big|Casual|Blue|Man)[ ]$",
        before,
    ):
        return False
    following = re.match(r" ([A-Z][a-z]+)", after)
    return following is None or following[1].lower() not in _PAPERS or after[1:2].islower()
