"""The tables as the newest migration leaves them. Times are ms UTC, sizes bytes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    ColumnElement,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    true,
)

from model_keeper.domain.jobs import LIVE
from model_keeper.store.columns import JsonText, row_number

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

job = Table(
    "job",
    metadata,
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
    Column("depends_on", String(36)),
    Column("payload", JsonText, nullable=False),
    Column("result", JsonText, nullable=False),
    Column("sha256", String(64)),  # of result, for a lookup by content
    Column("reused", Boolean, nullable=False),  # of result, for the counts
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


def is_live(jobs: FromClause = job) -> ColumnElement[bool]:
    """Whether a job keeps its destination.

    Written into the statement, not bound to it: only so can a planner see, before it knows the
    values, that the partial index serves.
    """
    states = sorted(state.value for state in LIVE)
    written: BindParameter[list[str]] = bindparam(
        "live", states, expanding=True, literal_execute=True, unique=True
    )
    return jobs.c.state.in_(written)


Index(
    "job_live_destination",
    job.c.dest_key,
    unique=True,
    sqlite_where=is_live(),
    postgresql_where=is_live(),
)
Index(
    "job_claim",
    job.c.state,
    job.c.target,
    job.c.kind,
    job.c.priority.desc(),
    job.c.rank,
    job.c.seq,
)
Index("job_queue", job.c.state, job.c.priority.desc(), job.c.rank, job.c.seq)
Index("job_state", job.c.state, job.c.seq)
Index("job_worker", job.c.worker_id)
Index("job_parent", job.c.parent_id, job.c.seq)
Index("job_depends_on", job.c.depends_on)
Index("job_source", job.c.source_key, job.c.seq)
Index("job_destination", job.c.dest_key, job.c.seq)
Index("job_sha256", job.c.sha256, job.c.seq)
Index(
    "job_reused",
    job.c.seq,
    sqlite_where=job.c.reused == true(),
    postgresql_where=job.c.reused == true(),
)

job_event = Table(
    "job_event",
    metadata,
    Column("n", row_number(), primary_key=True, autoincrement=True),
    # No foreign key: the last event of a deleted job outlives it, so that followers learn of it.
    Column("job_id", String(36), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("event", String(32), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("data", JsonText, nullable=False),
    Index("job_event_job", "job_id", "n"),
    # A number is never given twice: it is the cursor of those who follow the events.
    sqlite_autoincrement=True,
)

worker = Table(
    "worker",
    metadata,
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

batch_member = Table(
    "batch_member",
    metadata,
    Column("batch_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("idx", Integer, primary_key=True),
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), nullable=False),
    Index("batch_member_job", "job_id"),
)

job_item = Table(
    "job_item",
    metadata,
    Column("job_id", ForeignKey("job.id", ondelete="CASCADE"), primary_key=True),
    Column("idx", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("error_code", String(64)),
    Column("data", JsonText, nullable=False),
    Index("job_item_state", "job_id", "state", "idx"),
)

lane = Table(
    "lane",
    metadata,
    Column("target", String(255), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("max_running", Integer),
    Column("paused", Boolean, nullable=False),
    Column("rate", BigInteger),
)

setting = Table(
    "setting",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", JsonText, nullable=False),
)

folder_table = Table(
    "folder_table",
    metadata,
    Column("host_id", String(255), primary_key=True),
    Column("table", JsonText, nullable=False),
    Column("published_at", BigInteger, nullable=False),
)

schedule = Table(
    "schedule",
    metadata,
    Column("name", String(128), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("payload", JsonText, nullable=False),
    Column("next_run", BigInteger),
    Column("last_run", BigInteger),
)

model_use = Table(
    "model_use",
    metadata,
    Column("path", Text, primary_key=True),
    Column("runs", Integer, nullable=False),
    Column("last_run", BigInteger, nullable=False),
)

file_hash = Table(
    "file_hash",
    metadata,
    Column("n", row_number(), primary_key=True, autoincrement=True),
    Column("host", String(255), nullable=False),
    Column("file", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("source", String(64), nullable=False),
    Column("sha256", String(64)),  # of hashes, for a lookup by content
    Column("hashes", JsonText, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("file_hash_file", "host", "file", "source", unique=True),
    Index("file_hash_state", "host", "mtime_ns"),
    Index("file_hash_sha256", "sha256"),
    # A number is never given twice: it is the cursor of those who follow.
    sqlite_autoincrement=True,
)

negative_answer = Table(
    "negative_answer",
    metadata,
    Column("key", String(64), primary_key=True),  # a digest of provider and question
    Column("provider", String(255), nullable=False),
    Column("believed_until", BigInteger, nullable=False),
    Index("negative_answer_over", "believed_until"),
)

file_change = Table(
    "file_change",
    metadata,
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

file_change_item = Table(
    "file_change_item",
    metadata,
    Column("change_id", ForeignKey("file_change.id", ondelete="CASCADE"), primary_key=True),
    Column("idx", Integer, primary_key=True),
    Column("subject", JsonText, nullable=False),
    Column("steps", JsonText, nullable=False),
    Column("state", String(16), nullable=False),
    Column("error_code", String(64)),
    Column("error_details", JsonText, nullable=False),
)

trash_entry = Table(
    "trash_entry",
    metadata,
    Column("n", row_number(), primary_key=True, autoincrement=True),
    Column("host", String(255), nullable=False),
    Column("key", String(64), nullable=False),  # a digest of slot
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

model_mark = Table(
    "model_mark",
    metadata,
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

model_update = Table(
    "model_update",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the file that is here
    Column("model_id", BigInteger, nullable=False),
    Column("version", JsonText, nullable=False),  # what the file that is here is of
    Column("offered", BigInteger),  # the version that is offered, for a lookup
    Column("offer", JsonText, nullable=False),
    Column("refused", JsonText, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
    Index("model_update_offered", "offered"),
)

ignored_update = Table(
    "ignored_update",
    metadata,
    Column("model_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version_id", BigInteger, primary_key=True, autoincrement=False),  # 0: all of them
    Column("at", BigInteger, nullable=False),
)

notification = Table(
    "notification",
    metadata,
    Column("n", row_number(), primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("level", String(8), nullable=False),
    Column("code", String(64), nullable=False),
    Column("data", JsonText, nullable=False),
    Column("job_id", String(36)),
    Column("key", Text),  # what else it would be told for; null once that is over
    Column("seen", Boolean, nullable=False),
    # A number is never given twice: those who follow would take one for the other.
    sqlite_autoincrement=True,
)

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("query", Text, nullable=False),
    Column("category", String(255)),
)

root_policy = Table(
    "root_policy",
    metadata,
    Column("host", String(255), primary_key=True),
    Column("key", String(64), primary_key=True),  # a digest of path
    Column("path", JsonText, nullable=False),
    Column("policy", String(16), nullable=False),
)

metadata_history = Table(
    "metadata_history",
    metadata,
    Column("n", row_number(), primary_key=True, autoincrement=True),
    Column("host", String(255), nullable=False),
    Column("file", Text, nullable=False),
    Column("field", String(64), nullable=False),
    Column("value", JsonText, nullable=False),
    Column("owner", String(16), nullable=False),
    Column("source", String(255), nullable=False),
    Column("via", String(64)),
    Column("said_at", BigInteger),
    Column("at", BigInteger, nullable=False),
    Index("metadata_history_file", "host", "file", "field", "n"),
    # A number is never given twice: it is the cursor of the pages.
    sqlite_autoincrement=True,
)
