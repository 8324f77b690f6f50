"""People at the desk, for the tests of its pages."""

from __future__ import annotations

from accounts import services as accounts
from accounts.auth import COOKIE
from permissions import Actor, Role

PASSWORD = "correct horse battery"


class Person:
    """Somebody with a browser of their own, signed in."""

    def __init__(self, app, name: str, role: str) -> None:
        with app.extensions["dateline.db"].writing() as session:
            reviewer = accounts.add_reviewer(session, name, Role(role))
            cookie = accounts.start_session(session, reviewer, hours=1)
            self.actor = Actor(reviewer.uuid, Role(role))
        self.name = name
        self.client = app.test_client()
        self.client.set_cookie(COOKIE, cookie)

    def get(self, path: str):
        """Open a page as a browser does."""
        return self.client.get(path, headers={"Accept": "text/html"})

    def post(self, path: str, follow: bool = False, **form):
        """Send a form as a browser does from the desk's own page."""
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        return self.client.post(path, data=form, headers=headers, follow_redirects=follow)
