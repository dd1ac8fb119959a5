"""Which formats a name's extension promises to the program that will load the file."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model_keeper.formats.sniff import Format

_PICKLES = frozenset({Format.PYTORCH_ZIP, Format.PICKLE})
_TEXTS = frozenset({Format.TEXT, Format.JSON})

PROMISED: Mapping[str, frozenset[Format]] = MappingProxyType(
    {
        ".safetensors": frozenset({Format.SAFETENSORS}),
        ".sft": frozenset({Format.SAFETENSORS}),
        ".gguf": frozenset({Format.GGUF}),
        ".ckpt": _PICKLES,
        ".pt": _PICKLES,
        ".pt2": _PICKLES,
        ".pth": _PICKLES,
        ".bin": _PICKLES,
        ".pkl": _PICKLES,
        ".pickle": _PICKLES,
        ".onnx": frozenset({Format.ONNX}),
        ".zip": frozenset({Format.ZIP, Format.PYTORCH_ZIP}),
        ".tar": frozenset({Format.TAR}),
        ".gz": frozenset({Format.GZIP}),
        ".tgz": frozenset({Format.GZIP}),
        ".7z": frozenset({Format.SEVEN_ZIP}),
        ".yaml": _TEXTS,
        ".yml": _TEXTS,
        ".json": frozenset({Format.JSON}),
        ".txt": _TEXTS,
    }
)

#: What servers send instead of a file: wrong under any name that does not promise it.
MARKUP = frozenset(
    {Format.HTML, Format.XML, Format.JSON, Format.POINTER, Format.TEXT, Format.EMPTY}
)
#: What servers call such answers.
PAGE_LABELS = frozenset(
    {"text/html", "application/xhtml+xml", "application/json", "text/xml", "application/xml"}
)
#: Formats whose whole structure was read when nothing was found wrong with it.
MODELS = frozenset({Format.SAFETENSORS, Format.GGUF, Format.ONNX}) | _PICKLES
ARCHIVES = frozenset({Format.ZIP, Format.TAR, Format.GZIP, Format.SEVEN_ZIP, Format.OTHER_ARCHIVE})
#: Under these extensions other programs keep data that has no marks of its own.
_LOOSE = frozenset({".bin", ".pt", ".pth", ".pkl", ".pt2", ".ckpt", ".pickle"})
_NEVER_A_MODEL = frozenset({Format.EXECUTABLE, Format.IMAGE, Format.MEDIA})


def fits(extension: str, found: Format) -> bool:
    """Whether a file of this format may have this extension.

    Unknown data may have an extension that does not promise a certain format; it is no model then
    that anybody could vouch for, but it need not be a wrong one either.
    """
    promised = PROMISED.get(extension)
    if found is Format.UNKNOWN:
        return promised is None or extension in _LOOSE
    if promised is None:
        return found not in _NEVER_A_MODEL
    return found in promised
