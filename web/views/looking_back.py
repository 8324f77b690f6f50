"""Pages as of a moment: `?as_of=` on what the desk shows, read only."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from flask import Response, make_response, request

from schemas.memento import remembers


def looks_back(view: Callable[..., Any]) -> Callable[..., Any]:
    """Have a page answer about the past too; a field that was left empty asks about now."""

    @remembers
    def past(*args: Any, **kwargs: Any) -> Response:
        return make_response(view(*args, **kwargs))

    @functools.wraps(view)
    def answer(*args: Any, **kwargs: Any) -> Any:
        if not request.args.get("as_of"):
            return view(*args, **kwargs)
        return past(*args, **kwargs)

    return answer
