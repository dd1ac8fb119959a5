"""What is wrong, and the one command that helps with each thing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.jobs import Job, JobState
from model_keeper.domain.model_files import ModelFile

_LITTLE_SPACE = 5 << 30  # bytes: less than one large model
_NAMED = 5


@dataclass(frozen=True)
class Symptom:
    """One thing that is wrong, or could be better.

    ``code`` is stable. ``fix`` are the words of our command that helps, without the program's name:
    the verb first; empty where only a person can help. ``hint`` says how then. ``is_trouble``:
    something does not work until it is dealt with.
    """

    code: str
    text: str
    fix: tuple[str, ...] = ()
    hint: str = ""
    is_trouble: bool = True


def of_workflows(findings: Iterable[Finding], named: Sequence[str]) -> Iterator[Symptom]:
    """What keeps the workflows ``named`` from running; each file counts once."""
    distinct = {(f.wanted.category, f.wanted.name): f.status for f in findings}
    count = Counter(distinct.values())
    if count[Status.RELINK]:
        text = f"{_models(count[Status.RELINK])} here under another name or in another folder."
        yield Symptom("relink", text, ("resolve", *named, "--relink"))
    if count[Status.FETCH]:
        text = f"{_models(count[Status.FETCH])} not here yet, and known where to get."
        yield Symptom("fetch", text, ("get", *named))
    if count[Status.CHOOSE]:
        text = f"{_models(count[Status.CHOOSE])} to be chosen: several files could be meant."
        yield Symptom("choose", text, ("resolve", *named, "--interactive"))
    if count[Status.MISSING]:
        text = f"{_models(count[Status.MISSING])} not here, and nobody knows where to get them."
        yield Symptom("missing", text, ("resolve", *named, "--interactive"))


def of_library(
    broken: Sequence[ModelFile], offline: Sequence[str], duplicates: int, freed: int
) -> Iterator[Symptom]:
    """``offline`` are folders; ``duplicates`` contents that are here more than once."""
    for file in broken[:_NAMED]:
        text = (
            f"{file.relative} in {file.category} is broken: {file.header.problem or 'unreadable'}."
        )
        yield Symptom("broken", text, hint="Delete it, and get it again.")
    if len(broken) > _NAMED:
        text = f"{len(broken) - _NAMED} more files are broken."
        yield Symptom("broken", text, ("library", "search", "is:broken"))
    for folder in offline:
        text = f"{folder} cannot be read. What was in it is remembered."
        yield Symptom("offline", text, hint="Connect the drive, or take the folder out.")
    if duplicates:
        text = f"{duplicates} models are here more than once: {freed / 1e9:.1f} GB."
        yield Symptom("duplicates", text, ("library", "duplicates"), is_trouble=False)


def of_queue(jobs: Iterable[Job]) -> Iterator[Symptom]:
    """``jobs`` that failed or wait for a person."""
    count = Counter(job.state for job in jobs)
    if count[JobState.REVIEW]:
        text = f"{_downloads(count[JobState.REVIEW])} for your decision."
        yield Symptom("review", text, ("jobs", "list", "--state", "review"))
    if count[JobState.FAILED]:
        text = f"{count[JobState.FAILED]} downloads failed."
        yield Symptom("failed", text, ("jobs", "list", "--state", "failed"), is_trouble=False)


def of_space(volumes: Iterable[tuple[str, int]]) -> Iterator[Symptom]:
    """``volumes`` are (folder, free bytes)."""
    for folder, free in volumes:
        if free < _LITTLE_SPACE:
            text = f"Only {free / 1e9:.1f} GB are free where {folder} is."
            yield Symptom("space", text, hint="Make room before the next large model.")


def of_folders(read_only: Sequence[str]) -> Iterator[Symptom]:
    for folder in read_only:
        text = f"Nothing can be written to {folder}."
        yield Symptom("read_only", text, hint="Give yourself the right to write there.")


def _models(count: int) -> str:
    return "1 model is" if count == 1 else f"{count} models are"


def _downloads(count: int) -> str:
    return "1 download waits" if count == 1 else f"{count} downloads wait"
