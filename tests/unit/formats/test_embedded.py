from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats import embedded, pictures
from model_keeper.formats.embedded import Embedded, embedded_texts
from tests.unit.formats import containers as made

BOTH = {"workflow": '{"nodes": []}', "prompt": '{"图": 1}'}
IN_EXIF = {0x010F: "workflow:" + BOTH["workflow"], 0x0110: "prompt:" + BOTH["prompt"]}


def read(content: bytes) -> Embedded:
    found = embedded_texts(io.BytesIO(content), len(content))
    assert found is not None
    return found


WHOLE = {
    "png": made.png(*(made.text_chunk(key, text) for key, text in BOTH.items())),
    "png, packed": made.png(*(made.packed_chunk(key, text.encode()) for key, text in BOTH.items())),
    "png, international": made.png(
        made.international_chunk("workflow", BOTH["workflow"]),
        made.international_chunk("prompt", BOTH["prompt"], packed=True),
    ),
    "png, exif": made.png(made.chunk(b"eXIf", made.exif(IN_EXIF))),
    "webp": made.webp(made.exif(IN_EXIF)),
    "webp, little-endian": made.webp(made.exif(IN_EXIF, order="<")),
    "webp, with prefix": made.webp(made.exif(IN_EXIF, prefix=b"Exif\0\0")),
    "jpeg": made.jpeg(made.exif(IN_EXIF, prefix=b"Exif\0\0")),
    "mp4": made.mp4(made.keyed_metadata(BOTH)),
    "mp4, wide": made.mp4(made.keyed_metadata(BOTH), wide=True),
    "mov": made.mp4(made.keyed_metadata(BOTH, versioned=False)),
    "webm": made.matroska(BOTH),
    "webm, live": made.matroska(BOTH, unknown=True),
    "mkv, upper case": made.matroska({key.upper(): text for key, text in BOTH.items()}),
    "flac": made.flac(BOTH),
}


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE)
def test_both_texts_are_read(content: bytes) -> None:
    found = read(content)
    assert dict(found.texts) == BOTH
    assert found.fault is None


@pytest.mark.parametrize(
    "content",
    [
        made.mp4(made.itunes_comment(BOTH["prompt"])),
        made.mp4(made.quicktime_comment(BOTH["prompt"])),
        made.matroska({"COMMENT": BOTH["prompt"]}),
        made.jpeg(b"", BOTH["prompt"]),
    ],
)
def test_a_comment_is_read(content: bytes) -> None:
    assert read(content).texts["comment"] == BOTH["prompt"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.png(), "a PNG picture"),
        (made.webp(None), "a WebP picture"),
        (b"GIF89a" + bytes(20), "a GIF picture"),
        (made.mp4(), "a video"),
        (made.matroska({}), "a video"),
        (b"OggS" + bytes(20), "a sound file"),
        (made.box(b"ftyp", b"avif", bytes(4)), "an AVIF picture"),
    ],
)
def test_a_file_without_texts_says_what_it_is(content: bytes, kind: str) -> None:
    assert read(content) == Embedded(kind)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"nodes": []}', b'{\n "wide": 1}', b"\x89PN", b"plain text", b"RI"]
)
def test_anything_else_is_none(content: bytes) -> None:
    assert embedded_texts(io.BytesIO(content), len(content)) is None


def test_the_first_text_of_a_key_counts() -> None:
    content = made.png(made.text_chunk("prompt", "1"), made.text_chunk("Prompt", "2"))
    assert read(content).texts == {"prompt": "1"}


def test_a_text_in_latin_1_is_read() -> None:
    content = made.png(made.chunk(b"tEXt", b"Author\0Andr\xe9"))
    assert read(content).texts == {"author": "André"}


@pytest.mark.parametrize("name", WHOLE)
def test_what_stands_before_the_end_of_a_cut_file_is_kept(name: str) -> None:
    """Every cut gives an answer, and none gives a text that was not there."""
    content = WHOLE[name]
    for end in range(16, len(content), 7):
        texts = read(content[:end]).texts
        assert all(BOTH[key].startswith(text) for key, text in texts.items() if key in BOTH)


def test_a_cut_picture_gives_its_whole_texts() -> None:
    content = made.png(made.text_chunk("workflow", "{}"), made.text_chunk("prompt", "x" * 99))
    found = read(content[:100])
    assert (dict(found.texts), found.fault) == (
        {"workflow": "{}"},
        "it ends within a text of the picture",
    )


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 0xFFFFFFFF, b"tEXt") + b"workflow\0{}",
        b"RIFF\0\0\0\0WEBP" + struct.pack("<4sI", b"EXIF", 0xFFFFFFF0) + b"MM\0*",
        made.webp(b"MM\x00*" + struct.pack(">IH", 8, 0xFFFF)),
        made.webp(b"MM\x00*" + struct.pack(">I", 0xFFFFFF00)),
        made.webp(b"MM\x00*" + struct.pack(">IHHHIII", 8, 1, 0x010F, 2, 0xFFFFFFFF, 26, 0)),
        struct.pack(">I4s", 16, b"ftyp") + bytes(8) + struct.pack(">I4s", 0xFFFFFFFF, b"moov"),
        struct.pack(">I4s", 16, b"ftyp") + bytes(8) + struct.pack(">I4s", 4, b"moov"),
        made.matroska({})[:-4] + b"\x45\xa3\x08\xff\xff\xff\xff",
        b"\x1a\x45\xdf\xa3\x00" + bytes(16),
        b"fLaC" + struct.pack(">I", 1 << 31 | 4 << 24 | 8) + struct.pack("<II", 0, 0xFFFFFFFF),
    ],
)
def test_a_length_that_lies_costs_nothing(content: bytes) -> None:
    found = read(content)
    assert found.texts == {}


def test_boxes_that_hold_boxes_without_end_come_to_one() -> None:
    nested = b""
    for _ in range(200):
        nested = made.box(b"udta", nested)
    assert read(made.mp4(nested)).fault == "its boxes are nested too deeply"


def test_directories_that_lead_to_each_other_come_to_an_end() -> None:
    data = b"MM\x00*" + struct.pack(">IHHHIII", 8, 1, 0x8769, 4, 1, 8, 0)
    assert read(made.webp(data)) == Embedded("a WebP picture")


def test_a_text_that_unpacks_to_far_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST", 1 << 16)
    found = read(made.png(made.packed_chunk("workflow", bytes(1 << 20))))
    assert (found.texts, found.fault) == ({}, "a packed text in it is too long")


def test_a_text_that_cannot_be_unpacked_is_a_fault() -> None:
    found = read(made.png(made.chunk(b"zTXt", b"workflow\0\0no zlib")))
    assert found.fault == "a packed text in it cannot be unpacked"


def test_many_texts_are_too_long_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_TEXT_BYTES", 100)
    found = read(made.png(*(made.text_chunk(f"k{n}", "x" * 60) for n in range(3))))
    assert (list(found.texts), found.fault) == (["k0"], "its texts are too long")


def test_a_long_video_is_walked_without_reading_it() -> None:
    class Counted(io.BytesIO):
        count = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            self.count += len(data)
            return data

    frames = made.box(b"mdat", bytes(8 << 20))
    content = made.box(b"ftyp", b"isom") + frames
    content += made.box(b"moov", made.box(b"udta", made.keyed_metadata(BOTH)))
    file = Counted(content)
    found = embedded_texts(file, len(content))
    assert found is not None
    assert dict(found.texts) == BOTH
    assert file.count < 4096


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=6),
)
def test_damage_anywhere_gives_an_answer(name: str, damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE[name])
    for position, value in damage:
        content[position % len(content)] = value
    embedded_texts(io.BytesIO(content), len(content))
