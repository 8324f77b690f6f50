"""Finding the claim that was made before: words, posts, and the index in the database."""

from datetime import date

import pytest
from sqlalchemy import select, text

import factories
from claims.matching import candidates
from claims.matching.frequencies import frequencies_of
from claims.matching.index import find_matches
from claims.matching.reading import part_by_words, read_wanted
from claims.matching.words import stem, stems
from claims.models import Claim

POST = (
    "They spent 40 million on the #HarbourBridge! pic.twitter.com/abc — Ana Lind (@analind) "
    "May 3, 2019"
)


class TestStem:
    def test_stems_are_those_of_the_index(self, session):
        words = "ponies relational hopping falling agreed controllers 1990s caresses rationally"
        session.execute(text("CREATE VIRTUAL TABLE t USING fts5(w, tokenize='porter unicode61')"))
        session.execute(text("INSERT INTO t VALUES (:words)"), {"words": words})
        session.execute(text("CREATE VIRTUAL TABLE v USING fts5vocab('t', 'row')"))

        held = set(session.execute(text("SELECT term FROM v")).scalars())

        assert held == set(stems(words))

    @pytest.mark.parametrize("word", ["", "a", "é", "ÿy", "x" * 500])
    def test_odd_words_have_a_stem(self, word):
        assert isinstance(stem(word), str)


class TestReadWanted:
    def test_a_post_is_read_without_its_signature(self):
        wanted = read_wanted(POST)

        assert {"harbour", "bridg", "40", "million", "spent"} <= wanted.stems
        assert not wanted.stems & {"twitter", "2019", "ana"}
        assert {"ana", "lind"} <= wanted.author
        assert (wanted.day, wanted.has_picture) == (date(2019, 5, 3), True)

    def test_a_given_day_goes_before_the_signature(self):
        assert read_wanted(POST, "2020-01-01").day == date(2020, 1, 1)

    def test_a_signature_with_no_such_day_is_no_day(self):
        assert read_wanted("The bridge fell. February 31, 2019").day is None

    def test_small_letters_are_parted_by_known_words(self):
        known = {"harbour": 5, "bridg": 5, "bridge": 5}

        parted = part_by_words("harbourbridge", lambda s: known.get(s, 0))

        assert parted == ("harbour", "bridge")


class TestFindMatches:
    def test_the_same_in_other_words_comes_first(self, session):
        keep(session, "The harbour bridge cost 40 million euros, the minister said.")
        keep(session, "The minister opened a library in the old harbour.")
        keep(session, "Nobody knows how many bridges the county has.")

        found = find_matches(session, "A bridge in the harbour for 40 million euros")

        assert words_of(session, found)[0].startswith("The harbour bridge cost")
        assert all(0 < match.score < 1 for match in found)

    def test_a_title_finds_the_claim(self, session):
        keep(session, "It was never built.", title="The harbour bridge")

        assert len(find_matches(session, "Harbour bridge")) == 1

    def test_the_days_around_find_what_shares_no_word(self, session):
        keep(session, "A span of steel collapsed.", published_on=date(2019, 5, 4))

        assert len(find_matches(session, "The bridge is gone", published_on="2019-05-03")) == 1
        assert find_matches(session, "The bridge is gone", published_on="2020-05-03") == []

    def test_only_what_counts_is_found(self, session):
        claim = keep(session, "The harbour bridge cost 40 million euros.")
        none = select(Claim.id).where(Claim.id < 0)

        assert find_matches(session, "harbour bridge", within=none) == []
        assert find_matches(session, "harbour bridge", without=[claim.id]) == []

    def test_a_word_is_found_though_its_stem_has_a_stem(self, session):
        keep(session, "Every employee was there.")

        assert len(find_matches(session, "an employee")) == 1

    @pytest.mark.parametrize("words", ["", "the of and", '"', "* OR NEAR(", "🌉", "a'b\"c"])
    def test_no_words_break_the_index(self, session, words):
        keep(session, "The harbour bridge cost 40 million euros.")

        assert isinstance(find_matches(session, words), list)


class TestCandidates:
    """However long a text and however frequent its words, little is touched."""

    TEXT = "harbour bridge tunnel ferry canal lock basin quay pier mole"

    @pytest.mark.parametrize("words", [TEXT, f"{TEXT} " * 40, "harbour", "harbour bridge"])
    def test_the_rows_touched_are_bounded(self, session, monkeypatch, words):
        keep_many(session)
        monkeypatch.setattr(candidates, "MOST_ROWS", 20)

        monkeypatch.setattr(candidates, "MOST_TITLED", 30)

        rows = rows_touched(session, words)

        assert 0 < rows <= 20 + 30

    def test_the_claims_read_are_bounded(self, session, monkeypatch):
        keep_many(session)
        monkeypatch.setattr(candidates, "MOST_BY_WORDS", 5)

        wanted, held = read_wanted(self.TEXT), frequencies_of(session)

        assert len(candidates.candidates(session, wanted, held, most=200)) == 5

    def test_frequent_words_are_asked_for_two_at_a_time(self, session, monkeypatch):
        keep_many(session)
        monkeypatch.setattr(candidates, "MOST_ROWS", 10)

        asked = candidates.questions_for(read_wanted("a harbour bridge"), frequencies_of(session))

        assert list(asked.weights) == ['"bridge" "harbour"']

    def test_a_rare_word_tells_more_than_a_frequent_one(self, session):
        keep_many(session)
        rare = keep(session, "A heron nests on a roof.")

        wanted = read_wanted("A heron at the harbour")

        assert candidates.candidates(session, wanted, frequencies_of(session))[0] == rare.id

    def test_of_a_full_day_only_what_shares_words_is_a_candidate(self, session, monkeypatch):
        monkeypatch.setattr(candidates, "MOST_BY_DAY", 1)
        days = {"published_on": date(2019, 5, 4)}
        shares = keep(session, "A harbour bridge.", **days)
        others = [keep(session, f"A span of steel {end}.", **days) for end in ("fell", "rose")]

        wanted = read_wanted("The bridge is gone", "2019-05-03")
        found = candidates.candidates(session, wanted, frequencies_of(session))

        assert found == [shares.id]
        assert len(others) > candidates.MOST_BY_DAY

    def test_only_what_counts_is_a_candidate(self, session):
        keep_many(session)
        last = keep(session, "The pier alone.")

        within = select(Claim.id).where(Claim.id == last.id)
        found = candidates.candidates(
            session, read_wanted(self.TEXT), frequencies_of(session), within
        )

        assert found == [last.id]


def keep_many(session, many=12):
    for number in range(many):
        keep(session, f"{TestCandidates.TEXT} {number}", title=TestCandidates.TEXT)


def rows_touched(session, words):
    asked = candidates.questions_for(read_wanted(words), frequencies_of(session))
    return sum(len(keys) for keys, _ in candidates.found_by(session, asked))


def keep(session, words, **facts):
    found = factories.candidate(words, words)
    return factories.make_claim(session, text=words, candidates=(found,), **facts)


def words_of(session, matches):
    return [session.get_one(Claim, match.claim_id).text for match in matches]
