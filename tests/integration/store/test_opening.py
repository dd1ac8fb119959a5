from __future__ import annotations

import logging
import multiprocessing
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.clock import SystemClock
from model_keeper.store import open_store
from model_keeper.store.database import Database, connect, database_url
from model_keeper.store.migrations import migrate
from model_keeper.store.schema import metadata
from model_keeper.store.steps import NEWEST
from tests.doubles import FakeClock
from tests.integration.store.scenes import claimed, enqueued, worker
from tests.postgres import PostgresServer

RELEASED = sorted((Path(__file__).parent / "released").glob("schema-*.sql"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new folder' / 'keeper.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


def described(address: str) -> dict[str, Any]:
    """Tables with their columns, keys and indexes, without the order in which they were made."""
    engine = create_engine(address)
    found = inspect(engine)
    tables = {
        name: {
            "columns": {
                column["name"]: (str(column["type"]), column["nullable"])
                for column in found.get_columns(name)
            },
            "key": found.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted(
                (index["name"], index["column_names"], bool(index["unique"]))
                for index in found.get_indexes(name)
            ),
            "foreign": sorted(
                (key["constrained_columns"], key["referred_table"], key["options"])
                for key in found.get_foreign_keys(name)
            ),
        }
        for name in found.get_table_names()
    }
    engine.dispose()
    return tables


def test_the_steps_lead_to_the_schema_in_use(
    empty_address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    open_store(empty_address, clock=FakeClock(), actor="test").close()
    if empty_address.startswith("sqlite"):
        direct = f"sqlite:///{tmp_path / 'direct.sqlite3'}"
    else:
        direct = request.getfixturevalue("postgres").new_database()
    engine = create_engine(direct)
    metadata.create_all(engine)
    engine.dispose()
    assert described(empty_address) == described(direct)


def test_every_step_can_be_the_last_one_that_was_applied(empty_address: str) -> None:
    if empty_address.startswith("sqlite"):
        Path(empty_address.removeprefix("sqlite:///")).parent.mkdir()
    engine = connect(database_url(empty_address))
    for number in range(1, NEWEST + 1):
        migrate(engine, number)
    engine.dispose()
    store = open_store(empty_address, clock=FakeClock(), actor="test")
    enqueued(store, "a")
    store.close()


def test_every_schema_has_a_fixture() -> None:
    assert {path.name for path in RELEASED} == {f"schema-{n}.sql" for n in range(1, NEWEST + 1)}


@pytest.mark.parametrize("script", RELEASED, ids=lambda path: path.stem)
def test_a_database_of_every_version_is_opened(
    script: Path, tmp_path: Path, clock: FakeClock
) -> None:
    path = tmp_path / "keeper.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text())
    store = open_store(path, clock=clock, actor="test")
    assert store.jobs.get("11111111-1111-4111-8111-111111111111").payload == {"name": "a"}
    store.workers.register(worker())
    [job] = claimed(store)
    assert [entry.event for entry in store.jobs.history(job.id)] == ["created", "claim"]
    assert store.settings.change(concurrency=2).concurrency == 2
    store.close()
    version = int(script.stem.removeprefix("schema-"))
    backup = tmp_path / f"keeper.sqlite3.v{version}.bak"
    assert backup.exists() is (version < NEWEST)
    if version < NEWEST:
        with closing(sqlite3.connect(backup)) as connection:
            assert connection.execute("SELECT state FROM job").fetchall() == [("pending",)]


def test_a_database_of_a_newer_version_is_refused_untouched(empty_address: str) -> None:
    open_store(empty_address, clock=FakeClock(), actor="test").close()
    engine = create_engine(empty_address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE meta SET value = '99'"))
    before = described(empty_address)
    with pytest.raises(KeeperError) as refused:
        open_store(empty_address, clock=FakeClock(), actor="test")
    assert refused.value.code == "database_newer"
    assert (refused.value.details["found"], refused.value.details["known"]) == (99, NEWEST)
    assert described(empty_address) == before
    engine.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"<!DOCTYPE html>" * 100,
        lambda sound: sound[:100] + b"\xff" * (len(sound) - 100),
        lambda sound: sound[:5000],
    ],
)
def test_a_damaged_file_is_named_and_left_as_it_is(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "keeper.sqlite3"
    open_store(path, clock=FakeClock(), actor="test").close()
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(KeeperError) as refused:
        open_store(path, clock=FakeClock(), actor="test").jobs.page(JobQuery())
    assert refused.value.code == "database_corrupt"
    assert str(path) in refused.value.message
    assert path.read_bytes() == before


def test_a_database_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keeper.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(KeeperError) as refused:
        open_store(f"sqlite:///file:{path}?mode=ro&uri=true", clock=FakeClock(), actor="test")
    assert refused.value.code == "database_read_only"


def test_the_folder_of_a_uri_is_made_where_it_says(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "working folder"
    here.mkdir()
    monkeypatch.chdir(here)
    path = tmp_path / "new folder" / "keeper.sqlite3"
    open_store(f"sqlite:///{path.as_uri()}?uri=true", clock=clock, actor="test").close()
    assert path.is_file()
    assert list(here.iterdir()) == []


def test_a_folder_where_the_file_should_be_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(KeeperError) as refused:
        open_store(tmp_path, clock=clock, actor="test")
    assert refused.value.code == "database_unavailable"


@pytest.mark.parametrize("address", ["mysql://x/y", "://", "http://example.org"])
def test_an_address_of_something_else_is_refused(address: str) -> None:
    with pytest.raises(KeeperError) as refused:
        open_store(address, clock=FakeClock(), actor="test")
    assert refused.value.code == "invalid_request"


def test_a_password_is_not_told_when_the_server_is_gone(
    clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("psycopg")
    address = "postgresql+psycopg://keeper:geheim@/db?host=/nowhere"
    with pytest.raises(KeeperError) as refused:
        open_store(address, clock=clock, actor="test")
    assert refused.value.code == "database_unavailable"
    assert "geheim" not in refused.value.message + caplog.text


def test_commits_survive_a_power_cut(tmp_path: Path) -> None:
    path = tmp_path / "keeper.sqlite3"
    store = open_store(path, clock=FakeClock(), actor="test")
    with store.queue._database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 2000,
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows' SQLite has no such file system")
def test_a_volume_without_write_ahead_logging_is_used_with_a_warning(
    tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "keeper.sqlite3"
    # This one of SQLite's own file systems has no shared memory, like many network volumes.
    store = open_store(f"sqlite:///file:{path}?vfs=unix-none&uri=true", clock=clock, actor="test")
    enqueued(store, "a")
    assert store.jobs.page(JobQuery()).total == 1
    store.close()
    assert [r.levelno for r in caplog.records] == [logging.WARNING]
    assert "one process only" in caplog.text


def _open_and_enqueue(address: str, name: str, gate: Any) -> None:
    gate.wait()
    store = open_store(address, clock=SystemClock(), actor=name)
    enqueued(store, name)
    store.close()


def test_processes_that_create_the_database_at_once_agree(empty_address: str) -> None:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(4)
    names = [f"p{i}" for i in range(4)]
    processes = [
        context.Process(target=_open_and_enqueue, args=(empty_address, name, gate))
        for name in names
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    store = open_store(empty_address, clock=FakeClock(), actor="test")
    assert {job.payload["name"] for job in store.jobs.page(JobQuery()).items} == set(names)
    store.close()


def test_migrations_that_begin_at_the_same_moment_agree(empty_address: str) -> None:
    if empty_address.startswith("sqlite"):
        Path(empty_address.removeprefix("sqlite:///")).parent.mkdir()
    gate = threading.Barrier(6)
    failures: list[Exception] = []

    def run() -> None:
        database = Database(connect(database_url(empty_address)), SystemClock())
        database.read(lambda connection: connection.scalar(text("SELECT 1")))
        gate.wait()
        try:
            database.patience.briefly(lambda: migrate(database.engine), 30)
        except (DBAPIError, KeeperError) as error:
            failures.append(error)
        database.close()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert set(described(empty_address)) == set(metadata.tables)
