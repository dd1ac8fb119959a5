"""Pictures that had to make room: copied to where nothing replaces or deletes them."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from model_keeper.files.replacement import replace_file


class KeptPictures:
    """Copies in ``folder``, by names of their own. Every method raises OSError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path) -> str:
        """Copy the picture at ``path``; the name of the copy. Of a dead link it is the link."""
        self._folder.mkdir(parents=True, exist_ok=True)
        copy = self._folder / f"{secrets.token_hex(6)}-{path.name[-60:]}"
        shutil.copy2(path, copy, follow_symlinks=path.exists())
        return copy.name

    def drop(self, path: Path) -> None:
        """Take the picture away from ``path``, if there is one, and keep it."""
        if os.path.lexists(path):
            self.keep(path)
            path.unlink()

    def bring_back(self, path: Path, name: str) -> None:
        """Put a copy to ``path``; whatever lies there by now stays."""
        copy = self._folder / Path(name).name
        if copy.is_file() and not os.path.lexists(path):
            replace_file(path, copy.read_bytes())
