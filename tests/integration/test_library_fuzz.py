"""Thousands of changes with kills in between: every byte that could be reached still can be.

``MODEL_KEEPER_FUZZ_OPERATIONS`` and ``MODEL_KEEPER_FUZZ_SEED`` make it longer and repeat a run.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.downloads import Destination
from model_keeper.domain.duplicates import Freeing
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import TRASH_FOLDER, Action, Change, Step
from model_keeper.domain.ports import Control
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.library.file_changes import FileSteps, OtherVolume, Publish, hard_link
from tests.doubles import FreeControl
from tests.integration.changed_library import ChangedLibrary, contents_below

OPERATIONS = int(os.environ.get("MODEL_KEEPER_FUZZ_OPERATIONS", "800"))
SEED = int(os.environ.get("MODEL_KEEPER_FUZZ_SEED") or random.SystemRandom().randrange(2**32))

STEMS = ("a", "b", "a.b", "model-ü", "c")
ENDINGS = (".safetensors", ".ckpt")
TAILS = (".info", ".civitai.info", ".preview.png", ".md")
FOLDERS = ("", "x/", "x/y/", "within/")


class Killed(BaseException):
    """The process ended here: no handler of errors sees it."""


class Fuse:
    """Blows at one of the points that the code passes."""

    def __init__(self) -> None:
        self.left = -1
        self.blown = 0

    def point(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.blown += 1
            raise Killed

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            self.point()
            result = call(*args, **kwargs)
            self.point()
            return result

        return watched


class WatchedControl(FreeControl):
    """Passes a point wherever the work looks whether it shall stop: in the middle of a copy too."""

    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self._fuse = fuse

    def check(self) -> None:
        self._fuse.point()


class Nobody(ChangeFollower):
    """The index is not what this is about."""

    def __init__(self) -> None: ...

    def known_sha256(self, path: str) -> str | None:
        return None

    def finished(self, step: Step, sha256: str | None) -> None: ...

    def carry(self, steps: Sequence[Step]) -> None: ...


def raced(publish: Publish, somebody: Callable[[Path], None]) -> Publish:
    """Somebody else may take the name at the last moment."""

    def move(source: Path, target: Path, control: Control) -> None:
        somebody(target)
        publish(source, target, control)

    return move


def half_moves(publish: Publish, fuse: Fuse, chance: random.Random) -> Publish:
    """Now and then as on a file system that links and unlinks instead of renaming."""

    def move(source: Path, target: Path, control: Control) -> None:
        if source.is_symlink() or chance.random() > 0.3:
            publish(source, target, control)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except FileExistsError:
            raise KeeperError("destination_exists", path=str(target)) from None
        except OSError:
            raise OtherVolume from None
        fuse.point()
        source.unlink()

    return move


def apart_by_letters(publish: Publish, second: Path) -> Publish:
    """Two volumes where the machine has one: what crosses over cannot be renamed."""

    def move(source: Path, target: Path, control: Control) -> None:
        if source.is_relative_to(second) != target.is_relative_to(second):
            raise OtherVolume
        publish(source, target, control)

    return move


class World:
    """The library, what is done to it, and what has to be true of it."""

    def __init__(self, folder: Path, second: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fuse = Fuse()
        self.library = ChangedLibrary(folder, second=second, kept_ms=None)
        library = self.library
        publish = library.steps._publish
        if folder.stat().st_dev == second.stat().st_dev:
            publish = apart_by_letters(publish, second)
        publish = half_moves(self.fuse.around(publish), self.fuse, self.chance)
        publish = raced(publish, self.somebody_is_quicker)
        library.runner._steps = FileSteps(
            publish, link=self.fuse.around(hard_link), clone=self.fuse.around(_clone)
        )
        library.runner._follow = Nobody()
        numbers = iter(range(10**9))
        library.runner._new_id = lambda: f"change-{next(numbers)}"
        journal: Any = library.store.file_changes
        for name in ("begin", "plan_again", "settle", "close"):
            setattr(journal, name, self.fuse.around(getattr(journal, name)))
        self.control = WatchedControl(self.fuse)
        self.made = 0
        self.codes: dict[str, int] = {}
        self.strangers: set[Path] = set()
        self.outside = second / "outside"
        self._furnish()
        self.contents = self.reachable()

    def _furnish(self) -> None:
        loras = self.library.models / "loras"
        (loras / "within").mkdir()
        (loras / "alias").symlink_to(loras / "within")
        self.outside.mkdir()
        (loras / "door").symlink_to(self.outside)
        for root in (loras, self.library.models / "vae", self.library.other):
            for stem in STEMS:
                self.make(root / f"{stem}{self.chance.choice(ENDINGS)}")
                self.make(root / f"{stem}{self.chance.choice(TAILS)}")
        self.make(self.outside / "beyond.safetensors")
        (loras / "soft.safetensors").symlink_to("within/../a.safetensors")
        (loras / "x").mkdir()
        (loras / "x" / "abs.safetensors").symlink_to(self.library.other / "b.ckpt")
        for name in ("b.safetensors", "c.safetensors", "c.ckpt"):
            if (loras / name).exists():
                os.link(loras / name, self.library.models / "vae" / f"hard-{name}")

    def make(self, path: Path, content: bytes | None = None) -> None:
        self.made += 1
        path.write_bytes(content or b"content %d" % self.made)

    def reachable(self) -> set[bytes]:
        return contents_below(self.library.models, self.library.other, self.outside)

    def models(self) -> list[Destination]:
        found = []
        for root in self.library.table.roots.values():
            for each in root:
                for folder, _, names in os.walk(each.path, followlinks=True):
                    if TRASH_FOLDER not in folder:
                        prefix = f"{folder}/".removeprefix(f"{each.path}/")
                        found += [
                            Destination(each.category, each.path, prefix + name)
                            for name in names
                            if name.endswith(ENDINGS)
                        ]
        return sorted(found, key=lambda place: place.path)

    def somewhere(self, ending: str) -> Destination:
        category = self.chance.choice(("loras", "vae"))
        root = self.chance.choice(self.library.table.roots[category])
        folder = self.chance.choice((*FOLDERS, "alias/", "door/", "../"))
        stem = self.chance.choice((*STEMS, f"new{self.chance.randrange(50)}"))
        return Destination(category, root.path, f"{folder}{stem}{ending}")

    def operate(self) -> None:
        """One operation, killed somewhere in it or not; then what the next start does."""
        changes = (self.move, self.move, self.rename, self.trash, self.restore, self.dedupe)
        action = self.chance.choice((*changes, *[self.undo] * 3, self.interfere))
        self.fuse.left = self.chance.randrange(1, 25) if self.chance.random() < 0.4 else -1
        try:
            self.note(action())
        except Killed:
            assert self.contents <= self.reachable()
            if self.chance.random() < 0.3:
                self.remove_what_was_copied()
            self.start_again()
        except KeeperError as exc:
            self.codes[exc.code] = self.codes.get(exc.code, 0) + 1
        self.fuse.left = -1

    def note(self, change: Change | None) -> None:
        for item in change.items if change else ():
            code = item.error_code or f"{change.kind.value} done" if change else ""
            self.codes[code] = self.codes.get(code, 0) + 1

    def start_again(self) -> None:
        self.fuse.left = self.chance.randrange(1, 12) if self.chance.random() < 0.4 else -1
        try:
            self.library.changes.settle_cut()
        except Killed:
            assert self.contents <= self.reachable()
            self.fuse.left = -1
            self.library.changes.settle_cut()

    def some(self) -> Destination:
        return self.chance.choice(self.models())

    def move(self) -> Change:
        chosen = [self.some() for _ in range(self.chance.choice((1, 1, 2)))]
        moves = [(each, self.somewhere(Path(each.relative).suffix)) for each in chosen]
        return self.library.changes.move(moves, control=self.control)

    def rename(self) -> Change:
        model = self.some()
        name = self.chance.choice((*STEMS, f"n{self.chance.randrange(50)}"))
        return self.library.changes.rename(model, name + Path(model.relative).suffix)

    def trash(self) -> Change:
        return self.library.changes.trash([self.some()], control=self.control)

    def restore(self) -> Change | None:
        items = sorted(self.library.changes.trashed())
        if not items:
            return None
        to = self.somewhere(self.chance.choice(ENDINGS)) if self.chance.random() < 0.5 else None
        return self.library.changes.restore(self.chance.choice(items), to=to)

    def dedupe(self) -> Change:
        keep, other = self.some(), self.some()
        paths = [Path(keep.path), Path(other.path)]
        if self.chance.random() < 0.7 and all(path.is_file() for path in paths):
            place = self.somewhere(".safetensors")
            if ".." not in place.path and not os.path.lexists(place.path):
                Path(place.path).parent.mkdir(parents=True, exist_ok=True)
                self.make(Path(place.path), paths[0].read_bytes())
                other = place
        how = self.chance.choice(list(Freeing))
        return self.library.duplicates.replace(keep.path, [other.path], how, control=self.control)

    def undo(self) -> Change | None:
        latest = [change for change in self.library.changes.latest(12) if change.can_be_undone]
        if not latest:
            return None
        return self.library.changes.undo(self.chance.choice(latest).id, control=self.control)

    def interfere(self) -> None:
        """Somebody else makes a file, or touches one."""
        place = self.somewhere(self.chance.choice((*ENDINGS, *TAILS)))
        path = Path(place.path)
        if ".." in place.path or not path.parent.is_dir():
            return
        if not os.path.lexists(path):
            self.make(path)
            self.contents.add(path.read_bytes())
        elif path.is_file():
            os.utime(path)

    def somebody_is_quicker(self, target: Path) -> None:
        if self.chance.random() < 0.03 and target.parent.is_dir() and not os.path.lexists(target):
            self.make(target)
            self.contents.add(target.read_bytes())
            self.strangers.add(target)

    def remove_what_was_copied(self) -> None:
        """A person tidies up between the end of the program and its next start."""
        for change in self.library.store.file_changes.open("here"):
            for step in (step for item in change.items for step in item.steps):
                places = Path(step.source), Path(step.target)
                copied = step.action in {Action.COPY, Action.REFLINK, Action.HARDLINK}
                if copied and all(path.is_file() for path in places):
                    content, copy = (path.read_bytes() for path in places)
                    if content == copy:
                        places[0].unlink()

    def has_come_to_rest(self) -> None:
        """Nothing is under way, and the manifest names what lies in the trash and nothing else."""
        assert self.library.store.file_changes.open("here") == []
        tops = (self.library.models, self.library.other, self.outside)
        files = [path for top in tops for path in top.rglob("*") if not path.is_dir()]
        assert [path for path in files if path.name.endswith(".part")] == []
        slots = {_real(path) for path in files if path.parent.name == TRASH_FOLDER}
        known = {_real(Path(file.slot)) for file in self.library.trashed()}
        strange = {_real(path) for path in self.strangers}
        assert known - slots == set()
        assert slots - known <= strange


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path.parent), path.name)


def _clone(copy: int, origin: int) -> None:
    os.write(copy, os.pread(origin, 1 << 20, 0))


@pytest.fixture
def quick() -> Iterator[Path]:
    """A folder in memory where there is one: another volume than that of ``tmp_path``, mostly."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        yield Path(name)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.timeout(300 + OPERATIONS // 5)
def test_every_byte_stays_reachable(quick: Path, tmp_path: Path) -> None:
    print(f"MODEL_KEEPER_FUZZ_SEED={SEED} MODEL_KEEPER_FUZZ_OPERATIONS={OPERATIONS}")
    world = World(quick, tmp_path, SEED)
    for number in range(OPERATIONS):
        world.operate()
        missing = world.contents - world.reachable()
        assert not missing, f"operation {number} of seed {SEED} lost {missing}"
        if number % 50 == 0:
            world.has_come_to_rest()
    world.has_come_to_rest()
    print(world.codes, world.fuse.blown)
    if OPERATIONS >= 500:
        done = {code for code in world.codes if code.endswith(" done")}
        kinds = ("move", "rename", "trash", "restore", "dedupe", "undo")
        assert done == {f"{kind} done" for kind in kinds}
        assert world.fuse.blown > OPERATIONS / 20
    purged = world.library.changes.purge(list(world.library.changes.trashed()))
    assert purged.problems == ()
    assert world.library.changes.trashed() == {}
    world.library.close()
    shutil.rmtree(quick / "models")
