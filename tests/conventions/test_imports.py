"""Importing the product does nothing but define names, and needs only the base packages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT, module_of, product_files

_OPTIONAL = ("typer", "rich", "platformdirs", "psycopg", "python_socks", "keyring", "blake3")
_NEEDS_OPTIONAL = ("model_keeper.cli", "model_keeper.testing")

_WATCHED = """
import importlib, sys, threading
seen = []

def watch(event, args):
    if event == "open":
        path, mode, _ = args
        if isinstance(mode, str) and set(mode) & set("wax+") and "__pycache__" not in str(path):
            seen.append((event, path, mode))
    elif event.split(".")[0] in ("socket", "subprocess", "shutil") or event in (
        "os.mkdir", "os.remove", "os.rename", "os.system", "sqlite3.connect"
    ):
        if event not in ("socket.__new__", "socket.gethostname"):
            seen.append((event, str(args)))

sys.dont_write_bytecode = True
for name in sys.argv[2].split(","):
    sys.modules[name] = None
import filelock  # on Python 3.10 it tries out links when it is imported
sys.addaudithook(watch)
for name in sys.argv[1].split(","):
    importlib.import_module(name)
running = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
assert not running, running
assert not seen, seen
"""


def _import(modules: list[str], without: tuple[str, ...] = ("no_such_package",)) -> None:
    command = [sys.executable, "-W", "error", "-c", _WATCHED, ",".join(modules), ",".join(without)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def _modules() -> list[str]:
    return [name for path in product_files() if not (name := module_of(path)).endswith("__main__")]


def test_imports_open_nothing_and_start_nothing() -> None:
    _import(_modules())


@pytest.mark.parametrize("module", ["model_keeper.hosts.worker", "model_keeper.engine.worker"])
def test_the_worker_needs_the_base_packages_alone(module: str) -> None:
    _import([module], without=_OPTIONAL)


def test_nothing_below_the_command_line_needs_an_optional_package() -> None:
    below = [name for name in _modules() if not name.startswith(_NEEDS_OPTIONAL)]
    _import(below, without=_OPTIONAL)


def test_without_typer_the_command_says_what_to_install() -> None:
    code = "import sys; sys.modules['typer'] = None; from model_keeper.cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 1
    assert 'pip install "comfyui-model-keeper[cli]"' in done.stderr


def test_outside_comfyui_the_entry_does_nothing() -> None:
    code = (
        "import runpy, sys; path = list(sys.path); before = set(sys.modules)\n"
        "entry = runpy.run_path(sys.argv[1])\n"
        "assert entry['NODE_CLASS_MAPPINGS'] == {}\n"
        "assert sys.path == path\n"
        "assert not [name for name in set(sys.modules) - before if name.startswith('model_')]\n"
    )
    subprocess.run([sys.executable, "-c", code, str(ROOT / "__init__.py")], check=True, timeout=50)


def test_a_start_waits_for_no_package_that_few_jobs_need() -> None:
    """Each costs every command and every worker a part of a second; they are loaded when used."""
    heavy = ("sqlalchemy.orm", "PIL", "huggingface_hub", "tomlkit", "safetensors", "rich")
    code = (
        "import sys, model_keeper.hosts.worker, model_keeper.hosts.standalone\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=50
    )
    assert done.stdout.strip() == "[]"


_RUN = """
import sys
from model_keeper.cli.app import main

sys.argv[0] = "model-keeper"
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(*sys.modules, file=sys.stderr)
"""
#: What a command that only reads does not wait for: who serves, who works, who asks, who draws.
_NOT_TO_READ = (
    "aiohttp",
    "PIL",
    "huggingface_hub",
    "model_keeper.web.api",
    "model_keeper.web.legacy",
    "model_keeper.hosts.worker",
    "model_keeper.engine.workflow_services",
    "model_keeper.engine.download",
)
_NOT_TO_TELL = (*_NOT_TO_READ, "sqlalchemy", "yaml", "asyncio", "model_keeper.hosts")
_NOT_FOR_THE_QUEUE = (*_NOT_TO_READ, "model_keeper.engine.library_services", "model_keeper.formats")


@pytest.mark.parametrize(
    ("command", "environment", "without"),
    [
        ("--help", {}, _NOT_TO_TELL),
        ("--version", {}, _NOT_TO_TELL),
        ("", {"_MODEL_KEEPER_COMPLETE": "complete_bash", "COMP_WORDS": "model-keeper l",
              "COMP_CWORD": "1"}, _NOT_TO_TELL),
        ("settings show", {}, _NOT_FOR_THE_QUEUE),
        ("jobs list", {}, _NOT_FOR_THE_QUEUE),
        ("library list", {}, _NOT_TO_READ),
    ],
)  # fmt: skip
def test_a_command_imports_nothing_of_what_it_does_not_do(
    command: str, environment: dict[str, str], without: tuple[str, ...], tmp_path: Path
) -> None:
    state = {"MODEL_KEEPER_STATE_DIR": str(tmp_path / "state")}
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *command.split()],
        capture_output=True, text=True, check=False, timeout=50,
        env={**os.environ, **state, **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout
    loaded = set(done.stderr.split())
    assert "model_keeper.cli.commands" in loaded
    assert loaded.intersection(without) == set()
