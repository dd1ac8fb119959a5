"""The fault matrix: every misbehaviour ends in the right file, or in an error that explains it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import ERRORS
from model_keeper.domain.jobs import JobState
from model_keeper.engine.summary import job_error
from model_keeper.testing.faults import FAULTS
from model_keeper.testing.model_files import SyntheticSafetensors, safetensors
from model_keeper.testing.origin import Origin
from model_keeper.testing.server import Bytes
from tests.integration.keeper import Keeper, outcome

MIB = 1 << 20
SIZE = 8 * MIB + 12_345


@dataclass(frozen=True)
class Row:
    """What a fault must end in: the file, or a code; ``most`` bounds what the origin sends."""

    fault: str
    ends: str = "succeeded"
    most: float = 1.02
    replaced: bool = False  # what succeeds is the file that took the first one's place
    linked: bool = True  # the first file's sha256 is known before
    options: dict[str, Any] = field(default_factory=dict)

    def content(self) -> SyntheticSafetensors:
        """A file of this row's own: what another row brought would be reused."""
        return SyntheticSafetensors(SIZE, seed=2 * ROWS.index(self))

    def other(self) -> SyntheticSafetensors:
        """The file that takes its place."""
        return SyntheticSafetensors(SIZE, seed=2 * ROWS.index(self) + 1)

    def __str__(self) -> str:
        named = "-".join(f"{k}={v}" for k, v in self.options.items() if isinstance(v, (int, bool)))
        return f"{self.fault}{'-' if named else ''}{named}{'' if self.linked else '-unhashed'}"


ROWS = [
    Row("honest"),
    Row("honest", linked=False),
    Row("ignores_range"),
    Row("ignores_range_later", most=1.3),
    Row("wrong_content_range", most=1.3, linked=False),
    Row("cut_every", options={"every": MIB}),
    Row("cut_every", options={"every": 256 << 10}, most=1.05),
    Row("cut_every", options={"every": MIB, "reset": True}, most=1.2),
    Row("cut_every", options={"every": MIB}, linked=False),
    Row("cut_once", linked=False),
    Row("cut_without_ranges", most=1.3),
    Row("always_cut_without_ranges", ends="retries_exhausted", most=9),
    Row("changed_content", replaced=True, linked=False, most=1.3),
    Row("changed_content_if_range_ignored", replaced=True, linked=False, most=2.3),
    Row("changed_content_dated", replaced=True, linked=False, most=1.3),
    Row("changed_content", ends="hash_mismatch", most=3.3),
    Row("changed_silently", ends="hash_mismatch", most=3.3),
    Row("weak_etag", linked=False, most=1.3),
    Row("weak_etag"),
    Row("no_validators", linked=False, most=1.3),
    Row("no_validators"),
    Row("last_modified_only", linked=False),
    Row("expired_signature", options={"every": 2 * MIB}, most=1.05),
    Row("expired_signature", options={"every": 2 * MIB, "uses": 1}, ends="forbidden", most=0.01),
    Row("full_size_416"),
    Row("short_body", ends="retries_exhausted", most=9),
    Row("short_file", ends="hash_mismatch", most=1.5),  # it says that it can send ranges
    Row("short_file", ends="structure_broken", most=1.5, linked=False),
    Row("long_body", most=1.1),  # a few thousand more with every piece
    Row("login_page", ends="not_a_model"),
    Row("login_page_with_lying_type", ends="not_a_model", linked=False),
    Row("json_error", ends="not_a_model"),
    Row("redirect_loop", ends="redirect_loop"),
    Row("redirect_chain"),
    Row("cross_origin_redirect"),
    Row("relative_redirect"),
    Row("gzip", most=1.1),
    Row("no_length"),
    Row("no_length", linked=False),
    Row("stall_once"),
    Row("stall", ends="retries_exhausted", options={"after": 0}, most=0.1),
    Row("trickle", options={"rate": 16 * MIB}),
    Row("content_disposition_climbs"),
    Row("401", ends="login_needed"),
    Row("403", ends="forbidden"),
    Row("404", ends="not_found"),
    Row("410", ends="gone"),
    Row("429", ends="retries_exhausted"),
    Row("429_then_ok"),
    Row("429_with_retry_after"),
    Row("500", ends="retries_exhausted"),
    Row("500_then_ok"),
    Row("503", ends="retries_exhausted"),
    Row("503_then_ok"),
]  # fmt: skip


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    with Keeper(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture(scope="module")
def origin() -> Iterator[Origin]:
    with Origin() as made:
        yield made


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_ends_as_the_table_says(row: Row, keeper: Keeper, origin: Origin) -> None:
    name = f"{ROWS.index(row)}.safetensors"
    first, final = row.content(), row.other() if row.replaced else row.content()
    url = origin.add(name, first, row.fault, then=row.other(), **row.options)
    before = set(keeper.files())

    job = keeper.get(url, sha256=first.sha256() if row.linked else None)

    assert outcome(job) == row.ends
    assert origin.sent(name) <= row.most * SIZE
    keeper.wait_until_idle()
    path = keeper.models / "loras" / name
    if row.ends == "succeeded":
        assert hashlib.sha256(path.read_bytes()).hexdigest() == final.sha256()
        assert job.result["sha256"] == final.sha256()
        assert set(keeper.files()) - before == {f"loras/{name}"}
    else:
        error = job_error(job)
        assert error is not None
        assert "?" not in error.message + error.hint, "a detail of the message is missing"
        assert job.state is JobState.FAILED
        assert set(keeper.files()) - before == set(), "nothing is left of what cannot be resumed"


def test_every_fault_has_a_row() -> None:
    assert {row.fault for row in ROWS} == set(FAULTS)


def test_every_ending_is_a_code_with_a_hint() -> None:
    for row in ROWS:
        assert row.ends == "succeeded" or ERRORS[row.ends].hint


BODIES = [
    ("truncated.safetensors", safetensors(100_000)[:-1], "structure_broken"),
    ("empty.safetensors", b"", "not_a_model"),
    ("page.safetensors", b"<html><body>Not found</body></html>", "not_a_model"),
    ("error.gguf", b'{"error": "no"}', "not_a_model"),
]


@pytest.mark.parametrize(("name", "body", "code"), BODIES, ids=[row[0] for row in BODIES])
def test_a_body_that_is_no_model_never_gets_its_name(
    name: str, body: bytes, code: str, keeper: Keeper, origin: Origin
) -> None:
    job = keeper.get(origin.add(name, Bytes(body)))

    assert outcome(job) == code
    assert not (keeper.models / "loras" / name).exists()
    log = (keeper.host.state.path / "verification_failures.log").read_text()
    assert code in log
    assert job.id in log
    keeper.wait_until_idle()
    assert not list(Path(keeper.models).rglob(f"*{name}*"))
