"""What an export says about itself: README, RO-Crate metadata, dictionary, what others lose."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent

#: A file of an export: path in the payload, media type, what it is.
Part = tuple[str, str, str]

_NDJSON = "application/x-ndjson"
_CRATE = "https://w3id.org/ro/crate/1.2"

#: Files and folders that every export has, relative to the payload.
PARTS: tuple[Part, ...] = (
    ("README.txt", "text/plain", "What is here, and how to check it by hand"),
    ("dictionary.md", "text/markdown", "What each field of the records means"),
    ("losses.json", "application/json", "What each interchange format cannot carry"),
    ("verify.py", "text/x-python", "Checks all of it with Python's standard library"),
    ("log/events.ndjson", _NDJSON, "Every event of the log, one canonical JSON line each"),
    ("log/disclosures.ndjson", _NDJSON, "What opens the sealed values"),
    ("log/checkpoint.txt", "text/plain", "The signed size and root of the log"),
    ("log/keys.json", "application/json", "The keys that sign checkpoints"),
    ("log/checkpoints/", "", "Earlier checkpoints"),
    ("pages/", "", "Fetched pages as WARC in WACZ"),
    ("records/", "", "Articles, claims, evidence, sources and so on, as the log leaves them"),
    ("schemas/", "", "JSON Schemas of the records and of the log's lines"),
    ("snapshots/", "", "Documents as captured, and the text read in them, by SHA-256"),
)


def pretty(value: Any) -> bytes:
    """Return JSON that is read by people, always in the same bytes."""
    return (json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def readme(facts: Mapping[str, Any]) -> bytes:
    """Return the explanation that travels in the bag."""
    return (HERE / "README.txt").read_text("utf-8").format(**facts).encode()


def losses() -> bytes:
    """Return what each interchange format cannot carry."""
    return (HERE / "losses.json").read_bytes()


def meanings() -> dict[str, dict[str, str]]:
    """Return what each field means, by record."""
    return tomllib.loads((HERE / "dictionary.toml").read_text("utf-8"))


def dictionary(schemas: Mapping[str, Any]) -> bytes:
    """Return the data dictionary: for each record its fields, their types and meanings."""
    told = meanings()
    lines = ["# Data dictionary", ""]
    for title, schema in sorted(_objects(schemas).items()):
        lines += [f"## {title}", "", schema.get("description", ""), ""]
        lines += ["| field | type | meaning |", "| --- | --- | --- |"]
        for name, field in sorted(schema.get("properties", {}).items()):
            meaning = told.get(title, {}).get(name) or told["*"].get(name, "")
            lines.append(f"| `{name}` | {_type(field)} | {meaning} |")
        lines.append("")
    return "\n".join(lines).encode()


def _objects(schemas: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for name, schema in schemas.items():
        found[name] = schema
        found |= schema.get("$defs", {})
    return {name: schema for name, schema in found.items() if "properties" in schema}


def _type(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if "enum" in field:
        return " or ".join(str(value) for value in field["enum"])
    for joint in ("anyOf", "allOf", "oneOf"):
        if joint in field:
            return " or ".join(_type(part) for part in field[joint])
    kind = field.get("type", "any")
    shown = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{shown} of {_type(field['items'])}" if "items" in field else shown


def crate(facts: Mapping[str, Any], present: Iterable[str]) -> bytes:
    """Return the RO-Crate 1.2 metadata of an export, of what is present of its parts."""
    paths = list(present)
    parts = [part for part in PARTS if any(p.startswith(part[0]) for p in paths)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Dateline export: {facts['scope']}",
        "description": (
            f"Claims with evidence and decisions from the log of {facts['origin']}, "
            f"{facts['size']} events, disclosure {facts['level']}."
        ),
        "datePublished": facts["signed_at"][:10],
        "identifier": f"urn:uuid:{facts['id']}",
        "license": {"@id": "#terms"},
        "publisher": {"@id": "#desk"},
        "hasPart": [{"@id": path} for path, _, _ in parts],
    }
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": _CRATE},
        "about": {"@id": "./"},
    }
    terms = {
        "@id": "#terms",
        "@type": "CreativeWork",
        "name": "Terms",
        "description": (
            "Ask the desk for its terms. Articles and documents that are quoted here remain "
            "those of their publishers."
        ),
    }
    desk = {"@id": "#desk", "@type": "Organization", "name": facts["origin"]}
    graph = [descriptor, root, desk, terms, *(_entity(part) for part in parts)]
    return pretty({"@context": f"{_CRATE}/context", "@graph": graph})


def _entity(part: Part) -> dict[str, Any]:
    path, media_type, what = part
    if path.endswith("/"):
        return {"@id": path, "@type": "Dataset", "name": path.rstrip("/"), "description": what}
    return {
        "@id": path,
        "@type": "File",
        "name": path.rpartition("/")[2],
        "description": what,
        "encodingFormat": media_type,
    }
