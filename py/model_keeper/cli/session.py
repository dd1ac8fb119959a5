"""What every command has: the host it works on, and one way to speak, to people or as JSON."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.prompt import Confirm, IntPrompt
from rich.text import Text

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.questions import Question

if TYPE_CHECKING:
    from model_keeper.hosts.standalone import StandaloneHost

_NO_EDGE = 10_000  # columns
_COMMAND = "model-keeper "  # in a hint: people copy it


class Session:
    """One run of the command line."""

    def __init__(self, state_dir: Path | None, database_url: str | None) -> None:
        self._state_dir = state_dir
        self._database_url = database_url
        self.console = _console()
        self.errors = _console(stderr=True)

    def host(self) -> StandaloneHost:
        # Half a program stands behind a host: what only says its help waits for none of it.
        from model_keeper.hosts.standalone import StandaloneHost

        return StandaloneHost(state_dir=self._state_dir, database_url=self._database_url)

    @property
    def interactive(self) -> bool:
        return sys.stdin.isatty() and self.console.is_terminal

    def emit(self, data: Mapping[str, Any]) -> None:
        """One JSON object on a line of its own, in what the output can take."""
        unicode = sys.stdout.encoding.lower().startswith("utf")
        sys.stdout.write(json.dumps(data, ensure_ascii=not unicode) + "\n")
        sys.stdout.flush()

    def say(self, text: str, *, indent: int = 0, whole: bool = False) -> None:
        """Markup for people. At a terminal it is wrapped below its indent; on a pipe it is not.

        ``whole``: nor at a terminal, as what people copy must have no line feed inside.
        """
        if whole or not self.console.is_terminal:
            self.console.print(" " * indent + text, soft_wrap=True)
        else:
            shown = Text.from_markup(text)
            self.console.print(Padding.indent(shown, indent) if indent else shown)

    def read(self, prompt: str) -> str:
        """A line from the person, or from a pipe. Raises EOFError at its end."""
        return self.console.input(prompt)

    def working(self, text: str) -> AbstractContextManager[object]:
        """Shows that something takes its time; nothing on a pipe."""
        return self.console.status(f"[dim]{escape(text)}[/dim]")

    def complain(self, error: KeeperError) -> None:
        """An answer that cannot be used, in the middle of a conversation."""
        self.say(f"[red]{escape(error.message)}[/red] {escape(error.hint)}", indent=2)

    def ask(self, *, allowed: bool) -> Callable[[Question], int]:
        """How questions are answered: by the person at the terminal, or by an error."""
        turn = threading.Lock()  # providers are looked at side by side

        def prompt(question: Question) -> int:
            if not (allowed and self.interactive):
                raise question.error
            with turn:
                return put(question)

        def put(question: Question) -> int:
            self.console.print(escape(question.text))
            for number, choice in enumerate(question.choices, 1):
                self.console.print(f"  [bold]{number}[/bold]  {escape(choice)}")
            answer = IntPrompt.ask(
                "Which one",
                console=self.console,
                choices=[str(n) for n in range(1, len(question.choices) + 1)],
                show_choices=False,
            )
            return answer - 1

        return prompt

    def confirm(self, what: str, *, yes: bool) -> bool:
        """Whether a person wants ``what``, a sentence that says what is about to happen.

        Raises KeeperError confirmation_needed where nobody can be asked.
        """
        if yes:
            return True
        if not self.interactive:
            raise KeeperError("confirmation_needed", what=what)
        return Confirm.ask(escape(f"{what} Go on?"), console=self.console, default=False)

    @staticmethod
    def explain(error: KeeperError) -> None:
        """What happened and the one thing to do next, on the error stream."""
        console = _console(stderr=True)
        console.print(f"[red]{escape(error.message)}[/red]")
        console.print(escape(error.hint), soft_wrap=_COMMAND in error.hint)


def _console(*, stderr: bool = False) -> Console:
    """Lines break at the edge of a terminal; a program or a file gets them whole."""
    console = Console(stderr=stderr, highlight=False)
    if not console.is_terminal:
        console.width = _NO_EDGE
    return console


def error_object(error: KeeperError) -> dict[str, str]:
    """An error as JSON tells it."""
    return {"code": error.code, "message": error.message, "hint": error.hint}
