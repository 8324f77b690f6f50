"""Tests of `sources/independence.py`: counts of origins, their tree and their reason."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared_files import SHARED, needs_shared
from sources.independence import Derivation, Source, count_origins

VECTORS = SHARED / "vectors" / "independence.json"


def vectors() -> list[dict]:
    return json.loads(VECTORS.read_text(encoding="utf-8")) if VECTORS.exists() else []


def supporting(*names: str, **fields) -> list[Source]:
    return [Source(name, "supports", **fields) for name in names]


def cited(*pairs: tuple[str, str], **fields) -> list[Derivation]:
    return [Derivation(child, parent, **fields) for child, parent in pairs]


@needs_shared
class TestVectors:
    @pytest.mark.parametrize("case", vectors(), ids=lambda case: case["name"])
    def test_counts_origins_and_loops_are_as_given(self, case):
        sources = [Source(name, **fields) for name, fields in case["sources"].items()]

        found = count_origins(
            sources, cited(*case["derives"]), same_text=[tuple(p) for p in case["same_origin"]]
        )

        assert {
            "supporting": found.supporting,
            "independent": found.confirmed,
            "strict": found.strict,
            "origins": list(found.origins),
            "circular": [list(loop) for loop in found.circular],
        } == case["expect"]


class TestCountOrigins:
    def test_nothing_supports_nothing(self):
        found = count_origins([])

        assert (found.supporting, found.confirmed, found.reason) == (
            0,
            0,
            "No source supports this.",
        )

    def test_the_reason_names_the_origins_and_who_repeats_them(self):
        sources = [
            *supporting("a", "b", "c"),
            Source("wire", "supports", label="AP"),
            Source("x", "supports", label="court record"),
        ]

        found = count_origins(sources, cited(("a", "wire"), ("b", "wire"), ("c", "b")))

        assert found.reason == ("5 sources, 2 independent origins (AP; court record). 3 repeat AP.")
        assert found.repeats == {"wire": ("a", "b", "c"), "x": ()}

    def test_origins_are_named_as_they_appeared_and_then_by_name(self):
        sources = [
            Source("1", "supports", label="The Sun", appeared_on="2021-12-12"),
            Source("2", "supports", label="radio"),
            Source("3", "supports", label="The Post", appeared_on="2021-12-10"),
            Source("4", "supports", label="Court"),
        ]

        found = count_origins(sources, cited(("x", "3"), ("y", "1")))

        assert "(The Post; The Sun; Court; radio)" in found.reason

    def test_a_shared_speaker_is_named_as_the_reason(self):
        found = count_origins(
            supporting("a", "b", "c"), cited(("a", "b"), kind="same_speaker", basis="confirmed")
        )

        assert found.confirmed == 2
        assert "a and b rest on the same unnamed speaker." in found.reason

    def test_a_suspected_speaker_is_no_reason_yet(self):
        found = count_origins(
            supporting("a", "b"), cited(("a", "b"), kind="same_speaker", basis="detected")
        )

        assert (found.confirmed, found.suspected) == (2, 1)
        assert "speaker" not in found.reason

    def test_two_sources_of_one_publisher_are_told_apart_by_their_titles(self):
        sources = [
            Source("a", "supports", label="The Post", title="Ferry aground"),
            Source("b", "supports", label="The Post", title="Ferry towed"),
            Source("c", "supports", label="The Sun", title="Ferry"),
        ]

        found = count_origins(sources)

        assert [node.label for node in found.tree] == [
            "The Post, “Ferry aground”",
            "The Post, “Ferry towed”",
            "The Sun",
        ]

    def test_outlets_citing_only_each_other_count_nothing(self):
        found = count_origins(supporting("p", "q"), cited(("p", "q"), ("q", "p")))

        assert (found.confirmed, found.strict, found.circular) == (0, 0, (("p", "q"),))
        assert found.reason == ("2 sources, no independent origin. p and q cite only each other.")

    def test_a_loop_of_same_texts_counts_nothing(self):
        sources = supporting("p", "q", text_sha256="ab")

        found = count_origins(sources, cited(("p", "q"), ("q", "p")))

        assert (found.confirmed, found.circular) == (0, (("p", "q"),))

    def test_a_copy_of_the_first_text_further_down_closes_no_loop(self):
        sources = [
            Source("first", "supports", text_sha256="ab"),
            Source("relay", "supports"),
            Source("copy", "supports", text_sha256="ab"),
        ]

        found = count_origins(sources, cited(("relay", "first"), ("copy", "relay")))

        assert (found.origins, found.circular) == (("first",), ())

    def test_same_digest_is_the_same_source(self):
        found = count_origins(supporting("p", "q", text_sha256="ab"))

        assert (found.confirmed, found.origins) == (1, ("p",))

    def test_two_reports_of_one_unnamed_speaker_are_one_origin(self):
        found = count_origins(supporting("p", "q", own_reporting=True, speaker="official"))

        assert found.confirmed == 1
        assert "p and q rest on the same unnamed speaker." in found.reason

    def test_a_derivation_from_the_same_speaker_merges_own_reporting(self):
        sources = supporting("p", "q", own_reporting=True)

        found = count_origins(sources, cited(("p", "q"), kind="same_speaker"))

        assert found.confirmed == 1

    def test_origins_of_one_owner_count_once_strictly(self):
        sources = [*supporting("p", "q", owner="Big  Group"), *supporting("r", owner="big group")]

        found = count_origins(sources)

        assert (found.confirmed, found.strict) == (3, 1)
        assert "have the same owner" in found.reason

    def test_origins_without_owner_stay_apart_strictly(self):
        assert count_origins(supporting("p", "q")).strict == 2

    def test_a_detected_copy_changes_only_the_suspected_count(self):
        found = count_origins(supporting("p", "q"), cited(("p", "q"), basis="detected"))

        assert (found.confirmed, found.suspected) == (2, 1)
        assert "If the suspected copies are confirmed, 1 independent origin remains." in (
            found.reason
        )

    @pytest.mark.parametrize(("basis", "confirmed"), [("confirmed", 1), ("rejected", 2)])
    def test_a_person_decides_on_a_copy(self, basis, confirmed):
        found = count_origins(supporting("p", "q"), cited(("p", "q"), basis=basis))

        assert (found.confirmed, found.suspected) == (confirmed, confirmed)

    def test_a_refusal_outlives_a_new_detection(self):
        derivations = cited(("p", "q"), basis="rejected") + cited(("p", "q"), basis="detected")

        assert count_origins(supporting("p", "q"), derivations).suspected == 2

    def test_a_loop_that_nobody_supports_from_is_not_listed(self):
        found = count_origins(
            [*supporting("p"), Source("q"), Source("r")], cited(("q", "r"), ("r", "q"))
        )

        assert (found.origins, found.circular) == (("p",), ())

    def test_contrary_evidence_is_counted_by_naming_its_stances(self):
        sources = [Source("p", "refutes"), Source("q", "supports")]

        found = count_origins(sources, stances=frozenset({"refutes", "disputes"}))

        assert found.origins == ("p",)

    def test_an_origin_that_was_taken_back_counts_nothing(self):
        sources = [*supporting("a", "b"), Source("wire", label="AP", is_retracted=True)]

        found = count_origins(sources, cited(("a", "wire")))

        assert (found.confirmed, found.suspected, found.origins) == (1, 1, ("b",))
        assert found.reason == "2 sources, 1 independent origin (b). AP was retracted: no origin."

    def test_the_tree_gives_each_source_its_role_and_its_way_upstream(self):
        sources = [*supporting("a", "b"), Source("z", "refutes")]
        derivations = cited(("a", "AP")) + cited(("b", "a"), basis="detected")

        tree = {node.id: node for node in count_origins(sources, derivations).tree}

        assert {name: node.role for name, node in tree.items()} == {
            "a": "repeat",
            "AP": "origin",
            "b": "origin",
            "z": "other",
        }
        assert [(step.id, step.counted) for step in tree["b"].upstream] == [("a", False)]

    def test_same_sources_name_each_other_in_the_tree(self):
        tree = count_origins(supporting("p", "q", "r", text_sha256="ab")).tree

        assert [node.same_as for node in tree] == [("q", "r"), ("p",), ("p",)]

    def test_a_chain_of_ten_thousand_relays_has_one_origin(self):
        names = [f"{number:05}" for number in range(10_000)]

        found = count_origins(supporting(*names), cited(*itertools.pairwise(names)))

        assert found.origins == (names[-1],)
        assert len(found.repeats[names[-1]]) == 9_999

    def test_a_loop_of_ten_thousand_is_listed_whole(self):
        names = [f"{number:05}" for number in range(10_000)]

        found = count_origins(
            supporting(*names), cited(*zip(names, names[1:] + names[:1], strict=True))
        )

        assert (found.confirmed, len(found.circular[0])) == (0, 10_000)
        assert found.reason.endswith("and 9992 more cite only each other.")

    def test_own_reporting_along_a_long_chain_stays_quick(self):
        names = [f"{number:05}" for number in range(5_000)]
        sources = supporting(*names, own_reporting=True)

        found = count_origins(sources, cited(*itertools.pairwise(names)))

        assert found.confirmed == 5_000
        assert "and 4992 more" in found.reason


NAMES = st.sampled_from("abcdef")
EDGES = st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]), max_size=10)


def slowly(names: str, edges: list[tuple[str, str]], own: set[str]) -> set[str]:
    """Return the origins by walking every path: right by its plainness, not by its speed."""
    reach = {name: {name} for name in "abcdef"}
    for _ in "abcdef":
        for child, parent in edges:
            reach[child] |= reach[parent]
    ends = {name for name in "abcdef" if name not in {child for child, _ in edges}}
    return {o for name in names for o in reach[name] if o in ends or o in own}


class TestAgainstPlainWalk:
    @settings(max_examples=200, deadline=None)
    @given(edges=EDGES, own=st.sets(NAMES), names=st.sets(NAMES))
    def test_origins_are_the_ends_of_walks_and_own_reporting(self, edges, own, names):
        sources = [
            Source(n, "supports" if n in names else None, own_reporting=n in own) for n in "abcdef"
        ]

        found = count_origins(sources, cited(*edges))

        assert set(found.origins) == slowly("".join(names), edges, own)

    @settings(max_examples=100, deadline=None)
    @given(edges=EDGES, copied=NAMES)
    def test_another_copy_of_a_text_never_changes_the_count(self, edges, copied):
        sources = [Source(n, "supports", text_sha256=n) for n in "abcdef"]
        copy = Source("g", "supports", text_sha256=copied)

        before = count_origins(sources, cited(*edges))
        after = count_origins([*sources, copy], cited(*edges, ("g", copied)))

        assert after.confirmed == before.confirmed
