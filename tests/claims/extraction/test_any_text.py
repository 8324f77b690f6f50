"""Any text at all: spans in the text, no crossing, no gap, the same on a second run."""

import json
import re
import sys
from contextlib import suppress
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.clean import find_dateline, set_aside
from claims.extraction.html import read_html
from claims.extraction.pipeline import extract
from errors import ExtractionError
from shared_files import SHARED, needs_shared

DAY = date(2021, 12, 14)

#: What articles are made of, put together in any order.
PIECES = """
The bank of Norway|said that|Jane Dole,|who|$5.5 billion|12 percent|on Monday|will buy|and|but it
was sold in 2019|“|”|"|'|(|)|:|;|.|?|,|—|By Ann Lee|LONDON (AP) —|if|although|while
(With inputs from agencies)|killing 58 people|down from 37%|the first since 2007|CWA|Photo: AFP
the Clean Water Act (CWA)|Tags: a, b|- |No.|U.S.|N197|é|🚀
said|according to|she|told|reported|Mr|Rs 10 lakh|Sh2|K2|Read also: More rain|a / b / c
"""
PARTS = """
<p>|</p>|<div>|</div>|<br>|<b>|<table>|<td>|<script>|</script>|<article>|<!--|-->|<svg/>|<|>|x
<meta name=date content=2021-12-14>|<time>|&amp;|&#x41;|The dam broke.
"""


#: Dense texts of more words than those that are set aside as repetition: each is full of work.
DENSE = {
    "quotes": '"We will go," he said. "They will stay," she said. ',
    "told": 'told him: "no way at all here" and she said ',
    "said that": "He said that she said that they said that the bank said so. ",
    "pronouns": "He told her that it was theirs, and they gave him his own. ",
    "names": "Anna Borg of the Bank of Norway met Minister Ole Dahl in Oslo. ",
    "colons": "Anna Borg: The dam is safe. Ole Dahl: It is not so. ",
    "amounts": "It cost $5.5 billion and 12 percent of 3 million tons, ",
}

CONTROLS = ["\n", "\n\n", "\t", "\xa0", "\u200b", "e\u0301", "\r\n", "\x0b", "\u2028"]


def split(table):
    """Return the entries of a table."""
    return re.split(r"[|\n]", table.strip())


news = st.lists(st.sampled_from([*split(PIECES), *CONTROLS]), max_size=60).map(" ".join)
pages = st.lists(st.sampled_from(split(PARTS)), max_size=60).map("".join)


def faults(text):
    """Return what does not hold of the reading of a text, which must hold of any."""
    found = extract(text, dateline=DAY, language="en")
    checks = {
        "a gap": "".join(text[s.start : s.end] for s in found.segments) == text,
        "marks alone unchecked": all(
            segment.state != "unchecked"
            or any(c.isalnum() for c in text[segment.start : segment.end])
            for segment in found.segments
        ),
        "claims cross": all(
            a.end <= b.start or b.end <= a.end for a, b in pairwise(found.candidates)
        ),
        "set aside cross": all(a.end <= b.start for a, b in pairwise(found.set_aside)),
        "outside the text": all(0 <= c.start < c.end <= len(text) for c in found.candidates),
        "a part outside its claim": all(
            claim.start <= part.start <= part.end <= claim.end
            for claim in found.candidates
            for part in [*claim.quantities, *claim.entities, *filter(None, [claim.time])]
        ),
        "a claim set aside": not any(
            aside.start < claim.end and claim.start < aside.end
            for claim in found.candidates
            for aside in found.set_aside
        ),
        "another second run": extract(text, dateline=DAY, language="en") == found,
    }
    return [name for name, holds in checks.items() if not holds]


class TestExtract:
    @settings(max_examples=60, deadline=None)
    @given(news)
    def test_pieces_of_news_in_any_order_hold(self, text):
        assert faults(text) == []

    @settings(max_examples=25, deadline=None)
    @given(st.text(max_size=200))
    def test_any_characters_hold(self, text):
        assert faults(text) == []

    @needs_shared
    def test_hostile_texts_hold(self):
        for text in hostile("text"):
            with suppress(ExtractionError):
                assert faults(text) == []

    @settings(max_examples=5, deadline=None)
    @given(st.lists(st.sampled_from([*DENSE.values()]), min_size=20, max_size=40).map("".join))
    def test_dense_texts_hold(self, text):
        assert faults(text) == []

    @pytest.mark.parametrize("name", DENSE)
    def test_work_grows_with_the_text_and_no_faster(self, name):
        short, long = (DENSE[name] * (size // len(DENSE[name])) for size in (1_500, 6_000))

        assert steps(long) < 1.35 * steps(short) * len(long) / len(short)

    def test_one_surname_all_over_costs_no_more_than_others(self):
        short, long = (names(number) for number in (40, 160))

        assert steps(long) < 1.35 * steps(short) * len(long) / len(short)


def names(number):
    """Return sentences about so many people with one surname."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    given = (f"Ann{letters[n % 26]}{letters[n // 26]}" for n in range(number))
    return " ".join(f"Ms {name} Borg said he will resign." for name in given)


def steps(text):
    """Count the calls that the reading of a text takes."""
    extract(text, dateline=DAY, language="en")
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        extract(text, dateline=DAY, language="en")
    finally:
        sys.setprofile(before)
    return count


class TestSetAside:
    @settings(max_examples=150, deadline=None)
    @given(st.one_of(news, st.text(max_size=300)))
    def test_notes_lie_in_the_text_and_do_not_overlap(self, text):
        found = set_aside(text)

        assert all(0 <= note.start < note.end <= len(text) for note in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        find_dateline(text)


class TestReadHtml:
    @settings(max_examples=150, deadline=None)
    @given(st.one_of(pages, st.text(max_size=300)))
    def test_any_page_gives_a_text_or_a_reason(self, page):
        try:
            found = read_html(page)
        except ExtractionError:
            return
        assert "\n\n\n" not in found.text
        assert read_html(page) == found

    @needs_shared
    def test_hostile_pages_end(self):
        for page in hostile("html"):
            with suppress(ExtractionError):
                assert isinstance(read_html(page).text, str)


def hostile(field, most=30_000):
    """Yield the hostile texts or pages of the shared cases, shortened."""
    cases = json.loads((SHARED / "hostile/hostile_inputs.json").read_text("utf-8"))["cases"]
    for case in cases:
        body = case.get("body") or {}
        given = body.get("json")
        if isinstance(given, dict) and isinstance(given.get(field), str):
            yield given[field][:most]
        repeated = body.get("repeat_json") or {}
        if repeated.get("field") == field:
            words = repeated["unit"] * (most // len(repeated["unit"]))
            yield repeated.get("prefix", "") + words[:most] + repeated.get("suffix", "")
