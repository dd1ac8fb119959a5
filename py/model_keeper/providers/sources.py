"""The sources of candidates that providers and lists are, in the order in which they are asked."""

from __future__ import annotations

from pathlib import Path

from model_keeper.domain.candidates import CandidateSource
from model_keeper.domain.negative_answers import NegativeAnswers
from model_keeper.domain.ports import Clock
from model_keeper.net.http import HttpClient
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_search import CivitaiByHash, CivitaiSearch
from model_keeper.providers.hub_library import HubLibrary
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_search import HuggingFaceSearch
from model_keeper.providers.known_models import KnownModels
from model_keeper.providers.remembered import Remembered

OWN_LIST = "known-models.json"  # in the state folder


def listed_sources(state: Path) -> tuple[CandidateSource, ...]:
    """Those that ask nobody: the person's own list in the state folder, then the shipped one."""
    return (KnownModels.own(state / OWN_LIST), KnownModels.shipped())


def searching_sources(
    client: HttpClient,
    clock: Clock,
    answers: NegativeAnswers,
    *,
    hf_endpoint: str | None = None,
    civitai_endpoint: str | None = None,
    fresh: bool = False,
) -> tuple[CandidateSource, ...]:
    """Those that ask the network. ``fresh``: also what was not there a while ago."""
    civitai = Civitai(client, clock, civitai_endpoint)
    hub = HuggingFace(client, clock, hf_endpoint)
    library = HubLibrary(client, hub.endpoint)
    return tuple(
        Remembered(source, answers, clock, fresh=fresh)
        for source in (
            CivitaiByHash(civitai, clock),
            CivitaiSearch(civitai, clock),
            HuggingFaceSearch(hub, library, clock),
        )
    )
