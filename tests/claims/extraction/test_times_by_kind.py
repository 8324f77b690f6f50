"""Times: their extent, type and value, the days they name, and what only looks like one."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.extraction.times import find_times

#: A Tuesday.
DAY = date(2021, 12, 14)

_WORDS = """
the last next two 2 31 99 2021 9999 0001 May March Monday days decades years ago later early end of
12:61 p.m. - / . , : 1/2/3 Q3 FY99 a few every century centuries 999 half first from to and by ٣ ²
ſunday quarter weekend same
"""
WORDS = _WORDS.split()
ENDS = ["from", "between", "May", "3", "5", "2014", "2018", "to", "and", "-", "Monday", "March"]


def read(text, **given):
    return [(t.text, t.type, t.value) for t in find_times(text, DAY, **given)]


def days(text, **given):
    return [(t.earliest, t.latest) for t in find_times(text, DAY, **given)]


def only(text, **given):
    found = find_times(text, DAY, **given)
    assert len(found) == 1, [t.text for t in found]
    return found[0]


class TestPrintedDays:
    @pytest.mark.parametrize(
        "text",
        [
            "Dec. 14",
            "14 Dec",
            "Dec 14, 2021",
            "December 14th, 2021",
            "14th of December 2021",
            "Tuesday, December 14",
            "Tuesday, 14 December 2021",
            "2021-12-14",
            "14/12/2021",
            "12/14/2021",
            "14.12.2021",
            "14-12-2021",
        ],
    )
    def test_a_day_is_read_in_every_order(self, text):
        assert read(f"It closed on {text}.") == [(text, "DATE", "2021-12-14")]

    def test_a_day_without_a_year_was_the_last_one(self):
        assert read("She resigned on October 3.")[0][2] == "2021-10-03"

    def test_a_day_without_a_year_comes_in_a_plan(self):
        assert read("The bridge will open on March 3.")[0][2] == "2022-03-03"

    def test_the_text_shows_whether_days_come_first(self):
        text = "Filed 25/03/2020, heard 04/05/2020."

        assert [value for _, _, value in read(text)] == ["2020-03-25", "2020-05-04"]

    def test_an_order_that_nothing_tells_leaves_both_days(self):
        found = only("Filed 04/05/2020.")

        assert (found.value, found.earliest, found.latest) == ("2020", "2020-04-05", "2020-05-04")

    def test_an_order_may_be_given(self):
        assert only("Filed 04/05/2020.", is_day_first=True).value == "2020-05-04"

    @pytest.mark.parametrize("text", ["2021-02-30", "31/31/2021", "0000-00-00", "99 May"])
    def test_a_day_that_does_not_exist_is_none(self, text):
        assert not any(t.precision == "day" for t in find_times(f"On {text} it rained.", DAY))


class TestLargerTimes:
    @pytest.mark.parametrize(
        ("text", "words", "value", "first", "last"),
        [
            ("in May 2019", "May 2019", "2019-05", "2019-05-01", "2019-05-31"),
            ("in the third quarter of 2007", None, "2007-Q3", "2007-07-01", "2007-09-30"),
            ("in Q3 2007", "Q3 2007", "2007-Q3", "2007-07-01", "2007-09-30"),
            ("in the first half of 2020", None, "2020-H1", "2020-01-01", "2020-06-30"),
            ("in the summer of 2007", None, "2007-SU", "2007-06-01", "2007-08-31"),
            ("in the 1990s", "the 1990s", "199", "1990-01-01", "1999-12-31"),
            ("in the 19th century", None, "18", "1800-01-01", "1899-12-31"),
            ("in FY 2021-22", "FY 2021-22", "FY2022", "2021-04-01", "2022-03-31"),
            ("in fiscal 2022", "fiscal 2022", "FY2022", "2021-10-01", "2022-09-30"),
            ("in late 2024", "late 2024", "2024", "2024-09-01", "2024-12-31"),
            ("in mid-June", "mid-June", "2021-06", "2021-06-11", "2021-06-20"),
            ("in 2007-W12", "2007-W12", "2007-W12", "2007-03-19", "2007-03-25"),
            ("on Easter Monday 2020", None, "2020-04-13", "2020-04-13", "2020-04-13"),
            ("on New Year's Eve 2020", None, "2020-12-31", "2020-12-31", "2020-12-31"),
            ("since the 9/11 raids", "9/11", "2001-09-11", "2001-09-11", None),
        ],
    )
    def test_units_of_the_calendar(self, text, words, value, first, last):
        found = only(f"It was built {text}.")

        assert found.text == (words or text.split(" ", 1)[1])
        assert (found.type, found.value, found.earliest) == ("DATE", value, first)
        assert found.latest == last

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("It grew in October.", "2021-10"),
            ("It will open in March.", "2022-03"),
            ("It rose in the fourth quarter.", "2021-Q4"),
            ("It fell last September.", "2021-09"),
            ("It will be ready by next May.", "2022-05"),
        ],
    )
    def test_without_a_year_the_verb_tells_which(self, text, value):
        assert only(text).value == value


class TestRelative:
    @pytest.mark.parametrize(
        ("text", "words", "value"),
        [
            ("The ministers met on Monday.", "Monday", "2021-12-13"),
            ("The council will vote on Monday.", "Monday", "2021-12-20"),
            ("The vote is scheduled for Friday.", "Friday", "2021-12-17"),
            ("He said on Monday that it will end.", "Monday", "2021-12-13"),
            ("The report should be published on Friday.", "Friday", "2021-12-17"),
            ("They arrived last Friday.", "last Friday", "2021-12-10"),
            ("It rained yesterday.", "yesterday", "2021-12-13"),
            ("It begins tomorrow.", "tomorrow", "2021-12-15"),
            ("It closed two years ago.", "two years ago", "2019"),
            ("It closed three weeks ago.", "three weeks ago", "2021-W47"),
            ("It will open in three weeks.", "three weeks", "2022-W01"),
            ("It began last week.", "last week", "2021-W49"),
            ("It was sold last year.", "last year", "2020"),
            ("It was sold this quarter.", "this quarter", "2021-Q4"),
            ("It starts early next year.", "early next year", "2022"),
            ("It fell at the end of last year.", "the end of last year", "2020"),
            ("It is growing now.", "now", "PRESENT_REF"),
            ("It opened recently.", "recently", "PAST_REF"),
            ("It may close in the near future.", "the near future", "FUTURE_REF"),
        ],
    )
    def test_it_counts_from_the_dateline(self, text, words, value):
        assert read(text) == [(words, "DATE", value)]

    def test_the_day_after_counts_from_the_day_spoken_of(self):
        assert read("He fell ill on May 3, 2020, and died the next day.")[1][2] == "2020-05-04"

    @pytest.mark.parametrize(
        ("text", "interval"),
        [
            ("It rained earlier this year.", ("2021-01-01", "2021-12-14")),
            ("It opens later this month.", ("2021-12-14", "2021-12-31")),
            ("It will end by the end of the decade.", (None, "2029-12-31")),
            ("It grew over the last decade.", ("2011-12-14", "2021-12-14")),
            ("It grew in the past three months.", ("2021-09-14", "2021-12-14")),
            ("It will grow over the next four years.", ("2021-12-14", "2025-12-14")),
        ],
    )
    def test_days_are_those_that_the_words_leave(self, text, interval):
        assert days(text) == [interval]


class TestLengths:
    @pytest.mark.parametrize(
        ("text", "words", "kind", "value"),
        [
            ("It took three days.", "three days", "DURATION", "P3D"),
            ("a 12-year war", "12-year", "DURATION", "P12Y"),
            ("It lasted nearly a decade.", "nearly a decade", "DURATION", "P10Y"),
            ("It took half an hour.", "half an hour", "DURATION", "PT30M"),
            ("It took a year and a half.", "a year and a half", "DURATION", "P1.5Y"),
            ("It took several weeks.", "several weeks", "DURATION", "PXW"),
            ("It grew in recent years.", "recent years", "DURATION", "PXY"),
            ("a 59-year-old man", "59-year-old", "DURATION", "P59Y"),
            # TIMEX3 writes X for a digit that is left open: Monday of any week of any year.
            ("They meet every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
            ("They meet twice a week.", "twice a week", "SET", "P1W"),
            ("It makes 15 a year.", "a year", "SET", "P1Y"),
            ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
        ],
    )
    def test_how_long_and_how_often_name_no_day(self, text, words, kind, value):
        found = only(text)

        assert (found.text, found.type, found.value) == (words, kind, value)
        assert (found.earliest, found.latest) == (None, None)


class TestTimesOfDay:
    @pytest.mark.parametrize(
        ("text", "words", "value"),
        [
            ("It left at 6:40 p.m. today.", "6:40 p.m. today", "2021-12-14T18:40"),
            ("It left at 12:00 UTC Monday.", "12:00 UTC Monday", "2021-12-13T12:00Z"),
            ("It left this morning.", "this morning", "2021-12-14TMO"),
            ("It left Monday afternoon.", "Monday afternoon", "2021-12-13TAF"),
            ("It left last night.", "last night", "2021-12-13TNI"),
            ("It leaves tonight.", "tonight", "2021-12-14TNI"),
            ("It left yesterday evening.", "yesterday evening", "2021-12-13TEV"),
        ],
    )
    def test_a_time_of_day_has_its_day(self, text, words, value):
        assert read(text) == [(words, "TIME", value)]

    def test_the_day_may_be_printed_after(self):
        assert read("It left at 6 p.m. on Friday.")[0] == ("6 p.m.", "TIME", "2021-12-10T18:00")


class TestRanges:
    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("It ran from 3 to 5 May.", "2021-05-03", "2021-05-05"),
            ("It ran May 3-5, 2020.", "2020-05-03", "2020-05-05"),
            ("It ran in 2014-2018.", "2014-01-01", "2018-12-31"),
            ("It ran in 2014–18.", "2014-01-01", "2018-12-31"),
            ("It fell between March and May.", "2021-03-01", "2021-05-31"),
            ("It ran from March 2014 to May 2018.", "2014-03-01", "2018-05-31"),
            ("It ran from March to May 2018.", "2018-03-01", "2018-05-31"),
            ("It ran between 2014 and 2018.", "2014-01-01", "2018-12-31"),
            ("It ran from Monday to Friday.", "2021-12-13", "2021-12-17"),
        ],
    )
    def test_two_ends_make_one_stretch(self, text, first, last):
        assert days(text, is_joined=True) == [(first, last)]

    def test_two_times_stay_two_where_nobody_asks_to_join(self):
        assert [words for words, _, _ in read("It fell between March and May.")] == ["March", "May"]


class TestQualifiers:
    @pytest.mark.parametrize(
        ("text", "qualifier", "interval"),
        [
            ("It was built before 2010.", "before", (None, "2009-12-31")),
            ("It was built after 2010.", "after", ("2010-12-31", None)),
            ("It has grown since 2010.", "after", ("2010-01-01", None)),
            ("It will be built by 2030.", "by", (None, "2030-12-31")),
            ("It was built about 1905.", "about", ("1905-01-01", "1905-12-31")),
            ("It was built in 1905.", None, ("1905-01-01", "1905-12-31")),
        ],
    )
    def test_the_word_before_opens_an_end(self, text, qualifier, interval):
        found = only(text)

        assert (found.qualifier, (found.earliest, found.latest)) == (qualifier, interval)


class TestWhatIsNoTime:
    @pytest.mark.parametrize(
        "text",
        [
            "Version 2.14.2021 fixes it.",
            "Under section 231 of the law.",
            "It bought S-400 and Su-30 jets and a Mirage 2000.",
            "They won 3-2 and lost 21-19.",
            "They may march to the palace.",
            "May the best team win.",
            "The March on Washington drew crowds.",
            "Theresa May resigned; the letter was signed by May herself.",
            "The Sunday Times reported it.",
            "She came second, for a second time.",
            "It employs 2000 people, and about 1500 jobs will go.",
            "He paid $2000 and Rs 2010.",
            "Resolution 1973 and No. 2015.",
            "The host was 10.0.20.21.",
            "The fall of the price hurt.",
        ],
    )
    def test_nothing_is_found(self, text):
        assert read(text) == []


class TestAnyText:
    @settings(max_examples=80, deadline=None)
    @given(
        st.one_of(
            st.text(max_size=200),
            st.lists(
                st.sampled_from(WORDS),
                max_size=30,
            ).map(" ".join),
        ),
        st.dates(),
    )
    @example("in 999 centuries, 999 decades ago, 999,999 days later, next century", date.max)
    @example("999 centuries ago, the past 999 years, last week, last winter, yesterday", date.min)
    def test_times_lie_in_the_text_in_order_and_are_the_same_again(self, text, day):
        found = find_times(text, day)

        place = 0
        for time in found:
            assert place <= time.start < time.end <= len(text)
            assert text[time.start : time.end] == time.text
            if time.earliest and time.latest:
                assert date.fromisoformat(time.earliest) <= date.fromisoformat(time.latest)
            place = time.end
        assert find_times(text, day) == found

    @settings(max_examples=50, deadline=None)
    @given(st.lists(st.sampled_from(ENDS)))
    def test_joined_ranges_run_forward(self, words):
        for time in find_times(" ".join(words), DAY, is_joined=True):
            assert not (time.earliest and time.latest) or time.earliest <= time.latest

    @pytest.mark.parametrize(
        "unit", ["a ", "1-", "1", "Monday ", "last ", "the end of ", "٣", "Q3 ", "by May ", "\n"]
    )
    def test_repetitions_are_read_to_their_end(self, unit):
        text = (unit * 30_000)[:30_000]

        found = find_times(text + ". It closed on 2020-02-03.", DAY)

        assert found[-1].value == "2020-02-03"
