"""The hashes of one pass, against each computed plainly."""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from blake3 import blake3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.library import digests
from model_keeper.library.digests import LANES, digest_file
from model_keeper.testing.model_files import safetensors

Tensors = Sequence[tuple[str, str, list[int], bytes]]


@pytest.fixture(scope="module")
def lanes() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(LANES) as pool:
        yield pool


def stored(tensors: Tensors, metadata: Mapping[str, str] | None = None) -> bytes:
    """A safetensors file with the tensors in this order."""
    header: dict[str, object] = {} if metadata is None else {"__metadata__": dict(metadata)}
    begin = 0
    for name, dtype, shape, data in tensors:
        header[name] = {
            "dtype": dtype,
            "shape": shape,
            "data_offsets": [begin, begin + len(data)],
        }
        begin += len(data)
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(data for *_, data in tensors)


def hashes(path: Path, content: bytes, lanes: ThreadPoolExecutor) -> Mapping[str, str]:
    path.write_bytes(content)
    size, found = digest_file(path, lanes, lambda _: None)
    assert size == len(content)
    return found


WEIGHTS: Tensors = [
    ("a", "U8", [5], b"12345"),
    ("b", "F16", [2, 2], bytes(range(8))),
    ("empty", "F32", [0, 4], b""),
    ("猫", "U8", [1], b"x"),
]


def test_each_hash_is_what_it_says(tmp_path: Path, lanes: ThreadPoolExecutor) -> None:
    content = stored(WEIGHTS, {"title": "x"})
    data = b"".join(data for *_, data in WEIGHTS)
    lines = sorted(
        f"{name}\0{dtype}\0{','.join(map(str, shape))}\0{blake3(data).hexdigest()}\n".encode()
        for name, dtype, shape, data in WEIGHTS
    )

    assert hashes(tmp_path / "a", content, lanes) == {
        "sha256": hashlib.sha256(content).hexdigest(),
        "autov2": hashlib.sha256(content).hexdigest()[:10],
        "blake3": blake3(content).hexdigest(),
        "autov3": hashlib.sha256(data).hexdigest(),
        "tensors": hashlib.sha256(b"".join(lines)).hexdigest(),
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 20), max_size=6),
    block=st.integers(1, 25),
    order=st.randoms(use_true_random=False),
    metadata=st.none() | st.dictionaries(st.text(max_size=3), st.text(max_size=9), max_size=2),
)
def test_equal_weights_have_one_tensor_hash_however_they_are_stored(
    tmp_path: Path,
    lanes: ThreadPoolExecutor,
    sizes: list[int],
    block: int,
    order: object,
    metadata: Mapping[str, str] | None,
) -> None:
    tensors = [(f"t{n}", "U8", [size], bytes([n]) * size) for n, size in enumerate(sizes)]
    shuffled = list(tensors)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "_BLOCK", block)
        one = hashes(tmp_path / "one", stored(tensors), lanes)
        other = hashes(tmp_path / "other", stored(shuffled, metadata), lanes)

    assert one["tensors"] == other["tensors"]
    assert one["sha256"] == hashlib.sha256((tmp_path / "one").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        [("a", "U8", [5], b"12346"), *WEIGHTS[1:]],
        [("A", "U8", [5], b"12345"), *WEIGHTS[1:]],
        [("a", "I8", [5], b"12345"), *WEIGHTS[1:]],
        [("a", "U8", [5, 1], b"12345"), *WEIGHTS[1:]],
        WEIGHTS[1:],
    ],
)
def test_other_weights_have_another_tensor_hash(
    tmp_path: Path, lanes: ThreadPoolExecutor, other: Tensors
) -> None:
    one = hashes(tmp_path / "one", stored(WEIGHTS), lanes)
    assert one["tensors"] != hashes(tmp_path / "other", stored(other), lanes)["tensors"]


@pytest.mark.parametrize("content", [b"", b"no safetensors", safetensors(4_000)[:-1]])
def test_what_is_no_sound_safetensors_file_has_the_plain_hashes(
    tmp_path: Path, lanes: ThreadPoolExecutor, content: bytes
) -> None:
    found = hashes(tmp_path / "a", content, lanes)
    assert set(found) == {"sha256", "autov2", "blake3"}
    assert found["sha256"] == hashlib.sha256(content).hexdigest()


def test_without_blake3_the_rest_is_there(
    tmp_path: Path, lanes: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "blake3", None)
    found = hashes(tmp_path / "a", stored(WEIGHTS), lanes)
    assert set(found) == {"sha256", "autov2", "autov3"}


def test_its_progress_is_told_and_it_can_be_ended(
    tmp_path: Path, lanes: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "_BLOCK", 1_000)
    path = tmp_path / "a"
    path.write_bytes(bytes(5_500))
    seen: list[int] = []

    def step(reached: int) -> None:
        seen.append(reached)
        if reached >= 3_000:
            raise Interrupted(CANCEL)

    with pytest.raises(Interrupted):
        digest_file(path, lanes, step)
    assert seen == [0, 1_000, 2_000, 3_000]
