"""Records as plain values: JSON holds them, and they come back the same."""

import json
from dataclasses import asdict

import pytest

from claims.extraction.plain import from_plain, to_plain
from claims.extraction.records import (
    AttributionSpan,
    Candidate,
    CheckWorthiness,
    Claimant,
    Entity,
    EntityType,
    Extraction,
    Kind,
    Modality,
    Precision,
    Quantity,
    QuantityKind,
    Replacement,
    Segment,
    Span,
    TimeExpression,
)

DAY = TimeExpression(
    0, 6, "Monday", "DATE", "2021-12-13", "2021-12-13", "2021-12-13", Precision.MONTH
)
CANDIDATE = Candidate(
    start=0,
    end=9,
    kind=Kind.QUANTITY,
    modality=Modality.ASSERTED,
    is_checkable=True,
    check_worthiness=CheckWorthiness(0.7, ("names an amount",)),
    topics=("prices",),
    claimant=Claimant("Anna Borg"),
    attribution=AttributionSpan(
        source=(Span(0, 3),),
        cue=(Span(4, 8), Span(9, 12)),
        content=(),
        said_on=DAY,
        chain=(Claimant("The Post", is_anonymous=True),),
    ),
    quantities=(Quantity(1, 3, "5%", QuantityKind.PERCENT, "5", "%"),),
    entities=(Entity(0, 4, "Oslo", EntityType.PLACE),),
    replacements=(Replacement(0, 2, "It", "Oslo"),),
)
RECORDS = [
    Extraction("en", (CANDIDATE,), (Segment(0, 9, "claim"),), ("Wire",)),
    Extraction("en", (), ()),
]


@pytest.mark.parametrize("record", RECORDS, ids=["full", "empty"])
class TestPlain:
    def test_a_record_comes_back_from_json_as_it_was(self, record):
        read = from_plain(Extraction, json.loads(json.dumps(to_plain(record))))

        # Texts that name a member of an enumeration are that member again.
        assert repr(read) == repr(record)

    def test_it_is_what_the_library_makes_of_it(self, record):
        assert json.dumps(to_plain(record)) == json.dumps(asdict(record))
