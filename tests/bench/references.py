"""``python -m tests.bench.references [--min 0.99] [--verbose]``: how well workflows are read.

Recall and precision are those of the references in a collection of real workflows, each known by
(scope, node, widget, value). Exits 1 where one of them is below the wanted share.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

CHECKOUT = Path(__file__).resolve().parents[2]
COLLECTED = Path("..") / "shared" / "data"
CATEGORY_SHARE = 0.98
_UNSCORED = frozenset({"promoted"})  # what a subgraph's instance shows besides

Place = tuple[str, str, str, str]


@dataclass
class Score:
    """Counts over all files. ``misses`` and ``false`` are lines for a person."""

    wanted: int = 0
    found: int = 0
    given: int = 0
    categories: int = 0
    right_categories: int = 0
    states: int = 0
    right_states: int = 0
    misses: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return 1.0 - len(self.false) / self.given if self.given else 1.0

    @property
    def category_accuracy(self) -> float:
        return self.right_categories / self.categories if self.categories else 1.0


def scored(truth: dict[str, Any], folder: Path, loaders: LoaderTable) -> Score:
    """The references of every file in ``truth`` against those that the reader gives."""
    score = Score()
    for workflow in truth["workflows"]:
        content = (folder / workflow["file"]).read_bytes()
        given = [
            reference
            for reference in references(read_workflow(content), loaders)
            if reference.kind is not ReferenceKind.BUILTIN
        ]
        _compare(workflow, given, score)
    return score


def _compare(workflow: dict[str, Any], given: list[Reference], score: Score) -> None:
    rows = [row for row in workflow["refs"] if row["how"] not in _UNSCORED]
    score.wanted += len(rows)
    score.given += len(given)
    left = list(given)
    for row in rows:
        reference = next((each for each in left if _is(row, each)), None)
        line = f"{workflow['file']}: {row['node_id']} {row['node_type']} {row['value']!r}"
        if reference is None:
            score.misses.append(f"{line} ({row['how']})")
            continue
        left.remove(reference)
        score.found += 1
        score.states += 1
        score.right_states += reference.active is row["active"]
        if reference.active is not row["active"]:
            score.other.append(f"{line}: active {reference.active}")
        if row["folder"] is not None:
            score.categories += 1
            score.right_categories += reference.category == row["folder"]
            if reference.category != row["folder"]:
                score.other.append(f"{line}: {reference.category}, not {row['folder']}")
    score.false += [
        f"{workflow['file']}: {each.node_id} {each.node_type} {each.widget} {each.value!r}"
        for each in left
    ]


def _is(row: dict[str, Any], reference: Reference) -> bool:
    scope = row.get("scope") or ""
    same_node = (scope, str(row["node_id"])) == (reference.scope, reference.node_id)
    names = {reference.widget, *map(_path, (reference.location, *reference.copies))}
    return same_node and reference.value == row["value"] and row["widget"] in names


def _path(place: Location) -> str:
    return "/".join(str(step) for step in place.path[1:])


def unmatched_declarations(files: list[Path], loaders: LoaderTable) -> list[str]:
    """The files' own declared models that no reference names."""
    lost = []
    for file in files:
        workflow = read_workflow(file.read_bytes(), source=file.name)
        names = {each.name.rpartition("/")[2] for each in references(workflow, loaders)}
        lost += [
            f"{file.name}: {entry.name}"
            for entry in workflow.entries
            if entry.node_id and entry.name.rpartition("/")[2] not in names
        ]
    return lost


def readable(files: list[Path], loaders: LoaderTable) -> Iterator[tuple[Path, int, str]]:
    """Each file with its count of references, and why it could not be read where that is so."""
    for file in files:
        try:
            workflow = read_workflow(file.read_bytes(), source=file.name)
        except KeeperError as error:
            yield file, 0, error.message
        else:
            yield file, len(references(workflow, loaders)), ""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.references")
    parser.add_argument("--min", type=float, default=0.99, help="the least recall and precision")
    parser.add_argument("--verbose", action="store_true", help="print each miss")
    parser.add_argument("--data", type=Path, default=CHECKOUT / COLLECTED)
    chosen = parser.parse_args()
    workflows = chosen.data / "workflows"
    if not (workflows / "groundtruth.json").is_file():
        print(f"The collected workflows are not here: {chosen.data}")
        return 2
    loaders = LoaderTable.shipped()
    truth = json.loads((workflows / "groundtruth.json").read_text(encoding="utf-8"))
    score = scored(truth, workflows, loaders)
    templates = sorted((workflows / "templates").glob("*.json"))
    lost = unmatched_declarations(templates, loaders)
    _print(score, lost, verbose=chosen.verbose)
    pictures = [each for each in (chosen.data / "images").rglob("*") if each.suffix != ".json"]
    files = [
        *templates,
        *sorted((workflows / "community").rglob("*/*.json")),
        *sorted(each for each in pictures if each.is_file()),
    ]
    _read_all(files, loaders)
    good = min(score.recall, score.precision) >= chosen.min and not lost
    return 0 if good and score.category_accuracy >= CATEGORY_SHARE else 1


def _print(score: Score, lost: list[str], *, verbose: bool) -> None:
    print(f"recall     {score.recall:.4f}  ({score.found} of {score.wanted})")
    print(f"precision  {score.precision:.4f}  ({len(score.false)} of {score.given} are false)")
    print(f"categories {score.category_accuracy:.4f}  (of {score.categories})")
    print(f"active     {score.right_states} of {score.states} as told")
    print(f"declared by the templates and not found: {len(lost)}")
    if verbose:
        for title, lines in (
            ("missed", score.misses),
            ("false", score.false),
            ("otherwise", score.other),
            ("declared", lost),
        ):
            for line in lines:
                print(f"  {title}: {line}")


def _read_all(files: list[Path], loaders: LoaderTable) -> None:
    began = time.perf_counter()
    rows = list(readable(files, loaders))
    seconds = time.perf_counter() - began
    total = sum(count for _, count, _ in rows)
    print(f"{len(rows)} files, {total} references, {len(rows) / seconds:.0f} files per second")
    for file, _, why in rows:
        if why:
            print(f"  not read: {file.name}: {why}")


if __name__ == "__main__":
    sys.exit(main())
