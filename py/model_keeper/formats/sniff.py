"""What a file's first bytes are. The name is never asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from model_keeper.formats.markup import HEAD_BYTES, recognise
from model_keeper.formats.pickle_walk import Walked, walk
from model_keeper.formats.reading import Broken, Ended

__all__ = ["HEAD_BYTES", "Format", "Sniffed", "sniff"]


class Format(str, Enum):
    SAFETENSORS = "safetensors"
    GGUF = "gguf"
    PYTORCH_ZIP = "pytorch_zip"
    PICKLE = "pickle"
    ONNX = "onnx"
    ZIP = "zip"
    TAR = "tar"
    GZIP = "gzip"
    SEVEN_ZIP = "7z"
    OTHER_ARCHIVE = "archive"
    HTML = "html"
    XML = "xml"
    JSON = "json"
    POINTER = "pointer"
    TEXT = "text"
    IMAGE = "image"
    MEDIA = "media"
    EXECUTABLE = "executable"
    EMPTY = "empty"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sniffed:
    """``kind`` is a phrase with its article, fit for a sentence."""

    format: Format
    kind: str


_F = Format
#: Where, which bytes, what they mean.
_MAGICS: Sequence[tuple[int, bytes, Sniffed]] = (
    (0, b"GGUF", Sniffed(_F.GGUF, "a GGUF file")),
    (0, b"PK\x03\x04", Sniffed(_F.ZIP, "a zip archive")),
    (0, b"PK\x05\x06", Sniffed(_F.ZIP, "an empty zip archive")),
    (0, b"7z\xbc\xaf\x27\x1c", Sniffed(_F.SEVEN_ZIP, "a 7z archive")),
    (0, b"\x1f\x8b\x08", Sniffed(_F.GZIP, "a gzip archive")),
    (0, b"Rar!\x1a\x07", Sniffed(_F.OTHER_ARCHIVE, "a RAR archive")),
    (0, b"BZh", Sniffed(_F.OTHER_ARCHIVE, "a bzip2 archive")),
    (0, b"\xfd7zXZ\x00", Sniffed(_F.OTHER_ARCHIVE, "an xz archive")),
    (0, b"\x28\xb5\x2f\xfd", Sniffed(_F.OTHER_ARCHIVE, "a Zstandard archive")),
    (257, b"ustar", Sniffed(_F.TAR, "a tar archive")),
    (0, b"\x89PNG\r\n\x1a\n", Sniffed(_F.IMAGE, "a PNG picture")),
    (0, b"\xff\xd8\xff", Sniffed(_F.IMAGE, "a JPEG picture")),
    (0, b"GIF8", Sniffed(_F.IMAGE, "a GIF picture")),
    (8, b"WEBP", Sniffed(_F.IMAGE, "a WebP picture")),
    (4, b"ftypavif", Sniffed(_F.IMAGE, "an AVIF picture")),
    (4, b"ftyp", Sniffed(_F.MEDIA, "a video")),
    (0, b"\x1a\x45\xdf\xa3", Sniffed(_F.MEDIA, "a video")),
    (0, b"%PDF-", Sniffed(_F.MEDIA, "a PDF document")),
    (0, b"MZ", Sniffed(_F.EXECUTABLE, "a Windows program")),
    (0, b"\x7fELF", Sniffed(_F.EXECUTABLE, "a Linux program")),
    (0, b"\xcf\xfa\xed\xfe", Sniffed(_F.EXECUTABLE, "a macOS program")),
    (0, b"\xce\xfa\xed\xfe", Sniffed(_F.EXECUTABLE, "a macOS program")),
    (0, b"\xca\xfe\xba\xbe", Sniffed(_F.EXECUTABLE, "a program")),
    (0, b"#!", Sniffed(_F.EXECUTABLE, "a script")),
)
_ONNX_SECOND_TAGS = frozenset(b"\x12\x1a\x22\x28\x32\x3a\x42\x72")
_NEWEST_ONNX = 64
_NEWEST_PICKLE = 5
_STEPS_OF_A_PICKLE = 8


def sniff(head: bytes) -> Sniffed:
    """The format that ``head``, the first :data:`HEAD_BYTES` of a file, begins like."""
    for begins_like, sniffed in _SHAPES:
        if begins_like(head):
            return sniffed
    markup = recognise(head)
    if markup is not None:
        return Sniffed(Format(markup.format), markup.kind)
    return Sniffed(Format.UNKNOWN, "data of an unknown kind")


def _begins_like_pytorch(head: bytes) -> bool:
    """A zip whose first entry is the pickle that PyTorch writes first."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head.startswith(b"PK\x03\x04") and name.endswith(b"/data.pkl")


def _begins_like_safetensors(head: bytes) -> bool:
    """Eight bytes of length, which are no text, and a brace."""
    return head[8:9] == b"{" and any(byte < 0x09 or byte >= 0x80 for byte in head[:8])


def _begins_like_onnx(head: bytes) -> bool:
    """The first field is the version, a small number, and a known field follows."""
    return (
        len(head) > 2
        and head[0] == 0x08
        and 0 < head[1] <= _NEWEST_ONNX
        and head[2] in _ONNX_SECOND_TAGS
    )


def _is_pickle_without_mark(head: bytes) -> bool:
    """Protocols 0 and 1 have no first bytes of their own: they have to make sense as a pickle.

    A text rarely does. One that would call something does not need to make sense to its end, for an
    unpickler runs what comes before the fault.
    """
    walked = Walked()
    try:
        walk(io.BytesIO(head), walked)
    except Ended:
        return walked.calls > 0 or walked.steps > _STEPS_OF_A_PICKLE
    except Broken:
        return walked.calls > 0
    return True


def _has_magic(at: int, magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic, at)


def _begins_like_pickle(head: bytes) -> bool:
    return head[:1] == b"\x80" and len(head) > 1 and head[1] <= _NEWEST_PICKLE


#: In this order: what has bytes of its own before what only has a likely shape.
_SHAPES: Sequence[tuple[Callable[[bytes], bool], Sniffed]] = (
    (lambda head: not head, Sniffed(_F.EMPTY, "an empty file")),
    (_begins_like_pytorch, Sniffed(_F.PYTORCH_ZIP, "a PyTorch file")),
    *((_has_magic(at, magic), sniffed) for at, magic, sniffed in _MAGICS),
    (_begins_like_safetensors, Sniffed(_F.SAFETENSORS, "a safetensors file")),
    (_begins_like_pickle, Sniffed(_F.PICKLE, "a pickle")),
    (_begins_like_onnx, Sniffed(_F.ONNX, "an ONNX model")),
    (_is_pickle_without_mark, Sniffed(_F.PICKLE, "a pickle")),
)
