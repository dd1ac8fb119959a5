"""A widget's value after changes: replaced whole, or at the names within a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from model_keeper.domain.patches import Change
from model_keeper.domain.references import ReferenceKind

# What stands before and behind a name within a text; as prompts.py reads them.
_TOKENS = (
    (ReferenceKind.LORA_TAG, r"(?i:<lora:)[^\S\n]*", r"(?=\s*[:>])"),
    (ReferenceKind.EMBEDDING, r"embedding:", r"""(?=[.\\/]*(?:\Z|[\s\\,;()<>\[\]{}|:"']))"""),
)


def value_after(value: object, changes: Sequence[Change]) -> str | None:
    """``value`` after all ``changes``, each of which concerns it; None where one does not apply.

    Names are exchanged in one go, so that two of them may change places.
    """
    if not isinstance(value, str):
        return None
    if any(change.is_whole and change.old == value for change in changes):
        meant = {(change.old, change.new) for change in changes}
        return changes[0].new if len(meant) == 1 else None
    text, done = value, set[Change]()
    for kind, before, behind in _TOKENS:
        here = [change for change in changes if change.kind in {None, kind}]
        names = {change.old: change.new for change in here}
        if any(names[change.old] != change.new for change in here):
            return None  # two new names for one
        pieces = re.split(f"({before})({_any_of(names)}){behind}", text)
        done.update(change for change in here if change.old in pieces[2::3])
        pieces[2::3] = [names[name] for name in pieces[2::3]]
        text = "".join(pieces)
    return text if done == set(changes) else None


def _any_of(names: dict[str, str]) -> str:
    """Longest first, so that none hides behind its own beginning. Nothing matches without names."""
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)"
