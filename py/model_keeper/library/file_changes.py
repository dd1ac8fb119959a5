"""Taking the steps of a change, taking them back, and telling from the disk how far they came."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Action, Step
from model_keeper.domain.names import staging_name
from model_keeper.domain.ports import Control
from model_keeper.domain.seen_files import Seen
from model_keeper.library.copies import (
    Clone,
    Passed,
    copy_proven,
    same_bytes,
    share_blocks,
    uncounted,
)
from model_keeper.library.space import free_bytes
from model_keeper.library.tree_walk import identity_of

Publish = Callable[[Path, Path, Control], None]
"""Gives the first path the name of the second, never over another file.

Raises KeeperError destination_exists, …, OtherVolume, Interrupted.
"""
Link = Callable[[Path, Path], None]


class OtherVolume(Exception):  # noqa: N818 - the caller has another way
    """A rename would have to move bytes."""


class FileSteps:
    """Steps on real files. What it raises is about one step: KeeperError, OSError, OtherVolume."""

    def __init__(
        self, publish: Publish, *, link: Link | None = None, clone: Clone | None = None
    ) -> None:
        self._publish = publish
        self._link = link or hard_link
        self._clone = clone

    def take(self, step: Step, control: Control, passed: Passed = uncounted) -> str | None:
        """The SHA256 of what was copied, None for every other step.

        Raises KeeperError file_changed_since where the source is not what was planned for.
        """
        source, target = Path(step.source), Path(step.target)
        if not step.seen.is_still(seen(source)):
            raise KeeperError("file_changed_since", path=step.source)
        if step.action is Action.COMPARE:
            self._compare(step, control, passed)
        elif step.action is Action.MOVE:
            self._publish(source, target, control)
        elif step.action is Action.HARDLINK:
            target.parent.mkdir(parents=True, exist_ok=True)
            _name(target, lambda: self._link(source, target))
        elif step.action is Action.SYMLINK:
            target.parent.mkdir(parents=True, exist_ok=True)
            _name(target, lambda: target.symlink_to(step.text or ""))
        else:
            return self._duplicate(step, source, target, control, passed)
        return None

    def was_taken(self, step: Step) -> bool:
        """What the disk says of a step that was to be taken when the program ended.

        A move that was cut between its two halves (a second name, then the first one gone) counts
        as not taken; :meth:`take_back` ends it.
        """
        now = _seen_or_none(Path(step.target))
        if step.action is Action.COMPARE or now is None:
            return False
        if step.action is Action.MOVE:
            before = _seen_or_none(Path(step.source))
            elsewhere = before is None or (before.inode is not None and before.inode != now.inode)
            return elsewhere and step.seen.is_still(now)
        if step.action is Action.HARDLINK:
            return step.seen.is_still(now)
        if step.action is Action.SYMLINK:
            return now.link == step.text
        return step.seen.looks_like(now)

    @staticmethod
    def is_out_of_sight(step: Step) -> bool:
        """Whether neither name is there because a drive is off. Raises OSError."""
        source, target = Path(step.source), Path(step.target)
        if step.action is not Action.MOVE or _seen_or_none(source) or _seen_or_none(target):
            return False
        return not (source.parent.is_dir() and target.parent.is_dir())

    @staticmethod
    def tidy(step: Step) -> None:
        """Remove the second name that a step may have left which was cut at its very end."""
        if step.action in {Action.COPY, Action.REFLINK}:
            staging_of(step).unlink(missing_ok=True)

    def take_back(self, step: Step, control: Control, *, taken: bool) -> None:
        """Undo a step of an item that is not complete, ``taken`` or cut in the middle.

        Only a name that the step made is removed, and only while the same bytes are at the source:
        what cannot be proven stays. Raises KeeperError file_changed_since for that.
        """
        source, target = Path(step.source), Path(step.target)
        if step.action is Action.MOVE and taken:
            self._publish(target, source, control)
            return
        staging_of(step).unlink(missing_ok=True)
        if step.action is Action.COMPARE or not (taken or _is_half_moved(step)):
            return
        now = _seen_or_none(target)
        if now is None:
            return
        if not _repeats(step, now, control):
            raise KeeperError("file_changed_since", path=step.target)
        target.unlink()

    def _duplicate(
        self, step: Step, source: Path, target: Path, control: Control, passed: Passed
    ) -> str | None:
        sha256 = None
        staging = staging_of(step)
        staging.parent.mkdir(parents=True, exist_ok=True)
        staging.unlink(missing_ok=True)  # of an attempt that was cut
        free = free_bytes(staging.parent)
        if step.action is Action.COPY and free < step.seen.size:
            raise KeeperError(
                "disk_full", path=step.target, needed=f"{step.seen.size:,} bytes", free=f"{free:,}"
            )
        if step.action is Action.REFLINK:
            share_blocks(source, staging, self._clone)
        else:
            sha256 = copy_proven(source, staging, control, passed)
        try:
            self._publish(staging, target, control)
        except (KeeperError, OSError):
            staging.unlink(missing_ok=True)
            raise
        return sha256

    @staticmethod
    def _compare(step: Step, control: Control, passed: Passed) -> None:
        source, target = Path(step.source), Path(step.target)
        before = seen(target)
        same = same_bytes(source, target, control, passed)
        if not step.seen.is_still(seen(source)) or not before.is_still(seen(target)):
            raise KeeperError("file_changed_since", path=step.target)
        if not same:
            raise KeeperError("not_same_content", path=step.target, other=step.source)


def seen(path: Path) -> Seen:
    """The name as it is now, links not followed. Raises KeeperError file_not_found, OSError."""
    try:
        status = path.lstat()
        link = os.readlink(path) if stat.S_ISLNK(status.st_mode) else None  # noqa: PTH115 - text
    except (FileNotFoundError, NotADirectoryError):
        raise KeeperError("file_not_found", path=str(path)) from None
    if link is None and not stat.S_ISREG(status.st_mode):
        raise KeeperError("file_not_found", path=str(path))
    identity = identity_of(status, str(path))
    inode = None if identity.startswith("path:") else identity
    return Seen(0 if link else status.st_size, status.st_mtime_ns, inode, link)


def staging_of(step: Step) -> Path:
    """Where the bytes of a copy lie before they have their name: its own for each step."""
    target = Path(step.target)
    return target.with_name(staging_name(target.name, f"change:{step.source}"))


def hard_link(source: Path, target: Path) -> None:
    """Another name of the file, or of the link, itself. Raises FileExistsError, OSError."""
    if os.link in os.supports_follow_symlinks:
        os.link(source, target, follow_symlinks=False)
    else:
        os.link(source, target)


def taken_names(paths: Iterable[Path]) -> list[Path]:
    """Those that are the name of something, dangling links included."""
    return [path for path in paths if os.path.lexists(path)]


def _is_half_moved(step: Step) -> bool:
    """Whether source and target are two names of the one file that was to be moved."""
    one, other = _seen_or_none(Path(step.source)), _seen_or_none(Path(step.target))
    if step.action is not Action.MOVE or one is None or other is None:
        return False
    return one.inode is not None and one.inode == other.inode and step.seen.is_still(one)


def _repeats(step: Step, now: Seen, control: Control) -> bool:
    """Whether the target, which is ``now``, only says again what is still at the source."""
    source = Path(step.source)
    origin = _seen_or_none(source)
    if origin is None or not step.seen.is_still(origin):
        return False
    if step.action is Action.SYMLINK:
        return now.link == step.text
    if step.action in {Action.HARDLINK, Action.MOVE}:
        return now.inode is not None and now.inode == origin.inode
    return step.seen.looks_like(now) and same_bytes(source, Path(step.target), control)


def _name(target: Path, make: Callable[[], None]) -> None:
    try:
        make()
    except FileExistsError:
        raise KeeperError("destination_exists", path=str(target)) from None
    except OSError as exc:
        if exc.errno == errno.EXDEV:
            raise OtherVolume from exc
        raise


def _seen_or_none(path: Path) -> Seen | None:
    try:
        return seen(path)
    except KeeperError:
        return None
