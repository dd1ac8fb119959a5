"""File names: what a person, a server or an address calls a file, made safe for every system.

The rules are the same everywhere, because libraries travel: a drive moves from Windows to Linux,
and a workflow names the file on both. ``tests/unit/domain/name_vectors.json`` publishes them.

A name that a **person** gives (:func:`safe_relative`, :func:`safe_name`) is refused where it would
leave its folder or where nothing is left of it, and repaired where it is merely awkward. A name
that a **server** gives (:func:`repaired_name`) is only ever repaired: its folders are dropped.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PureWindowsPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from model_keeper.domain.errors import KeeperError

PART_BYTES = 255  # what ext4, XFS, APFS and NTFS all take for one part of a path
STAGING_BYTES = 200  # leaves room for the names of the journal beside it
WINDOWS_PATH_UNITS = 259 - 32  # MAX_PATH without its end, and room for the staging name

_EXTENSION_BYTES = 32  # what follows the last dot is an extension only if it is short
_SEPARATORS = re.compile(r"[/\\]")
_DRIVE = re.compile(r"\s*[A-Za-z]:")
_FORBIDDEN = re.compile(r'[<>:"|?*/\\]')
_JOINERS = "\u200c\u200d"  # they change how Persian, Indic scripts and emoji look
_ENDS = re.compile(rf"\A[\s{_JOINERS}]+|[\s.{_JOINERS}]+\Z")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789¹²³"}
)


def safe_relative(name: str, *, windows: bool = False) -> str:
    """The relative path that a person means by ``name``, its parts joined by ``/``.

    Sub-folders are allowed with ``/``, and with a backslash where ``windows`` is true. Every part
    is NFC, at most 255 bytes of UTF-8 (its extension kept), without control, invisible and
    direction characters, without characters, endings and device names that Windows refuses. A safe
    path comes back unchanged. Raises KeeperError name_unusable where the name climbs, is absolute,
    has a drive or a network share, ends in a separator, or a part of it comes to nothing.
    """
    why = _escape(name)
    if why is None and name.endswith(("/", "\\")):
        why = "it ends in a separator"
    if why is None:
        text = name.replace("\\", "/") if windows else name
        parts = [_clean(part) for part in text.split("/") if part not in {"", "."}]
        if parts and all(parts):
            return "/".join(parts)
        why = "nothing readable is left of it"
    raise KeeperError("name_unusable", name=name, why=why)


def safe_name(name: str, *, windows: bool = False) -> str:
    """Like :func:`safe_relative`, for one file name: a sub-folder is refused as well."""
    relative = safe_relative(name, windows=windows)
    if "/" in relative:
        raise KeeperError("name_unusable", name=name, why="it names a folder too")
    return relative


def repaired_name(name: str) -> str | None:
    """The file name in what a server calls the file, without its folders; None if none is left."""
    return _clean(_SEPARATORS.split(name)[-1]) or None


def escapes(name: str) -> bool:
    """Whether ``name``, joined to a folder, could mean a place outside it on any system."""
    return _escape(name) is not None


def suffixed_name(name: str, sha256: str) -> str:
    """``name`` with a suffix that depends on the content alone: ``ae-1a2b3c4d.safetensors``."""
    stem, extension = _split(name)
    return _joined(stem, f"-{sha256[:8].lower()}{extension}")


def staging_name(file_name: str, key: str) -> str:
    """The name under which a file's bytes lie before they are proven.

    Equal for equal arguments and at most 200 bytes. ``key`` says what is to arrive where; it only
    enters as a digest.
    """
    digest = hashlib.sha256(f"{file_name}\n{key}".encode("utf-8", "surrogatepass")).hexdigest()
    return _joined(file_name, f".{digest[:16]}.part", limit=STAGING_BYTES)


def on_windows(path: str) -> bool:
    """Whether ``path`` is absolute in the way of Windows: a drive or a network share."""
    return not path.startswith("/") and bool(PureWindowsPath(path).drive)


def too_long_for_windows(path: str) -> bool:
    """Whether Windows, without long paths switched on, could not hold ``path`` and its staging."""
    return len(path.encode("utf-16-le", "surrogatepass")) // 2 > WINDOWS_PATH_UNITS


def name_from_content_disposition(header: str) -> str | None:
    """The repaired file name in a ``Content-Disposition`` header (RFC 6266), or None.

    ``filename*`` (RFC 5987) goes before ``filename``. Raw UTF-8 that a client read as Latin-1 is
    understood too.
    """
    parameters = {key.lower(): value for key, value in _PARAMETER.findall(f";{header}")}
    extended = _extended_value(parameters.get("filename*", ""))
    if extended is not None and (name := repaired_name(extended)):
        return name
    return repaired_name(_plain_value(parameters.get("filename", "")))


def name_from_url(url: str) -> str | None:
    """The repaired last part of an address where it looks like a file name, else None.

    It does if it has an extension with a letter in it: ``…/ae.safetensors``, not ``…/128713``.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    name = repaired_name(unquote(path.rpartition("/")[2]))
    return name if name and _NAMED.search(name) else None


_NAMED = re.compile(r"[^.]\.(?=[0-9]*[A-Za-z])[0-9A-Za-z]{1,12}\Z")
_PARAMETER = re.compile(r';\s*([\w!#$&+.^`|~-]+\*?)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)')
_QUOTED_PAIR = re.compile(r'\\(["\\])')  # no others: old browsers send C:\folder\name in quotes


def _plain_value(value: str) -> str:
    text = value.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = _QUOTED_PAIR.sub(r"\1", text[1:-1])
    try:
        return text.encode("latin-1").decode()
    except UnicodeError:
        return text


def _extended_value(value: str) -> str | None:
    charset, _, rest = value.strip().strip('"').partition("'")
    _language, quoted, encoded = rest.partition("'")
    if not quoted:
        return None
    try:
        return unquote_to_bytes(encoded).decode(charset or "utf-8")
    except (LookupError, UnicodeError):
        return None


def _escape(name: str) -> str | None:
    """Why ``name`` would leave its folder. Strict on every system: the person meant to leave it."""
    if name.lstrip().startswith(("/", "\\")):
        return "it is an absolute path"
    if _DRIVE.match(name):
        return "it starts with a drive letter"
    if ".." in _SEPARATORS.split(name):
        return "it climbs out of its folder"
    return None


def _clean(part: str) -> str:
    """One part of a path, repaired; empty where nothing is left. Its own fixed point."""
    visible = "".join(char for char in part if char in _JOINERS or not _hidden(char))
    # Composed only after characters between a letter and its accent are gone.
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    fitting = _fit(_ENDS.sub("", plain))
    # Cutting can bare a device name ("CON      …"), and the mark before it can need another cut.
    return _fit(f"_{fitting}") if _is_device(fitting) else fitting


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN_CATEGORIES


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().upper() in _DEVICES


def _fit(name: str) -> str:
    if len(name.encode()) <= PART_BYTES:
        return name
    stem, extension = _split(name)
    return _joined(stem, extension)


def _split(name: str) -> tuple[str, str]:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension.encode()) > _EXTENSION_BYTES:
        return name, ""
    return stem, dot + extension


def _joined(stem: str, tail: str, limit: int = PART_BYTES) -> str:
    """``stem`` + ``tail`` in at most ``limit`` bytes, the stem cut between two characters."""
    whole = stem.encode("utf-8", "surrogatepass")
    room = limit - len(tail.encode())
    if len(whole) > room:
        stem = _ENDS.sub("", whole[:room].decode("utf-8", "ignore"))
    return stem + tail
