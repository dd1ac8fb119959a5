"""Who is asked for what, and what a failure costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Status, WantedFile
from model_keeper.domain.references import Location, ModelEntry, Reference, ReferenceKind
from model_keeper.engine.resolving.declared import Declared
from model_keeper.engine.resolving.resolver import Resolver
from model_keeper.engine.resolving.workflow import Sources, WorkflowResolver


class Answers:
    """A source that answers as told and remembers what it was asked."""

    def __init__(self, source: Source, answer: Callable[[Wanted], Sequence[Candidate]]) -> None:
        self.source = source
        self.asked: list[str] = []
        self._answer = answer

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        self.asked.append(wanted.name)
        return self._answer(wanted)


def sure(source: Source) -> Answers:
    return Answers(source, lambda w: [Candidate(source, w.name, 100, url=f"https://x/{w.name}")])


def empty(source: Source) -> Answers:
    return Answers(source, lambda _: [])


def failing(source: Source, code: str, **details: Any) -> Answers:
    def fail(_: Wanted) -> Sequence[Candidate]:
        raise KeeperError(code, **details)

    return Answers(source, fail)


def files(*names: str, required: bool = True) -> list[WantedFile]:
    return [WantedFile(Wanted(name, "vae"), (), required) for name in names]


def test_nobody_further_is_asked_once_a_file_is_settled() -> None:
    first, second = sure(Source.KNOWN), sure(Source.CIVITAI)
    (finding,) = Resolver([empty(Source.DISK), first, second]).resolve(files("a.pt"))
    assert finding.status is Status.FETCH
    assert (first.asked, second.asked) == (["a.pt"], [])


def test_findings_come_in_the_order_of_the_files() -> None:
    names = [f"{n}.pt" for n in range(20)]
    findings = Resolver([sure(Source.KNOWN)]).resolve(files(*names))
    assert [finding.wanted.name for finding in findings] == names


def test_a_failure_is_the_sources_own() -> None:
    broken = failing(Source.CIVITAI, "unreachable", host="civitai.com")
    (finding,) = Resolver([broken, sure(Source.HUGGINGFACE)]).resolve(files("a.pt"))
    assert finding.status is Status.FETCH
    assert [failure.code for failure in finding.failures] == ["unreachable"]


def test_who_cannot_be_reached_is_asked_once() -> None:
    broken = failing(Source.CIVITAI, "unreachable", host="civitai.com")
    resolver = Resolver([broken])
    for name in ("a.pt", "b.pt", "c.pt"):
        (finding,) = resolver.resolve(files(name))
        assert finding.failures[0].code == "unreachable"
    assert broken.asked == ["a.pt"]


def test_who_cannot_be_reached_is_not_asked_for_the_next_workflow() -> None:
    down = failing(Source.CIVITAI, "unreachable", host="civitai.com", why="no route")
    resolver = WorkflowResolver(lambda _: (), Sources(disk=(), near=(), far=(down,)))
    for name in ("a.pt", "b.pt", "c.pt"):
        (finding,) = resolver.deciding(()).resolve(files(name), search=True)
        assert [error.code for error in finding.failures] == ["unreachable"]
    assert down.asked == ["a.pt"]


def test_who_does_not_know_one_file_is_asked_for_the_next() -> None:
    unknowing = failing(Source.CIVITAI, "not_found", what="it")
    resolver = Resolver([unknowing])
    resolver.resolve(files("a.pt"))
    resolver.resolve(files("b.pt"))
    assert unknowing.asked == ["a.pt", "b.pt"]


def test_no_provider_is_asked_for_what_nobody_waits_for() -> None:
    near, far = empty(Source.KNOWN), sure(Source.CIVITAI)
    (finding,) = Resolver([near, far]).resolve(files("a.pt", required=False))
    assert finding.status is Status.OPTIONAL
    assert (near.asked, far.asked) == (["a.pt"], [])


def test_nobody_is_asked_for_a_name_that_is_no_file() -> None:
    source = sure(Source.KNOWN)
    at = Location("", "1", ("widgets_values", 0))
    name = Reference("1", "VAELoader", "vae_name", "taesd", at, kind=ReferenceKind.BUILTIN)
    (finding,) = Resolver([source]).resolve([WantedFile(Wanted("taesd", "vae"), (name,), False)])
    assert (finding.status, source.asked) == (Status.BUILTIN, [])


def test_the_workflow_itself_offers_each_address_once() -> None:
    url = "https://huggingface.co/o/r/resolve/main/a.pt"
    entries = (
        ModelEntry("a.pt", url, "vae"),
        ModelEntry("a.pt", f"{url}?download=true", "vae"),
        ModelEntry("a.pt", None, "vae"),
    )
    (found,) = Declared().candidates(Wanted("a.pt", "vae", entries=entries))
    assert (found.url, found.automatic, found.category) == (url, True, "vae")
    two = (*entries, ModelEntry("a.pt", "https://elsewhere.org/a.pt", "vae"))
    (finding,) = Resolver([Declared()]).resolve(
        [WantedFile(Wanted("a.pt", "vae", entries=two), (), True)]
    )
    assert finding.status is Status.CHOOSE
