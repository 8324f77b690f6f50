"""Times on sentences of every kind: what each names, which way it points, and what is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.times import find_times

#: A Wednesday.
DATELINE = date(2021, 12, 15)


def found(text, dateline=DATELINE):
    return find_times(text, dateline)


def only(text, dateline=DATELINE):
    """The one time of a text."""
    (time,) = found(text, dateline)
    return time


class TestValues:
    @pytest.mark.parametrize(
        ("text", "words", "value"),
        [
            ("It opened on 2021-12-01.", "2021-12-01", "2021-12-01"),
            ("It opened on 14/12/2021.", "14/12/2021", "2021-12-14"),
            ("It opened on 7/8/07.", "7/8/07", "2007"),
            ("It opened on Dec. 14.", "Dec. 14", "2021-12-14"),
            ("It opened on 14 December 2020.", "14 December 2020", "2020-12-14"),
            ("It opened on December 14th, 2020.", "December 14th, 2020", "2020-12-14"),
            ("On Monday, June 1, 2009 it fell.", "Monday, June 1, 2009", "2009-06-01"),
            ("It fell in March 2009.", "March 2009", "2009-03"),
            ("It fell in mid-March 2009.", "mid-March 2009", "2009-03"),
            ("It fell in March of last year.", "March of last year", "2020-03"),
            ("It fell in October.", "October", "2021-10"),
            ("It fell last September.", "last September", "2021-09"),
            ("It fell in the third quarter of 2009.", "the third quarter of 2009", "2009-Q3"),
            ("It fell in Q3 2009.", "Q3 2009", "2009-Q3"),
            ("The first half of 2009 was bad.", "The first half of 2009", "2009-H1"),
            ("It rose in fiscal 2009.", "fiscal 2009", "FY2009"),
            ("It rose in FY2021-22.", "FY2021-22", "FY2022"),
            ("It rained in the summer of 2009.", "the summer of 2009", "2009-SU"),
            ("It rained last winter.", "last winter", "2020-WI"),
            ("It was so in the 1990s.", "the 1990s", "199"),
            ("It was so in the late '80s.", "the late '80s", "198"),
            ("It was so in the 19th century.", "the 19th century", "18"),
            ("It dates from the late nineteenth century.", "the late nineteenth century", "18"),
            ("It is an eighteenth-century house.", "eighteenth-century", "17"),
            ("The study covers 1990-2010.", "1990-2010", "1990/2010"),
            ("That same day he left.", "That same day", "2021-12-15"),
            ("He left the day before.", "the day before", "2021-12-14"),
            ("He left the year after.", "the year after", "2022"),
            ("He came two years ago.", "two years ago", "2019"),
            ("He came three weeks ago.", "three weeks ago", "2021-W47"),
            ("He came five days ago.", "five days ago", "2021-12-10"),
            ("He came years ago.", "years ago", "PAST_REF"),
            ("It will take three months.", "three months", "P3M"),
            ("It took more than two and a half years.", "more than two and a half years", "P2.5Y"),
            ("A fifty-year life was promised.", "fifty-year", "P50Y"),
            ("It rose over the past decade.", "the past decade", "P10Y"),
            ("It fell in recent years.", "recent years", "PXY"),
            # TIMEX3 writes X for a digit that is left open: Monday of any week of any year.
            ("He sings every Monday.", "every Monday", "XXXX-WXX-1"),
            ("It rose in the first three months.", "the first three months", "P3M"),
            ("It took a quarter of a century.", "a quarter of a century", "P25Y"),
            ("A centuries-old feud went on.", "centuries-old", "PXY"),
            ("The market is open on Sunday mornings.", "Sunday mornings", "XXXX-WXX-7"),
            ("They meet twice a week.", "twice a week", "P1W"),
            ("It makes 15 cars a year.", "a year", "P1Y"),
            ("It closed at 08:30 UTC.", "08:30 UTC", "2021-12-15T08:30Z"),
            ("It closed at 0915 GMT.", "0915 GMT", "2021-12-15T09:15Z"),
            ("It closed at dawn Tuesday.", "dawn Tuesday", "2021-12-14TMO"),
            ("It closed overnight.", "overnight", "2021-12-14TNI"),
            ("It closed at 6:40 p.m. yesterday.", "6:40 p.m. yesterday", "2021-12-14T18:40"),
            ("It closed last night.", "last night", "2021-12-14TNI"),
            ("It closed this morning.", "this morning", "2021-12-15TMO"),
            ("It closed on Christmas Eve.", "Christmas Eve", "2021-12-24"),
            ("The 9/11 attacks changed it.", "9/11", "2001-09-11"),
            ("It is now closed.", "now", "PRESENT_REF"),
            ("It closed recently.", "recently", "PAST_REF"),
            ("It opens in the near future.", "the near future", "FUTURE_REF"),
        ],
    )
    def test_a_time_has_its_extent_and_its_value(self, text, words, value):
        time = only(text)

        assert (time.text, time.value) == (words, value)


class TestIntervals:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest", "qualifier"),
        [
            ("It opened in 2019.", "2019-01-01", "2019-12-31", None),
            ("It opened before 2019.", None, "2018-12-31", "before"),
            ("It was open since 2019.", "2019-01-01", None, "after"),
            ("It opened after 2019.", "2019-12-31", None, "after"),
            ("It will open by the end of 2025.", None, "2025-12-31", "by"),
            ("It will open by the end of the decade.", None, "2029-12-31", "by"),
            ("It opened about 1850.", "1850-01-01", "1850-12-31", "about"),
            ("It opened earlier this year.", "2021-01-01", "2021-12-15", None),
            ("It will open later this year.", "2021-12-15", "2021-12-31", None),
            ("It fell over the past three months.", "2021-09-15", "2021-12-15", None),
            ("It fell in FY 2021-22.", "2021-04-01", "2022-03-31", None),
            ("It was so from 2014-2018.", "2014-01-01", "2018-12-31", None),
            ("It opened in early May 2019.", "2019-05-01", "2019-05-10", None),
        ],
    )
    def test_a_time_names_an_interval_of_days(self, text, earliest, latest, qualifier):
        time = only(text)

        assert (time.earliest, time.latest) == (earliest, latest)
        assert time.qualifier == qualifier

    @pytest.mark.parametrize("text", ["It took three months.", "It runs daily.", "It is soon."])
    def test_what_is_no_day_names_none(self, text):
        assert only(text).earliest is None


class TestDirection:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("The minister said on Monday that it fell.", "2021-12-13"),
            ("On Monday the bank closed.", "2021-12-13"),
            ("The bank will close on Monday.", "2021-12-20"),
            ("On Monday the bank will close.", "2021-12-20"),
            ("The bank is scheduled to close on Friday.", "2021-12-17"),
            ("The bank closed last Friday.", "2021-12-10"),
            ("The bank closes next Friday.", "2021-12-17"),
            ("The bank closed on Wednesday.", "2021-12-15"),
            ("The vote is due on January 7.", "2022-01-07"),
            ("The vote was held on January 7.", "2021-01-07"),
            ("It should be completed by February 3.", "2022-02-03"),
            ("The player will have a medical on Monday.", "2021-12-20"),
            ("Schools will stay closed until Monday.", "2021-12-20"),
            ("The navy told people to stay off beaches until Friday.", "2021-12-17"),
            ("The bank closed until Monday.", "2021-12-13"),
            ("He faces jail when he is sentenced on January 7.", "2022-01-07"),
            ("She ordered an audit that is due on Friday.", "2021-12-17"),
            ("A payment had been due on October 25.", "2021-10-25"),
            ("It agreed to sell the unit to Norvik on December 2.", "2021-12-02"),
            ("It will sell the unit to Norvik on December 2.", "2022-12-02"),
            ("The new road will be cut on Friday.", "2021-12-17"),
        ],
    )
    def test_a_report_looks_back_and_an_announcement_ahead(self, text, day):
        assert day in (only(text).earliest, only(text).latest)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("Talks begin on Friday.", "2021-12-17"),
            ("The trial opens on Monday.", "2021-12-20"),
            ("Schools reopen on Friday.", "2021-12-17"),
            ("The rules take effect on Friday.", "2021-12-17"),
            ("Leaders meet in Geneva on Saturday.", "2021-12-18"),
            ("Shares end lower on Monday.", "2021-12-13"),
            ("Stocks fall on Monday.", "2021-12-13"),
            ("The strike was at an end on Monday.", "2021-12-13"),
        ],
    )
    def test_the_present_of_what_begins_or_ends_announces(self, text, day):
        assert only(text).earliest == day

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("It will stay shut until Monday at the earliest.", ("2021-12-20", None, "after")),
            ("It will open no earlier than Monday.", ("2021-12-20", None, "after")),
            ("It will open on Monday at the latest.", (None, "2021-12-20", "by")),
        ],
    )
    def test_the_earliest_and_the_latest_open_an_end(self, text, days):
        time = only(text)

        assert (time.earliest, time.latest, time.qualifier) == days

    @pytest.mark.parametrize(
        ("text", "latest"),
        [
            ("The yard will close before the end of the month.", "2021-12-31"),
            ("The yard will close before the end of 2023.", "2023-12-31"),
            ("The yard will close before 2023.", "2022-12-31"),
        ],
    )
    def test_before_an_end_reaches_to_its_last_day(self, text, latest):
        assert only(text).latest == latest

    def test_the_following_day_follows_the_day_named_last(self):
        _, following = found("He left on 3 May 2020. The following day he returned.")

        assert following.value == "2020-05-04"

    def test_a_weekday_may_be_counted_in_its_month(self):
        for words, day in (
            ("the first Saturday of February next year", "2022-02-05"),
            ("the last Monday in May 2022", "2022-05-30"),
        ):
            assert only(f"It will open on {words}.").earliest == day

    def test_a_clock_in_a_title_is_none(self):
        assert found("The painting Lake at Noon was sold.") == ()


class TestNoTimes:
    @pytest.mark.parametrize(
        "text",
        [
            "The S-400 and the SU 30 met section 231.",
            "Windows 2000 was late.",
            "It sold 2000 cars.",
            "It cost $1999 or 1,999 euros.",
            "May I come? They may come.",
            "The troops march on.",
            "Theresa May won 3-2.",
            "The second man won the second prize.",
            "Boeing 1950 and flight 1549 landed.",
            "Chapter 1984 of 1,984.5 pages.",
            "Black Friday was loud.",
            "His fifth century came off 1500 balls.",
            "The overnight train took Dawn to Sunset Boulevard.",
            "",
        ],
    )
    def test_nothing_is_taken(self, text):
        assert found(text) == ()


class TestAnyText:
    @given(
        st.text()
        | st.lists(
            st.sampled_from(
                [
                    *(
                        "last",
                        "next",
                        "the",
                        "end",
                        "of",
                        "year",
                        "Monday",
                        "May",
                        "31",
                        "2021",
                        "a",
                    ),
                    *("0001", "9999", "century", "ago", "five", "hundred", "’", "'", "-", "/", "."),
                    *(
                        "decades",
                        "99",
                        "hundred",
                        "99:99",
                        "p.m.",
                        "FY",
                        "Q4",
                        "quarter",
                        "century",
                    ),
                    *("٣", "२०२१", "\n", "every", "first", "week", "February", "29", "GMT", "+8"),
                ]
            )
        ).map(" ".join),
        st.dates(),
    )
    def test_any_text_gives_ordered_times_that_lie_in_it(self, text, dateline):
        times = find_times(text, dateline)

        place = 0
        for time in times:
            assert place <= time.start < time.end <= len(text)
            assert text[time.start : time.end] == time.text
            place = time.end
            if time.earliest and time.latest:
                assert date.fromisoformat(time.earliest) <= date.fromisoformat(time.latest)
        assert times == find_times(text, dateline)
