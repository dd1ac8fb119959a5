from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.preview_policy import Exposure, PreviewPolicy, Rating
from model_keeper.domain.settings import Settings


def test_every_default_is_allowed() -> None:
    defaults = {field.name: getattr(Settings(), field.name) for field in fields(Settings)}
    assert Settings().changed(defaults) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("concurrency", 1),
        ("concurrency", 64),
        ("bandwidth", None),
        ("bandwidth", 1024),
        ("timeout_seconds", 1),
        ("delay_between_downloads", 0.5),
        ("verify_hashes", False),
        ("preview_limit", "xxx"),
        ("preview_above", "hide"),
        ("preview_private", True),
    ],
)
def test_values_within_their_limits_are_taken(name: str, value: Any) -> None:
    assert getattr(Settings().changed({name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("concurrency", 0),
        ("concurrency", 65),
        ("concurrency", 2.5),
        ("concurrency", True),
        ("concurrency", "3"),
        ("concurrency", None),
        ("bandwidth", 5),
        ("timeout_seconds", float("nan")),
        ("timeout_seconds", float("inf")),
        ("verify_hashes", 1),
        ("verify_hashes", None),
        ("models_dir", ""),
        ("models_dir", "/models\0"),
        ("extra_model_paths", ["/models\0"]),
        ("preview_limit", "blocked"),
        ("preview_limit", 4),
        ("preview_unknown", ["show"]),
        ("unheard_of", 1),
    ],
)
def test_other_values_are_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(KeeperError, match=name) as refused:
        Settings().changed({"max_retries": 1, name: value})
    assert refused.value.code == "invalid_request"


def test_the_policy_of_previews_is_what_the_settings_say() -> None:
    changed = Settings().changed({"preview_limit": "x", "preview_unknown": "hide"})
    assert Settings().preview_policy == PreviewPolicy()
    assert changed.preview_policy == PreviewPolicy(limit=Rating.X, unknown=Exposure.HIDE)


def test_stored_values_that_are_not_understood_are_left_out() -> None:
    stored = {"concurrency": 7, "max_retries": "many", "from_a_newer_version": 1}
    assert Settings().adopting(stored) == Settings(concurrency=7)
