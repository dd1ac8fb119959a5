"""Answers that are no JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from model_keeper.domain.errors import KeeperError
from model_keeper.web.api import Api
from model_keeper.web.content import Content
from model_keeper.web.guard import Guard
from model_keeper.web.openapi import api_page, openapi
from model_keeper.web.route import Route, RouteTable

PICTURE = Content(b"a picture", "image/webp", etag="one")


async def later() -> Content:
    return PICTURE


def unknown() -> Content:
    raise KeeperError("file_not_found", path="a.png")


ROUTES = RouteTable(
    [
        Route("GET", "now", lambda: PICTURE, "Reads.", Content, "Pictures"),
        Route("GET", "later", later, "Reads.", Content, "Pictures"),
        Route("GET", "unknown", unknown, "Fails.", Content, "Pictures"),
        Route("GET", "file", lambda: Content(Path("a"), "video/mp4"), "Reads.", Content, "Films"),
        Route("GET", "own", lambda: Content(b"", "a/b", headers={"Cache-Control": "no-store"}),
              "Reads.", Content, "Pictures"),
    ]
)  # fmt: skip


@pytest.fixture
def api() -> Iterator[Api]:
    with ThreadPoolExecutor(1) as pool:
        yield Api(ROUTES, Guard(lambda: (), lambda _: False), pool)


def answer(api: Api, tail: str, **headers: str) -> Any:
    request = make_mocked_request(
        "GET",
        f"/{tail}",
        headers={"Host": "127.0.0.1", **{n.replace("_", "-"): v for n, v in headers.items()}},
        match_info={"tail": tail},
    )
    return asyncio.run(api.handle(request))


@pytest.mark.parametrize("tail", ["now", "later"])
def test_bytes_are_sent_as_what_they_are_and_nothing_in_them_runs(api: Api, tail: str) -> None:
    response = answer(api, tail)
    assert (response.status, response.body, response.content_type) == (
        200,
        b"a picture",
        "image/webp",
    )
    assert response.headers["ETag"] == '"one"'
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("known", ['"one"', 'W/"one"', '"other", "one"', "*"])
def test_content_that_the_browser_has_is_not_sent_again(api: Api, known: str) -> None:
    response = answer(api, "now", If_None_Match=known)
    assert (response.status, response.body) == (304, None)
    assert response.headers["ETag"] == '"one"'
    assert response.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("known", ['"other"', "one", ""])
def test_other_content_is_sent(api: Api, known: str) -> None:
    assert answer(api, "now", If_None_Match=known).status == 200


def test_a_file_is_sent_by_the_server_itself(api: Api) -> None:
    response = answer(api, "file")
    assert isinstance(response, web.FileResponse)
    assert response.headers["Content-Type"] == "video/mp4"


def test_an_answer_may_say_how_long_it_is_kept(api: Api) -> None:
    assert answer(api, "own").headers["Cache-Control"] == "no-store"


def test_an_error_is_still_json(api: Api) -> None:
    response = answer(api, "unknown")
    assert response.status == 404
    assert json.loads(response.body)["error"]["code"] == "file_not_found"


def test_the_documents_call_it_a_file() -> None:
    operation = openapi(ROUTES, "1")["paths"]["/model-manager/v1/now"]["get"]
    assert operation["responses"]["200"]["content"] == {"*/*": {}}
    assert "Answers 200 with the content of a file." in api_page(ROUTES)
