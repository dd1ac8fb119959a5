"""Search results: what a search found, in the fields of the service that searched for one file.

A projection of candidates for programs that were written for that service. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Status, Step, WantedFile, judged
from model_keeper.domain.names import safe_relative

_DEFAULT_TYPE = "checkpoints"


class SearchStatus(str, Enum):
    """What came of a search."""

    FOUND = "FOUND"  # one file is certain enough to be fetched without asking
    NOT_FOUND = "NOT_FOUND"
    UNCERTAIN = "UNCERTAIN"  # a person has to choose among ``candidates``
    INVALID_FILENAME = "INVALID_FILENAME"  # it can be no file's name on any system
    ERROR = "ERROR"  # nothing was found, and somebody could not be asked


@dataclass(frozen=True)
class SearchResult:
    """``type`` is the ComfyUI folder key. ``confidence`` is ``exact`` or ``fuzzy``.

    ``metadata`` has the sha256, size, title and evidence of what was found, and for UNCERTAIN under
    ``candidates`` rows of ``source, name, url, match_score`` (0 to 1) and ``reason``, best first.
    """

    status: SearchStatus
    filename: str
    source: str | None = None
    civitai_id: int | None = None
    version_id: int | None = None
    civitai_name: str | None = None
    version_name: str | None = None
    download_url: str | None = None
    confidence: str | None = None
    type: str = _DEFAULT_TYPE
    metadata: Mapping[str, Any] = field(default_factory=dict)
    error_message: str | None = None


def search_result(
    wanted: Wanted, candidates: Sequence[Candidate], failures: Sequence[KeeperError] = ()
) -> SearchResult:
    """The result for one file. ``candidates`` are those of all sources; the best come first.

    Failures of some sources matter only where the others found nothing.
    """
    if _impossible(wanted.name):
        why = "It can be no file's name."
        return _result(wanted, SearchStatus.INVALID_FILENAME, error_message=why)
    steps = [Step(_from(source, candidates)) for source in Source]
    finding = judged(WantedFile(wanted, (), required=True), steps)
    if finding.chosen is not None:
        return _found(wanted, finding.chosen)
    if finding.status is Status.CHOOSE:
        best = sorted(finding.candidates, key=lambda candidate: -candidate.score)
        rows = [_row(candidate) for candidate in best]
        return _result(wanted, SearchStatus.UNCERTAIN, metadata={"candidates": rows})
    if failures:
        said = " ".join(dict.fromkeys(failure.message for failure in failures))
        return _result(wanted, SearchStatus.ERROR, error_message=said)
    return _result(wanted, SearchStatus.NOT_FOUND)


def _found(wanted: Wanted, chosen: Candidate) -> SearchResult:
    facts = chosen.facts
    return _result(
        wanted,
        SearchStatus.FOUND,
        source=chosen.source.value,
        civitai_id=_number(facts.get("model_id")),
        version_id=_number(facts.get("version_id")),
        civitai_name=facts.get("model_name"),
        version_name=facts.get("version_name"),
        download_url=chosen.url,
        confidence="exact" if chosen.exact else "fuzzy",
        type=chosen.category or wanted.category or _DEFAULT_TYPE,
        metadata={
            "sha256": chosen.sha256,
            "size": chosen.size,
            "title": chosen.title,
            "path": chosen.path,
            "match_score": chosen.score / 100,
            "evidence": [reason.text for reason in chosen.evidence],
        },
    )


def _result(wanted: Wanted, status: SearchStatus, **values: Any) -> SearchResult:
    values.setdefault("type", wanted.category or _DEFAULT_TYPE)
    return SearchResult(status, wanted.name, **values)


def _row(candidate: Candidate) -> dict[str, Any]:
    return {
        "source": candidate.source.value,
        "name": candidate.name,
        "url": candidate.url,
        "match_score": candidate.score / 100,
        "reason": " ".join(reason.text for reason in candidate.evidence),
    }


def _from(source: Source, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    return [candidate for candidate in candidates if candidate.source is source]


def _impossible(name: str) -> bool:
    try:
        safe_relative(name)
    except KeeperError:
        return True
    return False


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
