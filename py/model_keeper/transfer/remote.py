"""What a server says about a file, and whether bytes from earlier belong to it."""

from __future__ import annotations

import email.utils
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Control, Hop, LinkedFacts, Provider, Refusal
from model_keeper.net.exchange import Exchange
from model_keeper.net.hosts import Origin
from model_keeper.net.http import HttpClient
from model_keeper.transfer.journal import Manifest

_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_PAGES = ("text/html", "application/xhtml+xml", "application/json", "application/problem+json")
_TEXT_FILES = (".json", ".yaml", ".yml", ".txt", ".md", ".html", ".xml", ".csv")
_STRONG_AGE = 60.0  # seconds; RFC 9110 8.8.2.2: a Last-Modified is strong when it is older


@dataclass(frozen=True)
class Remote:
    """A file on a server. ``url`` is where the bytes are now: it may be signed, never store it."""

    url: str
    durable_url: str
    size: int | None
    etag: str | None  # strong, or None
    last_modified: str | None  # only where it is as good as a strong validator
    ranges: bool
    linked: LinkedFacts
    content_type: str | None
    hops: Sequence[Hop]

    @property
    def validator(self) -> str | None:
        return self.etag or self.last_modified

    @property
    def signed(self) -> bool:
        """Whether the bytes' address was given for this moment by another one."""
        return self.url != self.durable_url

    @property
    def host(self) -> str:
        return Origin.of(self.url).host

    @property
    def with_token(self) -> bool:
        """Whether the address is the first origin's own; one that others chose gets no token."""
        return {Origin.of(hop.url) for hop in self.hops} == {Origin.of(self.durable_url)}

    def manifest(self, sha256: str | None) -> Manifest:
        return Manifest(
            url=self.durable_url,
            size=self.size,
            etag=self.etag,
            last_modified=self.last_modified,
            sha256=sha256,
            ranges=self.ranges,
        )

    def continues(self, manifest: Manifest, sha256: str | None) -> bool:
        """Whether bytes recorded in ``manifest`` are bytes of this file.

        Equal strong validators say so; so does an equal sha256 and size that somebody vouches for
        (another host or mirror of one content), since the final hash decides then.
        """
        if not self.ranges or self.size is None or self.size != manifest.size:
            return False
        if sha256 is not None and sha256 == manifest.sha256:
            return True
        return self.validator is not None and self.validator == manifest.validator


class Prober:
    """Asks a server for a file's first byte: one ranged GET, never HEAD."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def probe(
        self, asset: Asset, provider: Provider, control: Control, *, ranges: bool = True
    ) -> tuple[Remote, Exchange | None]:
        """What is there; with the open answer where it already carries the whole file.

        Raises KeeperError: the provider's refusals, not_a_model, unreachable, …
        """
        exchange = self._open(asset.url, provider, control, ranges=ranges)
        try:
            if exchange.status == 206 and not _first_byte_of_whole(exchange):
                exchange.close()
                exchange = self._open(asset.url, provider, control, ranges=False)
            if exchange.status == 416:
                exchange.close()
                exchange = self._open(asset.url, provider, control, ranges=False)
            if exchange.status not in {200, 206}:
                raise refused(exchange, provider)
            _refuse_page(exchange, provider, asset)
            remote = _describe(exchange, asset, provider)
        except BaseException:
            exchange.close()
            raise
        if exchange.status == 206:
            exchange.close()
            return remote, None
        return remote, exchange

    def _open(self, url: str, provider: Provider, control: Control, *, ranges: bool) -> Exchange:
        headers = dict(provider.request_headers(url))
        if ranges:
            headers["Range"] = "bytes=0-0"
        return self._client.open("GET", url, headers=headers, control=control)


def refused(exchange: Exchange, provider: Provider) -> KeeperError:
    """The error that an answer without the file's bytes means."""
    body = exchange.read(8192)
    exchange.close()
    found = provider.refusal(Refusal(exchange.hops, body, exchange.sent_token))
    return found or KeeperError("unexpected_status", host=exchange.host, status=exchange.status)


def content_range(headers: Mapping[str, str]) -> tuple[int, int, int | None] | None:
    """``(first, last, total)`` of a Content-Range, or None where it is missing or nonsense."""
    match = _CONTENT_RANGE.fullmatch(headers.get("content-range", "").strip())
    if match is None:
        return None
    first, last, total = match.groups()
    return int(first), int(last), None if total == "*" else int(total)


def strong_etag(headers: Mapping[str, str]) -> str | None:
    etag = headers.get("etag", "").strip()
    return etag if len(etag) > 2 and etag.startswith('"') and etag.endswith('"') else None


def _first_byte_of_whole(exchange: Exchange) -> bool:
    found = content_range(exchange.headers)
    return (
        found is not None and found[:2] == (0, 0) and found[2] is not None and not exchange.encoded
    )


def _describe(exchange: Exchange, asset: Asset, provider: Provider) -> Remote:
    headers = exchange.headers
    ranged = content_range(headers) if exchange.status == 206 else None
    return Remote(
        url=exchange.url,
        durable_url=asset.url,
        size=ranged[2] if ranged else exchange.length,
        etag=strong_etag(headers),
        last_modified=_strong_date(headers),
        ranges=ranged is not None,
        linked=provider.linked_facts(exchange.hops),
        content_type=headers.get("content-type"),
        hops=exchange.hops,
    )


def _strong_date(headers: Mapping[str, str]) -> str | None:
    modified, date = headers.get("last-modified"), headers.get("date")
    if not modified or not date:
        return None
    try:
        age = email.utils.parsedate_to_datetime(date) - email.utils.parsedate_to_datetime(modified)
    except (TypeError, ValueError):
        return None
    return modified if age.total_seconds() >= _STRONG_AGE else None


def _refuse_page(exchange: Exchange, provider: Provider, asset: Asset) -> None:
    kind = exchange.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in _PAGES or (asset.name or "").lower().endswith(_TEXT_FILES):
        return
    body = exchange.read(8192)
    found = provider.refusal(Refusal(exchange.hops, body, exchange.sent_token))
    what = "a JSON answer" if "json" in kind else "a web page"
    raise found or KeeperError("not_a_model", host=exchange.host, kind=what)
