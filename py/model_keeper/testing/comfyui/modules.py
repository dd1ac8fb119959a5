"""The modules that an extension imports inside ComfyUI, put in this process."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType
from typing import Any

from model_keeper.testing.comfyui.prompt_server import VERSION, PromptServer


def install_modules(server: PromptServer) -> None:
    """Make ``server``, ``folder_paths``, ``nodes``, ``comfy.cli_args`` … importable."""
    PromptServer.instance = server
    modules = (
        _module("server", PromptServer=PromptServer),
        server.folder_paths,
        server.nodes,
        _module("comfy", __path__=[]),
        _module("comfy.cli_args", args=server.args),
        _module("comfyui_version", __version__=VERSION),
    )
    for module in modules:
        sys.modules[module.__name__] = module


def command_line(
    base: Path,
    *,
    listen: str,
    port: int,
    cors_origin: str | None,
    disable_api_nodes: bool,
) -> Namespace:
    """``comfy.cli_args.args``: those of ComfyUI's many options that extensions look at."""
    return Namespace(
        listen=listen,
        port=port,
        base_directory=str(base),
        models_directory=None,
        output_directory=None,
        user_directory=None,
        extra_model_paths_config=None,
        enable_cors_header=cors_origin,
        disable_api_nodes=disable_api_nodes,
        disable_all_custom_nodes=False,
        enable_manager=False,
        enable_assets=False,
        multi_user=False,
        max_upload_size=100,
        tls_keyfile=None,
        tls_certfile=None,
        cpu=True,
        verbose="INFO",
    )


def _module(name: str, **members: Any) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(members)
    return module
