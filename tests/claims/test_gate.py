"""The gate: what each verdict takes, and what counts."""

from dataclasses import replace

import pytest

from claims import gate
from claims.gate import Ground, Piece
from claims.statuses import Layer, Verdict
from sources.independence import Derivation, Source

REGISTER = Piece("e1", "register", "The register", "supports", True, "dataset", reliability="A")


def paper(name: str, relation: str = "supports", **given) -> Piece:
    """Return a piece of secondary evidence of a newspaper."""
    return Piece(f"e-{name}", name, name, relation, False, "article", **given)


def ground(*pieces: Piece, derivations=(), layer=Layer.FACT, **given) -> Ground:
    names = dict.fromkeys([piece.source for piece in pieces])
    names |= dict.fromkeys(name for d in derivations for name in (d.child, d.parent))
    return Ground(
        layer,
        pieces,
        tuple(Source(name, label=name) for name in names),
        tuple(derivations),
        **given,
    )


def missing(verdict: Verdict, found: Ground) -> list[str]:
    return gate.ask(verdict, found).missing


class TestVerified:
    def test_one_authoritative_primary_source_suffices(self):
        assert missing(Verdict.VERIFIED, ground(REGISTER)) == []

    @pytest.mark.parametrize(
        "changed",
        [
            {"is_interested": True},
            {"is_primary": False},
            {"reliability": "C"},
            {"reliability": None, "kind": "post"},
            {"credibility": 4},
        ],
    )
    def test_one_source_that_falls_short_does_not(self, changed):
        found = ground(replace(REGISTER, **changed))

        assert missing(Verdict.VERIFIED, found) == ["support"]

    @pytest.mark.parametrize(
        "changed",
        [
            {"credibility": 5},
            {"is_retracted": True},
            {"is_own_article": True},
            {"relation": "repeats"},
            {"relation": "attributes"},
            {"relation": "partially_supports"},
        ],
    )
    def test_what_does_not_count_leaves_nothing(self, changed):
        answer = gate.ask(Verdict.VERIFIED, ground(replace(REGISTER, **changed)))

        assert "Nothing that counts stands for it." in answer.conditions[0].explanation

    def test_two_independent_origins_suffice_if_one_source_is_primary(self):
        interested = replace(REGISTER, is_interested=True)

        assert missing(Verdict.VERIFIED, ground(interested, paper("Post"))) == []
        assert missing(Verdict.VERIFIED, ground(paper("Post"), paper("Times"))) == ["support"]

    def test_three_independent_secondary_origins_suffice(self):
        found = ground(paper("Post"), paper("Times"), paper("Ledger"))

        assert missing(Verdict.VERIFIED, found) == []

    def test_three_papers_with_one_wire_do_not(self):
        papers = [paper(name) for name in ("Post", "Times", "Ledger")]
        wire = [Derivation(piece.source, "AP") for piece in papers]

        answer = gate.ask(Verdict.VERIFIED, ground(*papers, derivations=wire))

        assert answer.missing == ["support"]
        assert "3 sources, 1 independent origin (AP)." in answer.conditions[0].explanation

    def test_unnamed_sources_never_suffice_alone(self):
        unnamed = [paper(name, is_anonymous=True) for name in ("Post", "Times", "Ledger")]

        assert missing(Verdict.VERIFIED, ground(*unnamed)) == ["named_source"]
        assert missing(Verdict.VERIFIED, ground(replace(REGISTER, is_anonymous=True))) == [
            "support",
            "named_source",
        ]

    @pytest.mark.parametrize("relation", ["refutes", "disputes"])
    def test_contrary_evidence_wants_an_answer(self, relation):
        contrary = paper("Herald", relation)
        answer = paper("Audit", "qualifies", answers=contrary.id)

        assert missing(Verdict.VERIFIED, ground(REGISTER, contrary)) == ["contrary_answered"]
        assert missing(Verdict.VERIFIED, ground(REGISTER, contrary, answer)) == []

    def test_contrary_evidence_that_does_not_count_wants_none(self):
        contrary = paper("Herald", "refutes", credibility=5)

        assert missing(Verdict.VERIFIED, ground(REGISTER, contrary)) == []

    def test_it_waits_for_the_day_of_the_outcome(self):
        early = ground(REGISTER, due_on="2025-12-31", today="2025-12-30")

        assert missing(Verdict.VERIFIED, early) == ["outcome_due"]
        assert missing(Verdict.VERIFIED, replace(early, today="2025-12-31")) == []


class TestOtherVerdicts:
    def test_false_is_the_mirror_of_verified(self):
        refuting = replace(REGISTER, relation="refutes")

        assert missing(Verdict.FALSE, ground(refuting)) == []
        assert missing(Verdict.FALSE, ground(REGISTER)) == [
            "refutation",
            "named_source",
            "contrary_answered",
        ]

    def test_partly_verified_counts_partial_support(self):
        partial = replace(REGISTER, relation="partially_supports")

        assert missing(Verdict.PARTLY_VERIFIED, ground(partial)) == []

    def test_disputed_takes_both_sides(self):
        contrary = paper("Herald", "disputes")

        assert missing(Verdict.DISPUTED, ground(contrary)) == ["evidence_for"]
        assert missing(Verdict.DISPUTED, ground(contrary, paper("Post"))) == []

    def test_misleading_takes_what_shows_it(self):
        assert missing(Verdict.MISLEADING, ground()) == ["shown_misleading"]
        assert missing(Verdict.MISLEADING, ground(paper("Audit", "qualifies"))) == []

    @pytest.mark.parametrize("verdict", [Verdict.INSUFFICIENT_EVIDENCE, Verdict.UNVERIFIABLE])
    def test_not_knowing_takes_a_rationale_only(self, verdict):
        assert missing(verdict, ground()) == []

    def test_an_outcome_is_awaited_until_its_day(self):
        ahead = ground(due_on="2025-12-31", today="2025-12-30")

        assert missing(Verdict.PENDING_OUTCOME, ahead) == []
        assert missing(Verdict.PENDING_OUTCOME, replace(ahead, today="2025-12-31")) == [
            "outcome_awaited"
        ]
        assert missing(Verdict.PENDING_OUTCOME, ground()) == ["outcome_awaited"]


class TestSaid:
    def test_a_primary_record_of_the_words_suffices(self):
        record = Piece("e1", "tape", "The recording", "attributes", True, "interview")

        assert missing(Verdict.VERIFIED, ground(record, layer=Layer.SAID)) == []

    def test_what_supports_the_fact_says_nothing_of_the_words(self):
        assert missing(Verdict.VERIFIED, ground(REGISTER, layer=Layer.SAID)) == [
            "attribution",
            "named_source",
        ]

    def test_two_independent_reports_suffice_and_one_does_not(self):
        one, other = paper("Post", "attributes"), paper("Times", "attributes")

        assert missing(Verdict.VERIFIED, ground(one, layer=Layer.SAID)) == ["attribution"]
        assert missing(Verdict.VERIFIED, ground(one, other, layer=Layer.SAID)) == []

    def test_it_waits_for_no_outcome(self):
        assert missing(Verdict.PENDING_OUTCOME, ground(layer=Layer.SAID)) == ["not_on_this_layer"]


class TestPolicy:
    def test_every_verdict_has_conditions_that_exist(self):
        for layer in Layer:
            for verdict in Verdict:
                assert gate.ask(verdict, ground(layer=layer)).conditions

    def test_the_answer_names_the_policy_by_version_and_digest(self):
        document = gate.ask(Verdict.VERIFIED, ground(REGISTER)).document()

        assert document["met"] is True
        assert document["policy"]["version"] == 1
        assert len(document["policy"]["digest"]) == 64
