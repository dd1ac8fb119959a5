"""Make ``docs/images/get.svg`` from a real run of ``get`` against a loopback hub."""

from __future__ import annotations

import os
import re
import tempfile
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import typer
from rich.console import Console

from model_keeper.cli.get import get
from model_keeper.cli.jobs import list_jobs
from model_keeper.cli.session import Session
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.testing.workflows import shows

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "get.svg"


class _Film(Console):
    """Records what is said, with the temporary folder written as a home folder."""

    def __init__(self, home: Path) -> None:
        super().__init__(record=True, file=StringIO(), width=108, highlight=False)
        self._home = str(home)

    def print(self, *objects: Any, **options: Any) -> None:
        shown = (o.replace(self._home, "~") if isinstance(o, str) else o for o in objects)
        super().print(*shown, **options)


def _without_fonts(svg: str) -> str:
    """A picture in a page asks no server for its letters."""
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)


def main() -> None:
    """Run ``get`` with a workflow, then ``jobs list``, and keep the picture."""
    with tempfile.TemporaryDirectory(prefix="picture-") as folder, FakeHub() as hub:
        home = Path(folder)
        show = min(shows(home / "workflows"), key=lambda show: len(show.models))
        for number, model in enumerate(show.models):
            hub.add(model.repo, model.path, SyntheticSafetensors((number + 2) << 20, seed=number))
        os.environ.update(
            HF_ENDPOINT=hub.url,
            MODEL_KEEPER_ALLOW_HOSTS="127.0.0.1,localhost",
            MODEL_KEEPER_STATE_DIR=str(home / "state"),
        )
        session = Session(None, None)
        session.console = film = _Film(home)
        context = cast("typer.Context", SimpleNamespace(obj=session))
        models = home / "ComfyUI" / "models"
        models.mkdir(parents=True)

        film.print(
            f"[bold]$ model-keeper get {show.path.name} --models-dir ~/ComfyUI/models[/bold]"
        )
        try:
            get(context, [str(show.path)], models_dir=models)
        except typer.Exit as done:
            film.print(f"[dim]exit code {done.exit_code}[/dim]")
        film.print("[bold]$ model-keeper jobs list[/bold]")
        list_jobs(context)
        with session.host() as host:
            worker = host.supervisor.running()
            if worker is not None:
                worker.stop()
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        PICTURE.write_text(_without_fonts(film.export_svg(title="model-keeper", clear=False)))
    print(film.export_text())


if __name__ == "__main__":
    main()
