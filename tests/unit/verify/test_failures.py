from __future__ import annotations

import logging
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.verify.failures import FailureLog

ERROR = KeeperError("structure_broken", why="4 bytes are missing at its end")
AT = 1_700_000_000_000


def test_a_refusal_is_one_line_of_five_columns(tmp_path: Path) -> None:
    log = FailureLog(tmp_path / "state" / "verification_failures.log")
    log.write(at_ms=AT, job_id="j1", file="loras/a.safetensors", error=ERROR)
    log.write(at_ms=AT + 1000, job_id="j2", file="b", error=ERROR)
    first, second = (tmp_path / "state" / "verification_failures.log").read_text().splitlines()
    assert first.split("\t") == [
        "2023-11-14T22:13:20Z",
        "j1",
        "loras/a.safetensors",
        "structure_broken",
        "The file is broken: 4 bytes are missing at its end.",
    ]
    assert second.startswith("2023-11-14T22:13:21Z\tj2\t")


def test_a_hostile_name_cannot_forge_a_line(tmp_path: Path) -> None:
    path = tmp_path / "log"
    FailureLog(path).write(at_ms=AT, job_id="j", file="a\nb\tc\u202ed\udce4", error=ERROR)
    (line,) = path.read_bytes().splitlines()
    assert line.split(b"\t")[2] == rb"a\u000ab\u0009c\u202ed\udce4"


def test_a_full_log_is_put_aside_once(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log = FailureLog(path, max_bytes=300)
    for number in range(20):
        log.write(at_ms=AT, job_id=f"job-{number}", file="a", error=ERROR)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["log", "log.1"]
    assert path.stat().st_size <= 300
    kept = (tmp_path / "log.1").read_text() + path.read_text()
    assert [line.split("\t")[1] for line in kept.splitlines()][-1] == "job-19"


def test_a_log_that_cannot_be_written_holds_up_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "log").mkdir()
    with caplog.at_level(logging.WARNING, "model_keeper.verify"):
        FailureLog(tmp_path / "log").write(at_ms=AT, job_id="j", file="a", error=ERROR)
    assert "could not be written" in caplog.text
