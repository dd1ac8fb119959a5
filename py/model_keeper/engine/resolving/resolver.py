"""The resolver: asks every source in order until each wanted file is settled."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from model_keeper.domain.candidates import CandidateSource, Source
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.findings import Finding, Status, Step, WantedFile, judged

_AT_ONCE = 8  # files looked for at once; every provider has its own limits besides
_REMOTE = frozenset({Source.CIVITAI, Source.HUGGINGFACE})
Down = dict[int, KeeperError]  # why a source cannot be asked, by its place
_DOWN = frozenset({Family.REMOTE, Family.CREDENTIALS, Family.DEPENDENCY, Family.LOCAL})


class Resolver:
    """Finds where wanted files are. ``sources`` are asked in the order given.

    A source that fails once because it cannot be reached or wants a key is not asked again by the
    same resolver, nor by others with the same ``down``: its failure stands with every file that it
    could have helped.
    """

    def __init__(self, sources: Sequence[CandidateSource], down: Down | None = None) -> None:
        self._sources = tuple(sources)
        self._down: Down = {} if down is None else down

    def resolve(self, files: Sequence[WantedFile]) -> tuple[Finding, ...]:
        """One finding a file, in their order. Asks the network; raises nothing of a source's."""
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="resolve") as pool:
            return tuple(pool.map(self._one, files))

    def _one(self, file: WantedFile) -> Finding:
        if file.builtin:
            return Finding(file, Status.BUILTIN)
        steps: list[Step] = []
        for place, source in enumerate(self._sources):
            if source.source in _REMOTE and not file.required:
                continue  # nobody waits for the answer
            steps.append(self._ask(place, file))
            if steps[-1].settles:
                break
        return judged(file, steps)

    def _ask(self, place: int, file: WantedFile) -> Step:
        known = self._down.get(place)
        if known is not None:
            return Step(failure=known)
        try:
            return Step(self._sources[place].candidates(file.wanted))
        except KeeperError as error:
            if error.family in _DOWN:
                self._down[place] = error
            return Step(failure=error)
