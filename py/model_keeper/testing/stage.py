"""A stage for the panel: a fake Hub with models, a host that uses it, a workflow that wants some.

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
from model_keeper.testing.comfyui.process import ComfyUIProcess
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.testing.pickles import hostile

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
        nodes.append(
            {
                "id": number,
                "type": kind,
                "pos": [80, 60 + 160 * number],
                "size": [320, 110],
                "flags": {},
                "order": number,
                "mode": 0,
                "inputs": [],
                "outputs": [],
                "properties": {"Node name for S&R": kind, "models": [model]},
                "widgets_values": [prop.name, *extras[kind]],
            }
        )
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


def environment_for(hub: FakeHub, state: Path) -> dict[str, str]:
    """What makes a host use the fake Hub and nothing else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    return {
        **kept,
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(state / "no-hub-home"),
        "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
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
    chosen, options = parser.parse_known_args()
    state = chosen.folder / "state"
    models = chosen.folder / "models"
    for prop in PROPS:
        (models / prop.category).mkdir(parents=True, exist_ok=True)
    host = standalone if chosen.host == "standalone" else comfyui
    place = models if chosen.host == "standalone" else chosen.folder
    with fake_hub() as hub, host(place, environment_for(hub, state), options) as (url, pid):
        manifest = hub.manifest()
        ready = {
            "url": url,
            "pid": pid,
            "state": str(state),
            "models": str(models),
            "workflow": workflow(),
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
