"""Negative answers of providers: they hold for a while, and outlive a restart."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from sqlalchemy import Connection, Delete, select

from model_keeper.domain.negative_answers import Question
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import negative_answer
from model_keeper.store.unit import Unit

_CHUNK = 500


class NegativeAnswerStore:
    """The durable memory. Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def known(self, questions: Collection[Question], now_ms: int) -> set[Question]:
        """Those whose "no" is still believed."""

        def work(connection: Connection) -> set[Question]:
            return {
                question
                for chunk in chunks(questions, _CHUNK)
                for keys in [_believed(connection, [q.key for q in chunk], now_ms)]
                for question in chunk
                if question.key in keys
            }

        return self._database.read(work)

    def remember(self, questions: Collection[Question], now_ms: int) -> None:
        """Believe the "no" to each from now on. Answers whose time is over are dropped."""
        for chunk in chunks(questions, _CHUNK):
            self._database.write(partial(_keep, chunk, now_ms), actor=self._actor)

    def forget(self, questions: Collection[Question]) -> None:
        """Ask these again the next time."""
        for chunk in chunks(questions, _CHUNK):
            keys = [question.key for question in chunk]
            gone = negative_answer.delete().where(negative_answer.c.key.in_(keys))
            self._database.write(partial(_drop, gone), actor=self._actor)

    def forget_all(self, provider: str | None = None) -> int:
        """Ask everything of a provider, or of all, again; how many answers that were."""
        gone = negative_answer.delete()
        if provider is not None:
            gone = gone.where(negative_answer.c.provider == provider)
        return self._database.write(partial(_drop, gone), actor=self._actor)


def _believed(connection: Connection, keys: list[str], now_ms: int) -> set[str]:
    rows = connection.execute(
        select(negative_answer.c.key).where(
            negative_answer.c.key.in_(keys), negative_answer.c.believed_until > now_ms
        )
    )
    return set(rows.scalars())


def _drop(gone: Delete, unit: Unit) -> int:
    return unit.connection.execute(gone).rowcount


def _keep(questions: Collection[Question], now_ms: int, unit: Unit) -> None:
    over = negative_answer.c.believed_until <= now_ms
    unit.connection.execute(negative_answer.delete().where(over))
    for question in sorted(questions, key=lambda question: question.key):
        row = {
            "key": question.key,
            "provider": question.provider,
            "believed_until": now_ms + question.believed_ms,
        }
        upsert(unit.connection, negative_answer, row)
