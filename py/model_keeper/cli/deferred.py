"""Commands that are imported when they are run: a list of all of them waits for none."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand


class Deferred(TyperCommand):
    """Stands in a list of commands for the command of the module of its name in this package.

    The module has a group, ``app``, or a function of its own name.
    """

    def loaded(self) -> Any:
        """The command itself, of typer's or of click's type: that depends on typer's version."""
        module = import_module(f"model_keeper.cli.{self.name}")
        shelf = typer.Typer(rich_markup_mode="rich")
        if hasattr(module, "app"):
            shelf.add_typer(module.app, name=self.name, help=self.help)
        else:
            shelf.command(name=self.name)(getattr(module, str(self.name)))
        return typer.main.get_group(shelf).commands[str(self.name)]

    def make_context(self, *arguments: Any, **extra: Any) -> Any:
        """The first thing that is asked of a command that runs, says its help, or completes."""
        return self.loaded().make_context(*arguments, **extra)


def deferred(app: typer.Typer, name: str, summary: str) -> None:
    """Add the command ``name``; ``summary`` is what the list says of it."""

    def nothing() -> None:
        """What typer asks for; the module's own function runs."""

    app.command(name=name, help=summary, cls=Deferred)(nothing)
