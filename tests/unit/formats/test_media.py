"""What a picture is, and how large, before a decoder sees it."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from model_keeper.formats.media import MEDIA_HEAD_BYTES, Medium, medium_of, picture_size
from model_keeper.formats.reading import Broken

FORMS = ["PNG", "JPEG", "WEBP", "GIF", *(["AVIF"] if features.check("avif") else [])]


def encoded(form: str, size: tuple[int, int] = (37, 21), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


def measured(data: bytes) -> tuple[int, int]:
    medium = medium_of(data[:MEDIA_HEAD_BYTES])
    assert medium is not None
    return picture_size(io.BytesIO(data), len(data), medium)


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_is_known_by_its_content(form: str) -> None:
    medium = medium_of(encoded(form)[:MEDIA_HEAD_BYTES])
    assert medium is not None
    assert (medium.decoder, medium.type) == (form, f"image/{form.lower()}")
    assert not medium.is_film


@pytest.mark.parametrize("form", FORMS)
def test_its_size_is_read_from_the_header(form: str) -> None:
    assert measured(encoded(form)) == (37, 21)


def test_webp_has_three_kinds_of_header() -> None:
    icc = b"\x00" * 128
    kinds = [encoded("WEBP"), encoded("WEBP", lossless=True), encoded("WEBP", icc_profile=icc)]
    assert [data[12:16] for data in kinds] == [b"VP8 ", b"VP8L", b"VP8X"]
    assert [measured(data) for data in kinds] == [(37, 21)] * 3


def test_jpeg_is_read_over_what_lies_before_its_header() -> None:
    data = encoded("JPEG", progressive=True)
    comment = b"\xff\xff\xfe" + struct.pack(">H", 60_002) + b"\xff" * 60_000
    assert measured(data[:2] + comment + data[2:]) == (37, 21)


@pytest.mark.parametrize(
    ("head", "type_"),
    [
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypmp42", "video/mp4"),
        (b"\x1a\x45\xdf\xa3\x01", "video/webm"),
    ],
)
def test_films_are_known(head: bytes, type_: str) -> None:
    medium = medium_of(head)
    assert medium is not None
    assert medium.is_film
    assert medium.type == type_


@pytest.mark.parametrize(
    "head",
    [b"", b"<svg xmlns=", b"<html>", b"\x89PNG", b"....ftypheic", b"BM....", b"RIFF....WAVE"],
)
def test_what_browsers_cannot_show_or_should_not_is_nothing(head: bytes) -> None:
    assert medium_of(head) is None


def test_a_picture_without_size_is_broken() -> None:
    data = bytearray(encoded("PNG"))
    data[16:24] = b"\x00" * 8
    with pytest.raises(Broken, match="no size"):
        measured(bytes(data))


def test_boxes_within_boxes_end() -> None:
    nested = b"\x00\x00\x00\x00meta\x00\x00\x00\x00" * 20_000
    with pytest.raises(Broken):
        picture_size(io.BytesIO(nested), len(nested), Medium("image/avif", ".avif", "AVIF"))


@pytest.mark.parametrize("form", FORMS)
@given(
    cut=st.integers(0, 4096),
    flips=st.lists(st.tuples(st.integers(0, 4096), st.binary(max_size=4)), max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_damage_is_broken_and_nothing_else(
    form: str, cut: int, flips: list[tuple[int, bytes]]
) -> None:
    data = bytearray(encoded(form))
    for at, some in flips:
        data[at % len(data) : at % len(data) + len(some)] = some
    damaged = bytes(data[: cut % len(data)])
    medium = Medium(f"image/{form.lower()}", "", form)
    try:
        width, height = picture_size(io.BytesIO(damaged), len(damaged), medium)
    except Broken:
        return
    assert width > 0
    assert height > 0
