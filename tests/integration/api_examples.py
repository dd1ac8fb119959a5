"""Made-up requests against the API of a server, as its OpenAPI document describes them.

Each route gets valid and invalid requests, some about things that are there. None may be answered with
an error that nobody foresaw, nor with anything that the document does not describe. The test of the
same name sends a few; ``python -m tests.integration.api_examples --examples 100`` sends more.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.old_files import age
from tests.integration.panel_server import PanelServer
from tests.integration.patience import PATIENCE

with warnings.catch_warnings():  # of what it uses itself
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis import GenerationMode
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

_CONFORMS = [status_code_conformance, content_type_conformance, response_schema_conformance]
_HEADERS = {"X-Model-Keeper": "1"}
#: What a machine without a network has to say of other servers, and a host that lacks something.
_FORESEEN = frozenset({"remote", "local", "dependency"})
_LONGEST = 8_000  # of a request: what is longer never gets to the routes


@contextmanager
def furnished_server(folder: Path) -> Iterator[Furnished]:
    """A server for whom Hugging Face is empty and Civitai is out of reach."""
    with FakeHub() as hub:
        asked = {"MODEL_KEEPER_CIVITAI_ENDPOINT": "http://127.0.0.1:9", "HF_ENDPOINT": hub.url}
        with PanelServer(folder, **asked) as server:
            yield Furnished(server)


class Furnished:
    """A server with a few of everything: models, jobs, changes, trash."""

    def __init__(self, server: PanelServer) -> None:
        self.server = server
        for name, number in (("a", 1), ("b", 1), ("sub/c", 2), ("d", 3)):
            path = server.models / "loras" / f"{name}.safetensors"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(safetensors(2_000, seed=number))
            age(path)
        server.host.library.scanning.refresh(server.host.model_folders())
        models = [item["id"] for item in server.get("library")["items"]]
        server.ask("POST", f"library/{models[0]}/trash", {})
        server.ask("POST", "library/hash", {})

    def known(self) -> Mapping[str, list[str]]:
        """Ids that are there now, by the beginning of the routes that take them."""
        get = self.server.get
        return {
            "/library/changes": [row["id"] for row in get("library/changes")["items"]],
            "/library/trash": [row["id"] for row in get("library/trash")["items"]],
            "/library": [row["id"] for row in get("library")["items"]],
            "/jobs": [row["id"] for row in get("jobs")["items"]],
        }


class Examples:
    """Sends made-up requests for each operation of the document of a server."""

    def __init__(self, furnished: Furnished, *, count: int, number: int, shrink: bool) -> None:
        """``count`` valid requests for each, and half as many that are not; ``number`` is a seed."""
        self._furnished = furnished
        self._url = furnished.server.url
        document = furnished.server.get("openapi.json")
        self._schema = schemathesis.openapi.from_dict(document)
        self._number = number
        self._settings = {
            mode: settings(
                max_examples=max(1, examples),
                deadline=None,
                database=None,
                phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
                suppress_health_check=list(HealthCheck),
            )
            for mode, examples in (
                (GenerationMode.POSITIVE, count),
                (GenerationMode.NEGATIVE, count // 2),
            )
        }

    def operations(self) -> Iterator[Any]:
        for result in self._schema.get_all_operations():
            assert isinstance(result, Ok), result
            yield result.ok()

    def send(self, operation: Any) -> None:
        """Raises where an answer is wrong, with the request that it was an answer to."""
        known = self._known(operation.path)
        for mode, limits in self._settings.items():
            cases = operation.as_strategy(generation_mode=mode)

            @seed(self._number)
            @limits
            @given(case=cases, pick=st.integers(0, 1_000))
            def answers(case: Any, pick: int) -> None:
                if known and pick % 2:
                    _fill(case, known[pick % len(known)])
                self._check(case)

            with contextlib.suppress(Unsatisfiable):  # nothing about it can be wrong
                answers()

    def _check(self, case: Any) -> None:
        if case.query and "wait" in case.query:
            case.query["wait"] = "0"
        assume(len(case.as_curl_command()) < _LONGEST)
        response = case.call(base_url=self._url, headers=_HEADERS, timeout=PATIENCE)
        if response.status_code >= 500:
            error = response.json()["error"]
            foreseen = error["family"] in _FORESEEN and error["code"] != "internal"
            assert foreseen, f"{case.as_curl_command()}\n{response.status_code} {error}"
        case.validate_response(response, checks=_CONFORMS)

    def _known(self, path: str) -> list[str]:
        ids = self._furnished.known()
        return next((ids[start] for start in ids if start in path), [])


def _fill(case: Any, known: str) -> None:
    """Let a request be about something that is there."""
    if isinstance(case.path_parameters, dict) and "id" in case.path_parameters:
        case.path_parameters["id"] = known
    if isinstance(case.body, dict) and isinstance(case.body.get("ids"), list):
        case.body["ids"] = [known]
        case.body.pop("query", None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=50, help="for each route and kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="routes whose path holds this text")
    chosen = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, furnished_server(Path(folder)) as furnished:
        examples = Examples(furnished, count=chosen.examples, number=chosen.seed, shrink=True)
        for operation in examples.operations():
            if chosen.only not in operation.path:
                continue
            started = time.monotonic()
            try:
                examples.send(operation)
                said = "ok"
            except BaseException as problem:
                if isinstance(problem, KeyboardInterrupt):
                    raise
                wrong += 1
                said = f"WRONG\n{problem}\n{getattr(problem, 'exceptions', '')}"
            seconds = time.monotonic() - started
            sys.stdout.write(f"{operation.label} {seconds:.1f} s: {said}\n")
            sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
