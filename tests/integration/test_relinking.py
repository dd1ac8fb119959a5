"""Sixty workflows beside libraries where their files were moved: all linked, none wrongly."""

from __future__ import annotations

import hashlib
import os
import random
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.references import Reference
from model_keeper.domain.relinks import UNPROVEN, Relink, RelinkStatus
from model_keeper.engine.relinking import Relinker, relink_changes
from model_keeper.library.contents import Contents
from model_keeper.library.index import LibraryIndex, open_index
from model_keeper.library.scan import Scan
from model_keeper.workflows.patch import patched
from tests.integration.relink_pairs import Case, Pair, pairs, places

PAIRS = 60


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("RELINK_SEED", random.SystemRandom().randrange(2**32)))


@pytest.mark.skipif(os.name == "nt", reason="its loader is the one of POSIX")
@pytest.mark.parametrize("is_hashed", [True, False])
def test_moved_files_are_linked_and_decoys_never(
    tmp_path: Path, seed: int, is_hashed: bool
) -> None:
    print(f"RELINK_SEED={seed}")
    counts: Counter[str] = Counter()
    for pair in pairs(seed, tmp_path, PAIRS):
        counts["pairs"] += 1
        with_index = _index(pair, is_hashed=is_hashed)
        relinker = Relinker(with_index, windows=False, sha256_of=None if is_hashed else _sha256)
        found = {
            place: (case, relinker.find(place, case.wanted))
            for case, group in pair.cases
            for place in group
        }
        for place, (case, relink) in found.items():
            is_right = pair.loaded(place) == case.content
            _count(counts, case, relink, is_hashed=is_hashed, is_right=is_right)
        _look_again(pair, found)
        with_index.close()
    print(dict(counts))
    assert counts["decoys"] >= 15
    assert counts["elsewhere"] == counts["other_category"] or not is_hashed
    assert counts["linked"] >= 0.95 * counts["linkable"]


def _count(
    counts: Counter[str], case: Case, relink: Relink, *, is_hashed: bool, is_right: bool
) -> None:
    counts[case.treatment] += 1
    counts["decoys"] += case.decoys
    counts["elsewhere"] += bool(relink.elsewhere)
    # Without hashes in the index, another name shows nowhere but in the size.
    is_findable = is_hashed or case.wanted.size is not None or "renamed" not in case.treatment
    counts["linkable"] += case.is_linkable and is_findable
    is_kept = relink.status is RelinkStatus.ON_DISK and is_right
    counts["linked"] += (_is_linked(relink) or is_kept) and is_findable
    assert case.is_linkable or not _is_linked(relink), (case, relink)


def _is_linked(relink: Relink) -> bool:
    """Whether it says that this is the file; what lies in its place unhashed is only probable."""
    if relink.status is RelinkStatus.ON_DISK:
        return UNPROVEN not in relink.evidence
    return relink.status is RelinkStatus.RELINK


def _look_again(pair: Pair, found: Mapping[Reference, tuple[Case, Relink]]) -> None:
    """Read the patched workflow and load what it names: the very bytes, or nothing was linked."""
    relinks = [(place, relink) for place, (_, relink) in found.items()]
    document = patched(pair.document, relink_changes(pair.document, relinks))
    before, after = places(pair.document), places(document)
    assert len(before) == len(after)
    for was, now in zip(before, after, strict=True):
        if was not in found:
            assert now.value == was.value
            continue
        case, relink = found[was]
        if _is_linked(relink):
            assert pair.loaded(now) == case.content, (case.treatment, was.value, now.value)
        else:
            assert now.value == was.value


def _index(pair: Pair, *, is_hashed: bool) -> LibraryIndex:
    index = open_index(pair.folder / "index.sqlite3")
    Scan(index, pair.table).run()
    if is_hashed:
        contents = Contents(index)
        contents.note(
            (state, KnownHashes({"sha256": _digest(state.path)})) for state in contents.unasked()
        )
    return index


def _sha256(file: ModelFile) -> str:
    return _digest(file.path)


def _digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
