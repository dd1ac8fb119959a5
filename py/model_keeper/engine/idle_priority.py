"""Giving way: a thread that only works where nobody else wants the processor or the disk."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import sys

_LEAST_NICE = 19
_IOPRIO_SET = {
    "x86_64": 251, "aarch64": 30, "riscv64": 30, "i686": 289, "armv7l": 314, "ppc64le": 273,
}  # fmt: skip
_IOPRIO_THIS_THREAD = (1, 0)  # IOPRIO_WHO_PROCESS, and 0 is who calls
_IOPRIO_IDLE = 3 << 13
_QOS_BACKGROUND = 0x09  # macOS sys/qos.h
_THREAD_MODE_BACKGROUND_BEGIN = 0x0001_0000  # Windows processthreadsapi.h


def become_idle() -> None:
    """Let the calling thread, and no other, give way. It cannot be undone; it never fails.

    Linux' SCHED_IDLE would go further, and too far: a thread that gets no turn at all while it
    holds the interpreter's lock stops every other thread of the process.
    """
    with contextlib.suppress(OSError, AttributeError):
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, 0, _LEAST_NICE)  # 0: this thread, on Linux alone
            number = _IOPRIO_SET.get(platform.machine())
            if number is not None:
                ctypes.CDLL(None).syscall(number, *_IOPRIO_THIS_THREAD, _IOPRIO_IDLE)
        elif sys.platform == "darwin":
            ctypes.CDLL(None).pthread_set_qos_class_self_np(_QOS_BACKGROUND, 0)
        elif sys.platform == "win32":
            kernel = ctypes.windll.kernel32
            kernel.GetCurrentThread.restype = ctypes.c_void_p
            thread = ctypes.c_void_p(kernel.GetCurrentThread())
            kernel.SetThreadPriority(thread, _THREAD_MODE_BACKGROUND_BEGIN)
