"""The time map of a claim: the moments at which it changed, as RFC 7089 lists them."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from accounts.auth import allow, settings
from claims import services
from db import reading
from ledger.log import events_of
from schemas.base import Blueprint
from schemas.memento import http_date

blueprint = Blueprint("mementos", __name__, url_prefix="/api/v1/claims", description="Claims")


def time_map(original: str, moments: list[str]) -> str:
    """Return a time map in application/link-format: one memento for each moment, oldest first."""
    first, last = http_date(moments[0]), http_date(moments[-1])
    links = [
        f'<{original}>; rel="original timegate"',
        f'<{original}/timemap>; rel="self"; type="application/link-format"; '
        f'from="{first}"; until="{last}"',
    ]
    for number, moment in enumerate(moments):
        ends = ["first"] * (number == 0) + ["last"] * (number == len(moments) - 1)
        relation = " ".join([*ends, "memento"])
        links.append(
            f'<{original}?as_of={moment}>; rel="{relation}"; datetime="{http_date(moment)}"'
        )
    return ",\n".join(links) + "\n"


@blueprint.route("/<uuid:claim_id>/timemap")
class TimeMap(MethodView):
    """When a claim changed."""

    @blueprint.response(200, content_type="application/link-format")
    @allow("read")
    def get(self, claim_id: Any) -> Response:
        """List the moments at which a claim changed, each with its address as of then."""
        session = reading()
        claim = services.get_claim(session, str(claim_id))
        moments = sorted({event.at for event, _ in events_of(session, claim.uuid)})
        original = f"{settings().base_url.rstrip('/')}{blueprint.url_prefix}/{claim.uuid}"
        return Response(time_map(original, moments), mimetype="application/link-format")
