"""``model-keeper demo``: the main job against a built-in loopback hub, offline."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.progress import ProgressView
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns
from model_keeper.domain.errors import KeeperError
from model_keeper.testing.demonstration import Demonstration, Record


def demo(
    context: typer.Context,
    folder: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Option("--dir", help="Where to work; an earlier demo there is replaced."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Fetch the models of three workflows here, with a broken line and a killed worker."""
    session: Session = context.obj

    def tell(text: str) -> None:
        if not as_json:
            session.say(f"[dim]{escape(text)}[/dim]")

    where = folder or Path(tempfile.mkdtemp(prefix="model-keeper-demo-"))
    show = Demonstration(where.absolute(), tell)
    view = ProgressView(session, as_json=False)
    try:
        with view:
            record = show.run((lambda _: None) if as_json else view.show)
    except FileExistsError as exc:
        raise KeeperError("invalid_request", what=f"{exc}.") from None
    show.record_path.write_text(json.dumps(record.to_json(), indent=1), encoding="utf-8")
    if as_json:
        session.emit(record.to_json())
    else:
        _print(session, record, where)
    raise typer.Exit(record.exit_code)


def _print(session: Session, record: Record, where: Path) -> None:
    table = columns("file", "size", "sha256", "verdict")
    for row in record.files:
        path = Path(row["path"]) if row["path"] else Path("-")
        shown = path.relative_to(where.absolute() / "models") if row["path"] else path
        compared = "compared" if "sha256_compared" in row["why"] else "not compared"
        verdict = f"[green]{row['verdict']}[/green] [dim]{compared}[/dim]"
        if row["error"]:
            verdict = f"[red]{escape(row['error']['message'])}[/red]"
        table.add_row(
            escape(str(shown)), f"{row['size'] or 0:,}", str(row["sha256"])[:8] + "…", verdict
        )
    session.console.print(table)
    resumed = sum(request["status"] == 206 for request in record.requests)
    session.say(
        f"{len(record.files)} models · {len(record.workers)} worker processes · "
        f"{resumed} partial answers · all in {escape(str(where))}"
    )
