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
    log = logging.getLogger("model_keeper")
    try:
        from server import PromptServer

        import model_keeper
        from model_keeper.hosts.comfyui import register

        found = Path(str(model_keeper.__file__)).resolve()
        if source.resolve() not in found.parents:
            log.warning("[Model Keeper] %s is used instead of this folder, %s.", found, source)
            log.warning("[Model Keeper] To use this one: pip uninstall comfyui-model-keeper")
        register(PromptServer.instance)
    except Exception as exc:  # noqa: BLE001 - whatever it is, ComfyUI has to start
        log.error("[Model Keeper] It could not be loaded: %s: %s", type(exc).__name__, exc)  # noqa: TRY400
        log.error("[Model Keeper] Install its packages: pip install -r requirements.txt")  # noqa: TRY400


if "server" in sys.modules:
    _register()
