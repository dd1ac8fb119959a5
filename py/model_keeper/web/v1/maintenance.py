"""Maintenance: what could be better about the library, what runs for it, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.recommendations import ActionKind, Recommendation
from model_keeper.engine.maintenance import Activity, Report
from model_keeper.library.index_text import as_text
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import Accepted, accepted
from model_keeper.web.v1.library_shapes import ScanRequest

_AREA = "Maintenance"


@dataclass(frozen=True)
class ActionView:
    """The one thing to do."""

    kind: ActionKind
    query: Annotated[str | None, About("Finds the models in question in the library.")]


@dataclass(frozen=True)
class RecommendationView:
    """What could be better. docs/maintenance.md lists the codes."""

    code: str
    category: str | None
    count: Annotated[int, About("Files; of space_low 1.")]
    bytes: Annotated[int | None, About("What they take, what can be had, or what is left.")]
    action: ActionView
    missing: Annotated[Mapping[str, int], About("Of metadata: how many lack which field.")]
    path: Annotated[str | None, About("Of space_low: a folder on the drive in question.")]


@dataclass(frozen=True)
class DriveView:
    """A drive with model folders."""

    path: Annotated[str, About("The first model folder on it.")]
    free: int
    total: int
    low: Annotated[bool, About("Less is free than the setting low_space_bytes.")]


@dataclass(frozen=True)
class ActivityView:
    """Why a disk is busy."""

    job: str
    kind: str
    why: Annotated[str, About("person or schedule.")]
    schedule: Annotated[str | None, About("Which one.")]
    path: Annotated[str | None, About("What it is at, where that is known.")]


@dataclass(frozen=True)
class NextRunView:
    """What is done next by itself."""

    schedule: str
    at: Annotated[int, About("Ms UTC; in the past while it waits for quiet.")]


@dataclass(frozen=True)
class MaintenanceView:
    """The most urgent recommendations come first."""

    scanned_at: Annotated[int | None, About("When the folders were looked at last, ms UTC.")]
    models: int
    bytes: int
    recommendations: tuple[RecommendationView, ...]
    volumes: tuple[DriveView, ...]
    activity: tuple[ActivityView, ...]
    next_run: NextRunView | None


@dataclass(frozen=True)
class FollowRequest:
    """Which recommendation to follow; without a category in all of them."""

    code: Annotated[str, About(maxLength=100)]
    category: Annotated[str | None, About(maxLength=200)] = None


class MaintenanceApi:
    """Answers from the index: none waits for a scan."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        refusals = ("recommendation_unknown", "recommendation_needs_person", "category_unknown")
        return [
            Route("GET", "maintenance", self.report, "What could be better, and what runs.",
                  MaintenanceView, _AREA, errors=("index_unusable",)),
            Route("POST", "maintenance/scan", self.scan, "Look at every folder.", Accepted, _AREA,
                  202, body=ScanRequest, errors=("roots_unknown",)),
            Route("POST", "maintenance/apply", self.apply, "Do what is recommended.", Accepted,
                  _AREA, 202, body=FollowRequest, errors=(*refusals, "roots_unknown")),
        ]  # fmt: skip

    def report(self) -> MaintenanceView:
        maintenance = self._backend.library.maintenance
        return maintenance_view(maintenance.report(), maintenance.activity(self._backend.live()))

    def scan(self, body: ScanRequest) -> Accepted:
        del body
        folders = self._backend.model_folders()
        return accepted(self._backend, self._backend.library.models.request_scan(folders))

    def apply(self, body: FollowRequest) -> Accepted:
        enqueued = self._backend.library.maintenance.apply(body.code, body.category)
        return accepted(self._backend, enqueued)


def maintenance_view(report: Report, activity: list[Activity]) -> MaintenanceView:
    next_run = report.next_run
    return MaintenanceView(
        scanned_at=report.scanned_at,
        models=report.models,
        bytes=report.size,
        recommendations=tuple(map(_recommendation, report.recommendations)),
        volumes=tuple(
            DriveView(as_text(each.room.folder), each.room.free, each.room.total, each.low)
            for each in report.volumes
        ),
        activity=tuple(map(_activity, activity)),
        next_run=NextRunView(next_run.schedule, next_run.at) if next_run else None,
    )


def _recommendation(each: Recommendation) -> RecommendationView:
    return RecommendationView(
        code=each.code.value,
        category=each.category,
        count=each.count,
        bytes=each.size,
        action=ActionView(each.kind, each.query),
        missing=each.missing,
        path=None if each.path is None else as_text(each.path),
    )


def _activity(each: Activity) -> ActivityView:
    return ActivityView(
        job=each.job.id,
        kind=each.job.kind.value,
        why="schedule" if each.schedule else "person",
        schedule=each.schedule,
        path=each.path,
    )
