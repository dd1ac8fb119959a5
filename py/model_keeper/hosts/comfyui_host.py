"""ComfyUI as a host: its folders, its state folder, and what it is doing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from model_keeper import __version__
from model_keeper.domain.categories import NOT_MODELS, category_key
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.names import escapes
from model_keeper.engine.processes import host_id
from model_keeper.engine.state_folder import StateFolder
from model_keeper.hosts.comfyui_nodes import LiveNodes
from model_keeper.hosts.host import KeeperHost
from model_keeper.library.access import can_write
from model_keeper.store import JobStore
from model_keeper.web.guard import is_loopback
from model_keeper.web.v1.backend import HostFacts

_log = logging.getLogger("model_keeper")

_STATE = "model_keeper"
_UPSTREAM = "/model-manager/models"


class ComfyHost(KeeperHost):
    """The composition root inside ComfyUI."""

    def __init__(
        self,
        environment: Mapping[str, str],
        server: Any,
        folder_paths: Any,
        node_classes: Callable[[], Mapping[str, Any]],
        listen: str,
    ) -> None:
        """``server`` and ``folder_paths`` are ComfyUI's; ``listen`` its addresses by commas.

        ``node_classes`` gives its NODE_CLASS_MAPPINGS as they are then.
        """
        super().__init__(
            StateFolder(_state_folder(environment, folder_paths)),
            actor="comfyui",
            environment=environment,
        )
        self._server = server
        self._folder_paths = folder_paths
        self._nodes = LiveNodes(node_classes, self.clock)
        self._listen = listen
        self._notes: tuple[str, ...] = ()

    def open(self) -> JobStore:
        """Open the store, publish the folders, and say what a person should know.

        Raises KeeperError: as opening the store, folder_read_only, storage_failed.
        """
        self.state.create()
        if not can_write(self.state.path):
            raise KeeperError("database_read_only", path=str(self.state.database))
        store = self.store
        store.folders.publish(f"comfyui {host_id()}", self.model_folders().to_json())
        self._notes = tuple(self._noticed())
        for note in self._notes:
            _log.info("[Model Keeper] %s", note)
        if not all(is_loopback(address) for address in self._listen.split(",")):
            self._tell_pairing_code()
        return store

    def model_folders(self) -> FolderTable:
        """ComfyUI's own table, as it is now: custom nodes add to it at any time."""
        return self._folders(lambda path: can_write(Path(path)))

    def definitions(self) -> Mapping[str, Any]:
        return self._nodes.definitions()

    def listed(self, folders: FolderTable) -> Mapping[str, Sequence[str]]:
        """As the loaders list them, which may be a moment behind the disk."""
        return {category: self._listing(category) for category in folders.categories}

    def facts(self) -> HostFacts:
        return HostFacts("comfyui", __version__, self._notes, generating=self._generating())

    def output_folder(self) -> Path | None:
        return Path(self._folder_paths.get_output_directory())

    def workflow_folders(self) -> Sequence[Path]:
        """Those of every user of ComfyUI, and the one that the environment names."""
        users = Path(self._folder_paths.get_user_directory())
        own = [path for path in users.glob("*/workflows") if not path.parent.name.startswith("__")]
        return (*sorted(own), *super().workflow_folders())

    def count_models(self, prompt: Mapping[str, Any]) -> None:
        """Count the models of a prompt. Not worth an error to anybody."""
        try:
            table = self._folders(lambda _: None)
            values = list(_model_values(prompt, table))
            paths = [path for value in values for path in _found(table, value)]
            if paths:
                self.store.usage.count(paths)
        except (KeeperError, OSError) as error:
            _log.debug("the models of a prompt were not counted: %s", error)

    def _noticed(self) -> Iterator[str]:
        routes = {route.path for route in self._server.routes if hasattr(route, "path")}
        if _UPSTREAM in routes:
            yield (
                "ComfyUI-Model-Manager is installed too. Both work, but its pages keep their own"
                " queue; what you fetch here does not show there."
            )

    def _tell_pairing_code(self) -> None:
        """On the console alone: ComfyUI shows its log to everybody who reaches it."""
        console = sys.__stderr__
        if console is not None:
            console.write(f"[Model Keeper] The pairing code is {self.pairing.code()}\n")
            console.flush()
        _log.info(
            "[Model Keeper] ComfyUI can be reached from other machines. To change anything from"
            " one, enter the pairing code from this console, or from %s, in the panel there.",
            self.state.pairing,
        )

    def _folders(self, writable: Callable[[str], bool | None]) -> FolderTable:
        table = FolderTable()
        for name, row in dict(self._folder_paths.folder_names_and_paths).items():
            if name in NOT_MODELS or not _is_listing(row):
                continue
            paths, extensions = row[0], tuple(sorted(map(str, row[1])))
            for path in map(str, paths):
                root = Root(category_key(name), path, writable=writable(path))
                table = table.with_root(root, extensions)
        return table

    def _listing(self, category: str) -> Sequence[str]:
        try:
            return [str(name) for name in self._folder_paths.get_filename_list(category)]
        except (KeyError, OSError, TypeError, ValueError):
            return ()  # a custom node's odd row: nothing is listed there

    def _generating(self) -> bool:
        queue = getattr(self._server, "prompt_queue", None)
        return bool(queue is not None and queue.get_tasks_remaining())


def _state_folder(environment: Mapping[str, str], folder_paths: Any) -> Path:
    named = environment.get("MODEL_KEEPER_STATE_DIR")
    if named:
        return Path(named).expanduser().absolute()
    try:
        return Path(folder_paths.get_system_user_directory(_STATE))
    except AttributeError:  # ComfyUI before it kept such folders from its web server
        return Path(folder_paths.get_user_directory()) / f"__{_STATE}"


def _is_listing(row: Any) -> bool:
    """Whether it is folders and extensions: a custom node may have put anything there."""
    several = (list, tuple, set, frozenset)
    return isinstance(row, several) and [isinstance(part, several) for part in row] == [True] * 2


def _model_values(prompt: Mapping[str, Any], table: FolderTable) -> Iterator[str]:
    """Texts in the inputs of nodes that end like a model file."""
    endings = tuple({ending for row in table.extensions.values() for ending in row if ending})
    for node in prompt.values():
        inputs = node.get("inputs") if isinstance(node, Mapping) else None
        for value in inputs.values() if isinstance(inputs, Mapping) else ():
            if isinstance(value, str) and value.lower().endswith(endings) and not escapes(value):
                yield value


def _found(table: FolderTable, value: str) -> Iterator[str]:
    """Where a loader would find it: in each category the first folder that has it."""
    for roots in table.roots.values():
        for root in roots:
            path = Path(root.path) / value
            if path.is_file():
                yield str(path)
                break
