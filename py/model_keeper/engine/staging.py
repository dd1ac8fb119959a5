"""Where the bytes of a download lie before they are proven."""

from __future__ import annotations

from pathlib import Path

from model_keeper.domain.downloads import Download
from model_keeper.domain.names import staging_name


def staging_path(download: Download) -> Path:
    """Found again by destination and content, not by job."""
    destination = Path(download.destination.path)
    folder = Path(download.staging_folder) if download.staging_folder else destination.parent
    return folder / staging_name(destination.name, f"{destination}\n{download.source_key}")


def occupied(path: Path) -> int:
    """The bytes that a file with holes takes; 0 where there is none, or nobody can tell."""
    try:
        return int(getattr(path.stat(), "st_blocks", 0)) * 512
    except OSError:
        return 0
