"""Names of model files as people vary them: what is the same name, nearly, or another one. Pure.

Two names are never judged by what they have in common: ``detail_v1`` and ``detail_v3`` are two
files, and so are ``flux-fp8`` and ``flux-fp16``.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from pathlib import PurePosixPath

from model_keeper.domain.categories import WEIGHT_EXTENSIONS

MODEL_EXTENSIONS = frozenset(WEIGHT_EXTENSIONS) | {".gguf", ".onnx"}

_LOOSE = re.compile(r"[\s_\-]+")
_SEPARATORS = re.compile(r"[\s_\-.,+()\[\]]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_VERSION = re.compile(r"v?\d+(?:\.\d+)*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<=[^\W\d]{3})v?\d+\Z", re.IGNORECASE)
_EDGE = r"(?:(?<=[\s_\-.])|\A)", r"(?=[\s_\-.]|\Z)"
_MARK = re.compile(
    _EDGE[0] + r"(?:"
    r"i?q[1-8](?:_(?:[01]|k|nl|xxs|xs|s|m)(?:_(?:xl|[sml]))?)?"
    r"|(?:b|t)?f(?:p)?(?:8|16|32)|fp8mixed|fp4|nf4|nvfp4|mxfp[48]|int[48]|[48]bit"
    r"|e4m3fn|e5m2|scaled|mixed|pruned|ema(?:only)?|no-?ema|full"
    r")" + _EDGE[1],
    re.IGNORECASE,
)
_SHORTEST_SEARCH = 3
_SPELLINGS = {"f8": "fp8", "f16": "fp16", "f32": "fp32"}


class NameMatch(str, Enum):
    """How a file's name fits the wanted one."""

    EXACT = "exact"  # to the letter
    ALIKE = "alike"  # but for case, spaces, underscores, dashes or the kind of file


def name_match(wanted: str, offered: str) -> NameMatch | None:
    """How ``offered`` fits ``wanted``, both without folders; None where it is another name.

    A wanted name that has no model file's extension (``<lora:name:1>``) fits to the letter with
    any.
    """
    wanted, offered = (unicodedata.normalize("NFC", name) for name in (wanted, offered))
    if wanted == offered or (stem_of(wanted) == wanted and stem_of(offered) == wanted):
        return NameMatch.EXACT
    key = _loosened(wanted)
    return NameMatch.ALIKE if key and key == _loosened(offered) else None


def stem_of(name: str) -> str:
    """``name`` without the extension of a model file; any other ending belongs to the name."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in MODEL_EXTENSIONS else path.name


def variant_marks(name: str) -> frozenset[str]:
    """What a name says about precision, quantisation and size: ``fp8``, ``e4m3fn``, ``q4_k_m``."""
    found = (mark.group().lower() for mark in _MARK.finditer(stem_of(name)))
    return frozenset(_SPELLINGS.get(mark, mark) for mark in found)


def repository_searches(name: str, most: int) -> tuple[str, ...]:
    """At most ``most`` texts to look for in the names of repositories, the narrowest first."""
    stem = stem_of(name)
    plain = _without_marks(stem)
    parts = [part for part in re.split(r"[\s_\-]+", plain) if part]
    texts = [stem, plain, *("-".join(parts[:count]) for count in (3, 2, 1))]
    return _distinct(texts, most)


def title_searches(name: str, most: int) -> tuple[str, ...]:
    """At most ``most`` texts to look for in the titles of models, the narrowest first.

    Civitai makes file names of titles: ``WAI-illustrious-SDXL`` has ``waiIllustriousSDXL_v160``.
    """
    stem = stem_of(name)
    words = [word for word in _SEPARATORS.split(_HUMPS.sub(" ", _without_marks(stem))) if word]
    titled = [_NUMBERED.sub("", word) for word in words if not _VERSION.fullmatch(word)] or words
    whole = _SEPARATORS.sub(" ", stem).strip()
    shorter = [" ".join(titled[:2]), *titled[:1]]
    return _distinct([" ".join(titled), whole, *shorter], most)


def _without_marks(stem: str) -> str:
    return _MARK.sub("", stem).strip(" _-.") or stem


def _loosened(name: str) -> str:
    return _LOOSE.sub("", stem_of(name)).casefold()


def _distinct(texts: list[str], most: int) -> tuple[str, ...]:
    by_key: dict[str, str] = {}
    for text in texts:
        if len(text) >= _SHORTEST_SEARCH:
            by_key.setdefault(text.casefold(), text)
    return tuple(by_key.values())[:most]
