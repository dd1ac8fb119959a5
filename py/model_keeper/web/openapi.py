"""The OpenAPI 3.1 document of a route table, and the page that people read instead."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable, Iterator
from typing import Any

from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.web.api import PREFIX
from model_keeper.web.content import Content
from model_keeper.web.problems import Problem, status_of
from model_keeper.web.route import Route, RouteTable
from model_keeper.web.shapes import Schema, fields_of, schema_of

_FILE: dict[str, Any] = {"application/octet-stream": {}}  # any content: no schema
_ANY_FILE: dict[str, Any] = {"*/*": {}}  # under the type that it has
_GUARD_ERRORS = ("foreign_page", "header_needed", "pairing_needed", "token_needed")


def openapi(routes: RouteTable, version: str) -> dict[str, Any]:
    """The document. Every route, every shape, every error that a route names."""
    components: dict[str, Schema] = {}
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operations = paths.setdefault(f"{PREFIX}/{route.path}", {})
        operations[route.method.lower()] = _operation(route, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Model Keeper", "version": version},
        "servers": [{"url": "/"}, {"url": "/api"}],
        "paths": paths,
        "components": {"schemas": dict(sorted(components.items()))},
    }


def _operation(route: Route, components: dict[str, Schema]) -> dict[str, Any]:
    parameters = [*_path_parameters(route), *_query_parameters(route, components)]
    operation: dict[str, Any] = {
        "operationId": operation_id(route),
        "tags": [route.area],
        "summary": route.summary,
        **({"parameters": parameters} if parameters else {}),
    }
    if route.body is not None:
        content = _FILE if route.is_raw else _json_of(route.body, components)
        operation["requestBody"] = {"required": True, "content": content}
    operation["responses"] = {
        str(route.status): {
            "description": "Done." if route.status == 200 else "Accepted.",
            "content": _answer_of(route, components),
        },
        **_problems(route, components),
    }
    return operation


def _problems(route: Route, components: dict[str, Schema]) -> dict[str, Any]:
    by_status: dict[str, list[str]] = {}
    for code in errors_of(route):
        by_status.setdefault(str(status_of(KeeperError(code))), []).append(code)
    content = _json_of(Problem, components)
    return {
        **{
            status: {"description": ", ".join(codes), "content": content}
            for status, codes in sorted(by_status.items())
        },
        "default": {"description": "Any other error.", "content": content},
    }


def errors_of(route: Route) -> tuple[str, ...]:
    """The codes a route names, the guard's among them."""
    is_checked = route.query is not None or (route.body is not None and not route.is_raw)
    taken = ("invalid_request",) if is_checked else ()
    unreadable = ("body_unreadable", "body_too_large") if route.body is not None else ()
    guard = _GUARD_ERRORS if route.is_guarded else ("token_needed",)
    codes = dict.fromkeys((*taken, *unreadable, *route.errors, *guard, "database_unavailable"))
    return tuple(code for code in codes if code in ERRORS)


def operation_id(route: Route) -> str:
    words = route.path.replace("{", "").replace("}", "").replace(".", "_").split("/")
    return "_".join([route.method.lower(), *words])


def api_page(routes: RouteTable) -> str:
    """The routes as a page in Markdown."""
    lines = [
        "# HTTP API",
        "",
        f"Everything is below `{PREFIX}`, and below `/api{PREFIX}`, which ComfyUI's pages use.",
        "JSON in UTF-8. For programs: `GET openapi.json` (OpenAPI 3.1).",
        "Made by `make docs` from the routes.",
        "",
        *_PREFACE.splitlines(),
    ]
    area = ""
    for route in routes:
        if route.area != area:
            area = route.area
            lines += ["", f"## {area}"]
        lines += ["", f"### `{route.method} {route.path}`", "", route.summary, *_described(route)]
    return "\n".join(lines) + "\n"


_PREFACE = """\
## For every route

* An error is `{"error": {"code", "message", "hint", "family", "retryable", "details"}}` with a real
  status code. Codes are stable: [errors.md](errors.md).
* A list is `{"items", "next", "total"}`; ask again with `after` set to `next` until that is null.
* A request that changes something says that it means this server, by `Content-Type:
  application/json` or the header `X-Model-Keeper: 1`. Pages of other sites are refused, and so are
  host names that the server does not know: `allowed_hosts` in the settings, or a pairing, whose
  token goes into `X-Model-Keeper-Token`. [configuration.md](configuration.md) tells more.
* A server that was started with `serve --listen` wants its token with every request, as
  `Authorization: Bearer` or in `X-Model-Keeper-Token`."""


def _described(route: Route) -> Iterator[str]:
    for title, kind in (("Query", route.query), ("Body", route.body)):
        if kind is not None:
            yield from ("", f"{title}:", "", "| | | |", "|---|---|---|")
            yield from _field_rows(kind)
    yield ""
    is_file = route.answer is Content
    answer = "the content of a file" if is_file else f"`{_kind_name(route.answer)}`"
    yield f"Answers {route.status} with {answer}."
    if route.errors:
        yield "Errors: " + ", ".join(f"`{code}`" for code in route.errors) + "."


def _field_rows(kind: Any) -> Iterator[str]:
    if kind is bytes:
        yield "| | | the content of the file |"
        return
    if not dataclasses.is_dataclass(kind):
        yield "| any name | any value | see docs/configuration.md |"
        return
    for row in fields_of(kind):  # type: ignore[arg-type]
        star = " *(needed)*" if row.needed else ""
        yield f"| `{row.name}` | {_kind_name(row.kind)} | {row.about.text}{star} |"


def _kind_name(kind: Any) -> str:
    if typing.get_origin(kind) is None:
        return str(getattr(kind, "__name__", kind))
    text = str(kind).replace("typing.", "").replace("collections.abc.", "")
    names = {
        inner.__module__ + "." for inner in _inner_kinds(kind) if inner.__module__ != "builtins"
    }
    for name in names:
        text = text.replace(name, "")
    return text.replace(", ...", "").replace("|", "or").replace("Optional", "")


def _inner_kinds(kind: Any) -> Iterator[Any]:
    for inner in typing.get_args(kind):
        if isinstance(inner, type):
            yield inner
        yield from _inner_kinds(inner)


def _path_parameters(route: Route) -> Iterable[dict[str, Any]]:
    for name in route.names:
        yield {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query_parameters(route: Route, components: dict[str, Schema]) -> Iterable[dict[str, Any]]:
    if route.query is None:
        return
    for field in fields_of(route.query):
        schema = {**schema_of(field.kind, components), **field.about.limits}
        row: dict[str, Any] = {"name": field.name, "in": "query", "schema": schema}
        if schema.get("type") == "array":
            row |= {"style": "form", "explode": False}
        if field.about.text:
            row["description"] = field.about.text
        yield row


def _answer_of(route: Route, components: dict[str, Schema]) -> dict[str, Any]:
    return _ANY_FILE if route.answer is Content else _json_of(route.answer, components)


def _json_of(kind: Any, components: dict[str, Schema]) -> dict[str, Any]:
    return {"application/json": {"schema": schema_of(kind, components)}}
