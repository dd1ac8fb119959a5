"""The ``folder_paths`` module of ComfyUI: where models are, and which files are there."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from model_keeper.domain.categories import DEFAULT_CATEGORIES, WEIGHT_EXTENSIONS, category_key

_SYSTEM_USER = "__"
_OUTPUT_ROOTS = ("checkpoints", "clip", "vae", "diffusion_models", "loras")


class FolderPaths(ModuleType):
    """The folders of one ComfyUI whose every folder is below ``base``.

    The folders of ``models`` are made, as in a fresh checkout; those of ``output`` are only known.
    """

    def __init__(self, base: Path) -> None:
        super().__init__("folder_paths")
        self.base_path = str(base)
        self.models_dir = str(base / "models")
        self.supported_pt_extensions = set(WEIGHT_EXTENSIONS)
        self.folder_names_and_paths: dict[str, tuple[list[str], set[str]]] = {}
        for key, category in DEFAULT_CATEGORIES.items():
            folders = [base / "models" / folder for folder in category.folders]
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            common = category.extensions == WEIGHT_EXTENSIONS
            extensions = self.supported_pt_extensions if common else set(category.extensions)
            self.folder_names_and_paths[key] = ([str(path) for path in folders], extensions)
        self.folder_names_and_paths["custom_nodes"] = ([str(base / "custom_nodes")], set())
        for name in _OUTPUT_ROOTS:
            self.add_model_folder_path(name, str(base / "output" / name))
        for name in ("custom_nodes", "input", "output", "user"):
            (base / name).mkdir(exist_ok=True)

    def map_legacy(self, folder_name: str) -> str:
        return category_key(folder_name)

    def get_folder_paths(self, folder_name: str) -> list[str]:
        return list(self.folder_names_and_paths[self.map_legacy(folder_name)][0])

    def add_model_folder_path(
        self,
        folder_name: str,
        full_folder_path: str,
        is_default: bool = False,  # noqa: FBT001, FBT002 - ComfyUI's signature
    ) -> None:
        """Add a root; as the first one if ``is_default``. An unknown name lists every file."""
        paths, _ = self.folder_names_and_paths.setdefault(self.map_legacy(folder_name), ([], set()))
        if full_folder_path in paths:
            if not is_default:
                return
            paths.remove(full_folder_path)
        paths.insert(0 if is_default else len(paths), full_folder_path)

    def get_filename_list(self, folder_name: str) -> list[str]:
        """Relative names of the files on disk now, of all roots, sorted."""
        paths, extensions = self.folder_names_and_paths[self.map_legacy(folder_name)]
        names = {name for path in paths for name in files_below(path)}
        return self.filter_files_extensions(names, extensions)

    def filter_files_extensions(
        self, files: Collection[str], extensions: Collection[str]
    ) -> list[str]:
        return sorted(
            name for name in files if not extensions or Path(name).suffix.lower() in extensions
        )

    def get_full_path(self, folder_name: str, filename: str) -> str | None:
        """The first root's file of this name; it cannot leave the root. None where none has it."""
        folder_name = self.map_legacy(folder_name)
        if folder_name not in self.folder_names_and_paths:
            return None
        inside = os.path.relpath(Path("/", filename), "/")
        for root in self.folder_names_and_paths[folder_name][0]:
            path = Path(root, inside)
            if path.is_file():
                return str(path)
        return None

    def get_full_path_or_raise(self, folder_name: str, filename: str) -> str:
        full = self.get_full_path(folder_name, filename)
        if full is None:
            raise FileNotFoundError(
                f"Model in folder '{folder_name}' with filename '{filename}' not found."
            )
        return full

    def get_output_directory(self) -> str:
        return self._below("output")

    def get_input_directory(self) -> str:
        return self._below("input")

    def get_temp_directory(self) -> str:
        return self._below("temp")

    def get_directory_by_type(self, type_name: str) -> str | None:
        if type_name not in {"output", "input", "temp"}:
            return None
        return self._below(type_name)

    def get_user_directory(self) -> str:
        return self._below("user")

    def get_system_user_directory(self, name: str = "system") -> str:
        """``user/__<name>``, which HTTP does not reach; it is not made. Raises ValueError."""
        if not name.replace("_", "").isalnum() or name.startswith("_"):
            raise ValueError(f"Invalid system user name: {name!r}")
        return self._below("user", _SYSTEM_USER + name)

    def get_public_user_directory(self, user_id: str) -> str | None:
        if not user_id or user_id.startswith(_SYSTEM_USER):
            return None
        return self._below("user", user_id)

    def _below(self, *names: str) -> str:
        return str(Path(self.base_path, *names))


def files_below(folder: str) -> list[str]:
    """Every file at any depth, relative to ``folder``; links are followed, ``.git`` is not."""
    names = []
    for path, folders, files in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != ".git"]
        names += [os.path.relpath(Path(path, name), folder) for name in files]
    return names


def is_within(folder: str, path: str) -> bool:
    """Whether ``path``, its links resolved, is in ``folder`` or is it."""
    real, target = os.path.realpath(folder), os.path.realpath(path)
    return os.path.commonpath((real, target)) == real
