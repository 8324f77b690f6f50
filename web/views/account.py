"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for

from accounts import services
from accounts.api import give_cookie, sign_in
from accounts.auth import COOKIE, allow
from db import transaction
from errors import DatelineError
from schemas.accounts import SignInSchema
from web import forms, people, places
from web.views.blueprint import desk


@desk.get("/sign-in")
@allow("open")
def sign_in_form() -> str:
    """Show the form to sign in."""
    return render_template("sign_in.html", back=request.args.get("back", ""), refusal=None)


@desk.post("/sign-in")
@allow("open")
def sign_in_post() -> Any:
    """Sign in, and go back to where somebody came from."""
    typed = forms.typed_in(request.form)
    try:
        data = forms.load(SignInSchema(), forms.filled(typed, ("name", "password")))
        _, cookie = sign_in(data["name"], data["password"])
    except DatelineError as error:
        message = people.in_words(str(error))
        shown = {"name": typed.get("name", "")}
        refusal = forms.refusal(error, "sign-in", shown, message)
        page = render_template("sign_in.html", back=typed.get("back", ""), refusal=refusal)
        return page, refusal.status
    return give_cookie(make_response(redirect(places.address(typed.get("back", "")), 303)), cookie)


@desk.post("/sign-out")
@allow("open")
def sign_out() -> Any:
    """Sign out."""
    cookie = request.cookies.get(COOKIE)
    if cookie:
        with transaction() as session:
            services.end_session(session, cookie)
    g.pop("actor", None)
    response = make_response(redirect(url_for("desk.queue"), 303))
    response.delete_cookie(COOKIE)
    return response
