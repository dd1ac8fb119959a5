"""What stands now at places of repositories on the Hub, as what may be an update."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Union
from urllib.parse import quote

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.link_parsing import canonical
from model_keeper.domain.links import HuggingFaceFile, is_commit
from model_keeper.domain.model_variants import Variant
from model_keeper.domain.negative_answers import BY_HASH_MS, Question
from model_keeper.domain.updates import OfferedFile, OfferedVersion, Why, number_of
from model_keeper.providers.huggingface import DEFAULT_ENDPOINT, HuggingFace, ListedFile
from model_keeper.providers.remembered import Misses

_DIGITS = 10
_COMMIT_DIGITS = 7
#: What is no repository's own trouble, but that of whoever asks for any.
_FOR_ALL = frozenset(
    {"unreachable", "rate_limited", "server_busy", "stalled", "tls_failed", "host_refused"}
)

Standing = Union[OfferedVersion, KeeperError]  # noqa: UP007 - a runtime alias, also on 3.10


class RepositoryPlaces:
    """Places of repositories, asked for all those of a repository at once.

    One object serves one run: no repository that refuses is asked for twice, and nobody after one
    cannot be reached.
    """

    def __init__(self, hub: HuggingFace, misses: Misses) -> None:
        self._hub = hub
        self._misses = misses
        self._refused: dict[tuple[str, str], KeeperError] = {}
        self._down: KeeperError | None = None

    def standing(self, places: Collection[HuggingFaceFile]) -> dict[HuggingFaceFile, Standing]:
        """What stands at each place, or why that is not known: hf_file_not_found where it is gone.

        Those that were gone lately are not asked for. Raises KeeperError database_unavailable.
        """
        questions = {place: place_question(self._hub, place) for place in places}
        found, _ = self._misses.ask(questions, self._ask)
        return {place: found.get(place) or _gone(place) for place in places}

    def hindered(self, place: HuggingFaceFile) -> Why | None:
        """Why its bytes are not for us. Raises KeeperError for any other trouble."""
        try:
            self._hub.inspect(place)
        except KeeperError as error:
            if error.family is not Family.CREDENTIALS:
                raise
            return Why.GATED
        return None

    def _ask(self, places: Sequence[HuggingFaceFile]) -> dict[HuggingFaceFile, Standing]:
        by_revision = defaultdict(list)
        for place in places:
            by_revision[place.repo, place.revision].append(place)
        found: dict[HuggingFaceFile, Standing] = {}
        for (repo, revision), wanted in by_revision.items():
            try:
                files = self._listed(repo, revision, [place.path for place in wanted])
            except KeeperError as error:  # whether it is private or gone may change with the key
                found |= dict.fromkeys(wanted, error)
                continue
            found |= {p: offered_place(p, files[p.path]) for p in wanted if p.path in files}
        return found

    def _listed(self, repo: str, revision: str, paths: Sequence[str]) -> dict[str, ListedFile]:
        trouble = self._down or self._refused.get((repo, revision))
        if trouble is not None:
            raise trouble
        try:
            return self._hub.listed(repo, revision, paths)
        except KeeperError as error:
            self._refused[repo, revision] = error
            if error.code in _FOR_ALL:
                self._down = error
            raise


def place_question(hub: HuggingFace, place: HuggingFaceFile) -> Question:
    return Question(hub.name, f"{hub.host} file {canonical(place)}", BY_HASH_MS)


def followed(file: HuggingFaceFile) -> HuggingFaceFile:
    """The place where a file's updates appear: of its branch, or of ``main`` for a commit's."""
    return replace(file, revision="main") if is_commit(file.revision) else file


def version_name(revision: str, sha256: str) -> str:
    """What people are told instead of a number, as ``main 3fa91c2044``."""
    shown = revision[:_COMMIT_DIGITS] if is_commit(revision) else revision
    return f"{shown} {sha256[:_DIGITS]}"


def offered_place(place: HuggingFaceFile, listed: ListedFile) -> OfferedVersion:
    """Named by its content, which the Hub does not tell of files that are not kept as LFS."""
    file = OfferedFile(
        name=PurePosixPath(place.path).name,
        url=canonical(place),
        variant=Variant(),
        size=listed.size,
        sha256=listed.sha256,
        hindrances=(Why.DANGEROUS,) if listed.unsafe else (),
    )
    sha256 = listed.sha256 or ""
    return OfferedVersion(
        id=number_of(sha256),
        name=version_name(place.revision, sha256),
        published_at=listed.changed_at,
        page=_page(place),
        files=(file,),
    )


def _page(place: HuggingFaceFile) -> str:
    revision = quote(place.revision, safe="")
    return f"{DEFAULT_ENDPOINT}/{place.repo}/blob/{revision}/{quote(place.path)}"


def _gone(place: HuggingFaceFile) -> KeeperError:
    return KeeperError("hf_file_not_found", repo=place.repo)
