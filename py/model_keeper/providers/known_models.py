"""Known models: addresses that people have written down for exact file names. Asks nobody.

Two lists: the catalogue that is shipped, and ``known-models.json`` in the state folder, which is
the person's own. A name that has several addresses has several candidates: none is preferred.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.link_parsing import CIVITAI_HOSTS, HF_HOSTS
from model_keeper.domain.model_names import stem_of
from model_keeper.domain.scoring import Risk, Traits, scored
from model_keeper.net.hosts import Origin
from model_keeper.providers.model_lists import CATALOGUE, KnownModel, read_catalogue, read_own_list

Read = Callable[[], Sequence[KnownModel]]
Stamp = Callable[[], object]

_ANY_VERSION = Risk("version_unknown", "The list names the model, and not which version of it.")


def _never() -> None:
    """The stamp of what does not change while the program runs."""


class KnownModels:
    """A list by lower-case name. It is read when it is asked, and again when it has changed."""

    source = Source.KNOWN

    def __init__(self, read: Read, listed_by: str, changes: Stamp = _never) -> None:
        """``read`` may raise KeeperError. ``changes`` tells another value when it has to be."""
        self._read = read
        self._listed_by = listed_by
        self._changes = changes
        self._lock = threading.Lock()
        self._read_at: object = None
        self._by_name: Mapping[str, Sequence[KnownModel]] | None = None

    @classmethod
    def shipped(cls) -> KnownModels:
        return cls(lambda: read_catalogue(CATALOGUE), "Our list of known models")

    @classmethod
    def own(cls, path: Path) -> KnownModels:
        """The person's list; none is fine. A broken one is its own failure and no other list's."""
        return cls(lambda: read_own_list(path), "Your list of known models", lambda: _stamp(path))

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """What is listed under the name: for the wanted category if it is, else for others.

        Raises KeeperError known_models_unreadable.
        """
        named = self._named(wanted.file_name)
        fitting = [known for known in named if _fits(known, wanted)]
        return tuple(self._candidate(known, wanted) for known in fitting or named)

    def _named(self, name: str) -> Sequence[KnownModel]:
        with self._lock:
            stamp = self._changes()
            if self._by_name is None or stamp != self._read_at:
                self._by_name = _indexed(self._read())
                self._read_at = stamp
            by_name = self._by_name
        return by_name.get(name.lower()) or by_name.get(stem_of(name).lower()) or ()

    def _candidate(self, known: KnownModel, wanted: Wanted) -> Candidate:
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
        risks = () if known.certain else (_ANY_VERSION,)
        traits = Traits(listed_by=self._listed_by, base_model=known.base, risks=risks)
        return scored(self.source, wanted, asset, traits)


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size)


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
