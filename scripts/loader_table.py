"""Keep ComfyUI's own loaders in the shipped loader table current.

    python scripts/loader_table.py DEFINITIONS.json [...] [--check]

Each file holds ``object_info``, an answer of ComfyUI's ``/object_info``, and ``files``, the lists
of its model folders by category. What they say about a node replaces what the table says of it;
everything else in the table is kept by hand and stays. ``--check`` writes nothing and exits 1 where
the table would change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model_keeper.workflows.definitions import live_loaders
from model_keeper.workflows.loaders import Loader, LoaderTable

CHECKOUT = Path(__file__).resolve().parents[1]
TABLE = CHECKOUT / "py" / "model_keeper" / "workflows" / "loader_table.json"


def updated(text: str, definitions: Mapping[str, Any]) -> str:
    """The table in ``text`` with what ``definitions`` say, in its stable form."""
    table = json.loads(text)
    known = LoaderTable.parsed(text, source=TABLE.name)
    live = live_loaders(definitions["object_info"], definitions["files"], known)
    for kind, loader in live.nodes.items():
        if loader.inputs:
            flags = {
                name: value
                for name, value in table["nodes"].get(kind, {}).items()
                if value is True or name == "category"
            }
            table["nodes"][kind] = _row(loader) | flags
    for category, names in live.builtins.items():
        kept = table["builtins"].setdefault(category, [])
        kept += sorted(names - {each.lower() for each in kept})
    return formatted(table)


def _row(loader: Loader) -> dict[str, Any]:
    return {"inputs": dict(loader.inputs), "widgets": list(loader.widgets)}


def formatted(table: Mapping[str, Any]) -> str:
    """One line a fact, so that a change reads as one."""
    parts = [
        f' "about": {_json(table["about"])}',
        _object("nodes", dict(sorted(table["nodes"].items(), key=lambda row: row[0].lower()))),
        _object("inputs", dict(sorted(table["inputs"].items()))),
        _object("builtins", dict(sorted((k, v) for k, v in table["builtins"].items() if v))),
        _list("fetching", table["fetching"]),
        _list("silent", table["silent"]),
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _object(name: str, rows: Mapping[str, Any]) -> str:
    lines = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in rows.items())
    return f" {_json(name)}: {{\n{lines}\n }}"


def _list(name: str, rows: list[str]) -> str:
    lines = ",\n".join(f"  {_json(each)}" for each in sorted(rows, key=str.lower))
    return f" {_json(name)}: [\n{lines}\n ]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    parser = argparse.ArgumentParser(description="Keep the shipped loader table current.")
    parser.add_argument("definitions", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    before = text = TABLE.read_text(encoding="utf-8")
    for path in chosen.definitions:
        text = updated(text, json.loads(path.read_text(encoding="utf-8")))
    if not chosen.check:
        TABLE.write_text(text, encoding="utf-8")
    return 1 if chosen.check and text != before else 0


if __name__ == "__main__":
    sys.exit(main())
