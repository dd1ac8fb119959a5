"""A library that nobody described, brought to all that can be known of it, through kills.

``python -m tests.integration.unknown_library [--models 2000] [--seed 0]``: most of the models are
known to a fake Civitai, some to a fake Hub, some say something in their own headers, and some are
known to nobody. One refresh, whose worker is killed twice, has to leave exactly those incomplete of
which nobody knows enough; then everything is thrown away, and taken back.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from model_keeper.domain.downloads import Destination
from model_keeper.domain.jobs import Job, JobState
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from model_keeper.testing.server import Reply, Request
from tests.integration.keeper import Keeper
from tests.integration.patience import PATIENCE

BY_HASH = "/api/v1/model-versions/by-hash"
_LONG_AGO_NS = 1_600_000_000_000_000_000
_CARD = (
    "---\nbase_model: stabilityai/stable-diffusion-xl-base-1.0\n---\n"
    "# {name}\n\nIt turns words into numbers, and it does so rather well.\n"
)
_SAID_BY_ANOTHER_TOOL = {
    "name_for_display": "Well described",
    "description": "Another tool has written all that there is to say.",
    "trigger_words": ["described"],
    "base_model": "SDXL 1.0",
    "source": "civitai",
    "source_url": "https://civitai.com/models/1",
}


@dataclass(frozen=True)
class Report:
    """What a run came to. ``beyond``: incomplete models of which somebody knows enough."""

    models: int
    incomplete: int
    unknowable: int
    beyond: tuple[str, ...]
    surprising: tuple[str, ...]  # complete although nobody knows them
    failed: int
    hash_requests: int
    kills: int
    previews: int
    without_preview: int
    lost_files: tuple[str, ...]

    @property
    def holds(self) -> bool:
        exact = not self.beyond and not self.surprising
        return exact and self.hash_requests <= 30 and self.kills == 2 and not self.lost_files


class Kills:
    """Lets the worker be killed in the middle of requests, by their numbers."""

    def __init__(self, *numbers: int) -> None:
        self._numbers = list(numbers)
        self._count = 0
        self._lock = threading.Lock()
        self.due = threading.Event()
        self._done = threading.Event()

    def __call__(self, request: Request) -> Reply | None:
        """An answer that is on its way while the worker dies is nobody's."""
        del request
        with self._lock:
            self._count += 1
            mine = bool(self._numbers) and self._count >= self._numbers[0]
            if mine:
                self._numbers.pop(0)
                self._done.clear()
                self.due.set()
        if mine:
            self._done.wait(PATIENCE)
        return None

    def run(self, kill: Callable[[], object], times: int) -> None:
        for _ in range(times):
            if not self.due.wait(PATIENCE):
                raise AssertionError("nobody was asked often enough")
            self.due.clear()
            kill()
            self._done.set()


class UnknownLibrary:
    """Files in three categories, and what is known of them where."""

    def __init__(
        self,
        models: Path,
        civitai: FakeCivitai,
        hub: FakeHub,
        pictures: Origin,
        chance: random.Random,
    ) -> None:
        self._models = models
        self._civitai = civitai
        self._hub = hub
        self._pictures = pictures
        self._chance = chance
        self.unknowable: set[str] = set()

    def fill(self, count: int) -> None:
        """Of every ten models six are on Civitai, two on the Hub, one says something itself."""
        for category in ("loras", "text_encoders", "vae"):
            (self._models / category).mkdir(parents=True, exist_ok=True)
        kinds = [self._on_civitai] * 6
        kinds += [self._linked_to_hub, self._named_as_on_hub, self._said_by_header, self._unknown]
        numbers = list(range(count))
        self._chance.shuffle(numbers)
        for place, number in enumerate(numbers):
            kinds[place % 10](number)

    def _on_civitai(self, number: int) -> None:
        name = f"style-{number:05}"
        content = self._write("loras", name, number)
        if number % 4 == 0:  # described by another tool, though not well
            beside = {"description": "", "notes": "mine", "activation text": "old words"}
            (self._models / f"loras/{name}.json").write_text(json.dumps(beside))
        picture = self._pictures.add(f"{number}.png", _picture(number), "honest")
        self._civitai.add(
            number + 1,
            number + 1,
            {f"{name}.safetensors": content},
            title=f"Style {number}",
            more={"baseModel": "SDXL 1.0", "images": [{"url": picture, "nsfwLevel": 1}]},
            about={"description": f"<p>It looks like number {number}.</p>"},
        )

    def _linked_to_hub(self, number: int) -> None:
        name = f"encoder-{number:05}"
        self._publish_on_hub("text_encoders", name, number)
        url = f"https://huggingface.co/makers/{name}/resolve/main/{name}.safetensors"
        note = self._models / f"text_encoders/{name}.safetensors.dl-meta"
        note.write_text(json.dumps({"url": url}))

    def _named_as_on_hub(self, number: int) -> None:
        self._publish_on_hub("vae", f"decoder-{number:05}", number)

    def _publish_on_hub(self, category: str, name: str, number: int) -> None:
        content = self._write(category, name, number)
        self._hub.add(f"makers/{name}", f"{name}.safetensors", content)
        card = _CARD.format(name=name).encode()
        self._hub.add(f"makers/{name}", "README.md", card, small=True)

    def _said_by_header(self, number: int) -> None:
        """A title and a description, but no provider: that will never be complete."""
        said = {"modelspec.title": f"Own {number}", "modelspec.description": "Trained at home."}
        name = f"own-{number:05}"
        self._write("text_encoders", name, number, said)
        self.unknowable.add(f"{name}.safetensors")

    def _unknown(self, number: int) -> None:
        name = f"nobody-{number:05}"
        self._write("loras", name, number)
        if number % 3 == 0:
            beside = self._models / f"loras/{name}.info"
            picture = self._pictures.add(f"{number}.png", _picture(number), "honest")
            beside.write_text(json.dumps({**_SAID_BY_ANOTHER_TOOL, "preview_url": picture}))
            return
        self.unknowable.add(f"{name}.safetensors")
        if number % 3 == 1:
            (self._models / f"loras/{name}.safetensors").write_bytes(b"cut off" * number)

    def _write(
        self, category: str, name: str, number: int, said: dict[str, str] | None = None
    ) -> bytes:
        content = safetensors(1_000, seed=number, metadata=said)
        path = self._models / category / f"{name}.safetensors"
        path.write_bytes(content)
        changed = _LONG_AGO_NS + 1_000_000 * number
        os.utime(path, ns=(changed, changed))
        return content


def run(folder: Path, count: int, seed: int) -> Report:
    """Fill a library of ``count`` models below ``folder``, and bring it to what can be known."""
    models = folder / "models"
    kills = Kills(max(2, count // 100), max(15, count // 10))
    with FakeCivitai() as civitai, FakeHub() as hub, Origin() as pictures:
        library = UnknownLibrary(models, civitai, hub, pictures, random.Random(seed))
        library.fill(count)
        civitai.instead = hub.instead = kills
        hosts = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, "HF_ENDPOINT": hub.url}
        with Keeper(folder, hosts, models_dir=str(models)) as keeper:
            host = keeper.host
            host.ensure_worker()
            _ended(keeper, host.library.models.request_scan(host.model_folders()).job)
            refresh = host.library.refreshes.request().job
            host.ensure_worker()
            killer = threading.Thread(target=kills.run, args=(keeper.kill_worker, 2))
            killer.start()
            done = _ended(keeper, refresh)
            killer.join(PATIENCE)
            asked = len(civitai.server.records(BY_HASH))
            incomplete = {found.file.name for found in host.library.models.walk("is:incomplete")}
            repaired = _ended(keeper, host.library.repairs.request().job)
            shown = [
                found.has_preview for found in host.library.models.walk("category:loras -nobody")
            ]
            return Report(
                models=count,
                incomplete=len(incomplete),
                unknowable=len(library.unknowable),
                beyond=tuple(sorted(incomplete - library.unknowable)),
                surprising=tuple(sorted(library.unknowable - incomplete)),
                failed=int(done.result["failed"]),
                hash_requests=asked,
                kills=2 if not killer.is_alive() else 0,
                previews=int(repaired.result["changed"]),
                without_preview=shown.count(False),
                lost_files=_thrown_away_and_taken_back(keeper),
            )


def _thrown_away_and_taken_back(keeper: Keeper) -> tuple[str, ...]:
    """The files that are not what they were after all models were in the trash."""
    before = _digests(keeper.models)
    changes = keeper.host.library.changes
    places = [
        Destination(found.file.category, found.file.root, found.file.relative)
        for found in keeper.host.library.models.walk()
    ]
    thrown = changes.trash(places)
    left = [path for path in keeper.models.rglob("*.safetensors") if path.is_file()]
    changes.undo(thrown.id)
    after = _digests(keeper.models)
    changed = {name for name in before if after.get(name) != before[name]}
    return tuple(sorted({*changed, *(path.name for path in left)}))


def _digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _ended(keeper: Keeper, job: Job) -> Job:
    keeper.host.ensure_worker()
    ended = keeper.wait(job.id)
    assert ended.state is JobState.SUCCEEDED, (ended.error_code, ended.error_details)
    return ended


def _picture(number: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 64), (number % 256, number // 256 % 256, 99)).save(made, "PNG")
    return made.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.integration.unknown_library")
    parser.add_argument("--models", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = run(Path(folder), chosen.models, chosen.seed)
    print(json.dumps({**asdict(report), "holds": report.holds}, indent=2))
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main())
