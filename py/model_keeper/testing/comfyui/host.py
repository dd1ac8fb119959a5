"""The process: options, extensions, the server, and one line of JSON that says where it is."""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import shutil
import socket
import sys
from pathlib import Path

from model_keeper.testing.comfyui.folder_paths import FolderPaths
from model_keeper.testing.comfyui.loader import installed, load_custom_nodes
from model_keeper.testing.comfyui.modules import command_line, install_modules
from model_keeper.testing.comfyui.prompt_server import PromptServer
from model_keeper.testing.comfyui.sub_path import serve_below
from model_keeper.testing.comfyui.user_data import seed_settings

_log = logging.getLogger(__name__)
_PAGE = Path(__file__).with_name("page")
_ANY = {"0.0.0.0": "127.0.0.1"}  # noqa: S104 - to say where, not to listen


def main(arguments: list[str] | None = None) -> None:
    """Serve until killed. Ctrl-C runs exit handlers alone, SIGTERM nothing, as with ComfyUI."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(serve(options))
    except KeyboardInterrupt:
        _log.info("\nStopped server")


async def serve(options: argparse.Namespace) -> None:
    """Load the extensions, serve, say where, and never end."""
    base = options.base.resolve()
    outer = socket.create_server((options.listen, options.port))
    inner = socket.create_server(("127.0.0.1", 0)) if options.sub_path else outer
    args = command_line(
        base,
        listen=options.listen,
        port=_port(inner),
        cors_origin=options.enable_cors_header,
        disable_api_nodes=options.disable_api_nodes,
    )
    folder_paths = FolderPaths(base)
    shutil.rmtree(folder_paths.get_temp_directory(), ignore_errors=True)
    seed_settings(folder_paths)
    server = PromptServer(
        asyncio.get_running_loop(),
        folder_paths,
        args,
        options.frontend or _PAGE,
        hold_prompts=options.hold_prompts,
    )
    install_modules(server)
    others = [folder.absolute() for folder in options.custom_node]
    load_custom_nodes([*installed(folder_paths), *others], server.nodes)
    server.add_routes()
    await server.start(inner)
    if options.sub_path:
        await serve_below(options.sub_path, _port(inner), outer)
    url = f"http://{_ANY.get(options.listen, options.listen)}:{_port(outer)}{options.sub_path}"
    sys.stdout.write(json.dumps({"url": url, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()
    await server.publish_loop()


def _port(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m model_keeper.testing.comfyui")
    add = parser.add_argument
    add("--base", type=Path, required=True, help="holds models, custom_nodes, user, output …")
    add("--frontend", type=Path, help="the static folder of a comfyui-frontend-package")
    add("--port", type=int, default=0, help="0: any that is free")
    add("--listen", default="127.0.0.1")
    add("--custom-node", type=Path, action="append", default=[], help="loaded from where it is")
    add("--disable-api-nodes", action="store_true", help="also sends a content security policy")
    add("--enable-cors-header", nargs="?", const="*", help="instead of the origin check")
    add("--sub-path", type=_sub_path, default="", help="as behind a proxy that strips it")
    add("--hold-prompts", action="store_true", help="a prompt runs until it is interrupted")
    return parser


def _sub_path(text: str) -> str:
    """``/name`` without a slash at its end; empty for none."""
    return "/".join(["", *filter(None, text.split("/"))])
