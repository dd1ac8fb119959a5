"""The upstream panel as its server meets it: what its page sends, and how answers are compared."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union
from urllib.parse import urlsplit

from tests.integration.patience import PATIENCE

_BOUNDARY = "----panel"
_KINDS: Mapping[str, Any] = {"$text": str, "$number": (int, float), "$list": list, "$object": dict}

FormValue = Union[str, bytes, "tuple[str, bytes]"]


@dataclass(frozen=True)
class PanelAnswer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def data(self) -> Any:
        """Fails where it was refused."""
        assert self.status in {200, 202}, self
        assert self.json["success"] is True, self
        return self.json["data"]

    @property
    def error(self) -> str:
        assert self.json["success"] is False, self
        assert set(self.json) == {"success", "error"}
        return str(self.json["error"])


class LegacyPanel:
    """Sends as that page does: JSON without its content type, forms, and no header of ours."""

    def __init__(self, url: str) -> None:
        self.url = url

    def send(
        self,
        method: str,
        path: str,
        *,
        json_body: Any = None,
        form: Mapping[str, FormValue] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> PanelAnswer:
        """``path`` is below ``/model-manager/``. Bytes in a form are a file, perhaps named."""
        sent = dict(self.page_headers(method) if headers is None else headers)
        body = None
        if form is not None:
            body = _multipart(form)
            sent["Content-Type"] = f"multipart/form-data; boundary={_BOUNDARY}"
        elif json_body is not None:
            body = json.dumps(json_body).encode()
            sent.setdefault("Content-Type", "text/plain;charset=UTF-8")
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        try:
            connection.request(method, f"/model-manager/{path}", body, sent)
            answer = connection.getresponse()
            return PanelAnswer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def page_headers(self, method: str) -> dict[str, str]:
        """What a browser adds to a request of a page of this very server."""
        headers = {"Sec-Fetch-Site": "same-origin"}
        if method != "GET":
            headers["Origin"] = self.url
        return headers


def filled(template: Any, values: Mapping[str, Any]) -> Any:
    """``template`` with ``{names}`` in its texts replaced."""
    if isinstance(template, str):
        for name, value in values.items():
            template = template.replace(f"{{{name}}}", str(value))
        return template
    if isinstance(template, list):
        return [filled(item, values) for item in template]
    if isinstance(template, dict):
        return {key: filled(item, values) for key, item in template.items()}
    return template


def differences(found: Any, wanted: Any, where: str = "answer") -> list[str]:
    """Where ``found`` is not as ``wanted`` says, whose ``$text``, ``$number`` stand for any."""
    if isinstance(wanted, str) and wanted in _KINDS:
        return [] if isinstance(found, _KINDS[wanted]) else [f"{where} is {found!r}: no {wanted}"]
    if isinstance(wanted, dict) and isinstance(found, dict):
        rows = [f"{where} has {set(found) ^ set(wanted)}"] if set(found) != set(wanted) else []
        for key in set(found) & set(wanted):
            rows += differences(found[key], wanted[key], f"{where}.{key}")
        return rows
    if isinstance(wanted, list) and isinstance(found, list) and len(found) == len(wanted):
        rows = []
        for n, (one, other) in enumerate(zip(found, wanted, strict=True)):
            rows += differences(one, other, f"{where}[{n}]")
        return rows
    return [] if found == wanted else [f"{where} is {found!r}, not {wanted!r}"]


def _multipart(form: Mapping[str, FormValue]) -> bytes:
    parts = []
    for name, value in form.items():
        given = value if isinstance(value, tuple) else ("blob", value)
        file = "" if isinstance(given[1], str) else f'; filename="{given[0]}"'
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        raw = given[1].encode() if isinstance(given[1], str) else given[1]
        parts.append(head.encode() + raw + b"\r\n")
    return b"".join(parts) + f"--{_BOUNDARY}--\r\n".encode()
