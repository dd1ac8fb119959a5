from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.patches import Change
from model_keeper.domain.references import Location
from model_keeper.files.replacement import create_file
from model_keeper.workflows.json_text import JsonPath, with_strings
from model_keeper.workflows.patch_file import write_patched

CHANGE = Change(Location("", "7", ("widgets_values", 0)), "a", "b/ä")
TEXT = (
    '{"last": 1e-07, "big": 12345678901234567890123, "nodes": [\r\n'
    '\t{"id": 7, "type": "L", "title": "T\\u00e4 \\/", "widgets_values": ["a", 1.0, 0.10],'
    ' "properties": {"models": [{"name": "a"}]}}\r\n]}\r\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "work flow.json"
    path.write_bytes(TEXT.encode())
    return path


def test_every_other_byte_stays(path: Path) -> None:
    done = write_patched(path, [CHANGE])
    assert path.read_bytes().decode() == TEXT.replace('"a"', '"b/\\u00e4"')
    assert done.backup == path.with_name("work flow.json.bak")
    assert done.backup.read_bytes().decode() == TEXT
    assert [row.new for row in done.differences] == ["b/ä"]


def test_a_file_with_plain_letters_and_a_mark_keeps_both(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\\u00e4", "ä").encode())
    write_patched(path, [CHANGE])
    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf{")
    assert '["b/ä", 1.0, 0.10]' in after.decode()


def test_an_older_backup_is_never_overwritten(path: Path) -> None:
    older = path.with_name(f"{path.name}.bak")
    older.write_text("older")
    path.with_name(f"{path.name}.bak1").write_bytes(TEXT.encode())
    assert write_patched(path, [CHANGE]).backup == path.with_name(f"{path.name}.bak1")
    again = Change(CHANGE.location, "b/ä", "c")
    assert write_patched(path, [again]).backup == path.with_name(f"{path.name}.bak2")
    assert older.read_text() == "older"


def test_nothing_to_change_writes_nothing(path: Path) -> None:
    assert write_patched(path, []).backup is None
    assert [item.name for item in path.parent.iterdir()] == [path.name]


def test_a_refused_change_leaves_everything_as_it_was(path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        write_patched(path, [CHANGE, Change(CHANGE.location, "z", "b")])
    assert caught.value.code == "workflow_changed"
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "start", [b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x20ftypisom"]
)
def test_pictures_and_videos_are_not_rewritten(path: Path, start: bytes) -> None:
    path.write_bytes(start + TEXT.encode())
    with pytest.raises(KeeperError) as caught:
        write_patched(path, [CHANGE])
    assert caught.value.code == "workflow_in_picture"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        write_patched(tmp_path / "none.json", [CHANGE])
    assert caught.value.code == "file_not_found"


def test_what_was_saved_meanwhile_is_patched_instead(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, saved = create_file, TEXT.replace("1.0", "2.0")

    def saving(backup: Path, content: bytes) -> None:
        real(backup, content)
        path.write_bytes(saved.encode())

    monkeypatch.setattr("model_keeper.workflows.patch_file.create_file", saving)
    done = write_patched(path, [CHANGE])
    assert done.backup is not None
    assert done.backup.read_bytes().decode() == saved
    assert '["b/\\u00e4", 2.0, 0.10]' in path.read_text()


def test_a_failed_write_keeps_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(KeeperError) as caught:
        write_patched(path, [CHANGE])
    assert caught.value.code == "disk_full"
    assert path.read_bytes().decode() == TEXT


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def text_paths(value: object, path: JsonPath = ()) -> list[JsonPath]:
    if isinstance(value, str):
        return [path]
    items = value.items() if isinstance(value, dict) else ()
    rows = enumerate(value) if isinstance(value, list) else items
    return [found for key, item in rows for found in text_paths(item, (*path, key))]


@settings(deadline=None, max_examples=200)
@given(value=json_values, new=st.text(), is_ascii=st.booleans(), data=st.data())
def test_any_text_of_any_document_can_be_replaced(
    value: object, new: str, is_ascii: bool, data: st.DataObject
) -> None:
    paths = text_paths(value)
    chosen = set(data.draw(st.lists(st.sampled_from(paths)))) if paths else set()
    text = json.dumps(value, ensure_ascii=is_ascii, indent=data.draw(st.sampled_from([None, 2])))
    after = json.loads(with_strings(text, dict.fromkeys(chosen, new)))
    assert text_paths(after) == paths
    for path in paths:
        expected, found = value, after
        for key in path:
            expected, found = expected[key], found[key]  # type: ignore[index]
        assert found == (new if path in chosen else expected)
