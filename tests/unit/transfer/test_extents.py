"""The set of bytes that are here, against a set of integers."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.transfer.extents import Extents

ranges = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=12,
)


def bytes_of(pairs: list[tuple[int, int]]) -> set[int]:
    return {n for a, b in pairs for n in range(a, b)}


@given(ranges, st.integers(0, 90))
def test_is_a_set_of_offsets(pairs: list[tuple[int, int]], size: int) -> None:
    extents, model = Extents(pairs), bytes_of(pairs)

    assert bytes_of(list(extents)) == model
    assert extents.total == len(model)
    assert bytes_of(list(extents.gaps(size))) == set(range(size)) - model
    assert bytes_of(list(extents.clipped(size))) == {n for n in model if n < size}
    assert extents.covers(size) == (set(range(size)) <= model)
    assert extents.prefix == next(n for n in range(200) if n not in model)


@given(ranges)
def test_ranges_stay_sorted_and_apart(pairs: list[tuple[int, int]]) -> None:
    found = list(Extents(pairs))

    assert found == sorted(found)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4)])
def test_refuses_what_is_no_range(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a range"):
        Extents().add(start, end)
