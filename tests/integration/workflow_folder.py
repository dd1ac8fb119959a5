"""Workflows and models for tests of the terminal."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from model_keeper.testing.model_files import safetensors

_CATEGORIES = {
    "VAELoader": "vae",
    "LoraLoader": "loras",
    "CheckpointLoaderSimple": "checkpoints",
}


def node(number: int, kind: str, name: str, url: str | None = None, **more: Any) -> dict[str, Any]:
    """A loader of ``name``; with ``url`` it declares where that is from."""
    file_name = name.replace("\\", "/").rpartition("/")[2]
    entry = {"name": file_name, "url": url, "directory": _CATEGORIES[kind]}
    return {
        "id": number,
        "type": kind,
        "mode": 0,
        "properties": {"models": [entry]} if url else {},
        "widgets_values": [name, 1.0, 1.0] if kind == "LoraLoader" else [name],
        **more,
    }


def workflow(folder: Path, name: str, *nodes: dict[str, Any]) -> Path:
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"nodes": nodes, "links": [], "version": 0.4}))
    return path


def model(models: Path, relative: str, *, seed: int = 1) -> Path:
    """A model file that nobody writes to any more."""
    path = models / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(safetensors(20_000, seed=seed))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path
