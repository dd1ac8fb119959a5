"""File sets: which files beside a model belong to it, told by their names alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

_MEDIA = (
    *(".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".bmp", ".jxl"),
    *(".mp4", ".webm", ".mov", ".mkv"),
)
_SIDECARS = (
    *(".info", ".civitai.info", ".metadata.json", ".cm-info.json", ".json", ".dl-meta"),
    *(".md", ".txt", ".yaml", ".yml"),
)
_MARKS = (".preview", ".thumb", ".thumbnail")
_TAILS = frozenset(
    {*_SIDECARS, *_MEDIA, *(f"{mark}{ending}" for mark in _MARKS for ending in _MEDIA)}
)


@dataclass(frozen=True)
class Companion:
    """A file beside a model.

    Its name is the model's stem, or its whole file name, and ``tail``. ``shared``: another model
    has the same stem, so it belongs to both.
    """

    name: str
    tail: str
    of_whole_name: bool
    shared: bool = False

    def beside(self, model_name: str) -> str:
        """What it is called beside a model of that name."""
        begin = model_name if self.of_whole_name else stem_of(model_name)
        return begin + self.tail


def stem_of(name: str) -> str:
    return PurePosixPath(name).stem


def companions(
    model: str, names: Collection[str], is_model: Callable[[str], bool]
) -> tuple[Companion, ...]:
    """Those of ``names``, all in one folder, that belong to the model of that name.

    A file that could belong to several models is of the one with the longest name that it begins
    with: ``a.civitai.info`` is of ``a.civitai.safetensors`` where that is there, else of
    ``a.safetensors``.
    """
    stem = stem_of(model)
    # Whatever could belong to it, and whoever else it could belong to; folders have thousands.
    names = [name for name in names if name.startswith(stem)]
    owners: dict[str, list[str]] = {}
    for name in names:
        if is_model(name):
            owners.setdefault(name, []).append(name)
            owners.setdefault(stem_of(name), []).append(name)
    owners.setdefault(model, [model])
    found = []
    for name in sorted(names):
        if name != model and not is_model(name):
            companion = _of(model, name, owners)
            found += [companion] if companion else []
    return tuple(found)


def _of(model: str, name: str, owners: Mapping[str, list[str]]) -> Companion | None:
    for length in range(len(name) - 1, 0, -1):  # the longest beginning first
        begin, tail = name[:length], name[length:]
        if begin in owners and _is_tail(tail):
            if model not in owners[begin]:
                return None
            others = [owner for owner in owners[begin] if owner != model]
            return Companion(name, tail, of_whole_name=begin == model, shared=bool(others))
    return None


def _is_tail(tail: str) -> bool:
    folded = tail.lower()
    if folded in _TAILS:
        return True
    number = folded.removeprefix(".preview.").partition(".")  # a.preview.2.png
    return folded.startswith(".preview.") and number[0].isdigit() and f".{number[2]}" in _MEDIA
