"""Relinking: finds in the library what a workflow names, so that nothing is fetched twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from model_keeper.domain.candidates import Wanted
from model_keeper.domain.categories import category_key
from model_keeper.domain.model_files import LibraryLookup, ModelFile
from model_keeper.domain.patches import Change
from model_keeper.domain.references import Reference, ReferenceKind
from model_keeper.domain.relinks import Relink, RelinkStatus, Sought
from model_keeper.domain.spellings import meant_names
from model_keeper.engine.relink_search import RelinkSearch
from model_keeper.workflows.patch import changes_for

Hasher = Callable[[ModelFile], "str | None"]
"""Computes the SHA256 of a file now; None where it cannot be read."""


class Relinker:
    """Says for each place of a workflow which file of the library it means.

    In this order: the very path; the wanted SHA256, under whatever name; the same name but for
    slashes, capitals or folder, with the wanted size where one is known. What anything known speaks
    against is never taken, nor one of several that differ, nor a file without a known SHA256 where
    one is wanted. ``windows``: how loaders list files here. ``sha256_of`` hashes files where that
    settles a doubt; without it they are named in ``to_hash``.
    """

    def __init__(
        self,
        library: LibraryLookup,
        *,
        windows: bool = os.name == "nt",
        sha256_of: Hasher | None = None,
    ) -> None:
        self._library = library
        self._windows = windows
        self._sha256_of = sha256_of

    def find(self, reference: Reference, wanted: Wanted | None = None) -> Relink:
        """How ``reference`` stands. ``wanted`` carries the hashes and the size that are known.

        For places that name a file: not for builtin ones, nor where the node fetches by itself.
        """
        known = wanted or Wanted(reference.name, reference.category)
        category = reference.category or known.category
        return self.find_value(
            reference.value, replace(known, category=category), kind=reference.kind
        )

    def find_value(
        self, value: str, wanted: Wanted, *, kind: ReferenceKind = ReferenceKind.FILE
    ) -> Relink:
        """The same for a ``value`` as it is written, wherever that is."""
        category = category_key(wanted.category) if wanted.category else None
        sought = Sought(
            name=meant_names(value, kind)[0],
            category=category,
            hashes=frozenset(digest.lower() for digest in wanted.hashes),
            size=wanted.size,
        )
        search = RelinkSearch(self._library, sought, value, kind, windows=self._windows)
        return self._hashed_until_sure(search)

    def _hashed_until_sure(self, search: RelinkSearch) -> Relink:
        asked: set[str] = set()
        while True:
            answer = search.answer()
            if self._sha256_of is None or answer.status is RelinkStatus.ON_DISK:
                return answer  # what lies in its place is used as it is, and may be very large
            doubtful = [file for file in answer.to_hash if file.path not in asked]
            if not doubtful:
                return answer
            for file in doubtful:
                asked.add(file.path)
                sha256 = self._sha256_of(file)
                if sha256 is not None:
                    search.learn(file, sha256)


def relink_changes(
    document: Mapping[str, Any], relinks: Iterable[tuple[Reference, Relink]]
) -> tuple[Change, ...]:
    """The patch of ``document`` that writes every relink, the references' copies included."""
    changes: dict[Change, None] = {}
    for reference, relink in relinks:
        if relink.status is RelinkStatus.RELINK and relink.value is not None:
            changes.update(dict.fromkeys(changes_for(document, reference, relink.value)))
    return tuple(changes)
