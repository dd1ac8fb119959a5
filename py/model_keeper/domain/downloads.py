"""What is to be downloaded, from where, to where: the payload and the result of a download job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import PurePath
from typing import Any

from model_keeper.domain.hashes import hashes_of_arrival
from model_keeper.domain.seen_files import Seen


class Trust(str, Enum):
    """Why a source is believed to be what the person wants, where no hash is known."""

    PERSON = "person"  # a person named the link, or the workflow's entry at a known provider
    CANDIDATE = "candidate"  # found by a search; not exact


class Collision(str, Enum):
    """What to do when another content is under the destination's name."""

    FAIL = "fail"
    SUFFIX = "suffix"  # a deterministic suffix from the file's sha256


@dataclass(frozen=True)
class Asset:
    """A file that a provider offers. ``url`` is durable: never signed, without a token.

    ``size`` in bytes; ``sha256`` lower-case hex, only where the provider vouches for the bytes.
    ``category`` is a ComfyUI folder key, where the provider's type says it.
    """

    provider: str
    url: str
    name: str | None
    size: int | None = None
    sha256: str | None = None
    category: str | None = None
    title: str | None = None
    page: str | None = None
    revision: str | None = None
    note: str | None = None  # what tells it from its siblings: precision, format, size
    facts: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()  # addresses of what belongs to it: its config, its VAE

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Asset:
        """Of a payload, where it is as :func:`dataclasses.asdict` makes it."""
        return cls(**{**data, "related": tuple(data.get("related") or ())})


@dataclass(frozen=True)
class Destination:
    """Where the file goes: a root of a category and a relative path with forward slashes."""

    category: str
    root: str
    relative: str

    @property
    def path(self) -> str:
        return str(PurePath(self.root).joinpath(*self.relative.split("/")))


@dataclass(frozen=True)
class NetworkSettings:
    """What is not secret of the network and belongs to one job."""

    allow_hosts: tuple[str, ...] = ()
    hf_endpoint: str | None = None
    civitai_endpoint: str | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> NetworkSettings:
        hosts = environment.get("MODEL_KEEPER_ALLOW_HOSTS", "")
        return cls(
            allow_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
            hf_endpoint=environment.get("HF_ENDPOINT") or None,
            civitai_endpoint=environment.get("MODEL_KEEPER_CIVITAI_ENDPOINT") or None,
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> NetworkSettings:
        """Of a payload, where they are as :func:`dataclasses.asdict` makes them."""
        values = dict(data or {})
        return cls(**{**values, "allow_hosts": tuple(values.get("allow_hosts") or ())})


@dataclass(frozen=True)
class Download:
    """The payload of a download job.

    ``roots`` are the folders in which the loaders of its category look; empty where nobody said.
    ``replaces`` is a broken file under the destination's name: it lies there until the new one is
    proven, and then in the trash. Any other file keeps the name.
    """

    asset: Asset
    destination: Destination
    expected_sha256: str | None = None
    expected_size: int | None = None
    trust: Trust = Trust.PERSON
    collision: Collision = Collision.FAIL
    allow_pickle: bool = False
    bandwidth: int | None = None  # bytes a second
    adopt_from: str | None = None  # a file the person already has
    staging_folder: str | None = None  # None: the destination's own folder
    network: NetworkSettings = field(default_factory=NetworkSettings)
    roots: tuple[str, ...] = ()
    complete: bool = False  # its .info and its preview follow
    replaces: Seen | None = None

    @property
    def source_key(self) -> str:
        """Equal for requests that must end in the same bytes."""
        sha256 = self.expected_sha256 or self.asset.sha256
        return f"sha256:{sha256}" if sha256 else f"url:{self.asset.url}"

    def to_payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Download:
        return cls(
            asset=Asset.from_json(payload["asset"]),
            destination=Destination(**payload["destination"]),
            expected_sha256=payload.get("expected_sha256"),
            expected_size=payload.get("expected_size"),
            trust=Trust(payload.get("trust", Trust.PERSON)),
            collision=Collision(payload.get("collision", Collision.FAIL)),
            allow_pickle=bool(payload.get("allow_pickle")),
            bandwidth=payload.get("bandwidth"),
            adopt_from=payload.get("adopt_from"),
            staging_folder=payload.get("staging_folder"),
            network=NetworkSettings.from_json(payload.get("network")),
            roots=tuple(payload.get("roots") or ()),
            complete=bool(payload.get("complete")),
            replaces=Seen(**payload["replaces"]) if payload.get("replaces") else None,
        )


@dataclass(frozen=True)
class Fetched:
    """What a transfer brought. Lies in staging at ``path`` and is not proven yet.

    ``bytes_fetched`` counts what came over the network in this run of the job; ``linked_*`` is what
    the provider vouched for on the way (Hugging Face's first hop).
    """

    path: str
    size: int
    sha256: str
    blake3: str | None
    bytes_fetched: int
    declared_size: int | None = None
    linked_sha256: str | None = None
    linked_size: int | None = None
    content_type: str | None = None
    host: str = ""
    resumed_from: int = 0

    @property
    def hashes(self) -> Mapping[str, str]:
        """Those of the bytes, by algorithm."""
        return hashes_of_arrival(self.sha256, self.blake3)
