"""What requests and answers look like: dataclasses that are parsed, written and described.

One declaration serves three uses: it checks what comes in, writes what goes out, and is the schema
in the OpenAPI document. Texts, whole numbers, numbers, truth values, enumerations, literals, lists,
mappings, optional values and dataclasses of these.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from enum import Enum
from functools import lru_cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from model_keeper.domain.errors import KeeperError

T = TypeVar("T")
Schema = dict[str, Any]

_LISTS = frozenset({tuple, list, Sequence})
_NO_LIMITS: Mapping[str, Any] = types.MappingProxyType({})

_LARGEST = 2**63 - 1  # what a database holds
_UNSAID = frozenset({"", "An enumeration."})  # what Python 3.10 says of every one
_SCALARS: Mapping[Any, str] = types.MappingProxyType(
    {str: "string", int: "integer", float: "number", bool: "boolean"}
)


class About:
    """What a field means, and its limits in the words of JSON Schema, inside ``Annotated``.

    Understood limits: ``minimum``, ``maximum``, ``maxLength``, ``maxItems``.
    """

    def __init__(self, text: str = "", **limits: int) -> None:
        self.text = text
        self.limits = limits


_SILENT = About()


@dataclass(frozen=True)
class Field:
    """A field of a shape: its bare kind, what is said about it, and whether it must be there."""

    name: str
    kind: Any
    about: About
    needed: bool


def fields_of(kind: type) -> tuple[Field, ...]:
    """The fields of a dataclass, in their order."""
    return _fields_of(cast("Hashable", kind))


@lru_cache(maxsize=256)
def _fields_of(kind: Any) -> tuple[Field, ...]:
    hints = get_type_hints(kind, include_extras=True)
    rows = []
    for each in dataclasses.fields(kind):
        hint = hints[each.name]
        marked = get_origin(hint) is Annotated
        said = [extra for extra in get_args(hint)[1:] if isinstance(extra, About)] if marked else []
        rows.append(
            Field(
                name=each.name,
                kind=get_args(hint)[0] if marked else hint,
                about=said[0] if said else _SILENT,
                needed=each.default is MISSING and each.default_factory is MISSING,
            )
        )
    return tuple(rows)


def parsed(kind: type[T], data: Any) -> T:
    """``data`` (from JSON) as ``kind``. Raises KeeperError invalid_request, naming the place."""
    result: T = _parse(kind, data, "")
    return result


def parsed_query(kind: type[T], query: Mapping[str, str]) -> T:
    """The query of an address as ``kind``: lists by commas. Raises invalid_request."""
    kinds = {each.name: each.kind for each in fields_of(kind)}
    values = {name: _from_text(kinds.get(name), text) for name, text in query.items()}
    return parsed(kind, values)


def written(value: Any) -> Any:
    """``value`` as what ``json.dumps`` takes."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: written(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): written(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [written(item) for item in value]
    return value


def schema_of(kind: Any, components: dict[str, Schema]) -> Schema:
    """The JSON Schema of ``kind``; dataclasses and enumerations go into ``components``."""
    if kind is Any:
        return {}
    if kind in _SCALARS:
        return {"type": _SCALARS[kind]}
    origin = get_origin(kind)
    if origin is not None:
        return _compound_schema(kind, origin, components)
    name = kind.__name__
    if name not in components:
        components[name] = {}  # a kind may hold itself
        components[name] = _component(kind, components)
    return {"$ref": f"#/components/schemas/{name}"}


def _compound_schema(kind: Any, origin: Any, components: dict[str, Schema]) -> Schema:
    inner = get_args(kind)
    if _is_union(origin):
        return _union_schema(inner, components)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in _LISTS:
        return {"type": "array", "items": schema_of(inner[0], components)}
    return {"type": "object", "additionalProperties": schema_of(inner[1], components)}


def _component(kind: Any, components: dict[str, Schema]) -> Schema:
    about = (kind.__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")
    if issubclass(kind, Enum):
        said = {"description": about} if about not in _UNSAID else {}
        return {"type": "string", "enum": [member.value for member in kind], **said}
    rows = fields_of(kind)
    properties = {}
    for row in rows:
        described = {"description": row.about.text} if row.about.text else {}
        schema = schema_of(row.kind, components)
        properties[row.name] = {**schema, **row.about.limits, **described}
    required = [row.name for row in rows if row.needed]
    return {
        "type": "object",
        "description": about,
        "properties": properties,
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _union_schema(kinds: Sequence[Any], components: dict[str, Schema]) -> Schema:
    rows = [schema_of(k, components) for k in kinds if k is not type(None)]
    nothing = type(None) in kinds
    if len(rows) == 1 and nothing and isinstance(rows[0].get("type"), str):
        return {**rows[0], "type": [rows[0]["type"], "null"]}
    return {"anyOf": [*rows, *([{"type": "null"}] if nothing else [])]}


def _is_union(origin: Any) -> bool:
    return origin is Union or origin is getattr(types, "UnionType", Union)


def _parse(kind: Any, data: Any, where: str, limits: Mapping[str, Any] = _NO_LIMITS) -> Any:
    if kind is Any:
        return data
    if kind in _SCALARS:
        return _scalar(kind, data, where, limits)
    origin = get_origin(kind)
    if origin is not None:
        return _parse_compound(kind, origin, data, where, limits)
    if issubclass(kind, Enum):
        return kind(_one_of([member.value for member in kind], data, where))
    return _instance(kind, _object(data, where), where)


def _parse_compound(
    kind: Any, origin: Any, data: Any, where: str, limits: Mapping[str, Any]
) -> Any:
    inner = get_args(kind)
    if _is_union(origin):
        return _parse_union(inner, data, where, limits)
    if origin is Literal:
        return _one_of(inner, data, where)
    if origin in _LISTS:
        return _list(inner[0], data, where, limits)
    rows = _object(data, where)
    return {name: _parse(inner[1], value, f"{where}.{name}") for name, value in rows.items()}


def _parse_union(kinds: Sequence[Any], data: Any, where: str, limits: Mapping[str, Any]) -> Any:
    """The first kind that the data fits; its objection where it fits none."""
    objection: KeeperError | None = None
    for kind in kinds:
        if kind is type(None):
            if data is None:
                return None
            continue
        try:
            return _parse(kind, data, where, limits)
        except KeeperError as error:
            objection = objection or error
    raise objection or _wrong(f"“{where}” must be null.")


def _instance(kind: Any, data: Mapping[str, Any], where: str) -> Any:
    fields = {each.name: each for each in fields_of(kind)}
    values = {}
    for name, value in data.items():
        if name not in fields:
            raise _wrong(f"There is no “{_place(where, name)}”.")
        known = fields[name]
        values[name] = _parse(known.kind, value, _place(where, name), known.about.limits)
    for name, each in fields.items():
        if name not in values and each.needed:
            raise _wrong(f"“{_place(where, name)}” is missing.")
    return kind(**values)


def _scalar(kind: Any, data: Any, where: str, limits: Mapping[str, Any]) -> Any:
    right = isinstance(data, (int, float) if kind is float else kind)
    if right and kind is float:
        right = -math.inf < data < math.inf  # neither compares with NaN, which JSON has not
    if not right or (isinstance(data, bool) and kind is not bool):
        raise _wrong(f"“{where}” must be {_WORDS[kind]}.")
    if kind is str:
        most = limits.get("maxLength")
        if most is not None and len(data) > most:
            raise _wrong(f"“{where}” is longer than {most} characters.")
        return data
    if kind is int and not -_LARGEST <= data <= _LARGEST:
        raise _wrong(f"“{where}” is a larger number than anything here.")
    low, high = limits.get("minimum"), limits.get("maximum")
    if (low is not None and data < low) or (high is not None and data > high):
        wanted = f"{low} or more" if high is None else f"a number from {low} to {high}"
        raise _wrong(f"“{where}” must be {wanted}.")
    return data


def _list(kind: Any, data: Any, where: str, limits: Mapping[str, Any]) -> tuple[Any, ...]:
    if not isinstance(data, (list, tuple)):
        raise _wrong(f"“{where}” must be a list.")
    most = limits.get("maxItems")
    if most is not None and len(data) > most:
        raise _wrong(f"“{where}” has more than {most} entries.")
    return tuple(_parse(kind, row, f"{where}[{n}]") for n, row in enumerate(data))


def _object(data: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        what = f"“{where}”" if where else "The body"
        raise _wrong(f"{what} must be an object.")
    return data


def _one_of(values: Sequence[Any], data: Any, where: str) -> Any:
    if data not in values:
        raise _wrong(f"“{where}” must be one of: {', '.join(map(str, values))}.")
    return data


def _from_text(kind: Any, text: str) -> Any:
    """What a text of an address means; what it cannot mean stays text, and is refused later."""
    if _is_union(get_origin(kind)):
        kind = next(k for k in get_args(kind) if k is not type(None))
    if get_origin(kind) in _LISTS:
        return [part for part in text.split(",") if part]
    if kind is bool:
        return {"true": True, "1": True, "false": False, "0": False}.get(text.lower(), text)
    if kind in {int, float}:
        try:
            return kind(text)
        except ValueError:
            return text
    return text


_WORDS: Mapping[Any, str] = types.MappingProxyType(
    {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}
)


def _place(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _wrong(what: str) -> KeeperError:
    return KeeperError("invalid_request", what=what)
