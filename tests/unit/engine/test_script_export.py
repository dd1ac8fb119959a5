from __future__ import annotations

import ast
import shlex
import shutil
import subprocess
import sys

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.engine.script_export import (
    ScriptDownload,
    ScriptMode,
    exported_scripts,
    python_script,
    shell_script,
)

SHA256 = "ab" * 32
NAMES = ["a b.pt", "it's.pt", "$(touch x).pt", "`id`.pt", "肖像.pt", "-rf.pt", 'a"b.pt', "a\nb.pt"]


def row(name: str = "a.pt", url: str = "https://hub.example/a.pt") -> ScriptDownload:
    return ScriptDownload(url, Destination("loras", "/m/lo ras", f"sub/{name}"), SHA256.upper())


@pytest.mark.parametrize(
    ("mode", "files"),
    [
        (ScriptMode.PYTHON, ["get_models.py"]),
        (ScriptMode.SCRIPT, ["get_models.sh"]),
        (ScriptMode.BOTH, ["get_models.py", "get_models.sh"]),
    ],
)
def test_each_mode_has_its_files_and_says_that_it_is_deprecated(
    mode: ScriptMode, files: list[str]
) -> None:
    with pytest.warns(DeprecationWarning, match="model-keeper get"):
        texts = exported_scripts([row()], mode)
    assert list(texts) == files
    assert all("deprecated" in text for text in texts.values())


@pytest.mark.parametrize("name", NAMES)
def test_any_name_is_one_word_of_the_shell(name: str) -> None:
    (line,) = shell_script([row(name)]).split("\nget ")[1:]
    words = shlex.split(line.removesuffix('\nexit "$failed"\n'))
    assert words == ["https://hub.example/a.pt", "/m/lo ras/sub", name, SHA256]


@pytest.mark.parametrize("name", NAMES)
def test_the_python_form_calls_our_command(name: str) -> None:
    tree = ast.parse(python_script([row(name)]))
    commands = next(
        ast.literal_eval(node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)
    )
    assert commands == [
        [
            "model-keeper",
            "get",
            "--yes",
            "--to=loras",
            "--root=/m/lo ras",
            f"--name=sub/{name}",
            f"--sha256={SHA256}",
            "--",
            "https://hub.example/a.pt",
        ]
    ]


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://me:secret@hub.example/a?b=1&token=secret#x", "https://hub.example/a?b=1"),
        ("https://hub.example/a?X-Amz-Signature=secret&c=d%20e", "https://hub.example/a?c=d%20e"),
        (
            "https://hub.example/a?type=Model&format=%2F",
            "https://hub.example/a?type=Model&format=%2F",
        ),
    ],
)
def test_no_secret_is_written(url: str, public: str) -> None:
    for text in (shell_script([row(url=url)]), python_script([row(url=url)])):
        assert "secret" not in text
        assert public in text


def test_the_python_form_runs_without_anything_to_do() -> None:
    done = subprocess.run([sys.executable, "-c", python_script([])], check=False)
    assert done.returncode == 0


@pytest.mark.skipif(shutil.which("sh") is None, reason="there is no POSIX shell")
def test_the_shell_form_is_valid() -> None:
    text = shell_script([row(name) for name in NAMES])
    done = subprocess.run(["sh", "-n"], input=text, text=True, check=False)
    assert done.returncode == 0
