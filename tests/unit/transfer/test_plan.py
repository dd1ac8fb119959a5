"""How a file is cut into requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model_keeper.transfer.extents import Extents
from model_keeper.transfer.plan import MIB, PiecePolicy, PieceQueue


@given(
    size=st.integers(0, 5_000),
    here=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 900)), max_size=6),
    piece=st.one_of(st.none(), st.integers(1, 700)),
)
def test_pieces_are_exactly_the_gaps_in_order(
    size: int, here: list[tuple[int, int]], piece: int | None
) -> None:
    extents = Extents((a, a + n) for a, n in here)
    queue = PieceQueue(extents.gaps(size), piece)

    taken = []
    while (found := queue.take(size + 1)) is not None:
        taken.append(found)

    assert taken == sorted(taken)
    assert all(a < b for a, b in taken)
    assert piece is None or all(b - a <= piece for a, b in taken)
    assert [n for a, b in taken for n in range(a, b)] == [
        n for a, b in extents.gaps(size) for n in range(a, b)
    ]


def test_a_piece_beyond_the_window_is_not_given_out() -> None:
    queue = PieceQueue([(0, 30)], 10)

    assert queue.take(10) == (0, 10)
    assert queue.take(10) is None
    assert queue.take(11) == (10, 20)


def test_what_is_given_back_comes_first_again() -> None:
    queue = PieceQueue([(0, 30)], 10)
    queue.take(100)
    queue.take(100)

    queue.give_back(4, 10)
    queue.give_back(20, 20)

    assert [queue.take(100), queue.take(100), queue.take(100)] == [(4, 10), (20, 30), None]


def test_connections_only_where_ranges_are_proven_and_the_file_is_large() -> None:
    policy = PiecePolicy(piece=16 * MIB, parallel_from=32 * MIB, connections=8)

    assert policy.connections_for(1024 * MIB, ranges=True) == 8
    assert policy.connections_for(48 * MIB, ranges=True) == 3
    assert policy.connections_for(31 * MIB, ranges=True) == 1
    assert policy.connections_for(1024 * MIB, ranges=False) == 1
