"""A claim's whole provenance on one sheet: what a journalist asks, and takes along on paper."""

from __future__ import annotations

from typing import Any

from flask import render_template

from accounts.auth import allow, is_signed_in
from claims import provenance, services
from db import reading
from web import people
from web.views.blueprint import desk
from web.views.looking_back import looks_back


@desk.get("/claims/<uuid:claim_id>/provenance")
@looks_back
@allow("read")
def provenance_page(claim_id: Any) -> str:
    """Say who said it, who passed it on, what stands for and against it, who decided what."""
    session = reading()
    claim = services.get_claim(session, str(claim_id))
    found = provenance.provenance_of(session, claim, is_private=is_signed_in())
    people.learn_names(found["claim"], found["decisions"], *found["evidence"].values())
    appearances = [found["first_appearance"], *found["relays"]]
    sources = {each["source"]["id"]: each["source"] for each in appearances if each}
    return render_template("provenance.html", known=found, claim=found["claim"], sources=sources)
