from __future__ import annotations

import os
from dataclasses import replace

import pytest

from model_keeper.domain.hashes import FileState, KnownHashes
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.integration.store.scenes import OpenStore

FILE = FileState("/m/loras/模型.safetensors", 6_000_000_000, 1_700_000_000_123_456_789, "2049:131")
SHA256 = "ab" * 32


def known(store: JobStore, state: FileState, host: str = "here") -> KnownHashes:
    [found] = store.hashes.known(host, [state])
    return found


def test_what_was_computed_outlives_the_process(opened: OpenStore) -> None:
    opened().hashes.record("here", FILE, {"sha256": SHA256})

    assert known(opened(), FILE) == KnownHashes({"sha256": SHA256})


@pytest.mark.parametrize(
    "now",
    [
        replace(FILE, path="/m/checkpoints/renamed.safetensors"),
        replace(FILE, inode="2050:131"),
    ],
)
def test_it_is_found_again_after_a_move_and_another_mount(store: JobStore, now: FileState) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256})

    assert known(store, now).computed == {"sha256": SHA256}


@pytest.mark.parametrize(
    "now",
    [
        replace(FILE, size=1),
        replace(FILE, mtime_ns=FILE.mtime_ns + 1),
        replace(FILE, inode="2049:132"),
    ],
)
def test_it_is_not_found_for_a_file_that_changed(store: JobStore, now: FileState) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256})

    assert known(store, now) == KnownHashes()


def test_another_machine_has_other_files(store: JobStore) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256})

    assert known(store, FILE, host="there") == KnownHashes()


def test_claims_stay_apart_from_what_was_computed(store: JobStore) -> None:
    store.hashes.record("here", FILE, {"sha256": "cd" * 32}, source="civitai")
    assert known(store, FILE) == KnownHashes(claimed={"sha256": "cd" * 32})

    store.hashes.record("here", FILE, {"sha256": SHA256})

    assert known(store, FILE) == KnownHashes({"sha256": SHA256}, {"sha256": "cd" * 32})


def test_more_hashes_of_the_same_state_are_added(store: JobStore) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256, "blake3": "1"})
    store.hashes.record("here", FILE, {"blake3": "2", "tensors": "3"})

    assert known(store, FILE).computed == {"sha256": SHA256, "blake3": "2", "tensors": "3"}
    assert len(store.hashes.since("here", 0)) == 1


def test_a_new_state_of_a_file_replaces_the_old_one(store: JobStore) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256, "blake3": "1"})
    changed = replace(FILE, mtime_ns=FILE.mtime_ns + 1)
    store.hashes.record("here", changed, {"sha256": "cd" * 32})

    assert known(store, FILE) == KnownHashes()
    assert known(store, changed).computed == {"sha256": "cd" * 32}


def test_two_files_that_take_turns_at_a_path_are_both_remembered(store: JobStore) -> None:
    store.hashes.record("here", FILE, {"sha256": SHA256})
    store.hashes.record("here", replace(FILE, inode="2049:132"), {"sha256": "cd" * 32})

    moved_away = replace(FILE, path="/m/old.safetensors")
    assert known(store, moved_away).computed == {"sha256": SHA256}


def test_many_files_are_asked_about_at_once_in_their_order(store: JobStore) -> None:
    states = [replace(FILE, inode=f"1:{n}", mtime_ns=n // 3, path=f"/m/{n}") for n in range(1200)]
    for state in states[::100]:
        store.hashes.record("here", state, {"sha256": state.path})

    found = store.hashes.known("here", iter(states))

    assert [n for n, each in enumerate(found) if each.computed] == list(range(0, 1200, 100))
    assert found[500].computed == {"sha256": "/m/500"}


def test_records_are_followed_by_number(store: JobStore, clock: FakeClock) -> None:
    others = [replace(FILE, inode=f"1:{n}") for n in range(5)]
    for state in others:
        store.hashes.record("here", state, {"sha256": SHA256})
    store.hashes.record("there", FILE, {"sha256": SHA256})
    first = store.hashes.since("here", 0, limit=2)
    rest = store.hashes.since("here", first[-1].n)

    assert [each.state for each in [*first, *rest]] == others
    assert {each.at for each in rest} == {clock.now_ms()}
    store.hashes.record("here", others[0], {"blake3": "x"})
    assert [each.state for each in store.hashes.since("here", rest[-1].n)] == [others[0]]


def test_names_that_are_no_text_are_kept(store: JobStore) -> None:
    odd = FileState(os.fsdecode(b"/m/\xff\xfe.safetensors"), 1, 2)
    store.hashes.record("here", odd, {"sha256": SHA256})

    assert known(store, odd).computed == {"sha256": SHA256}
