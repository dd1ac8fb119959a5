"""Commands that are imported when they are run: a list of all of them waits for none."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand


class Deferred(TyperCommand):
    """Stands in a list of commands for one that its callback imports."""

    def loaded(self) -> Any:
        """The command itself, of typer's or of click's type: that depends on typer's version."""
        assert self.callback is not None
        found = self.callback()
        shelf = typer.Typer(rich_markup_mode="rich")
        if isinstance(found, typer.Typer):
            shelf.add_typer(found, name=self.name, help=self.help)
        else:
            shelf.command(name=self.name)(found)
        return typer.main.get_group(shelf).commands[str(self.name)]

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """The first thing that is asked of a command that runs, says its help, or completes."""
        return self.loaded().make_context(*arguments, **extra)


def deferred(
    app: typer.Typer, name: str, summary: str, *, module: str = "", function: str = ""
) -> None:
    """Add the command ``name`` to ``app``; ``summary`` is what the list says of it.

    ``module`` of this package has it, as a group named ``app`` or as the ``function``; both are
    named like the command where nothing else is said.
    """

    def load() -> Any:
        found = import_module(f"model_keeper.cli.{module or name}")
        return getattr(found, function or ("app" if hasattr(found, "app") else name))

    app.command(name=name, help=summary, cls=Deferred)(load)
