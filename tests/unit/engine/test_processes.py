"""Which process a worker's row means."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

from model_keeper.domain.jobs import WorkerId
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.processes import host_id, lives, start_time

ME = WorkerInfo(
    id=WorkerId("me"),
    host_id=host_id(),
    pid=os.getpid(),
    start_time=start_time(os.getpid()) or 0.0,
    boot_id="boot",
    version="1",
)


def test_this_process_lives() -> None:
    assert lives(ME, boot_id="boot")


def test_a_pid_that_is_used_again_is_another_process() -> None:
    assert not lives(replace(ME, start_time=ME.start_time - 5), boot_id="boot")


def test_nothing_survives_a_restart_of_the_machine() -> None:
    assert not lives(ME, boot_id="another boot")


def test_an_ended_process_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        pid = child.pid

    assert start_time(pid) is None
    assert not lives(replace(ME, pid=pid), boot_id="boot")
