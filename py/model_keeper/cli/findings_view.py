"""What was found for workflows, in words. Everything here is markup for people; nothing prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from rich.markup import escape

from model_keeper.domain.candidates import Candidate
from model_keeper.domain.errors import Family
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.patches import Difference
from model_keeper.domain.sizes import size_text

INDENT = 14  # where the details of a finding begin
_SHOWN = 3  # candidates of one file

_MARKS: Mapping[Status, str] = MappingProxyType(
    {
        Status.ON_DISK: "[green]✓ on disk [/green]",
        Status.RELINK: "[cyan]↪ relink  [/cyan]",
        Status.FETCH: "[blue]↓ fetch   [/blue]",
        Status.CHOOSE: "[yellow]? choose  [/yellow]",
        Status.MISSING: "[red]✗ missing [/red]",
        Status.OPTIONAL: "[dim]○ optional[/dim]",
    }
)
_WORDS: Mapping[Status, str] = MappingProxyType(
    {
        Status.MISSING: "missing",
        Status.CHOOSE: "to choose",
        Status.FETCH: "to fetch",
        Status.RELINK: "to relink",
        Status.ON_DISK: "on disk",
        Status.OPTIONAL: "optional",
    }
)
#: What stands between a workflow and its run; the worst first.
_OBSTACLES = (Status.MISSING, Status.CHOOSE, Status.FETCH, Status.RELINK)

Line = tuple[int, str]  # the indent, and markup


def finding_lines(finding: Finding) -> Iterator[Line]:
    """One file: how it stands, then what speaks for that."""
    mark = _MARKS[finding.status]
    chosen = finding.chosen
    if finding.status is Status.ON_DISK and chosen is not None and chosen.path:
        yield 2, f"{mark}  {escape(chosen.path)}"
        return
    yield 2, f"{mark}  {escape(wanted_name(finding))}{_size(chosen)}"
    if finding.status is Status.CHOOSE:
        yield from choice_lines(finding.candidates, most=_SHOWN)
    elif finding.status is Status.MISSING:
        yield INDENT, "[dim]Nobody knows where it is.[/dim]"
    elif finding.status is Status.OPTIONAL:
        yield INDENT, "[dim]The workflow runs without it.[/dim]"
    elif chosen is not None:
        yield INDENT, escape(chosen.path or chosen.url or chosen.name)
        yield INDENT, f"[dim]{_reasons(chosen)}[/dim]"


def choice_lines(candidates: Sequence[Candidate], *, most: int | None = None) -> Iterator[Line]:
    """Candidates, numbered from 1."""
    for number, candidate in enumerate(candidates[:most], 1):
        where = escape(candidate.path or candidate.url or candidate.page or candidate.name)
        note = f" [dim]· {escape(candidate.note)}[/dim]" if candidate.note else ""
        yield INDENT, f"[bold]{number}[/bold]  {where}{note}{_size(candidate)}"
        yield INDENT + 3, f"[dim]{_reasons(candidate)}[/dim]"
    if most is not None and len(candidates) > most:
        yield INDENT, f"[dim]and {len(candidates) - most} more[/dim]"


def wanted_name(finding: Finding) -> str:
    """The name with its category: what it is and what it is called."""
    wanted = finding.wanted
    return f"{wanted.category}/{wanted.name}" if wanted.category else wanted.name


def counts(findings: Iterable[Finding]) -> str:
    """How many files stand how, in words."""
    by_status = Counter(finding.status for finding in findings)
    shown = [f"{by_status[status]} {_WORDS[status]}" for status in _WORDS if by_status[status]]
    return ", ".join(shown) or "no models"


def obstacle(findings: Iterable[Finding]) -> Status | None:
    """The worst that keeps a workflow from running; None where all is here."""
    found = {finding.status for finding in findings}
    return next((status for status in _OBSTACLES if status in found), None)


def workflow_line(title: str, width: int, findings: Sequence[Finding], nodes: int) -> str:
    """A workflow on one line. ``nodes``: how many types of nodes are not installed."""
    shown = [finding for finding in findings if finding.status is not Status.BUILTIN]
    worst = obstacle(shown)
    mark = _MARKS[worst or Status.ON_DISK].split(" ", 1)[0]
    tag = mark[1:].split("]", 1)[0]
    text = counts(shown)
    if nodes:
        text += f", {nodes} node types not installed"
    name = title if len(title) <= width else f"{title[: width // 2 - 1]}…{title[-width // 2 :]}"
    return f"{mark}[/{tag}] {escape(name.ljust(width))}  [dim]{text}[/dim]"


def totals(workflows: Sequence[tuple[Sequence[Finding], int]]) -> str:
    """How many of several workflows run now, and what the others need."""
    worst = Counter(obstacle(findings) if not nodes else "nodes" for findings, nodes in workflows)
    words: Mapping[Status | str | None, str] = {
        None: "run now" if worst[None] != 1 else "runs now",
        Status.RELINK: "after relinking",
        Status.FETCH: "after fetching",
        Status.CHOOSE: "with an open choice",
        Status.MISSING: "with something missing",
        "nodes": "with nodes that are not installed",
    }
    parts = [f"{worst[key]} {text}" for key, text in words.items() if worst[key] or key is None]
    number = f"{len(workflows)} workflow" + ("" if len(workflows) == 1 else "s")
    return f"{number}: {', '.join(parts)}"


def difference_lines(differences: Iterable[Difference]) -> Iterator[Line]:
    """A patch for review, place by place."""
    for row in differences:
        title = f" “{row.title}”" if row.title else ""
        scope = f" in subgraph {row.scope}" if row.scope else ""
        place = f"node {row.node_id} {row.node_type}{title}{scope}, {row.widget}"
        yield 2, f"[dim]{escape(place)}[/dim]"
        yield 2, f"[red]- {escape(row.old)}[/red]"
        yield 2, f"[green]+ {escape(row.new)}[/green]"


def not_asked(findings: Iterable[Finding]) -> Iterator[str]:
    """Who could not be asked, each once, and what helps."""
    for error in {e.message: e for finding in findings for e in finding.failures}.values():
        later = error.family is Family.REMOTE
        hint = "Ask again later." if later else error.hint
        yield f"[yellow]Not asked:[/yellow] {escape(error.message)} {escape(hint)}"


def _size(candidate: Candidate | None) -> str:
    known = candidate is not None and candidate.path is None and candidate.size
    return f" [dim]· {size_text(int(known))}[/dim]" if known else ""


def _reasons(candidate: Candidate) -> str:
    told = " ".join(evidence.text for evidence in candidate.evidence)
    return escape(f"{told} ({candidate.score} of 100)".strip())
