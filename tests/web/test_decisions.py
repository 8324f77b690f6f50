"""The page of decisions and corrections tells readers what the feed tells programs."""

from __future__ import annotations

from test_views import HTML, propose, version_in, words_of


def decide(proposer, approver, claim, **given):
    propose(proposer, claim, **given)
    version = version_in(approver.get(f"/claims/{claim}"))
    approver.post(f"/claims/{claim}/reviews", version=version, layer="fact", action="approve")


class TestDecisions:
    def test_a_desk_without_decisions_says_where_to_go(self, client, claim):
        assert "Nothing is decided yet." in words_of(client.get("/decisions", headers=HTML))

    def test_a_decision_is_told_with_its_reasons(self, client, ana, ben, claim):
        decide(ana, ben, claim)

        text = words_of(client.get("/decisions", headers=HTML))

        assert "Is it true? verified the bridge cost 40 million euros" in text
        assert "The accounts show it." in text
        assert "Decided in spite of the desk’s policy: The test decides" in text

    def test_what_is_only_proposed_is_not_told(self, client, ana, claim):
        propose(ana, claim)

        assert "The accounts show it." not in words_of(client.get("/decisions", headers=HTML))

    def test_corrections_stand_alone_with_what_was_held_before(self, client, ana, ben, claim):
        decide(ana, ben, claim)
        challenge = {"version": version_in(ben.get(f"/claims/{claim}")), "reason": "A page is new."}
        ben.post(f"/claims/{claim}/reviews", layer="fact", action="challenge", **challenge)
        decide(ana, ben, claim, verdict="false", verdict_kind="correct")

        text = words_of(client.get("/decisions?kind=correct,retract", headers=HTML))

        assert "a correction: we were wrong Is it true? verified → false" in text
        assert text.count("The accounts show it.") == 1

    def test_a_filter_that_there_is_not_is_refused_in_words(self, client, claim):
        answer = client.get("/decisions?kind=oops", headers=HTML)

        assert answer.status_code == 422
        assert "Not done." in words_of(answer)
