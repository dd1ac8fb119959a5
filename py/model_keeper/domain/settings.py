"""Settings that people change while everything runs: their meaning, defaults and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.preview_policy import Exposure, PreviewPolicy, Rating


@dataclass(frozen=True)
class Settings:
    """Every setting with its default.

    ``bandwidth`` is in bytes a second for all downloads together, None for no limit. Switching
    ``verify_hashes`` off still checks structure and size. ``max_retries`` counts attempts in a row
    that bring nothing. ``concurrency`` is downloads at once for each target, ``connections`` and
    ``per_host`` are connections of all downloads, ``connections_per_file`` of one. ``models_dir``
    and ``extra_model_paths`` say where the models are when the command line does not.
    ``allowed_hosts`` are names (``host`` or ``host:port``) by which browsers may reach the server
    without pairing. ``wait_for_generation``: while ComfyUI generates, downloads rest.
    ``complete_downloads``: the metadata and the preview of what is fetched follow by themselves.
    ``preview_cache_bytes`` is how much of the disk small pictures may take. ``preview_limit`` is
    the strongest rating of a picture that is shown, ``preview_above`` and ``preview_unknown`` what
    is done to stronger ones and to those that nobody rated; ``preview_private`` blurs all.
    Where less than ``low_space_bytes`` is free a person is warned, and not again before
    ``enough_space_bytes`` were.
    """

    auto_download: bool = True
    verify_hashes: bool = True
    max_retries: int = 5
    timeout_seconds: float = 30.0
    delay_between_downloads: float = 0.0
    poll_interval_seconds: float = 5.0
    concurrency: int = 3
    connections: int = 16
    per_host: int = 8
    connections_per_file: int = 8
    bandwidth: int | None = None
    share_by_hardlink: bool = False
    complete_downloads: bool = True
    keep_finished_days: int = 90
    keep_finished_jobs: int = 10_000
    models_dir: str | None = None
    extra_model_paths: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    wait_for_generation: bool = False
    preview_cache_bytes: int = 512 << 20
    low_space_bytes: int = 10 << 30
    enough_space_bytes: int = 20 << 30
    preview_limit: str = "pg13"
    preview_above: str = "blur"
    preview_unknown: str = "show"
    preview_private: bool = False

    @property
    def preview_policy(self) -> PreviewPolicy:
        return PreviewPolicy(
            limit=Rating[self.preview_limit.upper()],
            above=Exposure(self.preview_above),
            unknown=Exposure(self.preview_unknown),
            private=self.preview_private,
        )

    def changed(self, values: Mapping[str, Any]) -> Settings:
        """These settings with other values. Raises invalid_request, naming the wrong one."""
        for name, value in values.items():
            why = _objection(name, value)
            if why:
                raise KeeperError("invalid_request", what=why)
        return self.adopting(values)

    def adopting(self, stored: Mapping[str, Any]) -> Settings:
        """These settings with those stored values that this version understands."""
        understood: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in stored.items()
            if not _objection(name, value)
        }
        return replace(self, **understood)


_LIMITS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "max_retries": (0, 1_000),
        "timeout_seconds": (1, 3_600),
        "delay_between_downloads": (0, 3_600),
        "poll_interval_seconds": (1, 3_600),
        "concurrency": (1, 64),
        "connections": (1, 256),
        "per_host": (1, 64),
        "connections_per_file": (1, 32),
        "bandwidth": (1_024, 2**50),
        "keep_finished_days": (1, 36_500),
        "keep_finished_jobs": (0, 10_000_000),
        "preview_cache_bytes": (0, 2**40),
        "low_space_bytes": (0, 2**50),
        "enough_space_bytes": (0, 2**50),
    }
)
_EXPOSURES = tuple(exposure.value for exposure in Exposure)
_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "preview_limit": tuple(r.name.lower() for r in Rating if r is not Rating.BLOCKED),
        "preview_above": _EXPOSURES,
        "preview_unknown": _EXPOSURES,
    }
)
_KINDS: Mapping[str, str] = MappingProxyType({f.name: str(f.type) for f in fields(Settings)})


def _objection(name: str, value: Any) -> str | None:
    """Why the value cannot be, as a sentence."""
    kind = _KINDS.get(name)
    if kind is None:
        return f"There is no setting “{name}”."
    if value is None and "None" in kind:
        return None
    fits, what = _fits(name, kind, value)
    return None if fits else f"“{name}” must be {what}."


def _fits(name: str, kind: str, value: Any) -> tuple[bool, str]:
    """Whether the value is of its kind and within its limits, and what it should be."""
    if kind == "bool":
        return isinstance(value, bool), "on or off: true or false"
    if name in _CHOICES:
        return value in _CHOICES[name], f"one of {', '.join(_CHOICES[name])}"
    if kind.startswith("str"):
        return _is_text(value) and bool(value), "a text"
    if kind.startswith("tuple"):
        listed = isinstance(value, (tuple, list))
        return listed and all(map(_is_text, value)), "a list of texts"
    whole = "float" not in kind
    low, high = _LIMITS[name]
    number = isinstance(value, int if whole else (int, float)) and not isinstance(value, bool)
    what = f"a {'whole ' if whole else ''}number from {low:g} to {high:g}"
    return number and low <= value <= high, what


def _is_text(value: Any) -> bool:
    """Most texts are paths, and no path has a zero in it."""
    return isinstance(value, str) and "\0" not in value
