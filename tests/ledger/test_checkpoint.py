"""Checkpoints: signed notes verify, altered, cut or foreign ones do not."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from errors import SignatureInvalidError
from ledger import checkpoint
from ledger.keys import SigningKey

ORIGIN = "desk.example/log"
ROOT = b"\x07" * 32


def key_of(number):
    return SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32))


KEY, OTHER = key_of(1), key_of(2)
VKEY, OTHER_VKEY = (checkpoint.verifier_key(ORIGIN, key.public_bytes) for key in (KEY, OTHER))
NOTE = checkpoint.sign(ORIGIN, 5, ROOT, [KEY])


class TestNoteText:
    def test_it_is_origin_size_and_root(self):
        assert checkpoint.note_text(ORIGIN, 5, ROOT) == (
            "desk.example/log\n5\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"
        )

    @pytest.mark.parametrize("origin", ["", "a b", "a+b", "a\nb", "a\x00", "a\u00a0b"], ids=ascii)
    def test_an_origin_that_cannot_be_told_from_the_rest_is_refused(self, origin):
        with pytest.raises(ValueError):
            checkpoint.note_text(origin, 5, ROOT)


class TestVerifierKey:
    def test_the_key_of_the_signed_note_specification_keeps_its_id(self):
        name, public_key = checkpoint.parse_verifier_key(
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        )

        assert (name, checkpoint.key_id(name, public_key).hex()) == ("PeterNeumann", "c74f20a3")

    def test_what_is_printed_is_read(self):
        assert checkpoint.parse_verifier_key(VKEY) == (ORIGIN, KEY.public_bytes)

    @pytest.mark.parametrize(
        "vkey",
        [
            "",
            "a+b",
            VKEY[:-1],
            VKEY.replace("+", "x", 1),
            "other" + VKEY,
            f"{ORIGIN}+00000000+{VKEY.split('+', 2)[2]}",
            f"{ORIGIN}+{VKEY.split('+')[1]}+{base64.b64encode(b'02' + KEY.public_bytes).decode()}",
            f"{ORIGIN}+{VKEY.split('+')[1]}+é",
        ],
    )
    def test_what_is_not_a_key_is_refused(self, vkey):
        with pytest.raises(SignatureInvalidError):
            checkpoint.parse_verifier_key(vkey)


class TestParseNote:
    def test_it_says_what_was_signed(self):
        note = checkpoint.parse_note(NOTE)

        assert (note.origin, note.size, note.root) == (ORIGIN, 5, ROOT)
        assert note.body.decode() == checkpoint.note_text(ORIGIN, 5, ROOT)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n\n",
            NOTE[:-1],
            NOTE.split("\n\n")[0],
            NOTE.split("\n\n")[0] + "\n\n",
            NOTE.replace("\n5\n", "\n05\n"),
            NOTE.replace("\n5\n", "\n-5\n"),
            NOTE.replace("\n5\n", "\n٥\n"),
            NOTE.replace("\n5\n", "\n"),
            NOTE.replace("\n", "\r\n"),
            NOTE.replace("Bwc=", "Bwd="),
            NOTE.replace("BwcH", "", 1),
            NOTE.replace("—", "-"),
            NOTE + "\n",
            NOTE + "— x AAAA\n",
            "a" * 200_000,
        ],
        ids=lambda text: ascii(text)[-20:],
    )
    def test_what_is_not_a_note_is_refused(self, text):
        with pytest.raises(SignatureInvalidError):
            checkpoint.parse_note(text)


class TestVerify:
    def test_a_signed_note_verifies_with_its_key(self):
        assert checkpoint.verify(checkpoint.parse_note(NOTE), [OTHER_VKEY, VKEY]) == VKEY

    def test_a_note_signed_by_two_keys_verifies_with_either(self):
        note = checkpoint.parse_note(checkpoint.sign(ORIGIN, 5, ROOT, [KEY, OTHER]))

        assert checkpoint.verify(note, [VKEY]) == VKEY
        assert checkpoint.verify(note, [OTHER_VKEY]) == OTHER_VKEY

    def test_a_signature_of_another_kind_is_passed_over(self):
        cosigned = NOTE + f"— witness.example {base64.b64encode(b'x' * 76).decode()}\n"

        assert checkpoint.verify(checkpoint.parse_note(cosigned), [VKEY]) == VKEY

    @pytest.mark.parametrize(
        "text",
        [
            NOTE.replace("\n5\n", "\n6\n"),
            NOTE.replace("BwcH", "BwcI", 1),
            NOTE.replace("desk.example/log\n", "desk.example/lag\n", 1),
            NOTE.replace("\n\n", "\nmore\n\n"),
        ],
    )
    def test_an_altered_note_is_refused(self, text):
        with pytest.raises(SignatureInvalidError):
            checkpoint.verify(checkpoint.parse_note(text), [VKEY])

    def test_an_unknown_key_is_refused(self):
        with pytest.raises(SignatureInvalidError, match="No known key"):
            checkpoint.verify(checkpoint.parse_note(NOTE), [OTHER_VKEY])

    def test_one_wrong_signature_refuses_the_note_although_another_holds(self):
        forged = checkpoint.sign(ORIGIN, 6, ROOT, [OTHER]).split("\n\n")[1]

        with pytest.raises(SignatureInvalidError, match="is wrong"):
            checkpoint.verify(checkpoint.parse_note(NOTE + forged), [VKEY, OTHER_VKEY])

    def test_a_key_of_another_log_does_not_count(self):
        foreign = checkpoint.verifier_key("other.example", KEY.public_bytes)

        with pytest.raises(SignatureInvalidError):
            checkpoint.verify(checkpoint.parse_note(NOTE), [foreign])
