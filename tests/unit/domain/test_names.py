from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.names import (
    escapes,
    name_from_content_disposition,
    name_from_url,
    on_windows,
    repaired_name,
    safe_name,
    safe_relative,
    staging_name,
    suffixed_name,
    too_long_for_windows,
)

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("name_vectors.json").read_text(encoding="utf-8")
)

DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    port + digit for port in ("COM", "LPT") for digit in "123456789¹²³"
}

awkward = st.sampled_from(
    ["/", "\\", "..", ".", " ", ":", "?*", "CON", "nul", "COM¹", "e", "\u0301", "<\u0338", "\0"]
) | st.sampled_from(
    ["\u202e", "\u200b", "\u200d", "\u3000", "\ud800", "😀" * 70, "a" * 260, ".safetensors"]
)
names = st.lists(awkward | st.text(st.characters(), max_size=4), max_size=8).map("".join)


def outcome(name: str, *, windows: bool) -> str | None:
    try:
        return safe_relative(name, windows=windows)
    except KeeperError as error:
        return None if error.code == "name_unusable" else error.code


@pytest.mark.parametrize("row", VECTORS, ids=[row["case"] for row in VECTORS])
def test_published_vectors(row: dict[str, Any]) -> None:
    name = row["name"]
    assert outcome(name, windows=False) == row["posix"]
    assert outcome(name, windows=True) == row["windows"]
    assert repaired_name(name) == row["remote"]


def test_vectors_are_many_and_distinct() -> None:
    assert len({row["name"] for row in VECTORS}) == len(VECTORS) >= 80


def assert_safe(part: str) -> None:
    assert part not in {"", ".", ".."}
    assert len(part.encode()) <= 255
    assert part == unicodedata.normalize("NFC", part)
    assert not set(part) & set('<>:"|?*/\\')
    assert part[-1] not in ". "
    assert part == part.strip()
    assert part.partition(".")[0].rstrip().upper() not in DEVICES
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in part)
    assert not any(unicodedata.bidirectional(char) in {"RLO", "LRO", "RLE", "LRE"} for char in part)


@given(name=names, windows=st.booleans())
@settings(max_examples=400, deadline=None)
def test_a_safe_path_is_safe_in_every_part_and_its_own_fixed_point(
    name: str,
    windows: bool,
) -> None:
    relative = outcome(name, windows=windows)
    if relative is None:
        return
    for part in relative.split("/"):
        assert_safe(part)
    assert not escapes(relative)
    assert safe_relative(relative, windows=windows) == relative


@given(name=names)
@settings(max_examples=200, deadline=None)
def test_a_remote_name_is_one_safe_part_and_its_own_fixed_point(name: str) -> None:
    repaired = repaired_name(name)
    if repaired is not None:
        assert_safe(repaired)
        assert repaired_name(repaired) == repaired


@given(name=names)
@settings(max_examples=200, deadline=None)
def test_whatever_escapes_is_refused(name: str) -> None:
    if escapes(name):
        assert outcome(name, windows=False) is None
        assert outcome(name, windows=True) is None


def test_a_refusal_says_why_and_keeps_the_name() -> None:
    with pytest.raises(KeeperError) as caught:
        safe_relative("../ae.safetensors")
    assert caught.value.details == {
        "name": "../ae.safetensors",
        "why": "it climbs out of its folder",
    }


def test_a_single_name_refuses_a_folder_only_where_it_is_one() -> None:
    assert safe_name("ae.safetensors") == "ae.safetensors"
    assert safe_name("flux\\ae.safetensors") == "flux_ae.safetensors"
    with pytest.raises(KeeperError, match="names a folder"):
        safe_name("flux/ae.safetensors")
    with pytest.raises(KeeperError, match="names a folder"):
        safe_name("flux\\ae.safetensors", windows=True)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=ae.safetensors", "ae.safetensors"),
        ('attachment; filename="my model.safetensors"', "my model.safetensors"),
        ('attachment; filename="a;b.safetensors"; size=3', "a;b.safetensors"),
        ('attachment; filename="say \\"hi\\".pt"', "say _hi_.pt"),
        ('ATTACHMENT; FileName = "ae.pt"', "ae.pt"),
        ("inline; filename=ae.pt", "ae.pt"),
        ("filename=ae.pt", "ae.pt"),
        ("attachment; filename*=UTF-8''na%C3%AFve%20plan.pt", "naïve plan.pt"),
        ("attachment; filename*=utf-8'en'x.pt", "x.pt"),
        ("attachment; filename*=ISO-8859-1''caf%E9.pt", "café.pt"),
        ("attachment; filename=\"plain.pt\"; filename*=UTF-8''better.pt", "better.pt"),
        ("attachment; filename*=UTF-8''better.pt; filename=plain.pt", "better.pt"),
        ("attachment; filename*=nonsense''x.pt; filename=plain.pt", "plain.pt"),
        ("attachment; filename*=UTF-8''%FF%FE.pt; filename=plain.pt", "plain.pt"),
        ("attachment; filename*=UTF-8''; filename=plain.pt", "plain.pt"),
        ('attachment; filename="caf\u00c3\u00a9.pt"', "café.pt"),
        ('attachment; filename="caf\u00e9.pt"', "café.pt"),
        ('attachment; filename="水墨.pt"', "水墨.pt"),
        ('attachment; filename="../../.ssh/authorized_keys"', "authorized_keys"),
        ('attachment; filename="C:\\models\\ae.pt"', "ae.pt"),
        ("attachment; filename*=UTF-8''..%2F..%2Fae.pt", "ae.pt"),
        ("attachment; filename*=UTF-8''%2e%2e%5cae.pt", "ae.pt"),
        ('attachment; filename="nul.pt"', "_nul.pt"),
        ('attachment; filename="a\u202egpj.pt"', "agpj.pt"),
        ('attachment; filename="unclosed.pt', "_unclosed.pt"),
        ("attachment; xfilename=wrong.pt", None),
        ('attachment; filename=".."', None),
        ('attachment; filename=""', None),
        ("attachment", None),
        ("", None),
    ],
)
def test_content_disposition(header: str, name: str | None) -> None:
    assert name_from_content_disposition(header) == name


@given(header=st.text(st.sampled_from("filename*=\"\\;'% /.aé\ud800"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_header_gives_a_safe_name_or_none(header: str) -> None:
    name = name_from_content_disposition(f"attachment; filename{header}")
    if name is not None:
        assert_safe(name)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://hub.example/r/resolve/main/vae/ae.safetensors", "ae.safetensors"),
        ("https://hub.example/ae.safetensors?download=true#top", "ae.safetensors"),
        ("https://hub.example/my%20model%20v1.5.gguf", "my model v1.5.gguf"),
        ("https://hub.example/%E6%B0%B4.pt", "水.pt"),
        ("https://hub.example/a%2F..%2Fb.pt", "b.pt"),
        ("https://hub.example/..%5c..%5cb.pt", "b.pt"),
        ("https://hub.example/model.7z", "model.7z"),
        ("https://hub.example/api/download/models/128713", None),
        ("https://hub.example/models/v1.5", None),
        ("https://hub.example/folder/", None),
        ("https://hub.example", None),
        ("https://hub.example/.hidden", None),
        ("https://[broken/ae.pt", None),
    ],
)
def test_name_from_url(url: str, name: str | None) -> None:
    assert name_from_url(url) == name


def test_staging_names_tell_keys_and_destinations_apart_and_stay_the_same() -> None:
    one = staging_name("ae.safetensors", "sha256:aa")
    assert one.startswith("ae.safetensors.")
    assert one.endswith(".part")
    assert one == staging_name("ae.safetensors", "sha256:aa")
    assert one != staging_name("ae.safetensors", "sha256:bb")


@given(name=names, other=names, key=st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_staging_names_are_short_enough_and_never_shared(name: str, other: str, key: str) -> None:
    file_name, second = repaired_name(name) or "x", repaired_name(other) or "y"
    staged = staging_name(file_name, key)
    assert len(staged.encode()) <= 200
    assert (staged == staging_name(second, key)) == (file_name == second)


def test_long_names_with_equal_starts_are_staged_apart() -> None:
    stem = "x" * 240
    assert staging_name(f"{stem}1.pt", "k") != staging_name(f"{stem}2.pt", "k")


def test_a_suffix_depends_on_the_content_alone_and_fits() -> None:
    sha256 = "1A2B3C4D" + "0" * 56
    assert suffixed_name("ae.safetensors", sha256) == "ae-1a2b3c4d.safetensors"
    assert suffixed_name("no_extension", sha256) == "no_extension-1a2b3c4d"
    long = suffixed_name("é" * 121 + ".safetensors", sha256)
    assert long.endswith("é-1a2b3c4d.safetensors")
    assert len(long.encode()) <= 255


@pytest.mark.parametrize(
    ("path", "windows"),
    [
        ("C:\\ComfyUI\\models", True),
        ("d:/models", True),
        ("\\\\nas\\share\\models", True),
        ("/home/me/models", False),
        ("//nas/share", False),
        ("models", False),
    ],
)
def test_the_flavour_of_a_path_is_seen_by_its_start(
    path: str,
    windows: bool,
) -> None:
    assert on_windows(path) is windows


def test_windows_length_counts_its_own_units_and_keeps_room_for_staging() -> None:
    assert not too_long_for_windows("C:/" + "a" * 224)
    assert too_long_for_windows("C:/" + "a" * 225)
    assert too_long_for_windows("C:/" + "😀" * 113)
