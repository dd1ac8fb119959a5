"""Lists of known models, as files: the shipped one and a person's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_keeper.domain.categories import category_key, civitai_category, folder_category
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import canonical, parse_link
from model_keeper.domain.links import (
    CivitaiModel,
    CivitaiVersion,
    HuggingFaceRepo,
    Link,
    Sha256Link,
)
from model_keeper.domain.names import escapes

CATALOGUE = Path(__file__).with_name("known_models.json")

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class KnownModel:
    """A file and where it is from. ``folder`` is below the category's; ``size`` is exact.

    A name without the ending of a model file stands for each. Not ``certain``: the address is that
    of a model with any number of versions.
    """

    name: str
    url: str
    category: str | None = None
    sha256: str | None = None
    size: int | None = None
    base: str | None = None
    folder: str | None = None
    title: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    certain: bool = True


def read_catalogue(path: Path) -> Sequence[KnownModel]:
    """The shipped list, as ``scripts/catalogue.py`` writes it."""
    return [KnownModel(**row) for row in json.loads(path.read_text(encoding="utf-8"))["models"]]


def read_own_list(path: Path) -> Sequence[KnownModel]:
    """A person's list: an object of entries by file name, in either of two shapes.

    ``{"url", "category"?, "sha256"?, "size"?}``, or ComfyWatchman's ``{"model_id", "model_name",
    "version", "version_id" or null, "type", "creator", "url", …}``. Keys that start with ``_`` are
    remarks. No file is an empty list. Raises KeeperError known_models_unreadable, naming the key.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        why = "it is no JSON" if isinstance(error, ValueError) else "it cannot be read"
        raise _unreadable(path, "the file", why) from error
    if not isinstance(entries, Mapping):
        raise _unreadable(path, "the file", "it is no object of entries by file name")
    found = []
    for name, entry in entries.items():
        if name.startswith("_"):
            continue
        try:
            found.append(_entry(name, entry))
        except (KeeperError, _Unusable) as error:
            raise _unreadable(path, f"“{name}”", str(error).rstrip(".")) from error
    return found


class _Unusable(Exception):  # noqa: N818 - becomes a KeeperError that also names the key
    """Why an entry cannot be used."""


def _entry(name: str, entry: Any) -> KnownModel:
    if not isinstance(entry, Mapping):
        raise _Unusable("it is no object")
    if not name or "/" in name or escapes(name):
        raise _Unusable("its key is no file name")
    link = _link(entry)
    return KnownModel(
        name=name,
        url=canonical(link),
        category=_category(entry),
        sha256=_sha256(entry.get("sha256")),
        size=_positive(entry, "size"),
        title=" · ".join(str(entry[key]) for key in ("model_name", "version") if entry.get(key))
        or None,
        facts=tuple(
            (fact, str(entry[key])) for fact, key in _FACTS.items() if entry.get(key) is not None
        ),
        certain=not isinstance(link, (CivitaiModel, HuggingFaceRepo)),
    )


_FACTS: Mapping[str, str] = {
    "model_id": "model_id",
    "version_id": "version_id",
    "model_name": "model_name",
    "version_name": "version",
}


def _link(entry: Mapping[str, Any]) -> Link:
    """The entry's ids go before its address, which often is only the model's page."""
    model_id, version_id = _positive(entry, "model_id"), _positive(entry, "version_id")
    if version_id is not None:
        return CivitaiVersion(version_id, model_id=model_id)
    url = entry.get("url")
    if not isinstance(url, str) or not url:
        if model_id is None:
            raise _Unusable("it has no url")
        return CivitaiModel(model_id)
    link = parse_link(url)
    if isinstance(link, Sha256Link):
        raise _Unusable("its url is no address")
    if isinstance(link, CivitaiModel) and link.version_id is not None:
        return CivitaiVersion(link.version_id, model_id=link.model_id)
    return link


def _category(entry: Mapping[str, Any]) -> str | None:
    category, kind = entry.get("category"), entry.get("type")
    if isinstance(category, str) and category:
        return category_key(category)
    return civitai_category(str(kind)) or folder_category(str(kind)) if kind else None


def _sha256(text: Any) -> str | None:
    if text is None or text == "":
        return None
    lowered = str(text).lower().removeprefix("sha256:")
    if not _SHA256.fullmatch(lowered):
        raise _Unusable("its sha256 is not 64 hexadecimal digits")
    return lowered


def _positive(entry: Mapping[str, Any], key: str) -> int | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise _Unusable(f"its {key} is no number")
    return value


def _unreadable(path: Path, what: str, why: str) -> KeeperError:
    return KeeperError("known_models_unreadable", path=str(path), what=what, why=why)
