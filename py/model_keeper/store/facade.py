"""The store as the rest of the program sees it."""

from __future__ import annotations

from pathlib import Path

from model_keeper.domain.ports import Clock
from model_keeper.store.database import Database, choose_journal, connect, database_url, sqlite_file
from model_keeper.store.file_changes import FileChanges
from model_keeper.store.filters import Filters
from model_keeper.store.folders import Folders
from model_keeper.store.hashes import Hashes
from model_keeper.store.items import Items
from model_keeper.store.lanes import Lanes
from model_keeper.store.marks import Marks
from model_keeper.store.metadata_history import MetadataHistory
from model_keeper.store.migrations import migrate
from model_keeper.store.negative_answers import NegativeAnswerStore
from model_keeper.store.notifications import Notifications
from model_keeper.store.queue import Queue
from model_keeper.store.reading import Jobs
from model_keeper.store.retention import Retention
from model_keeper.store.scan_policies import ScanPolicies
from model_keeper.store.schedules import Schedules
from model_keeper.store.settings import SettingsStore
from model_keeper.store.trash import Trash
from model_keeper.store.updates import Updates
from model_keeper.store.usage import Usage
from model_keeper.store.wakeups import Wakeups
from model_keeper.store.wishes import Wishes
from model_keeper.store.work import Work
from model_keeper.store.workers import Workers

_OPENING_SECONDS = 30.0


class JobStore:
    """The durable truth about jobs, by what one wants of it. Thread-safe; blocks on the disk.

    ``actor`` is the name that stands in the history for what is done through this object.
    """

    def __init__(self, database: Database, wakeups: Wakeups, actor: str) -> None:
        self._database = database
        self.actor = actor
        self.queue = Queue(database, actor)
        self.jobs = Jobs(database)
        self.wishes = Wishes(database, actor)
        self.work = Work(database, actor)
        self.workers = Workers(database, actor)
        self.items = Items(database, actor)
        self.lanes = Lanes(database, actor)
        self.settings = SettingsStore(database, actor)
        self.folders = Folders(database, actor)
        self.schedules = Schedules(database, actor)
        self.scan_policies = ScanPolicies(database, actor)
        self.notifications = Notifications(database, actor)
        self.filters = Filters(database, actor)
        self.retention = Retention(database, actor)
        self.usage = Usage(database, actor)
        self.marks = Marks(database, actor)
        self.hashes = Hashes(database, actor)
        self.negative_answers = NegativeAnswerStore(database, actor)
        self.file_changes = FileChanges(database, actor)
        self.trash = Trash(database, actor)
        self.metadata_history = MetadataHistory(database, actor)
        self.updates = Updates(database, actor)
        self.wakeups = wakeups

    def acting_as(self, actor: str) -> JobStore:
        """The same store, with another name in the history. Close only one of them."""
        return JobStore(self._database, self.wakeups, actor)

    def stop(self) -> None:
        """Let writes that wait for a lost database give up with database_unavailable."""
        self._database.patience.stop()

    def close(self) -> None:
        """Stop and give all connections back."""
        self.wakeups.stop()
        self._database.close()


def open_store(
    url_or_path: str | Path, *, clock: Clock, actor: str, endless: bool = False
) -> JobStore:
    """The store in a SQLite file, or at a ``postgresql+psycopg://`` address; made if not there.

    ``endless`` is for a worker: what it reads and writes waits out any outage. Raises KeeperError:
    database_newer, database_corrupt (the file is left as it is), database_read_only,
    database_unavailable, dependency_missing, invalid_request.
    """
    url = database_url(url_or_path)
    database = Database(connect(url), clock, endless=endless)
    try:
        database.patience.briefly(lambda: _prepare(database), _OPENING_SECONDS)
    except BaseException:
        database.close()
        raise
    return JobStore(database, Wakeups(database), actor)


def _prepare(database: Database) -> None:
    if database.is_sqlite:
        sqlite_file(database.engine.url).parent.mkdir(parents=True, exist_ok=True)
        choose_journal(database.engine)
    migrate(database.engine)
