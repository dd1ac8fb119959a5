"""Collections: what a plan costs beside reading its document."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from model_keeper.domain.collection_json import from_json, to_json
from model_keeper.domain.collections import Collection
from model_keeper.engine.collection_export import ExportWish
from model_keeper.hosts.standalone import StandaloneHost
from tests.bench.library import make_library
from tests.bench.measure import own_processor_seconds
from tests.bench.report import Limit, Table

MODELS = 20_000
ROUNDS = 3
#: Of the processor time that the document itself takes; the library is walked for a plan.
_MOST = 5.0
_SETTLE_SECONDS = 2.1


def measure(work: Path, table: Table) -> None:
    """The rows of collections."""
    folder = work / "collections"
    make_library(folder / "models" / "loras", MODELS)
    time.sleep(_SETTLE_SECONDS)
    nobody = {"MODEL_KEEPER_CIVITAI_ENDPOINT": "http://127.0.0.1:9"}
    with StandaloneHost(state_dir=folder / "state", environment=nobody) as host:
        host.store.settings.change(models_dir=str(folder / "models"))
        folders = host.model_folders()
        host.library.scanning.refresh(folders)
        collections, intake = host.library.collections, host.intake(folders)
        models = tuple(collections.export(ExportWish(), folders))
        text = json.dumps(to_json(Collection(models)))
        reading = from_json(json.loads(text))
        read = _seconds(lambda: from_json(json.loads(text)))
        planned = _seconds(lambda: collections.plan(reading, folders, intake))
    name = f"{MODELS:,} models: plan of a collection"
    table.limit(Limit(f"{name}, processor time against reading it", planned / read, _MOST))
    table.limit(Limit(f"{name}, processor seconds", planned, None))


def _seconds(act: Callable[[], Any]) -> float:
    """The least processor time of some rounds."""
    found = []
    for _ in range(ROUNDS):
        begun = own_processor_seconds()
        act()
        found.append(own_processor_seconds() - begun)
    return min(found)
