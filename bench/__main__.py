"""Run every benchmark that its data is here for, and print the figures."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from pathlib import Path

import bench

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print a line of figures for each benchmark."""
    shared = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
    for module in sorted(m.name for m in pkgutil.iter_modules(bench.__path__)):
        measured = importlib.import_module(f"bench.{module}") if module != "__main__" else None
        run = getattr(measured, "run", None)
        if run is None:
            continue
        try:
            print(f"{module}: {json.dumps(run(shared))}", flush=True)
        except FileNotFoundError as error:
            print(f"{module}: not measured, {error.filename} is not here", flush=True)


if __name__ == "__main__":
    main()
