"""The command line, from its arguments to its exit code."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing import pickles
from model_keeper.testing.model_files import LORA_NAMES, safetensors
from model_keeper.testing.origin import Origin
from tests.integration.commands import Commands
from tests.integration.patience import HELD, PATIENCE

FILE = safetensors(500_000, seed=31)
SHA256 = hashlib.sha256(FILE).hexdigest()
WORKFLOW = {"version": 0.4, "links": [], "nodes": []}


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as made:
        yield made


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with Commands(tmp_path) as made:
        yield made


def test_get_prints_one_object_a_line_and_a_summary(commands: Commands, origin: Origin) -> None:
    said = commands.get(origin.add("x.safetensors", FILE), "--sha256", SHA256)

    assert said.code == 0
    assert {line["event"] for line in said.lines[:-1]} <= {"state", "progress"}
    summary = said.last
    assert {k: summary[k] for k in ("event", "succeeded", "failed", "reused")} == {
        "event": "summary",
        "succeeded": 1,
        "failed": 0,
        "reused": 0,
    }
    (job,) = summary["jobs"]
    path = commands.models / "loras" / "x.safetensors"
    assert job["state"] == "succeeded"
    assert job["path"] == str(path)
    assert job["sha256"] == SHA256
    assert job["bytes_fetched"] == len(FILE)
    assert job["error"] is None
    assert path.read_bytes() == FILE


def test_a_second_get_reuses(commands: Commands, origin: Origin) -> None:
    url = origin.add("x.safetensors", FILE)
    commands.get(url)

    again = commands.get(url)

    assert again.code == 0
    assert (again.last["reused"], again.last["succeeded"]) == (1, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["get"], 2, "a link, a SHA256 or a workflow"),
        (["get", "not a link", "--models-dir", "{models}"], 2, "is not a link"),
        (["get", "javascript:alert(1)", "--models-dir", "{models}"], 2, "is not a link"),
        (["get", "http://10.0.0.1/x.safetensors", "--models-dir", "{models}"], 2, "private"),
        (["get", "{url}", "--models-dir", "{models}"], 2, "--to"),
        (["get", "{url}", "--models-dir", "{models}", "--to", "lora"], 2, "loras"),
        (["get", "{url}", "--models-dir", "{models}", "--to", "loras", "--name", "../x"], 2, "outside"),
        (["get", "{url}", "--models-dir", "{models}", "--to", "loras", "--name", "/etc/x"], 2, "outside"),
        (["get", "{url}", "--models-dir", "{models}", "--sha256", "12"], 2, "SHA256"),
        (["get", "{url}", "--to", "loras"], 2, "settings set models_dir"),
        (["get", "{url}", "--to", "loras", "--models-dir", "{models}/no/where"], 5, "no folder"),
        (["get", "none.json", "--models-dir", "{models}"], 5, "no file"),
        (["auth", "test", "civitai"], 3, "auth set civitai"),
        (["jobs", "show", "ffffffff"], 5, "no job"),
        (["jobs", "frobnicate"], 2, "No such command"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    commands: Commands, origin: Origin, arguments: list[str], code: int, says: str
) -> None:
    url = origin.add("x.ckpt", pickles.benign(2))
    filled = [a.format(models=commands.models, url=url) for a in arguments]

    said = commands.run(*filled)

    assert said.code == code, said.err
    assert says in said.err
    assert commands.files() == []
    assert "Traceback" not in said.err


def test_the_category_comes_from_the_files_own_header(commands: Commands, origin: Origin) -> None:
    lora = safetensors(300_000, seed=32, names=LORA_NAMES)
    url = origin.add("x.safetensors", lora)

    said = commands.run("get", url, "--models-dir", str(commands.models), "--json", "--yes")

    assert said.code == 0, said.err
    assert commands.files() == ["loras/x.safetensors"]


def test_a_workflows_models_are_fetched_into_their_folders(
    commands: Commands, origin: Origin, tmp_path: Path
) -> None:
    rows = [
        {"name": "a.safetensors", "url": origin.add("a", FILE), "directory": "vae"},
        {"name": "sub\\b.safetensors", "url": origin.add("b", FILE[:0] + safetensors(9_000, 5)), "directory": "loras"},
    ]  # fmt: skip
    nodes = [{"id": 1, "type": "Loader", "mode": 0, "properties": {"models": rows}}]
    path = tmp_path / "workflow.json"
    path.write_text(json.dumps({**WORKFLOW, "nodes": nodes}))

    said = commands.run("get", str(path), "--models-dir", str(commands.models), "--json", "--yes")

    assert said.code == 0, said.err
    assert commands.files() == ["loras/sub/b.safetensors", "vae/a.safetensors"]
    assert said.last["succeeded"] == 2


def test_a_name_with_two_addresses_is_shown_not_guessed(
    commands: Commands, origin: Origin, tmp_path: Path
) -> None:
    rows = [
        {"name": "a.safetensors", "url": origin.add(name, FILE), "directory": "vae"}
        for name in ("one", "two")
    ]
    nodes = [{"id": 1, "type": "Loader", "mode": 0, "properties": {"models": rows}}]
    path = tmp_path / "workflow.json"
    path.write_text(json.dumps({**WORKFLOW, "nodes": nodes}))

    said = commands.run("get", str(path), "--models-dir", str(commands.models), "--json")

    assert said.code == 2
    assert "one" in said.err
    assert "two" in said.err
    assert commands.files() == []


def test_a_workflows_unknown_host_waits_for_approval(commands: Commands, tmp_path: Path) -> None:
    url = "https://unknown-host.example/x.safetensors"
    models = [{"name": "x.safetensors", "url": url, "directory": "vae"}]
    nodes = [{"id": 1, "type": "Loader", "properties": {"models": models}}]
    path = tmp_path / "workflow.json"
    path.write_text(json.dumps({**WORKFLOW, "nodes": nodes}))

    said = commands.run("get", str(path), "--models-dir", str(commands.models), "--json")

    assert said.code == 4
    assert said.last["jobs"][0]["wait_reason"] == "approval"
    assert commands.files() == []


def test_a_file_that_can_run_code_is_held_until_a_person_decides(
    commands: Commands, origin: Origin
) -> None:
    bodies = {"a": pickles.hostile("os", "system"), "b": pickles.hostile("builtins", "eval")}
    jobs = {}
    for name, ways in bodies.items():
        held = commands.get(origin.add(f"{name}.pkl", next(iter(ways.values()))))
        assert held.code == 4
        (jobs[name],) = held.last["jobs"]
        assert jobs[name]["error"]["code"] == "review_pickle"
        assert jobs[name]["id"] in jobs[name]["error"]["hint"]
    assert [name for name in commands.files() if ".part" not in name] == []

    assert commands.run("jobs", "approve", jobs["a"]["id"]).code == 0
    assert commands.run("jobs", "reject", jobs["b"]["id"]).code == 0
    watched = commands.run("jobs", "watch", "--json")

    assert watched.code in {0, 1}
    assert commands.files() == ["loras/a.pkl"]


def test_allowing_pickles_is_asked_for_each_time(commands: Commands, origin: Origin) -> None:
    body = next(iter(pickles.hostile("os", "system").values()))

    said = commands.get(origin.add("a.pkl", body), "--allow-pickle")

    assert said.code == 0
    assert commands.files() == ["loras/a.pkl"]


def test_ctrl_c_leaves_the_job_to_the_worker(commands: Commands, origin: Origin) -> None:
    url = origin.add("x.safetensors", FILE, rate=200_000)
    process = commands.start(
        "get", url, "--to", "loras", "--models-dir", str(commands.models), "--json"
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "progress":
            break
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)

    assert "jobs watch" in err
    assert "jobs cancel" in err
    attached = commands.get(url)
    assert attached.code == 0
    assert (commands.models / "loras" / "x.safetensors").read_bytes() == FILE
    assert origin.sent() <= 1.02 * len(FILE), "the second get joined the first one's job"


def test_detach_returns_at_once_with_the_ids(commands: Commands, origin: Origin) -> None:
    said = commands.get(origin.add("x.safetensors", FILE, rate=2_000_000), "--detach")

    assert said.code == 0
    (line,) = said.lines
    assert commands.run("jobs", "watch", "--json").code == 0
    shown = commands.run("jobs", "show", line["id"], "--json").last
    assert shown["state"] == "succeeded"
    assert {entry["event"] for entry in shown["history"]} >= {"created", "claim", "succeed"}


@pytest.mark.parametrize("form", ["service", "remote", "refresh"])
def test_a_job_is_shown_in_older_words(commands: Commands, origin: Origin, form: str) -> None:
    (job,) = commands.get(origin.add("x.safetensors", FILE)).last["jobs"]

    shown = commands.run("jobs", "show", job["id"][:8], "--format", form).last

    assert shown["status"] in {"SUCCESS", "COMPLETE", "completed"}


def test_pause_keeps_the_bytes_and_cancel_removes_them(commands: Commands, origin: Origin) -> None:
    url = origin.add("x.safetensors", safetensors(1_500_000, seed=32), **HELD)
    (line,) = commands.get(url, "--detach").lines
    process = commands.start("jobs", "watch", "--json")
    assert process.stdout is not None
    for text in process.stdout:
        event = json.loads(text)
        if event["event"] == "progress" and event["bytes_done"] > 0:
            break
    assert commands.run("jobs", "pause", line["id"]).code == 0
    process.communicate(timeout=PATIENCE)

    assert commands.run("jobs", "show", line["id"], "--json").last["state"] == "paused"
    assert any(".part" in name for name in commands.files())
    assert commands.run("jobs", "cancel", line["id"]).code == 0
    assert commands.files() == []


def test_the_demo_proves_itself(commands: Commands, tmp_path: Path) -> None:
    from tests.integration.demo_audit import audit

    said = commands.run("demo", "--json", "--dir", str(tmp_path / "demo"))

    assert said.code == 0, said.err
    assert audit(tmp_path / "demo") == []
