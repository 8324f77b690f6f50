"""Kind and modality of single statements, told by their main verb."""

from datetime import date

import pytest

from claims.extraction.pipeline import extract


def only(text):
    """Return the one claim of a text that lies in no other."""
    found = extract(text, dateline=date(2021, 12, 14)).candidates
    (outer,) = (c for c in found if not any(o.start < c.start < o.end for o in found))
    return outer


class TestModality:
    @pytest.mark.parametrize(
        ("text", "modality"),
        [
            ("Prices rose after the subsidy was scrapped in May.", "asserted"),
            ("The union marched against a plan to raise the pension age.", "asserted"),
            ("Climate change makes such storms more likely.", "asserted"),
            ("The bank may close ten branches.", "possible"),
            ("The bank is likely to close ten branches.", "possible"),
            ("The treaty aims to cut emissions by half.", "planned"),
            ("The museum is due to open in March.", "planned"),
            ("The samples are to be brought to Earth by a later mission.", "planned"),
            ("A recount is required by law if the margin is small.", "conditional"),
            ("The state would lose ten seats.", "conditional"),
            ("The minister said the state would build ten schools.", "planned"),
            ("The club has broken no rule of the league.", "negated"),
            ("No serious side effects were found in the trial.", "negated"),
            ("Nobody was hurt in the fire.", "negated"),
            ("The firm could not pay its workers.", "negated"),
            ("The police asked her if the bank was closed.", "asserted"),
        ],
    )
    def test_the_main_verb_says_how_firmly(self, text, modality):
        assert only(text).modality == modality


class TestKind:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("The mayor opened the bridge on Monday.", "event"),
            ("The museum, which was due to open in 2020, was delayed twice.", "event"),
            ("The boy did not resist the police.", "event"),
            ('The find was "a lifeboat, not a cure".', "opinion"),
            ("The bank is controlled by the Mehta family.", "description"),
            ("Police put the number of dead at 23.", "quantity"),
            ("Talks begin on Friday in Berlin.", "prediction"),
            ("The quake had a magnitude of 7.5.", "description"),
            ("The railways carry 24 million passengers a day.", "quantity"),
            ("There were 1.77 million foreigners in the city.", "quantity"),
            ("The project cost 9.5 billion euros.", "quantity"),
            ("The cause of the fire is not known.", "description"),
            ("Sabotage had caused one of the failures.", "causation"),
            ("The road was closed because of snow.", "causation"),
            ("Under German law, the verdict takes effect in May.", "law"),
            ("Firms must report breaches within 72 hours under the new rules.", "law"),
            ("The RCEP wants 10,000 more beds.", "position"),
            ("The party rejected the offer.", "position"),
            ("They had been refused help by the state.", "event"),
            ("The tunnel will open in 2025.", "prediction"),
            ("The price is far too high for most people.", "opinion"),
            ("Rich countries should pay for it.", "opinion"),
            ("It was the best match of my life.", "opinion"),
        ],
    )
    def test_the_main_verb_says_what_sort(self, text, kind):
        assert only(text).kind == kind
