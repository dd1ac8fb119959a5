"""The entry by which ComfyUI finds this folder among its custom nodes; inert anywhere else."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

NODE_CLASS_MAPPINGS: dict[str, Any] = {}
WEB_DIRECTORY = "web/dist"


def _register() -> None:
    source = Path(__file__).parent / "py"
    if str(source) not in sys.path:
        sys.path.append(str(source))
    install = f'"{sys.executable}" -m pip install -r "{source.parent / "requirements.txt"}"'
    try:
        from server import PromptServer

        import model_keeper
        from model_keeper.hosts.comfyui import register

        if source.resolve() not in (found := Path(str(model_keeper.__file__)).resolve()).parents:
            _say(f"{found} is used instead of this folder, {source.parent}.")
            _say("To use this one: pip uninstall comfyui-model-keeper")
        register(PromptServer.instance, install)
    except Exception as exc:  # noqa: BLE001 - whatever it is, ComfyUI has to start
        _say(f"It could not be loaded: {type(exc).__name__}: {exc}.")
        pip = isinstance(exc, ImportError)
        _say(f"Install its packages with: {install}" if pip else "Update ComfyUI and this folder.")


def _say(sentence: str) -> None:
    logging.getLogger("model_keeper").warning("[Model Keeper] %s", sentence)


if "server" in sys.modules:
    _register()
