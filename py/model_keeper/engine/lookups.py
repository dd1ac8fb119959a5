"""Asking about many things at once; what is wrong with one of them is its own answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, Union

from model_keeper.domain.errors import KeeperError

_T = TypeVar("_T")
_Asked = TypeVar("_Asked")
Answer = Union[_T, KeeperError]  # noqa: UP007 - a runtime alias, and 3.10 reads it as well

_AT_ONCE = 12  # each host's own limits hold beside it


def looked_up(ask: Callable[[_Asked], _T], asked: Iterable[_Asked]) -> list[Answer[_T]]:
    """What ``ask`` says of each, in their order; a KeeperError that it raises stands in its place.

    Equal things are asked about once. They have to be hashable.
    """
    things = list(asked)

    def one(thing: _Asked) -> Answer[_T]:
        try:
            return ask(thing)
        except KeeperError as error:
            return error

    distinct = list(dict.fromkeys(things))
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="lookups") as pool:
        answers = dict(zip(distinct, pool.map(one, distinct)))  # noqa: B905 - one for each
    return [answers[thing] for thing in things]
