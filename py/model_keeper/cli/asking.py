"""Questions about models, one at a time, each answered by a person before the next is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rich.markup import escape

from model_keeper.cli.findings_view import INDENT, choice_lines, wanted_name
from model_keeper.cli.session import Session
from model_keeper.domain.candidates import Candidate
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding
from model_keeper.engine.decisions import OPTIONAL, SKIPPED, Decision, suggested_path

Hasher = Callable[[str], "str | None"]
"""The SHA256 of the file at a path; None where it cannot be read."""

_KEYS = "\\[d] paste a link  \\[o] it runs without  \\[s] skip for now  \\[q] stop"


class StoppedError(Exception):
    """The person wants no further question. What was answered is kept."""


class Asking:
    """Implements ModelStrategy by asking at the terminal.

    Not ``links``: files that nobody knows are passed over, only choices are asked. Raises
    StoppedError.
    """

    def __init__(self, session: Session, sha256_of: Hasher, *, links: bool = True) -> None:
        self._session = session
        self._sha256_of = sha256_of
        self._links = links

    def choose(self, finding: Finding) -> Decision:
        self._head(finding)
        usable = [c for c in finding.candidates if _is_usable(c, finding)]
        for indent, line in choice_lines(usable):
            self._session.say(line, indent=indent - INDENT + 2)
        for candidate in finding.candidates:
            if candidate not in usable:
                self._session.say(f"[dim]{_why_not(candidate)}[/dim]", indent=2)
        numbers = f"\\[1-{len(usable)}] take it  " if len(usable) > 1 else "\\[1] take it  "
        return self._answer(finding, usable, (numbers if usable else "") + _KEYS)

    def missing(self, finding: Finding) -> Decision:
        if not self._links:
            return SKIPPED
        self._head(finding)
        self._session.say("[dim]Nobody knows where it is.[/dim]", indent=2)
        for error in finding.failures:
            self._session.say(f"[dim]{escape(error.message)}[/dim]", indent=2)
        return self._answer(finding, [], _KEYS)

    def _head(self, finding: Finding) -> None:
        nodes = ", ".join(finding.wanted.node_types)
        about = f"  [dim]for {escape(nodes)}[/dim]" if nodes else ""
        self._session.say(f"\n[bold]{escape(wanted_name(finding))}[/bold]{about}")

    def _answer(self, finding: Finding, usable: list[Candidate], keys: str) -> Decision:
        self._session.say(keys, indent=2)
        while True:
            answer = self._read("  > ").lower()
            if answer.isdecimal() and 0 < int(answer) <= len(usable):
                return Decision.take(self._proven(usable[int(answer) - 1]))
            if answer == "d":
                linked = self._linked(finding)
                if linked is not None:
                    return linked
            elif answer == "o":
                return OPTIONAL
            elif answer == "s":
                return SKIPPED
            elif answer == "q":
                raise StoppedError
            self._session.say(keys, indent=2)

    def _linked(self, finding: Finding) -> Decision | None:
        """The link that a person has, and the place they agreed to; None: back to the question."""
        url = self._read("  Link: ")
        try:
            decision = Decision.link(url) if url else None
        except KeeperError as error:
            self._session.complain(error)
            return None
        if decision is None:
            return None
        path = suggested_path(url, finding.wanted.category, finding.wanted.name)
        while True:
            self._session.say(f"It goes to [bold]{escape(path)}[/bold]", indent=2)
            if path.partition("/")[2] != finding.wanted.name:
                self._session.say(
                    "[dim]The workflow names another path: write this one into it with --relink "
                    "once the file is here.[/dim]",
                    indent=2,
                )
            self._session.say("\\[y] yes  \\[c] another path  \\[b] back", indent=2)
            answer = self._read("  > ").lower()
            if answer in {"", "y"}:
                return Decision.link(url, path)
            if answer == "b":
                return None
            if answer == "c":
                path = self._other_path(url, path)

    def _other_path(self, url: str, path: str) -> str:
        wished = self._read("  Path, its category first: ").replace("\\", "/").strip("/")
        try:
            if "/" in wished:
                Decision.link(url, wished)
                return wished
        except KeeperError as error:
            self._session.complain(error)
            return path
        self._session.say("Write it as CATEGORY/FILE, such as loras/ink.safetensors.", indent=2)
        return path

    def _proven(self, candidate: Candidate) -> Candidate:
        """A file that is here is found again by its SHA256."""
        if candidate.path is None or candidate.sha256 is not None:
            return candidate
        with self._session.working("Reading the file once, to know it again…"):
            return replace(candidate, sha256=self._sha256_of(candidate.path))

    def _read(self, prompt: str) -> str:
        """A line without its ends. The end of the input is a wish to stop."""
        try:
            return self._session.read(prompt).strip()
        except EOFError:
            raise StoppedError from None


def _is_usable(candidate: Candidate, finding: Finding) -> bool:
    if candidate.path is not None:
        return finding.wanted.category in {None, candidate.category}
    return candidate.url is not None


def _why_not(candidate: Candidate) -> str:
    if candidate.path is not None:
        return f"Also at {escape(candidate.path)}, where this node does not look."
    return f"Also on {escape(candidate.page or candidate.name)}: open it, and paste the link."
