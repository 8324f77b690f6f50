"""ClaimReviews of other desks: every shape that feeds have, a code for each defect."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.claimreview_reading import find_reviews, read_review, scripts_of
from factories import claim_review as review
from shared_files import SHARED, needs_shared

VECTORS = SHARED / "vectors" / "claimreview_import.json"


def rating(**changed):
    return {**review()["reviewRating"], **changed}


class TestVectors:
    @needs_shared
    @pytest.mark.parametrize(
        "case",
        json.loads(VECTORS.read_text()) if VECTORS.exists() else [],
        ids=lambda case: case["name"],
    )
    def test_each_case_has_the_codes_that_it_should(self, case):
        found = [read_review(raw) for raw in find_reviews(case["input"])]

        assert len(found) == 1
        assert sorted(found[0].warnings) == sorted(case["expect_warnings"])


class TestFindReviews:
    @pytest.mark.parametrize(
        "wrapped",
        [
            review(),
            [review()],
            {"@graph": [{"@type": "WebPage"}, review()]},
            {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": review()}]},
            {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": [review()]}]},
            {**review(), "@type": ["Review", "https://schema.org/ClaimReview"]},
        ],
        ids=["alone", "array", "graph", "feed", "item list", "types as addresses"],
    )
    def test_a_review_is_found_in_every_wrapper(self, wrapped):
        assert [r["claimReviewed"] for r in find_reviews(wrapped)] == [review()["claimReviewed"]]

    @given(
        st.recursive(
            st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            "@type",
                            "@graph",
                            "item",
                            "claimReviewed",
                            "author",
                            "url",
                            "reviewRating",
                        ]
                    ),
                    inner | st.just("ClaimReview"),
                )
            ),
            max_leaves=30,
        )
    )
    def test_anything_at_all_is_read_without_an_error(self, value):
        for raw in find_reviews(value):
            found = read_review(raw)

            assert found.claim is None or found.claim.strip()


class TestReadReview:
    @pytest.mark.parametrize(
        ("changed", "codes"),
        [
            pytest.param({}, [], id="clean"),
            pytest.param({"author": None}, ["no-author"], id="no author"),
            pytest.param({"claimReviewed": "  "}, ["no-claim"], id="empty claim"),
            pytest.param({"url": None}, ["no-url"], id="no address"),
            pytest.param({"url": "javascript:alert(1)"}, ["bad-url"], id="script for an address"),
            pytest.param({"url": "http://[::1"}, ["bad-url"], id="broken address"),
            pytest.param({"datePublished": None}, ["no-date"], id="no date"),
            pytest.param({"datePublished": "2022-02-30"}, ["bad-date"], id="no such day"),
            pytest.param({"datePublished": "last week"}, ["bad-date"], id="words for a date"),
            pytest.param({"reviewRating": None}, ["no-rating"], id="no rating"),
            pytest.param({"reviewRating": rating(alternateName=None)}, ["no-label"], id="no label"),
            pytest.param(
                {"reviewRating": rating(ratingValue="two")},
                ["scale-invalid"],
                id="a word as number",
            ),
            pytest.param(
                {"reviewRating": rating(bestRating=1, worstRating=1, ratingValue=1)},
                ["scale-invalid"],
                id="scale of one step",
            ),
            pytest.param(
                {"reviewRating": rating(bestRating=1, worstRating=5, ratingValue=3)},
                [],
                id="scale that runs down",
            ),
        ],
    )
    def test_a_defect_has_its_code(self, changed, codes):
        assert list(read_review(review(**changed)).warnings) == codes

    def test_the_publisher_stands_in_for_a_missing_author(self):
        found = read_review(review(author=None, publisher={"name": "The Desk"}))

        assert (found.publisher, found.warnings) == ("The Desk", ())

    def test_claimant_and_appearances_are_read_from_an_older_creative_work(self):
        item = {
            "@type": "CreativeWork",
            "author": [{"name": "A minister"}],
            "url": "https://a.example/1",
        }

        found = read_review(review(itemReviewed=item))

        assert (found.claimant, found.appearances) == ("A minister", ("https://a.example/1",))


class TestScriptsOf:
    def test_each_json_ld_script_of_a_page_is_found(self):
        page = (
            "<script>var x</script><SCRIPT type='application/ld+json'>{\"a\": 1}</SCRIPT>"
            '<script id=x type="application/ld+json">[2]'
        )

        assert list(scripts_of(page)) == ['{"a": 1}', "[2]"]
