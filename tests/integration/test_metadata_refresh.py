"""What a refresh brings, from headers and from fakes of both providers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from model_keeper.domain.jobs import JobState, Ownership, WaitReason
from model_keeper.domain.metadata import Completeness, ModelMetadata, Owner
from model_keeper.domain.ports import PAUSE
from model_keeper.domain.queue import ItemResult, ItemState
from model_keeper.engine.item_jobs import item_error
from model_keeper.store.items import Items
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.server import Bytes, Reply, Request, json_reply
from tests.integration.refreshed_library import BY_HASH, RefreshedLibrary, give_back, sha256_of


class Killed(BaseException):
    """Nothing behind this line was run."""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[RefreshedLibrary]:
    with FakeCivitai() as civitai, FakeHub() as hub:
        made = RefreshedLibrary(tmp_path, civitai, hub)
        yield made
        made.close()


def answer_batches(library: RefreshedLibrary, answer: Callable[[Request], Reply | None]) -> None:
    """What Civitai answers to a batch of hashes instead."""
    library.civitai.instead = lambda request: answer(request) if request.path == BY_HASH else None


def test_a_model_that_civitai_knows_becomes_complete(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    job = library.refresh()
    assert job.state is JobState.SUCCEEDED, library.items(job.id)
    assert job.result == {
        "total": 1,
        "done": 1,
        "failed": 0,
        "changed": 1,
        "unchanged": 0,
        "unknown": 0,
    }
    metadata = library.metadata("a.safetensors")
    assert (metadata.name, metadata.trained_words) == ("Model 1", ("word1",))
    assert metadata.description == "About 1"
    assert library.found("a.safetensors").completeness is Completeness.COMPLETE
    assert library.names("is:incomplete") == []
    assert library.sidecar("loras/a.info")["source"] == "civitai"


def test_everybody_says_what_they_know(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    on_hub = library.add("grey-style.safetensors", 2)
    library.hub.add("people/grey-style", "grey-style.safetensors", on_hub)
    card = b"---\nbase_model: stabilityai/stable-diffusion-xl-base-1.0\n---\n# Style\n\nIt makes every picture as grey as a day in November.\n"
    library.hub.add("people/grey-style", "README.md", card, small=True)
    library.add("h.safetensors", 3, **{"modelspec.title": "From its header"})
    library.add("nobody.safetensors", 4)

    job = library.refresh()

    assert {name: job.result[name] for name in ("changed", "unknown", "failed")} == {
        "changed": 3,
        "unknown": 1,
        "failed": 0,
    }
    grey = library.metadata("grey-style.safetensors")
    assert (grey.source, grey.model_id, grey.description) == (
        "huggingface",
        "people/grey-style",
        "It makes every picture as grey as a day in November.",
    )
    assert library.metadata("h.safetensors").origin_of("name").owner is Owner.HEADER
    assert library.sidecar("loras/h.info")["name"] == "From its header"
    assert not (library.models / "loras/nobody.info").exists()


def test_a_second_refresh_changes_nothing_and_asks_for_no_miss_again(
    library: RefreshedLibrary,
) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    library.add("nobody.safetensors", 2)
    library.refresh()
    before = library.sidecar("loras/a.info")
    asked: list[str] = []
    answer_batches(library, lambda request: asked.extend(request.json()))

    job = library.refresh(only_incomplete=False)

    assert (job.result["unchanged"], job.result["unknown"]) == (1, 1)
    assert library.sidecar("loras/a.info") == before
    assert asked == [sha256_of(library.content("a.safetensors")).upper()]
    assert library.refresh().result["total"] == 1, "what is complete is not asked about again"


def test_a_model_that_a_provider_no_longer_has_loses_nothing(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    library.refresh()
    library.civitai.forget(1)
    library.clock.sleep(60)

    library.refresh(only_incomplete=False, fresh=True)

    metadata = library.metadata("a.safetensors")
    assert set(metadata.gone) == {"civitai"}
    assert (metadata.name, metadata.description) == ("Model 1", "About 1")
    library.publish(1, library.content("a.safetensors"))
    library.clock.sleep(60)
    library.refresh(only_incomplete=False, fresh=True)
    assert not library.metadata("a.safetensors").gone


HTML = Reply(200, {"Content-Type": "text/html"}, Bytes(b"<html>Sign in</html>"))
HALF = Reply(200, {"Content-Type": "application/json"}, Bytes(b'[{"id": 10, "modelId"'))
NO_LIST = json_reply({"items": []})

#: What Civitai's answer to a batch of hashes becomes of its models.
REFUSALS: Mapping[str, tuple[Reply, str]] = {
    "no key": (json_reply({"error": "Unauthorized"}, 401), "civitai_login_needed"),
    "blocked": (json_reply({"error": "Forbidden"}, 403), "civitai_forbidden"),
    "no such address": (json_reply({"error": "Not found"}, 404), "civitai_not_found"),
    "gone": (json_reply({"error": "Gone"}, 410), "civitai_archived"),
    "too fast": (json_reply({"error": "slow"}, 429), "rate_limited"),
    "its own fault": (json_reply({"error": "oops"}, 500), "server_error"),
    "overloaded": (json_reply({"error": "busy"}, 503), "server_busy"),
    "a page": (HTML, "protocol_error"),
    "half an answer": (HALF, "protocol_error"),
    "no list": (NO_LIST, "protocol_error"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_a_refusal_is_a_cause_at_the_models_that_need_it(
    library: RefreshedLibrary, case: str
) -> None:
    reply, code = REFUSALS[case]
    library.add("a.safetensors", 1, **{"modelspec.title": "From its header"})
    on_hub = library.add("linked.safetensors", 2, "vae")
    library.hub.add("people/linked", "linked.safetensors", on_hub)
    card = b"---\nbase_model: black-forest-labs/FLUX.1-dev\n---\nIt turns latents into pictures, and pictures into latents again.\n"
    library.hub.add("people/linked", "README.md", card, small=True)
    library.scan()
    link = "https://huggingface.co/people/linked/blob/main/linked.safetensors"
    library.library.records.edit(library.found("linked.safetensors"), {"source_url": link})
    answer_batches(library, lambda _: reply)

    job = library.refresh()

    assert job.state is JobState.SUCCEEDED
    assert library.failed(job.id) == {"a.safetensors": code}
    error = item_error(library.items(job.id)["a.safetensors"])
    assert error is not None
    assert error.hint
    assert library.metadata("a.safetensors").name == "From its header"
    assert library.names("is:incomplete") == ["a.safetensors"]


def test_a_host_that_says_when_is_asked_again_then(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    replies = [json_reply({"error": "slow"}, 429, {"Retry-After": "100"})] * 7
    answer_batches(library, lambda _: replies.pop() if replies else None)
    before = library.clock.monotonic()
    job = library.refresh()
    assert job.result["changed"] == 1
    assert library.clock.monotonic() - before >= 700


def test_a_wish_is_not_kept_waiting_by_a_host(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))

    def slow_down(_: Request) -> Reply:
        library.control.stop(PAUSE)
        return json_reply({"error": "slow"}, 429, {"Retry-After": "20"})

    answer_batches(library, slow_down)
    library.scan()
    job = library.step(library.request())
    assert job.state is JobState.PAUSED
    assert library.store.items.counts(job.id)[ItemState.PENDING] == 1


def test_a_provider_that_cannot_be_reached_is_waited_for(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    library.civitai.server.stop()
    library.scan()
    waiting = library.step(library.request())
    assert (waiting.state, waiting.wait_reason) == (JobState.PENDING, WaitReason.OFFLINE)
    assert waiting.run_after > library.clock.now_ms()
    job = library.run(waiting.id)
    assert (job.state, job.error_code) == (JobState.FAILED, "unreachable")
    again = library.store.wishes.retry(job.id)
    assert again.state is JobState.PENDING
    assert library.store.items.counts(job.id)[ItemState.PENDING] == 1


def test_another_models_answer_is_nobodys(library: RefreshedLibrary) -> None:
    content = library.add("a.safetensors", 1)
    other = library.civitai.add(1, 10, {"a.safetensors": content + b"another"}).data
    answer_batches(library, lambda _: json_reply([other, None, {"id": "?"}, other]))
    job = library.refresh()
    assert job.result["unknown"] == 1
    assert library.metadata("a.safetensors") == ModelMetadata()


def test_broken_empty_changing_and_moved_files_are_told_of(library: RefreshedLibrary) -> None:
    library.publish(1, library.add("good.safetensors", 1))
    for name, content in (("broken", b"no model"), ("empty", b"")):
        (library.models / f"loras/{name}.safetensors").write_bytes(content)
    library.add("moved.safetensors", 2)
    library.add("damaged.safetensors", 3)
    (library.models / "loras/damaged.info").write_text("{", encoding="utf-8")
    library.scan()
    job_id = library.request()
    (library.models / "loras/moved.safetensors").unlink()

    job = library.run(job_id)

    assert job.result["changed"] == 1
    assert library.failed(job_id) == {
        "broken.safetensors": "model_broken",
        "empty.safetensors": "model_broken",
        "moved.safetensors": "storage_failed",
        "damaged.safetensors": "sidecar_unreadable",
    }
    assert (library.models / "loras/damaged.info").read_text(encoding="utf-8") == "{"


def test_in_a_folder_that_cannot_be_written_to_it_is_kept_apart(
    library: RefreshedLibrary,
) -> None:
    library.publish(1, library.add("a.safetensors", 1))
    for name in ("a.info", "a.safetensors.info"):  # other tools have taken both names
        (library.models / "loras" / name).write_text('{"name_for_display": "x"}')
    library.refresh()
    record = library.library.records.read(library.found("a.safetensors").file)
    assert record.metadata.name == "Model 1"
    assert record.sidecar is not None
    assert library.models not in record.sidecar.parents
    assert record.foreign == ("a.info", "a.safetensors.info")
    assert library.names("is:incomplete") == []


def test_the_most_used_come_first(library: RefreshedLibrary) -> None:
    for number, name in enumerate(("a", "b", "c")):
        library.add(f"{name}.safetensors", number)
    path = str(library.models / "loras/b.safetensors")
    library.store.usage.count([path])
    library.scan()
    job_id = library.request()
    library.run(job_id)
    assert list(library.items(job_id)) == ["b.safetensors", "a.safetensors", "c.safetensors"]


def test_a_killed_refresh_asks_for_nothing_that_was_marked_again(
    library: RefreshedLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(130):
        library.publish(number + 1, library.add(f"{number:03}.safetensors", number))
    library.scan()
    job_id = library.request()
    asked: list[str] = []
    answer_batches(library, lambda request: asked.extend(request.json()))
    items, written = library.store.items, itertools.count()

    def mark(ownership: Ownership, results: Sequence[ItemResult]) -> None:
        if next(written) >= 4:
            raise Killed
        Items.mark(items, ownership, results)

    monkeypatch.setattr(items, "mark", mark)
    with pytest.raises(Killed):
        library.step(job_id)
    monkeypatch.undo()
    give_back(library, job_id)
    marked = {
        sha256_of(library.content(name)).upper()
        for name, item in library.items(job_id).items()
        if item.state is ItemState.SUCCEEDED
    }
    assert len(marked) == 100
    assert marked < set(asked)
    asked.clear()

    job = library.run(job_id)

    assert (job.result["changed"] + job.result["unchanged"], job.result["total"]) == (130, 130)
    assert not marked & set(asked)
    assert library.names("is:incomplete") == []
