"""Findings in words."""

from __future__ import annotations

import pytest

from model_keeper.cli.findings_view import (
    choice_lines,
    counts,
    finding_lines,
    not_asked,
    obstacle,
    totals,
    workflow_line,
)
from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status, WantedFile

URL = "https://huggingface.co/o/r/resolve/main/a.pt"
OFFER = Candidate(Source.KNOWN, "a.pt", 95, (Evidence("name", 60, "It has the wanted name."),), URL)


def finding(status: Status, *candidates: Candidate, name: str = "a.pt") -> Finding:
    return Finding(WantedFile(Wanted(name, "vae"), (), required=True), status, candidates)


def test_a_file_to_fetch_says_from_where_and_why() -> None:
    lines = list(finding_lines(finding(Status.FETCH, OFFER)))
    assert "vae/a.pt" in lines[0][1]
    assert lines[1] == (14, URL)
    assert "It has the wanted name. (95 of 100)" in lines[2][1]


def test_brackets_in_names_are_no_markup() -> None:
    (first, *_) = finding_lines(finding(Status.MISSING, name="[red]x.pt"))
    assert "\\[red]x.pt" in first[1]


def test_of_many_candidates_the_best_are_shown() -> None:
    lines = [text for _, text in choice_lines([OFFER] * 5, most=3)]
    assert lines[-1] == "[dim]and 2 more[/dim]"
    assert len(lines) == 3 * 2 + 1


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ((), None),
        ((Status.ON_DISK, Status.OPTIONAL), None),
        ((Status.RELINK, Status.FETCH), Status.FETCH),
        ((Status.CHOOSE, Status.FETCH), Status.CHOOSE),
        ((Status.MISSING, Status.CHOOSE), Status.MISSING),
    ],
)
def test_the_worst_keeps_a_workflow_from_running(
    statuses: tuple[Status, ...], worst: Status | None
) -> None:
    assert obstacle(map(finding, statuses)) is worst


def test_counts_and_totals_are_sentences() -> None:
    missing, here = [finding(Status.MISSING)], [finding(Status.ON_DISK)]
    assert counts([*missing, *here, *here]) == "1 missing, 2 on disk"
    assert counts([]) == "no models"
    assert totals([(here, 0), (missing, 0), (here, 2)]) == (
        "3 workflows: 1 runs now, 1 with something missing, 1 with nodes that are not installed"
    )
    assert totals([(here, 0)]) == "1 workflow: 1 runs now"


def test_a_long_name_keeps_its_ends() -> None:
    line = workflow_line("a" * 40 + "z" * 40, 21, [], 0)
    assert "aaaaaaaaa…zzzzzzzzzzz" in line
    assert "no models" in line


def test_who_could_not_be_asked_is_told_once() -> None:
    error = KeeperError("unreachable", host="civitai.com", why="no route")
    rows = [Finding(finding(Status.MISSING).file, Status.MISSING, (), (error,))] * 3
    (text,) = not_asked(rows)
    assert "civitai.com" in text
    assert "download" not in text, "nothing is being downloaded"
