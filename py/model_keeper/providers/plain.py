"""Any server: a file behind its address, known by nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.links import Link, PlainLink
from model_keeper.domain.names import name_from_content_disposition, name_from_url
from model_keeper.domain.ports import Clock, Hop, LinkedFacts, Refusal
from model_keeper.net.http import HttpClient
from model_keeper.providers.refusals import ANY, explain


class Plain:
    """The provider of last resort."""

    name = "plain"

    def __init__(self, client: HttpClient, clock: Clock) -> None:
        self._client = client
        self._clock = clock

    def accepts(self, link: Link) -> bool:
        return isinstance(link, PlainLink)

    def inspect(self, link: Link) -> Sequence[Asset]:
        """The file; its name from the address, else from what its server calls it."""
        assert isinstance(link, PlainLink)
        name = name_from_url(link.url)
        if name is None or "." not in name:
            name = self._named_by_server(link.url) or name
        return [Asset(provider=self.name, url=link.url, name=name)]

    def unseen(self, link: Link) -> Asset | None:
        if not isinstance(link, PlainLink):
            return None
        return Asset(provider=self.name, url=link.url, name=name_from_url(link.url))

    def request_headers(self, url: str) -> Mapping[str, str]:
        del url
        return {}

    def linked_facts(self, hops: Sequence[Hop]) -> LinkedFacts:
        del hops
        return LinkedFacts()

    def refusal(self, refusal: Refusal) -> KeeperError | None:
        return explain(ANY, refusal, now_ms=self._clock.now_ms())

    def _named_by_server(self, url: str) -> str | None:
        with self._client.open("GET", url, headers={"Range": "bytes=0-0"}) as answer:
            if answer.status not in {200, 206}:
                refusal = Refusal(answer.hops, answer.read(4096), answer.sent_token)
                raise self.refusal(refusal) or KeeperError(
                    "unexpected_status", host=answer.host, status=answer.status
                )
            header = answer.headers.get("content-disposition", "")
            return name_from_content_disposition(header) or name_from_url(answer.url)
