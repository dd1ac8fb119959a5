"""All providers, and which one a link belongs to."""

from __future__ import annotations

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.links import Link
from model_keeper.domain.ports import Clock, Provider
from model_keeper.net.http import HttpClient
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.plain import Plain


class Providers:
    """The providers as one job's network settings make them."""

    def __init__(
        self,
        client: HttpClient,
        clock: Clock,
        *,
        hf_endpoint: str | None = None,
        civitai_endpoint: str | None = None,
    ) -> None:
        self._huggingface = HuggingFace(client, clock, hf_endpoint)
        self._civitai = Civitai(client, clock, civitai_endpoint)
        self._all: tuple[Provider, ...] = (
            self._huggingface,
            self._civitai,
            Plain(client, clock),
        )

    @property
    def hf_hosts(self) -> frozenset[str]:
        """Hosts whose links are read like those of huggingface.co."""
        return frozenset({self._huggingface.host})

    def by_name(self, name: str) -> Provider:
        return next(provider for provider in self._all if provider.name == name)

    def for_link(self, link: Link) -> Provider:
        return next(provider for provider in self._all if provider.accepts(link))

    def check_token(self, name: str) -> str | None:
        """The name of the account that the token belongs to. Raises the provider's refusal."""
        if name == self._huggingface.name:
            return self._huggingface.check_token()
        if name == self._civitai.name:
            return self._civitai.check_token()
        raise KeeperError("invalid_request", what=f"“{name}” takes no key.")
