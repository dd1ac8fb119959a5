"""The library: an index of many models, and hashing beside the tools that do nothing else."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.library_query import parse_query
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.scanning import Scanning
from model_keeper.library.digests import LANES, digest_file
from model_keeper.library.index import LibraryIndex, open_index
from model_keeper.library.previews import Previews
from model_keeper.library.said_models import SaidModels
from model_keeper.library.search import LibrarySearch, Search
from model_keeper.library.shown_previews import ShownPreviews
from model_keeper.library.sidecars import Sidecars
from model_keeper.library.summaries import LibrarySummaries
from model_keeper.store import open_store
from model_keeper.testing.model_files import lying_safetensors, write_safetensors
from tests.bench.measure import Run, best, command, interleaved, own_processor_seconds
from tests.bench.report import Limit, Table

FOLDERS = 371
ROUNDS = 7
_SIZE = 1 << 30
_HASHERS = {
    "openssl dgst -sha256": ("openssl", "dgst", "-sha256"),
    "b3sum": ("b3sum", "--no-mmap"),
}
#: A folder counts as settled when it was not changed for longer than any file system's tick.
_SETTLE_SECONDS = 2.1


def measure(work: Path, table: Table) -> None:
    """The library rows of the table."""
    _measure_index(work, table, 2_000, Limits())
    _measure_index(work, table, 20_000, Limits(cold=5, check=0.5, page=20))
    _measure_index(
        work, table, 50_000, Limits(check=2, first=100, page=20, keystroke=100, space=100)
    )
    _measure_hashing(work, table)


@dataclass(frozen=True)
class Limits:
    """Seconds of a cold index and of a re-check, milliseconds of a page; None is only shown.

    ``first``: the first page of a process that has just begun, its index not opened yet.
    ``keystroke``: from what is typed to the first page, the total and the facets. ``space``: what
    takes how much room, by category, base model, folder and last use.
    """

    cold: float | None = None
    check: float | None = None
    page: float | None = None
    first: float | None = None
    keystroke: float | None = None
    space: float | None = None


def _measure_index(work: Path, table: Table, models: int, limits: Limits) -> None:
    folder = work / f"library-{models}"
    folders = make_library(folder / "loras", models)
    time.sleep(_SETTLE_SECONDS)
    store = open_store(folder / "keeper.sqlite3", clock=SystemClock(), actor="bench")
    index = open_index(folder / "index.sqlite3")
    try:
        hashing = Hashing(store, index, SystemClock(), "bench")
        said = SaidModels(index, Sidecars(work / "sidecars"))
        previews = Previews(work / "previews", SystemClock())
        shown = ShownPreviews(index, lambda: previews)
        scanning = Scanning(index, hashing, said, shown)
        name = f"{models:,} models"
        names = _timed(lambda: scanning.refresh(folders, headers=False))
        headers = _timed(lambda: scanning.refresh(folders))
        table.fact(f"{name}: names of a cold index", names)
        table.fact(f"{name}: headers of a cold index", headers)
        table.limit(Limit(f"{name}: cold index, seconds", names.wall + headers.wall, limits.cold))
        checks = best([_timed(lambda: scanning.refresh(folders)) for _ in range(ROUNDS)])
        table.limit(Limit(f"{name}: unchanged re-check, seconds", checks.wall, limits.check))
        table.fact(f"{name}: unchanged re-check", checks)
        first = min(_first_page(index.file.path) for _ in range(ROUNDS)) * 1000
        table.limit(Limit(f"{name}: opened and first page, milliseconds", first, limits.first))
        page = min(_pages(index)) * 1000
        table.limit(Limit(f"{name}: a page of 100, milliseconds", page, limits.page))
        found = min(_searched(index, "", facets=False) for _ in range(ROUNDS))
        table.limit(Limit(f"{name}: first page with total, milliseconds", found, limits.page))
        space = min(_space(index) for _ in range(ROUNDS))
        table.limit(Limit(f"{name}: what takes the room, milliseconds", space, limits.space))
        slowest = max(_keystrokes(index))
        table.limit(
            Limit(f"{name}: slowest keystroke to result, milliseconds", slowest, limits.keystroke)
        )
    finally:
        index.close()
        store.close()
        shutil.rmtree(folder)


def make_library(root: Path, models: int) -> FolderTable:
    """Small files with the header of a trained LoRA, in nested folders."""
    metadata = {"ss_base_model_version": "sdxl_base_v1-0", "modelspec.title": "Style"}
    header: dict[str, object] = {"__metadata__": metadata}
    for number in range(8):
        header[f"lora_unet_{number}.lora_down.weight"] = {
            "dtype": "F16",
            "shape": [4, 64],
            "data_offsets": [512 * number, 512 * (number + 1)],
        }
    content = lying_safetensors({**header}, bytes(512 * 8))
    for number in range(FOLDERS):
        (root / f"{number % 19}" / f"{number}").mkdir(parents=True)
    for number in range(models):
        inner = number % FOLDERS
        place = root / f"{inner % 19}" / f"{inner}" / f"style {number}.safetensors"
        place.write_bytes(content)
    return FolderTable({"loras": (Root("loras", str(root)),)}, {"loras": (".safetensors",)})


def _first_page(path: Path) -> float:
    begun = time.perf_counter()
    index = open_index(path)
    index.page()
    seconds = time.perf_counter() - begun
    index.close()
    return seconds


def _pages(index: LibraryIndex) -> list[float]:
    seconds, after = [], None
    for _ in range(20):
        begun = time.perf_counter()
        page = index.page("loras", after=after)
        seconds.append(time.perf_counter() - begun)
        after = page.next
    return seconds


def _keystrokes(index: LibraryIndex) -> list[float]:
    """Milliseconds of each search while a person types, the best of some rounds."""
    typed = "style 4999 base:sdxl size>1kB -flux"
    texts = [typed[:end] for end in (1, 2, 3, 5, 7, 10, 20, 30, 36)]
    return [min(_searched(index, text, facets=True) for _ in range(ROUNDS)) for text in texts]


def _searched(index: LibraryIndex, text: str, *, facets: bool) -> float:
    begun = time.perf_counter()
    LibrarySearch(index).search(Search(parse_query(text), facets=facets))
    return (time.perf_counter() - begun) * 1000


def _space(index: LibraryIndex) -> float:
    begun = time.perf_counter()
    LibrarySummaries(index).space(SystemClock().now_ms())
    return (time.perf_counter() - begun) * 1000


def _measure_hashing(work: Path, table: Table) -> None:
    path = work / "hashed.safetensors"
    write_safetensors(path, _SIZE)
    contenders: dict[str, Callable[[], Run]] = {"one pass": lambda: _pass(path)}
    for name, arguments in _HASHERS.items():
        if shutil.which(arguments[0]):
            contenders[name] = partial(command, [*arguments, str(path)])
        else:
            table.note(f"{name} is not installed here: no comparison with it")
    runs = {name: best(found) for name, found in interleaved(ROUNDS, contenders).items()}
    path.unlink()
    for name, run in runs.items():
        table.fact(f"1 GiB hashed, {name}", run)
    ours = runs["one pass"].wall
    table.limit(Limit("all five hashes in one pass, GB/s", _SIZE / 1e9 / ours, None))
    for name in _HASHERS:
        if name in runs:
            ratio = ours / runs[name].wall
            table.limit(Limit(f"all five hashes, wall against {name}", ratio, None))


def _pass(path: Path) -> Run:
    begun, cpu = time.perf_counter(), own_processor_seconds()
    with ThreadPoolExecutor(LANES) as lanes:
        digest_file(path, lanes, lambda _: None)
    return Run(time.perf_counter() - begun, own_processor_seconds() - cpu)


def _timed(act: Callable[[], object]) -> Run:
    begun, cpu = time.perf_counter(), own_processor_seconds()
    act()
    return Run(time.perf_counter() - begun, own_processor_seconds() - cpu)
