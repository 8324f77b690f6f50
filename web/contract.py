"""
What `/openapi.json` says beyond the schemas: how to sign in, what each operation takes, and what
the parameters that many operations share mean.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from accounts.auth import declared
from permissions import NEEDED, Permission

ABOUT = """
Claims out of news articles, what is held about each, and the proof of it.

- **Who asks**: send `Authorization: Bearer dl_…`; `flask user add NAME --role ROLE --token` makes a
  token. Where the desk lets everybody read, reading takes none; people then appear by pseudonym.
- **Errors** are `application/problem+json` with a stable `code`; `errors` names each field and what
  to do about it. `/docs/problems` explains the codes.
- **Versions**: a single record answers with an `ETag`. A change to one sends it in `If-Match`:
  without it the answer is 428, and 412 where the record changed. `If-None-Match` gives 304.
- **Lists** come in pages: `next` is the `cursor` of the page that follows, null on the last, and
  stands in `Link` too. `format=ndjson` and `format=csv` give the whole result as a stream.
- **Once only**: every POST takes an `Idempotency-Key`; the same key and body are answered the same.
- Times are RFC 3339 in UTC, days `YYYY-MM-DD`, decimals strings; offsets count code points, and
  `end` is exclusive.
""".strip()

#: The groups that operations are shown in: what a blueprint is called here, and in words.
GROUPS = {
    "articles": "Articles",
    "versions": "Articles",
    "claims": "Claims",
    "mementos": "Claims",
    "relations": "Claims",
    "similar": "What is held already",
    "search": "What is held already",
    "evidence": "Evidence",
    "sources": "Sources",
    "snapshots": "Sources",
    "claims_of_sources": "Sources",
    "timeline": "Timeline",
    "feed": "Decisions and predictions",
    "desk_api": "The desk",
    "exports": "Archive",
    "interchange": "Archive",
    "foreign": "Archive",
    "log": "The log",
    "accounts": "People",
}

#: Changes to a record that somebody must have seen.
MATCHED = {
    ("patch", "/api/v1/claims/{claim_id}"),
    ("post", "/api/v1/claims/{claim_id}/reviews"),
    ("post", "/api/v1/articles/{article_id}/versions"),
    ("patch", "/api/v1/sources/{source_id}"),
    ("post", "/api/v1/sources/{source_id}/notices"),
}

#: What parameters mean, wherever they occur.
PARAMETERS = {
    "limit": "How many items a page holds.",
    "cursor": "The `next` of the page before.",
    "format": "In which form the answer comes; JSON by default.",
    "sort": "By what the list is ordered; `-` before a name turns the order round.",
    "facet": "Counts to add, parted by commas: `facets` gives each value with its count.",
    "q": "Words that must occur, in the full text.",
    "status": "The public word about the claim; several parted by commas.",
    "verdict": "The verdict of the finding on whether it is true; several parted by commas.",
    "state": "Where that finding is in review; several parted by commas.",
    "kind": "Of which kind; several parted by commas.",
    "topic": "About what; several parted by commas.",
    "modality": "How firmly it is stated; several parted by commas.",
    "claimant": "Who stated it.",
    "entity": "A person, place, organisation or thing that it names.",
    "article": "The id of the article that it is in.",
    "source": "The id of a source that its evidence comes from.",
    "publisher": "Who published the article.",
    "checkable": "Whether it can be checked at all.",
    "from": "The first day; for claims, of a time that theirs overlaps with.",
    "to": "The last day.",
    "said_from": "The first day on which it was said.",
    "said_to": "The last day on which it was said.",
    "min_amount": "The least that one of its amounts may be.",
    "max_amount": "The most that one of its amounts may be.",
    "unit": "The unit that this amount is in, like `USD` or `kilometre`.",
    "assigned_to": "The pseudonym of whoever holds it or proposed about it.",
    "needs": "What it wants; several parted by commas. `another_look` is all of them.",
    "layer": "Which question: `fact` (is it true?) or `said` (did they say it?).",
}

_ROLE = "\n\nTakes the role {} or above."


def described(app: Flask, spec: dict[str, Any]) -> dict[str, Any]:
    """Add to the description of the API what its schemas do not say."""
    spec["info"]["description"] = ABOUT
    spec["tags"] = [{"name": name} for name in dict.fromkeys(GROUPS.values())]
    spec["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    spec["security"] = [{"token": []}, {}]
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        operations = spec["paths"].get(path, {})
        for method in {name.lower() for name in rule.methods or ()} & operations.keys():
            needed = declared(app, rule.endpoint, method.upper())
            _describe(operations[method], method, path, needed)
    return spec


def _describe(operation: dict[str, Any], method: str, path: str, needed: Permission | None) -> None:
    operation["tags"] = [GROUPS[tag] for tag in operation.get("tags", ())]
    for parameter in operation.get("parameters", ()):
        if parameter.get("name") in PARAMETERS:
            parameter.setdefault("description", PARAMETERS[parameter["name"]])
    headers = []
    if (method, path) in MATCHED:
        headers.append(_header("If-Match", "The `ETag` of the version that you read.", True))
    if method == "post":
        headers.append(_header("Idempotency-Key", "Yours; the same key answers the same.", False))
    if headers:
        operation["parameters"] = [*operation.get("parameters", ()), *headers]
    if needed not in (None, Permission.OPEN, Permission.READ):
        told = operation.get("description", "") + _ROLE.format(NEEDED[needed])
        operation["description"] = told.strip()
        operation["security"] = [{"token": []}]


def _header(name: str, description: str, is_required: bool) -> dict[str, Any]:
    return {
        "in": "header",
        "name": name,
        "description": description,
        "required": is_required,
        "schema": {"type": "string"},
    }
