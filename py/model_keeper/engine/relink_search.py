"""The search for one relink: what the library offers, step by step until one step is certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from model_keeper.domain.candidates import Evidence
from model_keeper.domain.model_files import LibraryLookup, ModelFile
from model_keeper.domain.references import ReferenceKind
from model_keeper.domain.relinks import (
    BROKEN,
    CLAIMED,
    EXACT_PATH,
    OFFLINE,
    OTHER_CONTENT,
    SAME_HASH,
    SAME_SIZE,
    SEPARATORS,
    SEVERAL,
    UNKNOWN_CATEGORY,
    UNPROVEN,
    UNWRITABLE,
    Relink,
    RelinkStatus,
    Sought,
    difference,
    nearest,
    one_content,
)
from model_keeper.domain.spellings import can_be_said, meant_names, relative_names, spelled


class RelinkSearch:
    """Looks for the file that ``value`` means. Asks the index only, never a disk.

    What :meth:`learn` is told counts like a hash of the index.
    """

    def __init__(
        self,
        library: LibraryLookup,
        sought: Sought,
        value: str,
        kind: ReferenceKind,
        *,
        windows: bool,
    ) -> None:
        self._library = library
        self._sought = sought
        self._value = value
        self._kind = kind
        self._windows = windows
        self._learned: dict[str, ModelFile] = {}

    def learn(self, file: ModelFile, sha256: str) -> None:
        """``file`` was hashed just now."""
        self._learned[file.path] = replace(file, hashes={**file.hashes, "sha256": sha256.lower()})

    def answer(self) -> Relink:
        found = self._at_its_path() or self._by_hash() or self._by_name() or self._by_claim()
        found = found or self._nothing()
        by_path = {file.path: file for file in self._nearest_first(found.to_hash)}
        return replace(found, elsewhere=self._elsewhere(), to_hash=tuple(by_path.values()))

    def _at_its_path(self) -> Relink | None:
        file = self._at_path()
        if file is None or self._sought.contradicts(file):
            return None
        proof = (SAME_HASH,) if self._sought.proves(file) else ()
        if not self._is_found_as_written(file):
            is_sure = self._sought.accepts(file)
            return self._relink([file], SEPARATORS, *proof) if is_sure else None
        if self._sought.hashes and not proof:
            doubt = (EXACT_PATH, UNPROVEN)
            return Relink(RelinkStatus.ON_DISK, file=file, evidence=doubt, to_hash=(file,))
        return Relink(RelinkStatus.ON_DISK, file=file, evidence=(EXACT_PATH, *proof))

    def _by_hash(self) -> Relink | None:
        proven = [file for file in self._proven() if self._sought.looks_in(file)]
        return self._chosen(self._reachable(proven), SAME_HASH)

    def _by_name(self) -> Relink | None:
        possible = [
            file
            for file in self._named()
            if not self._sought.contradicts(file) and file.header.problem is None
        ]
        files = self._reachable(possible)
        unhashed = tuple(file for file in files if file.sha256 is None)
        unproven = [file for file in files if not self._sought.accepts(file)]
        if unproven and one_content(files):
            return self._ambiguous(files, UNPROVEN, to_hash=unhashed)
        if files and self._sought.category is None and not self._is_anything_known:
            return self._ambiguous(files, UNKNOWN_CATEGORY)
        found = self._chosen(files, *([SAME_SIZE] if self._sought.size else []))
        if found is not None and found.status is RelinkStatus.AMBIGUOUS:
            may_agree = bool(self._sought.hashes) or len({file.size for file in files}) == 1
            return replace(found, to_hash=unhashed if may_agree else ())
        return found

    def _by_claim(self) -> Relink | None:
        claimed = [
            file
            for file in self._with_hash()
            if file.sha256 is None and self._sought.looks_in(file)
            if not self._sought.contradicts(file)
        ]
        return self._ambiguous(claimed, CLAIMED, to_hash=tuple(claimed)) if claimed else None

    def _nothing(self) -> Relink:
        occupant = self._at_path()
        if occupant is not None:  # it lies there, and something known speaks against it
            return self._ambiguous([occupant], OTHER_CONTENT, to_hash=self._same_size())
        evidence = []
        if any(not file.online for file in self._every_named()) or any(
            not file.online for file in self._with_hash(offline=True)
        ):
            evidence.append(OFFLINE)
        named = list(self._named())
        if any(file.header.problem is not None for file in named):
            evidence.append(BROKEN)
        if any(self._sought.contradicts(file) for file in named):
            evidence.append(OTHER_CONTENT)
        return Relink(RelinkStatus.ABSENT, to_hash=self._same_size(), evidence=tuple(evidence))

    def _chosen(self, files: Sequence[ModelFile], *why: Evidence) -> Relink | None:
        """The nearest of ``files`` where they are all the same; a question where they are not."""
        if not files:
            return None
        if not one_content(files):
            return self._ambiguous(files, SEVERAL, *why)
        values = {self._spelled(file) for file in files}
        if self._sought.category is None and len(values) > 1:
            return self._ambiguous(files, UNKNOWN_CATEGORY, *why)
        return self._relink(files, *why, difference(self._sought, nearest(self._sought, files)))

    def _relink(self, files: Sequence[ModelFile], *why: Evidence) -> Relink:
        file = nearest(self._sought, files)
        value = self._spelled(file)
        if not can_be_said(value, self._kind):
            return self._ambiguous(files, UNWRITABLE, *why)
        return Relink(RelinkStatus.RELINK, value=value, file=file, evidence=why)

    def _ambiguous(
        self,
        files: Sequence[ModelFile],
        *why: Evidence,
        to_hash: tuple[ModelFile, ...] = (),
    ) -> Relink:
        ordered = self._nearest_first(files)
        return Relink(RelinkStatus.AMBIGUOUS, candidates=ordered, to_hash=to_hash, evidence=why)

    def _elsewhere(self) -> tuple[ModelFile, ...]:
        others = [file for file in self._proven() if not self._sought.looks_in(file)]
        places = {(file.category, file.path): file for file in others}
        return self._nearest_first(places.values())

    def _nearest_first(self, files: Iterable[ModelFile]) -> tuple[ModelFile, ...]:
        return tuple(sorted(files, key=self._sought.nearness))

    @property
    def _is_anything_known(self) -> bool:
        return bool(self._sought.hashes) or self._sought.size is not None

    def _at_path(self) -> ModelFile | None:
        """What lies at the path that is written, else at the one that its author meant."""
        return self._loaded(self._value) or self._first(meant_names(self._value, self._kind))

    def _is_found_as_written(self, file: ModelFile) -> bool:
        names = relative_names(self._value, self._kind, windows=self._windows)
        if self._kind is ReferenceKind.EMBEDDING:  # opened by its path, not looked up in a list
            return file.relative in names
        return file.relative in names and self._spelled(file) == self._value

    def _reachable(self, files: Iterable[ModelFile]) -> list[ModelFile]:
        """Those that a loader gets for their own path: an earlier root may hide them."""
        reachable = []
        places = {(file.category, file.path): file for file in files}
        for file in places.values():
            loaded = self._loaded(self._spelled(file), category=file.category)
            if loaded is not None and one_content((loaded, file)):
                reachable.append(file)
        return reachable

    def _loaded(self, value: str, *, category: str | None = None) -> ModelFile | None:
        """The file that a loader gets for ``value``."""
        names = relative_names(value, self._kind, windows=self._windows)
        return self._first(names, category=category)

    def _first(self, names: Iterable[str], *, category: str | None = None) -> ModelFile | None:
        category = category or self._sought.category
        for name in names:
            if category is None:
                rows = self._library.named(PurePosixPath(name).name)
                files = [file for file in rows if file.relative == name]
            else:
                files = list(self._library.at(category, name))
            for file in self._known(files):
                return file
        return None

    def _spelled(self, file: ModelFile) -> str:
        return spelled(file.relative, self._value, self._kind, windows=self._windows)

    def _named(self) -> Iterator[ModelFile]:
        return self._known(self._every_named())

    def _every_named(self) -> Iterator[ModelFile]:
        """Files of the wanted name in the category, those of drives that are away too."""
        for name in meant_names(self._value, self._kind):
            for file in self._library.named(PurePosixPath(name).name):
                if self._sought.looks_in(file):
                    yield file

    def _with_hash(self, *, offline: bool = False) -> list[ModelFile]:
        hashes = sorted(self._sought.hashes)
        rows = [file for digest in hashes for file in self._library.with_sha256(digest)]
        return rows if offline else list(self._known(rows))

    def _proven(self) -> list[ModelFile]:
        rows = (*self._with_hash(), *self._learned.values())
        return [file for file in rows if self._sought.proves(file)]

    def _same_size(self) -> tuple[ModelFile, ...]:
        """Files that may be the wanted one under another name, or in another category."""
        if not self._sought.hashes or self._sought.size is None:
            return ()
        rows = self._known(self._library.with_size(self._sought.size))
        return tuple(file for file in rows if file.sha256 is None)

    def _known(self, files: Iterable[ModelFile]) -> Iterator[ModelFile]:
        """Those that can be read now, with what was learned of them."""
        for file in files:
            if file.online:
                yield self._learned_of(file)

    def _learned_of(self, file: ModelFile) -> ModelFile:
        learned = self._learned.get(file.path)
        return replace(file, hashes=learned.hashes) if learned else file
