"""``model-keeper previews`` as a person has it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.cli.previews import meant
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.known_pictures import KnownPicture
from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands
from tests.integration.picture_host import PictureHost
from tests.unit.library.preview_pictures import picture

RED, BLUE = picture(colour="red"), picture(colour="blue")


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with PictureHost() as host, Commands(tmp_path) as made:
        loras = made.models / "loras"
        loras.mkdir()
        addresses = {"boats": [host.add("red", RED), host.add("blue", BLUE)],
                     "gone": [f"{host.server.url}/410"]}  # fmt: skip
        for name, urls in addresses.items():
            path = loras / f"{name}.safetensors"
            path.write_bytes(safetensors(700, seed=len(name)))
            os.utime(path, (1_600_000_000, 1_600_000_000))
            said = {"preview": [{"url": url} for url in urls], "completeness": "partial"}
            path.with_suffix(".info").write_text(json.dumps(said), encoding="utf-8")
        assert made.run("settings", "set", "models_dir", str(made.models)).code == 0
        assert made.run("library", "scan").code == 0
        yield made


def test_previews_are_repaired_shown_chosen_and_given_back(commands: Commands) -> None:
    repaired = commands.run("previews", "repair")
    assert repaired.code == 0, repaired
    assert "1 changed, 1 failed." in repaired.out
    assert "gone.safetensors" in repaired.out
    preview = commands.models / "loras" / "boats.preview.png"
    assert preview.read_bytes() == RED

    shown = commands.run("previews", "show", "boats.safetensors", "--json").last
    assert (shown["path"], shown["chosen"]) == (str(preview), False)
    assert [row["shown"] for row in shown["known"]] == [True, False]

    chosen = commands.run("previews", "choose", "boats.safetensors", "1", "--json")
    assert (chosen.code, chosen.last["chosen"]) == (0, True), chosen
    assert preview.read_bytes() == BLUE
    assert commands.run("previews", "back", "boats.safetensors").code == 0
    assert preview.read_bytes() == RED


def test_a_picture_is_named_by_its_number_as_a_file_or_by_its_address() -> None:
    known = [KnownPicture(b"", "header"), KnownPicture(b"", "beside")]
    assert meant(known, "1") is known[1]
    assert meant(known, "pictures/1.png").place == Path("pictures/1.png")
    assert meant(known, "https://example.org/1.png").url == "https://example.org/1.png"
    with pytest.raises(KeeperError) as caught:
        meant(known, "2")
    assert caught.value.code == "invalid_request"
