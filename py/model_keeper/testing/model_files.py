"""Model files made to measure: valid ones of an exact size, deterministic by their seed."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import random
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from model_keeper.testing import pickles

_BLOCK = 1 << 20
_SMALL_SHAPE, _SMALL_BYTES = [2, 4], 16  # of float16
_LONGEST_STAMP = (1980, 1, 1, 0, 0, 0)

LORA_NAMES = tuple(
    f"lora_unet_double_blocks_{block}_img_attn_proj.{part}"
    for block in range(2)
    for part in ("alpha", "lora_down.weight", "lora_up.weight")
)
CHECKPOINT_NAMES = (
    "cond_stage_model.transformer.text_model.final_layer_norm.bias",
    "first_stage_model.decoder.conv_in.weight",
    "model.diffusion_model.input_blocks.0.0.weight",
    "model.diffusion_model.out.2.weight",
)


class SyntheticSafetensors:
    """A valid safetensors file of exactly ``size`` bytes that is made as it is read.

    All tensors but the last are small; the last holds the rest. Any part can be read by itself at
    the speed of memory, so that a gigabyte needs no disk. Raises ValueError for a size that its
    header does not fit into: 256 bytes are enough for one tensor without metadata.
    """

    def __init__(
        self,
        size: int,
        seed: int = 0,
        metadata: Mapping[str, str] | None = None,
        names: Sequence[str] = ("weight",),
    ) -> None:
        self.size = size
        self._head = _safetensors_head(size, metadata or {}, names)
        self._block = random.Random(seed).randbytes(_BLOCK)

    def read_at(self, offset: int, length: int) -> bytes:
        """The bytes from ``offset``; fewer than ``length`` only at the end of the file."""
        end = min(offset + length, self.size)
        head = self._head[offset:end]
        parts = [head]
        at = offset + len(head) - len(self._head)
        data_end = end - len(self._head)
        while at < data_end:
            number, within = divmod(at, _BLOCK)
            piece = self._numbered(number)[within : within + data_end - at]
            parts.append(piece)
            at += len(piece)
        return b"".join(parts)

    def pieces(self) -> Iterator[bytes]:
        """The whole file from front to back."""
        for offset in range(0, self.size, _BLOCK):
            yield self.read_at(offset, _BLOCK)

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()

    def _numbered(self, number: int) -> bytes:
        """No two blocks are equal: a piece in the wrong place changes the hash."""
        return struct.pack("<Q", number) + self._block[8:]


def safetensors(
    size: int,
    seed: int = 0,
    metadata: Mapping[str, str] | None = None,
    names: Sequence[str] = ("weight",),
) -> bytes:
    """A valid safetensors file of exactly ``size`` bytes; see :class:`SyntheticSafetensors`."""
    return SyntheticSafetensors(size, seed, metadata, names).read_at(0, size)


def write_safetensors(path: Path, size: int, seed: int = 0) -> str:
    """Write such a file piece by piece; its SHA256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in SyntheticSafetensors(size, seed).pieces():
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _safetensors_head(size: int, metadata: Mapping[str, str], names: Sequence[str]) -> bytes:
    small = _SMALL_BYTES * (len(names) - 1)

    def header(data: int) -> bytes:
        entries: dict[str, object] = {"__metadata__": dict(metadata)} if metadata else {}
        for index, name in enumerate(names[:-1]):
            begin = index * _SMALL_BYTES
            offsets = [begin, begin + _SMALL_BYTES]
            entries[name] = {"dtype": "F16", "shape": _SMALL_SHAPE, "data_offsets": offsets}
        entries[names[-1]] = {"dtype": "U8", "shape": [data - small], "data_offsets": [small, data]}
        return json.dumps(entries, separators=(",", ":")).encode()

    length = -(-len(header(size)) // 8) * 8
    data = size - 8 - length
    if data < small:
        raise ValueError(f"{size} bytes are too few for this header")
    return struct.pack("<Q", length) + header(data).ljust(length)


def lying_safetensors(header: Mapping[str, object] | bytes, data: bytes = b"") -> bytes:
    """A safetensors file with any header at all."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + data


def gguf(
    tensors: Mapping[str, tuple[Sequence[int], int]] | None = None,
    architecture: str = "flux",
    *,
    version: int = 3,
    order: str = "<",
    seed: int = 0,
) -> bytes:
    """A valid GGUF: tensors by name with shape and type (0 F32, 1 F16, 8 Q8_0), aligned to 32.

    The default one ends without padding, so that no byte of it can be missing.
    """
    named = {"double_blocks.0.weight": ((32, 16), 8)} if tensors is None else tensors

    def text(value: str) -> bytes:
        return struct.pack(order + "Q", len(value)) + value.encode()

    keys = text("general.architecture") + struct.pack(order + "I", 8) + text(architecture)
    keys += text("general.alignment") + struct.pack(order + "II", 4, 32)
    tags = [text(tag) for tag in ("first", "second")]
    keys += text("general.tags") + struct.pack(order + "IIQ", 9, 8, len(tags)) + b"".join(tags)
    infos, data = b"", b""
    for name, (shape, kind) in named.items():
        infos += text(name) + struct.pack(order + f"I{len(shape)}Q", len(shape), *shape)
        infos += struct.pack(order + "IQ", kind, len(data))
        data += random.Random(seed).randbytes(_gguf_bytes(shape, kind))
        data += bytes(-len(data) % 32)
    head = b"GGUF" + struct.pack(order + "IQQ", version, len(named), 3) + keys + infos
    return head + bytes(-len(head) % 32) + data if named else head


def _gguf_bytes(shape: Sequence[int], kind: int) -> int:
    elements = 1
    for length in shape:
        elements *= length
    return {0: elements * 4, 1: elements * 2, 8: elements // 32 * 34}[kind]


def pytorch_zip(
    data_pickle: bytes | None = None, *, storage: bytes = bytes(range(16)), root: str = "archive"
) -> bytes:
    """A PyTorch zip of one float32 tensor, or of another pickle in its place."""
    entries = {
        f"{root}/data.pkl": data_pickle or pickles.state_dict(len(storage) // 4),
        f"{root}/byteorder": b"little",
        f"{root}/data/0": storage,
        f"{root}/version": b"3\n",
    }
    return stored_zip(entries)


def pytorch_legacy(data_pickle: bytes | None = None, *, storage: bytes = bytes(range(16))) -> bytes:
    """PyTorch's older format: five pickles, then the number of elements and bytes of a storage."""
    count = len(storage) // 4
    parts = [
        pickle.dumps(0x1950A86A20F9469CFC6C, protocol=2),
        pickle.dumps(1001, protocol=2),
        pickle.dumps({"little_endian": True}, protocol=2),
        data_pickle or pickles.state_dict(count),
        pickle.dumps(["0"], protocol=2),
        struct.pack("<Q", count),
        storage,
    ]
    return b"".join(parts)


def stored_zip(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip with these entries in this order and one fixed time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for name, content in entries.items():
            container.writestr(zipfile.ZipInfo(name, _LONGEST_STAMP), content, compression)
    return buffer.getvalue()


def onnx(*, nodes: int = 2, weights: bytes = bytes(64), external: str | None = None) -> bytes:
    """A valid ONNX model; with ``external`` its weights lie in that other file."""
    tensor = _field(9, weights)
    if external is not None:
        tensor = _field(13, _field(1, b"location") + _field(2, external.encode())) + _number(14, 1)
    graph = b"".join(_field(1, _field(4, b"Relu")) for _ in range(nodes)) + _field(2, b"main")
    graph += _field(5, _number(1, len(weights)) + _number(2, 1) + tensor)
    operators = _field(1, b"") + _number(2, 17)
    return _number(1, 8) + _field(2, b"model-files") + _field(7, graph) + _field(8, operators)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
