"""What is installed beside the product: the same by every way, and never newer than ComfyUI's."""

from __future__ import annotations

import re
from typing import Any

import pytest
import tomlkit

from model_keeper import __version__
from tests.conventions.sources import ROOT

_NAME = re.compile(r"^[A-Za-z0-9._-]+")


@pytest.fixture(scope="module")
def declared() -> dict[str, Any]:
    return tomlkit.parse((ROOT / "pyproject.toml").read_text(encoding="utf-8")).unwrap()


def test_comfyui_manager_installs_what_pip_installs(declared: dict[str, Any]) -> None:
    listed = (ROOT / "requirements.txt").read_text(encoding="utf-8").split()
    assert listed == declared["project"]["dependencies"]


def test_nothing_of_comfyui_is_held_back(declared: dict[str, Any]) -> None:
    bounds = [_NAME.sub("", entry) for entry in declared["project"]["dependencies"]]
    assert [bound for bound in bounds if bound and not re.fullmatch(r">=[\d.]+", bound)] == []


def test_the_version_is_the_same_everywhere(declared: dict[str, Any]) -> None:
    assert declared["project"]["version"] == __version__


def test_scripts_are_found_once(declared: dict[str, Any]) -> None:
    """With WEB_DIRECTORY and this entry both, ComfyUI would load every script twice."""
    assert "web" not in declared["tool"]["comfy"]
