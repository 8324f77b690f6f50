"""Who told what, where the parser alone goes wrong or newspapers leave the verb of saying out."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract

DAY = date(2023, 5, 17)


def read(text):
    """Return the claims of a text as printed, each with who made it."""
    found = extract(text, dateline=DAY, language="en").candidates
    return {text[c.start : c.end]: c.claimant.name if c.claimant else None for c in found}


class TestTelling:
    @pytest.mark.parametrize(
        ("text", "claim", "claimant"),
        [
            (
                "Mr Mellor told police in an interview that his partner had dealt with the papers.",
                "his partner had dealt with the papers",
                "Mellor",
            ),
            (
                'Copper output would be halted "until further notice", Northgate said.',
                'Copper output would be halted "until further notice"',
                "Northgate",
            ),
            (
                "The storm destroyed 17,000 homes, the office, known by its acronym BNGRC, said.",
                "The storm destroyed 17,000 homes",
                "office",
            ),
            (
                "The plant will close in 2027, Luca Ferri told staff at Tuesday's meeting.",
                "The plant will close in 2027",
                "Luca Ferri",
            ),
            (
                "Luca Ferri told Tuesday's shareholders' meeting that the plant would close.",
                "the plant would close",
                "Luca Ferri",
            ),
            (
                "According to Finans Norge, insured losses come to at least 3 billion kroner.",
                "insured losses come to at least 3 billion kroner",
                "Finans Norge",
            ),
            (
                "The new heart scanner cost the hospital 1.9 million pounds, the trust said.",
                "The new heart scanner cost the hospital 1.9 million pounds",
                "trust",
            ),
            (
                "Police put the number of people killed in the collapse at 23.",
                "Police put the number of people killed in the collapse at 23",
                "Police",
            ),
            (
                "The ferry's operator, Adriamed Lines, said the ship had passed a safety check.",
                "the ship had passed a safety check",
                "Adriamed Lines",
            ),
        ],
    )
    def test_a_claim_has_its_claimant(self, text, claim, claimant):
        assert read(text)[claim] == claimant

    def test_whoever_speaks_is_named_without_how_they_spoke(self):
        text = (
            "A senior official, speaking on condition of anonymity, said the army had four tanks."
        )

        assert read(text) == {"the army had four tanks": "A senior official"}

    def test_what_somebody_did_not_say_is_no_claim_of_theirs(self):
        text = "He did not say how he would pay for it."

        assert read(text) == {text[:-1]: None}
