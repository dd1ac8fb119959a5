"""Organising: where models go by a template such as ``{base}/{creator}/{name}``."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.names import repaired_name, suffixed_name

FIELDS = ("base", "creator", "category", "format", "precision", "name")
"""What a template may name; ``name`` is the file's, without its ending, and comes last."""

_FIELD = re.compile(r"\{([^{}]*)\}")
_SEPARATORS = re.compile(r"[/\\]+")


@dataclass(frozen=True)
class Placement:
    """Where one model goes. ``why``: what was done to its name so that it fits, if anything."""

    model: Destination
    target: Destination
    why: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A model with what is known for the template; empty values count as unknown."""

    file: ModelFile
    values: Mapping[str, str]


def values_of(file: ModelFile) -> dict[str, str]:
    """What the index knows of a file for a template."""
    header = file.header
    known = {
        "base": header.base_model,
        "format": header.format,
        "precision": header.precision,
        "category": file.category,
    }
    return {name: value for name, value in known.items() if value}


def organised(
    template: str, candidates: Sequence[Candidate], taken: Collection[tuple[str, str]]
) -> list[Placement]:
    """The models that have to move, each to a place of its own in its own root.

    A folder whose value is unknown is left out. Names that some system could not hold are
    repaired. Where another model has the place now, or is to have it, with its files beside it, the
    later one gets a suffix that depends on its content. ``taken``: root and relative path of every
    file that is there. Organising again moves nothing. Raises KeeperError template_unusable.
    """
    folders = _folders(template)
    used = {_key(root, relative) for root, relative in taken}
    placements = []
    for each in sorted(candidates, key=lambda each: (each.file.root, each.file.relative)):
        file = each.file
        relative, why = _wanted(folders, each)
        if _key(file.root, relative) == _key(file.root, file.relative):
            continue
        free, changed = _free(file, relative, used)
        used.add(_key(file.root, free))
        model = Destination(file.category, file.root, file.relative)
        target = Destination(file.category, file.root, free)
        placements.append(Placement(model, target, changed or why))
    return placements


def _folders(template: str) -> list[str]:
    def refused(why: str) -> KeeperError:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        return KeeperError("template_unusable", template=template, why=why, known=known)

    if template.startswith(("/", "\\")) or "\\" in template or re.match(r"[A-Za-z]:", template):
        raise refused("it has to be folders below the model folder, with /")
    parts = template.split("/")
    if not all(parts) or {".", ".."} & set(parts):
        raise refused("a part of it is empty or climbs")
    for part in parts:
        unknown = set(_FIELD.findall(part)) - set(FIELDS)
        if unknown:
            raise refused(f"nothing is called “{min(unknown)}”")
        if "{" in _FIELD.sub("", part) or "}" in _FIELD.sub("", part):
            raise refused("a bracket is left over")
    if parts[-1] != "{name}" or any("{name}" in part for part in parts[:-1]):
        raise refused("it has to end in {name}, and to name it once")
    return parts[:-1]


def _wanted(folders: Sequence[str], candidate: Candidate) -> tuple[str, str | None]:
    """The relative path that the template means, and what had to be changed for it."""
    texts = [_filled(part, candidate.values) for part in folders]
    whole = [*(text for text in texts if text), candidate.file.name]
    plain = [repaired_name(_SEPARATORS.sub("_", text)) or "_" for text in whole]
    odd = next((text for text, repaired in zip(whole, plain, strict=True) if text != repaired), "")
    return "/".join(plain), f"“{odd}” is no name on every system" if odd else None


def _filled(part: str, values: Mapping[str, str]) -> str:
    """One folder with its values; empty where all of them are unknown."""
    fields = _FIELD.findall(part)
    if fields and not any(values.get(name) for name in fields):
        return ""
    return _FIELD.sub(lambda found: values.get(found[1], ""), part).strip()


def _free(file: ModelFile, relative: str, used: Collection[str]) -> tuple[str, str | None]:
    if _key(file.root, relative) not in used:
        return relative, None
    folder, slash, name = relative.rpartition("/")
    text = f"{file.root}\n{file.relative}".encode("utf-8", "surrogatepass")
    digest = file.sha256 or hashlib.sha256(text).hexdigest()
    free = f"{folder}{slash}{suffixed_name(name, digest)}"
    attempt = 0
    while _key(file.root, free) in used:
        attempt += 1
        again = hashlib.sha256(f"{digest}{attempt}".encode()).hexdigest()
        free = f"{folder}{slash}{suffixed_name(name, again)}"
    return free, f"“{name}” is taken"


def _key(root: str, relative: str) -> str:
    """Equal for models whose files would meet: by folder and stem, as Windows and macOS compare."""
    path = PurePosixPath(relative)
    text = f"{root}\n{path.parent / path.stem}"
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
