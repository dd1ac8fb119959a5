"""Previews: which file beside a model is its picture, told by names alone.

Many tools put pictures beside models, each in its way. What a file really is, its content says;
the name only says whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping

from model_keeper.domain.categories import WEIGHT_EXTENSIONS

#: The better one first: of equal names a picture goes before a film.
MEDIA_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".mp4", ".webm")

#: How well a name fits, the smallest the best: usual names, those in another case, other tools'.
_MARKED_WHOLE, _MARKED, _PLAIN, _PLAIN_WHOLE, _OF_OTHER_TOOLS = 0, 1, 2, 6, 7
_OF_ANOTHER_CASE = 3
_ENDING_ORDER: Mapping[str, int] = {ending: at for at, ending in enumerate(MEDIA_ENDINGS)}
_MODEL_ENDINGS = frozenset({*WEIGHT_EXTENSIONS, ".gguf", ".onnx", ".engine"})
_MARK = re.compile(
    r"(?P<begin>.+)(?:\.(?P<mark>preview|thumb|thumbnail|preview\.\d+)|_\d{1,2})", re.IGNORECASE
)

_Begins = dict[str, list[tuple[str, bool]]]
"""Models by what their pictures begin with: their whole names (True) and their stems."""


def is_model_name(name: str, listed: Iterable[str] = ()) -> bool:
    """Whether ``name`` is a model's: weights, or one of the ``listed`` endings of its category."""
    ending = _ending(name)
    return ending not in _ENDING_ORDER and (ending in _MODEL_ENDINGS or ending in listed)


def previews_in(names: Iterable[str], listed: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Of one folder's ``names`` the files that may show a model, by model, the best first.

    ``<stem>.preview.<ending>`` goes first, then ``<stem>.<ending>``, both in another case,
    ``<file name>.<ending>`` and the forms of other tools. With the whole file name it goes before
    the same form with the stem where that has a mark: it was made to tell apart models that share
    one. A picture that could belong to several is of the one with the longest name that it begins
    with.
    """
    present = list(names)
    models = [name for name in present if is_model_name(name, listed)]
    by_begin, by_folded = _by_begin(models, str), _by_begin(models, _folded)
    found: dict[str, list[tuple[int, int, str]]] = {}
    for name in present:
        order = _ENDING_ORDER.get(_ending(name))
        if order is not None:
            base = stem_of(name)
            owners = _owners(base, by_begin) or [
                (model, rank + _OF_ANOTHER_CASE)
                for model, rank in _owners(_folded(base), by_folded)
            ]
            for model, rank in owners:
                found.setdefault(model, []).append((rank, order, name))
    return {model: tuple(row[2] for row in sorted(rows)) for model, rows in found.items()}


def names_near(model: str, names: Iterable[str]) -> list[str]:
    """Those of ``names`` that decide which pictures are ``model``'s.

    Of a folder of tens of thousands they are a few.
    """
    begin = _folded(stem_of(model))
    return [name for name in names if _folded(name).startswith(begin)]


def previews_of(model: str, names: Iterable[str], listed: Iterable[str] = ()) -> tuple[str, ...]:
    """What :func:`previews_in` says of this ``model``, for who asks of no other."""
    return previews_in(names_near(model, names), listed).get(model, ())


def preview_begin(model: str, names: Iterable[str], listed: Iterable[str] = ()) -> str:
    """What a preview of ``model`` has to begin with to be of no other of the ``names``."""
    stem = stem_of(model)
    others = (name for name in names if name != model and is_model_name(name, listed))
    return model if any(stem in {stem_of(other), other} for other in others) else stem


def marked_previews(begin: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of ``names`` that are ``<begin>.preview.<ending>``, whatever the ending and the case.

    Where a system does not tell cases apart they are one file.
    """
    wanted = _folded(f"{begin}.preview")
    return tuple(name for name in names if _is_media(name) and _folded(stem_of(name)) == wanted)


def is_usual_name(model: str, name: str) -> bool:
    """Whether ``name``, a file that may show ``model``, is what most programs look for."""
    whole, stem = _folded(model), _folded(stem_of(model))
    return _folded(stem_of(name)) in {stem, f"{stem}.preview", f"{whole}.preview"}


def stem_of(name: str) -> str:
    dot = _dot(name)
    return name if dot is None else name[:dot]


def _by_begin(models: Iterable[str], key: Callable[[str], str]) -> _Begins:
    found: _Begins = {}
    for model in models:
        name = key(model)
        found.setdefault(name, []).append((model, True))
        found.setdefault(stem_of(name), []).append((model, False))
    return found


def _folded(name: str) -> str:
    """Equal for names that differ in case, or in how their accents are composed."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _owners(base: str, begins: _Begins) -> list[tuple[str, int]]:
    """The models that a picture called ``base`` and an ending belongs to, and how well."""
    if base in begins:
        return [(model, _PLAIN_WHOLE if whole else _PLAIN) for model, whole in begins[base]]
    match = _MARK.fullmatch(base)
    begin = match["begin"] if match else ""
    if match is None or begin not in begins:
        return []
    if (match["mark"] or "").lower() == "preview":
        return [(model, _MARKED_WHOLE if whole else _MARKED) for model, whole in begins[begin]]
    return [(model, _OF_OTHER_TOOLS) for model, _ in begins[begin]]


def _is_media(name: str) -> bool:
    return _ending(name) in _ENDING_ORDER


def _ending(name: str) -> str:
    dot = _dot(name)
    return "" if dot is None else name[dot:].lower()


def _dot(name: str) -> int | None:
    """Where the ending begins, as a path has it: there are tens of thousands of names."""
    dot = name.rfind(".")
    return dot if 0 < dot < len(name) - 1 else None
