"""Downloads: one worker, kept warm, against curl, wget and aria2 with nginx as origin."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable
from pathlib import Path

from model_keeper.domain.jobs import Job, JobId
from model_keeper.testing.model_files import SyntheticSafetensors, write_safetensors
from model_keeper.testing.origin import Origin
from tests.bench.measure import (
    Run,
    best,
    command,
    interleaved,
    peak_memory,
    processor_seconds,
)
from tests.bench.nginx import Nginx
from tests.bench.report import Limit, Table
from tests.integration.keeper import Keeper

MIB, GIB = 1 << 20, 1 << 30
ROUNDS = 7
_VERIFYING_PEER = """
import hashlib, http.client, sys, urllib.parse
url, out = urllib.parse.urlsplit(sys.argv[1]), open(sys.argv[2], "wb", buffering=0)
connection = http.client.HTTPConnection(url.netloc)
connection.request("GET", url.path)
answer, digest, buffer = connection.getresponse(), hashlib.sha256(), memoryview(bytearray(1 << 20))
while count := answer.readinto(buffer):
    out.write(buffer[:count])
    digest.update(buffer[:count])
print(digest.hexdigest())
"""


def measure(work: Path, table: Table) -> None:
    """Every download row of the table. ``work`` should be in memory: disks hide the rest."""
    files = work / "files"
    files.mkdir()
    write_safetensors(files / "large.safetensors", GIB, seed=1)
    write_safetensors(files / "slow.safetensors", 256 * MIB, seed=2)
    with Nginx(files, work) as nginx, Keeper(work / "keeper", timeout_seconds=30.0) as keeper:
        warm = nginx.url("slow.safetensors")
        _timed(keeper, warm, "warm-up")
        _unthrottled(work, nginx, keeper, table)
        _throttled(work, nginx, keeper, table)
    with Keeper(work / "faults", timeout_seconds=30.0) as keeper, Origin() as origin:
        _cut_often(keeper, origin, table)
        _cut_once(keeper, origin, table)
        _replaced(keeper, origin, table)


def _unthrottled(work: Path, nginx: Nginx, keeper: Keeper, table: Table) -> None:
    url, out = nginx.url("large.safetensors"), work / "out"
    runs = interleaved(
        ROUNDS,
        {
            "model-keeper": lambda: _timed(keeper, url, "large"),
            "one thread with SHA256": lambda: _tool(
                out, [sys.executable, "-c", _VERIFYING_PEER, url, str(out)]
            ),
            "curl": lambda: _tool(out, ["curl", "-s", "-o", str(out), url]),
            "wget -c": lambda: _tool(out, ["wget", "-q", "-c", "-O", str(out), url]),
            "aria2c -x8": lambda: _tool(
                out, ["aria2c", "-q", "-x8", "-s8", "-d", str(work), "-o", "out", url]
            ),
        },
    )
    ours, curl = best(runs["model-keeper"]), best(runs["curl"])
    for name, found in runs.items():
        table.fact(f"1 GiB unthrottled, {name}", best(found))
    peer = best(runs["one thread with SHA256"])
    table.limit(
        Limit("1 GiB, wall against the best verifying peer's way", ours.wall / peer.wall, 1)
    )
    table.limit(Limit("1 GiB, wall against curl's", ours.wall / curl.wall, None, goal=1.10))
    table.limit(Limit("1 GiB, processor against curl's", ours.cpu / curl.cpu, None, goal=1.8))
    table.limit(Limit("1 GiB, memory of the worker, MiB", ours.memory, 150))
    _where_the_time_goes(work, nginx, table)


def _where_the_time_goes(work: Path, nginx: Nginx, table: Table) -> None:
    """The parts of such a download, each alone."""
    url = nginx.url("large.safetensors")
    to_null = best([command(["curl", "-s", "-o", "/dev/null", url]) for _ in range(3)])
    table.fact("part: receiving it (curl to nowhere)", to_null)
    table.fact("part: SHA256 of it", best([_hash(work, hashlib.sha256) for _ in range(3)]))
    try:
        from blake3 import blake3
    except ImportError:
        return
    table.fact("part: BLAKE3 of it", best([_hash(work, blake3) for _ in range(3)]))


def _throttled(work: Path, nginx: Nginx, keeper: Keeper, table: Table) -> None:
    url, out = nginx.url("slow.safetensors", throttled=True), work / "out"
    runs = interleaved(
        ROUNDS,
        {
            "model-keeper": lambda: _timed(keeper, url, "throttled"),
            "aria2c -x8": lambda: _tool(
                out, ["aria2c", "-q", "-x8", "-s8", "-k1M", "-d", str(work), "-o", "out", url]
            ),
        },
    )
    for name, found in runs.items():
        table.fact(f"256 MiB at 20 MiB/s a connection, {name}", best(found))
    ours, aria2 = best(runs["model-keeper"]), best(runs["aria2c -x8"])
    table.limit(Limit("20 MiB/s a connection, wall against aria2c -x8", ours.wall / aria2.wall, 1))


def _cut_often(keeper: Keeper, origin: Origin, table: Table) -> None:
    content = SyntheticSafetensors(512 * MIB, seed=3)
    whole = origin.add("whole.safetensors", content)
    cut = origin.add("cut.safetensors", content, "cut_every", every=16 * MIB)
    uncut = best([_timed(keeper, whole, f"whole-{n}") for n in range(3)])
    before = origin.sent("cut.safetensors")
    runs = [_timed(keeper, cut, f"cut-{n}") for n in range(3)]
    sent = (origin.sent("cut.safetensors") - before) / 3 / content.size
    table.fact("512 MiB uncut", uncut)
    table.fact("512 MiB cut every 16 MiB", best(runs))
    table.limit(Limit("cut every 16 MiB: bytes read by size", sent, 1.05))
    table.limit(Limit("cut every 16 MiB: wall against uncut", best(runs).wall / uncut.wall, 5))


def _cut_once(keeper: Keeper, origin: Origin, table: Table) -> None:
    content = SyntheticSafetensors(GIB, seed=4)
    url = origin.add("once.safetensors", content, "cut_once", after=400 * MIB)
    table.fact("1 GiB cut once", _timed(keeper, url, "once"))
    sent = origin.sent("once.safetensors") / content.size
    table.limit(Limit("1 GiB cut once: bytes read by size", sent, 1.02))


def _replaced(keeper: Keeper, origin: Origin, table: Table) -> None:
    first, then = (SyntheticSafetensors(64 * MIB, seed=seed) for seed in (5, 6))
    url = origin.add("replaced.safetensors", first, "changed_content", after=20 * MIB, then=then)
    job = keeper.get(url, name="replaced.safetensors")
    mixed = job.result.get("sha256") not in {first.sha256(), then.sha256()}
    table.limit(Limit("replaced between cut and resume: mixed files", float(mixed), 0))


def _timed(keeper: Keeper, url: str, name: str) -> Run:
    """One download from claimed to succeeded, by the job's own history; the file is removed."""
    keeper.host.ensure_worker()
    pid = keeper.worker_pid()
    cpu = processor_seconds(pid)
    job = keeper.get(url, name=f"{name}-{time.time_ns()}.safetensors")
    if job.state.value != "succeeded":
        raise RuntimeError(f"{name}: {job.state.value} {job.error_code} {job.error_details}")
    used = processor_seconds(pid) - cpu
    Path(job.result["path"]).unlink()
    return Run(_seconds(keeper, job), used, peak_memory(pid))


def _seconds(keeper: Keeper, job: Job) -> float:
    at = {entry.event: entry.at for entry in keeper.host.store.jobs.history(JobId(job.id))}
    return (at["succeed"] - at["claim"]) / 1000


def _tool(out: Path, arguments: list[str]) -> Run:
    out.unlink(missing_ok=True)
    try:
        return command(arguments)
    finally:
        out.unlink(missing_ok=True)


def _hash(work: Path, algorithm: Callable[[], object]) -> Run:
    digest = algorithm()
    buffer = memoryview(bytearray(MIB))
    begun, cpu = time.perf_counter(), time.process_time()
    with (work / "files" / "large.safetensors").open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])  # type: ignore[attr-defined]
    return Run(time.perf_counter() - begun, time.process_time() - cpu)
