"""How long a person waits for the API of a large library, and what memory its search takes."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from model_keeper.hosts.standalone import StandaloneHost
from tests.bench.library import make_library
from tests.bench.report import Limit, Table
from tests.integration.panels import PanelHost

MODELS = 50_000
ROUNDS = 3
_MOST = 2_000  # milliseconds
_REPORT = 100
_NOBODY = "http://127.0.0.1:9"
_READS = (
    "library",
    "library?q=style%204999&facets=true",
    "library?q=missing:preview&sort=size",
    "library/{id}",
    "library/{id}/metadata",
    "library/{id}/metadata/history",
    "library/{id}/previews",
    "library/space",
    "library/duplicates",
    "library/broken",
    "library/trash",
    "library/changes",
    "maintenance",
    "notifications",
    "updates",
    "roots",
)
#: Each enqueues work for the whole library.
_WRITES: tuple[tuple[str, Any], ...] = (
    ("metadata/refresh", {"only_incomplete": True}),
    ("previews/repair", {"only_missing": True}),
    ("maintenance/scan", {}),
    ("updates/check", {}),
)

_SEARCH = """
import os, sys
from pathlib import Path
from model_keeper.domain.library_query import parse_query
from model_keeper.library.index import open_index
from model_keeper.library.search import LibrarySearch, Search
def memory():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

before = memory()
index = open_index(Path(sys.argv[1]))
for text in ("", "style 4999", "base:sdxl -flux", "missing:preview"):
    LibrarySearch(index).search(Search(parse_query(text), facets=True))
print(memory() - before)
"""


def measure(work: Path, table: Table) -> None:
    """The rows of the API."""
    folder = work / "answers"
    environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": _NOBODY, "HF_ENDPOINT": _NOBODY}
    with PanelHost(folder, "standalone", **environment) as panel:
        make_library(panel.models / "loras", MODELS)
        with StandaloneHost(state_dir=panel.state) as host:
            host.library.scanning.refresh(host.folders(panel.models))
            index = host.state.index
        place = panel.get("library?limit=1")["items"][0]["id"]
        reads = {path: _read(panel, path.format(id=place)) for path in _READS}
        writes = {path: _written(panel, path, body) for path, body in _WRITES}
        name = f"{MODELS:,} models"
        for what, found in (("read", reads), ("request for the whole library", writes)):
            slowest = max(found, key=lambda path: found[path])
            row = f"{name}: slowest {what} ({slowest}), milliseconds"
            table.limit(Limit(row, found[slowest], _MOST))
        row = f"{name}: what could be better, milliseconds"
        table.limit(Limit(row, reads["maintenance"], _REPORT))
        command = [sys.executable, "-c", _SEARCH, str(index)]
        searched = subprocess.run(command, capture_output=True, text=True, check=True)
        table.limit(Limit(f"{name}: memory of a search, MB", int(searched.stdout) / 1e6, None))
        worker = panel.worker_pid()
    _wait_for_end(worker)


def _wait_for_end(process: int) -> None:
    """It was told to stop in the middle of the work that was asked for."""
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(process, 0)
            time.sleep(0.05)


def _read(panel: PanelHost, path: str) -> float:
    return min(_timed(panel, "GET", path, None) for _ in range(ROUNDS))


def _written(panel: PanelHost, path: str, body: Any) -> float:
    return _timed(panel, "POST", path, body)


def _timed(panel: PanelHost, method: str, path: str, body: Any) -> float:
    begun = time.perf_counter()
    reply = panel.ask(method, path, body)
    if reply.status not in {200, 202}:
        raise RuntimeError(f"{method} {path}: {reply}")
    return (time.perf_counter() - begun) * 1000
