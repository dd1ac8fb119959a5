"""The record beside a partial: what is trusted after which accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.transfer.extents import Extents
from model_keeper.transfer.journal import Journal, Manifest

BOOT = "boot-1"
MANIFEST = Manifest(
    url="https://example.org/x",
    size=1000,
    etag='"a"',
    boot_id=BOOT,
    synced=((0, 100),),
    written=((0, 200), (400, 500)),
)


def load(path: Path, boot_id: str | None = BOOT) -> Extents | None:
    found = Journal(path).load(boot_id=boot_id)
    return None if found is None else found[1]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "x.part.json"


def test_written_bytes_count_while_the_machine_runs(path: Path) -> None:
    journal = Journal(path)
    journal.save(MANIFEST, durable=True)
    journal.note(0, 200, 350)
    journal.note(5, 500, 640)
    journal.note(0, 200, 390)
    journal.close()

    assert load(path) == Extents([(0, 390), (400, 640)])


@pytest.mark.parametrize("boot_id", ["boot-2", None])
def test_only_synced_bytes_count_when_the_machine_may_have_restarted(
    path: Path, boot_id: str | None
) -> None:
    journal = Journal(path)
    journal.save(MANIFEST, durable=False)
    journal.note(0, 200, 350)
    journal.close()

    assert load(path, boot_id) == Extents([(0, 100)])


def test_a_torn_record_counts_for_nothing(path: Path) -> None:
    journal = Journal(path)
    journal.save(MANIFEST, durable=False)
    journal.note(0, 200, 350)
    journal.close()
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"\n") + 20] ^= 0x05  # inside the end offset
    path.write_bytes(bytes(raw))

    assert load(path) == Extents([(0, 200), (400, 500)])


def test_a_replaced_journal_starts_with_blank_records(path: Path) -> None:
    journal = Journal(path)
    journal.save(MANIFEST, durable=False)
    journal.note(0, 200, 900)
    journal.save(MANIFEST, durable=False)
    journal.close()

    assert load(path) == Extents([(0, 200), (400, 500)])


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]\n", b'{"format": 1}\n', b"\xff\xfe\x00\n", b'{"format": 99}\n']
)
def test_nonsense_is_as_good_as_nothing(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert load(path) is None


def test_a_format_of_the_future_is_left_alone(path: Path) -> None:
    journal = Journal(path)
    journal.save(Manifest(url="u", size=1, format=2), durable=False)
    journal.close()

    assert load(path) is None


def test_nothing_there_is_nothing(path: Path) -> None:
    assert load(path) is None


@pytest.mark.parametrize(
    ("manifest", "resumable"),
    [
        (Manifest(url="u", size=10, etag='"a"'), True),
        (Manifest(url="u", size=10, last_modified="Sat, 01 Jan 2022 00:00:00 GMT"), True),
        (Manifest(url="u", size=10, sha256="ab"), True),
        (Manifest(url="u", size=10), False),
        (Manifest(url="u", size=None, etag='"a"'), False),
        (Manifest(url="u", size=10, etag='"a"', ranges=False), False),
    ],
)
def test_resumable_means_provable(manifest: Manifest, resumable: object) -> None:
    assert manifest.resumable is resumable
