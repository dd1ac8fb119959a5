"""Workflows for the demo: official templates where their package is installed, else our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.workflows.reader import read_workflow

_PACKAGE = "comfyui_workflow_templates_json"
_MOST_MODELS = 5


@dataclass(frozen=True)
class Needed:
    """A model that a workflow names: where it is on Hugging Face."""

    name: str
    repo: str
    path: str


@dataclass(frozen=True)
class Show:
    """A workflow file, whether it has subgraphs, and its models."""

    path: Path
    subgraphs: bool
    models: tuple[Needed, ...]


def shows(folder: Path, count: int = 3) -> list[Show]:
    """``count`` workflows of few models each, at least one with subgraphs.

    Our own ones are written to ``folder`` where the templates' package is absent.
    """
    found = list(_templates())
    if len(found) < count:
        return [_written(folder, number) for number in range(count)]
    nested = next((show for show in found if show.subgraphs), found[0])
    flat = [show for show in found if show is not nested and not show.subgraphs]
    chosen: list[Show] = [nested]
    for show in [*flat, *found]:
        known = {model.name for other in chosen for model in other.models}
        if len(chosen) < count and not known & {model.name for model in show.models}:
            chosen.append(show)
    return chosen


def _templates() -> Iterator[Show]:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return
    for path in sorted(Path(spec.origin).parent.rglob("*.json")):
        show = _read(path)
        if show is not None:
            yield show


def _read(path: Path) -> Show | None:
    try:
        workflow = read_workflow(path.read_bytes(), source=path.name)
    except KeeperError:
        return None
    groups = [group for group in workflow.groups if group.active]
    models = [_needed(group.name, group.addresses) for group in groups if not group.is_choice]
    whole = [model for model in models if model is not None]
    if not 2 <= len(whole) <= _MOST_MODELS or len(whole) != len(groups):
        return None
    return Show(path, bool(_subgraphs(workflow.document)), tuple(whole))


def _subgraphs(document: Any) -> Any:
    return (document.get("definitions") or {}).get("subgraphs")


def _needed(name: str, addresses: tuple[str, ...]) -> Needed | None:
    prefix = "https://huggingface.co/"
    if len(addresses) != 1 or not addresses[0].startswith(prefix):
        return None
    repo, _, rest = addresses[0].removeprefix(prefix).partition("/resolve/main/")
    if not rest or not name.endswith(".safetensors"):
        return None
    return Needed(name, repo, rest)


def _written(folder: Path, number: int) -> Show:
    """A workflow of our own: a loader with its models, in a subgraph for the first one."""
    models = [
        Needed(f"demo-{number}-{part}.safetensors", f"demo/show-{number}", f"{part}.safetensors")
        for part in ("unet", "vae")
    ]
    folders = {"unet": "diffusion_models", "vae": "vae"}
    rows = [
        {
            "name": model.name,
            "url": f"https://huggingface.co/{model.repo}/resolve/main/{model.path}",
            "directory": folders[model.path.removesuffix(".safetensors")],
        }
        for model in models
    ]
    node = {"id": 1, "type": "UNETLoader", "mode": 0, "properties": {"models": rows}}
    nodes: list[dict[str, Any]] = [node]
    document: dict[str, Any] = {"version": 0.4, "nodes": nodes, "links": []}
    if number == 0:
        inner = "5f0d1c1e-0000-4000-8000-000000000001"
        document["nodes"] = [{"id": 9, "type": inner, "mode": 0, "properties": {}}]
        document["definitions"] = {"subgraphs": [{"id": inner, "nodes": nodes, "links": []}]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"demo-{number}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return Show(path, number == 0, tuple(models))
