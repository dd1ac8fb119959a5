"""Previews: which file beside a model is its picture, told by names alone.

Many tools put pictures beside models, each in its way. What a file really is, its content says;
the name only says whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from model_keeper.domain.categories import WEIGHT_EXTENSIONS

#: The better one first: of equal names a picture goes before a film.
MEDIA_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".mp4", ".webm")

_ENDING_ORDER: Mapping[str, int] = {ending: at for at, ending in enumerate(MEDIA_ENDINGS)}
_MODEL_ENDINGS = frozenset({*WEIGHT_EXTENSIONS, ".gguf", ".onnx", ".engine"})
_MARK = re.compile(r"(?P<begin>.+)\.(?P<mark>preview|thumb|thumbnail|preview\.\d+)", re.IGNORECASE)


def is_model_name(name: str, listed: Iterable[str] = ()) -> bool:
    """Whether ``name`` is a model's: weights, or one of the ``listed`` endings of its category."""
    ending = _ending(name)
    return ending not in _ENDING_ORDER and (ending in _MODEL_ENDINGS or ending in listed)


def previews_in(names: Iterable[str], listed: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Of one folder's ``names`` the files that may show a model, by model, the best first.

    ``<stem>.preview.<ending>`` goes first, then ``<stem>.<ending>``, ``<file name>.<ending>`` and
    the forms of other tools. With the whole file name it goes before the same form with the stem
    where that has a mark: it was made to tell apart models that share one. A picture that could
    belong to several is of the one with the longest name that it begins with.
    """
    present = list(names)
    by_begin: dict[str, list[str]] = {}
    models = [name for name in present if is_model_name(name, listed)]
    for model in models:
        by_begin.setdefault(model, []).append(model)
        by_begin.setdefault(stem_of(model), []).append(model)
    found: dict[str, list[tuple[int, int, str]]] = {}
    for name in present:
        order = _ENDING_ORDER.get(_ending(name))
        if order is not None:
            for model, rank in _owners(PurePosixPath(name).stem, by_begin):
                found.setdefault(model, []).append((rank, order, name))
    return {model: tuple(row[2] for row in sorted(rows)) for model, rows in found.items()}


def preview_begin(model: str, names: Iterable[str], listed: Iterable[str] = ()) -> str:
    """What a preview of ``model`` has to begin with to be of no other of the ``names``."""
    stem = stem_of(model)
    others = (name for name in names if name != model and is_model_name(name, listed))
    return model if any(stem in {stem_of(other), other} for other in others) else stem


def marked_previews(begin: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that are ``<begin>.preview.<ending>``, whatever the ending."""
    wanted = f"{begin}.preview"
    return tuple(name for name in names if _is_media(name) and _folded_mark(name) == wanted)


def is_usual_name(model: str, name: str) -> bool:
    """Whether ``name``, a file that may show ``model``, is what most programs look for."""
    base, stem = PurePosixPath(name).stem, stem_of(model)
    return base == stem or _folded_mark(name) in {f"{stem}.preview", f"{model}.preview"}


def stem_of(name: str) -> str:
    return PurePosixPath(name).stem


def _owners(base: str, by_begin: Mapping[str, list[str]]) -> Iterable[tuple[str, int]]:
    """The models that a picture called ``base`` and an ending belongs to, and how well."""
    if base in by_begin:
        return [(model, 3 if model == base else 2) for model in by_begin[base]]
    match = _MARK.fullmatch(base)
    begin = match["begin"] if match else ""
    if match is None or begin not in by_begin:
        return []
    if match["mark"].lower() == "preview":
        return [(model, 0 if model == begin else 1) for model in by_begin[begin]]
    return [(model, 4) for model in by_begin[begin]]


def _folded_mark(name: str) -> str:
    stem = stem_of(name)
    match = _MARK.fullmatch(stem)
    return f"{match['begin']}.{match['mark'].lower()}" if match else stem


def _is_media(name: str) -> bool:
    return _ending(name) in _ENDING_ORDER


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
