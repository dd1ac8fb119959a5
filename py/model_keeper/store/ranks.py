"""Places in the queue: a rank between those of two neighbours, lower goes first."""

from __future__ import annotations

from sqlalchemy import bindparam, select, update

from model_keeper.domain.jobs import Job
from model_keeper.store import changes
from model_keeper.store.schema import is_live, job
from model_keeper.store.unit import Unit


def place(unit: Unit, moved: Job, neighbour: Job, *, ahead: bool) -> Job:
    """Put ``moved`` right ahead of or behind ``neighbour``; it takes the neighbour's priority."""
    queue = [
        (seq, rank)
        for seq, rank in unit.connection.execute(
            select(job.c.seq, job.c.rank)
            .where(is_live(), job.c.priority == neighbour.priority)
            .order_by(job.c.rank, job.c.seq)
        )
        if seq != moved.seq
    ]
    order = [seq for seq, _ in queue]
    index = order.index(neighbour.seq) + (0 if ahead else 1)
    lower = queue[index - 1][1] if index > 0 else None
    upper = queue[index][1] if index < len(queue) else None
    rank = _between(lower, upper)
    if rank is None:
        rank = _make_room(unit, order[:index], 0.0 if upper is None else upper)
    return changes.write(unit, moved, priority=neighbour.priority, rank=rank)


def _between(lower: float | None, upper: float | None) -> float | None:
    """A rank strictly between, None where there is no room.

    New jobs have rank 0 and go last, so nothing may be placed at 0 or behind it.
    """
    if upper is None:
        return None
    if lower is None:
        return min(upper, 0.0) - 1
    middle = (lower + upper) / 2
    return middle if lower < middle < upper else None


def _make_room(unit: Unit, ahead: list[int], ceiling: float) -> float:
    """Number those ahead below ``ceiling``; the rank that is then free between them and it."""
    if ahead:
        unit.connection.execute(
            update(job).where(job.c.seq == bindparam("moved_seq")).values(rank=bindparam("place")),
            [
                {"moved_seq": seq, "place": ceiling - 1 - len(ahead) + number}
                for number, seq in enumerate(ahead)
            ],
        )
    return ceiling - 1
