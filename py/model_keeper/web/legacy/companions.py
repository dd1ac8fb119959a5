"""What the panel sends along with a download, kept until the file is there to lie beside it."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from model_keeper.domain.jobs import Job, JobId, JobState
from model_keeper.engine.state_folder import StateFolder
from model_keeper.files.failures import storage_error
from model_keeper.formats.media import MEDIA_HEAD_BYTES, medium_of
from model_keeper.web.legacy.sidecars import MEDIA_TYPES

_JOB_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")


class Companions:
    """Descriptions and previews by job, in a folder of the state. Nothing is ever replaced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, job_id: JobId, *, description: str, preview: bytes | None) -> None:
        """Raises KeeperError disk_full, folder_read_only, …; a preview that is none is dropped."""
        if description:
            self._write(f"{job_id}.md", description.encode(errors="replace"))
        ending = picture_ending(preview) if preview else None
        if preview and ending:
            self._write(f"{job_id}{ending}", preview)

    def preview_name(self, job_id: str) -> str | None:
        """The file name by which :meth:`named` finds the preview of a job."""
        return next((path.name for path in self._of(job_id) if path.suffix in MEDIA_TYPES), None)

    def named(self, name: str) -> Path | None:
        """The preview that a task named."""
        path = self._folder / name
        is_ours = path.suffix in MEDIA_TYPES and _JOB_ID.fullmatch(path.stem) is not None
        return path if is_ours and path.name == name and path.is_file() else None

    def job_ids(self) -> set[JobId]:
        """Of which jobs there is something."""
        try:
            return {JobId(path.stem) for path in self._folder.iterdir()}
        except FileNotFoundError:
            return set()

    def settle(self, job: Job | None, job_id: JobId) -> None:
        """Put what is kept of a job beside its file, or forget it where there will be none.

        A description or a preview that lies there already stays as it is. Raises OSError.
        """
        kept = self._of(job_id)
        ended = job is None or job.state in {JobState.SUCCEEDED, JobState.CANCELLED}
        if not ended:
            return
        if job is not None and job.state is JobState.SUCCEEDED and not job.reused:
            model = Path(str(job.result.get("path", "")))
            for path in kept:
                if model.is_file():
                    write_beside(model, path.suffix, path.read_bytes())
        for path in kept:
            path.unlink(missing_ok=True)

    def _of(self, job_id: str) -> list[Path]:
        if _JOB_ID.fullmatch(job_id) is None:
            return []
        endings = (".md", *MEDIA_TYPES)
        paths = [self._folder / f"{job_id}{ending}" for ending in endings]
        return [path for path in paths if path.is_file()]

    def _write(self, name: str, content: bytes) -> None:
        path = self._folder / name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as exc:
            raise storage_error(exc, path) from exc


def picture_ending(content: bytes) -> str | None:
    """What a picture or a video is by its first bytes; None for everything else."""
    medium = medium_of(content[:MEDIA_HEAD_BYTES])
    return medium.ending if medium else None


def write_beside(model: Path, ending: str, content: bytes) -> None:
    """Make ``<stem><ending>``, previews as ``<stem>.preview<ending>``; what is there stays."""
    name = f"{model.stem}.preview{ending}" if ending in MEDIA_TYPES else f"{model.stem}{ending}"
    with contextlib.suppress(FileExistsError), model.with_name(name).open("xb") as file:
        file.write(content)


def companions_of(state: StateFolder) -> Companions:
    return Companions(state.path / "panel-downloads")
