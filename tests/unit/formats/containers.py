"""Pictures, videos and sounds without any content but their texts."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

Texts = Mapping[str, str]


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks: bytes) -> bytes:
    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x00\x00\x00")
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", size),
            *chunks,
            chunk(b"IDAT", pixels),
            chunk(b"IEND", b""),
        ]
    )


def text_chunk(key: str, text: str) -> bytes:
    return chunk(b"tEXt", key.encode() + b"\0" + text.encode())


def packed_chunk(key: str, text: bytes) -> bytes:
    return chunk(b"zTXt", key.encode() + b"\0\0" + zlib.compress(text))


def international_chunk(key: str, text: str, *, packed: bool = False) -> bytes:
    value = zlib.compress(text.encode()) if packed else text.encode()
    flags = b"\x01\x00" if packed else b"\x00\x00"
    return chunk(b"iTXt", key.encode() + b"\0" + flags + b"\0\0" + value)


def exif(texts: Mapping[int, str], *, order: str = ">", prefix: bytes = b"") -> bytes:
    """One directory of ASCII entries, by tag."""
    values = {tag: text.encode() + b"\0" for tag, text in texts.items()}
    position = 8 + 2 + 12 * len(values) + 4
    entries, data = b"", b""
    for tag, value in values.items():
        entries += struct.pack(order + "HHII", tag, 2, len(value), position + len(data))
        data += value
    magic = b"MM\x00*" if order == ">" else b"II*\x00"
    head = magic + struct.pack(order + "I", 8) + struct.pack(order + "H", len(values))
    return prefix + head + entries + struct.pack(order + "I", 0) + data


def webp(exif_data: bytes | None) -> bytes:
    chunks = [(b"VP8X", bytes(10)), (b"VP8 ", b"odd")]
    chunks += [(b"EXIF", exif_data)] if exif_data is not None else []
    body = b"".join(
        kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1)
        for kind, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg(exif_data: bytes, comment: str = "") -> bytes:
    def part(marker: int, data: bytes) -> bytes:
        return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data

    return (
        b"\xff\xd8"
        + part(0xE0, b"JFIF\0")
        + part(0xE1, exif_data)
        + (part(0xFE, comment.encode()) if comment else b"")
        + part(0xDA, b"")
        + b"\xff\xd9"
    )


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def _data(text: str) -> bytes:
    return box(b"data", struct.pack(">II", 1, 0), text.encode())


def keyed_metadata(texts: Texts, *, versioned: bool = True) -> bytes:
    """As FFmpeg writes it with ``use_metadata_tags``."""
    names = [box(b"mdta", key.encode()) for key in texts]
    keys = box(b"keys", struct.pack(">II", 0, len(names)), *names)
    items = [
        box(struct.pack(">I", index), _data(text)) for index, text in enumerate(texts.values(), 1)
    ]
    handler = box(b"hdlr", bytes(8), b"mdta", bytes(12))
    return box(b"meta", bytes(4) if versioned else b"", handler, keys, box(b"ilst", *items))


def itunes_comment(text: str) -> bytes:
    item = box(b"\xa9cmt", _data(text))
    return box(b"meta", bytes(4), box(b"hdlr", bytes(25)), box(b"ilst", item))


def quicktime_comment(text: str) -> bytes:
    value = text.encode()
    return box(b"\xa9cmt", struct.pack(">HH", len(value), 0x55C4), value)


def mp4(*metadata: bytes, wide: bool = False) -> bytes:
    """A video whose data stands before its index, with a 64-bit length where ``wide``."""
    frames = bytes(64)
    media = struct.pack(">I4sQ", 1, b"mdat", 16 + 64) + frames if wide else box(b"mdat", frames)
    index = box(b"moov", box(b"mvhd", bytes(100)), box(b"udta", *metadata))
    return box(b"ftyp", b"isom", bytes(4)) + media + index


def element(kind: int, *parts: bytes, unknown: bool = False) -> bytes:
    body = b"".join(parts)
    length = b"\x01" + b"\xff" * 7 if unknown else struct.pack(">Q", len(body) | 1 << 56)
    return kind.to_bytes((kind.bit_length() + 7) // 8, "big") + length + body


def matroska(texts: Texts, *, unknown: bool = False) -> bytes:
    tags = [
        element(0x67C8, element(0x45A3, key.encode()), element(0x4487, text.encode()))
        for key, text in texts.items()
    ]
    cluster = element(0x1F43B675, element(0xE7, b"\0"), element(0xA3, bytes(32)), unknown=unknown)
    return element(0x1A45DFA3, element(0x4282, b"webm")) + element(
        0x18538067,
        cluster,
        element(0x1254C367, element(0x7373, *tags)),
        unknown=unknown,
    )


def flac(texts: Texts) -> bytes:
    def sized(value: bytes) -> bytes:
        return struct.pack("<I", len(value)) + value

    comments = [sized(f"{key}={text}".encode()) for key, text in texts.items()]
    block = sized(b"maker") + struct.pack("<I", len(comments)) + b"".join(comments)
    return (
        b"fLaC"
        + struct.pack(">I", 34)
        + bytes(34)
        + struct.pack(">I", 1 << 31 | 4 << 24 | len(block))
        + block
    )
