"""How a file is cut into requests."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model_keeper.transfer.extents import Extents
from model_keeper.transfer.plan import MIB, PiecePolicy, PieceQueue

SMALL = PiecePolicy(piece=100, smallest=10)


def all_of(queue: PieceQueue) -> list[tuple[int, int]]:
    taken = []
    while (found := queue.take(1 << 40)) is not None:
        taken.append(found)
    return taken


@given(
    size=st.integers(0, 5_000),
    here=st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 900)), max_size=6),
    connections=st.integers(1, 8),
)
def test_pieces_are_exactly_the_gaps_in_order(
    size: int, here: list[tuple[int, int]], connections: int
) -> None:
    extents = Extents((a, a + n) for a, n in here)

    taken = all_of(PieceQueue(extents.gaps(size), SMALL, connections))

    assert taken == sorted(taken)
    assert all(a < b for a, b in taken)
    assert connections == 1 or all(b - a <= SMALL.piece for a, b in taken)
    assert [n for a, b in taken for n in range(a, b)] == [
        n for a, b in extents.gaps(size) for n in range(a, b)
    ]


def test_pieces_get_smaller_towards_the_end() -> None:
    sizes = [b - a for a, b in all_of(PieceQueue([(0, 5_000)], SMALL, 4))]

    assert sizes[0] == SMALL.piece
    assert sizes[-2] == SMALL.smallest
    assert sizes == sorted(sizes, reverse=True)


def test_one_connection_asks_for_each_gap_at_once() -> None:
    assert all_of(PieceQueue([(0, 5_000), (6_000, 6_001)], SMALL, 1)) == [
        (0, 5_000),
        (6_000, 6_001),
    ]


def test_a_piece_beyond_the_window_is_not_given_out() -> None:
    queue = PieceQueue([(0, 5_000)], SMALL, 2)

    assert queue.take(100) == (0, 100)
    assert queue.take(100) is None
    assert queue.take(101) == (100, 200)


def test_what_is_given_back_comes_first_again() -> None:
    queue = PieceQueue([(0, 5_000)], SMALL, 2)
    queue.take(1_000)
    queue.take(1_000)

    queue.give_back(40, 100)
    queue.give_back(200, 200)

    assert queue.take(1_000) == (40, 100)
    assert queue.take(1_000) == (200, 300)


def test_connections_only_where_ranges_are_proven_and_the_file_is_large() -> None:
    policy = PiecePolicy(piece=16 * MIB, parallel_from=32 * MIB, connections=8)

    assert policy.connections_for(1024 * MIB, ranges=True) == 8
    assert policy.connections_for(48 * MIB, ranges=True) == 3
    assert policy.connections_for(31 * MIB, ranges=True) == 1
    assert policy.connections_for(1024 * MIB, ranges=False) == 1
