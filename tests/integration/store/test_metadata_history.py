from __future__ import annotations

from model_keeper.domain.metadata import Origin, Owner
from model_keeper.store import JobStore
from tests.doubles import FakeClock

CIVITAI = Origin(Owner.PROVIDER, "civitai", 5)
PERSON = Origin(Owner.USER, "user", 9)
VALUE = [{"url": "https://example.org/ä.png", "type": "image"}]


def test_values_come_back_newest_first(store: JobStore, clock: FakeClock) -> None:
    history = store.metadata_history
    history.add("here", "8:1", [("name", "one", CIVITAI), ("preview", VALUE, CIVITAI)])
    clock.sleep(1)
    history.add("here", "8:1", [("name", "two", PERSON)])
    history.add("here", "8:2", [("name", "of another file", PERSON)])
    history.add("there", "8:1", [("name", "of another machine", PERSON)])
    page = history.page("here", "8:1", limit=2)
    assert [(each.field, each.value, each.origin) for each in page.items] == [
        ("name", "two", PERSON),
        ("preview", VALUE, CIVITAI),
    ]
    assert page.total == 3
    rest = history.page("here", "8:1", limit=2, after=page.next)
    assert [each.value for each in rest.items] == ["one"]
    assert rest.next is None


def test_a_value_is_found_by_its_moment_and_its_owner(store: JobStore, clock: FakeClock) -> None:
    history = store.metadata_history
    history.add("here", "8:1", [("name", "one", CIVITAI)])
    clock.sleep(1)
    history.add("here", "8:1", [("name", "two", PERSON)])
    older, newer = reversed(history.page("here", "8:1").items)
    assert history.newest("here", "8:1", "name") == newer
    assert history.newest("here", "8:1", "name", at=older.at) == older
    assert history.newest("here", "8:1", "name", unless=Owner.USER) == older
    assert history.newest("here", "8:1", "name", at=1) is None
    assert history.newest("here", "8:1", "notes") is None


def test_a_value_that_is_replaced_again_after_a_kill_is_kept_once(store: JobStore) -> None:
    history = store.metadata_history
    for _ in range(2):
        history.add("here", "8:1", [("name", "one", CIVITAI)])
    assert history.page("here", "8:1").total == 1
    history.add("here", "8:1", [("name", "two", CIVITAI)])
    history.add("here", "8:1", [("name", "one", CIVITAI)])
    assert history.page("here", "8:1").total == 3


def test_history_follows_a_file_that_was_copied(store: JobStore) -> None:
    history = store.metadata_history
    history.add("here", "path:/a/\udcff", [("name", "one", CIVITAI)])
    history.follow("here", "path:/a/\udcff", "9:1")
    assert history.page("here", "path:/a/\udcff").total == 0
    assert history.page("here", "9:1").total == 1
