"""A host of pictures that answers each address as it is told, and what a recovery is made of."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from model_keeper.domain.downloads import Destination
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.preview_policy import PreviewPolicy
from model_keeper.engine.known_pictures import KnownPictures
from model_keeper.engine.preview_recovery import PreviewRecovery
from model_keeper.engine.previews import ModelPreviews
from model_keeper.library.picture_files import MOST_BYTES
from model_keeper.library.sidecars import Sidecars
from model_keeper.providers.pictures import PictureAddresses
from model_keeper.testing.model_files import lying_safetensors
from model_keeper.testing.server import Bytes, LoopbackServer, Reply, Request
from tests.doubles import FakeClock
from tests.integration.search_clients import loopback_client

#: Their names say all: what they answer is asked for by path.
REFUSALS = {"403": 403, "404": 404, "410": 410, "429": 429, "500": 500, "503": 503, "418": 418}
PAGE = b"<!doctype html><title>Sign in</title>"


class Huge:
    """More bytes than anybody wants, in memory nowhere. It begins like a JPEG."""

    size = 300 << 20

    def read_at(self, offset: int, length: int) -> bytes:
        count = min(length, self.size - offset)
        return (b"\xff\xd8\xff\xe0" if offset == 0 else b"") + bytes(count - 4 * (offset == 0))


class PictureHost:
    """Answers ``/NAME`` with what was added under the name. Use it in ``with``."""

    def __init__(self) -> None:
        self._replies: dict[str, Reply] = {}
        self._gate = threading.Event()
        self.server = LoopbackServer(self._answer)

    def add(self, name: str, data: bytes, kind: str = "image/jpeg") -> str:
        return self.answers(name, Reply(200, {"Content-Type": kind}, Bytes(data)))

    def answers(self, name: str, reply: Reply) -> str:
        """What it answers there; the address."""
        self._replies["/" + name] = reply
        return f"{self.server.url}/{name}"

    def redirects(self, name: str, target: str) -> str:
        return self.answers(name, Reply(302, {"Location": target}))

    def asked(self) -> list[str]:
        return [record.path for record in self.server.records()]

    def _answer(self, request: Request) -> Reply:
        status = REFUSALS.get(request.path.strip("/"))
        if status is not None:
            return Reply(status, {"Content-Type": "text/html"}, Bytes(PAGE))
        return self._replies.get(request.path, Reply(404, {}, Bytes(PAGE)))

    def __enter__(self) -> PictureHost:
        self.server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.server.stop()


class Shelf:
    """Models of one folder, and all that finds previews for them. Close it."""

    def __init__(self, folder: Path, allow: tuple[str, ...] = ("127.0.0.1",)) -> None:
        self.loras = folder / "loras"
        self.loras.mkdir()
        self.state = folder / "state"
        self.table = FolderTable(
            {"loras": (Root("loras", str(self.loras)),)}, {"loras": (".safetensors",)}
        )
        self.policy = PreviewPolicy()
        clock = FakeClock()
        self.previews = ModelPreviews(self.state / "previews", clock, lambda: 1 << 20)
        self._client = loopback_client(clock, allow=allow)
        self.addresses = PictureAddresses(self._client, clock, most_bytes=MOST_BYTES, allow=allow)
        self.sidecars = Sidecars(self.state / "sidecars")
        self.recovery = PreviewRecovery(
            self.previews,
            KnownPictures(self.previews.files, self.sidecars, self.addresses),
            lambda: self.policy,
        )

    def model(
        self, name: str = "a", addresses: Iterable[str | dict[str, Any]] = (), **header: str
    ) -> Destination:
        """A model whose metadata names these addresses of pictures."""
        head = {"__metadata__": header, "x": _TENSOR}
        (self.loras / f"{name}.safetensors").write_bytes(lying_safetensors(head, bytes(2)))
        rows = [{"url": row} if isinstance(row, str) else row for row in addresses]
        if rows:
            origin = {"owner": "provider", "name": "civitai"}
            said = {"name": name, "preview": rows, "provenance": {"preview": origin}}
            (self.loras / f"{name}.info").write_text(json.dumps(said), encoding="utf-8")
        return self.table.existing("loras", 0, f"{name}.safetensors")

    def recover(self, place: Destination, **how: Any) -> str:
        return self.recovery.recover(self.table, place, **how).value

    def pictures(self) -> dict[str, bytes]:
        """What lies in the folder beside models and what is written of them."""
        return {
            path.name: path.read_bytes()
            for path in sorted(self.loras.iterdir())
            if path.suffix not in {".safetensors", ".info"}
        }

    def close(self) -> None:
        self.previews.close()
        self._client.close()


_TENSOR = {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}
