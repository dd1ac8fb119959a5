"""What is asked of whom before anything is planned."""

from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.downloads import Asset, NetworkSettings
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.intake import Intake
from model_keeper.engine.questions import ask_nobody

FILE = Asset(provider="any", url="https://host.example/x.safetensors", name="x.safetensors")


class Asked:
    """A network whose providers note what they are asked."""

    def __init__(self) -> None:
        self.links: list[Any] = []
        self.hf_hosts: frozenset[str] = frozenset()

    def providers(self, settings: NetworkSettings) -> Asked:
        return self

    def client(self, settings: NetworkSettings) -> None:
        return None

    def for_link(self, link: Any) -> Asked:
        return self

    def inspect(self, link: Any) -> list[Asset]:
        self.links.append(link)
        return [FILE]


@pytest.mark.parametrize(
    ("url", "allowed", "asked"),
    [
        ("https://host.example/x.safetensors", (), False),
        ("https://host.example/x.safetensors", ("host.example",), True),
        ("https://huggingface.co/o/r/resolve/main/x.safetensors", (), True),
        ("https://civitai.com/models/1", (), True),
    ],
)
def test_a_link_that_no_person_gave_asks_no_unknown_host(
    url: str, allowed: tuple[str, ...], asked: bool
) -> None:
    network: Any = Asked()
    settings = NetworkSettings(allow_hosts=allowed)
    intake = Intake(network, settings, FolderTable(), ask_nobody)
    assert bool(intake.look_up_unasked(url)) is asked
    assert bool(network.links) is asked
