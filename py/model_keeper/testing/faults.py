"""Every misbehaviour of a server that a download has to survive, by name, in one table."""

from __future__ import annotations

import email.utils
import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from model_keeper.testing.server import Bytes, Reply, Request

if TYPE_CHECKING:
    from model_keeper.testing.origin import Served

Behave = Callable[["Served", Request], Reply]

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Log in</body></html>"
_DEFAULT_CUT = 1 << 20


@dataclass(frozen=True)
class Fault:
    """A misbehaviour: what it is in one sentence, and how it answers a request."""

    name: str
    sentence: str
    behave: Behave


def _honest(served: Served, request: Request) -> Reply:
    return served.honest(request)


def _bytes_of(reply: Reply) -> int:
    return reply.stop - reply.start


def _ignores_range(served: Served, request: Request) -> Reply:
    reply = served.honest(_without(request, "range"))
    reply.headers.pop("Accept-Ranges")
    return reply


def _ignores_range_later(served: Served, request: Request) -> Reply:
    """The first part comes as asked and breaks off; for the rest the whole file is sent."""
    reply = _cut_once(served, request)
    return reply if reply.start == 0 else served.honest(_without(request, "range"))


def _wrong_content_range(served: Served, request: Request) -> Reply:
    """The first part comes as asked and breaks off; the rest begins a little too early."""
    reply = _cut_once(served, request)
    if reply.status == 206 and reply.start > 0:
        reply.start, reply.end = reply.start - 7, reply.stop - 7
        span = f"{reply.start}-{reply.stop - 1}/{served.content.size}"
        reply.headers["Content-Range"] = f"bytes {span}"
    return reply


def _cut_every(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    every = int(served.options.get("every", _DEFAULT_CUT))
    if _bytes_of(reply) > every:
        reply.cut_after = every
        reply.reset = bool(served.options.get("reset"))
    return reply


def _cut_once(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    after = int(served.options.get("after", _DEFAULT_CUT))
    if not served.sent_cuts and _bytes_of(reply) > after:
        served.sent_cuts += 1
        reply.cut_after = after
        reply.reset = bool(served.options.get("reset"))
    return reply


def _cut_once_without_ranges(served: Served, request: Request) -> Reply:
    return _cut_once(served, _without(request, "range"))


def _always_cut_without_ranges(served: Served, request: Request) -> Reply:
    return _cut_every(served, _without(request, "range"))


def _changed_content(served: Served, request: Request) -> Reply:
    """After the first cut another file of the same size is there; If-Range is honoured."""
    if served.sent_cuts and "replaced" not in served.state:
        served.state["replaced"] = True
        served.replace(served.options["then"])
    return _cut_once(served, request)


def _changed_content_if_range_ignored(served: Served, request: Request) -> Reply:
    return _changed_content(served, _without(request, "if-range"))


def _changed_content_dated(served: Served, request: Request) -> Reply:
    """The file is replaced after a cut, and only a date tells it; If-Range is honoured."""
    if served.sent_cuts and "replaced" not in served.state:
        served.state["replaced"] = True
        served.modified = email.utils.formatdate(1_600_500_000, usegmt=True)
        served.replace(served.options["then"])
    reply = _cut_once(served, request)
    reply.headers.pop("ETag", None)
    return reply


def _changed_silently(served: Served, request: Request) -> Reply:
    """Nothing but the bytes tells that the file changed."""
    reply = _changed_content(served, _without(request, "if-range"))
    return _unvalidated(reply)


def _weak_etag(served: Served, request: Request) -> Reply:
    reply = _cut_once(served, _without(request, "if-range"))
    reply.headers["ETag"] = "W/" + served.etag
    del reply.headers["Last-Modified"]
    return reply


def _no_validators(served: Served, request: Request) -> Reply:
    return _unvalidated(_cut_once(served, _without(request, "if-range")))


def _unvalidated(reply: Reply) -> Reply:
    reply.headers.pop("ETag", None)
    reply.headers.pop("Last-Modified", None)
    return reply


def _last_modified_only(served: Served, request: Request) -> Reply:
    reply = _cut_once(served, request)
    reply.headers.pop("ETag", None)
    return reply


def _expired_signature(served: Served, request: Request) -> Reply:
    """A signed address on another origin works for ``uses`` requests, then answers 403."""
    if not request.path.startswith("/signed"):
        served.state["ticket"] = served.state.get("ticket", 0) + 1
        served.state["uses"] = 0
        target = f"{served.origin.server.other_url}/signed{served.path}?t={served.state['ticket']}"
        return Reply(302, {"Location": target})
    fresh = request.query.get("t") == str(served.state.get("ticket"))
    served.state["uses"] = served.state.get("uses", 0) + 1
    if not fresh or served.state["uses"] > int(served.options.get("uses", 2)):
        return Reply(403, {"Content-Type": "application/xml"}, Bytes(b"<Error>expired</Error>"))
    return _cut_every(served, request)


def _full_size_416(served: Served, request: Request) -> Reply:
    """No length is told before the end; a request at the end gets 416."""
    reply = served.honest(request)
    if reply.status == 206:
        reply.headers["Content-Range"] = reply.headers["Content-Range"].rpartition("/")[0] + "/*"
    return reply


def _short_body(served: Served, request: Request) -> Reply:
    reply = served.honest(_without(request, "range"))
    reply.headers.pop("Accept-Ranges")
    reply.length = served.content.size
    reply.end = served.content.size - int(served.options.get("missing", 1000))
    return reply


def _short_file(served: Served, request: Request) -> Reply:
    """The server itself has only a part and says that this is all."""
    reply = served.honest(_without(request, "range"))
    reply.end = served.content.size - int(served.options.get("missing", 1000))
    return reply


def _long_body(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    reply.length = _bytes_of(reply)
    reply.extra = b"\0" * 5000
    return reply


def _login_page_with_lying_type(served: Served, request: Request) -> Reply:
    del served, request
    return Reply(200, {"Content-Type": "application/octet-stream"}, Bytes(LOGIN_PAGE))


def _login_page(served: Served, request: Request) -> Reply:
    del served, request
    return Reply(200, {"Content-Type": "text/html; charset=utf-8"}, Bytes(LOGIN_PAGE))


def _json_error(served: Served, request: Request) -> Reply:
    del served, request
    body = json.dumps({"error": "Unauthorized", "message": "log in"}).encode()
    return Reply(200, {"Content-Type": "application/json"}, Bytes(body))


def _redirect_loop(served: Served, request: Request) -> Reply:
    del request
    return Reply(302, {"Location": served.path})


def _redirect_chain(served: Served, request: Request) -> Reply:
    step = int(request.query.get("step", "0"))
    if step < int(served.options.get("steps", 3)):
        return Reply(307, {"Location": f"{served.path}?step={step + 1}"})
    return served.honest(request)


def _cross_origin_redirect(served: Served, request: Request) -> Reply:
    """The other origin refuses a request that carries a token."""
    if not request.path.startswith("/signed"):
        return Reply(302, {"Location": f"{served.origin.server.other_url}/signed{served.path}"})
    if "authorization" in request.headers:
        return Reply(400, {}, Bytes(b"Missing x-amz-content-sha256"))
    return served.honest(request)


def _relative_redirect(served: Served, request: Request) -> Reply:
    if not request.path.startswith("/signed"):
        return Reply(307, {"Location": f"/signed{served.path}"})
    return served.honest(request)


def _gzip(served: Served, request: Request) -> Reply:
    """Compressed although it was asked not to be."""
    del request
    raw = gzip.compress(served.content.read_at(0, served.content.size), 1)
    return Reply(
        200,
        {"Content-Type": "application/octet-stream", "Content-Encoding": "gzip"},
        Bytes(raw),
    )


def _no_length(served: Served, request: Request) -> Reply:
    reply = served.honest(_without(request, "range"))
    reply.headers.pop("Accept-Ranges")
    reply.length = None
    return reply


def _stall_once(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    after = int(served.options.get("after", _DEFAULT_CUT))
    if not served.sent_cuts and _bytes_of(reply) > after:
        served.sent_cuts += 1
        reply.stall_after, reply.gate = after, served.gate
    return reply


def _stall(served: Served, request: Request) -> Reply:
    """A place of the file, not of the reply: more connections do not get round it."""
    reply = served.honest(request)
    if _bytes_of(reply) > 1:
        reply.stall_after = max(0, int(served.options.get("after", 1000)) - reply.start)
        reply.gate = served.gate
    return reply


def _trickle(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    reply.rate = int(served.options.get("rate", 64 << 10))
    return reply


def _content_disposition_climbs(served: Served, request: Request) -> Reply:
    reply = served.honest(request)
    reply.headers["Content-Disposition"] = 'attachment; filename="../../evil.safetensors"'
    return reply


def _status(status: int, *, then_ok: int = 0, headers: Mapping[str, str] | None = None) -> Behave:
    """Answer ``status`` always, or only the first ``then_ok`` times."""

    def behave(served: Served, request: Request) -> Reply:
        if then_ok and served.requests > then_ok:
            return served.honest(request)
        return Reply(status, {"Content-Type": "text/plain", **(headers or {})}, Bytes(b"no"))

    return behave


def _without(request: Request, header: str) -> Request:
    headers = {k: v for k, v in request.headers.items() if k != header}
    return Request(request.method, request.path, request.query, headers, request.body)


_ROWS = (
    Fault("honest", "It does everything right.", _honest),
    Fault("ignores_range", "It answers 200 with the whole file to any range.", _ignores_range),
    Fault("ignores_range_later", "After a cut it answers 200 with the whole file.", _ignores_range_later),
    Fault("wrong_content_range", "After a cut it sends another part than was asked.", _wrong_content_range),
    Fault("cut_every", "The connection breaks after every n bytes.", _cut_every),
    Fault("cut_once", "The connection breaks once.", _cut_once),
    Fault("cut_without_ranges", "It breaks once and knows no ranges.", _cut_once_without_ranges),
    Fault("always_cut_without_ranges", "It breaks each time, no ranges.", _always_cut_without_ranges),
    Fault("changed_content", "The file is replaced after a cut.", _changed_content),
    Fault(
        "changed_content_if_range_ignored",
        "The file is replaced after a cut, and If-Range is ignored.",
        _changed_content_if_range_ignored,
    ),
    Fault("changed_content_dated", "The file is replaced after a cut; only a date tells it.", _changed_content_dated),
    Fault("changed_silently", "The file is replaced and nothing tells it.", _changed_silently),
    Fault("weak_etag", "Its only validator is weak.", _weak_etag),
    Fault("no_validators", "It sends no validator.", _no_validators),
    Fault("last_modified_only", "Its only validator is a date.", _last_modified_only),
    Fault("expired_signature", "Its signed address expires on the way.", _expired_signature),
    Fault("full_size_416", "It does not tell the size of the whole.", _full_size_416),
    Fault("short_body", "The body is shorter than its declared length.", _short_body),
    Fault("short_file", "The server has only a part of the file.", _short_file),
    Fault("long_body", "More follows than was declared.", _long_body),
    Fault("login_page", "A login page comes instead of the file.", _login_page),
    Fault("login_page_with_lying_type", "A login page says that it is a file.", _login_page_with_lying_type),
    Fault("json_error", "A JSON error comes with status 200.", _json_error),
    Fault("redirect_loop", "It redirects to itself.", _redirect_loop),
    Fault("redirect_chain", "It redirects a few times.", _redirect_chain),
    Fault("cross_origin_redirect", "The bytes are on another origin.", _cross_origin_redirect),
    Fault("relative_redirect", "It redirects to a relative address.", _relative_redirect),
    Fault("gzip", "It compresses although identity was asked.", _gzip),
    Fault("no_length", "It declares no length.", _no_length),
    Fault("stall_once", "It stops sending once.", _stall_once),
    Fault("stall", "It stops sending at one place, each time.", _stall),
    Fault("trickle", "It sends very slowly.", _trickle),
    Fault("content_disposition_climbs", "It suggests a climbing name.", _content_disposition_climbs),
    Fault("401", "It wants a login.", _status(401)),
    Fault("403", "It forbids.", _status(403)),
    Fault("404", "It does not have it.", _status(404)),
    Fault("410", "It does not have it any more.", _status(410)),
    Fault("429", "It is always too much for it.", _status(429)),
    Fault("429_then_ok", "It is too much for it at first.", _status(429, then_ok=2)),
    Fault(
        "429_with_retry_after",
        "It is too much for it at first, and it says how long.",
        _status(429, then_ok=1, headers={"Retry-After": "1"}),
    ),
    Fault("500", "It always fails by itself.", _status(500)),
    Fault("500_then_ok", "It fails by itself at first.", _status(500, then_ok=2)),
    Fault("503", "It is always overloaded.", _status(503)),
    Fault("503_then_ok", "It is overloaded at first.", _status(503, then_ok=2)),
)  # fmt: skip

FAULTS: Mapping[str, Fault] = MappingProxyType({row.name: row for row in _ROWS})
