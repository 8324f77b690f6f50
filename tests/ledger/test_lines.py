"""Lines put together from parts: the same bytes as the whole written at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import CanonicalError, canonical
from ledger.lines import VERSION, line_of

FIXED = {
    "log": "6f0c7c1e-3c1b-4f6d-9a55-7a3e0a4c7f10",
    "seq": 7,
    "type": "claim.created",
    "at": "2026-03-01T10:00:00.000000Z",
    "subject": "0b7b7c2e-5a0e-4f0b-8a53-1d0f6e1b2c3d",
    "subject_seq": 0,
    "prev": None,
    "actor": "system",
    "data": {},
    "sealed": {},
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)


class TestLineOf:
    @given(
        subject=TEXTS,
        actor=TEXTS,
        data=st.dictionaries(KEYS, TEXTS | st.integers(-9, 9) | st.lists(TEXTS)),
        names=st.sets(KEYS),
        prev=st.none() | st.just("sha256:" + "0f" * 32),
    )
    def test_it_is_the_canonical_form_of_the_whole(self, subject, actor, data, names, prev):
        sealed = {name: f"sha256:{number:064x}" for number, name in enumerate(names)}
        parts = FIXED | {"subject": subject, "actor": actor, "data": data, "prev": prev}
        parts["sealed"] = sealed

        assert line_of(**parts) == canonical({**parts, "v": VERSION})

    @pytest.mark.parametrize(
        ("part", "path"),
        [
            ({"data": {"score": 0.5}}, r"^\$\.data\.score: float"),
            ({"data": {"a b": 1}}, r"^\$\.data: the key 'a b'"),
            ({"sealed": {"näme": "sha256:00"}}, r"^\$\.sealed: the key 'näme'"),
            ({"subject": "\ud800"}, r"^\$\.subject: lone surrogate"),
        ],
    )
    def test_what_the_profile_does_not_allow_is_refused_by_its_path(self, part, path):
        with pytest.raises(CanonicalError, match=path):
            line_of(**FIXED | part)
