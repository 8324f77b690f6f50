"""What a verdict takes, before anybody proposes it: a piece of a page, or a page alone."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from accounts.auth import allow
from claims import grounds, services
from claims.models import Claim
from claims.statuses import Layer, Verdict
from db import reading
from errors import InvalidInputError
from web.views.blueprint import desk


def conditions(claim: Claim, layer: Layer, verdict: Verdict) -> dict[str, Any]:
    """Return the gate's answer for a verdict on a layer."""
    return grounds.gate_of(reading(), claim, layer, verdict).document()


@desk.get("/claims/<uuid:claim_id>/gate")
@allow("read")
def gate_page(claim_id: Any) -> Any:
    """Say which conditions of a verdict are met."""
    claim = services.get_claim(reading(), str(claim_id))
    layer, verdict = _asked()
    services.get_finding(reading(), claim, layer)
    shown = "_gate.html" if "HX-Request" in request.headers else "gate.html"
    return render_template(
        shown,
        claim=claim,
        layer=layer.value,
        verdict=verdict.value,
        gate=conditions(claim, layer, verdict),
    )


def _asked() -> tuple[Layer, Verdict]:
    try:
        layer = Layer(request.args.get("layer", "fact"))
        return layer, Verdict(request.args.get("verdict") or "verified")
    except ValueError as error:
        raise InvalidInputError(
            "There is no such verdict or layer.", {"verdict": "Choose one of the list."}
        ) from error
