"""How this host is: what works, what does not, and whether the one who asks may change things."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.errors import KeeperError
from model_keeper.web.guard import Guard
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Caller, Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.links import RootView, root_views


@dataclass(frozen=True)
class WorkerView:
    """The worker. It starts when there is work and ends by itself, so none is no fault."""

    running: bool
    pid: int | None = None
    version: str | None = None
    busy: Annotated[int, About("Jobs that run now.")] = 0
    resting: Annotated[bool, About("It waits until ComfyUI has generated.")] = False


@dataclass(frozen=True)
class Health:
    """Everything is well where ``problems`` is empty."""

    host: Annotated[str, About("comfyui or standalone.")]
    version: str
    worker: WorkerView
    writes: Annotated[
        ProblemView | None, About("Why this client may not change anything, or null.")
    ]
    problems: tuple[ProblemView, ...]
    notes: Annotated[tuple[str, ...], About("What the host noticed at its start.")]
    generating: Annotated[bool, About("Whether ComfyUI generates now.")]
    default_folder: Annotated[
        RootView | None, About("Where most downloads go, with its free space.")
    ]


@dataclass(frozen=True)
class PairRequest:
    """The code from the server's console."""

    code: Annotated[str, About(maxLength=32)]


@dataclass(frozen=True)
class Paired:
    """``token`` goes into the header X-Model-Keeper-Token from now on."""

    token: str


class HealthApi:
    """Health and pairing."""

    def __init__(self, backend: Backend, guard: Guard) -> None:
        self._backend = backend
        self._guard = guard

    def routes(self) -> list[Route]:
        return [
            Route("GET", "health", self.health, "How this host is.", Health, "Health",
                  wants_caller=True),
            Route("POST", "pair", self.pair, "Exchange the pairing code for a token.", Paired,
                  "Health", body=PairRequest, guarded=False, errors=("pairing_code_wrong",)),
            Route("POST", "worker/wake", self.wake, "Start the worker where none runs.",
                  WorkerView, "Health", errors=("worker_unavailable",)),
        ]  # fmt: skip

    def health(self, caller: Caller) -> Health:
        facts = self._backend.facts()
        problems: list[ProblemView] = []
        default: RootView | None = None
        refusal = self._store_trouble()
        if refusal is not None:  # looking on would take as long again, for each look
            problems.append(problem_view(refusal))
        else:
            default = self._default_folder(problems)
            refusal = self._guard.refusal(caller.asked)
        return Health(
            host=facts.name,
            version=facts.version,
            worker=self._worker(),
            writes=problem_view(refusal) if refusal else None,
            problems=tuple(problems),
            notes=facts.notes,
            generating=facts.generating,
            default_folder=default,
        )

    def pair(self, body: PairRequest) -> Paired:
        return Paired(self._backend.pairing.pair(body.code))

    def wake(self) -> WorkerView:
        self._backend.wake_worker()
        return self._worker()

    def _store_trouble(self) -> KeeperError | None:
        try:
            self._backend.store.jobs.last_event()
        except KeeperError as error:
            return error
        return None

    def _worker(self) -> WorkerView:
        found = self._backend.worker_health()
        if found is None:
            return WorkerView(running=False)
        return WorkerView(
            running=True,
            pid=int(found["pid"]),
            version=str(found["version"]),
            busy=int(found["busy"]),
            resting=bool(found.get("resting")),
        )

    def _default_folder(self, problems: list[ProblemView]) -> RootView | None:
        try:
            rows = root_views(self._backend.model_folders())
        except KeeperError as error:
            problems.append(problem_view(error))
            return None
        defaults = [row for row in rows if row.is_default]
        named = [row for row in defaults if row.category == "checkpoints"]
        return next(iter(named or defaults), None)
