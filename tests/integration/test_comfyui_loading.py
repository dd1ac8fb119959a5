"""ComfyUI loads the folder: at once, without touching anything, and whatever is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.integration.extension import PREFIX, ROOT, load

_HEAVY = {"sqlalchemy", "huggingface_hub", "PIL", "yaml", "blake3", "sqlite3", "model_keeper.store"}
_NOT_NEEDED = ("aiofiles", "tomlkit", "huggingface_hub", "blake3")


def as_it_is(_: Path) -> Path:
    return ROOT


def linked(folder: Path) -> Path:
    link = folder / "comfyui.model-keeper-main"
    link.symlink_to(ROOT, target_is_directory=True)
    return link


def copied(folder: Path) -> Path:
    copy = folder / "comfyui.model-keeper-main"
    for name in ("py", "web/dist"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "requirements.txt"):
        shutil.copy(ROOT / name, copy)
    return copy


@pytest.fixture
def user(tmp_path: Path) -> Path:
    folder = tmp_path / "user"
    folder.mkdir()
    return folder


def problem(answer: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status, body = answer["health"]
    return status, body["error"]


@pytest.mark.parametrize("place", [as_it_is, linked, copied])
def test_loading_registers_and_does_nothing_else(
    place: Callable[[Path], Path], user: Path, tmp_path: Path
) -> None:
    folder = place(tmp_path)
    answer = load(folder, user)
    assert answer["nodes"] == {}
    assert ["*", f"{PREFIX}/{{tail:(?s:.*)}}"] in answer["routes"]
    assert answer["source"] == str(folder / "py" / "model_keeper" / "__init__.py")
    assert answer["noticed"] == []
    assert answer["threads"] == []
    assert answer["kept"] == []
    assert answer["log"] == []


def test_loading_imports_nothing_heavy(user: Path) -> None:
    assert _HEAVY.isdisjoint(load(ROOT, user)["imported"])


def test_comfyui_gets_one_script_of_the_web_folder(user: Path) -> None:
    web = ROOT / load(ROOT, user)["web"]
    assert [path.name for path in web.rglob("*.js")] == ["model-keeper.js"]


@pytest.mark.parametrize("package", _NOT_NEEDED)
def test_it_works_without_a_package_that_is_not_needed_always(package: str, user: Path) -> None:
    status, health = load(ROOT, user, missing=[package], serve=True)["health"]
    assert status == 200
    assert health["host"] == "comfyui"
    assert health["problems"] == []


@pytest.mark.parametrize("package", ["sqlalchemy", "filelock"])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    package: str, user: Path
) -> None:
    answer = load(ROOT, user, missing=[package], serve=True)
    assert answer["nodes"] == {}
    status, error = problem(answer)
    assert (status, error["code"]) == (503, "dependency_missing")
    assert error["details"]["package"] == package
    requirements = str(ROOT / "requirements.txt")
    assert "-m pip install -r" in error["hint"]
    assert requirements in error["hint"]
    what, fix = answer["log"]
    assert package in what
    assert requirements in fix


def test_an_installed_copy_wins_and_the_log_says_so(user: Path, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "py" / "model_keeper", site / "model_keeper")
    answer = load(ROOT, user, installed=site)
    used = str(site / "model_keeper" / "__init__.py")
    assert answer["source"] == used
    what, fix = answer["log"]
    assert used in what
    assert str(ROOT) in what
    assert "pip uninstall comfyui-model-keeper" in fix


def test_a_failure_while_registering_is_two_lines_of_the_log(user: Path) -> None:
    answer = load(ROOT, user, strange=True)
    assert answer["nodes"] == {}
    what, fix = answer["log"]
    assert "could not be loaded: AttributeError" in what
    assert "pip" not in fix


def test_a_package_that_is_missing_at_the_load_is_to_be_installed(user: Path) -> None:
    answer = load(ROOT, user, missing=["model_keeper"])
    assert answer["nodes"] == {}
    what, fix = answer["log"]
    assert "model_keeper" in what
    assert str(ROOT / "requirements.txt") in fix
