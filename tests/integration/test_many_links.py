"""Two hundred pasted links at once: each has its own outcome, and what is checked before is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from model_keeper.testing.civitai import KEY, FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper
from tests.integration.panel_server import PanelServer, refused

REPO = "somebody/many"
HUB = f"https://huggingface.co/{REPO}/resolve/main/loras"
ON_HUB = 99
ON_CIVITAI = 90


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        for n in range(ON_HUB):
            made.add(REPO, f"loras/h{n}.safetensors", safetensors(2_000, seed=n))
        yield made


@pytest.fixture(scope="module")
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        for n in range(1, ON_CIVITAI + 1):
            made.add(n, n * 10, {f"c{n}.safetensors": safetensors(2_000, seed=500 + n)})
        yield made


@pytest.fixture
def server(
    tmp_path_factory: pytest.TempPathFactory, hub: FakeHub, civitai: FakeCivitai
) -> Iterator[PanelServer]:
    host = civitai.url.removeprefix("http://")
    with PanelServer(
        tmp_path_factory.mktemp("many"),
        HF_ENDPOINT=hub.url,
        MODEL_KEEPER_CIVITAI_ENDPOINT=civitai.url,
        MODEL_KEEPER_TOKEN_HOSTS=f"civitai={host}",
        CIVITAI_TOKEN=KEY,
    ) as made:
        yield made


LINKS = [
    *(f"{HUB}/h{n}.safetensors" for n in range(ON_HUB)),
    *(f"https://civitai.com/models/{n}" for n in range(1, ON_CIVITAI + 1)),
    # the same downloads, said otherwise
    *(f"https://civitai.com/api/download/models/{n}0" for n in range(1, 6)),
    f"hf://{REPO}/loras/h0.safetensors",
    # and what is wrong with links
    "nonsense",
    "https://civitai.com/models/404",
    f"{HUB}/gone.safetensors",
    "https://10.0.0.1/a.safetensors",
    "0" * 64,
]


def checks(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for each in row["checks"]}


def test_two_hundred_links_are_looked_at_and_enqueued_each_for_itself(
    server: PanelServer, civitai: FakeCivitai
) -> None:
    assert len(LINKS) == 200
    before = server.models / "loras/h1.safetensors"
    before.write_bytes(safetensors(2_000, seed=1))
    taken = server.models / "loras/h2.safetensors"
    taken.write_bytes(b"something else")

    found = server.post("links/inspect", {"text": "\n".join([*LINKS, LINKS[0]])})
    rows = found["items"]
    assert [row["text"] for row in rows] == LINKS
    assert (found["left_out"], found["repeated"]) == (0, 1)
    codes = Counter(row["error"]["code"] for row in rows if row["error"])
    assert codes == {
        "link_unreadable": 1,
        "civitai_not_found": 1,
        "hf_file_not_found": 1,
        "host_refused": 1,
        "hash_not_found": 1,
    }
    again = [(row["text"], row["duplicate_of"]) for row in rows if row["duplicate_of"]]
    assert again == [
        *((f"https://civitai.com/api/download/models/{n}0", f"https://civitai.com/models/{n}")
          for n in range(1, 6)),
        (f"hf://{REPO}/loras/h0.safetensors", LINKS[0]),
    ]  # fmt: skip
    [volume] = found["volumes"]
    assert (volume["needed"], volume["missing"]) == (2_000 * (ON_HUB + ON_CIVITAI - 1), 0)

    assert checks(rows[0])["exists"] == {"code": "exists", "state": "ok", "data": {}}
    assert checks(rows[0])["space"]["data"]["needed"] == 2_000
    assert "credentials" not in checks(rows[0])
    assert rows[1]["here"] == str(before)
    assert set(checks(rows[1])) == {"exists", "size", "metadata"}
    assert checks(rows[2])["exists"]["state"] == "refused"
    assert checks(rows[2])["size"]["data"]["there"] == len(b"something else")
    key = {"provider": "civitai", "key": "valid"}
    assert checks(rows[ON_HUB])["credentials"] == {
        "code": "credentials", "state": "ok", "data": key,
    }  # fmt: skip
    asked = [record.path for record in civitai.server.records()]
    assert asked.count("/api/v1/me") == 1, "one key is tried once for all links"

    accepted = server.post("batches", {"items": [{"url": link} for link in LINKS]})
    outcomes = accepted["items"]
    assert len(outcomes) == 200
    assert Counter(each["error"]["code"] for each in outcomes if each["error"]) == codes
    jobs = [each["job_id"] for each in outcomes]
    assert len(set(jobs) - {None}) == ON_HUB + ON_CIVITAI
    assert jobs[LINKS.index(again[0][0])] == jobs[LINKS.index(again[0][1])]

    too_many = {"items": [{"url": LINKS[0]}] * 501}
    details = refused(server.ask("POST", "batches", too_many), 400, "invalid_request")
    assert "500" in str(details)


def test_what_was_checked_stands_once_in_the_history(tmp_path: Any, civitai: FakeCivitai) -> None:
    environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url}
    with Keeper(tmp_path, environment) as keeper:
        job = keeper.get("https://civitai.com/models/8")
        history = keeper.host.store.jobs.history(job.id)
        [told] = [entry.data["checks"] for entry in history if entry.event == "checked"]
        assert [(each["code"], each["state"]) for each in told] == [
            ("exists", "ok"),
            ("size", "ok"),
            ("metadata", "ok"),
            ("credentials", "warning"),  # nobody asked for a key that is not there
            ("space", "ok"),
        ]
        events = [entry.event for entry in history]
        assert events.index("claim") < events.index("checked") < events.index("verify")
