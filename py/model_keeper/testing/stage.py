"""A stage for the panel: a fake Hub with models, a host that uses it, workflows that want some.

``python -m model_keeper.testing.stage --folder DIR --host standalone`` prints one JSON line when
the host serves, and serves until its standard input ends.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.comfyui.process import ComfyUIProcess
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors, write_safetensors
from model_keeper.testing.pickles import hostile
from model_keeper.testing.stage_library import fill

_REPOSITORY = Path(__file__).parent.parent.parent.parent
_MB = 1_000_000


@dataclass(frozen=True)
class Prop:
    """A model on the Hub. ``rate`` in bytes a second of each connection."""

    category: str
    name: str
    size: int
    rate: int
    repo: str = "Comfy-Org/z_image_turbo"
    gated: bool = False

    @property
    def path(self) -> str:
        return f"split_files/{self.category}/{self.name}"

    @property
    def link(self) -> str:
        return f"https://huggingface.co/{self.repo}/resolve/main/{self.path}"


_SLOW, _FAST = 1_200_000, 3 * _MB
PROPS = (
    Prop("diffusion_models", "z_image_turbo_bf16.safetensors", 12 * _MB, _SLOW),
    Prop("text_encoders", "qwen_3_4b.safetensors", 6 * _MB, _FAST),
    Prop("vae", "ae.safetensors", 3 * _MB, _FAST),
    Prop("checkpoints", "sd_xl_base_1.0.safetensors", 4 * _MB, _FAST, "stabilityai/sdxl"),
    Prop("loras", "detail_tweaker_xl.safetensors", 2 * _MB, _FAST, "people/detail"),
    Prop(
        "diffusion_models",
        "wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors",
        30 * _MB,
        _SLOW,
        "Comfy-Org/Wan_2.2",
    ),
    Prop(
        "checkpoints", "flux1-dev.safetensors", 2 * _MB, _FAST, "black-forest-labs/FLUX.1-dev", True
    ),
)
_PICKLE = "people/upscalers", "upscale_models/4x-UltraSharp.pth"
_LOADERS: Mapping[str, tuple[str, str]] = {
    "diffusion_models": ("UNETLoader", "unet_name"),
    "text_encoders": ("CLIPLoader", "clip_name"),
    "vae": ("VAELoader", "vae_name"),
}


def workflow(props: tuple[Prop, ...] = PROPS[:3]) -> dict[str, Any]:
    """A workflow in UI format whose loaders want ``props``."""
    extras = {"UNETLoader": ["default"], "CLIPLoader": ["lumina2", "default"], "VAELoader": []}
    nodes = []
    for number, prop in enumerate(props, 1):
        kind, _ = _LOADERS[prop.category]
        model = {"name": prop.name, "url": prop.link, "directory": prop.category}
        nodes.append(_node(number, kind, [prop.name, *extras[kind]], models=[model]))
    return _document(nodes)


OWN_FILE = "vae/own_vae.safetensors"
_ELSEWHERE = "SDXL/own_vae.safetensors"
_SUBGRAPH = "5f0d1c1e-0000-4000-8000-00000000000a"


def unsettled_workflow() -> dict[str, Any]:
    """A workflow that a person has to help with.

    Its VAE is here in another folder, also for a subgraph that shows the name on its instance; its
    diffusion model is declared with two sources; its LoRA nobody publishes.
    """
    both = [
        {"name": "both.safetensors", "url": prop.link, "directory": "diffusion_models"}
        for prop in (PROPS[0], PROPS[3])
    ]
    shown = _widget_input("vae_name", None)
    instance = _node(4, _SUBGRAPH, [_ELSEWHERE], inputs=[shown])
    instance["properties"] = {"proxyWidgets": [["11", "vae_name"]]}
    inner = _node(11, "VAELoader", [_ELSEWHERE], inputs=[_widget_input("vae_name", 1)])
    nodes = [
        _node(1, "VAELoader", [_ELSEWHERE]),
        _node(2, "LoraLoaderModelOnly", ["my_style_v3.safetensors", 1.0]),
        _node(3, "UNETLoader", ["both.safetensors", "default"], models=both),
        instance,
    ]
    return {**_document(nodes), "definitions": {"subgraphs": [_subgraph(inner)]}}


def _node(
    number: int, kind: str, values: list[Any], *, models: Any = (), inputs: Any = ()
) -> dict[str, Any]:
    return {
        "id": number,
        "type": kind,
        "pos": [80, 60 + 160 * number],
        "size": [320, 110],
        "flags": {},
        "order": number,
        "mode": 0,
        "inputs": list(inputs),
        "outputs": [],
        "properties": {
            "Node name for S&R": kind,
            **({"models": list(models)} if models else {}),
        },
        "widgets_values": values,
    }


def _widget_input(name: str, link: int | None) -> dict[str, Any]:
    return {"name": name, "type": "COMBO", "widget": {"name": name}, "link": link}


def _subgraph(inner: dict[str, Any]) -> dict[str, Any]:
    """A subgraph of one node whose first widget it shows."""
    name = inner["inputs"][0]["name"]
    return {
        "id": _SUBGRAPH,
        "version": 1,
        "revision": 0,
        "name": "Decoder",
        "config": {},
        "extra": {},
        "state": {"lastGroupId": 0, "lastNodeId": 11, "lastLinkId": 1, "lastRerouteId": 0},
        "inputNode": {"id": -10, "bounding": [0, 0, 100, 60]},
        "outputNode": {"id": -20, "bounding": [600, 0, 100, 60]},
        "inputs": [
            {
                "id": "5f0d1c1e-0000-4000-8000-00000000000b",
                "name": name,
                "type": "COMBO",
                "linkIds": [1],
            }
        ],
        "outputs": [],
        "widgets": [],
        "nodes": [inner],
        "groups": [],
        "links": [
            {
                "id": 1,
                "origin_id": -10,
                "origin_slot": 0,
                "target_id": inner["id"],
                "target_slot": 0,
                "type": "COMBO",
            }
        ],
    }


def _document(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "last_node_id": len(nodes),
        "last_link_id": 0,
        "nodes": nodes,
        "links": [],
        "groups": [],
        "config": {},
        "extra": {},
        "version": 0.4,
    }


@contextlib.contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """The Hub with every prop on it."""
    with FakeHub() as hub:
        for seed, prop in enumerate(PROPS):
            hub.repo(prop.repo, gated=prop.gated)
            hub.add(prop.repo, prop.path, SyntheticSafetensors(prop.size, seed), rate=prop.rate)
        hub.add(*_PICKLE, next(iter(hostile().values())))
        yield hub


def environment_for(hub: FakeHub, civitai: FakeCivitai, state: Path) -> dict[str, str]:
    """What makes a host use the fakes and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    return {
        **kept,
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(state / "no-hub-home"),
        "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url,
        "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
        "MODEL_KEEPER_COMPLETE_DOWNLOADS": "off",
        "MODEL_KEEPER_STATE_DIR": str(state),
    }


@contextlib.contextmanager
def standalone(
    models: Path, environment: Mapping[str, str], options: list[str]
) -> Iterator[tuple[str, int]]:
    """``model-keeper serve`` as a process; its address and number."""
    command = [sys.executable, "-m", "model_keeper", "serve", "--json", "--port", "0"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [*command, "--models-dir", str(models), *options],
        stdout=subprocess.PIPE,
        text=True,
        env=dict(environment),
    ) as process:
        assert process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["url"]), process.pid
        finally:
            process.kill()


@contextlib.contextmanager
def comfyui(
    base: Path, environment: Mapping[str, str], options: list[str]
) -> Iterator[tuple[str, int]]:
    """The stub ComfyUI with this checkout as its only custom node; its address and number."""
    os.environ.update(environment)
    with ComfyUIProcess(base, "--custom-node", str(_REPOSITORY), *options) as host:
        yield f"{host.url}/", host.process.pid


def main() -> None:
    """Set the stage, say where everything is, and wait for the end of the input."""
    parser = argparse.ArgumentParser(prog="python -m model_keeper.testing.stage")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--host", choices=("standalone", "comfyui"), required=True)
    parser.add_argument("--library", action="store_true", help="models are there from the start")
    parser.add_argument("--more", type=int, default=0, help="so many models besides")
    chosen, options = parser.parse_known_args()
    state = chosen.folder / "state"
    models = chosen.folder / "models"
    for prop in PROPS:
        (models / prop.category).mkdir(parents=True, exist_ok=True)
    write_safetensors(models / OWN_FILE, _MB, seed=len(PROPS))
    if chosen.library:
        fill(models, more=chosen.more)
    host = standalone if chosen.host == "standalone" else comfyui
    place = models if chosen.host == "standalone" else chosen.folder
    with (
        fake_hub() as hub,
        FakeCivitai() as civitai,  # knows no model: whoever searches there finds nothing
        host(place, environment_for(hub, civitai, state), options) as (url, pid),
    ):
        manifest = hub.manifest()
        ready = {
            "url": url,
            "pid": pid,
            "state": str(state),
            "models": str(models),
            "workflow": workflow(),
            "unsettled": unsettled_workflow(),
            "pickle": f"https://huggingface.co/{_PICKLE[0]}/resolve/main/{_PICKLE[1]}",
            "props": [
                {
                    "name": prop.name,
                    "category": prop.category,
                    "link": prop.link,
                    **manifest[f"{prop.repo}/{prop.path}"],
                }
                for prop in PROPS
            ],
        }
        sys.stdout.write(json.dumps(ready) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        record = WorkerRecord.read(StateFolder(state))
        if record is not None:
            WorkerLink(record).stop()


if __name__ == "__main__":
    main()
