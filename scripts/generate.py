"""Make the generated pages, or check with ``--check`` that they are current."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from model_keeper.domain.errors import ERRORS, Family

ROOT = Path(__file__).parent.parent

_FAMILIES = {
    Family.REQUEST: "What was asked for",
    Family.NOT_FOUND: "Not there",
    Family.CONFLICT: "In each other's way",
    Family.CREDENTIALS: "Keys and acceptances",
    Family.REMOTE: "The other server",
    Family.INTEGRITY: "What arrived is not right",
    Family.REVIEW: "A person decides",
    Family.LOCAL: "This machine",
    Family.DEPENDENCY: "Missing packages",
}


def errors_page() -> str:
    """Every error code with its sentence and the one next step."""
    lines = [
        "# Errors",
        "",
        "Every error has a stable code, one sentence about what happened, and one next step.",
        "Words in braces are filled in. Made by `make docs` from `domain/errors.py`.",
    ]
    for family, title in _FAMILIES.items():
        lines += ["", f"## {title}", "", "| code | what happened | what to do |", "|---|---|---|"]
        for code, kind in sorted(ERRORS.items()):
            if kind.family is family:
                again = " *(tried again by itself)*" if kind.retryable else ""
                lines.append(f"| `{code}` | {kind.message}{again} | {kind.hint} |")
    return "\n".join(lines) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {"docs/errors.md": errors_page}


def main() -> int:
    """Write the pages; with ``--check`` name those that are stale and return 1."""
    check = "--check" in sys.argv[1:]
    stale = []
    for name, make in PAGES.items():
        path, wanted = ROOT / name, make()
        if path.exists() and path.read_text(encoding="utf-8") == wanted:
            continue
        if check:
            stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, encoding="utf-8")
            print(f"made {name}")
    if stale:
        print(f"not current: {', '.join(stale)}. Run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
