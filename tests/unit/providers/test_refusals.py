"""Every known 'no': which answer means what, and what a person then reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.ports import Hop, Refusal
from model_keeper.providers.refusals import (
    ANY,
    CIVITAI,
    HUGGINGFACE,
    TABLE,
    explain,
    refusal_table_markdown,
    row_of,
)

NOW_MS = 1_700_000_000_000
CIVITAI_FILE = "https://civitai.com/api/download/models/77?fileId=5"
CIVITAI_LOGIN = "https://civitai.com/login?returnUrl=%2Fmodel-versions%2F77&reason="
HF_FILE = "https://huggingface.co/acme/flux-lora/resolve/main/x.safetensors"
ANY_FILE = "https://models.example.org/files/x.safetensors"
RECORDED = Path(__file__).parents[4] / "shared" / "data" / "civitai" / "errors.json"

LOGIN = {
    "error": "Unauthorized",
    "message": "The creator of this asset requires you to be logged in to download it",
}
DISABLED = {
    "error": "Unauthorized",
    "message": "The creator of this asset has disabled downloads on this file",
}
EARLY = {
    "error": "Early Access",
    "deadline": "2026-09-01T00:00:00.000Z",
    "message": "This asset is in Early Access. You can use Buzz access it now!",
}
PAID = {**EARLY, "deadline": None}
NO_DEADLINE = {"error": EARLY["error"], "message": EARLY["message"]}
UNUSUAL = {
    "error": "We've noticed an unusual amount of downloading from your account. "
    "Contact support@civitai.com or come back later."
}


@dataclass(frozen=True)
class Seen:
    """An answer as it comes, and the row and the error that it must lead to."""

    provider: str
    cause: str
    code: str
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    token: bool = False
    sent_on_to: str | None = None

    def refusal(self) -> Refusal:
        first = {CIVITAI: CIVITAI_FILE, HUGGINGFACE: HF_FILE, ANY: ANY_FILE}[self.provider]
        last = Hop(self.sent_on_to or first, self.status, self.headers)
        hops: tuple[Hop, ...] = (last,)
        if self.sent_on_to:
            hops = (Hop(first, 307, {"location": self.sent_on_to}), last)
        body = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return Refusal(hops, body.encode(), self.token)

    def error(self) -> KeeperError:
        found = explain(self.provider, self.refusal(), now_ms=NOW_MS)
        assert found is not None
        return found


def civitai(cause: str, code: str, status: int, body: Any = None, **more: Any) -> Seen:
    return Seen(CIVITAI, cause, f"civitai_{code}", status, body, **more)


def hub(cause: str, code: str, status: int, error_code: str = "", **more: Any) -> Seen:
    headers = {"x-error-code": error_code} if error_code else {}
    return Seen(HUGGINGFACE, cause, f"hf_{code}", status, headers=headers, **more)


def other(cause: str, code: str, status: int) -> Seen:
    return Seen(ANY, cause, code, status, "<html>no</html>")


PAGE = "<!doctype html><title>Civitai</title>"
RESTRICTED = (
    "Access to model acme/flux-lora is restricted. You must have access to it and be "
    "authenticated to access it. Please log in."
)
NOT_LISTED = (
    "Access to model acme/flux-lora is restricted and you are not in the authorized list. "
    "Visit https://huggingface.co/acme/flux-lora to ask for access."
)
SCOPE = (
    "Please enable access to public gated repositories in your fine-grained token settings "
    "to view this repository."
)
ANSWERS = (
    civitai("no login", "login_needed", 401, LOGIN),
    civitai("wrong key", "key_refused", 401, LOGIN, token=True),
    civitai("wrong key", "key_refused", 401, {"code": "UNAUTHORIZED", "issues": []}, token=True),
    civitai("downloads disabled", "download_disabled", 401, DISABLED),
    civitai("downloads disabled", "download_disabled", 401, DISABLED, token=True),
    civitai("early access", "early_access", 403, EARLY),
    civitai("early access", "early_access", 403, json.dumps(EARLY, separators=(",", ":"))),
    civitai("paid for ever", "paid", 403, PAID, token=True),
    civitai("paid for ever", "paid", 403, json.dumps(PAID, separators=(",", ":"))),
    civitai("paid for ever", "paid", 403, NO_DEADLINE, token=True),
    civitai("no grant", "no_grant", 403, {"error": "You do not have access to download this file"}),
    civitai("blocked", "forbidden", 403, {"error": "Forbidden"}, token=True),
    civitai("no such file", "file_not_found", 404, {"error": "File not found"}),
    civitai(
        "storage fault",
        "storage_fault",
        404,
        {"error": "File not found"},
        headers={"cache-control": "private, no-store"},
    ),
    civitai("unpublished or unknown", "not_found", 404, {"error": "No model with id 0"}),
    civitai("unpublished or unknown", "not_found", 404, {"error": "Model not found"}),
    civitai("unpublished or unknown", "not_found", 404, {"error": "Missing model file"}),
    civitai("archived", "archived", 410, {"error": "Model archived, not available for download"}),
    civitai("unusually many downloads", "unusual_downloads", 429, UNUSUAL, token=True),
    Seen(CIVITAI, "its own fault", "server_error", 500, {"error": "Error getting file"}),
    Seen(ANY, "too fast", "rate_limited", 429),
    civitai(
        "no login, seen by a browser",
        "login_needed",
        200,
        PAGE,
        sent_on_to=CIVITAI_LOGIN + "download-auth",
    ),
    civitai(
        "key refused, seen by a browser",
        "key_refused",
        200,
        PAGE,
        sent_on_to=CIVITAI_LOGIN + "download-auth",
        token=True,
    ),
    civitai(
        "early access, seen by a browser",
        "early_access",
        200,
        PAGE,
        sent_on_to=CIVITAI_LOGIN + "early-access",
    ),
    civitai(
        "early access, seen by a browser",
        "early_access",
        200,
        PAGE,
        sent_on_to="https://civitai.com/model-versions/77",
        token=True,
    ),
    hub("gated, no token", "gated_login", 401, "GatedRepo", body=RESTRICTED),
    hub("gated, token refused", "gated_token", 401, "GatedRepo", body=RESTRICTED, token=True),
    hub("gated, not accepted", "gated_acceptance", 403, "GatedRepo", body=NOT_LISTED, token=True),
    hub("token without gated right", "gated_scope", 403, "GatedRepo", body=SCOPE, token=True),
    hub("token without gated right", "gated_scope", 403, body=SCOPE, token=True),
    hub("no such revision", "revision_not_found", 404, "RevisionNotFound"),
    hub("no such file", "file_not_found", 404, "EntryNotFound"),
    hub("missing or private", "missing_or_private", 404, "RepoNotFound", token=True),
    hub("missing or private", "login_or_missing", 401, "RepoNotFound"),
    hub("missing or private", "login_or_missing", 401, body="Invalid username or password."),
    hub("wrong token", "token_refused", 401, body="Invalid credentials", token=True),
    hub("no right to it", "forbidden", 403, token=True),
    hub("not there", "file_not_found", 404),
    other("login wanted", "login_needed", 401),
    other("not allowed", "forbidden", 403),
    other("not there", "not_found", 404),
    other("not there any more", "gone", 410),
    other("its own fault", "server_error", 500),
    other("its own fault", "server_error", 502),
    other("overloaded", "server_busy", 503),
    other("its own fault", "server_error", 504),
)


@pytest.mark.parametrize(
    "seen", ANSWERS, ids=lambda seen: f"{seen.provider}-{seen.status}-{seen.cause}"
)
def test_an_answer_is_explained(seen: Seen) -> None:
    row = row_of(seen.provider, seen.refusal())
    error = seen.error()

    assert row is not None
    assert (row.cause, error.code) == (seen.cause, seen.code)
    for sentence in (error.message, error.hint):
        assert sentence.endswith((".", "huggingface", "civitai", "CATEGORY")), sentence
        assert "?" not in sentence, "a detail is missing"
        assert "{" not in sentence


def test_each_row_is_reached_by_an_answer() -> None:
    reached = {row_of(seen.provider, seen.refusal()) for seen in ANSWERS}

    assert reached == set(TABLE)


def test_eight_ends_at_civitai_are_told_apart() -> None:
    ends = {
        "no key": civitai("no login", "login_needed", 401, LOGIN),
        "bad key": civitai("wrong key", "key_refused", 401, LOGIN, token=True),
        "no grant": next(seen for seen in ANSWERS if seen.cause == "no grant"),
        "early access": civitai("early access", "early_access", 403, EARLY),
        "paid": civitai("paid for ever", "paid", 403, PAID),
        "disabled": civitai("downloads disabled", "download_disabled", 401, DISABLED),
        "archived": next(seen for seen in ANSWERS if seen.cause == "archived"),
        "unusual": next(seen for seen in ANSWERS if seen.cause == "unusually many downloads"),
    }
    errors = [seen.error() for seen in ends.values()]

    assert len({error.code for error in errors}) == 8
    assert len({error.message for error in errors}) == 8
    assert len({error.hint for error in errors}) == 8


def test_early_access_says_until_when() -> None:
    assert "until 2026-09-01" in civitai("", "", 403, EARLY).error().message


def test_only_the_passing_storage_fault_is_tried_again() -> None:
    missing = civitai("", "", 404, {"error": "File not found"})
    passing = civitai(
        "", "", 404, {"error": "File not found"}, headers={"cache-control": "private, no-store"}
    )

    assert not missing.error().retryable
    assert passing.error().retryable
    assert passing.error().family is Family.REMOTE


def test_a_stopped_account_does_not_hammer_on() -> None:
    assert not civitai("", "", 429, UNUSUAL, token=True).error().retryable
    assert Seen(CIVITAI, "", "", 429, {"error": "Too many requests"}).error().retryable


@pytest.mark.parametrize(
    ("provider", "headers", "seconds"),
    [
        (CIVITAI, {}, None),
        (ANY, {"retry-after": "7"}, 7.0),
        (ANY, {"retry-after": "Tue, 14 Nov 2023 22:13:50 GMT"}, 30.0),
        (ANY, {"retry-after": "soon"}, None),
        (HUGGINGFACE, {"ratelimit": '"resolve";r=0;t=168'}, 168.0),
        (HUGGINGFACE, {"ratelimit": '"api";r=0;t=168', "retry-after": "5"}, 5.0),
    ],
)
def test_the_wait_is_what_the_server_asked_for(
    provider: str, headers: Mapping[str, str], seconds: float | None
) -> None:
    error = Seen(provider, "", "", 429, headers=headers).error()

    assert error.code == "rate_limited"
    assert error.retry_after == seconds


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("acme/x/resolve/main/y.bin", "acme/x"),
        ("api/models/acme/x/tree/main", "acme/x"),
        ("api/models/acme/x", "acme/x"),
        ("gpt2/resolve/main/y.bin", "gpt2"),
        ("datasets/acme/x/resolve/main/y.bin", "datasets/acme/x"),
        ("api/datasets/acme/x/tree/main", "datasets/acme/x"),
        ("spaces/acme/x/resolve/main/y.bin", "spaces/acme/x"),
    ],
)
def test_the_page_of_a_gated_repository_is_named(path: str, page: str) -> None:
    hop = Hop(f"https://huggingface.co/{path}", 401, {"x-error-code": "GatedRepo"})
    error = explain(HUGGINGFACE, Refusal((hop,)), now_ms=NOW_MS)

    assert error is not None
    assert f"https://huggingface.co/{page}," in error.hint


def test_a_signed_address_is_not_shown() -> None:
    signed = "https://storage.example/r2/x?X-Amz-Signature=secret"
    hops = (Hop(ANY_FILE + "?sig=secret", 302, {"location": signed}), Hop(signed, 404, {}))
    error = explain(ANY, Refusal(hops), now_ms=NOW_MS)

    assert error is not None
    assert "secret" not in error.message + error.hint + repr(error.details)
    assert "models.example.org/files/x.safetensors" in error.message


@pytest.mark.parametrize(
    "seen",
    [
        Seen(CIVITAI, "", "", 400, {"error": "Missing modelVersionId"}),
        Seen(CIVITAI, "", "", 200, PAGE),
        Seen(HUGGINGFACE, "", "", 416),
        Seen(ANY, "", "", 418),
    ],
    ids=lambda seen: f"{seen.provider}-{seen.status}",
)
def test_what_is_not_in_the_table_is_left_to_the_caller(seen: Seen) -> None:
    assert explain(seen.provider, seen.refusal(), now_ms=NOW_MS) is None


def test_a_metadata_address_on_the_way_is_no_page() -> None:
    version = "https://civitai.red/api/v1/model-versions/77"
    seen = civitai("", "", 404, {"error": "Model not found"}, sent_on_to=version)

    assert seen.error().code == "civitai_not_found"


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"[1, 2]", b'{"deadline": 5}'])
def test_a_body_of_any_kind_is_borne(body: bytes) -> None:
    refusal = Refusal((Hop(CIVITAI_FILE, 403, {}),), body, sent_token=True)
    error = explain(CIVITAI, refusal, now_ms=NOW_MS)

    assert error is not None
    assert error.code == "civitai_forbidden"


def test_the_page_of_the_documentation_has_every_row() -> None:
    lines = refusal_table_markdown().splitlines()

    assert sum(line.startswith(("| civitai", "| huggingface", "| any")) for line in lines) == len(
        TABLE
    )


def test_the_recorded_bodies_are_explained() -> None:
    if not RECORDED.exists():
        pytest.skip("the recorded answers of Civitai are not here")
    codes = {}
    for row in json.loads(RECORDED.read_text(encoding="utf-8"))["errors"]:
        if row["status"] == "redirect":
            page = "https://civitai.com" + row["location"].replace("{versionId}", "77")
            seen = civitai("", "", 200, PAGE, sent_on_to=page)
        elif row["status"] != 400 and "body" in row:
            seen = civitai("", "", row["status"], row["body"])
        else:
            continue
        codes[str(row.get("body") or row["location"])] = seen.error().code

    assert len(codes) >= 14
    assert {
        "civitai_login_needed",
        "civitai_download_disabled",
        "civitai_early_access",
        "civitai_no_grant",
        "civitai_forbidden",
        "civitai_file_not_found",
        "civitai_not_found",
        "civitai_archived",
        "civitai_unusual_downloads",
        "server_error",
    } == set(codes.values())
