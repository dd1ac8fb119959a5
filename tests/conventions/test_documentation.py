"""What can be used is written down, and what is generated is current."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any

import pytest
import typer

from model_keeper.cli.commands import app
from model_keeper.cli.deferred import Deferred
from model_keeper.domain.settings import Settings
from tests.conventions.sources import ROOT, name_of, product_files, strings

_VARIABLE = re.compile(r"(?:MODEL_KEEPER|HF|HUGGINGFACE|CIVITAI|XDG)_[A-Z_]+|LOCALAPPDATA")
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)")
_MAKE_TARGET = re.compile(r"`make ([a-z-]+)`")


@cache
def _prose() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


def _commands(path: str, command: Any) -> Iterator[str]:
    if isinstance(command, Deferred):
        command = command.loaded()
    inner = getattr(command, "commands", {})
    if not inner:
        yield path
    for name, below in inner.items():
        yield from _commands(f"{path} {name}", below)


def test_generated_pages_are_current() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("command", list(_commands("model-keeper", typer.main.get_command(app))))
def test_every_command_is_described(command: str) -> None:
    assert f"## {command}\n" in _prose()


def _deferred(command: Any) -> Iterator[Deferred]:
    if isinstance(command, Deferred):
        yield command
        command = command.loaded()
    for below in getattr(command, "commands", {}).values():
        yield from _deferred(below)


def test_a_list_of_commands_says_what_each_of_them_says() -> None:
    listed = {command: command.help for command in _deferred(typer.main.get_group(app))}
    assert {"get", "library", "export"} <= {command.name for command in listed}
    told = {command: command.loaded().help.split("\n\n")[0] for command in listed}
    assert listed == told


@pytest.mark.parametrize("setting", [field.name for field in fields(Settings)])
def test_every_setting_is_described(setting: str) -> None:
    assert f"`{setting}`" in _prose()


def test_every_variable_of_the_environment_is_described() -> None:
    read = {
        text
        for path in product_files()
        if "/testing/" not in name_of(path)
        for text in strings(path)
        if _VARIABLE.fullmatch(text)
    }
    assert "MODEL_KEEPER_STATE_DIR" in read
    assert sorted(name for name in read if f"`{name}`" not in _prose()) == []


def test_no_link_between_pages_is_broken() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        (name_of(page), target)
        for page in pages
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.MULTILINE))
    text = _prose() + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(_MAKE_TARGET.findall(text)) - targets == set()
