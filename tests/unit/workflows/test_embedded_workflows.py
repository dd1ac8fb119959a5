"""Workflows within pictures, videos and sounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.workflows.reader import WorkflowFormat, read_workflow, read_workflow_file
from tests.unit.formats import containers as made

PICTURES = Path(__file__).resolve().parents[4] / "shared" / "data" / "images"

UI = {"nodes": [{"id": 1, "type": "VAELoader", "widgets_values": ["ae.safetensors"]}]}
API = {"1": {"class_type": "VAELoader", "inputs": {"vae_name": "ae.safetensors"}}}
TEXTS = {"workflow": json.dumps(UI), "prompt": json.dumps(API)}
ONLY_API = {"prompt": json.dumps(API)}
BY_VIDEO_NODES = json.dumps({"prompt": json.dumps(API), "workflow": UI})


def picture(texts: dict[str, str]) -> bytes:
    return made.png(*(made.text_chunk(key, text) for key, text in texts.items()))


def code(content: bytes) -> str:
    with pytest.raises(KeeperError) as caught:
        read_workflow(content, source="a.png")
    assert caught.value.details["path"] == "a.png"
    return caught.value.code


@pytest.mark.parametrize(
    "content",
    [
        picture(TEXTS),
        picture(dict(reversed(TEXTS.items()))),
        made.webp(made.exif({0x010F: f"workflow:{TEXTS['workflow']}"})),
        made.webp(
            made.exif({0x010F: f"Prompt: {TEXTS['prompt']}", 0x0110: f"Workflow:{json.dumps(UI)}"})
        ),
        made.mp4(made.keyed_metadata(TEXTS)),
        made.mp4(made.keyed_metadata({"com.apple.quicktime.comment": BY_VIDEO_NODES})),
        made.mp4(made.itunes_comment(BY_VIDEO_NODES)),
        made.matroska({"COMMENT": BY_VIDEO_NODES}),
        made.matroska({"WORKFLOW": TEXTS["workflow"], "PROMPT": TEXTS["prompt"]}),
        made.flac(TEXTS),
    ],
)
def test_the_ui_format_is_preferred_wherever_it_is_written(content: bytes) -> None:
    workflow = read_workflow(content)
    assert (workflow.format, workflow.document) == (WorkflowFormat.UI, UI)


@pytest.mark.parametrize(
    "content",
    [
        picture(ONLY_API),
        picture({"workflow": "{broken", **ONLY_API}),
        picture({"workflow": "{}", **ONLY_API}),
        picture({"workflow": "null", **ONLY_API}),
        made.matroska({"COMMENT": json.dumps({"prompt": json.dumps(API)})}),
    ],
)
def test_the_api_format_is_the_fallback(content: bytes) -> None:
    workflow = read_workflow(content)
    assert (workflow.format, workflow.document) == (WorkflowFormat.API, API)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (picture({}), "workflow_not_embedded"),
        (picture({"parameters": "a cat, Steps: 20"}), "workflow_not_embedded"),
        (picture({"comment": "made by hand"}), "workflow_not_embedded"),
        (made.mp4(), "workflow_not_embedded"),
        (picture({"workflow": "{broken"}), "workflow_unreadable"),
        (picture(TEXTS)[:60], "workflow_unreadable"),
        (picture({"workflow": "[]"}), "workflow_unknown_format"),
        (made.png(made.packed_chunk("workflow", b"[" * 500_000)), "workflow_unreadable"),
    ],
)
def test_a_file_without_a_workflow_says_so(content: bytes, wanted: str) -> None:
    assert code(content) == wanted


def test_the_refusal_names_the_kind_and_the_next_step() -> None:
    with pytest.raises(KeeperError) as caught:
        read_workflow(picture({}), source="a.png")
    assert caught.value.message == "a.png is a PNG picture without a workflow inside."
    assert "original file" in caught.value.hint


def test_a_file_is_read_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(picture(TEXTS))
    assert read_workflow_file(path).document == UI
    path.write_text(json.dumps(UI))
    assert read_workflow_file(path).document == UI


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as caught:
        read_workflow_file(tmp_path / "w.json")
    assert caught.value.code == "file_not_found"


@pytest.mark.skipif(not PICTURES.is_dir(), reason=f"the collected pictures are not in {PICTURES}")
def test_every_collected_picture_gives_its_workflow() -> None:
    files = [each for each in PICTURES.rglob("*") if each.suffix in {".png", ".webp"}]
    assert len(files) == 37
    formats = [read_workflow_file(file).format for file in files]
    assert set(formats) == {WorkflowFormat.UI}
