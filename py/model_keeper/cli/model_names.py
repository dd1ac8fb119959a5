"""Models as people name them at a terminal: by an id, a path, or the name of a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.library_services import LibraryServices
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.places import place_key


def model_ids(host: StandaloneHost, names: Iterable[str]) -> list[str]:
    """The ids of the models, each once. Raises model_not_in_library, model_ambiguous."""
    return list(dict.fromkeys(_id(host, name) for name in names))


def _id(host: StandaloneHost, name: str) -> str:
    library = host.library
    known = _known(library, name)
    if known is not None:
        return known
    path = Path(name).expanduser().absolute()
    for place in host.model_folders().locate(str(path)):
        known = _known(library, place_key(place.category, place.root, place.relative))
        if known is not None:
            return known
    wanted = name.replace("\\", "/")
    found = {
        place_key(file.category, file.root, file.relative): file.path
        for file in library.index.named(wanted.rsplit("/", 1)[-1])
        if f"/{file.category}/{file.relative}".endswith(f"/{wanted}")
    }
    if not found:
        raise KeeperError("model_not_in_library", id=name)
    if len(set(found.values())) > 1:
        raise KeeperError("model_ambiguous", name=name, known=", ".join(sorted(found.values())))
    return next(iter(found))


def _known(library: LibraryServices, model: str) -> str | None:
    try:
        return library.models.get(model).id
    except KeeperError as error:
        if error.code != "model_not_in_library":
            raise
        return None
