"""What belongs to models and cannot lie beside them: their folders cannot be written to."""

from __future__ import annotations

import hashlib
from pathlib import Path

from model_keeper.files.replacement import replace_file


class KeptApart:
    """Files in ``folder`` with this ``ending``, one for each model, by the model's path."""

    def __init__(self, folder: Path, ending: str = "") -> None:
        self._folder = folder
        self._ending = ending

    def of(self, model: str) -> Path:
        """Where it would be kept for the model at this path."""
        digest = hashlib.sha256(model.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:34]}{self._ending}"

    def all(self) -> frozenset[Path]:
        """Everything that is kept."""
        return frozenset(self._folder.glob(f"[0-9a-f][0-9a-f]/{'?' * 32}{self._ending}"))

    def has(self, path: Path) -> bool:
        """Whether the file at ``path`` is one that is kept here."""
        return self._folder in path.parents

    def follow(self, source: str, target: str, *, copy: bool = False) -> None:
        """A model went from one path to another, or is at both: what is kept for it goes along.

        Nothing kept is fine, and so is a second call. Raises OSError.
        """
        old, new = self.of(source), self.of(target)
        if not old.is_file():
            return
        new.parent.mkdir(parents=True, exist_ok=True)
        if copy:
            replace_file(new, old.read_bytes())
        else:
            old.replace(new)


def kept_previews(state: Path) -> KeptApart:
    """Previews of models whose folders cannot be written to, in a folder of ours."""
    return KeptApart(state / "own")
