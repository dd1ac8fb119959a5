"""The text of files that anybody's tools wrote, in whatever encoding they had."""

from __future__ import annotations

import codecs
import errno
import json
import re
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError

_MOST_BYTES = 8 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_HIGH = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read_text(path: Path) -> str:
    """The text, without a byte order mark.

    Raises FileNotFoundError, and KeeperError sidecar_unreadable for everything else that stands in
    the way: rights, a damaged file, a folder, bytes that are no text.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        if error.errno in _NOT_THERE:
            raise FileNotFoundError(path) from error
        raise _unreadable(path, (error.strerror or "it cannot be opened").lower()) from error
    if len(content) > _MOST_BYTES:
        raise _unreadable(path, "it is larger than any description")
    text = decoded(content)
    if text is None:
        raise _unreadable(path, "it is not text in any usual encoding")
    return text


def read_json(path: Path) -> Any:
    """What the JSON in it means. Raises like :func:`read_text`, also for what is no JSON."""
    text = read_text(path)
    try:
        return json.loads(text, parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as error:
        why = "it is empty" if not text.strip() else "it is not valid JSON"
        raise _unreadable(path, why) from error


def decoded(content: bytes) -> str | None:
    """The text by its mark, as UTF-8, as UTF-16 without a mark, by a guess; None for none of them.

    The guess: GBK where all bytes beyond ASCII come in pairs, as Chinese characters do, else
    Windows' Western European.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], encoding)
    guesses = ["utf-8"]
    if b"\x00" in content:
        guesses = ["utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"]
    else:
        paired = all(len(run) % 2 == 0 for run in _HIGH.findall(content))
        guesses += ["gb18030", "cp1252"] if paired else ["cp1252"]
    return next((text for guess in guesses if (text := _strict(content, guess)) is not None), None)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return None
    return None if _CONTROL.search(text) else text


def _unreadable(path: Path, why: str) -> KeeperError:
    return KeeperError("sidecar_unreadable", path=str(path), why=why)
