"""The table of a benchmark run: figures, limits, and the machine they were taken on."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.measure import Run


@dataclass(frozen=True)
class Limit:
    """A figure that must not pass ``most``; ``goal`` is where it should get to."""

    name: str
    value: float
    most: float | None
    goal: float | None = None

    @property
    def holds(self) -> bool:
        return self.most is None or self.value <= self.most

    @property
    def verdict(self) -> str:
        if self.most is None and self.goal is None:
            return ""
        if self.most is None:
            return "goal" if self.goal is not None and self.value <= self.goal else "not yet"
        return "yes" if self.holds else "**no**"


@dataclass
class Table:
    """What was measured."""

    facts: list[tuple[str, Run]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fact(self, name: str, run: Run) -> None:
        self.facts.append((name, run))

    def limit(self, limit: Limit) -> None:
        self.limits.append(limit)

    def note(self, text: str) -> None:
        """Say what could not be measured here."""
        self.notes.append(text)

    @property
    def holds(self) -> bool:
        return all(limit.holds for limit in self.limits)

    def markdown(self) -> str:
        lines = [
            "| what | measured | limit | goal | holds |",
            "|---|---:|---:|---:|---|",
        ]
        lines += [
            f"| {limit.name} | {limit.value:.2f} | {_figure(limit.most)} "
            f"| {_figure(limit.goal)} | {limit.verdict} |"
            for limit in self.limits
        ]
        lines += ["", "| part | wall s | processor s |", "|---|---:|---:|"]
        lines += [f"| {name} | {run.wall:.2f} | {run.cpu:.2f} |" for name, run in self.facts]
        lines += ["", *(f"* {note}" for note in self.notes)] if self.notes else []
        return "\n".join(lines)


def machine() -> str:
    """The machine in one line."""
    model = platform.processor() or platform.machine()
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = next((int(x.split()[1]) for x in _lines("/proc/meminfo") if "MemTotal" in x), 0)
    return (
        f"{os.cpu_count()} cores ({model}), {memory // (1 << 20)} GiB of memory, "
        f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}; files in memory (tmpfs)"
    )


def _figure(value: float | None) -> str:
    return "" if value is None else f"≤ {value:g}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
