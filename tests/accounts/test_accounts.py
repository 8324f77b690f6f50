"""Accounts: tokens, passwords, sessions, and how often one may try."""

import pytest

from accounts import services
from accounts.models import Reviewer, SignIn, Token
from errors import BadCredentialsError, InvalidInputError
from permissions import Role

PASSWORD = "correct horse battery"
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def ana(app):
    with app.extensions["dateline.db"].writing() as session:
        return services.add_reviewer(session, "ana", Role.REVIEWER, password=PASSWORD).uuid


def sign_in(client, password=PASSWORD, name="ana"):
    return client.post("/api/v1/sign-in", json={"name": name, "password": password}, headers=SAME)


class TestTokens:
    def test_a_token_is_kept_as_a_digest_only(self, session):
        reviewer = services.add_reviewer(session, "bot", Role.REPORTER)

        token = services.issue_token(session, reviewer)

        row = session.query(Token).one()
        assert token.startswith("dl_")
        assert token not in (row.digest, row.hint)
        assert services.reviewer_of_token(session, token) is reviewer

    def test_a_revoked_token_is_nobodys(self, session):
        reviewer = services.add_reviewer(session, "bot", Role.REPORTER)
        token = services.issue_token(session, reviewer)

        services.revoke_tokens(session, reviewer)

        assert services.reviewer_of_token(session, token) is None


class TestPasswords:
    def test_they_are_hashed_with_argon2id(self, session):
        services.add_reviewer(session, "ana", Role.REVIEWER, password=PASSWORD)

        assert session.query(Reviewer).one().password_hash.startswith("$argon2id$")

    @pytest.mark.parametrize(("name", "password"), [("ana", "wrong"), ("nobody", PASSWORD)])
    def test_a_wrong_one_and_an_unknown_name_are_told_alike(self, session, name, password):
        services.add_reviewer(session, "ana", Role.REVIEWER, password=PASSWORD)

        with pytest.raises(BadCredentialsError, match="The name or the password is wrong"):
            services.check_password(session, name, password)

    def test_a_short_one_is_refused(self, session):
        with pytest.raises(InvalidInputError):
            services.add_reviewer(session, "ana", Role.REVIEWER, password="short")


class TestSignIn:
    def test_the_cookie_says_who_it_is(self, client, ana):
        answer = sign_in(client)

        assert answer.json == {"id": ana, "name": "ana", "role": "reviewer"}
        assert client.get("/api/v1/me").json["name"] == "ana"
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_the_cookie_itself_is_not_kept(self, app, client, ana):
        sign_in(client)

        cookie = client.get_cookie("dateline_session").value
        with app.extensions["dateline.db"].read_session() as session:
            assert session.query(SignIn).one().digest != cookie

    def test_signing_out_ends_it(self, client, ana):
        sign_in(client)

        assert client.delete("/api/v1/sign-in", headers=SAME).status_code == 204
        assert client.get("/api/v1/me").status_code == 401

    def test_thirty_wrong_passwords_end_in_429_even_for_the_right_one(self, client, ana):
        answers = [sign_in(client, "wrong") for _ in range(30)]

        assert answers[0].status_code == 401
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert sign_in(client).status_code == 429
