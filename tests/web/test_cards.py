"""What may be done to a finding is offered to those who may, and events are told in words."""

from __future__ import annotations

import pytest

from claims.histories import public_history
from ledger.events import event_types
from permissions import Actor, Role
from web.presenting.claims import (
    chips_of,
    event_reason,
    event_words,
    evidence_sides,
    finding_word,
    news_since,
    offered_actions,
    pseudonyms_of,
    said_words,
)

ANA = Actor("ana", Role.REVIEWER)
BEN = Actor("ben", Role.REVIEWER)
EDITH = Actor("edith", Role.EDITOR)
RITA = Actor("rita", Role.REPORTER)


def finding(state, **given):
    return {"state": state, "verdict": None, "lease": None, "proposed_by": None, **given}


def event(kind, data=None, **values):
    return {"type": kind, "data": {} if data is None else data, "values": values, "actor": "ana"}


class TestOfferedActions:
    @pytest.mark.parametrize(
        ("state", "actor", "actions"),
        [
            (finding("open"), ANA, {"take", "propose"}),
            (finding("open"), EDITH, {"take", "propose", "close"}),
            (finding("open"), RITA, set()),
            (finding("open"), None, set()),
            (finding("in_review", lease={"holder": "ana"}), ANA, {"release", "propose"}),
            (finding("in_review", lease={"holder": "ana"}), BEN, set()),
            (finding("in_review", lease={"holder": "ana"}), EDITH, {"close"}),
            (finding("proposed", proposed_by="ana"), ANA, {"send_back"}),
            (finding("proposed", proposed_by="ana"), BEN, {"approve", "send_back"}),
            (finding("decided", verdict="false"), ANA, {"challenge"}),
            (finding("stale"), ANA, {"take", "propose"}),
            (finding("closed"), ANA, {"reopen"}),
        ],
    )
    def test_nobody_is_offered_what_would_be_refused(self, state, actor, actions):
        assert set(offered_actions(state, actor)) == actions


class TestFindingWord:
    @pytest.mark.parametrize(
        ("state", "word"),
        [
            (finding("decided", verdict="disputed"), "disputed"),
            (finding("stale", verdict="verified"), "stale"),
            (finding("open"), "open"),
        ],
    )
    def test_the_verdict_counts_only_while_it_is_decided(self, state, word):
        assert finding_word(state) == word


class TestSaidWords:
    def test_the_printed_words_go_before_the_verb(self):
        text = "He had claimed on air that it fell."
        attribution = {"verb": "claim", "cue": {"start": 3, "end": 14}, "venue": "Radio Nord"}

        assert (
            said_words({"attribution": attribution, "anchor": "exact"}, text)
            == "“had claimed” · Radio Nord"
        )

    def test_the_verb_stands_where_no_cue_is_kept(self):
        assert said_words({"attribution": {"verb": "say", "cue": None}}, "text") == "“say”"

    def test_the_cues_place_does_not_count_in_another_text(self):
        attribution = {"verb": "claim", "cue": {"start": 3, "end": 14}}

        assert said_words({"attribution": attribution, "anchor": "moved"}, "text") == "“claim”"

    def test_the_articles_own_voice_says_nothing(self):
        assert said_words({"attribution": None}, "text") == ""


class TestChipsOf:
    def test_said_time_and_amounts_each_have_a_chip_with_the_printed_words(self):
        day = {"earliest": "2021-12-13", "latest": "2021-12-13", "precision": "day"}
        amount = {"kind": "money", "value": "5500000000", "unit": "USD", "text": "$ 5.5 billion"}
        found = chips_of(
            {
                "attribution": {"said_on": {**day, "text": "on Monday"}},
                "time": None,
                "quantities": [amount],
                "due_on": "2025-12-31",
            }
        )

        assert [(chip.label, chip.text, chip.hint) for chip in found] == [
            ("said", "13 Dec 2021", "on Monday"),
            ("amount", "5.5 billion USD", "$ 5.5 billion"),
            ("due", "31 Dec 2025", ""),
        ]


class TestEvidenceSides:
    def test_what_repeats_or_was_withdrawn_stands_on_no_side(self):
        items = [
            {"layer": layer, "relation": relation, "withdrawal": withdrawal}
            for layer, relation, withdrawal in [
                ("fact", "repeats", None),
                ("fact", "refutes", None),
                ("fact", "supports", None),
                ("fact", "supports", {"reason": "wrong page"}),
                ("said", "attributes", None),
            ]
        ]

        sides = evidence_sides(items, "fact")

        assert [(side, len(found)) for side, found in sides] == [
            ("for", 1),
            ("against", 1),
            ("other", 1),
            ("withdrawn", 1),
        ]
        assert [side for side, _ in evidence_sides(items, "said")] == ["for"]


class TestEventWords:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (event("claim.created", {"basis": "marked"}), "marked it in the article"),
            (
                event("finding.proposed", {"layer": "fact", "verdict": "partly_verified"}),
                "proposed “partly verified” on whether it is true",
            ),
            (
                event("finding.decided", {"layer": "said", "verdict": "verified", "approvals": 1}),
                "decided alone on “verified” on whether they said it",
            ),
            (
                event("finding.staled", {"layer": "fact", "trigger": "evidence_withdrawn"}),
                "made it stale on whether it is true: decisive evidence was withdrawn",
            ),
            (
                event("finding.closed", {"layer": "fact", "reason": "duplicate"}),
                "closed it on whether it is true: a duplicate",
            ),
            (event("evidence.added", {"relation": "refutes"}), "added evidence that refutes it"),
            (
                event("claim.corrected", {"kind": "event", "layers": []}, claimant={}),
                "corrected claimant, kind",
            ),
            (event("something.new"), "something.new"),
        ],
    )
    def test_an_event_says_what_was_done(self, given, words):
        assert event_words(given) == words

    def test_no_event_of_a_claim_is_left_without_words(self, app):
        kinds = [kind for kind in event_types() if kind.startswith(("claim.", "finding."))]

        told = {kind: event_words(event(kind, _Anything())) for kind in kinds}

        assert [kind for kind, words in told.items() if words == kind] == []


class _Anything(dict):
    def __missing__(self, key):
        return "anything"


class TestEventReason:
    def test_the_words_that_somebody_gave_are_found(self):
        assert event_reason(event("finding.sent_back", reason="Too thin.")) == "Too thin."
        assert event_reason(event("finding.taken")) == ""


class TestPublicHistory:
    def test_only_what_was_decided_tells_its_verdict_and_reason(self):
        sent_back, decided, waiting = (
            event("finding.proposed", {"layer": "fact", "verdict": verdict}, rationale="Why.")
            for verdict in ("false", "verified", "disputed")
        )
        history = [
            sent_back,
            event("finding.sent_back", {"layer": "fact"}),
            decided,
            event("finding.decided", {"layer": "fact", "verdict": "verified"}),
            waiting,
        ]

        shown = public_history(history)

        assert [event_words(each) for each in shown] == [
            "proposed a verdict on whether it is true",
            "sent the proposal back on whether it is true",
            "proposed “verified” on whether it is true",
            "approved “verified” on whether it is true",
            "proposed a verdict on whether it is true",
        ]
        assert [event_reason(each) for each in shown] == ["", "", "Why.", "", ""]


class TestNewsSince:
    def test_only_what_came_after_the_version_that_was_seen_is_news(self):
        history = [event("claim.created"), event("finding.taken"), event("finding.released")]

        assert [each["type"] for each in news_since(history, 1)] == [
            "finding.taken",
            "finding.released",
        ]
        assert news_since(history, 3) == []
        assert news_since(history, None) == []


class TestPseudonymsOf:
    def test_people_are_found_wherever_they_stand(self):
        documents = [
            {"findings": {"fact": {"proposed_by": "a", "lease": {"holder": "b"}}}},
            [{"withdrawal": {"by": "c"}}, {"actor": "d", "title": "e"}],
        ]

        assert pseudonyms_of(documents) == {"a", "b", "c", "d"}
