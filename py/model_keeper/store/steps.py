"""The numbered steps that built the schema. Released ones never change: a new one is added.

Each step repeats its tables instead of taking them from ``schema``: that one always shows the
newest state, a step the state of its day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
    true,
)

from model_keeper.store.columns import JsonText, row_number
from model_keeper.store.metadata_steps import metadata_history

Step = Callable[[Connection], None]

_LIVE_STATES = ("paused", "pending", "review", "running", "verifying")


def _jobs(connection: Connection) -> None:
    tables = MetaData()
    _job_table(tables)
    Table(
        "job_event",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("job_id", String(36), nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("event", String(32), nullable=False),
        Column("actor", String(128), nullable=False),
        Column("data", JsonText, nullable=False),
        Index("job_event_job", "job_id", "n"),
        sqlite_autoincrement=True,
    )
    Table(
        "worker",
        tables,
        Column("id", String(64), primary_key=True),
        Column("host_id", String(255), nullable=False),
        Column("pid", BigInteger, nullable=False),
        Column("start_time", Float(53), nullable=False),
        Column("boot_id", String(64), nullable=False),
        Column("version", String(64), nullable=False),
        Column("targets", JsonText, nullable=False),
        Column("lock_path", Text),
        Column("heartbeat_at", BigInteger, nullable=False),
        Column("draining", Boolean, nullable=False),
    )
    tables.create_all(connection)


def _job_table(tables: MetaData) -> None:
    job = Table(
        "job",
        tables,
        Column("seq", row_number(), primary_key=True, autoincrement=True),
        Column("id", String(36), nullable=False, unique=True),
        Column("kind", String(16), nullable=False),
        Column("target", String(255), nullable=False),
        Column("state", String(16), nullable=False),
        Column("wait_reason", String(16)),
        Column("priority", Integer, nullable=False),
        Column("rank", Float(53), nullable=False),
        Column("run_after", BigInteger, nullable=False),
        Column("dest_key", Text),
        Column("source_key", Text),
        Column("parent_id", String(36)),
        Column("payload", JsonText, nullable=False),
        Column("result", JsonText, nullable=False),
        Column("sha256", String(64)),
        Column("reused", Boolean, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("max_attempts", Integer, nullable=False),
        Column("epoch", Integer, nullable=False),
        Column("worker_id", String(64)),
        Column("control", String(8), nullable=False),
        Column("approved", Boolean, nullable=False),
        Column("bandwidth", BigInteger),
        Column("bytes_done", BigInteger, nullable=False),
        Column("bytes_total", BigInteger),
        Column("error_code", String(64)),
        Column("error_details", JsonText, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
        Column("started_at", BigInteger),
        Column("finished_at", BigInteger),
        sqlite_autoincrement=True,
    )
    live = job.c.state.in_(_LIVE_STATES)
    reused = job.c.reused == true()
    turn = (job.c.priority.desc(), job.c.rank, job.c.seq)
    Index(
        "job_live_destination",
        job.c.dest_key,
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    Index("job_claim", job.c.state, job.c.target, job.c.kind, *turn)
    Index("job_queue", job.c.state, *turn)
    Index("job_state", job.c.state, job.c.seq)
    Index("job_worker", job.c.worker_id)
    Index("job_parent", job.c.parent_id, job.c.seq)
    Index("job_source", job.c.source_key, job.c.seq)
    Index("job_destination", job.c.dest_key, job.c.seq)
    Index("job_sha256", job.c.sha256, job.c.seq)
    Index("job_reused", job.c.seq, sqlite_where=reused, postgresql_where=reused)


def _batches(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE job ADD COLUMN depends_on VARCHAR(36)"))
    connection.execute(text("CREATE INDEX job_depends_on ON job (depends_on)"))
    tables = MetaData()
    # Only so that the foreign keys below find their table.
    Table("job", tables, Column("id", String(36), unique=True))
    member = Table(
        "batch_member",
        tables,
        Column("batch_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
        Column("idx", Integer, primary_key=True),
        Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), nullable=False),
        Index("batch_member_job", "job_id"),
    )
    item = Table(
        "job_item",
        tables,
        Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
        Column("idx", Integer, primary_key=True),
        Column("key", Text, nullable=False),
        Column("state", String(16), nullable=False),
        Column("error_code", String(64)),
        Column("data", JsonText, nullable=False),
        Index("job_item_state", "job_id", "state", "idx"),
    )
    tables.create_all(connection, tables=[member, item])


def _lanes(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "lane",
        tables,
        Column("target", String(255), primary_key=True),
        Column("kind", String(16), primary_key=True),
        Column("max_running", Integer),
        Column("paused", Boolean, nullable=False),
        Column("rate", BigInteger),
    )
    tables.create_all(connection)


def _settings(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "setting",
        tables,
        Column("key", String(64), primary_key=True),
        Column("value", JsonText, nullable=False),
    )
    Table(
        "folder_table",
        tables,
        Column("host_id", String(255), primary_key=True),
        Column("table", JsonText, nullable=False),
        Column("published_at", BigInteger, nullable=False),
    )
    tables.create_all(connection)


def _schedules(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "schedule",
        tables,
        Column("name", String(128), primary_key=True),
        Column("rule", Text, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("payload", JsonText, nullable=False),
        Column("next_run", BigInteger),
        Column("last_run", BigInteger),
    )
    tables.create_all(connection)


def _usage(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "model_use",
        tables,
        Column("path", Text, primary_key=True),
        Column("runs", Integer, nullable=False),
        Column("last_run", BigInteger, nullable=False),
    )
    tables.create_all(connection)


def _hashes(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "file_hash",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("host", String(255), nullable=False),
        Column("file", Text, nullable=False),
        Column("path", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("mtime_ns", BigInteger, nullable=False),
        Column("source", String(64), nullable=False),
        Column("sha256", String(64)),
        Column("hashes", JsonText, nullable=False),
        Column("at", BigInteger, nullable=False),
        Index("file_hash_file", "host", "file", "source", unique=True),
        Index("file_hash_state", "host", "mtime_ns"),
        Index("file_hash_sha256", "sha256"),
        sqlite_autoincrement=True,
    )
    tables.create_all(connection)


def _negative_answers(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "negative_answer",
        tables,
        Column("key", String(64), primary_key=True),
        Column("provider", String(255), nullable=False),
        Column("believed_until", BigInteger, nullable=False),
        Index("negative_answer_over", "believed_until"),
    )
    tables.create_all(connection)


def _file_changes(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "file_change",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("id", String(36), nullable=False, unique=True),
        Column("host", String(255), nullable=False),
        Column("kind", String(16), nullable=False),
        Column("actor", String(128), nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("undoes", String(36)),
        Column("closed", Boolean, nullable=False),
        Index("file_change_host", "host", "closed", "n"),
        sqlite_autoincrement=True,
    )
    Table(
        "file_change_item",
        tables,
        Column("change_id", ForeignKey("file_change.id", ondelete="CASCADE"), primary_key=True),
        Column("idx", Integer, primary_key=True),
        Column("subject", JsonText, nullable=False),
        Column("steps", JsonText, nullable=False),
        Column("state", String(16), nullable=False),
        Column("error_code", String(64)),
        Column("error_details", JsonText, nullable=False),
    )
    Table(
        "trash_entry",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("host", String(255), nullable=False),
        Column("key", String(64), nullable=False),
        Column("slot", JsonText, nullable=False),
        Column("origin", JsonText, nullable=False),
        Column("item", String(48), nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("sha256", String(64)),
        Column("is_model", Boolean, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("expires_at", BigInteger),
        Index("trash_entry_slot", "host", "key", unique=True),
        Index("trash_entry_item", "host", "item"),
        sqlite_autoincrement=True,
    )
    tables.create_all(connection)


def _model_marks(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "model_mark",
        tables,
        Column("host", String(255), primary_key=True),
        Column("file", Text, primary_key=True),
        Column("path", Text, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("mtime_ns", BigInteger, nullable=False),
        Column("favourite", Boolean, nullable=False),
        Column("rating", Integer, nullable=False),
        Column("notes", Text, nullable=False),
        Column("tags", JsonText, nullable=False),
        Column("at", BigInteger, nullable=False),
    )
    tables.create_all(connection)


def _model_updates(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "model_update",
        tables,
        Column("sha256", String(64), primary_key=True),
        Column("model_id", BigInteger, nullable=False),
        Column("version", JsonText, nullable=False),
        Column("offered", BigInteger),
        Column("offer", JsonText, nullable=False),
        Column("refused", JsonText, nullable=False),
        Column("checked_at", BigInteger, nullable=False),
        Index("model_update_offered", "offered"),
    )
    Table(
        "ignored_update",
        tables,
        Column("model_id", BigInteger, primary_key=True, autoincrement=False),
        Column("version_id", BigInteger, primary_key=True, autoincrement=False),
        Column("at", BigInteger, nullable=False),
    )
    tables.create_all(connection)


def _maintenance(connection: Connection) -> None:
    tables = MetaData()
    Table(
        "notification",
        tables,
        Column("n", row_number(), primary_key=True, autoincrement=True),
        Column("at", BigInteger, nullable=False),
        Column("level", String(8), nullable=False),
        Column("code", String(64), nullable=False),
        Column("data", JsonText, nullable=False),
        Column("job_id", String(36)),
        Column("key", Text),
        Column("seen", Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    Table(
        "saved_filter",
        tables,
        Column("name", String(200), primary_key=True),
        Column("query", Text, nullable=False),
        Column("category", String(255)),
    )
    Table(
        "root_policy",
        tables,
        Column("host", String(255), primary_key=True),
        Column("key", String(64), primary_key=True),
        Column("path", JsonText, nullable=False),
        Column("policy", String(16), nullable=False),
    )
    tables.create_all(connection)
    # What everybody begins with, to be changed or removed: folders are looked at after a start, and
    # once a day while nothing else happens. Nothing is hashed or asked of anybody.
    conditions = '{"enabled":true,"not_while_generating":true,"only_when_idle":false}'
    connection.execute(
        text(
            "INSERT INTO schedule (name, rule, kind, payload)"
            " VALUES (:name, :rule, 'scan', :conditions)"
        ),
        [
            {"name": "at-start", "rule": "start", "conditions": conditions},
            {"name": "daily", "rule": "idle", "conditions": conditions},
        ],
    )


STEPS: Mapping[int, Step] = MappingProxyType(
    {1: _jobs, 2: _batches, 3: _lanes, 4: _settings, 5: _schedules, 6: _usage, 7: _hashes}
    | {
        8: _negative_answers,
        9: _file_changes,
        10: _model_marks,
        11: _model_updates,
        12: _maintenance,
        13: metadata_history,
    }
)
NEWEST = max(STEPS)
