"""How commands print what they list: tables that a narrow terminal folds, and words for counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.markup import escape
from rich.table import Table

_NUMBERS = frozenset({"size", "room", "files"})
_COPIED = frozenset({"id", "job"})  # people paste them into the next command


def columns(*titles: str) -> Table:
    """Columns with ``titles``. Every text is shown whole: folded where there is no room."""
    made = Table(box=None, pad_edge=False, header_style="dim")
    for title in titles:
        made.add_column(
            title,
            overflow="fold",
            no_wrap=title in _COPIED,
            justify="right" if title in _NUMBERS else "left",
        )
    return made


def facts(rows: Iterable[tuple[str, ...]]) -> Table:
    """Names with what is known under them; further texts of a row are remarks on it."""
    made = Table(box=None, pad_edge=False, show_header=False)
    for name, known, *remarks in rows:
        while len(made.columns) < 2 + len(remarks):
            made.add_column(overflow="fold")
        dimmed = (f"[dim]{escape(remark)}[/dim]" for remark in remarks)
        made.add_row(f"[dim]{escape(name)}[/dim]", escape(known), *dimmed)
    return made


def counted(number: int, one: str, many: str | None = None) -> str:
    """``1 model``, ``2 models``; ``many`` where more than an s is different."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def flat(known: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """What is known of a thing, without what is empty; names of inner facts have a dot."""
    for name, value in known.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{before}{name}.")
        elif value not in (None, "", [], False):
            text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield before + name, "yes" if value is True else text


def moment(at_ms: int | None) -> str:
    """A time of the store (ms UTC) as the clock of this machine shows it; a dash for never."""
    if at_ms is None:
        return "-"
    return f"{datetime.fromtimestamp(at_ms / 1000).astimezone():%Y-%m-%d %H:%M}"
