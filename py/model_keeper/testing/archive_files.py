"""Archives, harmless and not."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

from model_keeper.testing.model_files import stored_zip

_PROGRAM = b"MZ" + bytes(62)
_LOCAL_HEADER, _DIRECTORY_ENTRY = b"PK\x03\x04", b"PK\x01\x02"


def zip_with_program(model: bytes, name: str = "setup.exe") -> bytes:
    return stored_zip({"model.safetensors": model, name: _PROGRAM})


def escaping_zip(name: str = "../../startup.safetensors") -> bytes:
    return stored_zip({name: b"anything"})


def zip_with_link(target: str = "/etc/passwd") -> bytes:
    buffer = io.BytesIO()
    link = zipfile.ZipInfo("model.safetensors", (1980, 1, 1, 0, 0, 0))
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as container:
        container.writestr(link, target)
    return buffer.getvalue()


def zip_bomb(claimed: int = 10**12) -> bytes:
    """A small zip whose directory claims that it unpacks to ``claimed`` bytes."""
    raw = bytearray(stored_zip({"model.safetensors": bytes(1 << 16)}, zipfile.ZIP_DEFLATED))
    at = raw.index(_DIRECTORY_ENTRY)
    struct.pack_into("<I", raw, at + 24, min(claimed, 0xFFFFFFF0))
    return bytes(raw)


def encrypted_zip() -> bytes:
    """A zip whose entry says that it is encrypted."""
    raw = bytearray(stored_zip({"model.safetensors": bytes(64)}))
    raw[6] |= 1
    raw[raw.index(_DIRECTORY_ENTRY) + 8] |= 1
    return bytes(raw)


def damaged_zip(content: bytes = bytes(256)) -> bytes:
    """A zip in whose only entry one byte was changed after its checksum was written."""
    raw = bytearray(stored_zip({"model.safetensors": content}))
    raw[30 + len("model.safetensors") + len(content) // 2] ^= 0xFF
    return bytes(raw)


def tar(entries: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    """A plain tar; ``links`` are symbolic ones by name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as container:
        for name, content in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            container.addfile(info, io.BytesIO(content))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            container.addfile(info)
    return buffer.getvalue()


def tar_gz(entries: Mapping[str, bytes]) -> bytes:
    return gzip.compress(tar(entries), mtime=0)


def gzip_bomb(unpacked: int = 128 << 20) -> bytes:
    """Zeros that pack to a thousandth."""
    packer = zlib.compressobj(1, wbits=31)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(unpacked >> 20)]
    return b"".join([*parts, packer.flush()])


def seven_zip(files: bytes = bytes(100), listing: bytes = b"\x01\x00") -> bytes:
    """A 7z with a right header: where its list of files is, how long, and the checksums."""
    start = struct.pack("<QQI", len(files), len(listing), zlib.crc32(listing))
    head = b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start)) + start
    return head + files + listing
