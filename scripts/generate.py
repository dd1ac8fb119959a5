"""Make the generated pages, or check with ``--check`` that they are current."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from model_keeper import __version__
from model_keeper.cli.commands import app
from model_keeper.cli.deferred import Deferred
from model_keeper.domain.errors import ERRORS, Family
from model_keeper.domain.jobs import Event, JobState, allowed, transition
from model_keeper.providers.refusals import refusal_table_markdown
from model_keeper.web.openapi import api_page, openapi
from model_keeper.web.route import RouteTable
from model_keeper.web.v1.table import route_table

ROOT = Path(__file__).parent.parent

_FAMILIES = {
    Family.REQUEST: "What was asked for",
    Family.NOT_FOUND: "Not there",
    Family.CONFLICT: "In each other's way",
    Family.ACCESS: "Who may act over HTTP",
    Family.CREDENTIALS: "Keys and acceptances",
    Family.REMOTE: "The other server",
    Family.INTEGRITY: "What arrived is not right",
    Family.REVIEW: "A person decides",
    Family.LOCAL: "This machine",
    Family.DEPENDENCY: "Missing packages",
}


def errors_page() -> str:
    """Every error code with its sentence and the one next step."""
    lines = [
        "# Errors",
        "",
        "Every error has a stable code, one sentence about what happened, and one next step.",
        "Words in braces are filled in. Made by `make docs` from `domain/errors.py`.",
    ]
    for family, title in _FAMILIES.items():
        lines += ["", f"## {title}", "", "| code | what happened | what to do |", "|---|---|---|"]
        for code, kind in sorted(ERRORS.items()):
            if kind.family is family:
                again = " *(tried again by itself)*" if kind.retryable else ""
                lines.append(f"| `{code}` | {kind.message}{again} | {kind.hint} |")
    return "\n".join(lines) + "\n"


_EXIT_CODES = """\
## Exit codes

| code | meaning |
|---|---|
| 0 | everything is done |
| 1 | a job failed |
| 2 | the command was not understood, or a question has no answer yet |
| 3 | a key or an acceptance is needed |
| 4 | a person has to look and decide |
| 5 | something is not there |
| 130 | Ctrl+C; the worker goes on |

Where several jobs end differently, the first of 1, 3, 4, 5 that occurred counts.
`model-keeper worker` and `python -m model_keeper.hosts.worker` end with 3 where another worker
serves the same state folder.
"""


def commands_page() -> str:
    """Every command with its arguments and options, as ``--help`` has them."""
    lines = [
        "# Commands",
        "",
        "What `--help` of every command says, on one page. Made by `make docs` from the program.",
        "",
    ]
    for path, command in _commands("model-keeper", typer.main.get_command(app)):
        if not hasattr(command, "commands"):
            lines += [f"## {path}", "", command.help or "", "", *_parameters(command), ""]
    return "\n".join(lines) + "\n" + _EXIT_CODES


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """Every command below this one. Duck-typed: newer typers bring a click of their own."""
    if isinstance(command, Deferred):
        command = command.loaded()
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(f"{path} {name}", inner)


def _parameters(command: Any) -> Iterator[str]:
    shown = [parameter for parameter in command.params if parameter.name != "help"]
    if shown:
        yield from ("| | |", "|---|---|")
    for parameter in shown:
        named = parameter.param_type_name == "option"
        spelled = ", ".join(parameter.opts) if named else parameter.name.upper()
        yield f"| `{spelled}` | {getattr(parameter, 'help', None) or ''} |"


def _routes() -> RouteTable:
    """The routes as they are; nothing is called."""
    nobody: Any = None
    return route_table(nobody, nobody, nobody)


def openapi_document() -> str:
    """The OpenAPI document, from which the panel's types are made."""
    return json.dumps(openapi(_routes(), __version__), indent=1, ensure_ascii=False) + "\n"


def transitions_module() -> str:
    """The state machine of jobs for the panel: the same table, so the same meaning."""
    lines = [
        "/** Made by `make docs` from `domain/jobs.py`. */",
        "export const TRANSITIONS = {",
    ]
    for state in JobState:
        events = [event for event in _WISHES if allowed(state, event)]
        inner = ", ".join(f"{e.value}: '{transition(state, e).value}'" for e in events)
        lines.append(f"  {state.value}: {{ {inner} }}," if inner else f"  {state.value}: {{}},")
    return "\n".join([*lines, "} as const;"]) + "\n"


#: What people can wish of a job; the rest happens by itself.
_WISHES = (Event.PAUSE, Event.RESUME, Event.CANCEL, Event.RETRY, Event.APPROVE, Event.REJECT)


PAGES: Mapping[str, Callable[[], str]] = {
    "docs/errors.md": errors_page,
    "docs/refusals.md": refusal_table_markdown,
    "docs/cli.md": commands_page,
    "docs/api.md": lambda: api_page(_routes()),
    "docs/openapi.json": openapi_document,
    "web/src/api/transitions.ts": transitions_module,
}


def main() -> int:
    """Write the pages; with ``--check`` name those that are stale and return 1."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in PAGES.items():
        path, wanted = ROOT / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        if check:
            stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            print(f"made {name}")
    if stale:
        print(f"not current: {', '.join(stale)}. Run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
