"""nginx as the origin of the benchmarks: one worker, small send buffers, bytes counted by it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType

_CONFIG = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ worker_connections 512; }}
http {{
  sendfile on; tcp_nopush on;
  client_body_temp_path {folder}/tmp; proxy_temp_path {folder}/tmp;
  fastcgi_temp_path {folder}/tmp; uwsgi_temp_path {folder}/tmp; scgi_temp_path {folder}/tmp;
  log_format sent "$uri $status $body_bytes_sent";
  access_log {folder}/access.log sent;
  server {{
    listen 127.0.0.1:{port} sndbuf=256k;
    root {files};
    location /throttled/ {{ alias {files}/; limit_rate {rate}; }}
  }}
}}
"""


class Nginx:
    """Serves a folder; ``/throttled/`` gives each connection ``rate`` bytes a second."""

    def __init__(self, files: Path, work: Path, *, rate: int = 20 << 20) -> None:
        self._folder = work / "nginx"
        self._files = files
        self._rate = rate
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Nginx:
        (self._folder / "tmp").mkdir(parents=True, exist_ok=True)
        config = self._folder / "nginx.conf"
        config.write_text(
            _CONFIG.format(
                user="user root;" if os.geteuid() == 0 else "",
                folder=self._folder,
                files=self._files,
                port=self.port,
                rate=self._rate,
            )
        )
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self._process = subprocess.Popen(
            [program, "-c", str(config), "-e", str(self._folder / "error.log")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _await_port(self.port)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    def url(self, name: str, *, throttled: bool = False) -> str:
        return f"http://127.0.0.1:{self.port}/{'throttled/' if throttled else ''}{name}"


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _await_port(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError("nginx did not start")
