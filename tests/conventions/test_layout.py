"""Where things are, what they are called and how long they get."""

from __future__ import annotations

import ast

import pytest

from tests.conventions.sources import (
    ROOT,
    SOURCE_ROOT,
    calls,
    module_of,
    name_of,
    parsed,
    product_files,
    python_files,
    tracked_files,
)

_VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "core", "base", "manager"}
_LONGEST_FILE = 450
_LONGEST_FUNCTION = 60
_LONG_FILES = {
    "py/model_keeper/domain/errors.py": "one table of every error, read row by row",
}
_LONG_FUNCTIONS = {
    "py/model_keeper/cli/get.py:get": "its parameters are the options of the command",
    "py/model_keeper/cli/resolve.py:resolve": "its parameters are the options of the command",
}
# In pieces, so that this file does not hold them itself.
_FORBIDDEN = {
    "a package registry": ("pypi." + "org", "npmjs." + "org", "pythonhosted." + "org"),
    "a path of one machine": ("/" + "work/", "/" + "root/"),
}


def test_the_source_root_is_no_package() -> None:
    assert not (SOURCE_ROOT / "__init__.py").exists()


def test_the_comfyui_entry_is_short() -> None:
    assert len((ROOT / "__init__.py").read_text(encoding="utf-8").splitlines()) <= 40


def test_every_package_has_its_file() -> None:
    folders = {path.parent for path in product_files()}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_modules_are_named_by_what_they_hold() -> None:
    assert [
        name_of(path) for path in product_files() if _VAGUE.intersection(module_of(path).split("."))
    ] == []


def test_files_stay_short() -> None:
    long = {
        name_of(path)
        for path in python_files()
        if len(path.read_text(encoding="utf-8").splitlines()) > _LONGEST_FILE
    }
    assert long == set(_LONG_FILES)


def test_functions_stay_short() -> None:
    long = {
        f"{name_of(path)}:{node.name}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= _LONGEST_FUNCTION
    }
    assert long == set(_LONG_FUNCTIONS)


def test_only_the_command_line_prints() -> None:
    printing = [
        name_of(path) for path in product_files() for name, _ in calls(path) if name == "print"
    ]
    assert [name for name in printing if not name.startswith("py/model_keeper/cli/")] == []


def test_tasks_of_the_event_loop_have_one_maker() -> None:
    makers = {
        name_of(path)
        for path in product_files()
        for name, _ in calls(path)
        if name.endswith((".create_task", ".ensure_future"))
    }
    assert makers == {"py/model_keeper/engine/tasks.py"}


@pytest.mark.parametrize("what", _FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = []
    for path in tracked_files():
        content = path.read_bytes()
        found += [(name_of(path), word) for word in _FORBIDDEN[what] if word.encode() in content]
    assert found == []
