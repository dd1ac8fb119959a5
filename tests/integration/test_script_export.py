"""The exported shell script, run against a server on loopback and against a curl of our own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.engine.script_export import ScriptDownload, shell_script
from model_keeper.testing.origin import Origin
from tests.integration.patience import PATIENCE

CONTENT = b"0123456789" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()

pytestmark = pytest.mark.skipif(
    not (shutil.which("sh") and shutil.which("curl")), reason="needs a POSIX shell and curl"
)


def run(
    folder: Path, *rows: ScriptDownload, **environment: str
) -> subprocess.CompletedProcess[str]:
    script = folder / "get_models.sh"
    script.write_text(shell_script(rows))
    return subprocess.run(
        ["sh", str(script)],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def row(folder: Path, url: str, name: str, sha256: str | None = SHA256) -> ScriptDownload:
    return ScriptDownload(url, Destination("loras", str(folder), name), sha256)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


@pytest.mark.parametrize("name", ["sub/a b.pt", "$(touch hit).pt", "it's.pt", "-x.pt", "a\nb.pt"])
def test_a_file_arrives_under_its_very_name(tmp_path: Path, name: str) -> None:
    models = tmp_path / "mo dels"
    with Origin() as origin:
        done = run(tmp_path, row(models, origin.add("a.pt", CONTENT), name))
    assert done.returncode == 0, done.stderr
    assert (models / name).read_bytes() == CONTENT
    assert listing(models) == [name]
    assert not (tmp_path / "hit").exists()


def test_wrong_bytes_never_get_the_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    models = tmp_path / "models"
    with Origin() as origin:
        good, bad = origin.add("a.pt", CONTENT), origin.add("b.pt", b"else")
        done = run(
            tmp_path,
            row(models, bad, "bad.pt"),
            row(models, origin.add("none.pt", b"x").replace("none", "gone"), "gone.pt"),
            row(models, good, "good.pt"),
        )
    assert done.returncode == 1
    assert listing(models) == ["good.pt"]


def test_a_part_is_continued_only_where_the_hash_can_tell(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    for name in ("known.pt", "unknown.pt", "ready.pt"):
        (models / f"{name}.part").write_bytes(CONTENT if name == "ready.pt" else CONTENT[:4000])
    with Origin() as origin:
        url = origin.add("a.pt", CONTENT)
        done = run(
            tmp_path,
            row(models, url, "known.pt"),
            row(models, url, "unknown.pt", None),
            row(models, url, "ready.pt"),
        )
        sent = origin.sent()
    assert done.returncode == 0, done.stderr
    assert {path.read_bytes() for path in models.iterdir()} == {CONTENT}
    assert sent == 6000 + 10000
    assert "unproven" in done.stdout


def test_what_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.pt").write_bytes(b"mine")
    done = run(tmp_path, row(tmp_path, "http://127.0.0.1:9/a.pt", "a.pt"))
    assert (done.returncode, (tmp_path / "a.pt").read_bytes()) == (0, b"mine")


def test_a_token_goes_to_its_own_site_and_on_no_command_line(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    curl = tools / "curl"
    curl.write_text('#!/bin/sh\n{ echo "args $*"; case "$*" in *@-*) cat ;; esac; } >>"$LOG"\n')
    curl.chmod(0o755)
    log = tmp_path / "log.txt"
    urls = (
        "https://huggingface.co/a",
        "https://huggingface.co.evil.example/a",
        "https://civitai.com/a",
    )
    run(
        tmp_path,
        *(row(tmp_path, url, f"{n}.pt") for n, url in enumerate(urls)),
        PATH=f"{tools}{os.pathsep}{os.environ['PATH']}",
        LOG=str(log),
        HF_TOKEN="hf_secret",
    )
    lines = log.read_text().splitlines()
    assert [line for line in lines if "hf_secret" in line] == ["Authorization: Bearer hf_secret"]
    assert lines.index("Authorization: Bearer hf_secret") == 1
    assert len([line for line in lines if line.startswith("args")]) == 3
