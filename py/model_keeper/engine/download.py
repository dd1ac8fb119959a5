"""The download job: from its row to a proven file under its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from model_keeper.domain.downloads import Collision, Download, Fetched
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.hashes import hashes_of_arrival
from model_keeper.domain.jobs import Event, Job, WaitReason
from model_keeper.domain.names import suffixed_name
from model_keeper.domain.ports import Clock, Control, Interrupted, Progress
from model_keeper.domain.ports import ProgressSink as Report
from model_keeper.domain.settings import Settings
from model_keeper.domain.sizes import size_text
from model_keeper.domain.verdicts import Decision, Verdict
from model_keeper.engine.arrivals import arrival_jobs
from model_keeper.engine.network import Network
from model_keeper.engine.prechecks import PreChecks
from model_keeper.engine.presence import Presence
from model_keeper.engine.replacing import Replacing
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.engine.staging import occupied, staging_path
from model_keeper.library.space import free_bytes
from model_keeper.store import JobStore
from model_keeper.transfer.adopt import adopt
from model_keeper.transfer.hashing import hash_file
from model_keeper.transfer.plan import PiecePolicy
from model_keeper.transfer.publish import Publisher
from model_keeper.transfer.retries import RetryPolicy
from model_keeper.transfer.transfer import Order
from model_keeper.verify.evidence import Evidence
from model_keeper.verify.failures import FailureLog
from model_keeper.verify.rules import judge

_SPACE_MARGIN = 64 << 20
_ARRIVAL_SECONDS = 1.0
_WAITS: Mapping[str, tuple[WaitReason, float]] = {
    "disk_full": (WaitReason.DISK, 30.0),
    "file_locked": (WaitReason.LOCKED, 5.0),
    "library_busy": (WaitReason.LOCKED, 5.0),
}


class DownloadHandler:
    """Runs download jobs, each on the thread it is called on."""

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        network: Network,
        publisher: Publisher,
        failures: FailureLog,
        settings: Callable[[], Settings],
        presence: Presence,
        prechecks: PreChecks,
        replacing: Replacing,
        arrived: Callable[[Path, Mapping[str, str]], None],
    ) -> None:
        """``arrived`` is told of each file that is in its place, with the hashes of its bytes."""
        self._store = store
        self._clock = clock
        self._network = network
        self._publisher = publisher
        self._failures = failures
        self._settings = settings
        self._presence = presence
        self._prechecks = prechecks
        self._replacing = replacing
        self._arrived = arrived

    def run(self, running: Running, report: Report) -> Outcome | None:
        """Bring the job to its next resting state; None where it is not this worker's any more."""
        download = Download.from_payload(running.job.payload)
        try:
            return self._outcome(running, download, report)
        except Interrupted as stop:
            return stopped(stop)

    def discard(self, job: Job) -> None:
        """Remove what a job that will not go on left in staging."""
        download = Download.from_payload(job.payload)
        self._network.transfer(download.network).discard(staging_path(download))

    def _outcome(self, running: Running, download: Download, report: Report) -> Outcome:
        try:
            if running.job.attempts == 1:
                self._note_checks(running, download)
            present = self._presence.find(running.job, download)
            if present is not None:
                hashes = hashes_of_arrival(present["sha256"], present["blake3"])
                self._arrived(Path(present["path"]), hashes)
                self.discard(running.job)  # it may have been killed between naming and tidying
                result = self._judged(running.job, download, present)
                then = () if present["reused"] else arrival_jobs(download, Path(present["path"]))
                return Outcome(Event.SUCCEED, result=result, then=then)
            if self._presence.arrives(running.job, download):
                return Outcome(Event.DEFER, wait_reason=WaitReason.LANE, delay=_ARRIVAL_SECONDS)
            fetched = self._bring(running, download, report)
            return self._prove(running, download, fetched, report)
        except KeeperError as exc:
            return self._failed(running.job, download, exc)

    def _note_checks(self, running: Running, download: Download) -> None:
        """What there was to know before the first byte, for whoever asks later why it went so."""
        checks = [check.to_json() for check in self._prechecks.of(download)]
        self._store.work.note(running.ownership, "checked", {"checks": checks})

    def _bring(self, running: Running, download: Download, report: Report) -> Fetched:
        staging = staging_path(download)
        if running.job.attempts > 1:
            self._store.work.progressed(running.ownership, occupied(staging))
        size = download.expected_size or download.asset.size
        if size is not None:
            _check_space(staging.parent, size - occupied(staging))
        present = self._from_here(running, download, staging, report)
        if present is not None:
            return present
        transfer = self._network.transfer(download.network)
        if running.job.approved and (kept := transfer.complete(staging)) is not None:
            return kept  # what a person approved is this file, whatever the server has by now
        settings = self._settings()
        order = Order(
            asset=download.asset,
            staging=staging,
            expected_sha256=self._wanted_sha256(download),
            expected_size=download.expected_size or download.asset.size,
            bandwidth=running.bandwidth,
            retries=RetryPolicy(attempts=settings.max_retries),
            pieces=PiecePolicy(connections=settings.connections_per_file),
            admit=partial(_check_space, staging.parent),
        )
        provider = self._network.provider(download.asset.provider, download.network)
        return transfer.fetch(order, provider, running.control, report)

    def _from_here(
        self, running: Running, download: Download, staging: Path, report: Report
    ) -> Fetched | None:
        """The content from this machine, where it has it; a file found by us has to be it."""
        named = download.adopt_from
        source = named or self._presence.elsewhere(download)
        if source is None:
            return None
        hardlink = self._settings().share_by_hardlink and named is None
        adopted = adopt(
            Path(source), staging, self._clock, running.control, report, hardlink=hardlink
        )
        if named or adopted.sha256 == (download.expected_sha256 or download.asset.sha256):
            return adopted
        self._network.transfer(download.network).discard(staging)
        return None

    def _prove(
        self, running: Running, download: Download, fetched: Fetched, report: Report
    ) -> Outcome:
        """Judge the staged file and give it its name. What it is, is committed before."""
        job, control = running.job, running.control
        facts = {
            **job.result,
            "sha256": fetched.sha256,
            "blake3": fetched.blake3,
            "size": fetched.size,
            "bytes_fetched": int(job.result.get("bytes_fetched", 0)) + fetched.bytes_fetched,
            "resumed_from": fetched.resumed_from,
        }
        self._store.work.advance(running.ownership, Event.VERIFY, result=dict(facts))
        report(Progress(fetched.size, fetched.size, fetched.bytes_fetched, stage="verify"))
        verdict = judge(self._evidence(job, download, fetched))
        facts["verdict"] = verdict.to_json()
        if verdict.decision is not Decision.VERIFIED:
            return self._not_verified(job, download, verdict, facts)
        control.check()
        report(Progress(fetched.size, fetched.size, fetched.bytes_fetched, stage="publish"))
        path = self._publish(download, fetched, control, facts)
        facts.update(path=str(path), mtime_ns=path.stat().st_mtime_ns, reused=False)
        self._arrived(path, fetched.hashes)
        return Outcome(Event.SUCCEED, result=facts, then=arrival_jobs(download, path))

    def _publish(
        self, download: Download, fetched: Fetched, control: Control, facts: dict[str, Any]
    ) -> Path:
        staged, destination = Path(fetched.path), Path(download.destination.path)
        may_suffix = download.collision is Collision.SUFFIX
        if may_suffix and destination.exists() and not _same_content(destination, fetched):
            destination = destination.with_name(suffixed_name(destination.name, fetched.sha256))
        try:
            with self._replacing.room(download, control):
                published = self._publisher.publish(staged, destination, control)
        except KeeperError as exc:
            if exc.code != "destination_exists" or not _same_content(destination, fetched):
                raise
            self._network.transfer(download.network).discard(staged)
            return destination
        self._network.transfer(download.network).discard(staged)
        facts["published_by"] = published.method
        return published.path

    def _judged(
        self, job: Job, download: Download, present: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """What this job published before it was killed, with the verdict it could not store."""
        if present["reused"] or "verdict" in present:
            return present
        fetched = Fetched(
            path=present["path"],
            size=present["size"],
            sha256=present["sha256"],
            blake3=present["blake3"],
            bytes_fetched=0,
        )
        return {**present, "verdict": judge(self._evidence(job, download, fetched)).to_json()}

    def _evidence(self, job: Job, download: Download, fetched: Fetched) -> Evidence:
        return Evidence(
            path=Path(fetched.path),
            name=Path(download.destination.relative).name,
            size=fetched.size,
            sha256=fetched.sha256,
            declared_size=fetched.declared_size,
            expected_size=download.expected_size or download.asset.size,
            expected_sha256=self._wanted_sha256(download),
            linked_sha256=fetched.linked_sha256,
            linked_size=fetched.linked_size,
            host=fetched.host,
            content_type=fetched.content_type,
            trust=download.trust,
            allow_pickle=download.allow_pickle,
            approved=job.approved and job.result.get("sha256") == fetched.sha256,
            verify_hashes=self._settings().verify_hashes,
        )

    def _not_verified(
        self, job: Job, download: Download, verdict: Verdict, facts: Mapping[str, Any]
    ) -> Outcome:
        reason = verdict.reasons[0]
        error = KeeperError(reason.code, **{**reason.details, "id": job.id})
        if verdict.decision is Decision.REVIEW:
            return Outcome(Event.HOLD, result=facts, error=error)
        self._note_failure(job, download, error)
        return Outcome(Event.FAIL, result=facts, error=error, discard=True)

    def _failed(self, job: Job, download: Download, exc: KeeperError) -> Outcome:
        if exc.code in _WAITS:
            reason, delay = _WAITS[exc.code]
            return Outcome(Event.DEFER, error=exc, wait_reason=reason, delay=delay)
        exc.details.setdefault("id", job.id)
        if exc.family is Family.INTEGRITY:
            self._note_failure(job, download, exc)
        return Outcome(Event.FAIL, error=exc)

    def _note_failure(self, job: Job, download: Download, error: KeeperError) -> None:
        self._failures.write(
            at_ms=self._clock.now_ms(), job_id=job.id, file=download.destination.path, error=error
        )

    def _wanted_sha256(self, download: Download) -> str | None:
        if not self._settings().verify_hashes:
            return None
        return download.expected_sha256 or download.asset.sha256


def _check_space(folder: Path, missing: int) -> None:
    needed, free = missing + _SPACE_MARGIN, free_bytes(folder)
    if needed > free:
        raise KeeperError(
            "disk_full",
            path=str(folder),
            needed=size_text(needed),
            free=size_text(free),
        )


def _same_content(path: Path, fetched: Fetched) -> bool:
    if path.stat().st_size != fetched.size:
        return False
    return hash_file(path)[0] == fetched.sha256
