"""
List the benchmarks, or run those that are named, or all of them: `python -m bench [NAME... | all]`.

One whose data is not here says so.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

import bench

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Print a line of figures for each benchmark that is asked for, or the list of them."""
    shared = Path(os.environ.get("DATELINE_SHARED", ROOT.parent / "shared"))
    known = benches()
    wanted = sys.argv[1:]
    if not wanted:
        for name, module in known.items():
            print(f"{name}: {(module.__doc__ or '').strip().splitlines()[0]}")
        return
    for name in known if wanted == ["all"] else wanted:
        if name not in known:
            sys.exit(f"There is no benchmark {name}; choose of {', '.join(known)}.")
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        try:
            print(f"{name}: {json.dumps(known[name].run(shared))}", flush=True)
        except FileNotFoundError as error:
            print(f"{name}: not measured, {error.filename} is not here", flush=True)


def benches() -> dict[str, Any]:
    """Return the modules that measure something, by their names."""
    names = sorted(m.name for m in pkgutil.iter_modules(bench.__path__) if m.name != "__main__")
    modules = {name: importlib.import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


if __name__ == "__main__":
    main()
