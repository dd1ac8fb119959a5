"""Pictures and films that metadata names by their addresses, fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, urlsplit, urlunsplit

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import HF_HOSTS
from model_keeper.domain.metadata import Preview
from model_keeper.domain.ports import Clock, Control, Refusal
from model_keeper.formats.media import MEDIA_HEAD_BYTES, medium_of
from model_keeper.net.exchange import Exchange
from model_keeper.net.hosts import HostPolicy, Origin
from model_keeper.net.http import HttpClient
from model_keeper.providers.refusals import ANY, explain

_HEADERS = {"Accept": "image/*, video/mp4, video/webm"}
_SECONDS = 60.0
_BLOCK = 64 << 10
_PAGE = re.compile(rb"\s*(?:<!doctype|<html|<\?xml|<svg|\{)", re.IGNORECASE)

#: Civitai's pictures are made on demand: what is wanted stands in the address.
_CIVITAI_PICTURES = ("image.civitai.com", "image-b2.civitai.com")
_SMALL_ENOUGH = "width=640,optimized=true"
_SMALL_FILM = "transcode=true,width=640,optimized=true"
#: What another address of the same picture may help against.
_AT_FAULT = frozenset({"not_found", "forbidden", "unexpected_status", "picture_unusable"})
_PROVIDERS = ("civitai.com", "civitai.red", "civitai.green", "huggingface.co", "hf.co")


class PictureAddresses:
    """Fetches what addresses lead to, up to ``most_bytes``. Safe for threads.

    ``allow`` are the hosts that a person allowed, as :class:`HostPolicy` takes them;
    ``hf_endpoint`` is asked in the place of huggingface.co.
    """

    def __init__(
        self,
        client: HttpClient,
        clock: Clock,
        *,
        most_bytes: int,
        allow: Iterable[str] = (),
        hf_endpoint: str | None = None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._most_bytes = most_bytes
        self._allowed = HostPolicy(allow)
        self._hf_endpoint = hf_endpoint

    def is_known(self, picture: Preview) -> bool:
        """Whether its host may be asked unasked: a provider's, or one that a person allowed.

        Any other could be told by a stranger's sidecar that somebody has the model.
        """
        try:
            origin = Origin.of(picture.url)
        except KeeperError:
            return False
        provider = any(origin.host == n or origin.host.endswith(f".{n}") for n in _PROVIDERS)
        return (provider and origin.scheme == "https") or self._allowed.allows(origin)

    def fetch(self, picture: Preview, control: Control | None = None) -> bytes:
        """The picture, as small as its host makes it where that is large enough.

        Raises KeeperError not_found, gone, forbidden, login_needed, rate_limited, server_error,
        server_busy, unexpected_status; picture_unusable for what is none; too_large, stalled; as
        HttpClient.open; and Interrupted.
        """
        addresses = wanted_addresses(picture, self._hf_endpoint)
        for url in addresses[:-1]:
            try:
                return self._fetch(url, control)
            except KeeperError as error:
                if error.code not in _AT_FAULT:
                    raise
        return self._fetch(addresses[-1], control)

    def _fetch(self, url: str, control: Control | None) -> bytes:
        with self._client.open("GET", url, headers=_HEADERS, control=control) as answer:
            if answer.status != 200:
                raise self._refusal(answer)
            too_large = KeeperError("too_large", host=answer.host, limit=self._most_bytes)
            if (answer.length or 0) > self._most_bytes:
                raise too_large
            until = self._clock.monotonic() + _SECONDS
            data = bytearray(answer.read(MEDIA_HEAD_BYTES))
            _check(bytes(data))
            buffer = memoryview(bytearray(_BLOCK))
            while count := answer.receive_into(buffer):
                data += buffer[:count]
                if len(data) > self._most_bytes:
                    raise too_large
                if self._clock.monotonic() > until:
                    raise KeeperError("stalled", host=answer.host)
            return bytes(data)

    def _refusal(self, answer: Exchange) -> KeeperError:
        refusal = Refusal(answer.hops, answer.read(4096), answer.sent_token)
        return explain(ANY, refusal, now_ms=self._clock.now_ms()) or KeeperError(
            "unexpected_status", host=answer.host, status=answer.status
        )


def wanted_addresses(picture: Preview, hf_endpoint: str | None = None) -> list[str]:
    """Where to ask for the picture, the best address first and the one that was named last."""
    parts = urlsplit(picture.url)
    if parts.hostname in HF_HOSTS and hf_endpoint:
        endpoint = urlsplit(hf_endpoint)
        parts = parts._replace(scheme=endpoint.scheme, netloc=endpoint.netloc)
    path = quote(parts.path, safe="/%=,:+@~!$&'()*;")
    query = quote(parts.query, safe="/%=&,:+@~;")
    named = urlunsplit(parts._replace(path=path, query=query, fragment=""))
    names = path.split("/")
    if parts.hostname not in _CIVITAI_PICTURES or len(names) < 4 or "=" not in names[-2]:
        return [named]
    names[-2] = _SMALL_FILM if picture.type == "video" else _SMALL_ENOUGH
    return [urlunsplit(parts._replace(path="/".join(names), query="", fragment="")), named]


def _check(head: bytes) -> None:
    """Raises KeeperError picture_unusable for what does not begin like a picture."""
    if medium_of(head) is None:
        why = "it is a page or a text" if _PAGE.match(head) else "its content is no picture"
        raise KeeperError("picture_unusable", why=why if head else "it is empty")
