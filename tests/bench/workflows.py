"""Workflows: reading them, and resolving a hundred against a large library without any network."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.model_files import lying_safetensors
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references
from tests.bench.measure import Run
from tests.bench.report import Limit, Table

WORKFLOWS, MODELS, NODES = 100, 20_000, 120
_LOADERS = {
    "CheckpointLoaderSimple": "checkpoints",
    "LoraLoader": "loras",
    "VAELoader": "vae",
    "ControlNetLoader": "controlnet",
}
#: A folder counts as settled when it was not changed for longer than any file system's tick.
_SETTLE_SECONDS = 2.1
_OLD = 1_700_000_000


def measure(work: Path, table: Table) -> None:
    """The workflow rows of the table."""
    models = work / "workflow-models"
    _make_models(models)
    paths = _make_workflows(work / "workflows")
    time.sleep(_SETTLE_SECONDS)
    _measure_reading(paths, table)
    with StandaloneHost(state_dir=work / "workflow-state", environment={}) as host:
        folders = host.folders(models)
        host.library.scanning.refresh(folders)
        begun, cpu = time.perf_counter(), time.process_time()
        engine = host.workflows.engine(folders, search=False)
        found = [engine.resolve(path) for path in paths]
        run = Run(time.perf_counter() - begun, time.process_time() - cpu)
    references_found = sum(len(each.findings) for each in found)
    table.fact(f"{WORKFLOWS} workflows, {references_found} models, against {MODELS:,} files", run)
    table.limit(Limit(f"{WORKFLOWS} workflows resolved without a network, seconds", run.wall, 10))


def _measure_reading(paths: list[Path], table: Table) -> None:
    loaders = LoaderTable.shipped()
    begun = time.perf_counter()
    for path in paths:
        references(read_workflow(path.read_bytes(), source=path.name), loaders)
    seconds = time.perf_counter() - begun
    table.limit(Limit("workflows read a second", len(paths) / seconds, None))


def _make_models(models: Path) -> None:
    categories = list(dict.fromkeys(_LOADERS.values()))
    for number in range(MODELS):
        folder = models / categories[number % len(categories)] / f"set-{number % 97}"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"model-{number}.safetensors"
        path.write_bytes(lying_safetensors({"__metadata__": {"number": str(number)}}))
        os.utime(path, (_OLD, _OLD))  # what changed just now is not hashed yet


def _make_workflows(folder: Path) -> list[Path]:
    """Every third model lies where it is named, every third elsewhere, every third nowhere."""
    folder.mkdir()
    kinds = list(_LOADERS)
    paths = []
    for number in range(WORKFLOWS):
        nodes: list[dict[str, Any]] = [
            {"id": n, "type": "KSampler", "mode": 0, "widgets_values": [n, "fixed", 20, 8.0]}
            for n in range(NODES)
        ]
        for n in range(12):
            model = (number * 12 + n) % MODELS
            place = (f"set-{model % 97}/", "elsewhere/", "lost/lost-")[n % 3]
            kind = kinds[model % len(kinds)]
            value = f"{place}model-{model}.safetensors"
            nodes.append({"id": NODES + n, "type": kind, "mode": 0, "widgets_values": [value]})
        path = folder / f"workflow-{number}.json"
        path.write_text(json.dumps({"nodes": nodes, "links": [], "version": 0.4}))
        paths.append(path)
    return paths
