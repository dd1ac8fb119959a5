"""What was looked at before a download, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.markup import escape

from model_keeper.domain.prechecks import Check, CheckState
from model_keeper.domain.sizes import size_text


def check_lines(checks: Sequence[Check]) -> Iterator[str]:
    """What is to be known: nothing of what is simply fine."""
    colours = {CheckState.OK: "green", CheckState.WARNING: "yellow", CheckState.REFUSED: "red"}
    for check in checks:
        text = _text(check)
        if text:
            yield f"[{colours[check.state]}]{escape(text)}[/{colours[check.state]}]"


def _text(check: Check) -> str:
    told = {
        "exists": _exists,
        "size": _size,
        "metadata": _metadata,
        "credentials": _credentials,
        "space": _space,
    }
    return told[check.code](check)


def _exists(check: Check) -> str:
    data = check.data
    if data.get("path"):
        return f"It is here already: {data['path']}"
    if "taken" not in data:
        return ""
    if data["suffix"]:
        return "Another file has this name: it gets a suffix."
    return f"Another file has this name: {data['taken']}"


def _size(check: Check) -> str:
    data = check.data
    if data.get("partial"):
        return f"It goes on: {size_text(data['partial'])} are here already."
    if "there" in data and data["expected"] is not None:
        return f"The file there has {size_text(data['there'])}."
    return ""


def _metadata(check: Check) -> str:
    missing = check.data["missing"]
    return (
        "Still unknown of it: " + ", ".join(missing).replace("_", " ")
        if check.state is not CheckState.OK and missing
        else ""
    )


def _credentials(check: Check) -> str:
    provider = str(check.data["provider"]).capitalize()
    return {
        "missing": f"{provider} may ask for a key, and there is none: model-keeper auth set",
        "refused": f"{provider} refuses your key: model-keeper auth set",
    }.get(str(check.data["key"]), "")


def _space(check: Check) -> str:
    data = check.data
    if check.state is not CheckState.REFUSED:
        return ""
    return f"It needs {size_text(data['needed'])}, and {size_text(data['free'])} are free."
