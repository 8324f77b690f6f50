"""The map of heads in pages: the same hash and proofs as of all heads at once."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import head_pages, heads
from ledger.head_pages import HeadPages, PagesBrokenError, PagesInMemory

ALL = [
    (f"00000000-0000-4000-8000-{number:012}", number % 5, hashlib.sha256(b"%d" % number).digest())
    for number in range(900)
]


def pages_of(*changes):
    """Make pages by changes, one after the other."""
    kept = PagesInMemory()
    for change in changes:
        HeadPages(kept).change(change)
    return kept


def later(head):
    """Return the head of the same subject one event later."""
    subject, number, leaf = head
    return subject, number + 1, hashlib.sha256(leaf).digest()


class TestChange:
    @pytest.mark.parametrize("count", [0, 1, 2, 32, 33, 34, 200, 900])
    def test_all_at_once_give_the_hash_and_the_number_of_all_heads(self, count):
        root = HeadPages(pages_of(ALL[:count])).root()

        assert root == (count, heads.heads_root(ALL[:count]))

    @given(st.lists(st.lists(st.integers(0, len(ALL) - 1), max_size=90), max_size=8))
    def test_changes_give_the_hash_of_the_last_heads(self, changes):
        kept, last = PagesInMemory(), {}
        for change in changes:
            for number in change:
                last[number] = later(last.get(number, ALL[number]))
            HeadPages(kept).change([last[number] for number in change])

        assert HeadPages(kept).root() == (len(last), heads.heads_root(last.values()))

    def test_the_pages_do_not_depend_on_the_way_there(self):
        one_by_one = pages_of(*([head] for head in ALL[:300]))

        assert one_by_one == pages_of(ALL[200:300], ALL[:200]) == pages_of(ALL[:300])

    def test_many_are_changed_a_few_at_a_time(self, monkeypatch):
        at_once = pages_of(ALL)
        monkeypatch.setattr(head_pages, "_AT_ONCE", 50)

        assert pages_of(ALL) == at_once

    def test_a_few_heads_change_a_few_pages(self):
        kept = pages_of(ALL)
        before = dict(kept)

        HeadPages(kept).change([later(ALL[5])])

        assert sum(content != before[name] for name, content in kept.items()) <= 3

    def test_a_page_that_is_not_as_written_is_not_built_upon(self):
        kept = pages_of(ALL)
        place = f"{heads.place_of(ALL[5][0]):064x}"
        (name,) = (n for n in kept if n and place.startswith(n) and kept[n][0] == 0)
        kept[name] = kept[name][:-1] + bytes([kept[name][-1] ^ 1])

        with pytest.raises(PagesBrokenError, match="speaks of"):
            HeadPages(kept).change([later(ALL[5])])

    @pytest.mark.parametrize("content", [b"", b"\x02", b"\x00ab", b"\x01ab"])
    def test_what_is_no_page_is_not_built_upon(self, content):
        with pytest.raises(PagesBrokenError, match="cannot be read"):
            HeadPages(PagesInMemory({"": content})).change(ALL[:1])


class TestProof:
    @pytest.mark.parametrize("count", [1, 2, 32, 33, 300, 900])
    def test_it_is_the_proof_from_all_heads(self, count):
        kept = HeadPages(pages_of(ALL[:count]))

        for subject, _, _ in ALL[: min(count, 50)]:
            assert kept.proof(subject) == heads.heads_proof(ALL[:count], subject)

    @pytest.mark.parametrize("count", [0, 1, 40, 899])
    def test_a_subject_without_events_has_none(self, count):
        with pytest.raises(ValueError, match="no head"):
            HeadPages(pages_of(ALL[:count])).proof(ALL[899][0])
