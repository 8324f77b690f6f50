"""An article, its claims and people at the desk, for the tests of its pages."""

from __future__ import annotations

import pytest
from people import PASSWORD, Person

import factories
from accounts import services as accounts
from permissions import Role


@pytest.fixture
def article(app):
    with app.extensions["dateline.db"].writing() as session:
        return factories.make_article(session, title="The bridge", publisher="Daily").uuid


@pytest.fixture
def claim(client, article):
    return client.get(f"/api/v1/articles/{article}/claims").json["items"][0]["id"]


@pytest.fixture
def pair(app):
    """Two sources: a child and what it got it from."""
    with app.extensions["dateline.db"].writing() as session:
        return tuple(
            factories.make_source(session, title=title).uuid for title in ("Child", "Parent")
        )


@pytest.fixture
def account(app):
    with app.extensions["dateline.db"].writing() as session:
        accounts.add_reviewer(session, "ana", Role.REVIEWER, password=PASSWORD)


@pytest.fixture
def ana(app):
    return Person(app, "ana-the-reviewer", "reviewer")


@pytest.fixture
def ben(app):
    return Person(app, "ben-the-reviewer", "reviewer")


@pytest.fixture
def rita(app):
    return Person(app, "rita", "reporter")
