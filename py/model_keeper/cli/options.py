"""Options that several commands have, each with one wording."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Optional

import typer

# Optional[...]: typer reads the annotations on Python 3.10.
ModelsDir = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(help="ComfyUI's models folder.", rich_help_panel="Folders"),
]
ExtraModelPaths = Annotated[
    Optional[list[Path]],  # noqa: UP045
    typer.Option(
        help="A file extra_model_paths.yaml. May be given again.", rich_help_panel="Folders"
    ),
]
ManifestFile = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option(
        "--manifest",
        help="Where decisions are kept: a pyproject.toml. Without it, the one of this folder if it "
        "has them already, else one in the state folder.",
        rich_help_panel="Folders",
    ),
]
OnlyCategory = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="Only this ComfyUI folder, such as loras."),
]
Models = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Argument(help="Models: a path, the name of a file, or an id.", show_default=False),
]
OneModel = Annotated[str, typer.Argument(help="Its id, its path, or the name of its file.")]
Offline = Annotated[bool, typer.Option("--offline", help="Use no network at all.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done, and do nothing.")]
Detach = Annotated[bool, typer.Option("--detach", help="Return at once; the worker goes on.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
JsonLines = Annotated[bool, typer.Option("--json", help="JSON instead of text: one object a line.")]


@dataclass(frozen=True)
class Places:
    """Where a command looks, as its options said."""

    models_dir: Path | None
    extra_model_paths: tuple[Path, ...] = ()
    manifest: Path | None = None

    def command(self, verb: str, *arguments: str) -> str:
        """Another command over the same places, ready to be pasted."""
        words = ["model-keeper", verb, *arguments]
        for option, path in (
            ("--models-dir", self.models_dir),
            *(("--extra-model-paths", extra) for extra in self.extra_model_paths),
            ("--manifest", self.manifest),
        ):
            words += [option, str(path)] if path is not None else []
        return shlex.join(words)
