"""Processes of this machine: which one a pid means, and whether it still lives."""

from __future__ import annotations

import os
import platform
import sys
import uuid
from pathlib import Path

from model_keeper.domain.workers import WorkerInfo


def host_id() -> str:
    """What tells this machine from others; equal for all its processes."""
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            found = Path(path).read_text(encoding="ascii").strip()
        except OSError:
            continue
        if found:
            return f"{platform.node()}-{found}"
    return f"{platform.node()}-{uuid.getnode():012x}"


def start_time(pid: int) -> float | None:
    """When ``pid`` started, in a measure of this machine's own; None where no such process runs.

    0.0 where it runs but the system does not tell: then the pid alone has to do.
    """
    if sys.platform.startswith("linux"):
        return _linux_start(pid)
    try:
        import psutil
    except ImportError:
        return 0.0 if _exists(pid) else None
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None


def lives(worker: WorkerInfo, *, boot_id: str | None) -> bool:
    """Whether a worker of this machine is still there, as the process that it was."""
    if boot_id is not None and worker.boot_id and worker.boot_id != boot_id:
        return False
    started = start_time(worker.pid)
    if started is None:
        return False
    return not started or not worker.start_time or started == worker.start_time


def _linux_start(pid: int) -> float | None:
    """Field 22 of /proc/PID/stat, in clock ticks since the machine started (proc(5))."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()  # the name before may hold spaces
    if fields[0] == "Z":
        return None
    return float(fields[19])


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
