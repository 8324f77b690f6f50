"""A form's texts become what a schema takes, and a refused form loses nothing."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from errors import InvalidInputError, StaleVersionError
from schemas.claims import ReviewSchema
from web import forms


class TestTypedIn:
    def test_line_ends_are_as_they_were_typed(self):
        typed = forms.typed_in(MultiDict({"text": "One.\r\n\r\nTwo.\rThree."}))

        assert typed == {"text": "One.\n\nTwo.\nThree."}


class TestFilled:
    def test_what_was_left_out_is_left_out(self):
        assert forms.filled({"a": "x", "b": "", "c": " \n"}, ("a", "b", "c", "d")) == {"a": "x"}

    def test_what_was_not_asked_for_is_not_taken(self):
        assert forms.filled({"a": "x", "role": "admin"}, ("a",)) == {"a": "x"}

    def test_a_dot_goes_into_a_record(self):
        typed = {"source.kind": "wire", "source.title": "T", "note": "n"}

        found = forms.filled(typed, ("source.kind", "source.title", "note"))

        assert found == {"source": {"kind": "wire", "title": "T"}, "note": "n"}


class TestWholeNumber:
    @pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "٣", "9" * 10, " 1"])
    def test_anything_else_is_refused(self, value):
        with pytest.raises(InvalidInputError):
            forms.whole_number({"version": value}, "version", "No.")

    def test_a_number_is_read(self):
        assert forms.whole_number({"version": "12"}, "version", "No.") == 12


class TestLoad:
    def test_each_wrong_field_is_named(self):
        with pytest.raises(InvalidInputError) as caught:
            forms.load(ReviewSchema(), {"action": "bless", "layer": "fact"})

        assert list(caught.value.fields) == ["action"]

    def test_characters_that_cannot_be_kept_are_refused(self):
        with pytest.raises(InvalidInputError):
            forms.load(ReviewSchema(), {"action": "propose", "rationale": "a\0b"})


class TestRefusal:
    def test_what_was_typed_is_kept(self):
        error = InvalidInputError("No.", {"reason": "Say why."})

        found = forms.refusal(error, "send_back-fact", {"reason": ""}, "No.")

        assert (found.status, found.fields, found.typed) == (
            422,
            {"reason": "Say why."},
            {"reason": ""},
        )

    def test_a_changed_record_is_told_apart(self):
        assert forms.refusal(StaleVersionError("Changed."), "take-fact", {}, "Changed.").is_stale
