"""Which model folders are looked at when; only what differs from the default was ever written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, select

from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import root_policy
from model_keeper.store.unit import Unit

_KNOWN = frozenset(policy.value for policy in ScanPolicy)


class ScanPolicies:
    """Of one machine each (``host``). Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self, host: str) -> Mapping[str, ScanPolicy]:
        """By the path of the folder; one that is not named has the default."""

        def work(connection: Connection) -> dict[str, ScanPolicy]:
            rows = connection.execute(
                select(root_policy.c.path, root_policy.c.policy).where(root_policy.c.host == host)
            )
            return {row.path: ScanPolicy(row.policy) for row in rows if row.policy in _KNOWN}

        return self._database.read(work)

    def put(self, host: str, path: str, policy: ScanPolicy) -> None:
        row = {"host": host, "key": _key(path), "path": path, "policy": policy.value}

        def work(unit: Unit) -> None:
            upsert(unit.connection, root_policy, row)

        self._database.write(work, actor=self._actor)


def _key(path: str) -> str:
    """Short enough for every index, whatever the path."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
