"""Hugging Face as a source of candidates: repositories by name, files by their exact name."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.licences import licence_standing
from model_keeper.domain.links import HuggingFaceRepo
from model_keeper.domain.model_names import name_match, repository_searches
from model_keeper.domain.negative_answers import BY_NAME_MS, Question
from model_keeper.domain.ports import Clock
from model_keeper.domain.scoring import Risk, Traits, scored
from model_keeper.providers.hub_library import RepositorySearch
from model_keeper.providers.huggingface import HuggingFace, Repository

#: Owners who publish their own models, or are known to repackage those of others for ComfyUI.
CANONICAL_OWNERS = frozenset(
    {"alibaba-pai", "black-forest-labs", "bytedance", "city96", "comfy-org", "comfyanonymous"}
    | {"facebook", "google", "guoyww", "h94", "hidream-ai", "instantx", "kijai", "kwai-kolors"}
    | {"latent-consistency", "lightricks", "lightx2v", "lllyasviel", "madebyollin", "microsoft"}
    | {"nvidia", "openai", "qwen", "shakker-labs", "stabilityai", "stable-diffusion-v1-5"}
    | {"tencent", "tencentarc", "thudm", "tongyi-mai", "wan-ai", "xinsir", "xlabs-ai", "zai-org"}
)

_MOST_TEXTS = 5
_MOST_REPOSITORIES = 30  # whose files are looked at for one wanted file
_A_SEARCH = 12
_MOST_FOUND = 20
_SECONDS = 60.0
_REMEMBERED = 600.0  # seconds; the files of one workflow often share their repositories
_MOST_REMEMBERED = 256

_COPY = re.compile(r"mirror|backup|re-?upload|\bcop(?:y|ies)\b", re.IGNORECASE)
_PICKLES = (".ckpt", ".pt", ".pt2", ".pth", ".bin", ".pkl")
_UNSCANNED = Risk("pickle_unscanned", "It can hold program code, and nobody here has scanned it.")
_GATED = Risk(
    "gated", "Its terms have to be accepted on Hugging Face, by who is signed in.", remark=True
)


@dataclass(frozen=True)
class _Hit:
    asset: Asset
    repo: str
    about: Repository

    @property
    def owner(self) -> str:
        return self.repo.partition("/")[0]

    @property
    def canonical(self) -> bool:
        return self.owner.lower() in CANONICAL_OWNERS


class HuggingFaceSearch:
    """Offers the files that are called like the wanted one, in whichever repository."""

    source = Source.HUGGINGFACE

    def __init__(
        self,
        hub: HuggingFace,
        search: RepositorySearch,
        clock: Clock,
        *,
        seconds: float = _SECONDS,
        disallowed_licences: frozenset[str] = frozenset(),
    ) -> None:
        self._hub = hub
        self._search = search
        self._clock = clock
        self._seconds = seconds
        self._disallowed = disallowed_licences
        self._trees = _Trees(hub, clock)

    def questions(self, wanted: Wanted) -> Sequence[Question]:
        if not repository_searches(wanted.file_name, 1):
            return ()
        return (Question(self._hub.name, f"{self._hub.host} name {wanted.file_name}", BY_NAME_MS),)

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """Best first. Raises KeeperError hf_…, dependency_missing, rate_limited, unreachable."""
        hits: list[_Hit] = []
        for repos in self._turns(wanted.file_name):
            hits += [hit for repo in repos for hit in self._hits(repo, wanted)]
            if any(hit.asset.name == wanted.file_name for hit in hits):
                break
        originals = {hit.asset.sha256 for hit in hits if hit.canonical}
        made = (self._candidate(hit, wanted, originals) for hit in hits)
        return tuple(sorted(made, key=lambda candidate: -candidate.score)[:_MOST_FOUND])

    def _turns(self, name: str) -> Iterator[Sequence[str]]:
        """Repositories to look at, search by search; known owners first.

        Raises unreachable where time runs out: what was not looked at may have the file.
        """
        until = self._clock.monotonic() + self._seconds
        seen: set[str] = set()
        for text in repository_searches(name, _MOST_TEXTS):
            found = self._search.repositories(text, _A_SEARCH)
            fresh = [repo for repo in dict.fromkeys(found) if repo not in seen]
            fresh = fresh[: _MOST_REPOSITORIES - len(seen)]
            seen.update(fresh)
            yield sorted(fresh, key=lambda repo: repo.lower().split("/")[0] not in CANONICAL_OWNERS)
            if self._clock.monotonic() > until:
                raise KeeperError("unreachable", host=self._hub.host, why="it answers too slowly")

    def _hits(self, repo: str, wanted: Wanted) -> Iterable[_Hit]:
        named = [
            asset
            for asset in self._trees.files(repo)
            if asset.name and name_match(wanted.file_name, asset.name)
        ]
        if not named:
            return ()
        about = self._hub.repository(repo)
        return [_Hit(asset, repo, about) for asset in named]

    def _candidate(self, hit: _Hit, wanted: Wanted, originals: set[str | None]) -> Candidate:
        asset, about = hit.asset, hit.about
        pickle = (asset.name or "").lower().endswith(_PICKLES)
        standing = licence_standing(about.licence, disallowed=self._disallowed)
        copied = asset.sha256 is not None and asset.sha256 in originals
        traits = Traits(
            owner=hit.owner if hit.canonical else None,
            mirror=copied or bool(_COPY.search(hit.repo)),
            licence=about.licence,
            standing=standing,
            risks=((_UNSCANNED,) if pickle else ()) + ((_GATED,) if about.gated else ()),
        )
        return scored(self.source, wanted, asset, traits)


class _Trees:
    """The files of repositories, remembered for a while. Safe for any number of threads."""

    def __init__(self, hub: HuggingFace, clock: Clock) -> None:
        self._hub = hub
        self._clock = clock
        self._lock = threading.Lock()
        self._files: dict[str, tuple[float, Sequence[Asset]]] = {}

    def files(self, repo: str) -> Sequence[Asset]:
        """Model files only; none of a repository that may not be read. Raises KeeperError."""
        now = self._clock.monotonic()
        with self._lock:
            kept = self._files.get(repo)
        if kept is not None and now - kept[0] < _REMEMBERED:
            return kept[1]
        files: Sequence[Asset] = ()
        try:
            files = self._hub.inspect(HuggingFaceRepo(repo))
        except KeeperError as error:
            if error.family not in {Family.NOT_FOUND, Family.CREDENTIALS}:
                raise
        with self._lock:
            if len(self._files) >= _MOST_REMEMBERED:
                self._files.clear()
            self._files[repo] = (now, files)
        return files
