"""A download from its first question to hashed bytes in staging."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from model_keeper.domain.downloads import Asset, Fetched
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.ports import (
    LOST,
    Clock,
    Control,
    Interrupted,
    Progress,
    ProgressSink,
    Provider,
)
from model_keeper.files.durable import boot_id
from model_keeper.net.exchange import Exchange
from model_keeper.net.http import HttpClient
from model_keeper.transfer.fill import Fill, RangeIgnored
from model_keeper.transfer.hashing import Follower, hash_file
from model_keeper.transfer.limits import Bandwidth, ConnectionSlots
from model_keeper.transfer.partial import Partial
from model_keeper.transfer.plan import PiecePolicy
from model_keeper.transfer.remote import Prober, Remote
from model_keeper.transfer.retries import RetryBudget, RetryPolicy

_HOPELESS = frozenset({Family.INTEGRITY, Family.NOT_FOUND})
_NOT_FOR_A_PIECE = frozenset({"file_changed", "bad_range"})


@dataclass(frozen=True)
class Order:
    """What to fetch into which staging file. ``expected_*`` must come from somebody trusted."""

    asset: Asset
    staging: Path
    expected_sha256: str | None = None
    expected_size: int | None = None
    bandwidth: Bandwidth | None = None  # this order's own limit, changeable while it runs
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    pieces: PiecePolicy = field(default_factory=PiecePolicy)
    admit: Callable[[int], None] = lambda _missing: None  # raises where so many bytes do not fit


class Transfer:
    """Fetches orders. One instance serves every download of a process."""

    def __init__(
        self,
        client: HttpClient,
        clock: Clock,
        *,
        slots: ConnectionSlots,
        bandwidth: Bandwidth,
        jitter: random.Random | None = None,
        boot: Callable[[], str | None] = boot_id,
    ) -> None:
        self.client = client
        self.clock = clock
        self.slots = slots
        self.bandwidth = bandwidth
        self.jitter = jitter or random.Random()  # noqa: S311 - spreads retries, protects nothing
        self._boot = boot

    def fetch(
        self, order: Order, provider: Provider, control: Control, report: ProgressSink
    ) -> Fetched:
        """Bring every byte of ``order`` to staging and hash it on the way.

        Resumes what an earlier run left where it provably belongs to the same file. What arrived
        stays for the next run when this one stops for the network's or a person's sake; it is
        removed when it can be of no use. Raises KeeperError; Interrupted.
        """
        partial = Partial(order.staging, self.clock, boot_id=self._boot())
        with partial.owned():
            run = _Run(self, order, provider, control, report, partial)
            try:
                return run.to_the_end()
            except KeeperError as exc:
                if exc.family in _HOPELESS or not partial.resumable:
                    partial.discard()
                raise
            except Interrupted as exc:
                if exc.wish != LOST and not partial.resumable:
                    partial.discard()
                raise

    def complete(self, staging: Path) -> Fetched | None:
        """The file in ``staging`` as it lies there, hashed; None where it is not whole."""
        partial = Partial(staging, self.clock, boot_id=self._boot())
        if not staging.exists():
            return None
        with partial.owned():
            manifest = partial.load()
            size = staging.stat().st_size
            if manifest is None or not partial.written.covers(manifest.size or size):
                return None
            sha256, blake3 = hash_file(staging)
        return Fetched(
            path=str(staging),
            size=size,
            sha256=sha256,
            blake3=blake3,
            bytes_fetched=0,
            declared_size=manifest.size,
            linked_sha256=manifest.sha256,
            resumed_from=size,
        )

    def discard(self, staging: Path) -> None:
        """Remove a partial that nobody wants any more. Raises KeeperError file_locked."""
        partial = Partial(staging, self.clock, boot_id=None)
        if partial.left_behind:
            with partial.owned():
                partial.discard()


class _Run:
    """One order on its way."""

    def __init__(
        self,
        transfer: Transfer,
        order: Order,
        provider: Provider,
        control: Control,
        report: ProgressSink,
        partial: Partial,
    ) -> None:
        self._transfer = transfer
        self._order = order
        self._provider = provider
        self._control = control
        self._report = report
        self._partial = partial
        self._prober = Prober(transfer.client)
        self._budget = RetryBudget(order.retries, transfer.jitter)
        self._ranges = True
        self._fetched = 0
        self._high_water = 0
        self._resumed_from = 0
        self._second_chance = True
        self._lock = threading.Lock()

    def to_the_end(self) -> Fetched:
        self._partial.load()
        while True:
            try:
                return self._attempt()
            except RangeIgnored:
                self._ranges = False
            except KeeperError as exc:
                self._survive(exc)

    def _attempt(self) -> Fetched:
        self._tell("probe", None)
        remote, live = self._prober.probe(
            self._order.asset, self._provider, self._control, ranges=self._ranges
        )
        try:
            self._check_promises(remote)
            self._reconcile(remote)
            if remote.size is not None:
                self._order.admit(remote.size - self._partial.total)
            return self._bring(remote, live)
        finally:
            if live is not None:
                live.close()

    def _check_promises(self, remote: Remote) -> None:
        """Fail before the transfer where the answer already contradicts what was promised."""
        size, linked = remote.size, remote.linked
        for promised in (self._order.expected_size, linked.size):
            if promised is not None and size is not None and promised != size:
                raise KeeperError("size_mismatch", expected=promised, actual=size)
        wanted = self._order.expected_sha256
        if wanted and linked.sha256 and wanted != linked.sha256:
            raise KeeperError("hash_mismatch", expected=wanted, actual=linked.sha256)

    def _reconcile(self, remote: Remote) -> None:
        """Keep the bytes that are here if they are this file's, else forget them."""
        sha256 = self._promised_sha256(remote)
        manifest = remote.manifest(sha256)
        kept = self._partial.manifest
        if kept is not None and self._partial.total and remote.continues(kept, sha256):
            if self._fetched == 0:
                self._resumed_from = self._partial.total
            self._partial.go_on(manifest)
        else:
            self._resumed_from = 0
            self._partial.restart(manifest)

    def _bring(self, remote: Remote, live: Exchange | None) -> Fetched:
        follower = Follower(self._partial)
        try:
            fill = Fill(
                self._transfer.client,
                self._provider,
                self._partial,
                follower,
                clock=self._transfer.clock,
                slots=self._transfer.slots,
                limits=tuple(
                    limit for limit in (self._transfer.bandwidth, self._order.bandwidth) if limit
                ),
                policy=self._order.pieces,
                survive=self._survive_in_place,
                refresh=self._refresh,
                received=self._received,
            )
            size = fill.run(remote, live, self._control)
            self._tell("verify", size)
            sha256, blake3 = follower.finish(size)
        finally:
            follower.stop()
        self._partial.sync()
        self._doubt(sha256, remote)
        return Fetched(
            path=str(self._order.staging),
            size=size,
            sha256=sha256,
            blake3=blake3,
            bytes_fetched=self._fetched,
            declared_size=remote.size,
            linked_sha256=remote.linked.sha256,
            linked_size=remote.linked.size,
            content_type=remote.content_type,
            host=remote.host,
            resumed_from=self._resumed_from,
        )

    def _doubt(self, sha256: str, remote: Remote) -> None:
        """A wrong hash over bytes of several runs or servers gets one clean start."""
        promised = self._promised_sha256(remote)
        if promised in {None, sha256} or not self._second_chance or not self._resumed_from:
            return
        self._second_chance = False
        self._partial.discard()
        self._partial.manifest = None
        raise KeeperError("file_changed", host=remote.host)

    def _promised_sha256(self, remote: Remote) -> str | None:
        return self._order.expected_sha256 or remote.linked.sha256

    def _refresh(self) -> Remote:
        """Resolve the durable address again, after a signed one expired."""
        remote, live = self._prober.probe(self._order.asset, self._provider, self._control)
        if live is not None:
            live.close()
        kept = self._partial.manifest
        if kept is None or not remote.continues(kept, self._promised_sha256(remote)):
            raise KeeperError("file_changed", host=remote.host)
        return remote

    def _survive_in_place(self, exc: KeeperError) -> None:
        """Wait for the next attempt of one piece, or raise where that is not for the piece."""
        if exc.code in _NOT_FOR_A_PIECE:
            raise exc
        self._survive(exc)

    def _survive(self, exc: KeeperError) -> None:
        """Wait before the next attempt, or raise for good."""
        if not exc.retryable:
            raise exc
        if exc.code == "bad_range":
            self._ranges = False
        with self._lock:
            here = self._partial.total
            progressed = here > self._high_water
            self._high_water = max(here, self._high_water)
            delay = self._budget.after_failure(progressed=progressed, retry_after=exc.retry_after)
        if delay is None:
            raise KeeperError(
                "retries_exhausted", attempts=self._budget.failures, why=exc.message, cause=exc.code
            ) from exc
        if delay:
            self._tell("waiting", None, note=exc.message)
            self._control.wait(delay)

    def _received(self, count: int, connections: int) -> None:
        with self._lock:
            self._fetched += count
        manifest = self._partial.manifest
        self._tell("transfer", manifest.size if manifest else None, connections=connections)

    def _tell(
        self, stage: str, total: int | None, *, connections: int = 0, note: str | None = None
    ) -> None:
        self._report(
            Progress(
                done=self._partial.total,
                total=total if total is not None else self._order.expected_size,
                fetched=self._fetched,
                stage=stage,
                connections=connections,
                note=note,
            )
        )
