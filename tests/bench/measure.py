"""Running things for a benchmark: wall time, processor time and memory of each run."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run: seconds of wall and processor, peak memory in MiB, bytes the origin sent."""

    wall: float
    cpu: float
    memory: float = 0.0
    sent: int = 0


def best(runs: Sequence[Run]) -> Run:
    """The minimum of each figure: this class of machine has outliers upwards only."""
    return Run(
        min(run.wall for run in runs),
        min(run.cpu for run in runs),
        max(run.memory for run in runs),
        max(run.sent for run in runs),
    )


def interleaved(
    rounds: int, contenders: dict[str, Callable[[], Run]], *, pause: float = 0.0
) -> dict[str, list[Run]]:
    """Every contender once a round, in turn, so that a drift of the machine hits all alike."""
    found: dict[str, list[Run]] = {name: [] for name in contenders}
    for number in range(rounds):
        order = list(contenders)
        for name in order[number % len(order) :] + order[: number % len(order)]:
            found[name].append(contenders[name]())
            time.sleep(pause)
    return found


def command(arguments: Sequence[str], *, may_fail: bool = False) -> Run:
    """Run a program to its end. Raises CalledProcessError unless it may fail."""
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    code = os.waitstatus_to_exitcode(status)
    process.returncode = code
    if code and not may_fail:
        raise subprocess.CalledProcessError(code, list(arguments))
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def processor_seconds(pid: int) -> float:
    """User and system seconds that a living process has used."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> float:
    """Peak resident memory of a living process in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def own_processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
