"""Which of its siblings a model file is: precision, quantisation, extent, noise, purpose. Pure.

Files of one model are told apart by what their provider states and by what names say. Two variants
are the same only where nothing that both of them say differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model_keeper.domain.model_names import variant_marks

_WIDTHS: Mapping[str, str] = MappingProxyType(
    {"fp16": "16", "bf16": "16", "fp32": "32", "fp8": "8", "e4m3fn": "8", "e5m2": "8"}
    | {"int8": "int8", "mxfp8": "mxfp8", "int4": "int4", "nf4": "nf4", "fp4": "fp4"}
    | {"nvfp4": "nvfp4", "mxfp4": "mxfp4"}
)
_CONTAINERS: Mapping[str, str] = MappingProxyType(
    {"safetensor": "safetensors", "pickletensor": "pickle", "gguf": "gguf", "onnx": "onnx"}
    | {"diffusers": "diffusers", "core ml": "core ml"}
)
_QUANTISATION = re.compile(r"i?q[1-8](?:_\w+)?")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOISE = re.compile(r"(?i)(high|low)[\s_\-.]*noise|(?<![a-z])(h|l)n(?![a-z])")
_LONE_NOISE = re.compile(r"(?i)(?<![a-z])(high|low)(?![a-z])")
_TWO_EXPERTS = re.compile(r"(?i)wan.*2[._]2")  # one file for the noisy steps, one for the others
_PURPOSES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        name: re.compile(rf"(?i)(?<![a-z])(?:{pattern})(?![a-z])")
        for name, pattern in {
            "i2v": r"i2v|img2vid|image[\s_\-]?to[\s_\-]?video",
            "t2v": r"t2v|txt2vid|text[\s_\-]?to[\s_\-]?video",
            "inpainting": r"inpaint(?:ing)?",
            "refiner": r"refiner",
            "lightning": r"lightning|lightx2v",
            "turbo": r"turbo",
            "lcm": r"lcm",
            "hyper": r"hyper(?:sd)?",
            "dmd": r"dmd2?",
            "v-prediction": r"v[\s_\-]?pred(?:iction)?",
        }.items()
    }
)
#: Words that say how far a version has come, not what it is.
_STAGES = frozenset(
    {"v", "ver", "version", "alpha", "beta", "final", "rc", "release", "preview", "experimental"}
    | {"test", "new", "old", "fix", "fixed", "hotfix", "update", "updated", "remake", "retrain"}
    | {"epoch", "step", "steps", "full", "pruned", "ema", "base", "main", "original", "default"}
    | {"safetensors", "gguf", "noise", "high", "low", "baked", "vae", "a", "b", "c", "k", "s", "m"}
)


@dataclass(frozen=True)
class Variant:
    """What is said about a file; None and empty sets where nothing is.

    ``width`` joins precisions that stand for each other: fp16 and bf16. ``noise`` is high or low.
    ``words`` are those of the version's name that say neither how old nor how exact it is.
    """

    container: str | None = None
    precision: str | None = None
    quantisation: str | None = None
    extent: str | None = None  # full or pruned
    noise: str | None = None
    purposes: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    @property
    def width(self) -> str | None:
        return None if self.precision is None else _WIDTHS.get(self.precision, self.precision)


def variant_of(
    file_name: str,
    version_name: str,
    *,
    base_model: str = "",
    stated: Mapping[str, str] = MappingProxyType({}),
) -> Variant:
    """The variant of a file of a version.

    ``stated`` is what its provider says of it: ``fp``, ``format``, ``size``, ``quant``.
    """
    marks = variant_marks(file_name) | variant_marks(version_name)
    text = f"{version_name} {file_name}"
    return Variant(
        container=_CONTAINERS.get(stated.get("format", "").lower()) or _container(file_name),
        precision=_precision(stated.get("fp", ""), marks),
        quantisation=_quantisation({stated.get("quant", "").lower(), *marks}),
        extent=stated.get("size", "").lower() or None,
        noise=_noise(text, base_model),
        purposes=frozenset(name for name, said in _PURPOSES.items() if said.search(text)),
        words=_words(version_name, marks),
    )


def same_variant(have: Variant, offered: Variant) -> bool:
    """Whether ``offered`` can take the place of ``have``."""
    told = (
        (have.width, offered.width),
        (have.quantisation, offered.quantisation),
        (have.extent, offered.extent),
    )
    if any(one != other for one, other in told if one is not None and other is not None):
        return False
    if (have.noise, have.purposes) != (offered.noise, offered.purposes):
        return False
    if have.words and offered.words and not have.words & offered.words:
        return False  # a collection: each version is something else
    return _takes_the_place(have.container, offered.container)


def likeness(have: Variant, offered: Variant) -> int:
    """How much of what tells siblings apart is the very same; more is nearer."""
    pairs = (
        (have.precision, offered.precision),
        (have.quantisation, offered.quantisation),
        (have.extent, offered.extent),
        (have.container, offered.container),
    )
    return sum(one == other for one, other in pairs)


def _takes_the_place(have: str | None, offered: str | None) -> bool:
    """Loaders of safetensors load pickles too; nobody wants to go back to those."""
    if have is None or offered is None or have == offered:
        return True
    return (have, offered) == ("pickle", "safetensors")


def _container(name: str) -> str | None:
    lowered = name.lower()
    for endings, container in (
        ((".safetensors", ".sft"), "safetensors"),
        ((".gguf",), "gguf"),
        ((".onnx",), "onnx"),
        ((".ckpt", ".pt", ".pth", ".bin"), "pickle"),
    ):
        if lowered.endswith(endings):
            return container
    return None


def _precision(stated: str, marks: Iterable[str]) -> str | None:
    said = stated.lower().partition("_")[0]  # fp8_scaled and fp8_mixed are fp8 for a loader
    if said:
        return said
    return next((mark for mark in sorted(marks) if mark in _WIDTHS), None)


def _quantisation(marks: Iterable[str]) -> str | None:
    return next((mark for mark in sorted(marks) if _QUANTISATION.fullmatch(mark)), None)


def _noise(text: str, base_model: str) -> str | None:
    found = _NOISE.search(text)
    if found:
        return "high" if (found.group(1) or found.group(2)).lower().startswith("h") else "low"
    lone = {word.lower() for word in _LONE_NOISE.findall(text)}
    return lone.pop() if len(lone) == 1 and _TWO_EXPERTS.search(f"{base_model} {text}") else None


def _words(version_name: str, marks: Iterable[str]) -> frozenset[str]:
    found = {word.casefold() for word in _WORD.findall(_HUMPS.sub(" ", version_name))}
    of_marks = {part for mark in marks for part in _WORD.findall(mark)}
    return frozenset(word for word in found - _STAGES - of_marks if not word.isdigit())
