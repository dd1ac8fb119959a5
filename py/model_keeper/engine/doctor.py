"""What is wrong, and the one command that helps with each thing. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.jobs import Job, JobState
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.prechecks import Key
from model_keeper.domain.recommendations import TASKS, Code, Recommendation
from model_keeper.domain.sizes import size_text

_NAMED = 5
_TEXTS: Mapping[Code, str] = MappingProxyType(
    {
        Code.BROKEN: "{files} cannot be loaded: {size}.",
        Code.SPACE: "Only {size} are free where {path} is.",
        Code.DUPLICATES: "{files} more than needed: the same is here again. {size} can be freed.",
        Code.METADATA: "{models}{where} without all of: {fields}.",
        Code.PREVIEWS: "{models}{where} without a preview.",
        Code.HASHES: "{files} never checked by SHA256: {size}.",
        Code.UPDATES: "{models} with an update.",
        Code.TRASH: "{files} in the trash for longer than wanted: {size}.",
    }
)
_LOOK: Mapping[Code, tuple[str, ...]] = MappingProxyType(
    {
        Code.BROKEN: ("library", "search", "is:broken"),
        Code.DUPLICATES: ("library", "duplicates"),
        Code.UPDATES: ("updates", "list"),
    }
)


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


def of_recommendations(found: Iterable[Recommendation]) -> Iterator[Symptom]:
    """What maintenance recommends."""
    for each in found:
        text = _TEXTS[each.code].format(
            files=_files(each.count),
            models=_files(each.count, "model"),
            where=f" in {each.category}" if each.category else "",
            fields=", ".join(name.replace("_", " ") for name in each.missing),
            size=size_text(each.size or 0),
            path=each.path,
        )
        yield Symptom(
            each.code.value,
            text,
            _fix(each),
            hint="Make room before the next large model." if each.code is Code.SPACE else "",
            is_trouble=each.code in {Code.BROKEN, Code.SPACE},
        )


def of_broken(broken: Sequence[ModelFile]) -> Iterator[Symptom]:
    """Why some of the files are broken."""
    for file in broken[:_NAMED]:
        text = (
            f"{file.relative} in {file.category} is broken: {file.header.problem or 'unreadable'}."
        )
        yield Symptom("broken", text, hint="Get it again: model-keeper library get-again")


def of_offline(offline: Iterable[str]) -> Iterator[Symptom]:
    """``offline`` are folders."""
    for folder in offline:
        text = f"{folder} cannot be read. What was in it is remembered."
        yield Symptom("offline", text, hint="Connect the drive, or take the folder out.")


def of_queue(jobs: Iterable[Job]) -> Iterator[Symptom]:
    """``jobs`` that failed or wait for a person."""
    count = Counter(job.state for job in jobs)
    if count[JobState.REVIEW]:
        text = f"{_downloads(count[JobState.REVIEW])} for your decision."
        yield Symptom("review", text, ("jobs", "list", "--state", "review"))
    if count[JobState.FAILED]:
        failed = count[JobState.FAILED]
        text = f"{'1 download' if failed == 1 else f'{failed} downloads'} failed."
        yield Symptom("failed", text, ("jobs", "list", "--state", "failed"), is_trouble=False)


def of_keys(keys: Mapping[str, Key]) -> Iterator[Symptom]:
    """``keys`` by the names of their providers."""
    for provider, key in keys.items():
        if key is Key.REFUSED:
            text = f"Your key for {provider} is refused."
            yield Symptom("key_refused", text, ("auth", "set", provider))


def of_worker(waiting: int, *, works: bool) -> Iterator[Symptom]:
    """``waiting`` jobs could go on; ``works``: a worker is there."""
    if waiting and not works:
        text = f"{'1 job waits' if waiting == 1 else f'{waiting} jobs wait'}, and no worker runs."
        yield Symptom("worker_absent", text, ("worker",))


def of_folders(read_only: Sequence[str]) -> Iterator[Symptom]:
    for folder in read_only:
        text = f"Nothing can be written to {folder}."
        yield Symptom("read_only", text, hint="Give yourself the right to write there.")


def _models(count: int) -> str:
    return "1 model is" if count == 1 else f"{count} models are"


def _downloads(count: int) -> str:
    return "1 download waits" if count == 1 else f"{count} downloads wait"


def _fix(each: Recommendation) -> tuple[str, ...]:
    if each.code in TASKS:
        category = ("--category", each.category) if each.category else ()
        return ("maintenance", "apply", each.code.value, *category)
    return _LOOK.get(each.code, ())


def _files(count: int, what: str = "file") -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
