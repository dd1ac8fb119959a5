"""Make the shipped list of known models from the lists of others, or check that it is current.

Only facts are taken: what a file is called, where it is, what folder it belongs in, its SHA256 and
the base model. ``python scripts/catalogue.py FOLDER [--check]``, where FOLDER holds
``template-models.json`` and ComfyUI-Manager's ``comfyui-manager-model-list*.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from model_keeper.domain.categories import category_key, manager_category
from model_keeper.domain.model_names import MODEL_EXTENSIONS, stem_of
from model_keeper.domain.names import safe_relative
from model_keeper.domain.references import ModelEntry
from model_keeper.providers.model_lists import CATALOGUE

#: Folders of well-known custom nodes, by which these call their categories.
CUSTOM_FOLDERS = frozenset(
    {"animatediff_models", "animatediff_motion_lora", "facerestore_models", "insightface"}
    | {"instantid", "ipadapter", "pulid", "sams", "ultralytics"}
)
HOSTS = frozenset(
    {"civitai.com", "dl.fbaipublicfiles.com", "github.com", "huggingface.co"}
    | {"storage.googleapis.com"}
)
#: Names that a file has in very many repositories: they say nothing about what it is.
ANY_MODEL = frozenset(
    {"adapter_model", "decoder", "diffusion_pytorch_model", "ip-adapter", "ip_adapter", "last"}
    | {"lora", "model", "pytorch_lora_weights", "pytorch_model", "diffusion_pytorch_model.fp16"}
)

Row = dict[str, Any]


def catalogue(folder: Path) -> str:
    """The text of the list: sorted, one file a line, the same for the same lists."""
    rows: dict[tuple[str, str, str], Row] = {}
    for row in (*_templates(folder), *_manager(folder)):
        if _usable(row):
            kept = rows.setdefault((row["name"].lower(), row["category"], row["url"]), {})
            row.update(kept)
            kept.update(row)
    lines = [
        json.dumps({key: row[key] for key in sorted(row)}, ensure_ascii=False)
        for _, row in sorted(rows.items())
    ]
    return '{"models": [\n' + ",\n".join(lines) + "\n]}\n"


def _templates(folder: Path) -> Iterator[Row]:
    for entry in _read(folder / "template-models.json")["entries"]:
        row = _row(entry["name"], category_key(entry["directory"]), entry["url"])
        if entry["hash"] and entry["hash_type"] == "SHA256":
            row["sha256"] = entry["hash"].lower()
        yield row


def _manager(folder: Path) -> Iterator[Row]:
    for path in sorted(folder.glob("comfyui-manager-model-list*.json")):
        for entry in _read(path)["models"]:
            first, _, rest = entry["save_path"].partition("/")
            category = manager_category(entry["type"], entry["save_path"])
            if category is None and first in CUSTOM_FOLDERS:
                category = first
            row = _row(entry["filename"], category, entry["url"])
            if entry["base"]:
                row["base"] = entry["base"]
            if rest:
                row["folder"] = rest
            yield row


def _row(name: str, category: str | None, url: str) -> Row:
    return {"name": name, "category": category, "url": ModelEntry(name, url).address}


def _usable(row: Row) -> bool:
    name, url = row["name"], urlsplit(row["url"])
    return (
        row["category"] is not None
        and url.scheme == "https"
        and url.hostname in HOSTS
        and "/blob/" not in url.path
        and Path(name).suffix.lower() in MODEL_EXTENSIONS
        and stem_of(name).lower() not in ANY_MODEL
        and "/" not in name
        and safe_relative(name) == name
    )


def _read(path: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str]) -> int:
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    if len(folders) != 1:
        print(__doc__)
        return 2
    made = catalogue(folders[0])
    if "--check" not in arguments:
        CATALOGUE.write_text(made, encoding="utf-8")
    elif made != CATALOGUE.read_text(encoding="utf-8"):
        print(f"{CATALOGUE} is not what the lists in {folders[0]} make of it.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
