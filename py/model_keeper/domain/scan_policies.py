"""Scan policies: for each model folder, when it is looked at without being asked to. Pure."""

from __future__ import annotations

from enum import Enum

from model_keeper.domain.schedules import RuleKind


class ScanPolicy(str, Enum):
    """The most eager one is the default."""

    START = "start"  # by every schedule, the one at the start too
    SCHEDULE = "schedule"  # by every schedule but the one at the start
    IDLE = "idle"  # by schedules, while nothing else happens
    MANUAL = "manual"  # only when a person asks


def is_scanned(policy: ScanPolicy, rule: RuleKind, *, quiet: bool) -> bool:
    """Whether a schedule that goes by ``rule`` looks at such a folder. ``quiet``: nothing runs."""
    if policy is ScanPolicy.IDLE:
        return quiet
    if policy is ScanPolicy.SCHEDULE:
        return rule is not RuleKind.START
    return policy is ScanPolicy.START


def is_kept_fresh(policy: ScanPolicy) -> bool:
    """Whether such a folder is looked at in passing, when a workflow wants models."""
    return policy in {ScanPolicy.START, ScanPolicy.SCHEDULE}
