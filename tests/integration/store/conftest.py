from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.store import JobStore, open_store
from tests.doubles import FakeClock
from tests.integration.store.scenes import OpenStore
from tests.postgres import PostgresServer


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a database whose schema is complete: copying it is quicker than making it."""
    url = postgres.new_database()
    open_store(url, clock=FakeClock(), actor="template").close()
    return database_of(url)


def database_of(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database is that no other test uses; PostgreSQL's is complete already."""
    if request.param == "sqlite":
        return str(tmp_path / "keeper.sqlite3")
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database(like=request.getfixturevalue("postgres_template"))


@pytest.fixture
def opened(address: str, clock: FakeClock) -> Iterator[OpenStore]:
    """Opens the test's database, as often as it is called."""
    stores: list[JobStore] = []

    def open_one(actor: str = "person") -> JobStore:
        stores.append(open_store(address, clock=clock, actor=actor))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: OpenStore) -> JobStore:
    return opened()
