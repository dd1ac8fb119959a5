"""``model-keeper library`` as a person has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands, Said
from tests.integration.old_files import age


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with Commands(tmp_path) as made:
        for name, seed in (("loras/red car", 1), ("loras/copy", 1), ("vae/other", 2)):
            path = made.models / f"{name}.safetensors"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(safetensors(2_000, seed=seed))
            age(path)
        yield made


def scan(commands: Commands) -> Said:
    said = commands.run("library", "scan", "--models-dir", str(commands.models), "--json")
    assert said.code == 0, said
    return said


def test_a_scanned_library_is_listed_searched_verified_and_weighed(commands: Commands) -> None:
    before = commands.run("library", "list")
    assert (before.code, "library scan" in before.out) == (0, True)
    assert commands.run("library", "space").out == before.out
    scan(commands)
    told = commands.run("library", "scan", "--models-dir", str(commands.models))
    assert "scan of the library ✓ done" in told.out, "no verdict is told of what is no download"

    listed = commands.run("library", "list", "--category", "loras", "--json").last
    assert [item["name"] for item in listed["items"]] == ["copy.safetensors", "red car.safetensors"]
    assert (listed["total"], listed["scanning"]) == (2, False)
    searched = commands.run("library", "search", "RED", "size>1kB", "--json").last
    assert [item["name"] for item in searched["items"]] == ["red car.safetensors"]
    negated = commands.run("library", "search", "safetensors", "-red", "-copy", "--json").last
    assert [item["name"] for item in negated["items"]] == ["other.safetensors"]
    shown = commands.run("library", "info", searched["items"][0]["id"])
    assert "red car.safetensors" in shown.out
    path = str(commands.models / "loras" / "red car.safetensors")
    for name in ("red car.safetensors", "loras/red car.safetensors", path):
        assert commands.run("library", "info", name).out == shown.out
    assert commands.run("library", "search", "blue").out == "No model is like this.\n"

    assert commands.run("library", "duplicates", "--json").last["items"] == []
    assert commands.run("library", "verify", "--json").code == 0
    twice = commands.run("library", "duplicates", "--json").last
    assert [len(group["paths"]) for group in twice["items"]] == [2]
    assert (twice["total"], twice["bytes_freed"]) == (1, 2_000)
    assert twice["same_weights"] == []
    unknown = commands.run("library", "dedupe", "--yes")
    assert (unknown.code, "settings set models_dir" in unknown.err) == (2, True), unknown
    space = commands.run("library", "space", "--json").last
    assert space["total"]["files"] == 3


def test_the_same_weights_are_a_block_of_their_own(commands: Commands) -> None:
    for name in ("plain", "retitled"):
        path = commands.models / f"vae/{name}.safetensors"
        path.write_bytes(safetensors(2_000, seed=3, metadata={"title": name[0]}))
        age(path)
    scan(commands)
    assert commands.run("library", "verify", "--json").code == 0

    told = commands.run("library", "duplicates", "--json").last

    assert len(told["items"]) == 1, "those that are equal byte for byte"
    [same] = told["same_weights"]
    paths = [[str(commands.models / f"vae/{name}.safetensors")] for name in ("plain", "retitled")]
    assert [each["paths"] for each in same["variants"]] == paths
    assert [(each["files"], len(each["places"])) for each in same["variants"]] == [(1, 1), (1, 1)]
    said = commands.run("library", "duplicates").out
    apart = said.index("Same weights, other metadata")
    assert said.index("can be freed") < apart < said.index(paths[0][0]) < said.index(paths[1][0])
    dry = commands.run("library", "dedupe", "--dry-run", "--json").last
    assert "same_weights" not in dry


def test_what_is_wrong_has_the_exit_codes_of_all_commands(commands: Commands) -> None:
    (commands.models / "vae" / "broken.safetensors").write_bytes(b"no model at all")
    scan(commands)

    refused = commands.run("library", "search", "sampler:euler")
    assert (refused.code, "sampler" in refused.err) == (2, True)
    assert commands.run("library", "info", "0123").code == 5
    verified = commands.run("library", "verify", "--json")
    assert verified.code == 1
    assert [item["name"] for item in verified.last["items"]] == ["broken.safetensors"]


def test_what_could_be_better_is_shown_and_done(commands: Commands) -> None:
    scanned = commands.run("maintenance", "scan", "--models-dir", str(commands.models))
    assert scanned.code == 0, scanned
    assert "3 files never checked by SHA256" in scanned.out
    assert "model-keeper maintenance apply hashes_missing" in scanned.out
    applied = commands.run("maintenance", "apply", "hashes_missing")
    assert (applied.code, applied.out.strip().splitlines()[-1]) == (0, "3 hashed.")
    shown = commands.run("maintenance", "show", "--json").last
    codes = {row["code"] for row in shown["recommendations"]}
    assert "duplicates_found" in codes
    assert "hashes_missing" not in codes
    asked = commands.run("maintenance", "apply", "duplicates_found")
    assert (asked.code, "Only you can decide" in asked.err) == (4, True)
