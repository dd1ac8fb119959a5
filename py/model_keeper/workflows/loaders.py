"""The loader table: which widget of which node names a file of which category."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.workflows.table_text import parsed_table, unreadable_table

_DIGITS = re.compile(r"\d+")
_SHIPPED = "loader_table.json"


@dataclass(frozen=True)
class Loader:
    """What is known about one node type.

    ``inputs``: category by input name; ``*`` stands for digits (``lora_*``). ``widgets``: the names
    of its widget values in their order. ``category``: of its other values that look like model
    files. ``fetches``: it downloads its files by itself. ``stems``: its values have no extension.
    ``lora_tags``: it loads what its texts name in ``<lora:…>``. ``silent``: it loads nothing.
    """

    inputs: Mapping[str, str] = field(default_factory=dict)
    widgets: tuple[str, ...] = ()
    category: str | None = None
    fetches: bool = False
    stems: bool = False
    lora_tags: bool = False
    silent: bool = False

    def below(self, other: Loader) -> Loader:
        return Loader(
            inputs={**self.inputs, **other.inputs},
            widgets=other.widgets or self.widgets,
            category=other.category or self.category,
            fetches=self.fetches or other.fetches,
            stems=self.stems or other.stems,
            lora_tags=self.lora_tags or other.lora_tags,
            silent=self.silent or other.silent,
        )

    @property
    def loads(self) -> bool:
        """Whether it is known which files it loads, and not only how its widgets are called."""
        return bool(self.inputs) or self.category is not None

    def lists(self, widget: str) -> bool:
        """Whether ``widget`` is known by its name to list files."""
        return named(self.inputs, widget) is not None

    def category_of(self, widget: str | None) -> str | None:
        """The category of a widget's files. One whose name is unknown is judged by the others."""
        if widget is None:
            categories = set(self.inputs.values())
            only = categories.pop() if len(categories) == 1 else None
            return self.category or only
        return named(self.inputs, widget) or self.category


@dataclass(frozen=True)
class LoaderTable:
    """What is known about nodes by their type, and about widgets by their name alone.

    ``inputs`` is asked where nobody knows the node. ``builtins`` are the choices of a category's
    loaders that are no files, in lower case. ``fetching`` and ``silent`` are patterns of the types
    of nodes that fetch their files themselves, and of those that only show, note or save.
    """

    nodes: Mapping[str, Loader] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    builtins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fetching: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()

    @classmethod
    def shipped(cls) -> LoaderTable:
        """ComfyUI's own loaders and those of well-known node packs."""
        text = resources.files(__package__).joinpath(_SHIPPED).read_text(encoding="utf-8")
        return cls.parsed(text, source=_SHIPPED)

    @classmethod
    def parsed(cls, text: str, *, source: str) -> LoaderTable:
        """A table in the shape of the shipped file, such as the user's own.

        Raises KeeperError loader_table_unreadable with the line or the key that is wrong.
        """
        rows = parsed_table(text, source)
        return cls(
            {kind: Loader(**row) for kind, row in rows.nodes.items()},
            rows.inputs,
            rows.builtins,
            rows.fetching,
            rows.silent,
        )

    @classmethod
    def of_file(cls, path: Path) -> LoaderTable:
        """A person's own table; an empty one where there is no such file.

        Raises KeeperError loader_table_unreadable, storage_failed.
        """
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        except UnicodeDecodeError as exc:
            raise unreadable_table(str(path), "the whole", "is not text in UTF-8") from exc
        except OSError as exc:
            raise KeeperError("storage_failed", path=str(path), why=exc.strerror or "") from exc
        return cls.parsed(text, source=str(path))

    def below(self, other: LoaderTable) -> LoaderTable:
        """Both tables as one. Where they disagree about a widget, ``other`` is right."""
        nodes = dict(self.nodes)
        for kind, loader in other.nodes.items():
            nodes[kind] = nodes[kind].below(loader) if kind in nodes else loader
        builtins = {
            category: self.builtins.get(category, frozenset())
            | other.builtins.get(category, frozenset())
            for category in {**self.builtins, **other.builtins}
        }
        return LoaderTable(
            nodes,
            {**self.inputs, **other.inputs},
            builtins,
            (*self.fetching, *other.fetching),
            (*self.silent, *other.silent),
        )

    def loader(self, node_type: str) -> Loader:
        return self.nodes.get(node_type, _UNKNOWN)

    def category(self, node_type: str, widget: str | None) -> str | None:
        """The category of the files that ``widget`` lists; None where nobody knows."""
        known = self.loader(node_type).category_of(widget)
        return known or (named(self.inputs, widget) if widget else None)

    def is_silent(self, node_type: str) -> bool:
        """Whether a node of this type only shows, notes or saves what it is given."""
        loader = self.loader(node_type)
        return loader.silent or (not loader.loads and _matches(self._silent, node_type))

    def fetches(self, node_type: str) -> bool:
        """Whether a node of this type downloads its files by itself."""
        loader = self.loader(node_type)
        return loader.fetches or (not loader.loads and _matches(self._fetching, node_type))

    def is_builtin(self, category: str | None, value: str) -> bool:
        return category is not None and value.lower() in self.builtins.get(category, ())

    @cached_property
    def _silent(self) -> re.Pattern[str]:
        return _pattern(self.silent)

    @cached_property
    def _fetching(self) -> re.Pattern[str]:
        return _pattern(self.fetching)


def _pattern(globs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(fnmatch.translate, globs)) or r"(?!)", re.IGNORECASE)


def _matches(pattern: re.Pattern[str], node_type: str) -> bool:
    return pattern.match(node_type) is not None


_UNKNOWN = Loader()


def named(inputs: Mapping[str, str], widget: str) -> str | None:
    """What ``inputs`` says of a widget by its whole name, else by its name without its number."""
    return inputs.get(widget) or inputs.get(_DIGITS.sub("*", widget))
