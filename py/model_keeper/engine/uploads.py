"""Files that somebody sends: staged beside their place, and judged like downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from model_keeper.domain.downloads import Destination, Fetched
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.names import staging_name
from model_keeper.domain.ports import Clock
from model_keeper.domain.verdicts import Decision
from model_keeper.engine.control import JobControl
from model_keeper.transfer.hashing import Follower
from model_keeper.transfer.journal import Manifest
from model_keeper.transfer.partial import Partial
from model_keeper.transfer.publish import Publisher
from model_keeper.verify.evidence import Evidence
from model_keeper.verify.rules import judge

Arrived = Callable[[Path, Mapping[str, str]], None]


class Upload:
    """One file on its way in. Use it in ``with``, on one thread; without :meth:`finish` it is gone.

    Every method raises KeeperError disk_full, folder_read_only, ….
    """

    def __init__(self, destination: Destination, clock: Clock, arrived: Arrived) -> None:
        """``arrived`` is told of the file in its place, with the hashes of its bytes."""
        self._path = Path(destination.path)
        self._arrived = arrived
        self._publisher = Publisher(clock)
        name = staging_name(self._path.name, f"upload:{self._path}")
        self._partial = Partial(self._path.with_name(name), clock, boot_id=None)
        self._held = ExitStack()
        self.size = 0

    def __enter__(self) -> Upload:
        """Raises KeeperError destination_exists, and file_locked for a second one."""
        if self._path.exists():
            raise KeeperError("destination_exists", path=str(self._path))
        with ExitStack() as held:
            held.enter_context(self._partial.owned())
            held.callback(self._partial.discard)
            self._partial.restart(Manifest(url=f"upload:{self._path.name}"))
            self._follower = Follower(self._partial)
            held.callback(self._follower.stop)
            self._writer = held.enter_context(self._partial.open_writer())
            self._held = held.pop_all()
        return self

    def __exit__(self, *failure: object) -> None:
        self._held.close()

    def write(self, block: bytes) -> None:
        self._partial.write(self._writer, memoryview(block), slot=0, start=0, at=self.size)
        self.size += len(block)

    def finish(self) -> Path:
        """Where the file is now. Raises what the rules have against it, review included."""
        sha256, blake3 = self._follower.finish(self.size)
        self._partial.sync()
        self._writer.close()  # an open file keeps its name on Windows
        fetched = Fetched(str(self._partial.path), self.size, sha256, blake3, bytes_fetched=0)
        verdict = judge(
            Evidence(self._partial.path, self._path.name, size=self.size, sha256=sha256)
        )
        if verdict.decision is not Decision.VERIFIED:
            reason = verdict.reasons[0]
            raise KeeperError(reason.code, **{"name": self._path.name, **reason.details})
        published = self._publisher.publish(self._partial.path, self._path, JobControl())
        self._arrived(published.path, fetched.hashes)
        return published.path
