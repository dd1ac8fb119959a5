"""Inside ComfyUI the installed nodes themselves say what they load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model_keeper.testing.model_files import safetensors
from tests.integration.extension import Extension

_STRANGER = """
import folder_paths

class Stranger:
    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"strange_input": (folder_paths.get_filename_list("loras"),)}}

class Described:
    @classmethod
    def GET_NODE_INFO_V1(cls):
        names = folder_paths.get_filename_list("vae")
        return {"input": {"required": {"odd": ("COMBO", {"options": names})}}}

class Tuples:
    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"way": (("fast", "slow"),), "files": ({"a"}, {"default": object()})}}

class Broken:
    @classmethod
    def INPUT_TYPES(cls):
        raise RuntimeError("no such device")

NODE_CLASS_MAPPINGS = {"Stranger": Stranger, "Described": Described, "Tuples": Tuples,
                       "Broken": Broken}
"""


def node(number: int, kind: str, value: str) -> dict[str, Any]:
    return {"id": number, "type": kind, "mode": 0, "widgets_values": [value]}


def test_a_loader_that_nobody_shipped_is_known_by_its_own_definition(tmp_path: Path) -> None:
    for category in ("loras", "vae"):
        folder = tmp_path / "comfyui" / "models" / category
        folder.mkdir(parents=True)
        (folder / f"here-{category}.safetensors").write_bytes(safetensors(2_000, seed=1))
    with Extension(tmp_path / "comfyui", nodes={"stranger": _STRANGER}) as host:
        document = {
            "nodes": [
                node(1, "Stranger", "here-loras.safetensors"),
                node(2, "Stranger", "lost.safetensors"),
                node(3, "Described", "lost-vae.safetensors"),
                node(4, "NobodyHasThis", "what.safetensors"),
                node(5, "NobodyHasThis", "what.safetensors"),
                node(6, "Broken", "third.safetensors"),
            ],
            "links": [],
        }
        body = {"workflow": document, "explore": False}
        analysis = host.post("workflows/analyze", body)
    rows = {row["name"]: (row["state"], row["category"]) for row in analysis["items"]}
    assert rows == {
        "here-loras.safetensors": ("on_disk", "loras"),
        "lost.safetensors": ("missing", "loras"),
        "lost-vae.safetensors": ("missing", "vae"),
        "what.safetensors": ("missing", None),
        "third.safetensors": ("missing", None),
    }
    missing = {row["node_type"]: row["count"] for row in analysis["missing_nodes"]}
    assert missing["NobodyHasThis"] == 2
    assert "Stranger" not in missing
