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
    wanted = name.replace("\\", "/")
    path = Path(name).expanduser().absolute()
    found = {
        place_key(file.category, file.root, file.relative): file.path
        for file in library.index.named(wanted.rsplit("/", 1)[-1])
        if Path(file.path) == path or f"/{file.category}/{file.relative}".endswith(f"/{wanted}")
    }
    exact = [place for place, shown in found.items() if Path(shown) == path]
    if exact:
        return exact[0]
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
