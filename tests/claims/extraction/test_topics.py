"""Topics: our table, and one that a newsroom lays over it."""

import pytest

from claims.extraction.topics import topics_of, topics_table
from errors import ExtractionError


@pytest.fixture
def table(tmp_path):
    def written(text):
        path = tmp_path / "topics.toml"
        path.write_text(text, "utf-8")
        return str(path)

    return written


class TestTopicsOf:
    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("The navy ordered two frigates.", "weapons"),
            ("The treasury froze the bank's assets.", "sanction"),
            ("The judge sentenced him to four years.", "court"),
            ("The envoy met the generals.", "diplomacy"),
            ("Inflation fell to 3 percent.", "economy"),
            ("The outbreak reached ten hospitals.", "health"),
            ("Turnout rose to 61 percent.", "election"),
            ("The typhoon hit the coast.", "disaster"),
            ("England lost ten wickets.", "sport"),
            ("Astronomers found water.", "science"),
        ],
    )
    def test_words_tell_topics(self, text, topic):
        assert topic in topics_of(text)

    def test_a_deal_without_money_has_no_deal_value(self):
        assert "deal_value" not in topics_of("The deal was signed.")

    def test_a_newsroom_adds_words_and_topics_and_takes_topics_away(self, table):
        path = table("[city]\nharbour = ['docks?']\ncourt = ['moot']\nsport = []\n")

        assert topics_of("The docks closed.", path=path) == ("harbour",)
        assert topics_of("A moot was held by the judge.", path=path) == ("court",)
        assert topics_of("England lost ten wickets.", path=path) == ()


class TestTopicsTable:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("harbour = ['docks?']", "is no group"),
            ("[city]\nHarbour = ['docks?']", "is no topic's name"),
            ("[city]\nharbour = 'docks?'", "are a list of texts"),
            ("[city]\nharbour = ['(docks']", "is no regular expression"),
            ("[city", "cannot be read"),
        ],
    )
    def test_a_bad_table_is_refused_with_what_is_wrong(self, table, text, message):
        with pytest.raises(ExtractionError, match=message):
            topics_table(table(text))

    def test_a_missing_table_is_refused(self):
        with pytest.raises(ExtractionError, match="cannot be read"):
            topics_table("nowhere/topics.toml")
