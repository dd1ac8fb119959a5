from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.manifests import WorkflowNodeWidgetRef
from model_keeper.domain.references import Location, Reference
from model_keeper.domain.resolutions import (
    DownloadErrorCategory,
    DownloadErrorContext,
    MatchType,
    ResolutionResult,
    ResolvedModel,
    widget_ref,
)

REF = WorkflowNodeWidgetRef("1", "L", 0, "a.pt")


@pytest.mark.parametrize(
    ("match_type", "expected"),
    [
        (MatchType.DOWNLOAD_INTENT, True),
        (MatchType.PROPERTY_DOWNLOAD_INTENT, True),
        (MatchType.EXACT, False),
        (None, False),
    ],
)
def test_intents_are_noticed(match_type: MatchType | None, expected: bool) -> None:
    model = ResolvedModel("w", REF, match_type=match_type)
    assert ResolutionResult("w", models_resolved=(model,)).has_download_intents is expected


@pytest.mark.parametrize(
    ("code", "category"),
    [
        ("civitai_login_needed", "auth_missing"),
        ("hf_token_refused", "auth_invalid"),
        ("civitai_early_access", "forbidden"),
        ("hf_file_not_found", "not_found"),
        ("unreachable", "network"),
        ("server_error", "server"),
        ("disk_full", "unknown"),
    ],
)
def test_a_failure_is_told_by_who_can_help(code: str, category: str) -> None:
    error = KeeperError(code, host="hub.example", status=503)
    context = DownloadErrorContext.of(error, provider="plain")
    assert context.error_category is DownloadErrorCategory(category)
    assert (context.http_status, context.raw_error) == (503, error.message)


@pytest.mark.parametrize(
    ("scope", "path", "node_id", "index"),
    [
        ("", ("widgets_values", 2), "7", 2),
        ("sub", ("widgets_values", 2, "lora"), "sub:7", 2),
        ("", ("inputs", "lora_name"), "7", "lora_name"),
    ],
)
def test_a_reference_has_its_place_in_the_manifest(
    scope: str, path: tuple[str | int, ...], node_id: str, index: int | str
) -> None:
    reference = Reference("7", "L", "lora_name", "a.pt", Location(scope, "7", path), scope=scope)
    assert widget_ref(reference) == WorkflowNodeWidgetRef(node_id, "L", index, "a.pt")


def test_a_value_that_an_instance_says_is_told_by_its_widget() -> None:
    place = Location("", "1", ("widgets_values", 4))
    reference = Reference("7", "L", "lora_name", "a.pt", place, scope="sub")
    assert widget_ref(reference) == WorkflowNodeWidgetRef("sub:7", "L", "lora_name", "a.pt")
