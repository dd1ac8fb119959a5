"""Known models: addresses that people have written down for exact file names. Asks nobody.

Two lists: the catalogue that is shipped, and ``known-models.json`` in the state folder, which is
the person's own. A name that has several addresses has several candidates: none is preferred.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.link_parsing import CIVITAI_HOSTS, HF_HOSTS
from model_keeper.domain.model_names import stem_of
from model_keeper.domain.scoring import Traits, scored
from model_keeper.net.hosts import Origin

CATALOGUE = Path(__file__).with_name("known_models.json")
OWN_FILE = "known-models.json"


@dataclass(frozen=True)
class KnownModel:
    """A file and where it is from. ``folder`` is below the category's; ``size`` is exact.

    ``exact`` is false where the address is that of a model with any number of files.
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
    exact: bool = True


Read = Callable[[], Sequence[KnownModel]]


class KnownModels:
    """A list by lower-case name. It is read when it is asked for the first time."""

    source = Source.KNOWN

    def __init__(self, read: Read, listed_by: str) -> None:
        """``read`` may raise KeeperError; it is tried again the next time."""
        self._read = read
        self._listed_by = listed_by
        self._lock = threading.Lock()
        self._by_name: Mapping[str, Sequence[KnownModel]] | None = None

    @classmethod
    def shipped(cls, path: Path = CATALOGUE) -> KnownModels:
        return cls(lambda: read_catalogue(path), "Our list of known models")

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """What is listed under the name: for the wanted category if it is, else for others."""
        named = self._named(wanted.file_name)
        fitting = [known for known in named if _fits(known, wanted)]
        return tuple(self._candidate(known, wanted) for known in fitting or named)

    def _named(self, name: str) -> Sequence[KnownModel]:
        with self._lock:
            if self._by_name is None:
                self._by_name = _indexed(self._read())
            by_name = self._by_name
        return by_name.get(name.lower()) or by_name.get(stem_of(name).lower()) or ()

    def _candidate(self, known: KnownModel, wanted: Wanted) -> Candidate:
        """A list that names no ending means the wanted one."""
        named = known.name if stem_of(known.name) != known.name else wanted.file_name
        asset = Asset(
            provider=_provider(known.url),
            url=known.url,
            name=named,
            size=known.size,
            sha256=known.sha256,
            category=known.category,
            title=known.title,
            note=known.folder,
            facts=dict(known.facts),
        )
        traits = Traits(listed_by=self._listed_by, base_model=known.base)
        return scored(self.source, wanted, asset, traits)


def read_catalogue(path: Path) -> Sequence[KnownModel]:
    """The shipped list, as ``scripts/catalogue.py`` writes it."""
    return [KnownModel(**row) for row in json.loads(path.read_text(encoding="utf-8"))["models"]]


def _indexed(models: Sequence[KnownModel]) -> Mapping[str, Sequence[KnownModel]]:
    by_name: dict[str, list[KnownModel]] = {}
    for known in models:
        by_name.setdefault(known.name.lower(), []).append(known)
    return by_name


def _fits(known: KnownModel, wanted: Wanted) -> bool:
    return None in (known.category, wanted.category) or known.category == wanted.category


def _provider(url: str) -> str:
    host = Origin.of(url).host
    if host in HF_HOSTS:
        return "huggingface"
    return "civitai" if host in CIVITAI_HOSTS else "plain"
