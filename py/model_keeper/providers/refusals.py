"""Every known 'no' in one table: its signal, and the error that explains it.

The signals are facts of the providers' servers and documentation; sentences and actions stand in
the error table. The first row that fits decides.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.domain.ports import Refusal
from model_keeper.net.throttle import requested_wait

CIVITAI, HUGGINGFACE, ANY = "civitai", "huggingface", "any"

_VIEWS = ("resolve", "tree", "paths-info")  # what follows a repository in an address


@dataclass(frozen=True)
class Row:
    """A refusal: ``text`` in the body (or in the address it was redirected to), any case.

    ``header`` is a name and the value it must have. ``token``: whether one was sent; None is both.
    """

    provider: str
    cause: str
    code: str
    status: int | None = None
    text: str = ""
    redirect: str = ""
    header: tuple[str, str] | None = None
    token: bool | None = None

    def fits(self, seen: _Seen) -> bool:
        return (
            self.provider in {seen.provider, ANY}
            and (self.status is None or self.status == seen.status)
            and self.text.lower() in seen.text
            and self.redirect.lower() in seen.redirects
            and (self.header is None or self.header[1] in seen.headers.get(self.header[0], ""))
            and self.token in {None, seen.token}
        )


TABLE: Sequence[Row] = (
    Row(CIVITAI, "early access, seen by a browser", "civitai_early_access", redirect="reason=early-access"),
    Row(CIVITAI, "no login, seen by a browser", "civitai_login_needed", redirect="/login", token=False),
    Row(CIVITAI, "key refused, seen by a browser", "civitai_key_refused", redirect="/login", token=True),
    Row(CIVITAI, "early access, seen by a browser", "civitai_early_access", 200, redirect="/model-versions/"),
    Row(CIVITAI, "downloads disabled", "civitai_download_disabled", 401, "disabled downloads"),
    Row(CIVITAI, "no login", "civitai_login_needed", 401, token=False),
    Row(CIVITAI, "wrong key", "civitai_key_refused", 401, token=True),
    Row(CIVITAI, "early access", "civitai_early_access", 403, '"deadline":"'),
    Row(CIVITAI, "paid for ever", "civitai_paid", 403, "early access"),
    Row(CIVITAI, "no grant", "civitai_no_grant", 403, "do not have access"),
    Row(CIVITAI, "blocked", "civitai_forbidden", 403),
    Row(CIVITAI, "storage fault", "civitai_storage_fault", 404, header=("cache-control", "no-store")),
    Row(CIVITAI, "no such file", "civitai_file_not_found", 404, "file not found"),
    Row(CIVITAI, "unpublished or unknown", "civitai_not_found", 404),
    Row(CIVITAI, "archived", "civitai_archived", 410),
    Row(CIVITAI, "unusually many downloads", "civitai_unusual_downloads", 429, "unusual amount"),
    Row(CIVITAI, "its own fault", "server_error", 500),
    Row(HUGGINGFACE, "gated, no token", "hf_gated_login", 401, header=("x-error-code", "GatedRepo"), token=False),
    Row(HUGGINGFACE, "gated, token refused", "hf_gated_token", 401, header=("x-error-code", "GatedRepo"), token=True),
    Row(HUGGINGFACE, "token without gated right", "hf_gated_scope", 403, "fine-grained"),
    Row(HUGGINGFACE, "gated, not accepted", "hf_gated_acceptance", 403, header=("x-error-code", "GatedRepo")),
    Row(HUGGINGFACE, "no such revision", "hf_revision_not_found", header=("x-error-code", "RevisionNotFound")),
    Row(HUGGINGFACE, "no such file", "hf_file_not_found", header=("x-error-code", "EntryNotFound")),
    Row(HUGGINGFACE, "missing or private", "hf_missing_or_private", header=("x-error-code", "RepoNotFound"), token=True),
    Row(HUGGINGFACE, "missing or private", "hf_login_or_missing", header=("x-error-code", "RepoNotFound"), token=False),
    Row(HUGGINGFACE, "wrong token", "hf_token_refused", 401, token=True),
    Row(HUGGINGFACE, "missing or private", "hf_login_or_missing", 401, token=False),
    Row(HUGGINGFACE, "no right to it", "hf_forbidden", 403),
    Row(HUGGINGFACE, "not there", "hf_file_not_found", 404),
    Row(ANY, "login wanted", "login_needed", 401),
    Row(ANY, "not allowed", "forbidden", 403),
    Row(ANY, "not there", "not_found", 404),
    Row(ANY, "not there any more", "gone", 410),
    Row(ANY, "too fast", "rate_limited", 429),
    Row(ANY, "its own fault", "server_error", 500),
    Row(ANY, "its own fault", "server_error", 502),
    Row(ANY, "overloaded", "server_busy", 503),
    Row(ANY, "its own fault", "server_error", 504),
)  # fmt: skip


@dataclass(frozen=True)
class _Seen:
    provider: str
    status: int
    headers: Mapping[str, str]
    text: str
    redirects: str
    token: bool


def row_of(provider: str, refusal: Refusal) -> Row | None:
    """The row that decides about a refusal, or None where it is none of the table's."""
    last = refusal.last
    seen = _Seen(
        provider=provider,
        status=last.status,
        headers=last.headers,
        text=_text(refusal).lower().replace('": ', '":'),
        redirects=" ".join(hop.url.lower() for hop in refusal.hops[1:]),
        token=refusal.sent_token,
    )
    return next((row for row in TABLE if row.fits(seen)), None)


def explain(provider: str, refusal: Refusal, *, now_ms: int) -> KeeperError | None:
    """The error that a refusal means, or None where it is none of the table's."""
    row = row_of(provider, refusal)
    if row is None:
        return None
    last = refusal.last
    return KeeperError(
        row.code,
        retry_after=requested_wait(last.status, last.headers, now_ms=now_ms),
        **_details(refusal, _text(refusal)),
    )


def refusal_table_markdown() -> str:
    """The table as a page of the documentation."""
    lines = [
        "# When a provider says no",
        "",
        "Which answer means what, and what to do. The first row that fits decides.",
        "Made by `make docs` from `providers/refusals.py`.",
        "",
        "| from | signal | cause | what you read | what to do |",
        "|---|---|---|---|---|",
    ]
    for row in TABLE:
        kind = ERRORS[row.code]
        lines.append(
            f"| {row.provider} | {_signal(row)} | {row.cause} | {kind.message} | {kind.hint} |"
        )
    return "\n".join(lines) + "\n"


def _signal(row: Row) -> str:
    parts = [str(row.status)] if row.status else []
    if row.header:
        parts.append(f"`{row.header[0]}: {row.header[1]}`")
    if row.text:
        parts.append(f"“{row.text}” in the answer")
    if row.redirect:
        parts.append(f"sent on to `…{row.redirect}…`")
    if row.token is not None:
        parts.append("with a token" if row.token else "without a token")
    return ", ".join(parts)


def _text(refusal: Refusal) -> str:
    return refusal.body[:8192].decode("utf-8", "replace")


def _details(refusal: Refusal, text: str) -> dict[str, str | int]:
    last, first = refusal.last, refusal.hops[0]
    details: dict[str, str | int] = {
        "host": urlsplit(first.url).hostname or "",
        "status": last.status,
        "what": _bare(first.url),
        "repo": _repo(first.url),
    }
    deadline = _deadline(text)
    details["when"] = f"until {deadline}" if deadline else "for now"
    return details


def _repo(url: str) -> str:
    """The repository as its page's address has it: ``name``, ``owner/name``, ``datasets/…``."""
    names = urlsplit(url).path.strip("/").split("/")
    if names[0] == "api":
        names = names[2:] if names[1:2] == ["models"] else names[1:]
    owner = 1 if names[:1] in (["datasets"], ["spaces"]) else 0
    owned = len(names) > owner + 1 and names[owner + 1] not in _VIEWS
    return "/".join(names[: owner + 2 if owned else owner + 1])


def _deadline(text: str) -> str | None:
    try:
        data = json.loads(text)
    except ValueError:
        return None
    found = data.get("deadline") if isinstance(data, dict) else None
    return found[:10] if isinstance(found, str) else None


def _bare(url: str) -> str:
    parts = urlsplit(url)
    file_id = parse_qs(parts.query).get("fileId")
    return f"{parts.hostname}{parts.path}" + (f" (file {file_id[0]})" if file_id else "")
