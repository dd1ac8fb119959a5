"""What a scan leaves to be looked at: in pieces, each of which is kept once it is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from model_keeper.domain.ports import Control
from model_keeper.library.index_file import IndexFile

_Row = TypeVar("_Row")
_Waiting = TypeVar("_Waiting")


def waiting(
    file: IndexFile, query: str, first: tuple[object, ...], size: int
) -> Iterator[list[Any]]:
    """The rows that ``query`` finds, in lists of ``size``.

    Its rows begin with the values by which they are ordered. It is given those of the row to go on
    after, in the beginning ``first``, and the most rows that are wanted.
    """
    after = first
    while rows := file.read(partial(_rows, query, (*after, size))):
        after = rows[-1][: len(first)]
        yield rows


def work_off(
    chunks: Iterable[Iterable[_Waiting]],
    look: Callable[[Iterator[_Waiting]], Iterable[_Row]],
    write: Callable[[list[_Row]], None],
    control: Control | None = None,
    report: Callable[[int], None] | None = None,
) -> int:
    """Write what ``look`` sees of each chunk; how many rows that were.

    ``report`` gets the number so far. Raises Interrupted by ``control``; what was seen until then
    is written.
    """
    done = 0
    for chunk in chunks:
        rows: list[_Row] = []
        try:
            for row in look(_watched(chunk, control)):
                rows.append(row)  # noqa: PERF402 - they are kept when a look ends in an error
        finally:
            write(rows)
        done += len(rows)
        if report is not None:
            report(done)
    return done


def _watched(chunk: Iterable[_Waiting], control: Control | None) -> Iterator[_Waiting]:
    for each in chunk:
        if control is not None:
            control.check()
        yield each


def _rows(query: str, values: tuple[object, ...], sql: sqlite3.Connection) -> list[Any]:
    return sql.execute(query, values).fetchall()
