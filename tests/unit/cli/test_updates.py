"""``model-keeper updates list``: how what was found is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from model_keeper.cli.commands import app
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.updates import Checked, Judgement, Offer
from model_keeper.engine.updates import ModelUpdate, ModelUpdates

NOW = Offer(-2, "main 3fa91c2044", None, None, None, "m", "https://x", 5, "b" * 64)
CHECKED = Checked("a" * 64, -1, -3, "main 0c1d2e3f40", None, Judgement(NOW))


def update(name: str, *, pinned: bool = False, ignored: bool = False) -> ModelUpdate:
    file = ModelFile("vae", "/vae", f"{name}.pt", 1, 1)
    return ModelUpdate(name, file, replace(CHECKED, pinned=pinned), NOW, ignored)


def test_what_was_pinned_or_is_ignored_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [update("free"), update("fixed", pinned=True), update("unwanted", ignored=True)]
    monkeypatch.setattr(ModelUpdates, "all", lambda _, **__: found)
    monkeypatch.setattr(ModelUpdates, "checked_at", lambda _: 1)
    arguments = ["--state-dir", str(tmp_path), "updates", "list", "--ignored"]
    shown = CliRunner().invoke(app, arguments, env={"COLUMNS": "200"}).output
    free, fixed, unwanted = (
        next(line for line in shown.splitlines() if name in line)
        for name in ("free", "fixed", "unwanted")
    )
    assert "main 0c1d2e3f40" in free
    assert "main 3fa91c2044" in free
    assert ("(pinned)" in free, "(pinned)" in fixed, "(pinned)" in unwanted) == (False, True, False)
    assert ("(ignored)" in fixed, "(ignored)" in unwanted) == (False, True)
