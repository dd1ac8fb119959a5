"""Spellings: how a workflow writes a file of the library, and which files a value may mean."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from model_keeper.domain.references import ReferenceKind

_EMBEDDING_EXTENSIONS = (".safetensors", ".pt", ".bin")  # in the order in which ComfyUI tries them
_EXTENSIONS = (".safetensors", ".sft", ".pt", ".ckpt", ".bin", ".pth", ".pt2", ".pkl", ".gguf")
_WITHOUT_EXTENSION = frozenset(
    {ReferenceKind.STEM, ReferenceKind.LORA_TAG, ReferenceKind.EMBEDDING}
)
_BREAKS_EMBEDDING = re.compile(r"""[\s\\,;()<>\[\]{}|:"']|[./]\Z""")
_BREAKS_LORA_TAG = re.compile(r"[<>:\n]|\A\s|\s\Z")


def relative_names(value: str, kind: ReferenceKind, *, windows: bool) -> tuple[str, ...]:
    """The paths below a root that a loader tries for ``value``, in its order.

    Only Windows takes a backslash for a separator; elsewhere it is a letter of the name.
    """
    name = value.replace("\\", "/") if windows else value
    return tuple(f"{name}{extension}" for extension in _extensions(name, kind))


def meant_names(value: str, kind: ReferenceKind) -> tuple[str, ...]:
    """The same for what the author of the workflow meant, on whatever system that was."""
    return relative_names(value, kind, windows=True)


def spelled(relative: str, value: str, kind: ReferenceKind, *, windows: bool) -> str:
    """The value that names the file ``relative`` in the place of ``value``.

    It has an extension where ``value`` has one, and the separators that loaders list on this
    system. In prompts a backslash escapes what follows, so there it is always a forward slash.
    """
    if _extensions(value, kind) != ("",):
        relative = str(PurePosixPath(relative).with_suffix(""))
    is_listed = windows and kind is not ReferenceKind.EMBEDDING
    return relative.replace("/", "\\") if is_listed else relative


def can_be_said(value: str, kind: ReferenceKind) -> bool:
    """Whether a text of ``kind`` can hold ``value``, so that it is read as a whole."""
    if kind is ReferenceKind.EMBEDDING:
        return _BREAKS_EMBEDDING.search(value) is None
    if kind is ReferenceKind.LORA_TAG:
        return _BREAKS_LORA_TAG.search(value) is None
    return True


def _extensions(name: str, kind: ReferenceKind) -> tuple[str, ...]:
    """What may be missing at the end of ``name``; nothing where it is whole."""
    if kind not in _WITHOUT_EXTENSION or PurePosixPath(name).suffix.lower() in _EXTENSIONS:
        return ("",)
    return _EMBEDDING_EXTENSIONS if kind is ReferenceKind.EMBEDDING else _EXTENSIONS
