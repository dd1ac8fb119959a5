"""The Hugging Face cache: files that the hub's own client has fetched before.

Layout: ``hub/models--{owner}--{name}/blobs/{sha256}`` for large files (huggingface_hub's
documentation of its cache).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


class HubCache:
    """Finds blobs by their sha256. Reads nothing but names: who uses a blob hashes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> HubCache:
        """The folder that the hub's client would use."""
        named = environment.get("HF_HUB_CACHE") or environment.get("HUGGINGFACE_HUB_CACHE")
        if named:
            return cls(Path(named).expanduser())
        cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        home = Path(environment.get("HF_HOME") or cache / "huggingface")
        return cls(home.expanduser() / "hub")

    def blob(self, sha256: str) -> Path | None:
        """A whole file with that name, in any repository."""
        try:
            found = sorted(self._folder.glob(f"models--*/blobs/{sha256}"))
        except OSError:
            return None
        return next((path for path in found if path.is_file()), None)
