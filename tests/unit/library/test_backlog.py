"""What waits is worked off in pieces, and what was done is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.library.backlog import waiting, work_off
from tests.unit.library.models_folder import Library

CHUNKS = [[1, 2], [3, 4], [5]]


class StopAt:
    """A control that stops the work before a row."""

    def __init__(self, row: int) -> None:
        self._left = row

    def check(self) -> None:
        self._left -= 1
        if not self._left:
            raise Interrupted(CANCEL)


def even(rows: Iterator[int]) -> Iterator[str]:
    return (str(row) for row in rows if row % 2 == 0)


def test_what_was_seen_is_written_and_counted_with_each_chunk() -> None:
    written: list[list[str]] = []
    counts: list[int] = []
    assert work_off(CHUNKS, even, written.append, report=counts.append) == 2
    assert (written, counts) == ([["2"], ["4"], []], [1, 2, 2])


def test_what_was_seen_before_a_stop_is_written() -> None:
    written: list[list[str]] = []
    with pytest.raises(Interrupted):
        work_off(CHUNKS, lambda rows: map(str, rows), written.append, StopAt(4))  # type: ignore[arg-type]
    assert written == [["1", "2"], ["3"]]


def test_rows_that_wait_are_found_in_pieces_each_once(library: Library) -> None:
    for number in range(5):
        library.add(f"loras/{number}.safetensors")
    library.scan()
    query = "SELECT relative FROM file WHERE relative > ? ORDER BY relative LIMIT ?"
    found = [[row[0][0] for row in rows] for rows in waiting(library.index.file, query, ("",), 2)]
    assert found == [["0", "1"], ["2", "3"], ["4"]]
