"""What the desk is, which keys it knows, what its words mean."""

from __future__ import annotations

from flask import render_template

from accounts.auth import allow
from web.views.blueprint import desk


@desk.get("/help")
@allow("open")
def help_page() -> str:
    """Show the keys and the words."""
    return render_template("help.html")
