"""Names as the index keeps them: as they are, though some are no text."""

from __future__ import annotations

import os
import unicodedata


def stored(name: str) -> str | bytes:
    """``name`` for a column: the bytes of a name that the system could not decode.

    Any text will do: a workflow may ask for what no file is called.
    """
    if name.isascii():
        return name
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return _bytes(name)
    return name


def loaded(value: str | bytes) -> str:
    """What :func:`stored` was given."""
    return value if isinstance(value, str) else os.fsdecode(value)


def as_text(value: str | bytes) -> str:
    """What it is as text, with escapes for what is no text in it."""
    return loaded(value).encode("utf-8", "backslashreplace").decode("utf-8")


def folded(name: str) -> str:
    """Equal for names that differ in case, or in how their accents are composed."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def ending(name: str) -> str:
    """The last suffix in lower case, with its dot, as ``PurePath.suffix`` has it."""
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def _bytes(name: str) -> bytes:
    try:
        return os.fsencode(name)
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
