"""Which texts are the name of a model file."""

from __future__ import annotations

import re

from model_keeper.domain.categories import WEIGHT_EXTENSIONS

_MODEL_EXTENSIONS = (
    *WEIGHT_EXTENSIONS,
    ".gguf",
    ".onnx",
    ".torchscript",
    ".engine",
    ".tflite",
    ".safetensor",
)
_LONGEST = 512  # a path within a category; what is longer is prose
_EXTENSION = re.compile(r"\.(?=\w*[A-Za-z])\w{2,12}$")
_IN_NO_PATH = re.compile(r"[\n<>|*?\"]|://|embedding:")
_NOTHING = frozenset({"", "none", "default", "auto", "automatic", "disabled", "off", "undefined"})


def is_model_file(value: str) -> bool:
    """Whether ``value`` as a whole is the name of a file of a known model format."""
    return value.strip().lower().endswith(_MODEL_EXTENSIONS) and _is_path(value)


def is_file(value: str) -> bool:
    """Whether ``value`` may be a file of a list that is known to hold model files."""
    return _EXTENSION.search(value) is not None and _is_path(value)


def is_nothing(value: str) -> bool:
    """Whether ``value`` is a loader's way of saying that no file is wanted."""
    return value.strip().lower() in _NOTHING


def _is_path(value: str) -> bool:
    return len(value) <= _LONGEST and _IN_NO_PATH.search(value) is None
