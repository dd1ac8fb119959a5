"""One look at a file: what it is, whether it is whole, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from model_keeper.domain.errors import KeeperError
from model_keeper.formats import archives, gguf, markup, onnx, pytorch, safetensors
from model_keeper.formats.reading import Broken
from model_keeper.formats.sniff import HEAD_BYTES, Format, Sniffed, sniff
from model_keeper.formats.zips import open_zip

_LARGEST_DOCUMENT = 16 << 20  # tokenizers are the largest documents beside models


@dataclass(frozen=True)
class Inspection:
    """What was found, in phrases that fit into a sentence; ``kind`` has its article.

    ``problems``: it is broken. ``dangers``: nobody should unpack it. ``findings``: what it could
    run when it is loaded. ``doubts``: what could not be checked. ``contents``: what is in an
    archive, else None. ``facts`` come from the header, as the format has them: ``category`` (a
    ComfyUI folder key), ``tensor_count``, ``parameters``, ``dtypes``, ``metadata`` and the like.
    """

    format: Format
    kind: str
    problems: tuple[str, ...] = ()
    dangers: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    contents: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def identify(path: Path) -> Sniffed:
    """What the file's first bytes are; cheap. Raises file_not_found, storage_failed."""
    with _Opened(path) as opened:
        return _identify(opened.file, opened.size)


def inspect(path: Path, name: str) -> Inspection:
    """Read the file as far as its format needs to be sure of it; what is broken is a problem.

    ``name`` is what it will be called; it decides nothing about the format. Memory is bounded;
    containers with checksums are read to their end. Raises file_not_found, storage_failed.
    """
    with _Opened(path) as opened:
        sniffed = _identify(opened.file, opened.size)
        reader = _READERS.get(sniffed.format)
        if reader is None:
            return Inspection(sniffed.format, sniffed.kind)
        try:
            found = reader(_Subject(opened.file, opened.size, name))
        except Broken as broken:
            return Inspection(sniffed.format, sniffed.kind, problems=(str(broken),))
        return Inspection(sniffed.format, sniffed.kind, **found)


@dataclass(frozen=True)
class _Subject:
    file: BinaryIO
    size: int
    name: str


class _Opened:
    """The open file and its size; what the drive refuses becomes an error for people."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> _Opened:
        try:
            self.file: BinaryIO = self._path.open("rb")
            self.size = self.file.seek(0, 2)
        except OSError as exc:
            raise self._failure(exc) from exc
        return self

    def __exit__(self, _type: object, exc: BaseException | None, _trace: object) -> None:
        self.file.close()
        if isinstance(exc, OSError):
            raise self._failure(exc) from exc

    def _failure(self, exc: OSError) -> KeeperError:
        if isinstance(exc, FileNotFoundError):
            return KeeperError("file_not_found", path=str(self._path))
        return KeeperError("storage_failed", path=str(self._path), why=exc.strerror or str(exc))


def _identify(file: BinaryIO, size: int) -> Sniffed:
    file.seek(0)
    sniffed = sniff(file.read(HEAD_BYTES))
    if sniffed.format is not Format.ZIP:
        return sniffed
    try:
        with open_zip(file, size) as container:
            if pytorch.is_model_zip(container.namelist()):
                return Sniffed(Format.PYTORCH_ZIP, "a PyTorch file")
    except Broken:
        pass  # a zip all the same; reading it says what is wrong
    return sniffed


def _read_safetensors(subject: _Subject) -> dict[str, Any]:
    header = safetensors.read_header(subject.file, subject.size)
    doubts = [f"tensors of the unknown type {name}" for name in header.unknown_dtypes]
    return {"facts": asdict(header), "doubts": tuple(doubts)}


def _read_gguf(subject: _Subject) -> dict[str, Any]:
    header = gguf.read_header(subject.file, subject.size)
    doubts = [f"tensors of the unknown type {number}" for number in header.unknown_types]
    return {"facts": asdict(header), "doubts": tuple(doubts)}


def _read_torch_zip(subject: _Subject) -> dict[str, Any]:
    return _from_pickles(pytorch.read_zip(subject.file, subject.size))


def _read_pickle(subject: _Subject) -> dict[str, Any]:
    return _from_pickles(pytorch.read_pickles(subject.file, subject.size))


def _from_pickles(contents: pytorch.Contents) -> dict[str, Any]:
    facts = {"tensor_count": contents.storage_count, "parameters": contents.parameters}
    return {"facts": facts, "findings": contents.findings}


def _read_onnx(subject: _Subject) -> dict[str, Any]:
    model = onnx.read_model(subject.file, subject.size)
    return {"facts": asdict(model), "dangers": archives.escaping(model.external)}


def _from_archive(archive: archives.Archive) -> dict[str, Any]:
    return {"dangers": archive.dangers, "contents": archive.summary}


def _read_zip(subject: _Subject) -> dict[str, Any]:
    return _from_archive(archives.read_zip(subject.file, subject.size, subject.name))


def _read_tar(subject: _Subject) -> dict[str, Any]:
    return _from_archive(archives.read_tar(subject.file, subject.name))


def _read_gzip(subject: _Subject) -> dict[str, Any]:
    return _from_archive(archives.read_gzip(subject.file, subject.size, subject.name))


def _read_seven_zip(subject: _Subject) -> dict[str, Any]:
    return _from_archive(archives.read_seven_zip(subject.file, subject.size))


def _read_json(subject: _Subject) -> dict[str, Any]:
    if subject.size > _LARGEST_DOCUMENT:
        return {"doubts": ("a document too large to be read at once",)}
    subject.file.seek(0)
    problem = markup.check_json(subject.file.read(_LARGEST_DOCUMENT))
    return {"problems": (problem,) if problem else ()}


def _read_text(subject: _Subject) -> dict[str, Any]:
    if subject.size > _LARGEST_DOCUMENT:
        return {"doubts": ("a text too large to be read at once",)}
    subject.file.seek(0)
    whole = subject.file.read(_LARGEST_DOCUMENT)
    return {"problems": () if markup.is_text(whole) else ("a part of it is not text",)}


_READERS: Mapping[Format, Callable[[_Subject], dict[str, Any]]] = MappingProxyType(
    {
        Format.SAFETENSORS: _read_safetensors,
        Format.GGUF: _read_gguf,
        Format.PYTORCH_ZIP: _read_torch_zip,
        Format.PICKLE: _read_pickle,
        Format.ONNX: _read_onnx,
        Format.ZIP: _read_zip,
        Format.TAR: _read_tar,
        Format.GZIP: _read_gzip,
        Format.SEVEN_ZIP: _read_seven_zip,
        Format.JSON: _read_json,
        Format.TEXT: _read_text,
    }
)
