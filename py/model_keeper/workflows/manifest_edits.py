"""Changing our tables in the text of a TOML file, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from model_keeper.domain.manifests import SHA256_MARK, ManifestModel, ManifestWorkflowModel, Row
from model_keeper.workflows.manifest_rows import known_values, row_values
from model_keeper.workflows.manifest_text import (
    Keys,
    Section,
    Sections,
    inserted,
    joined,
    removed,
    sections,
    toml,
)

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def with_rows(
    parts: Sections,
    namespace: str,
    workflow: str,
    before: tuple[ManifestWorkflowModel, ...],
    after: Iterable[Row],
) -> Sections:
    """``parts`` once a workflow's rows are ``after``; comments and unknown keys of a row stay."""
    base: Keys = ("tool", namespace)
    path: Keys = (*base, "workflows", workflow, "models")
    parts = _with_headers(parts, base)
    rows = list(after)
    kept = {index: row for index, row in rows if index is not None}
    for place, (first, end) in reversed(list(enumerate(_runs(parts, path)))):
        old, new = before[place], kept.get(place)
        if new is None:
            parts = removed(parts, first, end)
        elif new != old:
            values = row_values(new) | _other_hash(old, new)
            parts = _changed(parts, first, end, row_values(old), values)
    for index, row in rows:
        if index is None:
            parts = _added(parts, base, path, _row_text(path, row_values(row)))
    return parts


def with_known(
    parts: Sections, namespace: str, before: ManifestModel | None, model: ManifestModel
) -> Sections:
    """``parts`` with ``model`` in the global table."""
    base: Keys = ("tool", namespace)
    path: Keys = (*base, "models", f"{SHA256_MARK}{model.sha256}")
    parts = _with_headers(parts, base)
    runs = list(_runs(parts, path))
    if runs and before is not None:
        old, new = known_values(before), known_values(model)
        return _changed(parts, *runs[0], old, new)
    return _added(parts, base, path, _table_text(path, known_values(model)))


def _other_hash(old: ManifestWorkflowModel, new: ManifestWorkflowModel) -> dict[str, str]:
    """Another tool's hash, kept for it where ours takes its place."""
    return {"other_hash": old.hash} if old.hash and old.hash != new.hash and not old.sha256 else {}


def _with_headers(parts: Sections, base: Keys) -> Sections:
    """``parts`` with our tables below headers of their own however they were written.

    Inline tables and dotted keys cannot be added to by headers, so they are written anew then; what
    people write with headers stays as it is.
    """
    if all(_is_headed(part, base) for part in parts):
        return parts
    own = _find(toml().parse(joined(parts)).unwrap(), base)
    kept: list[Section] = []
    for part in parts:
        if part.below(base):
            kept[-1] = replace(kept[-1], text=kept[-1].text + part.remarks)
        elif not _is_headed(part, base):
            document = toml().parse(part.text)
            _find(document, base[:-1]).pop(base[-1])
            kept.append(replace(part, text=toml().dumps(document)))
        else:
            kept.append(part)
    whole: Sections = tuple(kept)
    for body in _rendered(base, own):
        whole = inserted(whole, len(whole) - 1, body)
    return whole


def _is_headed(part: Section, base: Keys) -> bool:
    """Whether the body of ``part`` holds none of the tables that have headers of their own."""
    path = part.path
    if path == base[: len(path)]:
        own = _find(toml().parse(part.text).unwrap(), base)
        if len(path) < len(base):
            return own is None
        return {"workflows", "models"}.isdisjoint(own)
    if path in {(*base, "workflows"), (*base, "models")}:
        return not _find(toml().parse(part.text).unwrap(), path)
    if path[:-1] == (*base, "workflows"):
        return "models" not in _find(toml().parse(part.text).unwrap(), path)
    return True


def _rendered(base: Keys, own: Mapping[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in own.items() if key not in {"workflows", "models"}}
    if plain:
        yield _table_text(base, plain)
    for name, table in own.get("workflows", {}).items():
        path: Keys = (*base, "workflows", name)
        further = {key: value for key, value in table.items() if key != "models"}
        if further:
            yield _table_text(path, further)
        yield from (_row_text((*path, "models"), row) for row in table.get("models", ()))
    for mark, table in own.get("models", {}).items():
        yield _table_text((*base, "models", mark), table)


def _runs(parts: Sections, path: Keys) -> Iterator[tuple[int, int]]:
    """(first, end) of each section at ``path`` with what is below it."""
    for first, part in enumerate(parts):
        if part.path == path:
            end = first + 1
            while end < len(parts) and parts[end].below(path) and parts[end].path != path:
                end += 1
            yield first, end


def _changed(
    parts: Sections, first: int, end: int, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Sections:
    """``parts`` with those values of a table changed that differ between ``old`` and ``new``."""
    run = joined(parts[first:end])
    remarks = parts[end - 1].remarks
    document = toml().parse(run.removesuffix(remarks).rstrip("\r\n") + "\n")
    table: Any = document
    for key in parts[first].path:
        table = table[key]
    table = table[0] if parts[first].is_row else table
    for key in (*old, *(key for key in new if key not in old)):
        if key not in new and key in table:
            table.remove(key)
        elif key in new and old.get(key) != new[key]:
            table[key] = toml().value(_value(new[key]))
    text = toml().dumps(document) + remarks
    return (*parts[:first], *(part for part in sections(text) if part.text), *parts[end:])


def _added(parts: Sections, base: Keys, path: Keys, body: str) -> Sections:
    """``parts`` with ``body`` behind its siblings, else behind our tables, else at the end."""
    for near in (path, path[:-1], base):
        last = max((index for index, part in enumerate(parts) if part.below(near)), default=None)
        if last is not None:
            return inserted(parts, last, body)
    return inserted(parts, len(parts) - 1, body)


def _find(data: Any, path: Keys) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _row_text(path: Keys, values: Mapping[str, Any]) -> str:
    return f"[[{_header(path)}]]\n{_lines(values)}"


def _table_text(path: Keys, values: Mapping[str, Any]) -> str:
    return f"[{_header(path)}]\n{_lines(values)}"


def _header(path: Keys) -> str:
    return ".".join(_key(key) for key in path)


def _lines(values: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in values.items())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else str(toml().string(key).as_string())


def _value(value: Any) -> str:
    """One line, as people write such tables: lists and tables inside a row stay inline."""
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
        return f"{{{pairs}}}"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    return str(toml().item(value).as_string())
