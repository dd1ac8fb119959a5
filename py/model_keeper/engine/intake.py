"""From what a person named to decided downloads: which file, from where, into which folder."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from model_keeper.domain.downloads import (
    Asset,
    Collision,
    Destination,
    Download,
    NetworkSettings,
    Trust,
)
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import JobKind, NewJob, Priority, WaitReason
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.links import PlainLink
from model_keeper.domain.names import repaired_name
from model_keeper.domain.references import ModelEntry
from model_keeper.domain.sizes import size_text
from model_keeper.engine.header_peek import HeaderPeek
from model_keeper.engine.network import Network
from model_keeper.engine.questions import Ask, Question
from model_keeper.library.space import planned_space, same_volume

_log = logging.getLogger(__name__)

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Wishes:
    """What a person said about a download beyond its link."""

    category: str | None = None
    root: str | None = None
    name: str | None = None
    sha256: str | None = None
    allow_pickle: bool = False
    collision: Collision = Collision.FAIL
    priority: int = Priority.NORMAL
    adopt_from: str | None = None
    accept_hosts: bool = False  # links of a workflow to unknown hosts need no approval
    trust: Trust = Trust.PERSON

    def __post_init__(self) -> None:
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise KeeperError(
                "invalid_request", what=f"“{self.sha256}” is no SHA256 (64 hexadecimal digits)."
            )


@dataclass(frozen=True)
class Plan:
    """A decided download; ``approval``: a person has to admit its host first.

    ``related`` are fetched once it is here: what belongs to it, and is of no use without it.
    """

    download: Download
    priority: int = Priority.NORMAL
    approval: bool = False
    related: tuple[Plan, ...] = ()

    def to_job(self) -> NewJob:
        download = self.download
        return NewJob(
            kind=JobKind.DOWNLOAD,
            payload=download.to_payload(),
            dest_key=dest_key(download.destination),
            source_key=download.source_key,
            priority=self.priority,
            bytes_total=download.expected_size or download.asset.size,
            wait_reason=WaitReason.APPROVAL if self.approval else None,
        )


class Intake:
    """Turns links and declared files into plans. Asks providers, and the person where it must."""

    def __init__(
        self,
        network: Network,
        settings: NetworkSettings,
        folders: FolderTable,
        ask: Ask,
        *,
        complete: bool = False,
    ) -> None:
        """``complete``: the metadata and the preview of what is fetched are fetched behind it."""
        self._network = network
        self._providers = network.providers(settings)
        self._peek = HeaderPeek(network.client(settings))
        self._settings = settings
        self._folders = folders
        self._ask = ask
        self._complete = complete

    def look_up(self, text: str) -> Sequence[Asset]:
        """The files that ``text`` can mean; several where a page offers several.

        Raises KeeperError: link_unreadable, not_found, refusals.
        """
        link = parse_link(text, hf_hosts=self._providers.hf_hosts)
        return self._providers.for_link(link).inspect(link)

    def look_up_unasked(self, text: str) -> Sequence[Asset]:
        """The same for a link that no person gave: a host that nobody admitted is not asked."""
        link = parse_link(text, hf_hosts=self._providers.hf_hosts)
        if isinstance(link, PlainLink) and not self._allowed(text):
            return ()
        return self._providers.for_link(link).inspect(link)

    def plan(self, asset: Asset, wishes: Wishes) -> Plan:
        """The download of a file that was looked up. Raises category_needed, name_needed, …"""
        download = self._download(asset, wishes)
        return Plan(download, wishes.priority, related=self._related(asset, wishes))

    def from_link(self, text: str, wishes: Wishes) -> Plan:
        """The download that ``text`` means.

        Raises KeeperError: link_unreadable, choice_needed, category_needed, not_found, refusals.
        """
        found = self.look_up(text)
        asset = self._choose(text, found) if len(found) > 1 else found[0]
        return self.plan(asset, wishes)

    def from_file(self, path: Path, wishes: Wishes) -> Plan:
        """The adoption of a file that the person already has."""
        source = path.expanduser().absolute()
        if not source.is_file():
            raise KeeperError("file_not_found", path=str(source))
        asset = Asset(
            provider="plain",
            url=source.as_uri(),
            name=source.name,
            size=source.stat().st_size,
            category=self._peek.category_of_file(source),
        )
        return Plan(self._download(asset, replace(wishes, adopt_from=str(source))), wishes.priority)

    def from_entry(self, entry: ModelEntry, wishes: Wishes, *, explore: bool = True) -> Plan:
        """The download of a file that a workflow names with its address.

        Not ``explore``: its provider is not asked, so size and hash may stay unknown until the
        download begins. Raises KeeperError as :meth:`from_link`.
        """
        url = str(entry.url)
        link = parse_link(url, hf_hosts=self._providers.hf_hosts)
        provider = self._providers.for_link(link)
        approval = (
            isinstance(link, PlainLink) and not wishes.accept_hosts and not self._allowed(url)
        )
        if approval or not explore:  # nothing is asked of a host that nobody has admitted
            unnamed = Asset(provider=provider.name, url=url, name=entry.name)
            asset = provider.unseen(link) or unnamed
        else:
            found = provider.inspect(link)
            asset = self._choose(entry.name, found) if len(found) > 1 else found[0]
        named = replace(
            wishes,
            category=wishes.category or entry.category,
            name=entry.name,
            sha256=entry.sha256 or wishes.sha256,
        )
        return Plan(self._download(asset, named), wishes.priority, approval=approval)

    def _related(self, asset: Asset, wishes: Wishes) -> tuple[Plan, ...]:
        """What belongs to the file; what of it cannot be had keeps nobody from the file."""
        plans = []
        for url in asset.related if self._complete else ():
            try:
                plans += [
                    self.plan(each, Wishes(priority=wishes.priority))
                    for each in self.look_up(url)[:1]
                ]
            except KeeperError as exc:
                _log.info("%s, which belongs to %s, is left out: %s", url, asset.name, exc)
        return tuple(plans)

    def _choose(self, what: str, found: Sequence[Asset]) -> Asset:
        choices = [
            " · ".join(part for part in (a.name, a.note, _size(a.size)) if part) for a in found
        ]
        return found[
            self._ask(
                Question(
                    f"{what} offers several files.",
                    choices,
                    KeeperError(
                        "choice_needed",
                        what=what,
                        choices="; ".join(f"{c} ({a.url})" for c, a in zip(choices, found)),  # noqa: B905
                        how="Use the link of the one you want.",
                    ),
                )
            )
        ]

    def _download(self, asset: Asset, wishes: Wishes) -> Download:
        if wishes.adopt_from is None:
            self._network.admit(asset.url, self._settings)
        name = self._name(asset, wishes)
        category = wishes.category or asset.category or self._peek.category(asset, name)
        if category is None:
            category = self._ask_category(name)
        destination = self._folders.resolve(category, name, root=wishes.root)
        return Download(
            asset=asset,
            destination=destination,
            expected_sha256=wishes.sha256 or asset.sha256,
            expected_size=asset.size,
            trust=wishes.trust,
            collision=wishes.collision,
            allow_pickle=wishes.allow_pickle,
            adopt_from=wishes.adopt_from,
            staging_folder=self._staging_folder(destination.category, destination.root),
            network=self._settings,
            roots=tuple(root.path for root in self._folders.roots.get(destination.category, ())),
            complete=self._complete,
        )

    def _name(self, asset: Asset, wishes: Wishes) -> str:
        if wishes.name:
            return wishes.name
        name = repaired_name(asset.name) if asset.name else None
        if name is None:
            raise KeeperError("name_needed", url=asset.url)
        return name

    def _ask_category(self, name: str) -> str:
        known = sorted(self._folders.categories)
        error = KeeperError("category_needed", name=name)
        return known[self._ask(Question(f"What kind of model is {name}?", known, error))]

    def _staging_folder(self, category: str, root: str) -> str | None:
        """A category that lists every file would list a partial too: keep it beside the root."""
        parent = Path(root).parent
        if self._folders.extensions.get(category) or not os.access(parent, os.W_OK):
            return None
        return str(parent) if same_volume(parent, Path(root)) else None

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        allowed = self._settings.allow_hosts
        return parts.hostname in allowed or parts.netloc in allowed


def with_related(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Every download that the plans mean, each before what belongs to it."""
    for plan in plans:
        yield plan
        yield from plan.related


def check_space(plans: Sequence[Plan]) -> None:
    """Raises KeeperError disk_full where the plans together do not fit on a volume."""
    rows = [
        (Path(plan.download.destination.root), plan.download.asset.size or 0)
        for plan in with_related(plans)
        if plan.download.adopt_from is None
    ]
    for volume in planned_space(rows):
        if volume.missing:
            raise KeeperError(
                "disk_full",
                path=str(volume.folder),
                needed=size_text(volume.needed),
                free=size_text(volume.free),
            )


def dest_key(destination: Destination) -> str:
    """What two ways of writing one destination have in common."""
    root = os.path.realpath(destination.root)
    return os.path.normcase(os.path.join(root, *destination.relative.split("/")))  # noqa: PTH118


def _size(size: int | None) -> str:
    return "" if size is None else size_text(size)
