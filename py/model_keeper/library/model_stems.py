"""Which model files of a folder share their stem: a sidecar with it may be meant for either."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.categories import WEIGHT_EXTENSIONS

_ENDINGS = frozenset({*WEIGHT_EXTENSIONS, ".gguf", ".onnx", ".engine", ".ggml", ".sft"})
_BELIEVED_SECONDS = 1.0


class ModelStems:
    """The model files among the names of one folder, by their stems."""

    def __init__(self, names: Iterable[str]) -> None:
        self._named: dict[str, list[str]] = {}
        for name in names:
            stem, ending = os.path.splitext(name)  # noqa: PTH122 - of tens of thousands
            if ending.lower() in _ENDINGS:
                self._named.setdefault(stem.casefold(), []).append(name)

    def shares(self, name: str) -> bool:
        """Whether another model file has the stem of the file called ``name``, in any case."""
        stem = os.path.splitext(name)[0].casefold()  # noqa: PTH122 - as above
        return any(other != name for other in self._named.get(stem, ()))


@dataclass(frozen=True)
class _Listing:
    at: float
    stems: ModelStems


class FolderStems:
    """The stems of whole folders, for who asks of one model after the other.

    A folder of ten thousand models is not listed ten thousand times: what was seen is believed for
    a second. A file that comes within it would also come right after a look.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._listings: dict[Path, _Listing] = {}

    def of(self, folder: Path) -> ModelStems:
        """Raises OSError where the folder cannot be listed."""
        now = self._monotonic()
        known = self._listings.get(folder)
        if known is None or now - known.at >= _BELIEVED_SECONDS:
            known = _Listing(now, ModelStems(os.listdir(folder)))  # noqa: PTH208 - names only
            recent = {p: each for p, each in self._listings.items() if _is_recent(each, now)}
            self._listings = {**recent, folder: known}
        return known.stems


def _is_recent(listing: _Listing, now: float) -> bool:
    return now - listing.at < _BELIEVED_SECONDS
