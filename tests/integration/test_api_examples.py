"""No route answers a made-up request with something that nobody foresaw or described."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("schemathesis", reason="needs schemathesis: pip install -e .[dev]")


def test_every_route_answers_as_the_document_says(tmp_path: Path) -> None:
    from tests.integration.api_examples import Examples, furnished_server

    with furnished_server(tmp_path) as furnished:
        examples = Examples(furnished, count=1, number=20, shrink=False)
        operations = list(examples.operations())
        assert len(operations) > 80
        for operation in operations:
            examples.send(operation)
