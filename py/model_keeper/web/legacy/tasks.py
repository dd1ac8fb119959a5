"""Downloads as the panel knows them: tasks, which are the unfinished jobs of the queue."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import LIVE, Job, JobId, JobKind, JobState, WaitReason
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.intake import Wishes
from model_keeper.engine.submission import Submission
from model_keeper.store import JobStore
from model_keeper.web.changes import LiveView, live_views
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.companions import Companions
from model_keeper.web.legacy.form import Form
from model_keeper.web.legacy.places import Places
from model_keeper.web.route import Route
from model_keeper.web.views import JobView, JobViews

_AREA = "Tasks"
_PAGE = 500
_SHA256 = re.compile(r"[0-9a-f]{64}")
#: A download that failed stays in the panel's list until a person resumes or deletes it.
_SHOWN = LIVE | {JobState.FAILED}
_WORKING = frozenset({JobState.RUNNING, JobState.VERIFYING})
_FOR_A_PERSON = frozenset({WaitReason.CREDENTIALS, WaitReason.APPROVAL})
_PLATFORMS: Mapping[str, str] = MappingProxyType({"plain": "Direct Link"})

Task = dict[str, Any]


class TasksApi:
    """Create, list, pause, resume and cancel."""

    def __init__(self, backend: LegacyBackend, companions: Companions) -> None:
        self._backend = backend
        self._companions = companions

    def routes(self) -> list[Route]:
        return [
            Route("POST", "model", self.create, "Download a model.", Any, _AREA, body=Form),
            Route("GET", "download/task", self.list, "Unfinished downloads.", Any, _AREA),
            Route("PUT", "download/{task_id}", self.change, "Pause or resume.", Any, _AREA,
                  body=Form),
            Route("DELETE", "download/{task_id}", self.delete, "Cancel.", Any, _AREA),
        ]  # fmt: skip

    def create(self, body: Form) -> dict[str, str]:
        """Raises KeeperError destination_exists, and as the intake of a link."""
        table = self._backend.model_folders()
        destination = Places(table).new(
            body.text("type"), body.text("pathIndex"), body.text("fullname")
        )
        refuse_taken(destination.path)
        wishes = Wishes(
            category=destination.category,
            root=destination.root,
            name=destination.relative,
            sha256=_sha256(body),
        )
        plan = self._backend.intake(table).from_link(body.text("downloadUrl"), wishes)
        job = Submission(self._backend.store).one(plan).job
        self._companions.keep(
            job.id,
            description=str(body.values.get("description") or ""),
            preview=body.files.get("previewFile"),
        )
        self._backend.wake_worker()
        return {"taskId": job.id}

    def list(self) -> list[Task]:
        """Newest first."""
        store = self._backend.store
        return unfinished_tasks(store, live_views(self._backend.live()), self._companions)

    def change(self, task_id: str, body: Form) -> None:
        job = self._download(task_id)
        wish = body.text("status")
        actions = self._backend.actions
        if wish == "pause":
            actions.pause(job.id)
        elif wish == "resume" and job.state is JobState.FAILED:
            actions.retry(job.id)
        elif wish == "resume":
            actions.resume(job.id)
        else:
            raise KeeperError("invalid_request", what="“status” must be pause or resume.")
        self._backend.wake_worker()

    def delete(self, task_id: str) -> None:
        """What is under way is cancelled; what failed is taken off the list."""
        job = self._download(task_id)
        if job.state is JobState.FAILED:
            self._backend.actions.remove(job.id)
        else:
            self._backend.actions.cancel(job.id)
        self._backend.wake_worker()

    def _download(self, task_id: str) -> Job:
        job = self._backend.store.jobs.get(JobId(task_id))
        if not is_task(job):
            raise KeeperError("job_not_found", id=task_id)
        return job


def unfinished_tasks(
    store: JobStore, live: Mapping[str, LiveView], companions: Companions
) -> list[Task]:
    """Newest first."""
    views = JobViews(store)
    return [
        task_view(views.one(job), live.get(job.id), companions.preview_name(job.id))
        for job in _unfinished(store)
    ]


def _unfinished(store: JobStore) -> Iterator[Job]:
    after = None
    while True:
        page = store.jobs.page(
            JobQuery(
                states=frozenset(_SHOWN),
                kinds=frozenset({JobKind.DOWNLOAD}),
                target="local",
                limit=_PAGE,
                after=after,
            )
        )
        yield from page.items
        if page.next is None:
            return
        after = page.next


def is_task(job: Job | JobView) -> bool:
    """Whether the panel can show it: a download to a folder of this machine."""
    return job.kind is JobKind.DOWNLOAD and job.target == "local"


def task_view(job: JobView, live: LiveView | None, preview: str | None) -> Task:
    """``bps`` is bytes a second, ``progress`` percent; ``error`` what a person should read."""
    done = live.bytes_done if live else job.bytes_done
    total = (live.bytes_total if live else None) or job.bytes_total or 0
    provider = job.provider or "plain"
    return {
        "taskId": job.id,
        "type": job.category or "",
        "fullname": job.relative or "",
        "preview": preview,
        "status": _status(job),
        "platform": _PLATFORMS.get(provider, provider),
        "downloadedSize": done,
        "totalSize": total,
        "progress": min(100.0, 100 * done / total) if total else 0,
        "bps": live.bytes_per_second if live else 0,
        "error": _trouble(job),
    }


def refuse_taken(path: str) -> None:
    """Raises KeeperError destination_exists, for a dangling link too."""
    if os.path.lexists(path):
        raise KeeperError("destination_exists", path=path)


def _status(job: JobView) -> str:
    if job.state in _WORKING and job.control != "pause":
        return "doing"
    return "waiting" if job.state is JobState.PENDING else "pause"


def _trouble(job: JobView) -> str | None:
    """Only what a person has to act on: the panel shows it each time for many seconds."""
    stopped = job.state in {JobState.FAILED, JobState.REVIEW}
    if job.error is None or not (stopped or job.wait_reason in _FOR_A_PERSON):
        return None
    return f"{job.error.message} {job.error.hint}"


def _sha256(form: Form) -> str | None:
    """The hash that the panel was told by a provider; others than SHA256 prove nothing here."""
    try:
        hashes = json.loads(str(form.values.get("hashes") or "{}"))
    except (ValueError, RecursionError):
        raise KeeperError("invalid_request", what="“hashes” must be JSON.") from None
    found = hashes.get("SHA256") if isinstance(hashes, dict) else None
    text = str(found or "").lower()
    return text if _SHA256.fullmatch(text) else None
