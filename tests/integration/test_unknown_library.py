"""A small library that nobody described; ``unknown_library`` is the same with thousands."""

from __future__ import annotations

from pathlib import Path

from tests.integration.unknown_library import run


def test_all_that_can_be_known_is_known_after_two_kills(tmp_path: Path) -> None:
    report = run(tmp_path, 60, seed=7)
    assert report.holds, report
    assert report.unknowable == report.incomplete
    assert report.without_preview == 0
    assert report.previews >= 36
