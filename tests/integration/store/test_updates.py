"""What update checks found outlives a restart, and so does what a person ignores."""

from __future__ import annotations

from model_keeper.domain.updates import Checked, Judgement, Offer, Refused, Why
from model_keeper.store import JobStore
from tests.doubles import FakeClock

A, B = "a" * 64, "b" * 64
OFFER = Offer(12, "v12", "SDXL 1.0", 1_700, "https://c/1", "m.safetensors", "https://c/d", 5, B)


def checked(sha256: str, offer: Offer | None = None, *refused: Refused) -> Checked:
    return Checked(sha256, 7, 10, "v10", "SDXL 1.0", Judgement(offer, refused))


def test_the_last_check_of_a_content_is_what_is_known(store: JobStore, clock: FakeClock) -> None:
    assert store.updates.checked_at() is None
    refused = Refused(13, "v13", Why.EARLY_ACCESS)
    store.updates.put([checked(A, OFFER, refused), checked(B)])
    [found] = store.updates.offered()
    assert found.judgement == Judgement(OFFER, (refused,))
    assert (found.sha256, found.checked_at) == (A, clock.now_ms())
    clock.sleep(5)
    store.updates.put([checked(A)])
    assert store.updates.offered() == []
    known = store.updates.of(A)
    assert known is not None
    assert known.checked_at == clock.now_ms() == store.updates.checked_at()
    assert store.updates.of("c" * 64) is None


def test_a_version_or_a_whole_model_is_ignored_and_heard_of_again(store: JobStore) -> None:
    updates = store.updates
    for version in (12, 12, 13):
        updates.ignore(7, version, ignored=True)
    assert updates.ignored().versions == {(7, 12), (7, 13)}
    updates.ignore(7, 12, ignored=False)
    updates.ignore(7, None, ignored=True)
    updates.ignore(8, None, ignored=True)
    assert updates.ignored().models == {7, 8}
    assert updates.ignored().covers(7, 99)
    updates.ignore(7, None, ignored=False)
    assert updates.ignored().models == {8}
    assert not updates.ignored().versions
