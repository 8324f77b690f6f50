"""Tests of `claims/timeline.py`: items, their words, TimelineJS3 and iCalendar."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.timeline import build, display, to_ics, to_timelinejs


def time(earliest=None, latest=None, precision="day", qualifier=None):
    return {
        "earliest": earliest,
        "latest": latest,
        "precision": precision,
        "qualifier": qualifier,
        "text": "then",
    }


def claim(name="c1", **fields):
    return {"id": name, "text": "The bridge  was\nclosed", "status": "unreviewed", **fields}


def items_of(*claims):
    return build(claims).items


class TestBuild:
    def test_a_claim_stands_in_each_lane_that_it_has_a_time_for(self):
        claims = claim(
            time=time("2019-01-01", "2019-12-31", "year"),
            attribution={"said_on": time("2021-12-13", "2021-12-13")},
            published_on="2021-12-14",
            findings={"fact": {"decided_at": "2021-12-20T09:00:00Z"}, "said": None},
        )

        items = items_of(claims)

        assert [(item["lane"], item["display"]) for item in items] == [
            ("happened", "2019"),
            ("said", "13 December 2021"),
            ("published", "14 December 2021"),
            ("decided", "20 December 2021"),
        ]

    def test_an_item_has_the_shape_of_the_contract(self):
        found = items_of(claim(time=time("2019-03-02", "2019-03-02"), conflicts_with=["c2"]))

        assert found == [
            {
                "claim_id": "c1",
                "lane": "happened",
                "earliest": "2019-03-02",
                "latest": "2019-03-02",
                "precision": "day",
                "display": "2 March 2019",
                "headline": "The bridge was closed",
                "status": "unreviewed",
                "conflicts_with": ["c2"],
            }
        ]

    @pytest.mark.parametrize("given", [None, time()])
    def test_a_claim_without_a_time_of_its_own_is_undated(self, given):
        found = build([claim(time=given, published_on="2021-12-14")])

        assert [item["lane"] for item in found.items] == ["published"]
        assert found.undated == [
            {"claim_id": "c1", "headline": "The bridge was closed", "status": "unreviewed"}
        ]

    def test_the_said_decision_shows_where_the_fact_is_open(self):
        findings = {"fact": {"decided_at": None}, "said": {"decided_at": "2022-01-03T09:00:00Z"}}

        assert [i["lane"] for i in items_of(claim(findings=findings))] == ["decided"]

    def test_items_come_in_the_order_of_time(self):
        claims = [claim(n, time=time(d, d)) for n, d in (("b", "2021-05-01"), ("a", "2020-01-01"))]

        assert [item["claim_id"] for item in items_of(*claims)] == ["a", "b"]

    def test_the_readable_form_is_the_headline(self):
        given = claim(normalized_text="The old bridge was closed", published_on="2021-12-14")

        assert items_of(given)[0]["headline"] == "The old bridge was closed"


class TestDisplay:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (time("2019-01-01", "2019-12-31", "year"), "2019"),
            (time("2021-12-01", "2021-12-31", "month"), "December 2021"),
            (time("2024-02-01", "2024-02-29", "month"), "February 2024"),
            (time("2021-01-01", "2021-12-14", "year"), "between 1 January and 14 December 2021"),
            (time("2021-12-03", "2021-12-14"), "between 3 and 14 December 2021"),
            (
                time("2020-12-03", "2021-12-14"),
                "between 3 December 2020 and 14 December 2021",
            ),
            (time("2021-07-01", "2021-09-30", "quarter"), "the third quarter of 2021"),
            (time("2021-07-01", "2021-09-30", "month"), "July to September 2021"),
            (time("2020-11-01", "2021-02-28", "month"), "November 2020 to February 2021"),
            (time("2016-01-01", "2020-12-31", "year"), "2016 to 2020"),
            (time("1990-01-01", "1999-12-31", "decade"), "the 1990s"),
            (time("2019-01-01", "2019-12-31", "year", "about"), "about 2019"),
            (time(None, "2021-12-14", "day", "by"), "by 14 December 2021"),
            (time(None, "2025-12-31", "year", "by"), "by the end of 2025"),
            (time(None, "2024-12-31", "year", "before"), "before 2025"),
            (time(None, "2021-12-13", "day", "before"), "before 14 December 2021"),
            (time(None, "2021-09-30", "quarter"), "by the end of the third quarter of 2021"),
            (time(None, "2021-11-30", "month", "before"), "before December 2021"),
            (time(None, "1999-12-31", "decade"), "by the end of the 1990s"),
            (time("2019-12-31", None, "year", "after"), "after 2019"),
            (time("2019-01-01", None, "year", "after"), "from 2019"),
            (time("2021-12-14", None), "from 14 December 2021"),
            (time("0044-03-15", "0044-03-15"), "15 March 44"),
            (time("9999-01-01", "9999-12-31", "year"), "9999"),
            (time(None, "9999-12-31", "year", "before"), "by the end of 9999"),
            (time("sometime", "2021-01-01"), "sometime to 2021-01-01"),
            (time(), ""),
        ],
    )
    def test_a_time_is_put_into_words_as_fine_as_it_is_known(self, given, words):
        assert display(given) == words


class TestToTimelinejs:
    @pytest.mark.parametrize(
        ("given", "start", "end"),
        [
            (time("2019-01-01", "2019-12-31", "year"), {"year": 2019}, None),
            (time("2021-12-01", "2021-12-31", "month"), {"year": 2021, "month": 12}, None),
            (
                time("2021-07-01", "2021-09-30", "quarter"),
                {"year": 2021, "month": 7},
                {"year": 2021, "month": 9},
            ),
            (time("1990-01-01", "1999-12-31", "decade"), {"year": 1990}, {"year": 1999}),
            (
                time("2021-01-01", "2021-12-14", "year"),
                {"year": 2021},
                {"year": 2021, "month": 12, "day": 14},
            ),
            (time("2021-01-01", "2021-01-01"), {"year": 2021, "month": 1, "day": 1}, None),
            (time(None, "2025-12-31", "year", "by"), {"year": 2025}, None),
        ],
    )
    def test_no_month_or_day_is_invented(self, given, start, end):
        (event,) = to_timelinejs(items_of(claim(time=given)))["events"]

        assert (event["start_date"], event.get("end_date")) == (start, end)

    def test_texts_are_escaped_as_they_become_html(self):
        given = claim(text="<img src=x onerror=alert(1)>", published_on="2021-12-14")

        (event,) = to_timelinejs(items_of(given))["events"]

        assert event["text"]["headline"] == "&lt;img src=x onerror=alert(1)&gt;"


class TestToIcs:
    def test_another_reader_finds_the_same_days(self):
        given = claim(time=time("2021-01-01", "2021-12-14", "year"), published_on="2021-12-14")

        events = icalendar.Calendar.from_ical(to_ics(items_of(given))).walk("VEVENT")

        assert [(e["DTSTART"].dt, e["DTEND"].dt) for e in events] == [
            (date(2021, 1, 1), date(2021, 12, 15)),
            (date(2021, 12, 14), date(2021, 12, 15)),
        ]

    def test_ids_are_stable_and_differ_by_lane(self):
        items = items_of(claim(time=time("2021-12-14", "2021-12-14"), published_on="2021-12-14"))

        calendar = icalendar.Calendar.from_ical(to_ics(items))

        assert to_ics(items) == to_ics(items)
        assert [str(e["UID"]) for e in calendar.walk("VEVENT")] == [
            "c1-happened@dateline",
            "c1-published@dateline",
        ]

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
    def test_any_text_comes_back_from_another_reader(self, text):
        items = items_of(claim(text=text, published_on="2021-12-14"))

        (event,) = icalendar.Calendar.from_ical(to_ics(items)).walk("VEVENT")

        assert str(event["SUMMARY"]) == items[0]["headline"]

    def test_no_line_is_longer_than_75_octets(self):
        text = to_ics(items_of(claim(text="é🌉" * 200, published_on="2021-12-14")))

        assert max(len(line.encode()) for line in text.split("\r\n")) == 75

    def test_the_last_day_of_the_calendar_has_no_next_day(self):
        given = claim(time=time("9999-01-01", "9999-12-31", "year"))

        assert "DTEND" not in to_ics(items_of(given))

    def test_an_injected_line_stays_inside_its_text(self):
        items = items_of(claim(published_on="2021-12-14"))
        items[0]["headline"] = "a\r\nEND:VEVENT"

        assert to_ics(items).count("\r\nEND:VEVENT") == 1
