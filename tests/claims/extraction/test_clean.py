"""Cleaning: what is not the article's own prose is set aside with its reason."""

from datetime import date

import pytest

from claims.extraction.clean import find_dateline, set_aside


def found(text):
    return [(a.reason, text[a.start : a.end]) for a in set_aside(text)]


class TestSetAside:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("date 2021-12-14\n", [("dateline", "date 2021-12-14")]),
            (
                "The dam broke. Read also | Dam breaks in the north. Two people died.",
                [("teaser", "Read also | Dam breaks in the north.")],
            ),
            (
                "Read also | Work on the dam will go on: Minister The dam was built in 1970.",
                [("teaser", "Read also | Work on the dam will go on: Minister")],
            ),
            (
                "Two died. (With inputs from agencies)",
                [("credit", "(With inputs from agencies)")],
            ),
            ("Reporting by Ann Lee", [("credit", "Reporting by Ann Lee")]),
            ("By Ann Lee", [("byline", "By Ann Lee")]),
            ("Share this on Facebook", [("share", "Share this on Facebook")]),
            ("PARIS, March 3, 2020 - The dam broke.", [("dateline", "PARIS, March 3, 2020 -")]),
            ("The dam broke on Monday.", []),
        ],
        ids=lambda value: value[:24] if isinstance(value, str) else "",
    )
    def test_it_is_named_with_its_reason(self, text, expected):
        assert found(text) == expected

    @pytest.mark.parametrize(
        ("line", "expected"),
        [
            ("Dam breaks in the north", [("heading", "Dam breaks in the north")]),
            ("By Ann Lee and Bo Ek, Reuters", [("byline", "By Ann Lee and Bo Ek, Reuters")]),
            ("Health correspondent", [("byline", "Health correspondent")]),
            ("Ann Lee, Political Editor", [("byline", "Ann Lee, Political Editor")]),
            ("Ann Lee in Nairobi", [("byline", "Ann Lee in Nairobi")]),
            ("Edited by Tom Hart", [("credit", "Edited by Tom Hart")]),
            ("—With assistance from Bo Ek", [("credit", "—With assistance from Bo Ek")]),
            ("Image caption: The dam", [("caption", "Image caption: The dam")]),
            ("The dam on Friday. Photo: AFP", [("caption", "The dam on Friday. Photo: AFP")]),
            ("The dam (AP Photo/Joe Doe)", [("caption", "The dam (AP Photo/Joe Doe)")]),
            ("Follow us on X", [("share", "Follow us on X")]),
            ("WhatsApp Facebook X", [("share", "WhatsApp Facebook X")]),
            (
                "Get the best of the news in your inbox",
                [("newsletter", "Get the best of the news in your inbox")],
            ),
            ("Advertisement", [("advertisement", "Advertisement")]),
            ("We use cookies on our site.", [("cookie", "We use cookies on our site.")]),
            ("Comments (12)", [("comments", "Comments (12)")]),
            ("5 min read", [("timestamp", "5 min read")]),
            ("Published 3 hours ago", [("timestamp", "Published 3 hours ago")]),
            (
                "Updated: March 02, 2022 14:02 IST",
                [("dateline", "Updated: March 02, 2022 14:02 IST")],
            ),
            ("Tags: dams, rain", [("tags", "Tags: dams, rain")]),
            ("Scores | Photos | Video", [("link", "Scores | Photos | Video")]),
            ("Team\tWon\tLost", [("table", "Team\tWon\tLost")]),
            ("Read more: Rain to go on", [("teaser", "Read more: Rain to go on")]),
            ("NEW DELHI: The dam broke.", [("dateline", "NEW DELHI:")]),
            ("Mumbai, Dec 14 (PTI) The dam broke.", [("dateline", "Mumbai, Dec 14 (PTI)")]),
            ("ATHENS, Greece (AP) — The dam broke.", [("dateline", "ATHENS, Greece (AP) —")]),
            ("It gave no details. (AFP)", [("credit", "(AFP)")]),
            (
                "It broke. Also Read: Floods kill 12 in Assam Chief Minister Rao said so.",
                [("teaser", "Also Read: Floods kill 12 in Assam")],
            ),
            (
                "ALSO READ | Court to hear plea on Monday He said it was late.",
                [("teaser", "ALSO READ | Court to hear plea on Monday")],
            ),
            (
                "It passed. Read More: Senate Passes Bill For Roads The bill is long.",
                [("teaser", "Read More: Senate Passes Bill For Roads")],
            ),
        ],
        ids=lambda value: value[:40] if isinstance(value, str) else "",
    )
    def test_a_line_in_an_article_is_told_from_its_prose(self, line, expected):
        assert found(f"The rain began on Monday.\n\n{line}\n\nIt ended on Friday.") == expected

    @pytest.mark.parametrize(
        "line",
        [
            "Sources said the talks failed.",
            "The firm was fined for its use of cookies without consent.",
            "Higher prices also contributed.",
            "The minister urged people to sign up for the scheme.",
            "Copyright law protects artists for 70 years.",
            "Like the minister, he resigned.",
            "This report was published by the ministry on Monday.",
            "Written by a team of five, the report is long.",
            "By Friday the bridge had collapsed.",
            "Brazil — the largest country in South America — has 200 million people.",
            "Video showed the man running.",
            "Share prices fell 3 percent.",
            "Topics ranged from trade to defence.",
            "He explained: We cannot pay.",
            "- Two firemen died in the flood",
        ],
    )
    def test_prose_that_begins_like_a_note_stays(self, line):
        assert found(f"The rain began on Monday.\n\n{line}\n\nIt ended on Friday.") == []

    def test_headlines_after_a_list_of_related_stories_belong_to_it(self):
        text = "The rain ended.\n\nMost read\nDam breaks in the north\nMayor to stay\n"

        assert [reason for reason, _ in found(text)] == ["teaser"] * 3

    def test_lines_that_are_wrapped_are_no_headings(self):
        text = (
            "The minister told the house that\nthe dam would be built\nby the end of\nthe year.\n"
        )

        assert found(text) == []

    def test_a_statement_alone_is_prose_without_its_full_stop(self):
        assert found("Inflation rose to 5 percent in March") == []


class TestFindDateline:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("date 2021-12-14\n\nText.", date(2021, 12, 14)),
            ("Dam breaks\nMarch 01, 2008\nText.", date(2008, 3, 1)),
            ("PARIS, March 3, 2020 - The dam broke.", date(2020, 3, 3)),
            ("PARIS, March 3, 2020 (AFP) — The dam broke.", date(2020, 3, 3)),
            ("Dam breaks\nUpdated: 3rd March 2020, 4:15 pm IST\nText.", date(2020, 3, 3)),
            ("The dam broke.\n\nPublished in The Day, March 3rd, 2020", date(2020, 3, 3)),
            ("The dam that broke on 2020-03-03 was old.", None),
            ("The dam broke.", None),
            ("date 2021-13-45\n", None),
        ],
    )
    def test_the_head_names_the_day(self, text, day):
        assert find_dateline(text) == day
