"""The command line: one file for each command, errors for people in one place."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command of this process's arguments; its exit code is the table of docs/cli.md."""
    try:
        import rich  # noqa: F401 - looked for here so that its absence is explained
        import typer  # noqa: F401
    except ImportError:
        sys.exit(
            "The command line needs the packages typer and rich.\n"
            'Install them with: pip install "comfyui-model-keeper[cli]"'
        )
    try:
        from model_keeper.cli.commands import run

        run()
    except KeyboardInterrupt:  # also while half a program is still being loaded
        sys.exit(130)
